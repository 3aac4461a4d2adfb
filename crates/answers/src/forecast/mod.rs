//! Forecasts: series to learn from, and scores of what was forecast.

pub mod file;
pub mod score;
pub mod series;

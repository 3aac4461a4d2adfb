//! Forecasts: series to learn from, what was forecast of the past, and scores of what was forecast.

pub mod backtest;
pub mod elsewhere;
pub mod file;
pub mod live;
mod results;
pub mod score;
pub mod series;
pub mod stored;

//! Calibrated distributions of future harm, and honest scoring of them. Pure: it opens no file and asks no clock.
//!
//! A [`Model`] is handed a panel that ends at the forecast's origin and gives, for each unit and [`Target`], a distribution
//! as evenly spaced quantiles. Live forecasts and backtests call the same `fit`, and no model can tell which.

pub mod model;
pub mod resample;
pub mod score;

pub use model::{Abstention, DRAWS, Fitted, Model, Target};

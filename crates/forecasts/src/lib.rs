//! Calibrated distributions of future harm, and honest scoring of them. Pure: it opens no file and asks no clock.
//!
//! A [`Model`] is handed a panel that ends at the forecast's origin and gives, for each unit and [`Target`], a distribution
//! as evenly spaced quantiles. Live forecasts and backtests call the same `fit`, and no model can tell which.

mod atoms;
pub mod backtest;
pub mod benchmarks;
pub mod bootstrap;
pub mod calibration;
pub mod catalog;
mod features;
mod history;
pub mod hurdle;
pub mod judged;
pub mod markov;
pub mod model;
pub mod negative_binomial;
pub mod paired;
pub mod picture;
pub mod pool;
pub mod recency;
pub mod resample;
pub mod score;
pub mod summary;
pub mod tree_hurdle;
mod trees;
pub mod why;

pub use history::exists_at_origin;
pub use model::{Abstention, DRAWS, Fitted, Model, Target};

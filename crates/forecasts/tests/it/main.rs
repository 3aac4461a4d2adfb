//! Forecasts and their scores, tried from outside.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod acceptance;
mod backtesting;
mod calibration;
mod challenge;
mod country12;
mod invented;
mod made;
mod models;
mod paired;
mod resampling;
mod scoring;
mod svg;

//! Forecasts and their scores, tried from outside.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod calibration;
mod invented;
mod paired;
mod svg;

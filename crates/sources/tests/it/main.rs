//! Tests of reading files, in one binary.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod acled;
mod awsd;
mod ged;
mod reading;

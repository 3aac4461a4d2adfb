//! The tests of the room, a module a subject.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod methods_donors;
mod methods_predictors;
mod methods_series;
mod prop99;

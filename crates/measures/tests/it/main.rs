//! Tests of the arithmetic of the measures; those on real files stand with the answers.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod inputs;
mod rates;
mod secure_life;
mod st_louis;

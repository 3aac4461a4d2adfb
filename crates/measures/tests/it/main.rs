//! Tests of the arithmetic of the measures, and of areas in small lakes made for them; those on real files stand with the
//! answers and the program.

#![allow(clippy::unwrap_used, missing_docs)]
// Tests may stop at the first surprise.
mod communities;
mod imagined;
mod inputs;
mod names;
mod rates;
mod secure_life;
mod st_louis;

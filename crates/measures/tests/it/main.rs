//! Tests of the arithmetic of the measures, and of areas in small lakes made for them; those on real files stand with the
//! answers and the program.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod communities;
mod imagined;
mod inputs;
mod names;
mod panels;
mod rates;
mod recipes;
mod secure_life;
mod st_louis;

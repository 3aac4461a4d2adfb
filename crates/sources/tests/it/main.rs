//! The sources, tried from outside.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod bad_input;
mod cards;
mod cells;
mod import;
mod input;
mod mapping;
mod published_totals;

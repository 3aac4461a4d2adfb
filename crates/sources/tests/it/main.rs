//! Tests of what turns outside files into facts.

mod bad_input;
mod cards;
mod cells;
mod import;
mod input;

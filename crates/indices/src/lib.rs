//! Composite indices: a recipe and a table of values in, an index with its uncertainty out. No I/O.

pub mod check;
pub mod data;
pub mod recipe;

//! Composite indices: a recipe and a table of values in, an index with its uncertainty out. No I/O.

pub mod aggregate;
mod doubt;
pub mod impute;
pub mod normalise;
pub mod rank;
pub mod recipe;
pub mod step;
pub mod transform;
pub mod treat;

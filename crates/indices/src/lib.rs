//! Composite indices: a recipe and a table of values in, an index with its uncertainty out. No I/O.

pub mod aggregate;
pub mod alkire_foster;
pub mod catalog;
pub mod check;
pub mod classes;
pub mod data;
mod doubt;
pub mod impute;
pub mod index;
pub mod input_error;
pub mod normalise;
pub mod random;
pub mod rank;
pub mod recipe;
pub mod sensitivity;
pub mod step;
pub mod transform;
pub mod treat;
pub mod uncertainty;
pub mod vary;
pub mod weights;

//! Tests of the room of composite indices.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod aggregating;
mod asem;
mod asem_recipe;
mod building;
mod catalog;
mod human_development;
mod inform;
mod input_error;
mod manual;
mod mistakes;
mod mpi;
mod near;
mod normalising;
mod poverty;
mod random;
mod sensitivity;
mod tables;
mod treating;
mod uncertainty;
mod weighting;

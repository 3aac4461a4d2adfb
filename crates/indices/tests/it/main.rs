//! Tests of the room of composite indices.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod asem;
mod asem_recipe;
mod building;
mod catalog;
mod human_development;
mod inform;
mod manual;
mod mistakes;
mod mpi;
mod tables;

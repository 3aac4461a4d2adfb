//! Tests of the room of composite indices.

mod aggregating;
mod asem;
mod building;
mod mistakes;
mod near;
mod normalising;
mod poverty;
mod treating;
mod weighting;

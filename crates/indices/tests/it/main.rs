//! Tests of the room of composite indices.

mod asem;
mod building;
mod mistakes;

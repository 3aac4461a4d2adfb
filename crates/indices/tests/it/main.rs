//! Tests of the room of composite indices.

mod building;
mod mistakes;

//! Maps, tried from outside.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod antimeridian;
mod events;
mod made;
mod natural_earth;
mod partitions;
mod read;
mod shapes;
mod tiles;
mod topology;
mod worldviews;

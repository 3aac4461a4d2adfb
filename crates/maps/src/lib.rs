//! Places as a map draws them: borders that neighbours share simplified once, as a topology, with a worldview applied;
//! TopoJSON for a map of the world, and vector tiles. Pure: geometries in, bytes out; it opens no file.
//!
//! [`Map::new`] takes [`Shape`]s and a [`Worldview`] and tells what it could not use as [`Finding`]s. Each administrative
//! level is a topology of its own.

mod antimeridian;
mod chain;
mod clip;
mod error;
mod events;
mod grid;
mod map;
mod outlines;
mod shape;
mod simplify;
mod tile;
mod topojson;
mod topology;
mod worldview;

pub use error::MapError;
pub use events::{EXACT_ZOOM, Event, point_tile};
pub use map::{Map, Place};
pub use shape::{Finding, Shape, from_wkb};
pub use tile::{DEEPEST_ZOOM, EXTENT, Layers, Properties, Value};
pub use topojson::WORLD_TOLERANCE_KM2;
pub use worldview::Worldview;

//! Places as a map draws them: borders that neighbours share simplified once, as a topology, with a worldview applied;
//! TopoJSON for a map of the world, and vector tiles. Pure: geometries in, bytes out; it opens no file.
//!
//! [`Map::new`] takes [`Shape`]s and a [`Worldview`] and tells what it could not use as [`Finding`]s. Each administrative
//! level is a topology of its own.
//!
//! ```
//! use geo::{MultiPolygon, Rect};
//! use lysoen_maps::{Layers, Map, Shape, WORLD_TOLERANCE_KM2, Worldview};
//!
//! let shape = Shape {
//!     place: "LSO".to_string(),
//!     name: "Lesotho".to_string(),
//!     level: 0,
//!     country: None,
//!     geometry: MultiPolygon(vec![Rect::new([27.0, -30.7], [29.5, -28.6]).to_polygon()]),
//! };
//! let (map, findings) = Map::new(vec![shape], &Worldview::built_in()?);
//! assert!(findings.is_empty());
//! assert_eq!(map.place_at(28.2, -29.5), Some("LSO"));
//! let topojson: Vec<u8> = map.topojson(0, WORLD_TOLERANCE_KM2, &["ATA"]);
//! let tile: Option<Vec<u8>> = map.tile(&Layers::of(0), 4, 9, 9)?;
//! # assert!(topojson.len() > 100 && tile.is_some_and(|tile| !tile.is_empty()));
//! # Ok::<(), lysoen_maps::MapError>(())
//! ```

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

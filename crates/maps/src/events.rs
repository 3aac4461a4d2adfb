//! Vector tiles of events.

use crate::error::MapError;
use crate::tile::{EXTENT, Features, Frame, Value, encode};

/// From this zoom on every event is a point of its own.
pub const EXACT_ZOOM: u8 = 7;

/// Cells along a tile, within which events are one point at lower zooms: each 4 of 512 pixels wide.
const CELLS: usize = 128;

/// Steps along a cell.
const CELL: f64 = (EXTENT / 128) as f64;

/// Something that happened at a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Longitude in degrees, from -180 to 180.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// How many were killed.
    pub deaths: i64,
    /// What else the point is to say.
    pub properties: Vec<(String, Value)>,
}

/// A tile with the layer `events`. From [`EXACT_ZOOM`] on each event is a point with its `deaths` and properties, in the
/// order given. Below, the events of a cell are one point at the mean of their positions, with their `count` and the sum of
/// their `deaths`; an event alone keeps its properties. None if there is no tile of that number; empty if nothing lies in
/// it. Beyond Mercator's ends (85°) nothing is shown.
///
/// # Errors
/// Where a point cannot be encoded, which would be a mistake here.
pub fn point_tile(events: &[Event], z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, MapError> {
    let Some(frame) = Frame::new(z, x, y) else {
        return Ok(None);
    };
    let [west, south, east, north] = frame.bounds();
    // Cheaper than to project them all.
    let near = |event: &&Event| (west..=east).contains(&event.lon) && (south..=north).contains(&event.lat);
    let placed = events.iter().filter(near);
    let placed = placed.filter_map(|event| Some((frame.point([event.lon, event.lat])?, event)));
    let mut features = Features::new()?;
    if z >= EXACT_ZOOM {
        for (point, event) in placed {
            let properties = properties(event.deaths, None, &event.properties);
            features.add(&geo::Geometry::Point(point), &properties)?;
        }
    } else {
        for cell in cells(placed).into_iter().flatten() {
            let (point, properties) = cell.as_point();
            features.add(&geo::Geometry::Point(point), &properties)?;
        }
    }
    Ok(Some(encode(vec![features.layer("events")])))
}

/// The events of a cell.
#[derive(Clone, Copy)]
struct Cell<'a> {
    first: &'a Event,
    /// The sum of their places.
    places: geo::Point<f64>,
    deaths: i64,
    count: i64,
}

/// Events by cell, from north to south and from west to east.
fn cells<'a>(placed: impl Iterator<Item = (geo::Point<f64>, &'a Event)>) -> Vec<Option<Cell<'a>>> {
    let mut cells: Vec<Option<Cell<'a>>> = vec![None; CELLS * CELLS];
    for (place, event) in placed {
        // The end of the map belongs to its last cell.
        let number = |at: f64| ((at / CELL) as usize).min(CELLS - 1);
        let cell = &mut cells[number(place.y()) * CELLS + number(place.x())];
        let so_far = cell.unwrap_or(Cell {
            first: event,
            places: geo::Point::new(0.0, 0.0),
            deaths: 0,
            count: 0,
        });
        *cell = Some(Cell {
            first: so_far.first,
            places: so_far.places + place,
            deaths: so_far.deaths.saturating_add(event.deaths),
            count: so_far.count + 1,
        });
    }
    cells
}

impl Cell<'_> {
    /// One point at the mean of their places.
    fn as_point(&self) -> (geo::Point<f64>, Vec<(String, Value)>) {
        let mean = self.places / self.count as f64;
        let own = if self.count == 1 {
            &self.first.properties[..]
        } else {
            &[]
        };
        let point = geo::Point::new(mean.x().round(), mean.y().round());
        (point, properties(self.deaths, Some(self.count), own))
    }
}

fn properties(deaths: i64, count: Option<i64>, own: &[(String, Value)]) -> Vec<(String, Value)> {
    let count = count.map(|count| ("count".to_string(), Value::Integer(count)));
    let deaths = ("deaths".to_string(), Value::Integer(deaths));
    count.into_iter().chain([deaths]).chain(own.iter().cloned()).collect()
}

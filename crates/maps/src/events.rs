//! Vector tiles of events.

use std::collections::BTreeMap;

use crate::error::MapError;
use crate::tile::{EXTENT, Features, Frame, Value, encode};

/// From this zoom on every event is a point of its own.
pub const EXACT_ZOOM: u8 = 7;

/// The cells within which events are one point at lower zooms: 4 of the 512 pixels along a tile.
const CELL: u32 = EXTENT / 128;

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

/// An event with its place on a tile.
type Placed<'a> = (geo::Point<f64>, &'a Event);

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
            features.add(
                &geo::Geometry::Point(point),
                &properties(event.deaths, None, &event.properties),
            )?;
        }
    } else {
        let mut cells: BTreeMap<(u32, u32), Vec<Placed<'_>>> = BTreeMap::new();
        for (point, event) in placed {
            let cell = |at: f64| at as u32 / CELL;
            cells
                .entry((cell(point.y()), cell(point.x())))
                .or_default()
                .push((point, event));
        }
        for events in cells.into_values() {
            let (point, properties) = together(&events);
            features.add(&geo::Geometry::Point(point), &properties)?;
        }
    }
    Ok(Some(encode(vec![features.layer("events")])))
}

/// The events of a cell as one point.
fn together(events: &[Placed<'_>]) -> (geo::Point<f64>, Vec<(String, Value)>) {
    let count = events.len();
    let sum = events
        .iter()
        .fold(geo::Point::new(0.0, 0.0), |sum, (point, _)| sum + *point);
    let mean = sum / count as f64;
    let deaths = events
        .iter()
        .fold(0_i64, |sum, (_, event)| sum.saturating_add(event.deaths));
    let own = match events {
        [(_, alone)] => &alone.properties[..],
        _ => &[],
    };
    let point = geo::Point::new(mean.x().round(), mean.y().round());
    (point, properties(deaths, Some(count), own))
}

fn properties(deaths: i64, count: Option<usize>, own: &[(String, Value)]) -> Vec<(String, Value)> {
    let count = count.map(|count| ("count".to_string(), Value::Integer(count as i64)));
    let deaths = ("deaths".to_string(), Value::Integer(deaths));
    count.into_iter().chain([deaths]).chain(own.iter().cloned()).collect()
}

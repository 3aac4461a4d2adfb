//! The places: their names, codes, kinds and where they are.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::standing::Standing;
use lysoen_lexicon::place::PlaceId;
use lysoen_maps::Place as Drawn;
use serde::Serialize;
use utoipa::ToSchema;

use super::place::{kind, parts};
use crate::serve::App;
use crate::serve::form::{JsonOnly, json};
use crate::serve::problem::Problem;

/// The places.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Places {
    /// The world first, then countries and joint places, then areas.
    places: Vec<Place>,
}

/// A place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    /// Its code.
    place: String,
    /// Its name.
    name: String,
    /// ISO 3166-1 alpha-2.
    iso2: Option<String>,
    /// `world`, `country`, `joint` or `area`.
    kind: &'static str,
    /// 0 for a country, 1 to 4 for administrative levels.
    level: u8,
    /// The country in which an area lies.
    country: Option<String>,
    /// The countries of a joint place.
    parts: Vec<String>,
    /// A point within it: longitude and latitude in degrees.
    point: Option<[f64; 2]>,
    /// West, south, east and north in degrees.
    bbox: Option<[f64; 4]>,
    /// Whether its boundary is known.
    shape: bool,
    /// Whether it has figures in the latest period.
    figures: bool,
}

/// The places.
#[utoipa::path(get, path = "/api/v1/places", tag = "places", responses(
    (status = 200, body = Places), (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, _: JsonOnly) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    Ok(json(&Places {
        places: places(&current.standing),
    }))
}

fn places(standing: &Standing) -> Vec<Place> {
    let observatory = &standing.observatory;
    let crosswalk = observatory.crosswalk();
    let map = &standing.map;
    let drawn: BTreeMap<&str, &Drawn> = map.places(0).iter().map(|p| (p.place.as_str(), p)).collect();
    let told = standing
        .picture(standing.latest)
        .map_or(&[][..], |picture| picture.places());
    let known: BTreeSet<&str> = told.iter().map(PlaceId::as_str).collect();
    let others = crosswalk.current(observatory.today).filter_map(|c| c.place().ok());
    let others = others.filter(|p| !known.contains(p.as_str()));
    let mut all: Vec<PlaceId> = told.iter().cloned().chain(others).collect();
    all.sort_by_key(|place| (place.as_str() != PlaceId::WORLD, observatory.name(place)));
    let country = |place: &PlaceId| Place {
        place: place.to_string(),
        name: observatory.name(place),
        iso2: crosswalk.get(place.as_str()).and_then(|c| c.iso2.clone()),
        kind: kind(place),
        level: 0,
        country: None,
        parts: parts(place),
        point: drawn.get(place.as_str()).map(|d| d.point),
        bbox: drawn.get(place.as_str()).map(|d| d.bbox),
        shape: drawn.contains_key(place.as_str()),
        figures: known.contains(place.as_str()),
    };
    let area = |d: &Drawn| Place {
        place: d.place.clone(),
        name: d.name.clone(),
        iso2: None,
        kind: "area",
        level: d.level,
        country: d.country.clone(),
        parts: Vec::new(),
        point: Some(d.point),
        bbox: Some(d.bbox),
        shape: true,
        figures: false,
    };
    let areas = map
        .levels()
        .filter(|level| *level > 0)
        .flat_map(|level| map.places(level))
        .map(area);
    all.iter().map(country).chain(areas).collect()
}

//! Maps: the borders of the world as TopoJSON, and vector tiles of places and events with their TileJSON.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use lysoen_answers::standing::{Located, Standing};
use lysoen_maps::{DEEPEST_ZOOM, Event, Layers, Value, WORLD_TOLERANCE_KM2, point_tile};
use serde::Deserialize;
use serde_json::json;

use super::App;
use super::asked::{self, Asked, Named};
use super::form::{json, json_bytes};
use super::problem::Problem;

/// Antarctica has no people, and a third of the map.
const WITHOUT: [&str; 1] = ["ATA"];
/// The deepest zoom of places: what is drawn deeper is the same, larger.
const PLACES_ZOOM: u8 = 10;
/// The deepest zoom of events.
const EVENTS_ZOOM: u8 = 12;
/// Measures that stand on places in tiles.
const MEASURES: [&str; 3] = ["killed", "displaced_in_country", "facing_at_least_one_threat"];
/// The source whose events are shown where none is named, if it is there.
const EVENTS: &str = "ucdp-ged";

/// The addresses of maps.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/borders/world.json", get(world))
        .route("/tiles/places.json", get(places_json))
        .route("/tiles/places/{z}/{x}/{y}", get(places))
        .route("/tiles/events.json", get(events_json))
        .route("/tiles/events/{z}/{x}/{y}", get(events))
}

/// The borders of the world.
async fn world(State(app): State<App>) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let body = current.kept("borders", || {
        Ok(current.standing.map.topojson(0, WORLD_TOLERANCE_KM2, &WITHOUT))
    })?;
    Ok(json_bytes(body))
}

/// Which places.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesAsked {
    /// The administrative level; countries where none is named.
    level: Option<u8>,
}

/// Which events.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventsAsked {
    /// The source's card.
    source: Option<String>,
}

/// The number of a tile; the last part may end with `.mvt` or `.pbf`.
fn number((z, x, y): &(String, String, String), deepest: u8) -> Result<(u8, u32, u32), Problem> {
    let none = || Problem::not_found(format!("there is no such tile; zooms are 0 to {deepest}"));
    let y = y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")).unwrap_or(y);
    let parsed = (z.parse::<u8>(), x.parse::<u32>(), y.parse::<u32>());
    let (Ok(z), Ok(x), Ok(y)) = parsed else {
        return Err(none());
    };
    let there = z <= deepest.min(DEEPEST_ZOOM) && x < 1 << z && y < 1 << z;
    there.then_some((z, x, y)).ok_or_else(none)
}

fn tile(body: axum::body::Bytes) -> Response {
    let media = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
    ([(header::CONTENT_TYPE, media)], body).into_response()
}

async fn places(
    State(app): State<App>,
    Named(zxy): Named<(String, String, String)>,
    Asked(asked): Asked<PlacesAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let (z, x, y) = number(&zxy, PLACES_ZOOM)?;
    let level = level(&current.standing, asked.level)?;
    let state = current.clone();
    let make = move || {
        state.kept(&format!("places {level} {z} {x} {y}"), || {
            let properties = |place: &str| state.properties.get(place).cloned().unwrap_or_default();
            let layers = Layers {
                properties: &properties,
                ..Layers::of(level)
            };
            let made = state
                .standing
                .map
                .tile(&layers, z, x, y)
                .map_err(|e| Problem::inside(&e))?;
            Ok(made.unwrap_or_default())
        })
    };
    Ok(tile(super::off_thread(make).await??))
}

/// The level that is asked for, where it has places.
fn level(standing: &Standing, asked: Option<u8>) -> Result<u8, Problem> {
    let level = asked.unwrap_or_default();
    match standing.map.levels().any(|known| known == level) {
        true => Ok(level),
        false => Err(Problem::not_found(format!(
            "no boundaries of level {level} are imported"
        ))),
    }
}

/// What stands on places in tiles: the newest values of some measures.
pub(crate) type PlaceProperties = BTreeMap<String, Vec<(String, Value)>>;

/// Reads them from the latest period.
pub(crate) fn properties(standing: &Standing) -> PlaceProperties {
    let mut all = PlaceProperties::new();
    let Ok(assessment) = asked::assessment(standing, standing.latest, &[]) else {
        return all;
    };
    let shown = assessment
        .figures
        .iter()
        .filter(|f| MEASURES.contains(&f.measure.as_str()));
    for figure in shown {
        let of_place = all.entry(figure.place.to_string()).or_default();
        of_place.extend(figure.value.map(|value| (figure.measure.clone(), Value::Number(value))));
        let rate = figure
            .per_100k
            .map(|rate| (format!("{}_per_100k", figure.measure), Value::Number(rate)));
        of_place.extend(rate);
        of_place.push((
            format!("{}_coverage", figure.measure),
            Value::Text(figure.coverage.as_str().to_string()),
        ));
    }
    all
}

async fn places_json(
    State(app): State<App>,
    headers: HeaderMap,
    Asked(asked): Asked<PlacesAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let level = level(standing, asked.level)?;
    let measures = MEASURES.iter().flat_map(|id| {
        let title = standing.observatory.measures().get(id).map_or(*id, |m| m.title.trim());
        [
            (id.to_string(), format!("{title}, {}", standing.latest)),
            (
                format!("{id}_per_100k"),
                format!("{title} per 100,000 people, {}", standing.latest),
            ),
            (
                format!("{id}_coverage"),
                format!("what the presence or absence of `{id}` means"),
            ),
        ]
    });
    let own = [("place", "code"), ("name", "name"), ("level", "administrative level")];
    let own = own.map(|(field, what)| (field.to_string(), what.to_string()));
    let fields: BTreeMap<String, String> = own.into_iter().chain(measures).collect();
    let attribution = attribution(standing, standing.map_sources());
    Ok(json(&json!({
        "tilejson": "3.0.0",
        "name": format!("Places of level {level}"),
        "description": standing.worldview.disclaimer,
        "attribution": attribution,
        "tiles": [format!("{}/tiles/places/{{z}}/{{x}}/{{y}}.mvt?level={level}", base(&headers))],
        "minzoom": 0,
        "maxzoom": PLACES_ZOOM,
        "bounds": [-180, -85.0511, 180, 85.0511],
        "vector_layers": [
            { "id": "places", "fields": fields },
            { "id": "borders", "fields": { "kind": "coast, internal, international or undetermined" } },
            { "id": "labels", "fields": { "place": "code", "name": "name", "area_km2": "area" } },
        ],
    })))
}

async fn events(
    State(app): State<App>,
    Named(zxy): Named<(String, String, String)>,
    Asked(asked): Asked<EventsAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let (z, x, y) = number(&zxy, EVENTS_ZOOM)?;
    let source = source(&current.standing, asked.source.as_deref())?.to_string();
    let state = current.clone();
    let make = move || {
        state.kept(&format!("events {source} {z} {x} {y}"), || {
            let all = &state.standing.events[&source];
            let near: Vec<Event> = near(all, z, x).iter().map(|event| drawn(event, &source)).collect();
            let made = point_tile(&near, z, x, y).map_err(|e| Problem::inside(&e))?;
            Ok(made.unwrap_or_default())
        })
    };
    Ok(tile(super::off_thread(make).await??))
}

/// The source that is asked for, else the first of events that are in the lake.
fn source<'s>(standing: &'s Standing, asked: Option<&str>) -> Result<&'s str, Problem> {
    let known = standing.events.keys().map(String::as_str);
    let first = || known.clone().find(|id| *id == EVENTS).or_else(|| known.clone().next());
    let found = match asked {
        Some(asked) => known.clone().find(|id| *id == asked),
        None => first(),
    };
    found.ok_or_else(|| match (asked, standing.doing()) {
        (_, Some(_)) if standing.events.is_empty() => Problem::later("events are still being read", 3),
        (Some(asked), _) => Problem::not_found(format!("no events of {asked} with a position are here")),
        (None, _) => Problem::not_found("no events with a position are here"),
    })
}

/// The events in the column of a tile; they stand from west to east.
fn near(all: &[Located], z: u8, x: u32) -> &[Located] {
    let width = 360.0 / f64::from(1u32 << z);
    // Half a tile more on each side, for what is drawn across the edge.
    let west = f64::from(x) * width - 180.0 - width / 2.0;
    let from = all.partition_point(|event| event.lon < west);
    let to = all.partition_point(|event| event.lon <= west + 2.0 * width);
    &all[from..to]
}

fn drawn(event: &Located, source: &str) -> Event {
    let mut properties = vec![
        ("event_id".to_string(), Value::Text(event.id.clone())),
        ("violence".to_string(), Value::Text(event.violence.to_string())),
        ("start".to_string(), Value::Text(event.start.to_string())),
        ("source".to_string(), Value::Text(source.to_string())),
    ];
    if event.deaths.is_none() {
        properties.push(("deaths_unknown".to_string(), Value::Truth(true)));
    }
    Event {
        lon: event.lon,
        lat: event.lat,
        deaths: event.deaths.unwrap_or_default(),
        properties,
    }
}

async fn events_json(
    State(app): State<App>,
    headers: HeaderMap,
    Asked(asked): Asked<EventsAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let source = source(standing, asked.source.as_deref())?;
    Ok(json(&json!({
        "tilejson": "3.0.0",
        "name": format!("Events of {source}"),
        "description": "Below zoom 7 events that lie close together are one point, with their number and the sum of their deaths.",
        "attribution": attribution(standing, vec![source.to_string()]),
        "tiles": [format!("{}/tiles/events/{{z}}/{{x}}/{{y}}.mvt?source={source}", base(&headers))],
        "minzoom": 0,
        "maxzoom": EVENTS_ZOOM,
        "bounds": [-180, -85.0511, 180, 85.0511],
        "vector_layers": [{ "id": "events", "fields": {
            "deaths": "deaths, best estimate; the sum where several events are one point",
            "count": "how many events are one point",
            "deaths_unknown": "whether the source tells no deaths of it",
            "event_id": "the source's number",
            "violence": "what kind of violence",
            "start": "first day",
            "source": "the source's card",
        } }],
    })))
}

fn attribution(standing: &Standing, sources: Vec<String>) -> String {
    let catalog = &standing.observatory.catalog;
    let cards = sources.iter().filter_map(|id| catalog.card(id));
    let one = |card: &lysoen_sources::card::Card| format!("{} ({})", card.publisher, card.licence);
    cards.map(one).collect::<Vec<_>>().join("; ")
}

/// The address under which the server was asked for, as far as that can be told: behind a proxy, by what the proxy says.
pub(crate) fn base(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("x-forwarded-host").or_else(|| text(header::HOST.as_str()));
    let plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let scheme = if text("x-forwarded-proto") == Some("https") {
        "https"
    } else {
        "http"
    };
    host.filter(plain)
        .map(|host| format!("{scheme}://{host}"))
        .unwrap_or_default()
}

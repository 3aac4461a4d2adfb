//! This part of the API described by OpenAPI 3.0, as the standard wants it; programs read from it what may be asked for.

use serde_json::{Map, Value, json};

use super::GEOJSON;
use super::asked::{DEEPEST, LIMIT};
use super::collections::Collection;
use super::crs::Crs;
use crate::serve::events::MOST;

/// The description.
pub(super) fn of(name: &str, collections: &[Collection], base: &str) -> Value {
    let mut paths = Map::new();
    for (path, id, what) in [
        ("/", "getLandingPage", "The landing page"),
        (
            "/conformance",
            "getConformanceDeclaration",
            "What of the standards is kept",
        ),
        ("/collections", "getCollections", "The collections"),
    ] {
        paths.insert(
            path.to_string(),
            operation(id, what, "application/json", vec![shared("f")]),
        );
    }
    for collection in collections {
        add(&mut paths, *collection);
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": format!("{name}: OGC API – Features"),
            "description": "Places with their boundaries and figures, and events of harm.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": format!("{base}/ogc") }],
        "paths": paths,
        "components": { "parameters": parameters(), "responses": { "Problem": {
            "description": "What is wrong, by RFC 9457.",
            "content": { "application/problem+json": { "schema": { "type": "object" } } },
        } } },
    })
}

/// Adds the addresses of a collection.
fn add(paths: &mut Map<String, Value>, collection: Collection) {
    let (id, title) = (collection.id(), collection.title());
    let path = format!("/collections/{id}");
    let about = |what: &str| format!("{title}: {what}");
    let mut add = |path: String, operation: Value| drop(paths.insert(path, operation));
    let described = operation(&format!("describe.{id}"), &title, "application/json", vec![shared("f")]);
    add(path.clone(), described);
    let asked = about("what may be asked");
    let queryables = operation(
        &format!("queryables.{id}"),
        &asked,
        "application/schema+json",
        vec![shared("f")],
    );
    add(format!("{path}/queryables"), queryables);
    let chosen = collection.chooses().map(shared);
    let common = ["limit", "offset", "bbox", "bbox-crs", "datetime", "crs", "f"].map(shared);
    let filters = collection.filters().iter().map(|(name, what)| own("query", name, what));
    let of_items = common.into_iter().chain(chosen.clone()).chain(filters);
    let items = operation(
        &format!("getFeatures.{id}"),
        &about("features"),
        GEOJSON,
        of_items.collect(),
    );
    add(format!("{path}/items"), items);
    let of_one = [own("path", "featureId", "The feature's id"), shared("crs"), shared("f")];
    let of_one = of_one.into_iter().chain(chosen).collect();
    let item = operation(&format!("getFeature.{id}"), &about("one feature"), GEOJSON, of_one);
    add(format!("{path}/items/{{featureId}}"), item);
}

fn operation(id: &str, what: &str, media: &str, parameters: Vec<Value>) -> Value {
    let problem = json!({ "$ref": "#/components/responses/Problem" });
    json!({ "get": {
        "operationId": id,
        "summary": what,
        "parameters": parameters,
        "responses": {
            "200": { "description": what, "content": { media: { "schema": { "type": "object" } } } },
            "400": problem,
            "404": problem,
            "default": problem,
        },
    } })
}

fn shared(name: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

/// A parameter of one collection.
fn own(place: &str, name: &str, what: &str) -> Value {
    let is_needed = place == "path";
    let style = if is_needed { "simple" } else { "form" };
    json!({
        "name": name, "in": place, "description": what, "required": is_needed, "style": style, "explode": false,
        "schema": { "type": "string" },
    })
}

/// The parameters that collections share.
fn parameters() -> Value {
    let query = |name: &str, what: &str, schema: Value| {
        let parameter = json!({
            "name": name, "in": "query", "description": what, "required": false, "style": "form", "explode": false,
            "schema": schema,
        });
        (name.to_string(), parameter)
    };
    let crs = || json!({ "type": "string", "format": "uri", "enum": Crs::ALL.map(Crs::uri), "default": Crs::default().uri() });
    let number = |least: usize, most: usize, standard: usize| json!({ "type": "integer", "minimum": least, "maximum": most, "default": standard });
    let corners = json!({ "oneOf": [{ "minItems": 4, "maxItems": 4 }, { "minItems": 6, "maxItems": 6 }], "type": "array", "items": { "type": "number" } });
    let all = [
        query("limit", "How many features.", number(1, MOST, LIMIT)),
        query("offset", "How many are left out before.", number(0, DEEPEST, 0)),
        query(
            "bbox",
            "Features in a box, the lower corner first. Its first longitude may be the greater one, across ±180°.",
            corners,
        ),
        query("bbox-crs", "The coordinate reference system of the bbox.", crs()),
        query(
            "datetime",
            "Features of an instant or interval, such as `2024-01-01T00:00:00Z/..`.",
            json!({ "type": "string" }),
        ),
        query("crs", "The coordinate reference system of the features.", crs()),
        query(
            "period",
            "The period of the figures, such as 2024; the latest where none is named.",
            json!({ "type": "string" }),
        ),
        query(
            "f",
            "The form, which is JSON.",
            json!({ "type": "string", "enum": ["json", "geojson"] }),
        ),
    ];
    Value::Object(all.into_iter().collect())
}

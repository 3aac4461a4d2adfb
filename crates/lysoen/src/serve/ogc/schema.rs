//! What stands on the features of a collection, and what may be asked of it, as JSON Schema.

use lysoen_answers::sheet::Kind;
use lysoen_answers::standing::Standing;
use serde_json::{Map, Value, json};

use super::collections::Collection;
use super::places;
use crate::serve::events::COLUMNS;

/// The dialect of JSON Schema.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A feature of a collection. Any property may be null, which some programs could not read in its type.
pub(super) fn of(standing: &Standing, collection: Collection, base: &str) -> Value {
    let fields = match collection {
        Collection::Places(level) => places::fields(standing, level),
        Collection::Events => {
            let columns = COLUMNS
                .iter()
                .filter(|(name, ..)| !["longitude", "latitude"].contains(name));
            columns.map(|(name, _, kind)| (name.to_string(), *kind)).collect()
        }
    };
    let properties: Map<String, Value> = fields.into_iter().map(|(name, kind)| (name, typed(kind))).collect();
    let geometry = match collection {
        Collection::Places(_) => "https://geojson.org/schema/MultiPolygon.json",
        Collection::Events => "https://geojson.org/schema/Point.json",
    };
    json!({
        "$schema": DIALECT,
        "$id": format!("{base}/ogc/collections/{}/schema", collection.id()),
        "title": collection.title(),
        "description": "Any property may be null: it is not known, and not zero.",
        "type": "object",
        "properties": {
            "type": { "type": "string" },
            "id": { "type": "string" },
            "geometry": { "$ref": geometry },
            "properties": { "type": "object", "properties": properties },
        },
    })
}

fn typed(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Count => json!({ "type": "integer" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
    }
}

/// What may be asked of a collection's properties.
pub(super) fn queryables(collection: Collection, base: &str) -> Value {
    let filters = collection.filters().iter();
    let properties: Map<String, Value> = filters
        .map(|(name, what)| (name.to_string(), json!({ "type": "string", "title": what })))
        .collect();
    json!({
        "$schema": DIALECT,
        "$id": format!("{base}/ogc/collections/{}/queryables", collection.id()),
        "title": collection.title(),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

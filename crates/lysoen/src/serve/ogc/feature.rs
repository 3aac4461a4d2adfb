//! Features as GeoJSON (RFC 7946), and pages of them.

use axum::http::Uri;
use geo::MultiPolygon;
use jiff::{Timestamp, Unit};
use lysoen_answers::sheet::SourceNote;
use serde::Serialize;
use serde_json::{Map, Value};

use super::collections::Collection;
use super::crs::Crs;
use super::{GEOJSON, link};
use crate::serve::form::with_offset;
use crate::serve::problem::Problem;

/// A feature.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Feature {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    geometry: Geometry,
    properties: Map<String, Value>,
}

impl Feature {
    /// A feature with an id.
    pub(super) fn new(id: String, geometry: Geometry, properties: Map<String, Value>) -> Feature {
        Feature {
            kind: "Feature",
            id,
            geometry,
            properties,
        }
    }
}

/// Where it is.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub(super) enum Geometry {
    /// At a position.
    Point([f64; 2]),
    /// In polygons.
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

impl Geometry {
    /// Polygons, in degrees, in a coordinate reference system.
    pub(super) fn polygons(polygons: &MultiPolygon<f64>, crs: Crs) -> Geometry {
        let ring = |ring: &geo::LineString<f64>| ring.coords().map(|at| crs.of_degrees([at.x, at.y])).collect();
        let rings = |polygon: &geo::Polygon<f64>| {
            let all = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            all.map(ring).collect()
        };
        Geometry::MultiPolygon(polygons.iter().map(rings).collect())
    }
}

/// Features that were found: a page of them, with what must be read with them.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The page.
    pub(super) features: Vec<Feature>,
    /// How many there are in all.
    pub(super) matched: usize,
    /// Their sources.
    pub(super) sources: Vec<SourceNote>,
    /// What a reader must know of the whole.
    pub(super) notes: Vec<String>,
}

/// Where features are given.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// The server's address.
    pub(super) base: String,
    /// The address that was asked for.
    pub(super) uri: Uri,
    /// The collection.
    pub(super) collection: Collection,
    /// How many features are left out before.
    pub(super) offset: usize,
}

impl Page {
    /// The page as GeoJSON.
    pub(super) fn of(&self, found: &Found) -> Result<Vec<u8>, Problem> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Collected<'a> {
            #[serde(rename = "type")]
            kind: &'static str,
            time_stamp: String,
            number_matched: usize,
            number_returned: usize,
            links: Vec<Value>,
            notes: &'a [String],
            sources: &'a [SourceNote],
            features: &'a [Feature],
        }
        let mut links = self.links("This page");
        let end = self.offset + found.features.len();
        if end < found.matched && !found.features.is_empty() {
            let next = format!("{}{}", self.base, with_offset(&self.uri, end));
            links.push(link("next", GEOJSON, &next, "The next page"));
        }
        serialized(&Collected {
            kind: "FeatureCollection",
            time_stamp: Timestamp::now()
                .round(Unit::Second)
                .map_err(|e| Problem::inside(&e))?
                .to_string(),
            number_matched: found.matched,
            number_returned: found.features.len(),
            links,
            notes: &found.notes,
            sources: &found.sources,
            features: &found.features,
        })
    }

    /// The only feature of what was found, as GeoJSON.
    pub(super) fn one(&self, found: Found) -> Result<Vec<u8>, Problem> {
        #[derive(Serialize)]
        struct Single {
            #[serde(flatten)]
            feature: Feature,
            links: Vec<Value>,
            notes: Vec<String>,
            sources: Vec<SourceNote>,
        }
        let feature = found.features.into_iter().next();
        serialized(&Single {
            feature: feature.ok_or_else(|| {
                let items = format!("/ogc/collections/{}/items", self.collection.id());
                Problem::not_found(format!("there is no such feature; {items} lists them all"))
            })?,
            links: self.links("This feature"),
            notes: found.notes,
            sources: found.sources,
        })
    }

    fn links(&self, what: &str) -> Vec<Value> {
        let own = self.uri.path_and_query().map_or("", |path| path.as_str());
        let collection = format!("{}/ogc/collections/{}", self.base, self.collection.id());
        vec![
            link("self", GEOJSON, &format!("{}{own}", self.base), what),
            link("collection", "application/json", &collection, &self.collection.title()),
        ]
    }
}

fn serialized(answer: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(answer).map_err(|e| Problem::inside(&e))
}

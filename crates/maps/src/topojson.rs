//! TopoJSON, for a map that is drawn whole.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::map::{Detail, Level, Map, Place};
use crate::topology::{Area, Kind, Turn};

/// Square kilometres that are a good tolerance for a map of the world on a screen: in the Equal Earth projection at 1440
/// pixels it is a quarter of a pixel. Natural Earth's 1:50 million becomes some 240 kB, 80 kB after gzip.
pub const WORLD_TOLERANCE_KM2: f64 = 150.0;

/// Steps in a degree: one is 278 m at the equator, so that the smallest country keeps its triangle.
const STEPS: f64 = 400.0;

/// Properties are given to the thousandth of a degree.
const THOUSANDTHS: f64 = 1e3;

/// A position in steps from the south-west corner of the map.
type Step = [i64; 2];

impl Map {
    /// A level as TopoJSON, with arcs quantised to 1/400 of a degree and delta-coded, and without the places that
    /// are named. Empty objects where there is no such level.
    ///
    /// `objects.places` has the places with `id`, the code, and `properties`: `name`, `level`, `country` if it is an
    /// area, `point` (within), `bbox`, `area_km2`, `small`. `objects.borders` has a line for each kind that there is (`id`
    /// and `properties.kind`): `coast`, `internal`, `international`, `undetermined`.
    ///
    /// `tolerance_km2` is the least effective area of a vertex (Visvalingam and Whyatt); see [`WORLD_TOLERANCE_KM2`]. The
    /// largest polygon of a place and those with neighbours keep a tenth of their area at least, at any tolerance; other
    /// islands go that are smaller than the tolerance.
    pub fn topojson(&self, level: u8, tolerance_km2: f64, without: &[&str]) -> Vec<u8> {
        let detail = Detail {
            tolerance_km2,
            is_mercator: false,
        };
        let empty = Level::empty();
        let level = self.level(level).unwrap_or(&empty);
        let mut drawing = Drawing {
            level,
            detail,
            is_left_out: level
                .places
                .iter()
                .map(|place| without.contains(&place.place.as_str()))
                .collect(),
            numbers: BTreeMap::new(),
            arcs: Vec::new(),
        };
        let places = drawing.places();
        let borders = drawing.borders();
        let topology = json!({
            "type": "Topology",
            "transform": { "scale": [1.0 / STEPS, 1.0 / STEPS], "translate": [-180, -90] },
            "objects": {
                "places": { "type": "GeometryCollection", "geometries": places },
                "borders": { "type": "GeometryCollection", "geometries": borders },
            },
            "arcs": drawing.arcs.iter().map(|arc| deltas(arc)).collect::<Vec<_>>(),
        });
        topology.to_string().into_bytes()
    }
}

struct Drawing<'a> {
    level: &'a Level,
    detail: Detail,
    is_left_out: Vec<bool>,
    /// The number that an arc has in the TopoJSON.
    numbers: BTreeMap<usize, usize>,
    arcs: Vec<Vec<Step>>,
}

impl Drawing<'_> {
    fn places(&mut self) -> Vec<Value> {
        let level = self.level;
        let mut polygons: Vec<Vec<Value>> = vec![Vec::new(); level.places.len()];
        for area in &level.topology.areas {
            if !self.is_left_out[area.place] && self.detail.shows(area) {
                polygons[area.place].extend(self.polygon(area));
            }
        }
        let places = level.places.iter().zip(polygons);
        let left = places.zip(&self.is_left_out).filter(|(_, is_left_out)| !**is_left_out);
        left.map(|((place, polygons), _)| geometry(place, polygons)).collect()
    }

    /// The arcs of a polygon's rings; none where nothing remains of the outer one.
    fn polygon(&mut self, area: &Area) -> Option<Value> {
        let mut rings = Vec::new();
        for (at, ring) in area.rings.iter().enumerate() {
            if self.is_degenerate(ring) {
                if at == 0 {
                    return None;
                }
                continue;
            }
            rings.push(ring.iter().map(|turn| self.reference(*turn)).collect::<Vec<i64>>());
        }
        Some(json!(rings))
    }

    /// Whether a ring encloses nothing any more.
    fn is_degenerate(&self, ring: &[Turn]) -> bool {
        let kept = self
            .level
            .topology
            .ring(ring, |vertex, weight| self.detail.matters(vertex, weight));
        let steps: Vec<Step> = kept.into_iter().map(|vertex| step(vertex.degrees())).collect();
        let cross = |edge: &[Step]| i128::from(edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]);
        steps.windows(2).map(cross).sum::<i128>() == 0
    }

    /// How TopoJSON names an arc: its number, or the complement of it where it is run backwards.
    fn reference(&mut self, turn: Turn) -> i64 {
        let number = self.number(turn.arc) as i64;
        if turn.is_backwards { !number } else { number }
    }

    fn number(&mut self, arc: usize) -> usize {
        if let Some(number) = self.numbers.get(&arc) {
            return *number;
        }
        let turn = Turn {
            arc,
            is_backwards: false,
        };
        let kept = self
            .level
            .topology
            .run(turn)
            .filter(|(vertex, weight)| self.detail.matters(*vertex, *weight));
        let mut steps: Vec<Step> = kept.map(|(vertex, _)| step(vertex.degrees())).collect();
        steps.dedup();
        // An arc has two positions at least.
        if let [only] = steps[..] {
            steps.push(only);
        }
        self.arcs.push(steps);
        self.numbers.insert(arc, self.arcs.len() - 1);
        self.arcs.len() - 1
    }

    fn borders(&mut self) -> Vec<Value> {
        let mut kinds: BTreeMap<Kind, Vec<[usize; 1]>> = BTreeMap::new();
        let topology = &self.level.topology;
        for (at, arc) in topology.arcs.iter().enumerate() {
            let sides: BTreeSet<usize> = [arc.sides.left, arc.sides.right].into_iter().flatten().collect();
            let is_left_out = sides.iter().all(|place| self.is_left_out[*place]);
            let is_gone = arc.alone.is_some_and(|area| !self.detail.shows(&topology.areas[area]));
            if arc.sides.kind != Kind::Seam && !is_left_out && !is_gone {
                let number = self.number(at);
                kinds.entry(arc.sides.kind).or_default().push([number]);
            }
        }
        let line = |(kind, arcs): (Kind, Vec<[usize; 1]>)| json!({ "type": "MultiLineString", "id": kind.as_str(), "properties": { "kind": kind.as_str() }, "arcs": arcs });
        kinds.into_iter().map(line).collect()
    }
}

fn geometry(place: &Place, polygons: Vec<Value>) -> Value {
    let rounded = |degrees: &f64| (degrees * THOUSANDTHS).round() / THOUSANDTHS;
    let mut properties = json!({
        "name": place.name,
        "level": place.level,
        "point": place.point.each_ref().map(rounded),
        "bbox": place.bbox.each_ref().map(rounded),
        "area_km2": (place.area_km2 * 10.0).round() / 10.0,
        "small": place.is_small,
    });
    if let Some(country) = &place.country {
        properties["country"] = json!(country);
    }
    json!({ "type": "MultiPolygon", "id": place.place, "properties": properties, "arcs": polygons })
}

fn step([lon, lat]: [f64; 2]) -> Step {
    [
        ((lon + 180.0) * STEPS).round() as i64,
        ((lat + 90.0) * STEPS).round() as i64,
    ]
}

/// The first position, then how far it is to each next one.
fn deltas(arc: &[Step]) -> Vec<Step> {
    let first = arc.first().copied();
    let rest = arc.windows(2).map(|two| [two[1][0] - two[0][0], two[1][1] - two[0][1]]);
    first.into_iter().chain(rest).collect()
}

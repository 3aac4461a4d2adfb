//! TopoJSON and tiles read back.

use std::collections::BTreeMap;

use geozero::mvt::{Message, Tile, tile};
use lysoen_maps::Map;
use serde_json::Value;

use crate::made::Point;

/// TopoJSON with its arcs in degrees.
pub(crate) struct Topology {
    pub(crate) json: Value,
    pub(crate) arcs: Vec<Vec<Point>>,
}

pub(crate) fn topology(map: &Map, level: u8, tolerance_km2: f64, without: &[&str]) -> Topology {
    let json: Value = serde_json::from_slice(&map.topojson(level, tolerance_km2, without)).unwrap();
    let numbers = |at: &Value| [0, 1].map(|axis| at[axis].as_f64().unwrap());
    let (scale, translate) = (
        numbers(&json["transform"]["scale"]),
        numbers(&json["transform"]["translate"]),
    );
    let arcs = json["arcs"].as_array().unwrap().iter().map(|arc| {
        let mut at = [0.0, 0.0];
        let steps = arc.as_array().unwrap().iter().map(numbers);
        let positions = steps.map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            [0, 1].map(|axis| at[axis] * scale[axis] + translate[axis])
        });
        positions.collect()
    });
    Topology {
        arcs: arcs.collect(),
        json: json.clone(),
    }
}

impl Topology {
    pub(crate) fn places(&self) -> &Vec<Value> {
        self.json["objects"]["places"]["geometries"].as_array().unwrap()
    }

    pub(crate) fn place(&self, id: &str) -> &Value {
        self.places().iter().find(|place| place["id"] == id).unwrap()
    }

    /// The rings of a place, as numbers of arcs.
    pub(crate) fn rings(place: &Value) -> Vec<Vec<i64>> {
        let polygons = place["arcs"].as_array().unwrap().iter();
        let rings = polygons.flat_map(|polygon| polygon.as_array().unwrap());
        rings
            .map(|ring| {
                ring.as_array()
                    .unwrap()
                    .iter()
                    .map(|arc| arc.as_i64().unwrap())
                    .collect()
            })
            .collect()
    }

    pub(crate) fn line(&self, ring: &[i64]) -> Vec<Point> {
        let mut line: Vec<Point> = Vec::new();
        for reference in ring {
            let mut arc = match *reference {
                arc if arc >= 0 => self.arcs[arc as usize].clone(),
                arc => self.arcs[!arc as usize].iter().rev().copied().collect(),
            };
            if line.last().is_some() {
                assert_eq!(line.last(), arc.first(), "arcs meet");
                arc.remove(0);
            }
            line.extend(arc);
        }
        assert_eq!(line.first(), line.last(), "rings are closed");
        line
    }

    /// The area of a place in square degrees.
    pub(crate) fn area(&self, place: &Value) -> f64 {
        Topology::rings(place)
            .iter()
            .map(|ring| doubled_area(&self.line(ring)) / 2.0)
            .sum()
    }

    /// The arcs of each kind of border.
    pub(crate) fn borders(&self) -> BTreeMap<String, Vec<usize>> {
        let kinds = self.json["objects"]["borders"]["geometries"].as_array().unwrap().iter();
        let arcs = |kind: &Value| {
            let lines = kind["arcs"].as_array().unwrap().iter();
            lines.map(|line| line[0].as_u64().unwrap() as usize).collect()
        };
        kinds
            .map(|kind| (kind["properties"]["kind"].as_str().unwrap().to_string(), arcs(kind)))
            .collect()
    }

    /// The kinds of the arcs that two places share.
    pub(crate) fn between(&self, one: &str, other: &str) -> Vec<String> {
        let arcs = |id: &str| -> Vec<usize> {
            let rings = Topology::rings(self.place(id));
            rings
                .into_iter()
                .flatten()
                .map(|arc| if arc < 0 { !arc } else { arc } as usize)
                .collect()
        };
        let (one, other) = (arcs(one), arcs(other));
        let borders = self.borders().into_iter();
        let shared = borders.filter(|(_, arcs)| arcs.iter().any(|arc| one.contains(arc) && other.contains(arc)));
        shared.map(|(kind, _)| kind).collect()
    }
}

pub(crate) fn doubled_area(ring: &[Point]) -> f64 {
    ring.windows(2)
        .map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1])
        .sum()
}

/// A feature of a tile.
#[derive(Clone, Debug)]
pub(crate) struct Feature {
    pub(crate) properties: BTreeMap<String, tile::Value>,
    /// Rings (closed), lines or points.
    pub(crate) lines: Vec<Vec<Point>>,
}

impl Feature {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.properties[name].string_value.as_deref().unwrap()
    }

    pub(crate) fn integer(&self, name: &str) -> i64 {
        self.properties[name].sint_value.unwrap()
    }

    /// In steps of the tile; outer rings count, holes are taken off.
    pub(crate) fn area(&self) -> f64 {
        self.lines.iter().map(|ring| doubled_area(ring) / 2.0).sum()
    }
}

/// The features of a tile by layer.
pub(crate) fn layers(bytes: &[u8]) -> BTreeMap<String, Vec<Feature>> {
    let tile = Tile::decode(bytes).unwrap();
    let layers = tile.layers.into_iter().map(|layer| {
        assert_eq!((layer.version, layer.extent), (2, Some(4096)));
        let features = layer.features.iter().map(|feature| Feature {
            properties: feature
                .tags
                .chunks(2)
                .map(|tag| {
                    (
                        layer.keys[tag[0] as usize].clone(),
                        layer.values[tag[1] as usize].clone(),
                    )
                })
                .collect(),
            lines: lines(&feature.geometry),
        });
        (layer.name.clone(), features.collect())
    });
    layers.collect()
}

/// The commands of a geometry: move, line, close.
fn lines(commands: &[u32]) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut at = [0.0, 0.0];
    let mut commands = commands.iter().copied();
    while let Some(command) = commands.next() {
        let (id, count) = (command & 7, command >> 3);
        if id == 7 {
            let line = lines.last_mut().unwrap();
            line.push(line[0]);
            continue;
        }
        for _ in 0..count {
            let mut delta = || {
                let value = commands.next().unwrap();
                f64::from((value >> 1) as i32 ^ -((value & 1) as i32))
            };
            at = [at[0] + delta(), at[1] + delta()];
            match id {
                1 => lines.push(vec![at]),
                _ => lines.last_mut().unwrap().push(at),
            }
        }
    }
    lines
}

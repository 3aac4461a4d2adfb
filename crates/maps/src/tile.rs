//! Vector tiles of places: Mapbox Vector Tile 2.1 in web Mercator (EPSG:3857), tiles numbered from the north-west.

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use geozero::mvt::{Message, MvtWriter, Tile, tile};
use geozero::{ColumnValue, FeatureProcessor, GeozeroGeometry, PropertyProcessor};
use rstar::AABB;
use std::collections::BTreeMap;

use crate::clip::{self, Point, doubled_area};
use crate::error::MapError;
use crate::map::{Boxes, Detail, Level, Map, Place};
use crate::simplify::KM;
use crate::topology::{Area, Kind, Turn};

/// Steps along a tile.
pub const EXTENT: u32 = 4096;

/// The deepest zoom at which there are tiles.
pub const DEEPEST_ZOOM: u8 = 22;

/// How far a tile's geometries reach beyond it, in steps, so that lines along its edge are drawn whole.
const BUFFER: f64 = 64.0;

/// Pixels along a tile, as map programs draw them.
const PIXELS: f64 = 512.0;

/// The least effective area of a vertex, in square pixels.
const DETAIL_PIXELS: f64 = 0.5;

/// A property's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
}

/// Gives a place, by its code, further properties.
pub type Properties<'a> = &'a dyn Fn(&str) -> Vec<(String, Value)>;

/// What a tile is to have.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The administrative level that is drawn.
    pub level: u8,
    /// Polygons with `place`, `name` and `level`, and what `properties` gives.
    pub places: bool,
    /// Lines with `kind`: `coast`, `internal`, `international`, `undetermined`.
    pub borders: bool,
    /// Points with `place`, `name`, `level` and `area_km2`, and what `properties` gives; each in one tile of a zoom.
    pub labels: bool,
    /// Further properties of a place by its code.
    pub properties: Properties<'a>,
}

impl Layers<'_> {
    /// All layers of a level, without further properties.
    pub fn of(level: u8) -> Layers<'static> {
        Layers {
            level,
            places: true,
            borders: true,
            labels: true,
            properties: &|_| Vec::new(),
        }
    }
}

impl Map {
    /// A tile with the layers that have something in it: `places`, `borders`, `labels`. None if there is no tile of that
    /// number; empty if nothing lies in it.
    ///
    /// # Errors
    /// Where a geometry cannot be encoded, which would be a mistake here.
    pub fn tile(&self, layers: &Layers<'_>, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, MapError> {
        let Some(frame) = Frame::new(z, x, y) else {
            return Ok(None);
        };
        let Some(level) = self.level(layers.level) else {
            return Ok(Some(Vec::new()));
        };
        let mut made = Vec::new();
        if layers.places {
            made.push(frame.places(level, layers)?);
        }
        if layers.borders {
            made.push(frame.borders(level)?);
        }
        if layers.labels {
            made.push(frame.labels(level, layers)?);
        }
        Ok(Some(encode(made)))
    }
}

/// A tile's bytes; layers without features are left out.
pub(crate) fn encode(layers: Vec<tile::Layer>) -> Vec<u8> {
    let layers = layers.into_iter().filter(|layer| !layer.features.is_empty()).collect();
    Tile { layers }.encode_to_vec()
}

/// Where a tile lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The corner towards north-west, in steps from the map's.
    corner: [f64; 2],
    /// Steps along the map.
    across: f64,
}

impl Frame {
    /// The frame of a tile; none if there is no such tile.
    pub(crate) fn new(z: u8, x: u32, y: u32) -> Option<Frame> {
        if z > DEEPEST_ZOOM || x >> z != 0 || y >> z != 0 {
            return None;
        }
        Some(Frame {
            corner: [x, y].map(|number| f64::from(number) * f64::from(EXTENT)),
            across: f64::from(1_u32 << z) * f64::from(EXTENT),
        })
    }

    /// A position in whole steps from the tile's corner. It is rounded on the whole map: neighbours round alike.
    pub(crate) fn place(&self, [lon, lat]: [f64; 2]) -> Point {
        // Beyond 89° the map would be higher than the numbers go.
        let lat = lat.clamp(-89.0, 89.0).to_radians();
        let x = lon / 360.0 + 0.5;
        let y = 0.5 - lat.sin().atanh() / std::f64::consts::TAU;
        [
            (x * self.across).round() - self.corner[0],
            (y * self.across).round() - self.corner[1],
        ]
    }

    /// West, south, east and north in degrees, with the buffer.
    pub(crate) fn bounds(&self) -> [f64; 4] {
        let end = f64::from(EXTENT) + BUFFER;
        let lon = |x: f64| ((x + self.corner[0]) / self.across - 0.5) * 360.0;
        let lat = |y: f64| {
            let mercator = (0.5 - (y + self.corner[1]) / self.across) * std::f64::consts::TAU;
            mercator.sinh().atan().to_degrees()
        };
        [lon(-BUFFER), lat(end), lon(end), lat(-BUFFER)]
    }

    fn window() -> clip::Window {
        let end = f64::from(EXTENT) + BUFFER;
        [-BUFFER, -BUFFER, end, end]
    }

    fn detail(&self) -> Detail {
        let km = 360.0 * KM / (self.across / f64::from(EXTENT) * PIXELS);
        Detail {
            tolerance_km2: DETAIL_PIXELS * km * km,
            is_mercator: true,
        }
    }

    /// What lies in or near the tile, in order.
    fn near(&self, boxes: &Boxes) -> Vec<usize> {
        let [west, south, east, north] = self.bounds();
        let envelope = AABB::from_corners([west, south], [east, north]);
        let mut found: Vec<usize> = boxes
            .locate_in_envelope_intersecting(&envelope)
            .map(|found| found.data)
            .collect();
        found.sort_unstable();
        found
    }

    fn places(&self, level: &Level, layers: &Layers<'_>) -> Result<tile::Layer, MapError> {
        let detail = self.detail();
        let mut polygons: BTreeMap<usize, Vec<Polygon<f64>>> = BTreeMap::new();
        for area in self.near(&level.areas).into_iter().map(|at| &level.topology.areas[at]) {
            if detail.shows(area) {
                polygons
                    .entry(area.place)
                    .or_default()
                    .extend(self.polygon(level, area, detail));
            }
        }
        let mut features = Features::new()?;
        for (place, polygons) in polygons.into_iter().filter(|(_, polygons)| !polygons.is_empty()) {
            let place = &level.places[place];
            features.add(
                &geo::Geometry::MultiPolygon(MultiPolygon(polygons)),
                &about(place, layers),
            )?;
        }
        Ok(features.layer("places"))
    }

    /// What of a polygon lies in the tile; none where nothing remains of the outer ring.
    fn polygon(&self, level: &Level, area: &Area, detail: Detail) -> Option<Polygon<f64>> {
        let mut rings = Vec::new();
        for (at, ring) in area.rings.iter().enumerate() {
            match self.ring(level, ring, detail, at == 0) {
                Some(ring) => rings.push(ring),
                None if at == 0 => return None,
                None => {}
            }
        }
        let outer = rings.remove(0);
        Some(Polygon::new(outer, rings))
    }

    /// What of a ring lies in the tile, outer rings clockwise as they are seen; none where it encloses nothing any more.
    fn ring(&self, level: &Level, ring: &[Turn], detail: Detail, is_outer: bool) -> Option<LineString<f64>> {
        let kept = level
            .topology
            .ring(ring, |vertex, weight| detail.matters(vertex, weight));
        let mut placed: Vec<Point> = kept
            .into_iter()
            .rev()
            .map(|vertex| self.place(vertex.degrees()))
            .collect();
        placed.dedup();
        let mut clipped = clip::ring(&placed, Frame::window());
        for point in &mut clipped {
            *point = point.map(f64::round);
        }
        clipped.dedup();
        let doubled = doubled_area(&clipped);
        let is_right = if is_outer { doubled > 0.0 } else { doubled < 0.0 };
        is_right.then(|| line_string(clipped))
    }

    fn borders(&self, level: &Level) -> Result<tile::Layer, MapError> {
        let detail = self.detail();
        let topology = &level.topology;
        let mut lines: BTreeMap<Kind, Vec<LineString<f64>>> = BTreeMap::new();
        for at in self.near(&level.arcs) {
            let arc = &topology.arcs[at];
            let is_gone = arc.alone.is_some_and(|area| !detail.shows(&topology.areas[area]));
            if arc.sides.kind != Kind::Seam && !is_gone {
                let turn = Turn {
                    arc: at,
                    is_backwards: false,
                };
                lines
                    .entry(arc.sides.kind)
                    .or_default()
                    .extend(self.lines(level, turn, detail));
            }
        }
        let mut features = Features::new()?;
        for (kind, lines) in lines.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            let kind = vec![("kind".to_string(), Value::Text(kind.as_str().to_string()))];
            features.add(&geo::Geometry::MultiLineString(MultiLineString(lines)), &kind)?;
        }
        Ok(features.layer("borders"))
    }

    /// What of an arc lies in the tile.
    fn lines(&self, level: &Level, turn: Turn, detail: Detail) -> Vec<LineString<f64>> {
        let kept = level
            .topology
            .run(turn)
            .filter(|(vertex, weight)| detail.matters(*vertex, *weight));
        let mut placed: Vec<Point> = kept.map(|(vertex, _)| self.place(vertex.degrees())).collect();
        placed.dedup();
        let pieces = clip::line(&placed, Frame::window()).into_iter().map(|mut piece| {
            for point in &mut piece {
                *point = point.map(f64::round);
            }
            piece.dedup();
            piece
        });
        pieces.filter(|piece| piece.len() > 1).map(line_string).collect()
    }

    fn labels(&self, level: &Level, layers: &Layers<'_>) -> Result<tile::Layer, MapError> {
        let mut features = Features::new()?;
        for place in &level.places {
            let Some(point) = self.point(place.point) else { continue };
            let mut properties = about(place, layers);
            properties.insert(3, ("area_km2".to_string(), Value::Number(place.area_km2)));
            features.add(&geo::Geometry::Point(point), &properties)?;
        }
        Ok(features.layer("labels"))
    }

    /// A position on the tile itself, without its buffer, so that it is on one tile of a zoom.
    pub(crate) fn point(&self, position: [f64; 2]) -> Option<geo::Point<f64>> {
        let [x, y] = self.place(position);
        // The ends of the map belong to its last tiles.
        let is_on = |at: f64, corner: f64| {
            let end = f64::from(EXTENT);
            at >= 0.0 && (at < end || (at == end && corner + end == self.across))
        };
        (is_on(x, self.corner[0]) && is_on(y, self.corner[1])).then(|| geo::Point::new(x, y))
    }
}

fn line_string(points: Vec<Point>) -> LineString<f64> {
    LineString(points.into_iter().map(|[x, y]| Coord { x, y }).collect())
}

fn about(place: &Place, layers: &Layers<'_>) -> Vec<(String, Value)> {
    let mut properties = vec![
        ("place".to_string(), Value::Text(place.place.clone())),
        ("name".to_string(), Value::Text(place.name.clone())),
        ("level".to_string(), Value::Integer(i64::from(place.level))),
    ];
    properties.extend((layers.properties)(&place.place));
    properties
}

/// The features of a layer.
pub(crate) struct Features {
    writer: MvtWriter,
}

impl Features {
    pub(crate) fn new() -> Result<Features, MapError> {
        Ok(Features {
            writer: MvtWriter::new_unscaled(EXTENT)?,
        })
    }

    /// Adds a geometry in the tile's steps.
    pub(crate) fn add(
        &mut self,
        geometry: &geo::Geometry<f64>,
        properties: &[(String, Value)],
    ) -> Result<(), MapError> {
        self.writer.feature_begin(0)?;
        for (at, (name, value)) in properties.iter().enumerate() {
            let value = match value {
                Value::Text(text) => ColumnValue::String(text),
                Value::Integer(number) => ColumnValue::Long(*number),
                Value::Number(number) => ColumnValue::Double(*number),
                Value::Truth(truth) => ColumnValue::Bool(*truth),
            };
            self.writer.property(at, name, &value)?;
        }
        self.writer.geometry_begin()?;
        geometry.process_geom(&mut self.writer)?;
        self.writer.feature_end(0)?;
        Ok(())
    }

    pub(crate) fn layer(self, name: &str) -> tile::Layer {
        self.writer.layer(name)
    }
}

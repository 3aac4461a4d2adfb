//! What a row draws, and in which reference system, before anything is said about whether it is drawn well.

use geo::Coord;
use serde_json::Value;

/// A closed line around an area or around a hole in one, as it stands in a file: it may be open, or too short.
pub type Ring = Vec<Coord<f64>>;

/// What a row draws.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Nothing.
    Nothing,
    /// A point.
    Point(Coord<f64>),
    /// Areas: of each the outer ring, then those of its holes.
    Areas(Vec<Vec<Ring>>),
    /// Something else, in words.
    Other(String),
}

/// How coordinates are to be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude in degrees on WGS 84 (EPSG:4326, OGC:CRS84).
    Wgs84,
    /// The file does not say.
    Unstated,
    /// Another system, by the name that the file gives it.
    Other(String),
}

impl Crs {
    /// The system that an authority knows by a code: EPSG's 4326 and 4979 (with heights), OGC's CRS84 and CRS84h.
    pub(super) fn of_code(authority: &str, code: &str) -> Crs {
        match (
            authority.to_ascii_uppercase().as_str(),
            code.to_ascii_uppercase().as_str(),
        ) {
            ("EPSG", "4326" | "4979") | ("OGC", "CRS84" | "CRS84H") => Crs::Wgs84,
            (authority, code) => Crs::Other(format!("{authority}:{code}")),
        }
    }

    /// The system that a URN (`urn:ogc:def:crs:OGC:1.3:CRS84`), an address or a short name (`EPSG:4326`) stands for.
    pub(super) fn of_name(name: &str) -> Crs {
        let name = name.trim();
        let mut parts = name.rsplit([':', '/']).filter(|part| !part.is_empty());
        let code = parts.next().unwrap_or_default();
        // A version may stand between the code and the authority.
        let authority = parts.find(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
        match Crs::of_code(authority.unwrap_or("OGC"), code) {
            Crs::Wgs84 => Crs::Wgs84,
            _ if name.is_empty() => Crs::Unstated,
            _ => Crs::Other(name.to_string()),
        }
    }

    /// The system that well-known text describes, in the spelling of OGC, ISO or ESRI.
    pub(super) fn of_wkt(wkt: &str) -> Crs {
        let wkt = wkt.trim().trim_start_matches('\u{feff}');
        let upper = wkt.to_ascii_uppercase();
        let geographic = ["GEOGCS[", "GEOGCRS[", "GEODCRS[", "GEODETICCRS["]
            .iter()
            .any(|kind| upper.starts_with(kind));
        let wgs84 = ["WGS_1984", "WGS 84", "WORLD GEODETIC SYSTEM 1984"]
            .iter()
            .any(|datum| upper.contains(datum));
        match geographic && wgs84 {
            true => Crs::Wgs84,
            false if wkt.is_empty() => Crs::Unstated,
            false => Crs::Other(wkt.split('"').nth(1).unwrap_or("an unknown system").to_string()),
        }
    }

    /// The system that PROJ's JSON describes.
    pub(super) fn of_projjson(crs: &Value) -> Crs {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if let (Some(authority), Some(code)) = (crs["id"].get("authority"), crs["id"].get("code")) {
            return match Crs::of_code(&text(authority), &text(code)) {
                Crs::Other(code) => Crs::Other(format!("{code} ({})", crs["name"].as_str().unwrap_or("unnamed"))),
                wgs84 => wgs84,
            };
        }
        match (crs["type"].as_str(), crs["name"].as_str()) {
            (Some("GeographicCRS"), Some(name)) if name.starts_with("WGS 84") => Crs::Wgs84,
            (_, name) => Crs::Other(name.unwrap_or("an unknown system").to_string()),
        }
    }
}

impl std::fmt::Display for Crs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Crs::Wgs84 => f.write_str("WGS 84"),
            Crs::Unstated => f.write_str("an unstated system"),
            Crs::Other(name) => f.write_str(name),
        }
    }
}

/// The shape that well-known binary describes (OGC 06-103r4, clause 8; with heights and measures as ISO 13249-3 and as
/// PostGIS write them, which are left out).
pub(super) fn of_wkb(bytes: &[u8]) -> Result<Shape, String> {
    if bytes.is_empty() {
        return Ok(Shape::Nothing);
    }
    let mut wkb = Wkb {
        rest: bytes,
        little: true,
    };
    wkb.geometry().ok_or_else(|| "damaged well-known binary".to_string())
}

/// The shape behind a GeoPackage's own header (OGC 12-128r18, clause 2.1.3).
pub(super) fn of_geopackage(bytes: &[u8]) -> Result<Shape, String> {
    const EMPTY: u8 = 0b1_0000;
    let [b'G', b'P', _, flags, _, _, _, _, rest @ ..] = bytes else {
        return match bytes.is_empty() {
            true => Ok(Shape::Nothing),
            false => Err("no GeoPackage geometry".into()),
        };
    };
    if flags & EMPTY != 0 {
        return Ok(Shape::Nothing);
    }
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err("no GeoPackage geometry".into()),
    };
    of_wkb(rest.get(envelope..).unwrap_or_default())
}

struct Wkb<'a> {
    rest: &'a [u8],
    little: bool,
}

/// What a header of well-known binary says.
struct Kind {
    of: u32,
    /// Numbers to a point.
    dimensions: usize,
}

impl Wkb<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(match self.little {
            true => u32::from_le_bytes(bytes),
            false => u32::from_be_bytes(bytes),
        })
    }

    fn float(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(match self.little {
            true => f64::from_le_bytes(bytes),
            false => f64::from_be_bytes(bytes),
        })
    }

    fn header(&mut self) -> Option<Kind> {
        const HAS_Z: u32 = 0x8000_0000;
        const HAS_M: u32 = 0x4000_0000;
        const HAS_SRID: u32 = 0x2000_0000;
        let [order] = self.take()?;
        self.little = order != 0;
        let code = self.number()?;
        if code & HAS_SRID != 0 {
            self.number()?;
        }
        let of = code & !(HAS_Z | HAS_M | HAS_SRID);
        let flags = u32::from(code & HAS_Z != 0) + u32::from(code & HAS_M != 0);
        let more = match of / 1000 {
            0 => flags,
            1 | 2 => 1,
            3 => 2,
            _ => return None,
        };
        Some(Kind {
            of: of % 1000,
            dimensions: 2 + more as usize,
        })
    }

    fn geometry(&mut self) -> Option<Shape> {
        let kind = self.header()?;
        Some(match kind.of {
            1 => match self.coord(kind.dimensions)? {
                point if point.x.is_nan() && point.y.is_nan() => Shape::Nothing,
                point => Shape::Point(point),
            },
            3 => Shape::Areas(vec![self.polygon(kind.dimensions)?]),
            6 => {
                let mut areas = Vec::new();
                for _ in 0..self.number()? {
                    let part = self.header().filter(|part| part.of == 3)?;
                    areas.push(self.polygon(part.dimensions)?);
                }
                Shape::Areas(areas)
            }
            2 => Shape::Other("a line".into()),
            4 => Shape::Other("several points".into()),
            5 => Shape::Other("several lines".into()),
            7 => Shape::Other("a collection of geometries".into()),
            other => Shape::Other(format!("a geometry of WKB type {other}")),
        })
    }

    fn polygon(&mut self, dimensions: usize) -> Option<Vec<Ring>> {
        // No room is made ahead: a damaged count would ask for more than there is.
        let mut rings = Vec::new();
        for _ in 0..self.number()? {
            let mut ring = Ring::new();
            for _ in 0..self.number()? {
                ring.push(self.coord(dimensions)?);
            }
            rings.push(ring);
        }
        Some(rings)
    }

    fn coord(&mut self, dimensions: usize) -> Option<Coord<f64>> {
        let coord = Coord {
            x: self.float()?,
            y: self.float()?,
        };
        for _ in 2..dimensions {
            self.float()?;
        }
        Some(coord)
    }
}

/// The shape that a GeoJSON geometry describes (RFC 7946, section 3.1).
pub(super) fn of_geojson(geometry: &Value) -> Result<Shape, String> {
    if geometry.is_null() {
        return Ok(Shape::Nothing);
    }
    let coordinates = &geometry["coordinates"];
    let shape = match geometry["type"].as_str() {
        Some("Point") if coordinates.as_array().is_some_and(Vec::is_empty) => Some(Shape::Nothing),
        Some("Point") => position(coordinates).map(Shape::Point),
        Some("Polygon") => rings(coordinates).map(|area| Shape::Areas(vec![area])),
        Some("MultiPolygon") => list(coordinates, rings).map(Shape::Areas),
        Some(other) => Some(Shape::Other(format!("a {other}"))),
        None => None,
    };
    shape.ok_or_else(|| "no GeoJSON geometry, or damaged coordinates".to_string())
}

fn rings(value: &Value) -> Option<Vec<Ring>> {
    list(value, |ring| list(ring, position))
}

fn position(value: &Value) -> Option<Coord<f64>> {
    Some(Coord {
        x: value.get(0)?.as_f64()?,
        y: value.get(1)?.as_f64()?,
    })
}

fn list<T>(value: &Value, each: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(each).collect()
}

//! FlatGeobuf.

use std::io::{BufReader, Read};

use csv::StringRecord;
use flatgeobuf::{
    ColumnType, FallibleStreamingIterator, FeatureIter, FgbFeature, FgbReader, Geometry, GeometryType, NotSeekable,
};
use geo::Coord;

use super::{Crs, Header, Records, Ring, Shape, about_the_table};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::ReadError;

/// A FlatGeobuf file.
pub(super) struct Features {
    file: String,
    features: FeatureIter<BufReader<Box<dyn Read + Send>>, NotSeekable>,
    header: Header,
    types: Vec<ColumnType>,
    /// Where longitude and latitude are added, if the file has no columns of these names.
    coordinates: Option<usize>,
    crs: Crs,
    geometry_type: GeometryType,
    /// What the feature at hand draws.
    shape: Result<Shape, String>,
    row: u64,
    begun: bool,
}

impl Features {
    pub(super) fn open(input: &Input) -> Result<Features, ReadError> {
        let damaged = |e: flatgeobuf::Error| input.malformed(format!("a damaged FlatGeobuf file ({e})"), "a whole one");
        let reader = FgbReader::open(BufReader::new(input.bytes()?)).map_err(damaged)?;
        let columns = reader.header().columns();
        let columns: Vec<_> = columns
            .iter()
            .flatten()
            .map(|c| (c.name().to_string(), c.type_()))
            .collect();
        let mut names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let types: Vec<ColumnType> = columns.iter().map(|(_, kind)| *kind).collect();
        let has_points = matches!(
            reader.header().geometry_type(),
            GeometryType::Point | GeometryType::Unknown
        );
        let named = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
        let coordinates = (has_points && !named("longitude") && !named("latitude")).then_some(names.len());
        if coordinates.is_some() {
            names.extend(["longitude".to_string(), "latitude".to_string()]);
        }
        let crs = crs(&reader);
        let geometry_type = reader.header().geometry_type();
        Ok(Features {
            file: input.name().to_string(),
            features: reader.select_all_seq().map_err(damaged)?,
            header: Header::new(names),
            types,
            coordinates,
            crs,
            geometry_type,
            shape: Ok(Shape::Nothing),
            row: 1,
            begun: false,
        })
    }
}

fn crs<R: Read>(reader: &FgbReader<R>) -> Crs {
    let Some(crs) = reader.header().crs() else {
        return Crs::Unstated;
    };
    let code = match (crs.code_string(), crs.code()) {
        (Some(text), _) if !text.is_empty() => Some(text.to_string()),
        (_, 0) => None,
        (_, number) => Some(number.to_string()),
    };
    match (code, crs.wkt().filter(|wkt| !wkt.is_empty())) {
        (Some(code), _) => Crs::of_code(crs.org().unwrap_or("EPSG"), &code),
        (None, Some(wkt)) => Crs::of_wkt(wkt),
        (None, None) => Crs::Unstated,
    }
}

impl Records for Features {
    fn header(&self) -> &Header {
        &self.header
    }

    fn hxl(&self) -> Option<&[String]> {
        None
    }

    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError> {
        if !self.begun {
            self.begun = true;
            about_the_table(None, &self.header, findings);
        }
        loop {
            let row = self.row + 1;
            let next = self.features.next().map_err(|e| ReadError::Malformed {
                file: self.file.clone(),
                row: Some(row),
                found: format!("damage ({e})"),
                expected: "a whole FlatGeobuf file".into(),
            })?;
            let Some(feature) = next else {
                return Ok(None);
            };
            self.row = row;
            findings.rows_read += 1;
            let mut cells = vec![String::new(); self.header.names().len()];
            if properties(feature, &self.types, &mut cells).is_none() {
                findings.rows_rejected += 1;
                findings.add(
                    Severity::Rejected,
                    Some(row),
                    None,
                    "a damaged feature",
                    "properties as the header says",
                );
                continue;
            }
            if let (Some(at), Some((longitude, latitude))) = (self.coordinates, point(feature)) {
                cells[at] = longitude.to_string();
                cells[at + 1] = latitude.to_string();
            }
            self.shape = shape(feature, self.geometry_type);
            record.clear();
            record.extend(&cells);
            return Ok(Some(row));
        }
    }

    fn crs(&self) -> Option<Crs> {
        Some(self.crs.clone())
    }

    fn shape(&mut self) -> Result<Shape, String> {
        std::mem::replace(&mut self.shape, Ok(Shape::Nothing))
    }
}

fn shape(feature: &FgbFeature, of_all: GeometryType) -> Result<Shape, String> {
    let Some(geometry) = feature.geometry() else {
        return Ok(Shape::Nothing);
    };
    let kind = match of_all {
        GeometryType::Unknown => geometry.type_(),
        known => known,
    };
    let shape = match kind {
        GeometryType::Point => point(feature).map(|(x, y)| Shape::Point(Coord { x, y })),
        GeometryType::Polygon => rings(&geometry).map(|area| Shape::Areas(vec![area])),
        GeometryType::MultiPolygon => {
            let parts = geometry.parts().into_iter().flatten();
            parts.map(|part| rings(&part)).collect::<Option<_>>().map(Shape::Areas)
        }
        other => Some(Shape::Other(format!(
            "a {}",
            other.variant_name().unwrap_or("geometry")
        ))),
    };
    shape.ok_or_else(|| "damaged coordinates".to_string())
}

/// The rings of a polygon: pairs of coordinates, and after how many of them each ring ends.
fn rings(geometry: &Geometry<'_>) -> Option<Vec<Ring>> {
    let numbers: Vec<f64> = geometry.xy()?.iter().collect();
    let points: Ring = numbers.chunks_exact(2).map(|xy| Coord { x: xy[0], y: xy[1] }).collect();
    let Some(ends) = geometry.ends().filter(|ends| !ends.is_empty()) else {
        return Some(vec![points]);
    };
    let (mut rings, mut from) = (Vec::new(), 0);
    for end in ends {
        let to = end as usize;
        rings.push(points.get(from..to)?.to_vec());
        from = to;
    }
    Some(rings)
}

fn point(feature: &FgbFeature) -> Option<(f64, f64)> {
    let xy = feature.geometry()?.xy()?;
    (xy.len() == 2).then(|| (xy.get(0), xy.get(1)))
}

/// Fills in the properties: each is the column's number (two bytes) and the value in the column's type, all
/// little-endian (FlatGeobuf specification, "Properties"). None where the bytes are not that.
fn properties(feature: &FgbFeature, types: &[ColumnType], cells: &mut [String]) -> Option<()> {
    let Some(properties) = feature.fbs_feature().properties() else {
        return Some(());
    };
    let mut bytes = Bytes(properties.bytes());
    while !bytes.0.is_empty() {
        let column = usize::from(u16::from_le_bytes(bytes.take()?));
        let cell = cells.get_mut(column)?;
        *cell = match *types.get(column)? {
            ColumnType::Byte => i8::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::UByte => u8::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::Bool => (u8::from_le_bytes(bytes.take()?) != 0).to_string(),
            ColumnType::Short => i16::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::UShort => u16::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::Int => i32::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::UInt => u32::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::Long => i64::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::ULong => u64::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::Float => f32::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::Double => f64::from_le_bytes(bytes.take()?).to_string(),
            ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
                std::str::from_utf8(bytes.sized()?).ok()?.to_string()
            }
            ColumnType::Binary => lysoen_facts::hex(bytes.sized()?),
            _ => return None,
        };
    }
    Some(())
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn sized(&mut self) -> Option<&'a [u8]> {
        let size = u32::from_le_bytes(self.take()?) as usize;
        let (taken, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(taken)
    }
}

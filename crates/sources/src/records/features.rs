//! FlatGeobuf.

use std::io::{BufReader, Read};

use csv::StringRecord;
use flatgeobuf::{
    ColumnType, FallibleStreamingIterator, FeatureIter, FgbFeature, FgbReader, GeometryType, NotSeekable,
};

use super::{Header, Records, about_the_table};
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
        Ok(Features {
            file: input.name().to_string(),
            features: reader.select_all_seq().map_err(damaged)?,
            header: Header::new(names),
            types,
            coordinates,
            row: 1,
            begun: false,
        })
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
            record.clear();
            record.extend(&cells);
            return Ok(Some(row));
        }
    }
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

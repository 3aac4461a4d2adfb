//! JSON arrays of objects, HXL's arrays of arrays, and GeoJSON: read element by element, never as a whole.

use std::io::{BufRead, BufReader, Read};

use csv::StringRecord;
use serde_json::{Map, Value};

use super::{Crs, Header, ROWS_BEFORE_HXL_TAGS, Records, Shape, about_the_table, fits, is_hxl_row, shape};
use crate::finding::{Findings, Severity};
use crate::input::{FileKind, Input, is_one_feature};
use crate::reader::ReadError;

/// Members of an outer object in which the rows may stand, in GeoJSON and in what programming interfaces answer.
const MEMBERS_WITH_ROWS: [&str; 7] = ["features", "data", "results", "records", "rows", "value", "values"];

/// The largest element that is read, in bytes: a country's boundary in full detail is some tens of MB.
const LARGEST_ELEMENT: usize = 512 << 20;

/// The elements of a JSON array, as rows.
pub(super) struct Elements {
    file: String,
    scanner: Scanner,
    header: Header,
    hxl: Option<Vec<String>>,
    form: Form,
    row: u64,
    begun: bool,
    /// How the coordinates are to be understood, where any element draws something.
    crs: Option<Crs>,
    /// The element at hand.
    element: Value,
}

/// What the elements are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Arrays,
    Objects,
}

impl Elements {
    /// Reads through the file once to learn the names of all members, because they may differ from element to element.
    pub(super) fn open(input: &Input) -> Result<Elements, ReadError> {
        let alone = input.kind() == FileKind::GeoJson && is_one_feature(input.head());
        let mut elements = Elements {
            file: input.name().to_string(),
            scanner: Scanner::new(input.text()?, alone),
            header: Header::default(),
            hxl: None,
            form: Form::Objects,
            row: 0,
            begun: false,
            crs: None,
            element: Value::Null,
        };
        elements.scanner.enter().map_err(|e| elements.at(e))?;
        let Some(first) = elements.element()? else {
            return Err(input.malformed("an empty JSON array", "an array of rows"));
        };
        let passed = match first {
            Value::Array(first) => elements.header_of_arrays(first)?,
            Value::Object(_) => {
                elements.header_of_objects(first)?;
                0
            }
            other => {
                let found = format!("an array of {}", kind_of(&other));
                return Err(input.malformed(found, "an array of rows (of arrays or of objects)"));
            }
        };
        // From the top again, past what is not data; the header of objects is counted as a first row.
        elements.scanner = Scanner::new(input.text()?, alone);
        elements.scanner.enter().map_err(|e| elements.at(e))?;
        elements.row = u64::from(elements.form == Form::Objects);
        for _ in 0..passed {
            elements.element()?;
        }
        Ok(elements)
    }

    fn header_of_arrays(&mut self, first: Vec<Value>) -> Result<usize, ReadError> {
        self.form = Form::Arrays;
        let mut top = vec![first.iter().map(as_text).collect::<Vec<_>>()];
        while top.len() < ROWS_BEFORE_HXL_TAGS {
            match self.element()? {
                Some(Value::Array(cells)) => top.push(cells.iter().map(as_text).collect()),
                Some(_) => {}
                None => break,
            }
        }
        match top.iter().position(|row| is_hxl_row(row.iter().map(String::as_str))) {
            Some(tags) => {
                let mut names = top[tags.saturating_sub(1)].clone();
                let mut hxl: Vec<String> = top[tags].iter().map(|tag| tag.trim().to_string()).collect();
                let width = hxl.len().max(names.len());
                hxl.resize(width, String::new());
                names.resize(width, String::new());
                self.header = Header::new(names);
                self.hxl = Some(hxl);
                Ok(tags + 1)
            }
            None => {
                self.header = Header::new(&top[0]);
                Ok(1)
            }
        }
    }

    fn header_of_objects(&mut self, first: Value) -> Result<(), ReadError> {
        let mut names: Map<String, Value> = Map::new();
        let (mut points, mut shapes) = (false, false);
        let mut next = Some(first);
        while let Some(element) = next {
            let (properties, geometry) = parts(&element);
            for name in properties.into_iter().flat_map(Map::keys) {
                if !names.contains_key(name) {
                    names.insert(name.clone(), Value::Null);
                }
            }
            match geometry {
                Some(geometry) if point(geometry).is_some() => points = true,
                Some(Value::Object(_)) => shapes = true,
                _ => {}
            }
            next = self.element()?;
        }
        // What stands after the elements may say how their coordinates are to be understood.
        self.scanner.leave().map_err(|e| self.at(e))?;
        self.crs = (points || shapes).then(|| self.scanner.crs.take().unwrap_or(Crs::Wgs84));
        for (wanted, name) in [(points, "longitude"), (points, "latitude"), (shapes, "geometry")] {
            if wanted && !names.contains_key(name) {
                names.insert(name.into(), Value::Null);
            }
        }
        self.header = Header::new(names.keys());
        if is_hxl_row(names.keys().map(String::as_str)) {
            self.hxl = Some(self.header.names().to_vec());
        }
        Ok(())
    }

    /// The next element, with its number counted.
    fn element(&mut self) -> Result<Option<Value>, ReadError> {
        let parsed = match self.scanner.element() {
            Ok(None) => return Ok(None),
            Ok(Some(text)) => serde_json::from_slice(text).map_err(|e| Broken::Syntax(e.to_string())),
            Err(broken) => Err(broken),
        };
        self.row += 1;
        parsed.map(Some).map_err(|broken| self.at(broken))
    }

    fn at(&self, broken: Broken) -> ReadError {
        match broken {
            Broken::Io(source) => ReadError::Io {
                file: self.file.clone(),
                source,
            },
            Broken::Syntax(found) => ReadError::Malformed {
                file: self.file.clone(),
                row: (self.row > 0).then_some(self.row),
                found,
                expected: "a whole JSON array of rows, or a GeoJSON feature collection".into(),
            },
        }
    }

    fn fill(&self, record: &mut StringRecord, element: &Value) -> bool {
        record.clear();
        match (self.form, element) {
            (Form::Arrays, Value::Array(cells)) => cells.iter().for_each(|cell| record.push_field(&as_text(cell))),
            (Form::Objects, Value::Object(_)) => {
                let (properties, geometry) = parts(element);
                let place = geometry.and_then(point);
                for name in self.header.names() {
                    let cell = match properties.and_then(|p| p.get(name)) {
                        Some(value) => as_text(value),
                        None => geometry_cell(name, place, geometry),
                    };
                    record.push_field(&cell);
                }
            }
            _ => return false,
        }
        true
    }
}

impl Records for Elements {
    fn header(&self) -> &Header {
        &self.header
    }

    fn hxl(&self) -> Option<&[String]> {
        self.hxl.as_deref()
    }

    fn next(&mut self, record: &mut StringRecord, findings: &mut Findings) -> Result<Option<u64>, ReadError> {
        if !self.begun {
            self.begun = true;
            about_the_table(None, &self.header, findings);
        }
        while let Some(element) = self.element()? {
            let filled = self.fill(record, &element);
            if filled && record.as_slice().trim().is_empty() {
                continue;
            }
            findings.rows_read += 1;
            if !filled {
                let expected = if self.form == Form::Arrays {
                    "an array of cells"
                } else {
                    "an object"
                };
                findings.rows_rejected += 1;
                findings.add(Severity::Rejected, Some(self.row), None, kind_of(&element), expected);
            } else if fits(record, &self.header, self.row, findings) {
                self.element = element;
                return Ok(Some(self.row));
            }
        }
        Ok(None)
    }

    fn crs(&self) -> Option<Crs> {
        self.crs.clone()
    }

    fn shape(&mut self) -> Result<Shape, String> {
        match parts(&self.element).1 {
            Some(geometry) => shape::of_geojson(geometry),
            None => Ok(Shape::Nothing),
        }
    }
}

/// An element's members, and its geometry if it is a GeoJSON feature.
fn parts(element: &Value) -> (Option<&Map<String, Value>>, Option<&Value>) {
    let is_feature = element.get("type").and_then(Value::as_str) == Some("Feature");
    match is_feature && (element.get("properties").is_some() || element.get("geometry").is_some()) {
        true => (
            element.get("properties").and_then(Value::as_object),
            element.get("geometry"),
        ),
        false => (element.as_object(), None),
    }
}

fn point(geometry: &Value) -> Option<(&Value, &Value)> {
    let coordinates = geometry.get("coordinates").filter(|_| geometry["type"] == "Point")?;
    Some((coordinates.get(0)?, coordinates.get(1)?))
}

fn geometry_cell(name: &str, place: Option<(&Value, &Value)>, geometry: Option<&Value>) -> String {
    match (name, place, geometry) {
        ("longitude", Some((longitude, _)), _) => as_text(longitude),
        ("latitude", Some((_, latitude)), _) => as_text(latitude),
        ("geometry", None, Some(shape)) => as_text(shape),
        _ => String::new(),
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

enum Broken {
    Io(std::io::Error),
    Syntax(String),
}

impl From<std::io::Error> for Broken {
    fn from(e: std::io::Error) -> Self {
        Broken::Io(e)
    }
}

/// Cuts the text of an array into the texts of its elements.
struct Scanner {
    text: BufReader<Box<dyn Read + Send>>,
    element: Vec<u8>,
    /// Whether the text is one element and no array.
    alone: bool,
    /// Whether the array stands in an object.
    in_object: bool,
    /// What a member `crs` beside the array says, as GeoJSON had it before RFC 7946.
    crs: Option<Crs>,
}

impl Scanner {
    fn new(text: Box<dyn Read + Send>, alone: bool) -> Scanner {
        Scanner {
            text: BufReader::with_capacity(1 << 16, text),
            element: Vec::new(),
            alone,
            in_object: false,
            crs: None,
        }
    }

    fn peek(&mut self) -> Result<u8, Broken> {
        self.text
            .fill_buf()?
            .first()
            .copied()
            .ok_or_else(|| Broken::Syntax("the end in the middle of a value".into()))
    }

    fn peek_past_space(&mut self) -> Result<u8, Broken> {
        loop {
            match self.peek()? {
                b' ' | b'\t' | b'\r' | b'\n' => self.text.consume(1),
                other => return Ok(other),
            }
        }
    }

    /// Goes into the array of rows: the outermost one, or the one in a member that holds rows.
    fn enter(&mut self) -> Result<(), Broken> {
        match self.peek_past_space()? {
            b'{' if self.alone => return Ok(()),
            b'[' => {
                self.text.consume(1);
                return Ok(());
            }
            b'{' => self.text.consume(1),
            _ => return Err(Broken::Syntax("neither an array nor an object".into())),
        }
        self.in_object = true;
        while let Some(name) = self.name()? {
            if self.peek_past_space()? == b'[' && MEMBERS_WITH_ROWS.contains(&name.as_str()) {
                self.text.consume(1);
                return Ok(());
            }
            self.member(&name)?;
        }
        Err(Broken::Syntax(format!(
            "an object without {}",
            MEMBERS_WITH_ROWS.join(", ")
        )))
    }

    /// Reads what stands after the array of rows, which has been read to its end.
    fn leave(&mut self) -> Result<(), Broken> {
        if !self.in_object {
            return Ok(());
        }
        self.text.consume(1);
        while let Some(name) = self.name()? {
            self.member(&name)?;
        }
        Ok(())
    }

    /// The name of the object's next member, past its colon; none at the object's end.
    fn name(&mut self) -> Result<Option<String>, Broken> {
        loop {
            match self.peek_past_space()? {
                b',' => self.text.consume(1),
                b'"' => break,
                _ => return Ok(None),
            }
        }
        self.value()?;
        let name: String = serde_json::from_slice(&self.element).map_err(|e| Broken::Syntax(e.to_string()))?;
        if self.peek_past_space()? != b':' {
            return Err(Broken::Syntax(format!("no value for {name}")));
        }
        self.text.consume(1);
        Ok(Some(name))
    }

    /// Passes over a member's value, unless it is what says how coordinates are to be understood.
    fn member(&mut self, name: &str) -> Result<(), Broken> {
        self.peek_past_space()?;
        self.value()?;
        if name == "crs"
            && let Ok(crs) = serde_json::from_slice::<Value>(&self.element)
        {
            let told = crs["properties"].get("name").or(crs["properties"].get("href"));
            self.crs = match told.and_then(Value::as_str) {
                Some(name) => Some(Crs::of_name(name)),
                None => crs.is_null().then_some(Crs::Unstated),
            };
        }
        Ok(())
    }

    /// The text of the next element; none at the array's end.
    fn element(&mut self) -> Result<Option<&[u8]>, Broken> {
        if self.alone {
            return self.the_only_element();
        }
        loop {
            match self.peek_past_space()? {
                b',' => self.text.consume(1),
                b']' => return Ok(None),
                _ => {
                    self.value()?;
                    return Ok(Some(&self.element));
                }
            }
        }
    }

    /// The text of an element that stands alone, the first time.
    fn the_only_element(&mut self) -> Result<Option<&[u8]>, Broken> {
        if !self.element.is_empty() {
            return Ok(None);
        }
        self.peek_past_space()?;
        self.value()?;
        Ok(Some(&self.element))
    }

    /// Takes one value: everything up to the bracket, brace, quote or separator that ends it.
    fn value(&mut self) -> Result<(), Broken> {
        self.element.clear();
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        loop {
            let byte = self.peek()?;
            if !in_text && depth == 0 && !self.element.is_empty() && is_separator(byte) {
                return Ok(());
            }
            self.element.push(byte);
            self.text.consume(1);
            if self.element.len() > LARGEST_ELEMENT {
                return Err(Broken::Syntax(format!(
                    "an element of more than {} MiB",
                    LARGEST_ELEMENT >> 20
                )));
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                b'[' | b'{' if !in_text => depth += 1,
                b']' | b'}' if !in_text => {
                    depth = depth
                        .checked_sub(1)
                        .ok_or_else(|| Broken::Syntax("a bracket too many".into()))?;
                }
                _ => continue,
            }
            if depth == 0 && !in_text && matches!(byte, b'"' | b']' | b'}') {
                return Ok(());
            }
        }
    }
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b',' | b']' | b'}' | b':' | b' ' | b'\t' | b'\r' | b'\n')
}

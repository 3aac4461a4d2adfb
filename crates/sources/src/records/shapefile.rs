//! ESRI shapefiles: geometries in the `.shp`, attributes in the `.dbf` beside it, and how both are to be understood in
//! `.prj` and `.cpg`.

mod attributes;

use std::io::{BufReader, Cursor};

use csv::StringRecord;
use geo::{Contains, Coord, LineString, Point, Polygon};
use shapefile::record::polygon::GenericPolygon;
use shapefile::{PolygonRing, ShapeReader};

use self::attributes::Attributes;
use super::streamed::Streamed;
use super::{Crs, Header, Records, Ring, Shape, about_the_table};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::ReadError;

/// A shapefile.
pub(super) struct Shapefile {
    file: String,
    header: Header,
    attributes: Attributes,
    geometries: Streamed<Shape, String>,
    crs: Crs,
    shape: Shape,
    row: u64,
    begun: bool,
}

impl Shapefile {
    pub(super) fn open(input: &Input) -> Result<Shapefile, ReadError> {
        let Some(attributes) = input.beside("dbf")? else {
            return Err(input.malformed(
                "no .dbf beside the .shp",
                "all files of a shapefile in one folder or archive: .shp, .shx, .dbf, .prj",
            ));
        };
        let attributes = Attributes::new(attributes, input.beside("cpg")?.as_deref())
            .ok_or_else(|| input.malformed("a damaged .dbf", "a whole shapefile"))?;
        let geometries = BufReader::new(input.seekable()?);
        let mut geometries = match input.beside("shx")? {
            Some(index) => ShapeReader::with_shx(geometries, Cursor::new(index)),
            None => ShapeReader::new(geometries),
        }
        .map_err(|e| input.malformed(format!("a damaged .shp or .shx ({e})"), "a whole shapefile"))?;
        let crs = match input.beside("prj")? {
            Some(wkt) => Crs::of_wkt(&String::from_utf8_lossy(&wkt)),
            None => Crs::Unstated,
        };
        Ok(Shapefile {
            file: input.name().to_string(),
            header: Header::new(attributes.names()),
            attributes,
            geometries: Streamed::start(move |rows| {
                for geometry in geometries.iter_shapes() {
                    let failed = geometry.is_err();
                    let shape = geometry.map(|shape| shape_of(&shape)).map_err(|e| e.to_string());
                    if !rows.give(shape) || failed {
                        return;
                    }
                }
            }),
            crs,
            shape: Shape::Nothing,
            row: 1,
            begun: false,
        })
    }

    /// The next geometry; none at the end.
    fn geometry(&mut self) -> Result<Option<Shape>, ReadError> {
        match self.geometries.next() {
            Ok(Some(Ok(shape))) => Ok(Some(shape)),
            Ok(None) => Ok(None),
            Ok(Some(Err(e))) | Err(e) => Err(self.damage(&e)),
        }
    }

    fn damage(&self, found: &str) -> ReadError {
        ReadError::Malformed {
            file: self.file.clone(),
            row: Some(self.row + 1),
            found: format!("damage ({found})"),
            expected: "a whole shapefile".into(),
        }
    }
}

impl Records for Shapefile {
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
            if let Some(found) = self.attributes.guessed() {
                let expected = "a .cpg that says how the texts are written; look at names with accents";
                findings.add(Severity::Note, None, None, found, expected);
            }
        }
        // Geometry and attributes go together by their number: were one missing, names would stand at the boundaries of
        // others.
        loop {
            let at = (self.row - 1) as usize;
            let Some(shape) = self.geometry()? else {
                return match self.attributes.rows() {
                    rows if rows == at => Ok(None),
                    rows => Err(self.damage(&format!("{at} geometries in the .shp and {rows} rows in the .dbf"))),
                };
            };
            if at >= self.attributes.rows() {
                return Err(self.damage(&format!("more geometries in the .shp than the {at} rows of the .dbf")));
            }
            self.row += 1;
            if self.attributes.row(at, record) {
                self.shape = shape;
                findings.rows_read += 1;
                return Ok(Some(self.row));
            }
        }
    }

    fn crs(&self) -> Option<Crs> {
        Some(self.crs.clone())
    }

    fn shape(&mut self) -> Result<Shape, String> {
        Ok(std::mem::replace(&mut self.shape, Shape::Nothing))
    }
}

fn shape_of(shape: &shapefile::Shape) -> Shape {
    use shapefile::Shape::{
        Multipatch, Multipoint, MultipointM, MultipointZ, NullShape, Point, PointM, PointZ, Polygon, PolygonM,
        PolygonZ, Polyline, PolylineM, PolylineZ,
    };
    match shape {
        NullShape => Shape::Nothing,
        Point(p) => Shape::Point(Coord { x: p.x, y: p.y }),
        PointM(p) => Shape::Point(Coord { x: p.x, y: p.y }),
        PointZ(p) => Shape::Point(Coord { x: p.x, y: p.y }),
        Polygon(polygon) => areas(polygon),
        PolygonM(polygon) => areas(polygon),
        PolygonZ(polygon) => areas(polygon),
        Polyline(_) | PolylineM(_) | PolylineZ(_) => Shape::Other("a line".into()),
        Multipoint(_) | MultipointM(_) | MultipointZ(_) => Shape::Other("several points".into()),
        Multipatch(_) => Shape::Other("a surface in space".into()),
    }
}

/// The areas of a polygon whose rings stand in any order, outer ones clockwise and holes counter-clockwise: a hole
/// belongs to the outer ring around it (ESRI Shapefile Technical Description, July 1998, "Polygon").
fn areas<P: Copy>(polygon: &GenericPolygon<P>) -> Shape
where
    Coord<f64>: From<P>,
{
    let mut areas: Vec<Vec<Ring>> = Vec::new();
    let mut holes: Vec<Ring> = Vec::new();
    for ring in polygon_rings(polygon) {
        match ring {
            (true, outer) => areas.push(vec![outer]),
            (false, hole) => holes.push(hole),
        }
    }
    let outers: Vec<Polygon<f64>> = areas
        .iter()
        .map(|area| Polygon::new(LineString(area[0].clone()), Vec::new()))
        .collect();
    for hole in holes {
        let around = hole
            .first()
            .and_then(|first| outers.iter().position(|outer| outer.contains(&Point(*first))));
        match around {
            Some(at) => areas[at].push(hole),
            // On the edge of the only area, or an area that is drawn the wrong way around.
            None if outers.len() == 1 => areas[0].push(hole),
            None => areas.push(vec![hole]),
        }
    }
    Shape::Areas(areas)
}

/// The rings, each with whether it is an outer one.
fn polygon_rings<P: Copy>(polygon: &GenericPolygon<P>) -> impl Iterator<Item = (bool, Ring)>
where
    Coord<f64>: From<P>,
{
    polygon.rings().iter().map(|ring| {
        let outer = matches!(ring, PolygonRing::Outer(_));
        (outer, ring.points().iter().map(|point| Coord::from(*point)).collect())
    })
}

//! The outline of a place: mended where that is plain, measured, and written as well-known binary.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo::orient::Direction;
use geo::{
    Area, BoundingRect, Centroid, Contains, Coord, GeodesicArea, Geometry, Line, LineString, LinesIter, MultiPolygon,
    Orient, Point, Polygon,
};
use geozero::{CoordDimensions, ToWkb};

use crate::records::{Ring, Shape};

/// What a place's boundary came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outline {
    /// None that can be used.
    Nothing,
    /// A position only.
    Point(Point<f64>),
    /// Outer rings counter-clockwise and holes clockwise, all closed (RFC 7946, section 3.1.6).
    Areas(MultiPolygon<f64>),
}

/// What is wrong with a boundary, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) found: String,
    pub(super) expected: String,
}

fn flaw(found: impl Into<String>, expected: &str) -> Flaw {
    Flaw {
        found: found.into(),
        expected: expected.into(),
    }
}

impl Outline {
    /// The outline of a shape as it was read, and what is wrong with it.
    pub(super) fn of(shape: Result<Shape, String>) -> (Outline, Vec<Flaw>) {
        let without = |found: String, expected: &str| (Outline::Nothing, vec![flaw(found, expected)]);
        match shape {
            Ok(Shape::Nothing) => without("no geometry".into(), "a boundary; the place is kept without one"),
            Ok(Shape::Point(point)) => match out_of_range(point) {
                Some(flaw) => (Outline::Nothing, vec![flaw]),
                None => (Outline::Point(Point(point)), Vec::new()),
            },
            Ok(Shape::Other(what)) => without(what, "a polygon, or several"),
            Err(damage) => without(damage, "a geometry; the place is kept without a boundary"),
            Ok(Shape::Areas(areas)) => {
                if let Some(flaw) = areas.iter().flatten().flatten().find_map(|point| out_of_range(*point)) {
                    return (Outline::Nothing, vec![flaw]);
                }
                of_areas(areas)
            }
        }
    }

    /// Whether the place has a position and no area.
    pub(super) fn is_point(&self) -> bool {
        matches!(self, Outline::Point(_))
    }

    /// A point within: the centroid where it lies within, else the middle of a wide part of the largest area.
    pub(super) fn position(&self) -> Option<Point<f64>> {
        match self {
            Outline::Nothing => None,
            Outline::Point(point) => Some(*point),
            Outline::Areas(areas) => areas
                .centroid()
                .filter(|centroid| areas.contains(centroid))
                .or_else(|| within_the_largest(areas)),
        }
    }

    /// The area on the ellipsoid of WGS 84 in square kilometres (Karney 2013, doi:10.1007/s00190-012-0578-z).
    pub(super) fn area_km2(&self) -> Option<f64> {
        const SQUARE_METRES: f64 = 1e6;
        match self {
            Outline::Areas(areas) => Some(areas.geodesic_area_unsigned() / SQUARE_METRES),
            _ => None,
        }
    }

    /// Little-endian well-known binary of a polygon, or of several.
    pub(super) fn wkb(&self) -> Option<Vec<u8>> {
        let Outline::Areas(areas) = self else { return None };
        let geometry = match &areas.0[..] {
            [one] => Geometry::Polygon(one.clone()),
            _ => Geometry::MultiPolygon(areas.clone()),
        };
        geometry.to_wkb(CoordDimensions::xy()).ok()
    }
}

/// What is wrong with a coordinate that lies nowhere on Earth. Rounding may go a little beyond the ends.
fn out_of_range(point: Coord<f64>) -> Option<Flaw> {
    const ROUNDING: f64 = 1e-6;
    let on_earth = point.x.abs() <= 180.0 + ROUNDING && point.y.abs() <= 90.0 + ROUNDING;
    (!on_earth).then(|| {
        flaw(
            format!("longitude {}, latitude {}", point.x, point.y),
            "longitudes from -180 to 180 and latitudes from -90 to 90 (are the two swapped, or are these metres?); \
             the place is kept without a boundary",
        )
    })
}

fn of_areas(areas: Vec<Vec<Ring>>) -> (Outline, Vec<Flaw>) {
    let (mut open, mut short) = (0, 0);
    let mut polygons = Vec::new();
    for area in areas {
        let mut rings = area.into_iter().map(|ring| closed(ring, &mut open, &mut short));
        let Some(Some(outer)) = rings.next() else { continue };
        let holes = rings.flatten().collect();
        polygons.push(Polygon::new(outer, holes).orient(Direction::Default));
    }
    let mut flaws = Vec::new();
    if open > 0 {
        flaws.push(flaw(
            format!("{open} open rings"),
            "rings that end where they begin; they were closed",
        ));
    }
    if short > 0 {
        let expected = "rings of at least four points, the last being the first; they were left out";
        flaws.push(flaw(format!("{short} rings of fewer than four points"), expected));
    }
    let areas = MultiPolygon(polygons);
    if areas.0.is_empty() {
        flaws.push(flaw("an empty geometry", "a boundary; the place is kept without one"));
        return (Outline::Nothing, flaws);
    }
    if let Some(at) = crossing(&areas) {
        flaws.push(flaw(
            format!(
                "lines that cross each other at longitude {:.5}, latitude {:.5}",
                at.x, at.y
            ),
            "a boundary that does not cross itself; kept as given, its area and what lies within are uncertain",
        ));
    }
    (Outline::Areas(areas), flaws)
}

/// A ring that ends where it begins; none where too little is left of it. Empty rings are no flaw.
fn closed(mut ring: Ring, open: &mut u32, short: &mut u32) -> Option<LineString<f64>> {
    const FEWEST: usize = 4;
    let first = *ring.first()?;
    if ring.last() != Some(&first) {
        *open += 1;
        ring.push(first);
    }
    if ring.len() < FEWEST {
        *short += 1;
        return None;
    }
    Some(LineString(ring))
}

/// A point at which two lines of a boundary cross, be they of one ring or of two. Lines that touch or run along each
/// other are no crossing. Lines are compared only with those that begin before they end, from west to east.
fn crossing(areas: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    let west = |line: &Line<f64>| line.start.x.min(line.end.x);
    let east = |line: &Line<f64>| line.start.x.max(line.end.x);
    let apart = |a: &Line<f64>, b: &Line<f64>| {
        a.start.y.max(a.end.y) < b.start.y.min(b.end.y) || b.start.y.max(b.end.y) < a.start.y.min(a.end.y)
    };
    let mut lines: Vec<Line<f64>> = areas.lines_iter().collect();
    lines.sort_by(|a, b| west(a).total_cmp(&west(b)));
    for (at, line) in lines.iter().enumerate() {
        let beside = lines[at + 1..].iter().take_while(|other| west(other) <= east(line));
        for other in beside.filter(|other| !apart(line, other)) {
            if let Some(LineIntersection::SinglePoint {
                intersection,
                is_proper: true,
            }) = line_intersection(*line, *other)
            {
                return Some(intersection);
            }
        }
    }
    None
}

/// The middle of the widest stretch within the largest area, on a line from west to east through its middle, or above
/// and below that; a corner of it, where it is so thin that no such point is within.
fn within_the_largest(areas: &MultiPolygon<f64>) -> Option<Point<f64>> {
    let largest = areas
        .iter()
        .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let bounds = largest.bounding_rect()?;
    [0.5, 0.37, 0.63, 0.21, 0.79, 0.07, 0.93]
        .into_iter()
        .filter_map(|share| middle_of_the_widest(largest, bounds.min().y + share * bounds.height()))
        .find(|point| areas.contains(point))
        .or_else(|| largest.exterior().points().next())
}

fn middle_of_the_widest(area: &Polygon<f64>, y: f64) -> Option<Point<f64>> {
    let mut crossed: Vec<f64> = area
        .lines_iter()
        .filter(|line| (line.start.y <= y) != (line.end.y <= y))
        .map(|line| line.start.x + (y - line.start.y) / line.dy() * line.dx())
        .collect();
    crossed.sort_by(f64::total_cmp);
    crossed
        .chunks_exact(2)
        .max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))
        .map(|stretch| Point::new((stretch[0] + stretch[1]) / 2.0, y))
}

//! Shapes made for a test.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use lysoen_maps::{Finding, Map, Shape, Worldview};

pub(crate) type Point = [f64; 2];

/// A view that changes nothing.
pub(crate) fn plain() -> Worldview {
    Worldview::parse("title = 'none'\ndisclaimer = 'none'").unwrap()
}

pub(crate) fn view(entries: &str) -> Worldview {
    Worldview::parse(&format!("title = 'made'\ndisclaimer = 'made'\n{entries}")).unwrap()
}

/// A map of shapes with which nothing is wrong.
pub(crate) fn map(shapes: Vec<Shape>, worldview: &Worldview) -> Map {
    let (map, findings) = Map::new(shapes, worldview);
    assert_eq!(findings, Vec::<Finding>::new());
    map
}

pub(crate) fn square([west, south, east, north]: [f64; 4]) -> Vec<Point> {
    vec![
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ]
}

pub(crate) fn country(place: &str, polygons: Vec<Vec<Vec<Point>>>) -> Shape {
    let line = |ring: Vec<Point>| LineString(ring.into_iter().map(|[x, y]| Coord { x, y }).collect());
    let polygon = |mut rings: Vec<Vec<Point>>| {
        let outer = rings.remove(0);
        Polygon::new(line(outer), rings.into_iter().map(line).collect())
    };
    Shape {
        place: place.to_string(),
        name: format!("Land of {place}"),
        level: 0,
        country: None,
        geometry: MultiPolygon(polygons.into_iter().map(polygon).collect()),
    }
}

pub(crate) fn block(place: &str, bounds: [f64; 4]) -> Shape {
    country(place, vec![vec![square(bounds)]])
}

/// A wavy closed line around a middle, with this many corners.
pub(crate) fn island([x, y]: Point, radius: f64, corners: usize) -> Vec<Point> {
    let corner = |at: usize| {
        let angle = at as f64 / corners as f64 * std::f64::consts::TAU;
        let out = radius * (1.0 + 0.2 * (7.0 * angle).sin() + 0.05 * (31.0 * angle).cos());
        [x + out * angle.cos(), y + out * angle.sin()]
    };
    (0..corners).chain([0]).map(corner).collect()
}

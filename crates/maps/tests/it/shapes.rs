//! Shapes that are wrong.

use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use geozero::{CoordDimensions, ToWkb};
use lysoen_maps::{Map, MapError, from_wkb};

use crate::made::{block, country, plain, square};

#[test]
fn well_known_binary_of_polygons_is_read_and_other_bytes_are_an_error() {
    let polygon = block("AAA", [0.0, 0.0, 1.0, 1.0]).geometry.0[0].clone();
    let wkb = Geometry::Polygon(polygon.clone())
        .to_wkb(CoordDimensions::xy())
        .unwrap();
    assert_eq!(from_wkb(&wkb).unwrap(), MultiPolygon(vec![polygon]));
    assert!(matches!(from_wkb(&wkb[..20]), Err(MapError::Wkb(_))));
    assert!(matches!(from_wkb(b""), Err(MapError::Wkb(_))));
    let point = Geometry::Point(Point::new(1.0, 2.0))
        .to_wkb(CoordDimensions::xy())
        .unwrap();
    assert!(matches!(from_wkb(&point), Err(MapError::NoArea)));
}

#[test]
fn a_shape_with_a_position_nowhere_on_earth_is_told_and_the_others_are_drawn() {
    for bad in [f64::NAN, f64::INFINITY, 91.0, 1e300] {
        let wrong = country("BAD", vec![vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, bad], [0.0, 0.0]]]]);
        let (map, findings) = Map::new(vec![wrong, block("AAA", [0.0, 0.0, 1.0, 1.0])], &plain());
        assert_eq!(map.places(0).len(), 1);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].to_string().starts_with("BAD: longitude 1, latitude"),
            "{}",
            findings[0]
        );
    }
}

#[test]
fn rings_that_enclose_nothing_are_told_and_the_rest_of_the_place_is_drawn() {
    let short = vec![vec![[5.0, 5.0], [6.0, 5.0], [5.0, 5.0]]];
    let spike = vec![vec![[5.0, 5.0], [6.0, 5.0], [7.0, 5.0], [5.0, 5.0]]];
    let good = vec![square([0.0, 0.0, 1.0, 1.0])];
    let shapes = vec![
        country("ONE", vec![short.clone(), good]),
        country("TWO", vec![short]),
        country("WEE", vec![spike]),
        country("XXX", vec![]),
    ];
    let (map, findings) = Map::new(shapes, &plain());
    assert_eq!(
        map.places(0)
            .iter()
            .map(|place| place.place.as_str())
            .collect::<Vec<_>>(),
        ["ONE"]
    );
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "ONE: a ring of fewer than 4 points; it is left out",
            "TWO: a ring of fewer than 4 points; it is left out",
            "TWO: no polygon; the place is left out",
            "WEE: nothing of it has an area; the place is left out",
            "XXX: no polygon; the place is left out",
        ]
    );
}

#[test]
fn places_that_overlap_are_told_and_both_are_drawn() {
    let shapes = vec![block("AAA", [0.0, 0.0, 1.0, 1.0]), block("BBB", [0.0, 0.0, 1.0, 1.0])];
    let (map, findings) = Map::new(shapes, &plain());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].to_string(), "AAA: overlaps BBB along a border of both");
    assert!(
        map.places(0)
            .iter()
            .all(|place| (place.area_km2 - 12_309.0).abs() < 1.0)
    );
}

#[test]
fn nothing_makes_an_empty_map() {
    let (map, findings) = Map::new(Vec::new(), &plain());
    assert!(findings.is_empty());
    assert_eq!(map.levels().count(), 0);
    assert_eq!(map.place_at(0.0, 0.0), None);
    let json: serde_json::Value = serde_json::from_slice(&map.topojson(0, 25.0, &[])).unwrap();
    assert_eq!(json["arcs"], serde_json::json!([]));
}

#[test]
fn an_open_line_string_is_closed_by_the_polygon_that_it_is_made_a_ring_of() {
    let open = LineString(vec![
        Coord { x: 0.0, y: 0.0 },
        Coord { x: 1.0, y: 0.0 },
        Coord { x: 1.0, y: 1.0 },
    ]);
    let mut shape = block("AAA", [0.0, 0.0, 1.0, 1.0]);
    shape.geometry = MultiPolygon(vec![Polygon::new(open, Vec::new())]);
    let (map, findings) = Map::new(vec![shape], &plain());
    assert!(findings.is_empty());
    assert_eq!(map.place_at(0.9, 0.1), Some("AAA"));
}

#[test]
fn polygons_of_a_place_that_overlap_are_told_and_each_stays_closed() {
    let twice = vec![vec![square([0.0, 0.0, 1.0, 1.0])], vec![square([0.0, 0.0, 1.0, 1.0])]];
    let aside = vec![
        vec![square([10.0, 0.0, 12.0, 1.0])],
        vec![square([11.0, 0.0, 13.0, 1.0])],
    ];
    let (map, findings) = Map::new(vec![country("AAA", twice), country("BBB", aside)], &plain());
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "AAA: polygons of its own that overlap",
            "BBB: polygons of its own that overlap"
        ]
    );
    let topology = crate::read::topology(&map, 0, 0.0, &[]);
    assert_eq!(topology.area(topology.place("AAA")), 2.0);
    assert_eq!(topology.area(topology.place("BBB")), 4.0);
    assert_eq!(map.place_at(11.5, 0.5), Some("BBB"));
}

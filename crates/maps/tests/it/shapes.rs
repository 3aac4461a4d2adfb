//! Shapes that are wrong.

use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use geozero::{CoordDimensions, ToWkb};
use lysoen_maps::{Layers, Map, MapError, Worldview, from_wkb};
use proptest::prelude::*;

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

/// Rings of any corners on a coarse grid, so that they cross, touch, overlap and fold back.
fn anything() -> impl Strategy<Value = Vec<Vec<Vec<[f64; 2]>>>> {
    let corner = (-40_i32..40, -9_i32..=9).prop_map(|(x, y)| [f64::from(x) * 10.0, f64::from(y) * 10.0]);
    let ring = prop::collection::vec(corner, 3..9).prop_map(|mut ring| {
        ring.push(ring[0]);
        ring
    });
    prop::collection::vec(prop::collection::vec(ring, 1..3), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_the_rings_are_those_of_the_map_are_closed(one in anything(), other in anything(), tolerance in 0.0_f64..1e6) {
        let shapes = vec![country("SDN", one), country("SSD", other)];
        let (map, _) = Map::new(shapes, &Worldview::built_in().unwrap());
        let topology = crate::read::topology(&map, 0, tolerance, &[]);
        for place in topology.places() {
            for ring in crate::read::Topology::rings(place) {
                prop_assert!(topology.line(&ring).len() >= 3);
            }
        }
        for (z, x, y) in [(0, 0, 0), (1, 0, 1), (2, 2, 1), (5, 17, 15)] {
            for feature in crate::read::layers(&map.tile(&Layers::of(0), z, x, y).unwrap().unwrap()).remove("places").unwrap_or_default() {
                prop_assert!(feature.lines.iter().all(|ring| ring.len() >= 4 && ring.first() == ring.last()));
            }
        }
    }
}

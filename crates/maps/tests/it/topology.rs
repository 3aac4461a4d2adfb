//! Arcs: each border once, and simplified once.

use serde_json::json;

use crate::made::{block, country, island, map, plain, square};
use crate::read::{Topology, topology};

#[test]
fn neighbours_share_one_arc_and_a_vertex_on_a_neighbours_edge_becomes_one_of_that_edge() {
    // The west is one edge where the east has two places.
    let shapes = vec![
        block("AAA", [0.0, 0.0, 1.0, 2.0]),
        block("BBB", [1.0, 0.0, 2.0, 1.0]),
        block("CCC", [1.0, 1.0, 2.0, 2.0]),
    ];
    let topology = topology(&map(shapes, &plain()), 0, 0.0, &[]);
    for (one, other) in [("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC")] {
        assert_eq!(topology.between(one, other), ["international"], "{one} {other}");
    }
    assert_eq!(topology.borders()["international"].len(), 3);
    assert_eq!(topology.borders()["coast"].len(), 3);
}

#[test]
fn vertices_that_rounding_parted_are_one() {
    let noise = 4.9e-8;
    let mut east = square([1.0, 0.0, 2.0, 1.0]);
    east[0] = [1.0 + noise, 0.0];
    east[3] = [1.0 + 2.0 * noise, 1.0];
    east[4] = east[0];
    let shapes = vec![block("AAA", [0.0, 0.0, 1.0, 1.0]), country("BBB", vec![vec![east]])];
    let topology = topology(&map(shapes, &plain()), 0, 0.0, &[]);
    assert_eq!(topology.between("AAA", "BBB"), ["international"]);
}

#[test]
fn an_enclave_fills_its_hole_and_a_lake_is_a_coast() {
    let (enclave, lake) = (square([2.0, 2.0, 3.0, 3.0]), square([5.0, 5.0, 6.0, 6.0]));
    let around = country("ZAF", vec![vec![square([0.0, 0.0, 9.0, 9.0]), enclave.clone(), lake]]);
    let map = map(vec![around, country("LSO", vec![vec![enclave]])], &plain());
    assert_eq!(map.place_at(2.5, 2.5), Some("LSO"));
    assert_eq!(map.place_at(5.5, 5.5), None);
    assert_eq!(map.place_at(1.0, 1.0), Some("ZAF"));
    let topology = topology(&map, 0, 1e6, &[]);
    assert_eq!(topology.between("LSO", "ZAF"), ["international"]);
    assert_eq!(topology.borders()["coast"].len(), 2);
    let place = topology.place("ZAF");
    assert_eq!(place["arcs"].as_array().unwrap().len(), 1, "one polygon with holes");
}

#[test]
fn rings_that_touch_in_a_vertex_stay_apart() {
    let parts = vec![vec![square([0.0, 0.0, 1.0, 1.0])], vec![square([1.0, 1.0, 2.0, 2.0])]];
    let shapes = vec![country("AAA", parts), block("BBB", [1.0, 0.0, 2.0, 1.0])];
    let topology = topology(&map(shapes, &plain()), 0, 0.0, &[]);
    let rings = Topology::rings(topology.place("AAA"));
    assert_eq!(rings.len(), 2);
    assert!(rings.iter().all(|ring| topology.line(ring).len() == 5));
}

#[test]
fn a_place_never_vanishes_and_its_small_islands_go_first() {
    let large = vec![island([0.0, 0.0], 1.0, 400)];
    let small = vec![island([5.0, 0.0], 0.05, 100)];
    let shapes = vec![
        country("AAA", vec![small.clone(), large]),
        country(
            "NRU",
            vec![
                small
                    .into_iter()
                    .map(|ring| ring.into_iter().map(|[x, y]| [x + 5.0, y]).collect())
                    .collect(),
            ],
        ),
    ];
    let map = map(shapes, &plain());
    let mut counts = Vec::new();
    for tolerance in [0.0, 10.0, 1e3, 1e6, 1e12] {
        let topology = topology(&map, 0, tolerance, &[]);
        for place in topology.places() {
            assert!(topology.area(place) > 0.0, "{tolerance} {}", place["id"]);
        }
        let points: usize = topology.arcs.iter().map(Vec::len).sum();
        counts.push((
            Topology::rings(topology.place("AAA")).len(),
            points,
            topology.borders()["coast"].len(),
        ));
    }
    assert_eq!(counts.iter().map(|count| count.0).collect::<Vec<_>>(), [2, 2, 1, 1, 1]);
    assert!(counts.is_sorted_by(|a, b| a.1 >= b.1), "{counts:?}");
    assert_eq!(counts[4], (1, 8, 2), "two triangles, and their coasts");
}

#[test]
fn a_place_says_where_it_is_and_how_large() {
    let map = map(
        vec![
            block("AAA", [0.0, 0.0, 1.0, 1.0]),
            block("ATA", [0.0, -80.0, 1.0, -79.0]),
        ],
        &plain(),
    );
    let topology = topology(&map, 0, 25.0, &["ATA"]);
    assert_eq!(topology.places().len(), 1);
    assert_eq!(topology.arcs.len(), 1, "arcs of those left out are left out");
    let properties = &topology.place("AAA")["properties"];
    assert_eq!(properties["name"], "Land of AAA");
    assert_eq!(properties["level"], 0);
    assert_eq!(properties["point"], json!([0.5, 0.5]));
    assert_eq!(properties["bbox"], json!([0.0, 0.0, 1.0, 1.0]));
    // Karney's geodesic area of the degree square at the equator.
    assert!(
        (properties["area_km2"].as_f64().unwrap() - 12_308.8).abs() < 0.2,
        "{properties}"
    );
    assert_eq!(properties["small"], false);
}

#[test]
fn areas_within_a_country_have_internal_borders_and_those_of_two_an_international_one() {
    let area = |place: &str, country: &str, bounds| lysoen_maps::Shape {
        level: 1,
        country: Some(country.to_string()),
        ..block(place, bounds)
    };
    let shapes = vec![
        block("CAF", [0.0, 0.0, 2.0, 1.0]),
        area("CF1", "CAF", [0.0, 0.0, 1.0, 1.0]),
        area("CF2", "CAF", [1.0, 0.0, 2.0, 1.0]),
        area("TD1", "TCD", [2.0, 0.0, 3.0, 1.0]),
    ];
    let map = map(shapes, &plain());
    assert_eq!(map.levels().collect::<Vec<_>>(), [0, 1]);
    let topology = topology(&map, 1, 0.0, &[]);
    assert_eq!(topology.between("CF1", "CF2"), ["internal"]);
    assert_eq!(topology.between("CF2", "TD1"), ["international"]);
    assert_eq!(topology.place("CF1")["properties"]["country"], "CAF");
}

#[test]
fn the_same_shapes_give_the_same_bytes_in_any_order() {
    let shapes = || {
        vec![
            block("AAA", [0.0, 0.0, 1.0, 1.0]),
            block("BBB", [1.0, 0.0, 2.0, 1.0]),
            block("CCC", [1.0, 1.0, 2.0, 2.0]),
        ]
    };
    let mut backwards = shapes();
    backwards.reverse();
    let bytes = |shapes| map(shapes, &plain()).topojson(0, 25.0, &[]);
    assert_eq!(bytes(shapes()), bytes(backwards));
}

//! Vector tiles.

use lysoen_maps::{Layers, Map, Value};

use crate::made::{Point, block, country, island, map, plain, square};
use crate::read::{Feature, doubled_area, layers};

fn tile(map: &Map, z: u8, x: u32, y: u32) -> std::collections::BTreeMap<String, Vec<Feature>> {
    layers(&map.tile(&Layers::of(0), z, x, y).unwrap().unwrap())
}

fn two() -> Map {
    let shapes = vec![
        country(
            "AAA",
            vec![vec![
                square([-20.0, -20.0, 1.0, 20.0]),
                square([-5.0, -5.0, -4.0, -4.0]),
            ]],
        ),
        block("BBB", [1.0, -20.0, 20.0, 20.0]),
    ];
    map(shapes, &plain())
}

#[test]
fn there_are_tiles_of_the_numbers_of_a_zoom_and_empty_ones_have_no_bytes() {
    let map = two();
    let bytes = |z, x, y| map.tile(&Layers::of(0), z, x, y).unwrap();
    assert!(bytes(0, 0, 0).is_some_and(|bytes| !bytes.is_empty()));
    assert_eq!(bytes(3, 0, 0), Some(Vec::new()));
    assert_eq!(bytes(0, 1, 0), None);
    assert_eq!(bytes(3, 0, 8), None);
    assert_eq!(bytes(23, 0, 0), None);
    assert_eq!(bytes(255, u32::MAX, u32::MAX), None);
    assert_eq!(map.tile(&Layers::of(3), 0, 0, 0).unwrap(), Some(Vec::new()));
}

#[test]
fn a_tile_has_places_borders_and_labels_with_what_is_known_of_them() {
    let map = two();
    let properties = |place: &str| match place {
        "AAA" => vec![
            ("deaths".to_string(), Value::Integer(-12)),
            ("rate".to_string(), Value::Number(1.5)),
            ("shown".to_string(), Value::Truth(true)),
        ],
        _ => Vec::new(),
    };
    let wanted = Layers {
        properties: &properties,
        ..Layers::of(0)
    };
    let layers = layers(&map.tile(&wanted, 0, 0, 0).unwrap().unwrap());
    assert_eq!(layers.keys().collect::<Vec<_>>(), ["borders", "labels", "places"]);
    let place = &layers["places"][0];
    assert_eq!(
        (place.text("place"), place.text("name"), place.integer("level")),
        ("AAA", "Land of AAA", 0)
    );
    assert_eq!(
        (place.integer("deaths"), place.properties["rate"].double_value),
        (-12, Some(1.5))
    );
    assert_eq!(place.properties["shown"].bool_value, Some(true));
    assert_eq!(layers["places"][1].properties.len(), 3);
    let kinds: Vec<&str> = layers["borders"].iter().map(|border| border.text("kind")).collect();
    assert_eq!(kinds, ["coast", "international"]);
    assert_eq!(layers["labels"].len(), 2);
    assert!(layers["labels"][0].properties["area_km2"].double_value.unwrap() > 1e6);
    let only = Layers {
        borders: false,
        labels: false,
        ..Layers::of(0)
    };
    assert_eq!(
        crate::read::layers(&map.tile(&only, 0, 0, 0).unwrap().unwrap()).len(),
        1
    );
}

#[test]
fn outer_rings_run_clockwise_as_seen_holes_the_other_way_and_all_are_closed() {
    let layers = tile(&two(), 2, 1, 2);
    let rings = &layers["places"][0].lines;
    // South-west of the middle of the map: the place with its hole.
    assert_eq!(rings.len(), 2);
    assert!(doubled_area(&rings[0]) > 0.0 && doubled_area(&rings[1]) < 0.0);
    for ring in rings {
        assert!(ring.len() >= 4 && ring.first() == ring.last());
        assert!(ring.windows(2).all(|edge| edge[0] != edge[1]));
    }
}

#[test]
fn geometries_end_at_the_buffer_and_lines_do_not_run_along_it() {
    let layers = tile(&two(), 4, 7, 7);
    let ends = |at: &f64| (-64.0..=4160.0).contains(at);
    assert!(
        layers
            .values()
            .flatten()
            .flat_map(|feature| feature.lines.iter().flatten())
            .flatten()
            .all(ends)
    );
    assert_eq!(
        layers["places"][0].lines[0].len(),
        5,
        "a tile within a place is all of it"
    );
    for line in layers["borders"].iter().flat_map(|feature| &feature.lines) {
        let runs_along = |edge: &[Point]| {
            (0..2).any(|axis| edge[0][axis] == edge[1][axis] && [-64.0, 4160.0].contains(&edge[0][axis]))
        };
        assert!(!line.windows(2).any(runs_along));
    }
}

#[test]
fn neighbouring_tiles_agree_where_they_meet() {
    let map = map(
        vec![country("AAA", vec![vec![island([0.3, 0.2], 30.0, 3000)]])],
        &plain(),
    );
    for z in 1_u8..7 {
        let middle = 1_u32 << (z - 1);
        let (west, east) = (tile(&map, z, middle - 1, middle), tile(&map, z, middle, middle));
        // Vertices of the coast within both tiles and their buffers, in steps of the eastern one.
        let near = |layers: &std::collections::BTreeMap<String, Vec<Feature>>, shift: f64| {
            let lines = layers
                .get("borders")
                .into_iter()
                .flatten()
                .flat_map(|feature| &feature.lines);
            // Without the ends of lines, which are where a buffer cuts them.
            let inner = lines.flat_map(|line| line.iter().skip(1).rev().skip(1));
            let moved = inner.map(|at| [at[0] + shift, at[1]]);
            let mut near: Vec<[i64; 2]> = moved
                .filter(|at| at[0].abs() < 60.0)
                .map(|at| at.map(|number| number as i64))
                .collect();
            near.sort_unstable();
            near
        };
        assert_eq!(near(&west, -4096.0), near(&east, 0.0), "zoom {z}");
    }
}

#[test]
fn a_label_is_in_one_tile_of_a_zoom() {
    // Its point lies on the corner of four tiles.
    let map = map(vec![block("AAA", [-10.0, -10.0, 10.0, 10.0])], &plain());
    let with = |x, y| tile(&map, 1, x, y).get("labels").map_or(0, Vec::len);
    assert_eq!([with(0, 0), with(1, 0), with(0, 1), with(1, 1)], [0, 0, 0, 1]);
}

#[test]
fn detail_grows_with_the_zoom_and_no_zoom_loses_a_place() {
    let map = map(
        vec![country("AAA", vec![vec![island([0.0, 0.0], 10.0, 5000)]])],
        &plain(),
    );
    let points = |z: u8| tile(&map, z, (1 << z) / 2, (1 << z) / 2 - u32::from(z > 0))["places"][0].lines[0].len();
    let counts: Vec<usize> = (1..5).map(points).collect();
    assert!(counts.is_sorted() && counts[0] >= 4 && counts[0] < 60, "{counts:?}");
}

#[test]
fn the_end_of_the_map_is_no_border() {
    let map = map(
        vec![country("FJI", vec![vec![square([170.0, -10.0, 190.0, 10.0])]])],
        &plain(),
    );
    for x in [0, 3] {
        let layers = tile(&map, 2, x, 1);
        let edge = if x == 0 { 0.0 } else { 4096.0 };
        let along = |edge_of: &[Point]| edge_of.iter().all(|at| at[0] == edge);
        let lines = layers["borders"].iter().flat_map(|feature| &feature.lines);
        assert!(!lines.flat_map(|line| line.windows(2)).any(along));
        assert_eq!(layers["places"].len(), 1);
        assert!(layers["places"][0].area() > 0.0);
    }
}

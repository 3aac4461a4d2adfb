//! Rings across ±180° and around a pole.

use crate::made::{Point, country, map, plain, square};
use crate::read::{Topology, topology};

fn no_edge_jumps(topology: &Topology, place: &str) {
    for ring in Topology::rings(topology.place(place)) {
        let jumps = |edge: &[Point]| (edge[0][0] - edge[1][0]).abs() > 180.0;
        assert!(!topology.line(&ring).windows(2).any(jumps), "{place}");
    }
}

#[test]
fn a_ring_across_the_antimeridian_is_cut_however_its_longitudes_are_written() {
    let jumping = vec![
        [179.0, -1.0],
        [-179.0, -1.0],
        [-179.0, 1.0],
        [179.0, 1.0],
        [179.0, -1.0],
    ];
    let beyond = square([179.0, -1.0, 181.0, 1.0]);
    let before = square([-181.0, -1.0, -179.0, 1.0]);
    for ring in [jumping, beyond, before] {
        let map = map(vec![country("FJI", vec![vec![ring]])], &plain());
        assert_eq!(map.place_at(179.5, 0.0), Some("FJI"));
        assert_eq!(map.place_at(-179.5, 0.0), Some("FJI"));
        assert_eq!(map.place_at(0.0, 0.0), None);
        assert_eq!(map.places(0)[0].bbox, [-180.0, -1.0, 180.0, 1.0]);
        let topology = topology(&map, 0, 0.0, &[]);
        no_edge_jumps(&topology, "FJI");
        assert_eq!(topology.area(topology.place("FJI")).round(), 4.0);
        for arc in topology.borders()["coast"].iter().map(|arc| &topology.arcs[*arc]) {
            assert!(
                arc.windows(2)
                    .all(|edge| edge[0][0].abs() < 180.0 || edge[1][0].abs() < 180.0),
                "the cut is no coast"
            );
        }
    }
}

#[test]
fn a_hole_is_cut_with_the_ring_around_it() {
    let rings = vec![square([170.0, -10.0, 190.0, 10.0]), square([-181.0, -1.0, -179.0, 1.0])];
    let map = map(vec![country("AAA", vec![rings])], &plain());
    assert_eq!(map.place_at(179.5, 0.0), None);
    assert_eq!(map.place_at(-179.5, 0.0), None);
    assert_eq!(map.place_at(-178.0, 0.0), Some("AAA"));
    assert_eq!(map.place_at(178.0, 5.0), Some("AAA"));
    let topology = topology(&map, 0, 0.0, &[]);
    assert_eq!(topology.area(topology.place("AAA")).round(), 396.0);
}

#[test]
fn a_ring_around_a_pole_reaches_to_the_pole_and_its_seam_is_not_drawn() {
    let around: Vec<Point> = (0..=36).map(|at| [f64::from(at % 36) * 10.0 - 175.0, -70.0]).collect();
    let flat = vec![
        [-180.0, -90.0],
        [180.0, -90.0],
        [180.0, -70.0],
        [0.0, -70.0],
        [-180.0, -70.0],
        [-180.0, -90.0],
    ];
    for ring in [around, flat] {
        let map = map(vec![country("ATA", vec![vec![ring]])], &plain());
        assert_eq!(map.place_at(10.0, -89.0), Some("ATA"));
        assert_eq!(map.place_at(-179.9, -75.0), Some("ATA"));
        assert_eq!(map.place_at(0.0, -60.0), None);
        let topology = topology(&map, 0, 0.0, &[]);
        assert_eq!(topology.area(topology.place("ATA")).round(), 7200.0);
        let coast = &topology.borders()["coast"];
        let drawn = coast.iter().flat_map(|arc| topology.arcs[*arc].iter());
        assert!(drawn.clone().count() > 2);
        assert!(drawn.clone().all(|at| at[1] == -70.0), "only the coast");
    }
}

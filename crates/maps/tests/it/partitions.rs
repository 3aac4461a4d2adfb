//! Random partitions of a square: what must hold for any of them, at any tolerance.

use std::collections::BTreeMap;

use lysoen_maps::{Layers, Map, Shape};
use proptest::prelude::*;

use crate::made::{Point, country, map, plain};
use crate::read::{Topology, layers, topology};

/// Corners of a grid and points along its edges, moved at random, and which place has each cell.
#[derive(Clone, Debug)]
struct Partition {
    cells: usize,
    jitter: Vec<f64>,
    owners: Vec<usize>,
}

const SIDE: f64 = 12.0;
const WEST: f64 = 20.0;
const SOUTH: f64 = 3.0;
/// Points along the edge of a cell.
const ALONG: usize = 6;

fn partition() -> impl Strategy<Value = Partition> {
    (2_usize..5).prop_flat_map(|cells| {
        let side = cells * ALONG + 1;
        let jitter = prop::collection::vec(-0.3_f64..0.3, 2 * side * side);
        let owners = prop::collection::vec(0_usize..4, cells * cells);
        (Just(cells), jitter, owners).prop_map(|(cells, jitter, owners)| Partition { cells, jitter, owners })
    })
}

impl Partition {
    fn point(&self, x: usize, y: usize) -> Point {
        let last = self.cells * ALONG;
        let step = SIDE / last as f64;
        let moved = |at: usize, axis: usize| match at {
            0 => 0.0,
            at if at == last => last as f64,
            at => at as f64 + self.jitter[2 * (y * (last + 1) + x) + axis],
        };
        [WEST + moved(x, 0) * step, SOUTH + moved(y, 1) * step]
    }

    fn cell(&self, x: usize, y: usize) -> Vec<Point> {
        let (left, bottom) = (x * ALONG, y * ALONG);
        let (right, top) = (left + ALONG, bottom + ALONG);
        let south = (left..right).map(|x| (x, bottom));
        let east = (bottom..top).map(|y| (right, y));
        let north = (left + 1..=right).rev().map(|x| (x, top));
        let west = (bottom + 1..=top).rev().map(|y| (left, y));
        let around = south.chain(east).chain(north).chain(west).chain([(left, bottom)]);
        around.map(|(x, y)| self.point(x, y)).collect()
    }

    fn shapes(&self) -> Vec<Shape> {
        let mut places: BTreeMap<usize, Vec<Vec<Vec<Point>>>> = BTreeMap::new();
        for (at, owner) in self.owners.iter().enumerate() {
            let cell = self.cell(at % self.cells, at / self.cells);
            places.entry(*owner).or_default().push(vec![cell]);
        }
        places
            .into_iter()
            .map(|(owner, cells)| country(&format!("P{owner}"), cells))
            .collect()
    }
}

/// Every arc is used once on each side, and an inner one by two places in opposite directions.
fn is_shared(topology: &Topology) {
    let mut uses: BTreeMap<usize, Vec<(bool, &str)>> = BTreeMap::new();
    for place in topology.places() {
        for reference in Topology::rings(place).into_iter().flatten() {
            let (arc, is_backwards) = if reference < 0 {
                (!reference, true)
            } else {
                (reference, false)
            };
            uses.entry(arc as usize)
                .or_default()
                .push((is_backwards, place["id"].as_str().unwrap()));
        }
    }
    let borders = topology.borders();
    let of = |kind: &str| borders.get(kind).cloned().unwrap_or_default();
    for arc in of("international") {
        // A place that is nothing but a line any more is in no ring, on either side.
        let Some(uses) = uses.get(&arc) else { continue };
        assert_eq!(uses.len(), 2, "{uses:?}");
        assert_ne!(uses[0].0, uses[1].0);
        assert_ne!(uses[0].1, uses[1].1);
    }
    for arc in of("coast") {
        assert!(uses.get(&arc).is_none_or(|uses| uses.len() == 1));
    }
}

fn total(topology: &Topology) -> f64 {
    topology.places().iter().map(|place| topology.area(place)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn borders_stay_shared_at_every_tolerance(partition in partition(), tolerance in 0.0_f64..20_000.0) {
        let map = map(partition.shapes(), &plain());
        for tolerance in [0.0, tolerance, 1e9] {
            let topology = topology(&map, 0, tolerance, &[]);
            is_shared(&topology);
            for place in topology.places() {
                prop_assert!(topology.area(place) > 0.0, "a place vanished at {tolerance}");
            }
        }
    }

    #[test]
    fn what_one_place_loses_another_gains(partition in partition(), tolerance in 0.0_f64..20_000.0) {
        // The square's own edge is straight: its vertices weigh nothing, and so the union keeps its area.
        let map = map(partition.shapes(), &plain());
        for tolerance in [0.0, tolerance] {
            let total = total(&topology(&map, 0, tolerance, &[]));
            prop_assert!((total - SIDE * SIDE).abs() < 0.01 * SIDE, "{total} at {tolerance}");
        }
    }

    #[test]
    fn tiles_cover_what_the_places_cover(partition in partition(), zoom in 3_u8..8) {
        let map = map(partition.shapes(), &plain());
        let (whole, covered) = (covered(&map, 2), covered(&map, zoom));
        for (place, area) in &whole {
            let found = covered.get(place).copied().unwrap_or_default();
            prop_assert!((area - found).abs() < 0.02 * area.max(0.002), "{place}: {area} {found}");
        }
        let (all, found) = (whole.values().sum::<f64>(), covered.values().sum::<f64>());
        prop_assert!((all - found).abs() < 2e-3 * all, "{all} {found}");
    }
}

/// The share of the square that the tiles of a zoom cover, by place; buffers are cut off.
fn covered(map: &Map, zoom: u8) -> BTreeMap<String, f64> {
    let (across, end) = (f64::from(1_u32 << zoom), 4096.0);
    let mercator = |lat: f64| 0.5 - lat.to_radians().sin().atanh() / std::f64::consts::TAU;
    let number = |share: f64| (share * across) as u32;
    let lon = |degrees: f64| number(degrees / 360.0 + 0.5);
    let (top, bottom) = (mercator(SOUTH + SIDE), mercator(SOUTH));
    let square = (bottom - top) * SIDE / 360.0 * (across * end).powi(2);
    let mut covered: BTreeMap<String, f64> = BTreeMap::new();
    for x in lon(WEST)..=lon(WEST + SIDE) {
        for y in number(top)..=number(bottom) {
            let bytes = map.tile(&Layers::of(0), zoom, x, y).unwrap().unwrap();
            for feature in layers(&bytes).remove("places").unwrap_or_default() {
                *covered.entry(feature.text("place").to_string()).or_default() += within(&feature.lines, end) / square;
            }
        }
    }
    covered
}

/// The area of rings in the tile itself.
fn within(rings: &[Vec<Point>], end: f64) -> f64 {
    use geo::{Area, BooleanOps, LineString, MultiPolygon, Polygon, Rect};
    let tile = Rect::new([0.0, 0.0], [end, end]).to_polygon();
    let area = |ring: &Vec<Point>| {
        let polygon = Polygon::new(LineString::from(ring.clone()), Vec::new());
        let sign = crate::read::doubled_area(ring).signum();
        sign * MultiPolygon(vec![polygon]).intersection(&tile).unsigned_area()
    };
    rings.iter().map(area).sum()
}

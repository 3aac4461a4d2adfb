//! How long a map of the world takes to draw, and a tile of it, with made countries of the size of Natural Earth's 1:50 million.

// A bench may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use lysoen_maps::{Event, Layers, Map, Shape, WORLD_TOLERANCE_KM2, Worldview, point_tile};

/// Countries along the two axes of the map, and vertices along each of the four borders of one: 92,000 vertices in all.
const COUNTRIES: (usize, usize) = (20, 10);
const VERTICES: usize = 115;

/// A border between two corners, the same from both sides: a line with waves.
fn border(from: (usize, usize), to: (usize, usize)) -> Vec<Coord<f64>> {
    let corner = |(x, y): (usize, usize)| [x as f64 * 17.0 - 170.0, y as f64 * 14.0 - 68.0];
    let (low, high) = (from.min(to), from.max(to));
    let ([x0, y0], [x1, y1]) = (corner(low), corner(high));
    let seed = (low.0 * 31 + low.1 * 17 + high.0 * 7) as f64;
    let at = |step: usize| {
        let along = step as f64 / VERTICES as f64;
        let out = (along * std::f64::consts::PI).sin();
        let wave = out * ((40.0 * along + seed).sin() + 0.3 * (170.0 * along + seed).sin());
        let [run, rise] = [(x1 - x0), (y1 - y0)];
        Coord {
            x: x0 + along * run - 0.05 * wave * rise,
            y: y0 + along * rise + 0.05 * wave * run,
        }
    };
    let mut line: Vec<Coord<f64>> = (0..=VERTICES).map(at).collect();
    if low != from {
        line.reverse();
    }
    line
}

fn world() -> Vec<Shape> {
    let country = |x: usize, y: usize| {
        let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)];
        let mut ring: Vec<Coord<f64>> = corners.windows(2).flat_map(|two| border(two[0], two[1])).collect();
        ring.dedup();
        Shape {
            place: format!("{x:02}-{y:02}"),
            name: format!("Country {x} {y}"),
            level: 0,
            country: None,
            geometry: MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())]),
        }
    };
    let all = (0..COUNTRIES.0).flat_map(|x| (0..COUNTRIES.1).map(move |y| country(x, y)));
    all.collect()
}

fn events() -> Vec<Event> {
    let event = |n: u64| Event {
        lon: (n * 7919 % 36_000) as f64 / 100.0 - 180.0,
        lat: (n * 104_729 % 14_000) as f64 / 100.0 - 70.0,
        deaths: (n % 9) as i64,
        properties: Vec::new(),
    };
    (0..300_000).map(event).collect()
}

fn maps(criterion: &mut Criterion) {
    let worldview = Worldview::built_in().expect("the built-in worldview");
    let shapes = world();
    criterion.bench_function("map of 92,000 vertices", |bench| {
        bench.iter_batched(
            || shapes.clone(),
            |shapes| Map::new(shapes, &worldview),
            BatchSize::LargeInput,
        );
    });
    let (map, findings) = Map::new(shapes, &worldview);
    assert!(findings.is_empty(), "{findings:?}");
    criterion.bench_function("topojson of the world", |bench| {
        bench.iter(|| map.topojson(0, black_box(WORLD_TOLERANCE_KM2), &[]));
    });
    let mut tiles = criterion.benchmark_group("tile");
    for (z, x, y) in [
        (0, 0, 0),
        (1, 0, 0),
        (2, 2, 1),
        (4, 9, 7),
        (6, 37, 30),
        (10, 600, 480),
        (14, 9600, 7680),
    ] {
        tiles.bench_with_input(BenchmarkId::from_parameter(z), &(z, x, y), |bench, (z, x, y)| {
            bench.iter(|| map.tile(&Layers::of(0), *z, *x, *y).expect("a tile"));
        });
    }
    tiles.finish();
    let events = events();
    let mut tiles = criterion.benchmark_group("tile of 300,000 events");
    for (z, x, y) in [(0, 0, 0), (4, 9, 7), (8, 150, 120)] {
        tiles.bench_with_input(BenchmarkId::from_parameter(z), &(z, x, y), |bench, (z, x, y)| {
            bench.iter(|| point_tile(&events, *z, *x, *y).expect("a tile"));
        });
    }
    tiles.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = maps
}
criterion_main!(benches);

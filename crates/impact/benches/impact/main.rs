//! How long counterfactuals take, on one core: `cargo bench --workspace --bench impact`.
//!
//! Proposition 99 is read from the shared data; where they are not there, a panel of its shape is made. The full placebo run of 200
//! places over 35 years fits each place on the others once on all years before and once with the last third held out; its
//! outcomes are made up, heavy-tailed counts of which a third are zero throughout a stretch of years.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use lysoen_impact::{Design, Donor, Method};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/impact/california_prop99_outcome.csv"
);

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    measure(&mut criterion);
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion) {
    let california = california().unwrap_or_else(|| made(39, 31, 19));
    let world = made(200, 35, 25);
    for method in Method::ALL.into_iter().filter(|method| *method != Method::Predictors) {
        criterion.bench_function(&format!("Proposition 99, {method}"), |bencher| {
            bencher.iter(|| method.fit(black_box(&california)));
        });
    }
    criterion.bench_function("Proposition 99, sc, all placebos", |bencher| {
        bencher.iter(|| placebos(black_box(&california), Method::Synthetic));
    });
    for method in [Method::Synthetic, Method::Sdid] {
        criterion.bench_function(
            &format!("200 places × 35 years, {method}, all placebos twice"),
            |bencher| {
                bencher.iter(|| {
                    let world = black_box(&world);
                    placebos(world, method) + placebos(&world.cut(17, 25), method)
                });
            },
        );
    }
}

/// The sum of the effects of a unit and of every donor as if it were one.
fn placebos(design: &Design, method: Method) -> f64 {
    let effect = |design: &Design| method.fit(design).map_or(0.0, |fit| fit.effect);
    effect(design)
        + (0..design.donors.len())
            .map(|donor| effect(&design.as_if(donor)))
            .sum::<f64>()
}

/// California and 38 other states.
fn california() -> Option<Design> {
    let mut table = csv::ReaderBuilder::new().delimiter(b';').from_path(FILE).ok()?;
    let rows: Vec<(String, u32, f64, u8)> = table.deserialize().filter_map(Result::ok).collect();
    let mut states: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    states.sort_unstable();
    states.dedup();
    let of = |state: &str| {
        let values = rows.iter().filter(|row| row.0 == state).map(|row| row.2);
        values.collect::<Vec<f64>>()
    };
    let donors = states.iter().filter(|state| **state != "California");
    let donors = donors.map(|state| Donor {
        unit: state.to_string(),
        values: of(state),
    });
    design(19, of("California"), donors.collect())
}

/// A panel of made-up places.
fn made(places: usize, periods: usize, pre: usize) -> Design {
    let mut state = 1_u64;
    let mut drawn = || {
        // Knuth's congruences: the benchmark needs no better.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut series = || {
        let (level, quiet) = (drawn() * 4.0, drawn() < 0.33);
        let value = |time: usize, drawn: f64| match quiet && time < pre / 2 {
            true => 0.0,
            false => (level + 2.0 * drawn - 1.0).exp().floor(),
        };
        (0..periods).map(|time| value(time, drawn())).collect::<Vec<f64>>()
    };
    let unit = series();
    let donors = (1..places).map(|number| Donor {
        unit: format!("{number:03}"),
        values: series(),
    });
    let donors = donors.collect();
    design(pre, unit, donors).expect("whole series of one length")
}

fn design(pre: usize, observed: Vec<f64>, donors: Vec<Donor>) -> Option<Design> {
    let times = (0..observed.len()).map(|time| time.to_string()).collect();
    let at = (0..observed.len()).map(|time| time as f64).collect();
    Design::new("unit", times, at, pre, observed, donors).ok()
}

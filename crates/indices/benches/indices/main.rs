//! Building indices again and again.
//!
//! `cargo bench --workspace --bench indices` measures with Criterion, on one core: 1,000 builds of ASEM with all its
//! choices of method, a Sobol' analysis of it, and Copeland's rule. `-- --communities` instead runs a national recipe over
//! 50,000 communities once, on all cores, and tells seconds and the largest resident memory. ASEM is read from the shared data;
//! where they are not there, a table of the same shape is made.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use criterion::Criterion;
use lysoen_indices::aggregate::aggregate;
use lysoen_indices::index::Index;
use lysoen_indices::recipe::{Aggregate, Normalise};
use lysoen_indices::sensitivity::{self, Sensitivity};
use lysoen_indices::uncertainty::{self, Uncertainty};

mod tables;

fn main() {
    if std::env::args().any(|arg| arg == "--communities") {
        return communities();
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .expect("a thread");
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    measure(&mut criterion);
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion) {
    let (recipe, data) = tables::asem();
    let index = Index::new(&recipe, &data).expect("ASEM can be built");
    let options = uncertainty::Options::default();
    criterion.bench_function("asem, 1,000 builds", |b| {
        b.iter(|| Uncertainty::run(&index, &data, 0, &options, &|_| {}).expect("built"));
    });

    let mut four = recipe.clone();
    four.uncertainty.impute.clear();
    let index = Index::new(&four, &data).expect("ASEM can be built");
    let options = sensitivity::Options::default();
    criterion.bench_function("asem, Sobol' of 4 factors, N = 1,000", |b| {
        b.iter(|| Sensitivity::run(&index, &data, 0, &options, &|_| {}).expect("built"));
    });

    let columns: Vec<Vec<f64>> = (0..8).map(|part| tables::made(part, 5000)).collect();
    let parts: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut out = vec![0.0; 5000];
    criterion.bench_function("Copeland, 5,000 units, 8 parts", |b| {
        b.iter(|| aggregate(&Aggregate::Copeland, &[1.0; 8], black_box(&parts), 0.0, &mut out).expect("aggregated"));
    });
}

/// 50,000 communities × 40 indicators × 1,000 draws, by goalposts and geometric means and by min–max and arithmetic means.
fn communities() {
    let goalposts = Normalise::Goalposts {
        low: -10.0,
        high: 12.0,
        log: false,
        cap: lysoen_indices::recipe::Cap::Both,
        scale: 99.0,
    };
    let min_max = Normalise::MinMax { low: 1.0, high: 100.0 };
    let methods = [
        ("goalposts, geometric", goalposts, Aggregate::Geometric),
        ("min–max, arithmetic", min_max, Aggregate::Arithmetic),
    ];
    let mut out = std::io::stdout();
    for (name, normalise, aggregate) in methods {
        let (recipe, data) = tables::communities(normalise, aggregate);
        let start = Instant::now();
        let index = Index::new(&recipe, &data).expect("can be built");
        let found = Uncertainty::run(&index, &data, 0, &uncertainty::Options::default(), &|_| {}).expect("built");
        let (seconds, first) = (start.elapsed().as_secs_f64(), found.index().units[0]);
        writeln!(out, "{name}: {seconds:.1} s, {} MB; {first:?}", peak_memory() >> 10).expect("told");
    }
}

/// The largest resident memory of this process so far, in KiB; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    number.unwrap_or_default()
}

//! Reading events, in the small and in the large.
//!
//! `cargo bench --workspace --bench events` measures the parts on a file of 20,000 rows.
//! `cargo bench --workspace --bench events -- --generate DIR` writes `DIR/GEDEvent_v25_1.csv`, as large as the full GED,
//! and with `--times 10` one ten times that, for `benches/compare.py`. Both need the shared data.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput};
use csv::ByteRecord;
use lysoen_sources::input::Input;
use lysoen_sources::tally::tally;

mod grow;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ucdp");
    if let Some(folder) = after("--generate") {
        let times = after("--times").map_or(1, |times| times.parse().expect("--times takes a whole number"));
        let folder = PathBuf::from(folder);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        return grow::grow(&seeds, &folder.join("GEDEvent_v25_1.csv"), grow::FULL * times);
    }
    if !seeds.is_dir() {
        // Nothing to measure on; `cargo test --benches` runs this, too.
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("GEDEvent_v25_1.csv");
    grow::grow(&seeds, &file, 20_000);
    let mut criterion = Criterion::default().configure_from_args();
    measure(&mut criterion, &file);
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, file: &Path) {
    let bytes = std::fs::metadata(file).expect("the file is there").len();
    let mut group = criterion.benchmark_group("events");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    for threads in [1, 2] {
        let threads = NonZeroUsize::new(threads).expect("not zero");
        group.bench_function(format!("tally on {threads} threads"), |bencher| {
            bencher.iter_batched(
                || Input::open(file).expect("opened"),
                |inputs| tally(&inputs[0], threads).expect("read"),
                BatchSize::SmallInput,
            );
        });
    }
    group.bench_function("every cell by the csv crate", |bencher| {
        bencher.iter(|| {
            let mut reader = csv::Reader::from_path(file).expect("opened");
            let mut record = ByteRecord::new();
            let mut cells = 0;
            while reader.read_byte_record(&mut record).expect("read") {
                cells += record.len();
            }
            cells
        });
    });
    group.finish();
}

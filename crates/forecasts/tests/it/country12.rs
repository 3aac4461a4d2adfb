//! The benchmark `country12` on the challenge's own data: a unit's last twelve observed months as twelve draws. Its published
//! scores are an anchor for everything that is scored here.

use std::collections::BTreeMap;
use std::fs::File;

use flate2::read::GzDecoder;
use lysoen_forecasts::resample::Fourier;
use lysoen_forecasts::score;
use lysoen_lexicon::panel::Month;

/// Months by unit: as the participants had them (final where that is known), and as they were scored.
struct Target {
    known: BTreeMap<u32, BTreeMap<Month, f64>>,
    came: BTreeMap<u32, BTreeMap<Month, f64>>,
}

fn target() -> Target {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/views/cm_ged_sb_1990_2022.csv.gz"
    );
    let mut rows = csv::Reader::from_reader(GzDecoder::new(File::open(file).unwrap()));
    let mut target = Target {
        known: BTreeMap::new(),
        came: BTreeMap::new(),
    };
    for row in rows.deserialize() {
        let (month, _, unit, _, early, late): (i32, String, u32, String, Option<f64>, Option<f64>) = row.unwrap();
        if let Some(value) = late.or(early) {
            target.known.entry(unit).or_default().insert(Month(month), value);
        }
        if let Some(value) = late {
            target.came.entry(unit).or_default().insert(Month(month), value);
        }
    }
    target
}

/// Mean scores of a window: CRPS, MIS, IGN by the official path and IGN of a thousand equal draws.
fn scores(target: &Target, year: i16) -> [f64; 4] {
    let resample = Fourier::new(12, 1000);
    let (first, last) = (Month::of(year, 1), Month::of(year, 12));
    let mut sums = [0.0; 4];
    let mut count = 0.0;
    for (unit, came) in &target.came {
        let known = target.known[unit].range(..=Month::of(year - 1, 10));
        let mut draws: Vec<f64> = known.rev().take(12).map(|(_, value)| *value).collect();
        draws.reverse();
        let mut official = resample.resample(&draws);
        official.sort_by(f64::total_cmp);
        draws.sort_by(f64::total_cmp);
        let equal: Vec<f64> = (0..1000).map(|i| draws[(i * 12 + 6) / 1000]).collect();
        for (_, outcome) in came.range(first..=last) {
            let scores = [
                score::crps(&draws, *outcome),
                score::mis(&draws, *outcome),
                score::ign(&official, *outcome),
                score::ign(&equal, *outcome),
            ];
            sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
            count += 1.0;
        }
    }
    assert_eq!(count, 2292.0, "191 countries in twelve months");
    sums.map(|sum| sum / count)
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn country12_has_its_published_scores() {
    let published = [
        (2018, 14.51, 187.0, 0.640, 0.735),
        (2019, 9.15, 89.0, 0.610, 0.684),
        (2020, 21.34, 345.0, 0.567, 0.634),
        (2021, 76.85, 1436.0, 0.686, 0.741),
        (2022, 124.00, 2142.0, 0.695, 0.730),
    ];
    let target = target();
    for (year, crps, mis, official, equal) in published {
        let found = scores(&target, year);
        let told = [(crps, 0.005), (mis, 0.5), (official, 0.0005), (equal, 0.0005)];
        for (found, (told, rounding)) in found.into_iter().zip(told) {
            assert!(
                (found - told).abs() <= rounding * 1.001,
                "{year}: {found}, published {told}"
            );
        }
    }
}

//! Calibration, tried on worlds of which is known whether their forecasts are right.

use lysoen_forecasts::calibration::{Among, Brier, coverage, pit_histogram, reliability};
use lysoen_forecasts::judged::{INTERVALS, Judged, Metric, THRESHOLDS};
use lysoen_lexicon::panel::Month;

use crate::invented::{RIGHT, World, slices};

const WORLDS: u64 = 40;

/// At least 25 deaths.
const TWENTY_FIVE: usize = 1;

fn judged(unit: u32, month: i32, draws: &[f64], outcome: f64) -> Judged {
    Judged::of(unit, Month(month), true, draws, outcome)
}

#[test]
fn right_forecasts_lie_within_their_bands_about_nine_times_in_ten() {
    let (mut within, mut bins, mut outside, mut outside_independent) = (0, 0, 0, 0);
    let mut nominal = [0; INTERVALS.len()];
    let mut pit_outside = 0;
    for seed in 0..WORLDS {
        let windows = RIGHT.judged(seed);
        let windows = slices(&windows);
        let diagram = reliability(&windows, TWENTY_FIVE, seed).unwrap();
        within += usize::from(diagram.within());
        bins += diagram.bins.len();
        outside += diagram.outside().len();
        outside_independent += diagram
            .bins
            .iter()
            .filter(|bin| !bin.independent.holds(bin.observed))
            .count();
        for (count, coverage) in nominal.iter_mut().zip(coverage(&windows, Among::Every, seed)) {
            *count += usize::from(coverage.nominal_within());
        }
        pit_outside += pit_histogram(&windows, seed).unwrap().outside().len();
    }
    assert!((32..=40).contains(&within), "{within} of {WORLDS} diagrams within");
    assert!(outside * 100 <= bins * 14, "{outside} of {bins} bins outside");
    assert!(
        outside_independent > 2 * outside,
        "{outside_independent} of {bins} outside the independent band"
    );
    assert!(
        nominal.iter().all(|count| *count >= 32),
        "{nominal:?} of {WORLDS} hold the nominal share"
    );
    assert!((15..=65).contains(&pit_outside), "{pit_outside} of 400 bins outside");
}

#[test]
fn forecasts_that_are_too_sure_are_caught() {
    let sure = World { beside: 4.0, ..RIGHT };
    for seed in 0..10 {
        let windows = sure.judged(seed);
        let windows = slices(&windows);
        let diagram = reliability(&windows, TWENTY_FIVE, seed).unwrap();
        assert!(!diagram.within(), "world {seed}: {diagram:?}");
        assert!(
            diagram.recalibration.unwrap().1 < 0.95,
            "world {seed}: {:?}",
            diagram.recalibration
        );
        let coverage = coverage(&windows, Among::Every, seed);
        assert!(
            !coverage[1].nominal_within() && coverage[1].randomised.high < 0.9,
            "world {seed}: {:?}",
            coverage[1]
        );
        let histogram = pit_histogram(&windows, seed).unwrap();
        assert!(
            histogram.shares[9] > histogram.bands[9].1,
            "world {seed}: {histogram:?}"
        );
    }
}

#[test]
fn how_much_months_share_is_found_again() {
    for shared in [0.0, 0.4, 0.8, 1.0] {
        let world = World {
            units: 300,
            shared,
            ..RIGHT
        };
        let windows = world.judged(5);
        let found = reliability(&slices(&windows), TWENTY_FIVE, 5).unwrap().shared;
        assert!((found - shared).abs() < 0.13, "{found} and not {shared}");
    }
}

#[test]
fn the_parts_of_the_brier_score_add_up_to_it() {
    for (seed, beside) in [(1, 1.0), (2, 3.0)] {
        let windows = World { beside, ..RIGHT }.judged(seed);
        for threshold in 0..THRESHOLDS.len() {
            let Brier {
                score,
                reliability: miss,
                resolution,
                uncertainty,
                within_bins,
            } = reliability(&slices(&windows), threshold, 1).unwrap().brier;
            assert!((miss - resolution + uncertainty + within_bins - score).abs() < 1e-12);
            let metric = Metric::ALL.iter().position(|m| *m == Metric::Brier1).unwrap() + threshold;
            let rows: Vec<&Judged> = windows.iter().flatten().collect();
            let mean = rows.iter().map(|j| j.scores[metric]).sum::<f64>() / rows.len() as f64;
            assert!((score - mean).abs() < 1e-12);
            assert!(miss >= 0.0 && resolution >= 0.0 && uncertainty >= 0.0);
        }
    }
}

#[test]
fn where_all_forecasts_of_a_bin_are_the_same_murphys_three_parts_suffice() {
    let half: Vec<f64> = [vec![0.0; 5], vec![30.0; 5]].concat();
    let window = [
        judged(1, 1, &half, 0.0),
        judged(2, 1, &half, 50.0),
        judged(3, 1, &half, 50.0),
        judged(4, 1, &half, 60.0),
    ];
    let diagram = reliability(&[&window], TWENTY_FIVE, 1).unwrap();
    let brier = diagram.brier;
    // One bin: said a half, came three in four.
    assert_eq!(
        (
            brier.reliability,
            brier.resolution,
            brier.uncertainty,
            brier.within_bins
        ),
        (0.0625, 0.0, 0.1875, 0.0)
    );
    assert_eq!(brier.score, 0.25);
    let [bin] = diagram.bins.as_slice() else {
        panic!("one bin")
    };
    assert_eq!(
        (
            bin.from,
            bin.to,
            bin.forecasts,
            bin.clusters,
            bin.forecast,
            bin.observed
        ),
        (0.5, 0.6, 4, 4, 0.5, 0.75)
    );
    // Four tosses: none and all each come once in sixteen, so that 5 % on either side leave both out or in by a hair.
    assert!(bin.independent.low <= 0.25 && bin.independent.high >= 0.75);
}

#[test]
fn certain_forecasts_leave_nothing_to_chance() {
    let window = [judged(1, 1, &[0.0], 0.0), judged(2, 1, &[99.0], 99.0)];
    let diagram = reliability(&[&window], TWENTY_FIVE, 1).unwrap();
    assert!(diagram.within());
    assert_eq!(diagram.recalibration, None);
    assert_eq!(
        (diagram.bins[0].simultaneous.high, diagram.bins[1].simultaneous.low),
        (0.0, 1.0)
    );
    let wrong = [judged(1, 1, &[0.0], 50.0)];
    assert!(!reliability(&[&wrong], TWENTY_FIVE, 1).unwrap().within());
}

#[test]
fn closed_intervals_of_counts_hold_too_much_and_randomised_ones_as_much_as_was_said() {
    // Every forecast: 80 % none, 20 % ten deaths. What came is just that, in as many units.
    let draws: Vec<f64> = [vec![0.0; 80], vec![10.0; 20]].concat();
    let window: Vec<Judged> = (0..100)
        .map(|unit| judged(unit, 1, &draws, if unit < 80 { 0.0 } else { 10.0 }))
        .collect();
    let coverage = coverage(&[&window], Among::Every, 1);
    for (row, closed) in coverage.iter().zip([0.8, 1.0, 1.0]) {
        assert!((row.closed.value - closed).abs() < 1e-12, "{row:?}");
        assert!((row.randomised.value - row.nominal).abs() < 1e-12, "{row:?}");
        assert!(row.nominal_within() && !row.nominal_within_closed(), "{row:?}");
        assert_eq!((row.forecasts, row.units), (100, 100));
    }
    let histogram = pit_histogram(&[&window], 1).unwrap();
    assert!(
        histogram.shares.iter().all(|share| (share - 0.1).abs() < 1e-12),
        "{histogram:?}"
    );
    assert!(histogram.outside().is_empty());
}

#[test]
fn an_outcome_that_no_draw_equals_stands_at_a_point() {
    let draws: Vec<f64> = (0..10).map(|i| i as f64 + 0.5).collect();
    // Below all draws, above all, and with three of ten below: upon the border of the third and the fourth bin.
    let window = [
        judged(1, 1, &draws, 0.0),
        judged(2, 1, &draws, 99.0),
        judged(3, 1, &draws, 3.0),
    ];
    let shares = pit_histogram(&[&window], 1)
        .unwrap()
        .shares
        .map(|share| (share * 6.0).round());
    assert_eq!(shares, [2.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0]);
}

#[test]
fn active_units_are_judged_apart() {
    let windows = RIGHT.judged(9);
    let active = coverage(&slices(&windows), Among::Active, 1);
    let every = coverage(&slices(&windows), Among::Every, 1);
    let count = windows.iter().flatten().filter(|j| j.active).count();
    assert_eq!(active[0].forecasts, count);
    assert_eq!(every[0].forecasts, 80 * 3 * 12);
}

#[test]
fn of_no_forecasts_nothing_is_said() {
    assert!(coverage(&[], Among::Every, 1).is_empty());
    assert!(coverage(&[&[]], Among::Active, 1).is_empty());
    assert_eq!(pit_histogram(&[&[]], 1), None);
    assert_eq!(reliability(&[&[]], 0, 1), None);
}

#[test]
fn a_diagram_is_the_same_on_any_number_of_threads_and_in_any_order_of_units() {
    let windows = RIGHT.judged(6);
    let on = |threads: usize, windows: &[&[Judged]]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            (
                reliability(windows, 0, 2),
                pit_histogram(windows, 2),
                coverage(windows, Among::Every, 2),
            )
        })
    };
    assert_eq!(on(1, &slices(&windows)), on(3, &slices(&windows)));
    let mut turned = windows.clone();
    for window in &mut turned {
        window.sort_by_key(|judged| (judged.month, judged.unit));
    }
    let bands = |windows: &[Vec<Judged>]| {
        let bins = reliability(&slices(windows), 0, 2).unwrap().bins;
        bins.into_iter()
            .map(|bin| (bin.pointwise, bin.simultaneous))
            .collect::<Vec<_>>()
    };
    assert_eq!(bands(&windows), bands(&turned));
}

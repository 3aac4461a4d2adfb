//! Scores of draws, against what they are by definition.

use lysoen_forecasts::score::{
    brier, covers, crps, crps_capped, crps_log, ign, mis, mis_capped, pit, probability_of, quantile,
};
use proptest::prelude::*;

/// Continuous ranked probability score as its definition has it: over all pairs.
fn by_pairs(draws: &[f64], outcome: f64) -> f64 {
    let n = draws.len() as f64;
    let distance: f64 = draws.iter().map(|x| (x - outcome).abs()).sum();
    let spread: f64 = draws
        .iter()
        .flat_map(|x| draws.iter().map(move |y| (x - y).abs()))
        .sum();
    distance / n - spread / (2.0 * n * n)
}

fn sorted(mut draws: Vec<f64>) -> Vec<f64> {
    draws.sort_by(f64::total_cmp);
    draws
}

proptest! {
    #[test]
    fn crps_is_the_mean_over_all_pairs(draws in prop::collection::vec(0.0..5000.0f64, 1..40), outcome in 0.0..5000.0f64) {
        let draws = sorted(draws);
        let log: Vec<f64> = draws.iter().map(|x| x.ln_1p()).collect();
        let capped: Vec<f64> = draws.iter().map(|x| x.min(1000.0)).collect();
        prop_assert!((crps(&draws, outcome) - by_pairs(&draws, outcome)).abs() < 1e-8);
        prop_assert!((crps_log(&draws, outcome) - by_pairs(&log, outcome.ln_1p())).abs() < 1e-10);
        prop_assert!((crps_capped(&draws, outcome) - by_pairs(&capped, outcome.min(1000.0))).abs() < 1e-8);
        prop_assert!((mis_capped(&draws, outcome) - mis(&capped, outcome.min(1000.0))).abs() < 1e-8);
    }
}

#[test]
fn ignorance_counts_the_draws_in_the_bin_of_the_outcome_and_one_in_every_bin() {
    let draws = [0.0, 0.4, 0.5, 2.4, 2.5, 1000.4, 1000.5, 5e6];
    for (outcome, hits) in [
        (0.0, 2.0),
        (0.49, 2.0),
        (0.5, 2.0),
        (2.0, 2.0),
        (2.5, 1.0),
        (700.0, 1.0),
        (1e9, 2.0),
        (60.0, 0.0),
    ] {
        let expected = -((hits + 1.0) / 19.0f64).log2();
        assert!((ign(&draws, outcome) - expected).abs() < 1e-12, "{outcome}");
    }
}

#[test]
fn the_interval_score_is_the_width_and_twenty_times_what_lies_outside() {
    let draws: Vec<f64> = (0..=100).map(f64::from).collect();
    assert!((mis(&draws, 50.0) - 90.0).abs() < 1e-9);
    assert!((mis(&draws, 2.0) - (90.0 + 20.0 * 3.0)).abs() < 1e-9);
    assert!((mis(&draws, 99.0) - (90.0 + 20.0 * 4.0)).abs() < 1e-9);
}

#[test]
fn quantiles_lie_between_draws_and_one_draw_is_all_of_them() {
    assert!((quantile(&[0.0, 10.0], 0.25) - 2.5).abs() < 1e-12);
    assert_eq!(quantile(&[7.0], 0.95), 7.0);
    assert!(covers(&[1.0, 2.0, 3.0], 2.0, 0.5) && !covers(&[1.0, 2.0, 3.0], 0.9, 0.9));
}

#[test]
fn chances_are_shares_of_draws_that_reach_the_threshold() {
    let draws = [0.0, 24.9, 25.0, 100.0];
    assert_eq!(probability_of(&draws, 25.0), 0.5);
    assert_eq!(brier(&draws, 25.0, 25.0), 0.25);
    assert_eq!(brier(&draws, 0.0, 1000.0), 0.0);
    assert_eq!(pit(&draws, 25.0), (0.5, 0.75));
}

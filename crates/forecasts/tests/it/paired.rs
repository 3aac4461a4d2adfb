//! Two models compared, against sums done by hand.

use lysoen_forecasts::bootstrap::RESAMPLES;
use lysoen_forecasts::judged::{Judged, METRICS, Metric};
use lysoen_forecasts::paired::{Paired, Statistic, Unpaired, largest};
use lysoen_lexicon::panel::Month;

use crate::invented::{RIGHT, slices};

/// A forecast that scored so much by every metric.
fn scored(unit: u32, month: i32, outcome: f64, score: f64) -> Judged {
    Judged {
        scores: [score; METRICS],
        ..Judged::of(unit, Month(month), true, &[0.0], outcome)
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

#[test]
fn of_two_units_every_resample_is_one_of_three_and_the_interval_reaches_from_the_least_to_the_most() {
    // Unit 1: 1 and 3 against 2 and 2; unit 2: 6 against 4.
    let model = [scored(1, 1, 0.0, 1.0), scored(1, 2, 0.0, 3.0), scored(2, 1, 9.0, 6.0)];
    let benchmark = [scored(1, 1, 0.0, 2.0), scored(1, 2, 0.0, 2.0), scored(2, 1, 9.0, 4.0)];
    let paired = Paired::new(Metric::Crps, &[&model], &[&benchmark]).unwrap();
    // Twice unit 1, one of each, twice unit 2: each a quarter of the resamples or more, so that 5 and 95 % are the
    // extremes.
    for (statistic, first, both, second) in [
        (Statistic::Mean, 2.0, 10.0 / 3.0, 6.0),
        (Statistic::Benchmark, 2.0, 8.0 / 3.0, 4.0),
        (Statistic::Difference, 0.0, 2.0 / 3.0, 2.0),
        (Statistic::Ratio, 1.0, 1.25, 1.5),
        (Statistic::GeometricRatio, 1.0, 1.25, 1.5),
    ] {
        let estimate = paired.estimate(statistic, 7).unwrap();
        assert!(close(estimate.value, both), "{statistic:?}: {estimate:?}");
        assert!(close(estimate.low, first), "{statistic:?}: {estimate:?}");
        assert!(close(estimate.high, second), "{statistic:?}: {estimate:?}");
        assert_eq!(estimate.resamples, RESAMPLES);
        assert_eq!(paired.value(statistic), Some(estimate.value));
        let range = paired.leave_one_out(statistic).unwrap();
        assert!(
            close(range.lowest.0, first) && range.lowest.1 == 2,
            "{statistic:?}: {range:?}"
        );
        assert!(
            close(range.highest.0, second) && range.highest.1 == 1,
            "{statistic:?}: {range:?}"
        );
    }
}

#[test]
fn of_one_unit_the_interval_is_the_value_and_none_can_be_left_out() {
    let (model, benchmark) = ([scored(5, 1, 0.0, 3.0)], [scored(5, 1, 0.0, 4.0)]);
    let paired = Paired::new(Metric::Ign, &[&model], &[&benchmark]).unwrap();
    let estimate = paired.estimate(Statistic::Ratio, 1).unwrap();
    assert_eq!((estimate.value, estimate.low, estimate.high), (0.75, 0.75, 0.75));
    assert_eq!(paired.leave_one_out(Statistic::Ratio), None);
}

#[test]
fn a_ratio_of_means_weighs_windows_by_their_harm_and_a_geometric_one_alike() {
    let model = [[scored(1, 1, 0.0, 1.0)], [scored(1, 13, 0.0, 200.0)]];
    let benchmark = [[scored(1, 1, 0.0, 2.0)], [scored(1, 13, 0.0, 100.0)]];
    let paired = Paired::new(Metric::Crps, &[&model[0], &model[1]], &[&benchmark[0], &benchmark[1]]).unwrap();
    assert!(close(paired.value(Statistic::Mean).unwrap(), 100.5));
    assert!(close(paired.value(Statistic::Ratio).unwrap(), 201.0 / 102.0));
    assert!(close(paired.value(Statistic::GeometricRatio).unwrap(), 1.0));
}

#[test]
fn a_benchmark_without_error_gives_no_ratio_but_a_difference() {
    let (model, benchmark) = ([scored(1, 1, 0.0, 1.0)], [scored(1, 1, 0.0, 0.0)]);
    let paired = Paired::new(Metric::Crps, &[&model], &[&benchmark]).unwrap();
    assert_eq!(paired.estimate(Statistic::Ratio, 1), None);
    assert_eq!(paired.estimate(Statistic::GeometricRatio, 1), None);
    assert_eq!(paired.value(Statistic::Difference), Some(1.0));
    assert_eq!(
        Paired::new(Metric::Crps, &[], &[])
            .unwrap()
            .estimate(Statistic::Mean, 1),
        None
    );
}

#[test]
fn resamples_in_which_a_ratio_cannot_be_had_are_left_out_and_counted() {
    // Only unit 2 has any error: a quarter of the resamples is without it.
    let model = [scored(1, 1, 0.0, 0.0), scored(2, 1, 0.0, 3.0)];
    let benchmark = [scored(1, 1, 0.0, 0.0), scored(2, 1, 0.0, 4.0)];
    let estimate = Paired::new(Metric::Crps, &[&model], &[&benchmark])
        .unwrap()
        .estimate(Statistic::Ratio, 3)
        .unwrap();
    assert_eq!((estimate.low, estimate.high), (0.75, 0.75));
    assert!((1400..1600).contains(&estimate.resamples), "{}", estimate.resamples);
}

#[test]
fn without_the_largest_unit_months_the_rest_is_compared() {
    let model = [
        scored(1, 1, 5.0, 1.0),
        scored(1, 2, 900.0, 50.0),
        scored(2, 1, 900.0, 70.0),
        scored(2, 2, 6.0, 3.0),
    ];
    let benchmark = [
        scored(1, 1, 5.0, 2.0),
        scored(1, 2, 900.0, 99.0),
        scored(2, 1, 900.0, 99.0),
        scored(2, 2, 6.0, 6.0),
    ];
    let cells = largest(&[&model], 3);
    let named: Vec<(u32, i32, f64)> = cells
        .iter()
        .map(|cell| (cell.unit, cell.month.0, cell.outcome))
        .collect();
    assert_eq!(named, [(1, 2, 900.0), (2, 1, 900.0), (2, 2, 6.0)]);
    let rest = Paired::without(Metric::Crps, &[&model], &[&benchmark], &cells[..2]).unwrap();
    assert_eq!(rest.value(Statistic::Mean), Some(2.0));
    assert_eq!(rest.value(Statistic::Ratio), Some(0.5));
}

#[test]
fn models_of_different_unit_months_are_not_compared() {
    let one = [scored(1, 1, 5.0, 1.0), scored(1, 2, 6.0, 1.0)];
    let other = [scored(1, 1, 5.0, 1.0), scored(1, 2, 7.0, 1.0)];
    let of = |model: &[&[Judged]], benchmark: &[&[Judged]]| Paired::new(Metric::Crps, model, benchmark).unwrap_err();
    assert_eq!(of(&[&one], &[&other]), Unpaired::Row { window: 0, row: 1 });
    assert!(matches!(
        of(&[&one], &[&other[..1]]),
        Unpaired::Length {
            window: 0,
            model: 2,
            benchmark: 1
        }
    ));
    assert!(matches!(of(&[&one], &[]), Unpaired::Windows { model: 1, benchmark: 0 }));
}

#[test]
fn a_metric_is_the_one_that_was_asked_for() {
    let windows = RIGHT.judged(3);
    for metric in Metric::ALL {
        let paired = Paired::new(metric, &slices(&windows), &slices(&windows)).unwrap();
        let place = Metric::ALL.iter().position(|m| *m == metric).unwrap();
        let mean: f64 = windows.iter().flatten().map(|j| j.scores[place]).sum::<f64>() / (80.0 * 3.0 * 12.0);
        assert!(
            (paired.value(Statistic::Mean).unwrap() - mean).abs() < 1e-9 * mean.max(1.0),
            "{metric:?}"
        );
        assert_eq!(paired.value(Statistic::Ratio), Some(1.0));
    }
}

#[test]
fn an_interval_is_the_same_on_any_number_of_threads() {
    let windows = RIGHT.judged(4);
    let paired = Paired::new(Metric::Crps, &slices(&windows), &slices(&windows)).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| paired.estimate(Statistic::Mean, 11).unwrap())
    };
    assert_eq!(on(1), on(3));
    assert_ne!(on(1), paired.estimate(Statistic::Mean, 12).unwrap());
}

//! What every model must do, and what each does on histories whose answer is known.

use lysoen_forecasts::benchmarks::{Bootstrap240, Country12, Last, Neighbors12, Zero};
use lysoen_forecasts::catalog::{model, names};
use lysoen_forecasts::judged::INTERVALS;
use lysoen_forecasts::summary::{Summary, return_period};
use lysoen_forecasts::why::{Driver, why};
use lysoen_forecasts::{Abstention, Model, Target};
use lysoen_lexicon::panel::{Month, Panel};
use proptest::prelude::*;

use crate::made::{SEED, peace, wars};

fn draws(model: &dyn Model, panel: &Panel, unit: usize, target: Target) -> Vec<f64> {
    let mut draws = Vec::new();
    model
        .fit(panel, &[target], SEED)
        .unwrap()
        .draws(unit, 0, 1000, &mut draws);
    draws
}

/// Months near and far, and totals.
fn targets() -> Vec<Target> {
    let totals = [3, 6, 12].map(|last| Target { first: 1, last });
    (1..=36).map(Target::month).chain(totals).collect()
}

#[test]
fn every_model_gives_a_thousand_rising_whole_draws_for_every_target() {
    let panel = wars(20, 200);
    for name in names() {
        let fitted = model(name).unwrap().fit(&panel, &targets(), SEED).unwrap();
        for unit in 0..20 {
            for target in 0..targets().len() {
                let mut draws = Vec::new();
                fitted.draws(unit, target, 1000, &mut draws);
                assert_eq!(draws.len(), 1000, "{name}");
                assert!(draws.is_sorted(), "{name}");
                assert!(draws.iter().all(|draw| *draw >= 0.0 && draw.fract() == 0.0), "{name}");
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_draws_on_any_number_of_threads() {
    let panel = wars(20, 200);
    let all = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut draws = Vec::new();
            for name in names() {
                let fitted = model(name).unwrap().fit(&panel, &targets(), SEED).unwrap();
                (0..20).for_each(|unit| (0..targets().len()).for_each(|t| fitted.draws(unit, t, 100, &mut draws)));
            }
            draws
        })
    };
    let one = all(1);
    assert_eq!(one, all(2));
    assert_eq!(one, all(7));
}

#[test]
fn another_seed_gives_another_forest() {
    let panel = wars(20, 200);
    let of = |seed| {
        let mut draws = Vec::new();
        let fitted = model("trees").unwrap().fit(&panel, &[Target::month(3)], seed).unwrap();
        (0..20).for_each(|unit| fitted.draws(unit, 0, 1000, &mut draws));
        draws
    };
    assert_ne!(of(1), of(2));
}

#[test]
fn after_nothing_but_peace_no_model_forecasts_a_war() {
    let panel = peace(10, 200);
    for name in names() {
        let draws = draws(&*model(name).unwrap(), &panel, 3, Target::month(6));
        let mean = draws.iter().sum::<f64>() / 1000.0;
        assert!(mean < 0.05, "{name}: {mean}");
    }
}

#[test]
fn one_unit_is_enough() {
    let panel = wars(1, 200);
    for name in names() {
        assert_eq!(
            draws(&*model(name).unwrap(), &panel, 0, Target::month(6)).len(),
            1000,
            "{name}"
        );
    }
}

#[test]
fn a_series_that_is_too_short_makes_a_model_abstain_and_say_so() {
    let panel = wars(5, 20);
    let refused = |name: &str| model(name).unwrap().fit(&panel, &[Target::month(1)], SEED).err();
    for name in ["hurdle", "trees", "markov"] {
        let said = refused(name).unwrap().to_string();
        assert_eq!(said, format!("{name} needs 36 months of history, and there are 20"));
    }
    // The pool goes on with those that do not.
    assert_eq!(refused("pool"), None);
    let short = wars(5, 8);
    let refused = model("pool")
        .unwrap()
        .fit(&short, &[Target::month(1)], SEED)
        .err()
        .unwrap();
    assert!(matches!(refused, Abstention::TooShort { .. }), "{refused}");
}

#[test]
fn without_neighbours_neighbors12_abstains() {
    let mut panel = wars(5, 60);
    panel.set_neighbours(vec![vec![]; 5]);
    let bare = Panel::new(panel.units().to_vec(), panel.first(), 60, "deaths");
    let refused = Neighbors12.fit(&bare, &[Target::month(1)], SEED).err().unwrap();
    assert!(matches!(refused, Abstention::NoNeighbours { .. }));
}

/// Units of one history each, from January 1980.
fn histories(histories: &[&[f64]]) -> Panel {
    let units = (0..histories.len()).map(|unit| unit.to_string()).collect();
    let mut panel = Panel::new(units, Month::of(1980, 1), histories[0].len(), "deaths");
    for (unit, history) in histories.iter().enumerate() {
        for (step, deaths) in history.iter().enumerate() {
            panel.set(0, unit, Month::of(1980, 1).plus(step as i32), *deaths);
        }
    }
    panel
}

#[test]
fn country12_is_the_last_twelve_months_and_nothing_before() {
    let mut months = vec![999.0; 3];
    months.extend((1..=12).map(f64::from));
    let draws = draws(&Country12, &histories(&[&months]), 0, Target::month(3));
    for month in 1..=12 {
        let count = draws.iter().filter(|draw| **draw == f64::from(month)).count();
        assert!((83..=84).contains(&count), "{month}: {count}");
    }
}

#[test]
fn a_total_of_country12_is_of_sums_and_not_of_months_thrown_together() {
    // Deaths in every second month: any six months hold three such.
    let months: Vec<f64> = (0..48).map(|month| f64::from(month % 2) * 10.0).collect();
    let six = Target { first: 1, last: 6 };
    let draws = draws(&Country12, &histories(&[&months]), 0, six);
    assert!(draws.iter().all(|draw| *draw == 30.0));
}

#[test]
fn neighbors12_counts_missing_neighbours_as_zeros() {
    let mut panel = histories(&[&[5.0; 24], &[8.0; 24]]);
    panel.set_neighbours(vec![vec![1], vec![0]]);
    let draws = draws(&Neighbors12, &panel, 0, Target::month(3));
    let share = |deaths: f64| draws.iter().filter(|draw| **draw == deaths).count();
    // 108 draws: 12 own, 12 of the neighbour, and the seven cells that are not there.
    assert!(share(5.0).abs_diff(111) <= 1 && share(8.0).abs_diff(111) <= 1 && share(0.0).abs_diff(778) <= 2);
}

#[test]
fn bootstrap240_pools_all_units_and_forgets_what_is_older() {
    let mut old = vec![1000.0; 30];
    old.extend([0.0; 240]);
    let mut new = vec![1000.0; 30];
    new.extend([4.0; 240]);
    let draws = draws(&Bootstrap240, &histories(&[&old, &new]), 0, Target::month(3));
    assert_eq!(draws.iter().filter(|draw| **draw == 4.0).count(), 500);
    assert_eq!(draws.iter().filter(|draw| **draw == 0.0).count(), 500);
}

#[test]
fn last_is_poisson_around_the_last_month() {
    let draws = draws(&Last, &histories(&[&[3.0, 900.0, 40.0]]), 0, Target::month(3));
    let mean = draws.iter().sum::<f64>() / 1000.0;
    let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 1000.0;
    assert!((mean - 40.0).abs() < 0.05, "{mean}");
    assert!((variance / 40.0 - 1.0).abs() < 0.02, "{variance}");
}

#[test]
fn zero_is_zero() {
    assert!(
        draws(&Zero, &wars(3, 60), 1, Target::month(3))
            .iter()
            .all(|draw| *draw == 0.0)
    );
}

#[test]
fn one_catastrophe_does_not_carry_the_pool_away() {
    let mut months = vec![3.0; 120];
    months[118] = 20_000.0;
    let mut panel = wars(31, 120);
    for (step, deaths) in months.iter().enumerate() {
        panel.set(0, 30, panel.first().plus(step as i32), *deaths);
    }
    let of = |target| draws(&*model("pool").unwrap(), &panel, 30, target);
    let median = of(Target::month(6))[500];
    assert!(median < 100.0, "{median}");
    // Nor into the totals, in many of which the month would stand.
    for last in [3, 6, 12] {
        let total = of(Target { first: 1, last });
        let mean = total.iter().sum::<f64>() / 1000.0;
        assert!(mean < 2000.0, "{last}: {mean}");
    }
}

#[test]
fn a_war_that_goes_on_is_forecast_to_go_on() {
    let mut panel = wars(31, 200);
    for step in 0..200 {
        let deaths = 100.0 + f64::from(step * 37 % 41);
        panel.set(0, 30, panel.first().plus(step), deaths);
    }
    for name in ["recency", "zinb", "hurdle", "trees", "pool"] {
        let forecast = Summary::of(&draws(&*model(name).unwrap(), &panel, 30, Target::month(3)));
        assert!(forecast.probabilities[0] > 0.8, "{name}: {forecast:?}");
        assert!((40.0..300.0).contains(&forecast.median), "{name}: {forecast:?}");
    }
}

#[test]
fn intervals_hold_each_other_and_the_median() {
    let forecast = Summary::of(&draws(&*model("pool").unwrap(), &wars(20, 200), 4, Target::month(3)));
    assert_eq!(INTERVALS, [0.5, 0.9, 0.95]);
    let [half, nine, most] = forecast.intervals;
    assert!(most.0 <= nine.0 && nine.0 <= half.0 && half.0 <= forecast.median);
    assert!(forecast.median <= half.1 && half.1 <= nine.1 && nine.1 <= most.1);
    assert!(forecast.probabilities.is_sorted_by(|a, b| a >= b));
}

#[test]
fn a_return_period_is_one_by_the_probability_and_none_where_no_draw_reaches() {
    assert_eq!(return_period(0.25), Some(4.0));
    assert_eq!(return_period(0.0), None);
}

#[test]
fn why_names_level_trend_neighbours_and_history_in_sentences() {
    let mut months = vec![0.0; 60];
    months[50..57].copy_from_slice(&[10.0, 0.0, 0.0, 10.0, 0.0, 0.0, 10.0]);
    months[57..].copy_from_slice(&[30.0, 40.0, 50.0]);
    let mut panel = histories(&[&months, &[1200.0; 60]]);
    panel.set_neighbours(vec![vec![1], vec![0]]);
    let forecast = Summary::of(&[0.0, 10.0, 20.0]);
    let said = why(&panel, 0, &forecast);
    let of = |driver: Driver| said.iter().find(|(one, _)| *one == driver).unwrap().1.as_str();
    assert_eq!(
        of(Driver::RecentLevel),
        "120 killed in the last 3 months, 150 in the last 12"
    );
    assert_eq!(
        of(Driver::Trend),
        "rising: 40 a month in the last three, 3 a month in the twelve before"
    );
    assert_eq!(
        of(Driver::Neighbours),
        "1 of 1 neighbours had deaths in the last 3 months, 3,600 together"
    );
    assert_eq!(
        of(Driver::History),
        "deaths in 6 of the last 60 months, most in 1984-12: 50"
    );
    assert_eq!(
        of(Driver::Outlook),
        "the median, 10, is about at the last year's mean of 13 a month; 67 % for at least 1 death"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_history_gives_draws_that_are_numbers(
        history in prop::collection::vec(prop_oneof![3 => Just(0.0), 2 => (0u32..60).prop_map(f64::from),
            1 => (0u32..200_000).prop_map(f64::from), 1 => Just(f64::NAN)], 40..90)
    ) {
        let mut history = history;
        *history.last_mut().unwrap() = 1.0;
        let panel = histories(&[&history, &vec![0.0; history.len()]]);
        for name in names().into_iter().filter(|name| *name != "neighbors12") {
            let Ok(fitted) = model(name).unwrap().fit(&panel, &targets(), SEED) else { continue };
            for target in 0..targets().len() {
                let mut draws = Vec::new();
                fitted.draws(0, target, 1000, &mut draws);
                prop_assert!(draws.len() == 1000 && draws.is_sorted(), "{}", name);
                prop_assert!(draws.iter().all(|draw| draw.is_finite() && *draw >= 0.0), "{}", name);
            }
        }
    }
}

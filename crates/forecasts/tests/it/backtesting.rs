//! Backtests: what a model may see, and what is no backtest at all.

use lysoen_forecasts::backtest::{BacktestError, Window, blind, trial};
use lysoen_forecasts::benchmarks::Country12;
use lysoen_forecasts::catalog::{model, names};
use lysoen_forecasts::{Abstention, Fitted, Model, Target};
use lysoen_lexicon::panel::{Month, Panel};

use crate::made::{SEED, wars};

/// A model that brings its own copy of what is to come, and finds the unit and the month in it.
struct Peeker(Panel);

struct Copied {
    outcomes: Vec<Vec<f64>>,
}

impl Model for Peeker {
    fn name(&self) -> &str {
        "peeker"
    }

    fn about(&self) -> &str {
        "knows what is to come"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        let came = |unit: &String, target: &Target| {
            let there = self.0.units().iter().position(|known| known == unit)?;
            self.0.get(there, known.last().plus(target.first as i32))
        };
        let outcomes = known.units().iter();
        let outcomes = outcomes.map(|unit| targets.iter().map(|t| came(unit, t).unwrap_or(0.0)).collect());
        Ok(Box::new(Copied {
            outcomes: outcomes.collect(),
        }))
    }
}

impl Fitted for Copied {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        draws.extend(std::iter::repeat_n(self.outcomes[unit][target], n));
    }
}

#[test]
fn a_model_that_peeks_is_caught() {
    let all = wars(30, 240);
    let window = Window::year(1998);
    let known = all.until(window.origin);
    let peeker = Peeker(all.clone());
    // It would win: it is perfect.
    let perfect = trial(&peeker, &known, &all, &window, SEED).unwrap();
    assert_eq!(perfect.means().unwrap()[0], 0.0);
    let refused = blind(&peeker, &known, &window, SEED).unwrap_err();
    assert!(matches!(refused, BacktestError::Peeks { .. }), "{refused}");
}

#[test]
fn no_model_of_ours_looks_at_names_or_dates() {
    let all = wars(25, 240);
    let window = Window::year(1998);
    let known = all.until(window.origin);
    for name in names() {
        blind(&*model(name).unwrap(), &known, &window, SEED).unwrap();
    }
}

#[test]
fn what_comes_after_the_origin_changes_no_forecast() {
    let all = wars(25, 240);
    let window = Window::year(1998);
    let mut other = all.clone();
    for unit in 0..other.units().len() {
        for step in 1..=14 {
            other.set(0, unit, window.origin.plus(step), 1e6);
        }
    }
    for name in names() {
        let model = model(name).unwrap();
        let fit = |panel: &Panel| model.fit(&panel.until(window.origin), &window.targets(), SEED);
        let (Ok(one), Ok(two)) = (fit(&all), fit(&other)) else {
            continue;
        };
        for unit in 0..all.units().len() {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            one.draws(unit, 5, 1000, &mut a);
            two.draws(unit, 5, 1000, &mut b);
            assert_eq!(a, b, "{name}");
        }
    }
}

#[test]
fn a_history_that_goes_on_after_the_origin_is_refused() {
    let all = wars(5, 240);
    let error = trial(&Country12, &all, &all, &Window::year(1998), SEED).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("goes on to 1999-12, after its origin 1997-10"),
        "{error}"
    );
}

#[test]
fn a_history_that_ends_too_soon_is_refused() {
    let all = wars(5, 240);
    let known = all.until(Month::of(1997, 6));
    let error = trial(&Country12, &known, &all, &Window::year(1998), SEED).unwrap_err();
    assert!(matches!(error, BacktestError::EndsBefore { .. }), "{error}");
}

#[test]
fn a_window_in_the_future_is_an_error_and_no_score() {
    let all = wars(5, 240);
    let window = Window {
        origin: all.last(),
        ..Window::year(2000)
    };
    let error = trial(&Country12, &all, &all, &window, SEED).unwrap_err();
    assert_eq!(
        error.to_string(),
        "window 2000 has no actuals: nothing is known of 2000-01 to 2000-12; the series ends in 1999-12"
    );
}

#[test]
fn a_window_of_which_a_part_is_known_is_an_error() {
    let all = wars(5, 240);
    let actuals = all.until(Month::of(1998, 7));
    let error = trial(
        &Country12,
        &all.until(Month::of(1997, 10)),
        &actuals,
        &Window::year(1998),
        SEED,
    )
    .unwrap_err();
    assert!(
        error.to_string().starts_with("window 1998 has no actuals for 1998-08"),
        "{error}"
    );
}

#[test]
fn units_of_other_codes_are_an_error() {
    let all = wars(5, 240);
    let known = all.until(Month::of(1997, 10));
    let error = trial(&Country12, &known, &all.disguised(0), &Window::year(1998), SEED).unwrap_err();
    assert!(matches!(error, BacktestError::NoUnits { .. }), "{error}");
}

#[test]
fn a_unit_that_no_longer_exists_at_the_origin_is_not_forecast() {
    let mut all = wars(5, 240);
    let origin = Month::of(1997, 10);
    for step in 0..400 {
        let month = Month::of(1997, 5).plus(step);
        if all.column(month).is_some() {
            all.set(0, 2, month, f64::NAN);
        }
    }
    let judged = trial(&Country12, &all.until(origin), &all, &Window::year(1998), SEED).unwrap();
    let judged = judged.judged.unwrap();
    assert_eq!(judged.len(), 4 * 12);
    assert!(judged.iter().all(|one| one.unit != 2));
}

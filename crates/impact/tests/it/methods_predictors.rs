//! Predictors that cannot be used are told by name; what is matched perfectly is not searched for.

use lysoen_impact::methods::{default_predictors, mean_of};
use lysoen_impact::{Design, Method, Panel, Predictor, Unfit};

use crate::methods_donors::{design, weights};
use crate::prop99::near;

fn four() -> Design {
    design(
        3,
        &[
            vec![3.0, 4.0, 5.0, 9.0],
            vec![1.0, 2.0, 3.0, 4.0],
            vec![6.0, 6.0, 7.0, 9.0],
            vec![2.0, 5.0, 4.0, 8.0],
            vec![0.0, 9.0, 1.0, 3.0],
        ],
    )
}

fn predictor(name: &str, values: [f64; 5]) -> Predictor {
    Predictor {
        name: name.to_string(),
        of_unit: values[0],
        of_donors: values[1..].to_vec(),
    }
}

fn told(predictors: Vec<Predictor>) -> String {
    let mut design = four();
    design.predictors = predictors;
    Method::Predictors.fit(&design).unwrap_err().to_string()
}

#[test]
fn predictors_that_say_nothing_are_refused_by_name() {
    let income = predictor("income", [1.0, 2.0, 4.0, 3.0, 7.0]);
    assert!(told(vec![income.clone(), predictor("law", [1.0; 5])]).contains("law is the same for every place"));
    let twice = predictor("income in cents", [200.0, 300.0, 500.0, 400.0, 800.0]);
    assert!(told(vec![income.clone(), twice]).contains("income in cents follows from the others"));
    let unknown = predictor("beer", [1.0, 2.0, f64::NAN, 3.0, 7.0]);
    assert!(told(vec![unknown]).contains("beer is not known for donor 1"));
    let unknown = predictor("beer", [f64::NAN, 2.0, 1.0, 3.0, 7.0]);
    assert!(told(vec![income, unknown]).contains("beer is not known for unit"));
    assert!(told(Vec::new()).contains("needs predictors"));
}

#[test]
fn of_weights_that_match_the_predictors_those_that_follow_the_outcome_are_taken() {
    let mut design = four();
    // Any weights with a mean of 5 match; the outcome is followed best by some of them.
    design.predictors = vec![predictor("age", [5.0, 4.0, 6.0, 3.0, 9.0])];
    let fit = Method::Predictors.fit(&design).unwrap();
    assert!(fit.notes[0].contains("matched perfectly"), "{:?}", fit.notes);
    let weights = weights(&fit);
    let age: f64 = weights
        .iter()
        .zip([4.0, 6.0, 3.0, 9.0])
        .map(|(weight, age)| weight * age)
        .sum();
    near(age, 5.0, 1e-4);
    let steps = 60_u32;
    let mut best = f64::INFINITY;
    for (a, b, c) in
        (0..=steps).flat_map(|a| (0..=steps - a).flat_map(move |b| (0..=steps - a - b).map(move |c| (a, b, c))))
    {
        let share = [a, b, c, steps - a - b - c].map(|part| f64::from(part) / f64::from(steps));
        if (share
            .iter()
            .zip([4.0, 6.0, 3.0, 9.0])
            .map(|(share, age)| share * age)
            .sum::<f64>()
            - 5.0)
            .abs()
            < 1e-9
        {
            let gap = |time: usize| {
                let donors = design.donors.iter().zip(share);
                design.observed[time] - donors.map(|(donor, share)| share * donor.values[time]).sum::<f64>()
            };
            best = f64::min(
                best,
                ((0..3).map(|time| gap(time) * gap(time)).sum::<f64>() / 3.0).sqrt(),
            );
        }
    }
    assert!(fit.pre_rmspe <= best + 1e-4, "{} above {best}", fit.pre_rmspe);
}

#[test]
fn a_mean_is_of_what_is_known_and_what_cannot_serve_is_left_out_and_told() {
    let units = || ["a", "b", "c", "d", "e", "f", "g"].map(String::from).to_vec();
    let times = || (0..6).map(|time| time.to_string()).collect();
    let (mut outcome, mut beer, mut law, mut half) = (
        Panel::new(units(), times()),
        Panel::new(units(), times()),
        Panel::new(units(), times()),
        Panel::new(units(), times()),
    );
    for (unit, time) in (0..7).flat_map(|unit| (0..6).map(move |time| (unit, time))) {
        outcome.set(unit, time, ((unit * 5 + time * unit * 3 + time * time) % 7) as f64);
        law.set(unit, time, 1.0);
        if time > 1 {
            beer.set(unit, time, (unit * unit + time) as f64);
        }
        if unit > 3 {
            half.set(unit, time, unit as f64);
        }
    }
    let donors = [1, 2, 3, 4, 5, 6];
    assert_eq!(mean_of(&beer, "beer", 0, &donors, &[0, 1, 2, 3]).of_unit, 2.5);
    assert!(mean_of(&beer, "beer", 0, &donors, &[0, 1]).of_unit.is_nan());
    let others = [("beer", &beer), ("law", &law), ("half", &half)];
    let (kept, left_out) = default_predictors(&outcome, &others, 0, &donors, &[0, 1, 2, 3]);
    assert!(kept.iter().any(|predictor| predictor.name == "mean of beer before"));
    // Three quantities, and the outcome in periods 1, 2 and 3.
    assert_eq!(kept.len() + left_out.len(), 6, "{kept:?} {left_out:?}");
    assert!(left_out.contains(&"The mean of law before is the same for every place, and is no predictor.".to_string()));
    assert!(
        left_out.contains(&"The mean of half before is not known for every place, and is no predictor.".to_string())
    );
}

#[test]
fn a_unit_that_is_constant_is_refused_before_its_predictors_are_looked_at() {
    let mut design = four();
    design.observed[..3].fill(1.0);
    assert!(matches!(Method::Predictors.fit(&design), Err(Unfit::Constant { .. })));
}

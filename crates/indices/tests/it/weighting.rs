//! Weights that follow from the parts, and classes.

use lysoen_indices::classes::class;
use lysoen_indices::recipe::Class;
use lysoen_indices::step::StepError;
use lysoen_indices::weights::{equal, optimised, pca};

use crate::near::assert_near;

/// All combinations of −1 and 1 of three columns: they do not correlate.
fn design() -> [Vec<f64>; 3] {
    [0, 1, 2].map(|bit| (0..8).map(|row| if row >> bit & 1 == 0 { -1.0 } else { 1.0 }).collect())
}

/// a + b + t·c, a, b: the first correlates r = 1/√(2 + t²) with each of the others, which do not correlate.
fn parts(t: f64) -> [Vec<f64>; 3] {
    let [a, b, c] = design();
    let first = (0..8).map(|row| a[row] + b[row] + t * c[row]).collect();
    [first, a, b]
}

fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
    columns.iter().map(Vec::as_slice).collect()
}

#[test]
fn equal_weights_sum_to_one() {
    assert_near(&equal(4), &[0.25; 4], 0.0);
}

#[test]
fn the_first_principal_component_is_found_whatever_the_units_of_measurement() {
    // The largest eigenvector of [1 r r; r 1 0; r 0 1] is (√2, 1, 1)/2 for any r.
    let mut columns = parts(1.5);
    columns[1].iter_mut().for_each(|x| *x = 100.0 * *x + 7.0);
    columns.iter_mut().for_each(|column| column.push(f64::NAN)); // a unit without values does not count
    let expected = [2f64.sqrt(), 1.0, 1.0].map(|x| x / (2f64.sqrt() + 2.0));
    assert_near(&pca(&slices(&columns)).unwrap(), &expected, 1e-12);
}

#[test]
fn a_part_that_runs_against_the_others_gets_no_negative_weight_in_silence() {
    let mut columns = parts(1.5);
    columns[2].iter_mut().for_each(|x| *x = -*x);
    let found = pca(&slices(&columns)).unwrap_err();
    assert_eq!(found.part(), Some(2));
    assert!(
        found
            .to_string()
            .contains("its loading on the first principal component is -0.5"),
        "{found}"
    );
}

#[test]
fn optimised_weights_make_the_correlations_equal() {
    // In standardised weights v₁ (1 − r) = v₂ (1 − 2r), and r = 1/√6 with t = 2; the first has a deviation √6 times as large.
    let found = optimised(&slices(&parts(2.0))).unwrap();
    let r = 1.0 / 6f64.sqrt();
    let first = (1.0 - 2.0 * r) / (1.0 - r) / 6f64.sqrt();
    assert_near(&found.weights, &[first, 1.0, 1.0].map(|w| w / (first + 2.0)), 1e-7);
    assert!(found.furthest < 1e-7);
    assert!((found.correlations[0] - found.correlations[2]).abs() < 1e-6);
}

#[test]
fn optimised_weights_are_never_below_zero_and_say_how_close_they_come() {
    // With t = 1 is r = 1/√3 and 1 − 2r below zero: without the first part the correlations are 2r : 1 : 1.
    let found = optimised(&slices(&parts(1.0))).unwrap();
    assert_near(&found.weights, &[0.0, 0.5, 0.5], 1e-7);
    let r = 1.0 / 3f64.sqrt();
    assert!(
        (found.furthest - (2.0 * r / (2.0 * r + 2.0) - 1.0 / 3.0)).abs() < 1e-7,
        "{}",
        found.furthest
    );
}

#[test]
fn parts_that_are_constant_or_too_few_units_are_told() {
    let mut columns = parts(1.0);
    columns[1].fill(3.0);
    assert!(matches!(
        pca(&slices(&columns)),
        Err(StepError::Constant {
            known: 8,
            value: 3.0,
            ..
        })
    ));
    let few: [&[f64]; 2] = [&[1.0, 2.0, f64::NAN], &[1.0, 2.0, 3.0]];
    assert!(matches!(optimised(&few), Err(StepError::FewUnits { found: 2, .. })));
}

#[test]
fn a_value_is_in_the_last_class_that_it_reaches() {
    let one = |name: &str, from| Class {
        name: name.into(),
        from,
    };
    let classes = [one("low", None), one("medium", Some(3.5)), one("high", Some(5.0))];
    let name = |value| class(&classes, value).map(|class| class.name.as_str());
    assert_eq!(
        [name(-9.0), name(3.5), name(4.9), name(5.0)],
        [Some("low"), Some("medium"), Some("medium"), Some("high")]
    );
    assert_eq!(name(f64::NAN), None);
    assert!(class(&classes[1..], 1.0).is_none());
}

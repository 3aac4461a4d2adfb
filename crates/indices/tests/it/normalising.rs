//! Normalisation, transformation and ranks by hand, and what must hold for any values.

use lysoen_indices::normalise::normalise;
use lysoen_indices::rank::{First, Ties, rank};
use lysoen_indices::recipe::{Cap, Direction, Normalise, Transform};
use lysoen_indices::step::StepError;
use lysoen_indices::transform::transform;
use proptest::prelude::*;

use crate::near::{assert_near, known_column};

const NAN: f64 = f64::NAN;
const MIN_MAX: Normalise = Normalise::MinMax { low: 0.0, high: 1.0 };
const HDI_INCOME: Normalise = Normalise::Goalposts {
    low: 100.0,
    high: 75_000.0,
    log: true,
    cap: Cap::Both,
    scale: 1.0,
};

fn normalised(method: &Normalise, direction: Direction, values: &[f64]) -> Vec<f64> {
    let mut out = values.to_vec();
    normalise(method, direction, &mut out, Some(1)).expect("values that can be normalised");
    out
}

fn up(method: &Normalise, values: &[f64]) -> Vec<f64> {
    normalised(method, Direction::Up, values)
}

fn down(method: &Normalise, values: &[f64]) -> Vec<f64> {
    normalised(method, Direction::Down, values)
}

fn error(method: &Normalise, direction: Direction, values: &[f64]) -> StepError {
    normalise(method, direction, &mut values.to_vec(), Some(1)).expect_err("values that cannot be normalised")
}

#[test]
fn min_max_gives_both_ends_and_keeps_what_is_missing() {
    let method = Normalise::MinMax { low: 1.0, high: 100.0 };
    assert_near(&up(&method, &[2.0, NAN, 4.0, 3.0]), &[1.0, NAN, 100.0, 50.5], 1e-12);
    assert_near(&down(&method, &[2.0, NAN, 4.0, 3.0]), &[100.0, NAN, 1.0, 50.5], 1e-12);
}

#[test]
fn the_z_score_has_the_standard_deviation_of_a_sample() {
    // mean 4, sd √((4 + 0 + 4) / 2) = 2
    assert_near(
        &up(&Normalise::ZScore { mean: 0.0, sd: 1.0 }, &[2.0, 4.0, NAN, 6.0]),
        &[-1.0, 0.0, NAN, 1.0],
        1e-12,
    );
    assert_near(
        &down(&Normalise::ZScore { mean: 100.0, sd: 10.0 }, &[2.0, 4.0, 6.0]),
        &[110.0, 100.0, 90.0],
        1e-12,
    );
}

#[test]
fn ranks_share_ties_as_each_method_says() {
    let values = [5.0, 1.0, NAN, 5.0, 9.0];
    assert_near(
        &up(&Normalise::PercentileRank, &values),
        &[1.0 / 3.0, 0.0, NAN, 1.0 / 3.0, 1.0],
        1e-12,
    );
    assert_near(&up(&Normalise::Rank, &values), &[2.5, 1.0, NAN, 2.5, 4.0], 0.0);
    assert_near(&up(&Normalise::Borda, &values), &[1.0, 0.0, NAN, 1.0, 3.0], 0.0);
    assert_near(&down(&Normalise::Borda, &values), &[1.0, 3.0, NAN, 1.0, 0.0], 0.0);
}

#[test]
fn first_is_the_smallest_or_the_largest() {
    let mut buffer = Vec::new();
    let mut values = [0.0, -0.0, 3.0, NAN, -2.0];
    assert_eq!(rank(&mut values, First::Largest, Ties::Smallest, &mut buffer), 4);
    assert_near(&values, &[2.0, 2.0, 1.0, NAN, 4.0], 0.0);
}

#[test]
fn goalposts_cap_as_they_are_told() {
    let posts = |cap| Normalise::Goalposts {
        low: 20.0,
        high: 85.0,
        log: false,
        cap,
        scale: 1.0,
    };
    assert_near(&up(&posts(Cap::Both), &[13.5, 52.5, 91.5]), &[0.0, 0.5, 1.0], 1e-12);
    assert_near(&up(&posts(Cap::High), &[13.5, 52.5, 91.5]), &[-0.1, 0.5, 1.0], 1e-12);
    assert_near(&up(&posts(Cap::Low), &[13.5, 52.5, 91.5]), &[0.0, 0.5, 1.1], 1e-12);
    assert_near(&up(&posts(Cap::None), &[13.5, 52.5, 91.5]), &[-0.1, 0.5, 1.1], 1e-12);
    // Where more means less, the low goalpost is 1 and the caps stay where they are written.
    assert_near(&down(&posts(Cap::High), &[13.5, 52.5, 91.5]), &[1.1, 0.5, 0.0], 1e-12);
}

#[test]
fn the_income_index_of_the_hdi_is_its_technical_notes() {
    // (ln 7500 − ln 100) / (ln 75000 − ln 100) = 4.317488 / 6.620073; below 100 is 100, above 75,000 is 75,000
    assert_near(
        &up(&HDI_INCOME, &[7_500.0, 0.0, 90_000.0]),
        &[0.652_181_3, 0.0, 1.0],
        1e-7,
    );
}

#[test]
fn distances_to_maximum_reference_and_target() {
    let values = [2.0, 6.0, 10.0, NAN];
    assert_near(
        &up(&Normalise::DistanceToMaximum, &values),
        &[0.0, 0.5, 1.0, NAN],
        1e-12,
    );
    let reference = |cap| Normalise::DistanceToReference { unit: "B".into(), cap };
    assert_near(&up(&reference(false), &values), &[0.0, 1.0, 2.0, NAN], 1e-12);
    assert_near(&up(&reference(true), &values), &[0.0, 1.0, 1.0, NAN], 1e-12);
    // To 6 from the worst, which is 10 where more is worse: (10 − 2) / (10 − 6) = 2
    assert_near(&down(&reference(false), &values), &[2.0, 1.0, 0.0, NAN], 1e-12);
    let target = |target| Normalise::DistanceToTarget { target, cap: true };
    assert_near(&up(&target(8.0), &values), &[0.0, 2.0 / 3.0, 1.0, NAN], 1e-12);
    assert_near(&down(&target(5.0), &values), &[1.0, 0.8, 0.0, NAN], 1e-12);
}

#[test]
fn values_that_are_all_the_same_have_no_range() {
    let sentence = error(&MIN_MAX, Direction::Up, &[3.0, NAN, 3.0]).to_string();
    assert_eq!(
        sentence,
        "all 2 values are the same (3), so min–max has no range; leave it out or normalise by goalposts"
    );
    let z_score = Normalise::ZScore { mean: 0.0, sd: 1.0 };
    assert!(matches!(
        error(&z_score, Direction::Down, &[3.0, 3.0]),
        StepError::Constant { value: -3.0, .. }
    ));
}

#[test]
fn one_unit_only_cannot_be_compared() {
    let found = error(&MIN_MAX, Direction::Up, &[NAN, 3.0]);
    assert_eq!(found.unit(), Some(1));
    assert!(
        found
            .to_string()
            .starts_with("only one unit has a value (3), and min–max compares units")
    );
    assert_eq!(
        error(&Normalise::PercentileRank, Direction::Up, &[NAN, 3.0]).unit(),
        Some(1)
    );
}

#[test]
fn nothing_known_is_nothing_to_do() {
    assert_near(&up(&MIN_MAX, &[NAN, NAN]), &[NAN, NAN], 0.0);
}

#[test]
fn infinite_values_are_told_with_their_unit() {
    for method in [MIN_MAX, Normalise::None, Normalise::Rank, HDI_INCOME] {
        let found = error(&method, Direction::Down, &[1.0, NAN, f64::INFINITY]);
        assert_eq!(found.unit(), Some(2), "{method:?}");
    }
}

#[test]
fn scales_upside_down_and_targets_behind_are_refused() {
    let posts = Normalise::Goalposts {
        low: 5.0,
        high: 5.0,
        log: false,
        cap: Cap::Both,
        scale: 1.0,
    };
    assert!(matches!(
        error(&posts, Direction::Up, &[1.0, 2.0]),
        StepError::UpsideDown { .. }
    ));
    let target = Normalise::DistanceToTarget {
        target: 1.0,
        cap: false,
    };
    assert_eq!(
        error(&target, Direction::Up, &[1.0, 2.0]),
        StepError::Target {
            target: 1.0,
            worst: 1.0
        }
    );
    let reference = Normalise::DistanceToReference {
        unit: "B".into(),
        cap: false,
    };
    assert!(matches!(
        error(&reference, Direction::Up, &[2.0, 1.0]),
        StepError::LowReference { unit: 1, .. }
    ));
    assert_eq!(
        error(&reference, Direction::Up, &[2.0, NAN, 1.0]),
        StepError::NoReference
    );
    let uncapped = Normalise::Goalposts {
        low: 1.0,
        high: 9.0,
        log: true,
        cap: Cap::None,
        scale: 1.0,
    };
    assert_eq!(error(&uncapped, Direction::Up, &[2.0, 0.0]).unit(), Some(1));
}

#[test]
fn transformations_follow_each_other_in_order() {
    let steps = [
        Transform::Clamp {
            min: Some(10.0),
            max: Some(1000.0),
        },
        Transform::Reciprocal,
        Transform::Times(10.0),
    ];
    let mut values = [2.0, 40.0, NAN, 5000.0];
    transform(&steps, &mut values).unwrap();
    assert_near(&values, &[1.0, 0.25, NAN, 0.01], 1e-12);
    let steps = [
        Transform::Complement,
        Transform::SquareRoot,
        Transform::Plus(1.0),
        Transform::Log,
    ];
    let mut values = [0.75, NAN];
    transform(&steps, &mut values).unwrap();
    assert_near(&values, &[1.5f64.ln(), NAN], 1e-12);
    let mut values = [1.0, NAN];
    transform(&[Transform::Log1p, Transform::Power(2.0)], &mut values).unwrap();
    assert_near(&values, &[2f64.ln().powi(2), NAN], 1e-12);
}

#[test]
fn a_value_outside_the_domain_of_a_function_is_told() {
    let cases = [
        (Transform::Log, 0.0),
        (Transform::Log1p, -1.0),
        (Transform::SquareRoot, -1.0),
        (Transform::Reciprocal, 0.0),
        (Transform::Power(0.5), -1.0),
        (Transform::Power(-1.0), 0.0),
        (Transform::Times(2.0), f64::INFINITY),
        (Transform::Times(10.0), f64::MAX),
    ];
    for (step, value) in cases {
        let found = transform(&[step], &mut [1.0, NAN, value]).unwrap_err();
        assert_eq!(found.unit(), Some(2), "{step:?}");
    }
    let upside_down = Transform::Clamp {
        min: Some(2.0),
        max: Some(1.0),
    };
    assert!(matches!(
        transform(&[upside_down], &mut [1.0]),
        Err(StepError::UpsideDown { .. })
    ));
}

proptest! {
    #[test]
    fn min_max_and_z_score_do_not_depend_on_the_unit_of_measurement(
        values in known_column(3..40), scale in 0.01..100.0, shift in -1e3..1e3,
    ) {
        prop_assume!(values.iter().any(|x| (x - values[0]).abs() > 1.0));
        let moved: Vec<f64> = values.iter().map(|x| x * scale + shift).collect();
        for method in [MIN_MAX, Normalise::ZScore { mean: 0.0, sd: 1.0 }, Normalise::DistanceToMaximum] {
            assert_near(&up(&method, &moved), &up(&method, &values), 1e-6);
            assert_near(&down(&method, &moved), &down(&method, &values), 1e-6);
        }
    }

    #[test]
    fn the_order_of_units_does_not_matter(values in known_column(3..40), turn in 0usize..40) {
        prop_assume!(values.iter().any(|x| *x != values[0]));
        let turn = turn % values.len();
        let mut turned = values.clone();
        turned.rotate_left(turn);
        for method in [MIN_MAX, Normalise::ZScore { mean: 0.0, sd: 1.0 }, Normalise::Rank, Normalise::PercentileRank] {
            let mut expected = up(&method, &values);
            expected.rotate_left(turn);
            assert_near(&up(&method, &turned), &expected, 1e-9);
        }
    }

    #[test]
    fn more_is_never_less_and_turned_round_never_more(values in known_column(3..40)) {
        prop_assume!(values.iter().any(|x| *x != values[0]));
        let target = Normalise::DistanceToTarget { target: 2e3, cap: false };
        let posts = Normalise::Goalposts { low: -500.0, high: 500.0, log: false, cap: Cap::Both, scale: 100.0 };
        for method in [MIN_MAX, Normalise::Rank, Normalise::Borda, Normalise::DistanceToMaximum, target, posts] {
            let rising = up(&method, &values);
            let falling = if let Normalise::DistanceToTarget { .. } = method { None } else { Some(down(&method, &values)) };
            for i in 1..values.len() {
                if values[i] >= values[i - 1] {
                    prop_assert!(rising[i] >= rising[i - 1]);
                    prop_assert!(falling.as_ref().is_none_or(|falling| falling[i] <= falling[i - 1]));
                }
            }
        }
    }

    #[test]
    fn ranks_depend_on_the_order_of_values_alone(values in known_column(1..40)) {
        let stretched: Vec<f64> = values.iter().map(|x| (x / 300.0).exp()).collect();
        assert_near(&up(&Normalise::Rank, &stretched), &up(&Normalise::Rank, &values), 0.0);
    }
}

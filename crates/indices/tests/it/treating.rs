//! Outliers and missing values, by hand and for any values.

use lysoen_indices::impute::{NO_GROUP, across, along};
use lysoen_indices::recipe::{Impute, Treat};
use lysoen_indices::step::StepError;
use lysoen_indices::treat::{Treated, treat};
use proptest::prelude::*;

use crate::near::{assert_near, known_column};

const NAN: f64 = f64::NAN;

fn winsorise(at_most: usize, else_log: bool) -> Treat {
    Treat::Winsorise {
        at_most,
        skew: 2.0,
        kurtosis: 3.5,
        else_log,
    }
}

fn one_up_to(last: i32, more: &[f64]) -> Vec<f64> {
    (1..=last).map(f64::from).chain(more.iter().copied()).collect()
}

#[test]
fn the_extreme_value_becomes_the_next_until_the_rest_is_within_limits() {
    // COINr's own example: of 1…10, 30, 100 skewness is 3.06 and kurtosis 9.7; with 30 for 100 they are 1.71 and 1.8.
    let mut values = one_up_to(10, &[30.0, NAN, 100.0]);
    let done = treat(&winsorise(5, true), &mut values).unwrap();
    assert_near(&values, &one_up_to(10, &[30.0, NAN, 30.0]), 0.0);
    assert_eq!(
        done,
        Treated::Winsorised {
            low: 0,
            high: 1,
            enough: true
        }
    );
    assert_eq!(done.to_string(), "1 value winsorised (0 low, 1 high)");
}

#[test]
fn tied_values_move_together_and_each_counts() {
    // 1…20, 300, 1000: with 300 twice 3.03 and 8.0, and then both are set to 20.
    let mut values = one_up_to(20, &[300.0, 1000.0]);
    let done = treat(&winsorise(5, true), &mut values).unwrap();
    assert_near(&values, &one_up_to(20, &[20.0, 20.0]), 0.0);
    assert_eq!(
        done,
        Treated::Winsorised {
            low: 0,
            high: 2,
            enough: true
        }
    );
}

#[test]
fn where_the_skew_is_negative_the_smallest_value_is_moved() {
    let mut values: Vec<f64> = one_up_to(10, &[100.0]).iter().map(|x| -x).collect();
    let done = treat(&winsorise(5, true), &mut values).unwrap();
    assert_eq!(
        done,
        Treated::Winsorised {
            low: 1,
            high: 0,
            enough: true
        }
    );
    assert_eq!(values[10], -10.0);
}

#[test]
fn where_that_is_not_enough_the_untreated_values_are_put_on_a_logarithmic_scale() {
    // 1…20, 300, 1000 with one point at most: 300 twice is not within limits, nor is the logarithm (2.74 and 7.7), and yet
    // the logarithm ln(x − 1 + 0.01 · 999) stands.
    let untreated = one_up_to(20, &[300.0, NAN, 1000.0]);
    let mut values = untreated.clone();
    let done = treat(&winsorise(1, true), &mut values).unwrap();
    let expected: Vec<f64> = untreated.iter().map(|x| (x - 1.0 + 9.99).ln()).collect();
    assert_near(&values, &expected, 1e-12);
    assert_eq!(done, Treated::Logarithm { enough: false });

    let mut values = untreated.clone();
    let done = treat(&winsorise(1, false), &mut values).unwrap();
    assert_eq!(values[22], 300.0);
    assert!(
        done.to_string()
            .ends_with("which is not enough to bring skewness and kurtosis within limits")
    );

    let mut values = one_up_to(10, &[100.0]);
    assert_eq!(
        treat(&winsorise(0, true), &mut values).unwrap(),
        Treated::Logarithm { enough: true }
    );
}

#[test]
fn winsorising_never_makes_all_values_the_same() {
    // Skewness √5 · … = 2.24 and kurtosis 5: the rule asks to set the one to zero, which would leave nothing to compare.
    let mut values = [0.0, 0.0, 0.0, 0.0, 1.0];
    let done = treat(&winsorise(5, false), &mut values).unwrap();
    assert_eq!(
        (done, values[4]),
        (
            Treated::Winsorised {
                low: 0,
                high: 0,
                enough: false
            },
            1.0
        )
    );
    // Two different values are as skewed on any scale.
    assert_eq!(
        treat(&winsorise(5, true), &mut values).unwrap(),
        Treated::Logarithm { enough: false }
    );
}

#[test]
fn fewer_than_four_values_or_equal_ones_cannot_be_tested() {
    for mut values in [vec![1.0, 2.0, NAN, 900.0], vec![7.0; 9], vec![NAN]] {
        let before = values.clone();
        assert_eq!(treat(&winsorise(5, true), &mut values).unwrap(), Treated::NotTestable);
        assert_near(&values, &before, 0.0);
    }
}

#[test]
fn box_cox_takes_the_exponent_given_or_the_likeliest() {
    let mut values = [1.0, 4.0, NAN, 9.0];
    treat(&Treat::BoxCox { lambda: Some(0.5) }, &mut values).unwrap();
    assert_near(&values, &[0.0, 2.0, NAN, 4.0], 1e-12); // (√x − 1) / 0.5
    let mut values = [1.0, 4.0];
    treat(&Treat::BoxCox { lambda: Some(0.0) }, &mut values).unwrap();
    assert_near(&values, &[0.0, 4f64.ln()], 1e-12);

    // Of values whose logarithms are symmetric the likeliest exponent is 0 (the logarithm).
    let mut values: Vec<f64> = (-4..=4).map(|x| f64::from(x).exp()).collect();
    let Treated::BoxCox { lambda } = treat(&Treat::BoxCox { lambda: None }, &mut values).unwrap() else {
        panic!("another treatment");
    };
    assert!(lambda.abs() < 1e-6, "{lambda}");
}

#[test]
fn box_cox_needs_values_above_zero_that_differ() {
    let method = Treat::BoxCox { lambda: None };
    assert_eq!(treat(&method, &mut [1.0, NAN, 0.0]).unwrap_err().unit(), Some(2));
    assert!(matches!(
        treat(&method, &mut [1.0, 1.0]),
        Err(StepError::Constant { .. })
    ));
}

#[test]
fn missing_values_take_the_mean_or_median_of_the_units_or_of_their_group() {
    let values = [1.0, NAN, 3.0, 8.0, NAN, NAN];
    let groups = [0, 0, 0, 1, 1, NO_GROUP];
    let fill = |method: Impute| {
        let mut filled = values.to_vec();
        let units = across(&method, &groups, &mut filled).unwrap();
        (filled, units)
    };
    assert_near(&fill(Impute::Mean).0, &[1.0, 4.0, 3.0, 8.0, 4.0, 4.0], 1e-12);
    assert_near(&fill(Impute::Median).0, &[1.0, 3.0, 3.0, 8.0, 3.0, 3.0], 1e-12);
    let (filled, units) = fill(Impute::GroupMean("region".into()));
    assert_near(&filled, &[1.0, 2.0, 3.0, 8.0, 8.0, NAN], 1e-12);
    assert_eq!(
        units,
        [1, 4],
        "the unit without a group stays missing and is not told as filled"
    );
    assert_near(
        &fill(Impute::GroupMedian("region".into())).0,
        &[1.0, 2.0, 3.0, 8.0, 8.0, NAN],
        1e-12,
    );
    assert_eq!(fill(Impute::None).1, [0usize; 0]);
}

#[test]
fn a_group_without_a_value_stays_missing() {
    let mut values = [1.0, NAN];
    assert!(
        across(&Impute::GroupMean("region".into()), &[0, 1], &mut values)
            .unwrap()
            .is_empty()
    );
    assert!(values[1].is_nan());
}

#[test]
fn gaps_between_years_are_bridged_on_a_straight_line_if_they_are_not_too_long() {
    let years = [2000, 2001, 2004, 2010, 2012, 2013];
    let series = [NAN, 10.0, NAN, NAN, 43.0, NAN];
    let mut filled = series;
    // From 10 in 2001 to 43 in 2012 it rises by 3 a year.
    assert_eq!(
        along(&Impute::Interpolate { within: None }, &years, &mut filled),
        [2, 3]
    );
    assert_near(&filled, &[NAN, 10.0, 19.0, 37.0, 43.0, NAN], 1e-12);
    let mut filled = series;
    assert!(along(&Impute::Interpolate { within: Some(10) }, &years, &mut filled).is_empty());
    assert_eq!(
        along(&Impute::Interpolate { within: Some(11) }, &years, &mut filled),
        [2, 3]
    );
}

#[test]
fn the_nearest_year_fills_within_its_limit_and_the_earlier_of_two() {
    let years = [2000, 2001, 2002, 2003, 2004, 2008];
    let mut series = [NAN, 1.0, NAN, 3.0, NAN, NAN];
    assert_eq!(along(&Impute::Nearest { within: 2 }, &years, &mut series), [0, 2, 4]);
    // 2002 is as near to 2001 as to 2003; 2008 is five years from 2003, and what was filled in 2004 fills nothing.
    assert_near(&series, &[1.0, 1.0, 1.0, 3.0, 3.0, NAN], 0.0);
}

proptest! {
    #[test]
    fn treatment_keeps_the_order_of_values_and_what_is_missing(
        values in known_column(4..40), outlier in 1e4..1e7, gap in 0usize..4, else_log in any::<bool>(),
    ) {
        let mut values = values;
        values.push(outlier);
        values[gap] = NAN;
        let before = values.clone();
        treat(&winsorise(3, else_log), &mut values).unwrap();
        for (i, j) in (0..values.len()).flat_map(|i| (0..values.len()).map(move |j| (i, j))) {
            prop_assert_eq!(values[i].is_nan(), before[i].is_nan());
            let above = before[i] >= before[j];
            prop_assert!(!above || values[i] >= values[j]);
        }
    }

    #[test]
    fn treatment_does_not_depend_on_the_order_of_units(values in known_column(4..40), outlier in 1e4..1e7, turn in 0usize..40) {
        let mut values = values;
        values.push(outlier);
        let turn = turn % values.len();
        let mut turned = values.clone();
        turned.rotate_left(turn);
        let done = treat(&winsorise(5, true), &mut values).unwrap();
        prop_assert_eq!(treat(&winsorise(5, true), &mut turned).unwrap(), done);
        values.rotate_left(turn);
        assert_near(&turned, &values, 1e-9);
    }
}

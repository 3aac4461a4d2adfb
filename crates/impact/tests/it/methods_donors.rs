//! Methods that weigh donors: optima tried by their conditions and by brute force, and what must not change them.

use lysoen_impact::{Design, Donor, Fit, Method, Unfit};
use proptest::prelude::*;

use crate::prop99::near;

/// A design from series, the unit's first.
pub(crate) fn design(pre: usize, series: &[Vec<f64>]) -> Design {
    let periods = series[0].len();
    let donors = series[1..].iter().enumerate().map(|(number, values)| Donor {
        unit: format!("donor {number}"),
        values: values.clone(),
    });
    Design::new(
        "unit",
        (0..periods).map(|time| time.to_string()).collect(),
        (0..periods).map(|time| time as f64).collect(),
        pre,
        series[0].clone(),
        donors.collect(),
    )
    .unwrap()
}

pub(crate) fn weights(fit: &Fit) -> Vec<f64> {
    fit.weights.iter().map(|weight| weight.weight).collect()
}

fn changed(design: &Design, change: impl Fn(f64) -> f64) -> Design {
    let mut design = design.clone();
    design.observed.iter_mut().for_each(|value| *value = change(*value));
    for donor in &mut design.donors {
        donor.values.iter_mut().for_each(|value| *value = change(*value));
    }
    design
}

/// Series of units over periods; few and many donors, rough and smooth, some zero throughout.
fn panels() -> impl Strategy<Value = (usize, Vec<Vec<f64>>)> {
    (3_usize..12, 1_usize..4, 2_usize..40).prop_flat_map(|(pre, post, donors)| {
        let value = prop_oneof![3 => -10.0..10.0_f64, 1 => Just(0.0), 1 => (0.0..6.0_f64).prop_map(f64::exp)];
        let series = prop::collection::vec(value, pre + post);
        let series = (series, prop::bool::weighted(0.1)).prop_map(|(mut values, zero)| {
            if zero {
                values.fill(0.0);
            }
            values
        });
        (Just(pre), prop::collection::vec(series, donors + 1))
    })
}

/// The conditions of an optimum of |A w − b|² + penalty |w|² over the simplex, as shares of the lengths that enter.
fn is_optimal(columns: &[Vec<f64>], target: &[f64], weights: &[f64], penalty: f64) -> Result<(), TestCaseError> {
    let residual: Vec<f64> = (0..target.len())
        .map(|row| {
            columns
                .iter()
                .zip(weights)
                .map(|(column, weight)| column[row] * weight)
                .sum::<f64>()
                - target[row]
        })
        .collect();
    let slopes: Vec<f64> = columns
        .iter()
        .zip(weights)
        .map(|(column, weight)| {
            let apart = column.iter().zip(target).map(|(value, target)| value - target);
            apart.zip(&residual).map(|(value, left)| value * left).sum::<f64>() + penalty * weight
        })
        .collect();
    let level: f64 = slopes.iter().zip(weights).map(|(slope, weight)| slope * weight).sum();
    let size = columns
        .iter()
        .flatten()
        .chain(target)
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    let allowed = 1e-8 * size * size;
    prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-10);
    for (slope, weight) in slopes.iter().zip(weights) {
        prop_assert!(*weight >= 0.0);
        prop_assert!(slope - level >= -allowed, "{slope} below {level}");
        prop_assert!(
            weight * (slope - level) <= allowed,
            "{slope} above {level} with weight {weight}"
        );
    }
    Ok(())
}

fn demeaned(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| value - mean).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn convex_weights_meet_the_conditions_of_an_optimum((pre, series) in panels()) {
        let design = design(pre, &series);
        prop_assume!(series[0][..pre].iter().any(|value| *value != series[0][0]));
        let before = |of: fn(&[f64]) -> Vec<f64>| design.donors.iter().map(|donor| of(&donor.values[..pre])).collect::<Vec<_>>();
        let fit = Method::Synthetic.fit(&design).unwrap();
        is_optimal(&before(<[f64]>::to_vec), &design.observed[..pre], &weights(&fit), 0.0)?;
        let fit = Method::Difp.fit(&design).unwrap();
        is_optimal(&before(demeaned), &demeaned(&design.observed[..pre]), &weights(&fit), 0.0)?;
        let fit = Method::Sdid.fit(&design).unwrap();
        let changes: Vec<f64> = design
            .donors
            .iter()
            .flat_map(|donor| donor.values[..pre].windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>())
            .collect();
        let variance = demeaned(&changes).iter().map(|change| change * change).sum::<f64>() / (changes.len() - 1) as f64;
        let penalty = (design.post() as f64).sqrt() * variance * pre as f64;
        is_optimal(&before(demeaned), &demeaned(&design.observed[..pre]), &weights(&fit), penalty)?;
        let after = |values: &[f64]| values[pre..].iter().sum::<f64>() / (values.len() - pre) as f64;
        let columns: Vec<Vec<f64>> = (0..pre)
            .map(|time| demeaned(&design.donors.iter().map(|donor| donor.values[time]).collect::<Vec<_>>()))
            .collect();
        let target = demeaned(&design.donors.iter().map(|donor| after(&donor.values)).collect::<Vec<_>>());
        let times: Vec<f64> = fit.time_weights.iter().map(|weight| weight.weight).collect();
        is_optimal(&columns, &target, &times, 0.0)?;
    }

    #[test]
    fn neither_scale_nor_shift_nor_order_changes_the_convex_weights(
        (pre, series) in panels(), scale in prop_oneof![Just(1e-6), Just(1e9), Just(3.0)], shift in -20.0..20.0_f64,
    ) {
        let plain = design(pre, &series);
        prop_assume!(series[0][..pre].iter().any(|value| *value != series[0][0]));
        let mut reversed = plain.clone();
        reversed.donors.reverse();
        for method in [Method::Synthetic, Method::Difp, Method::Sdid] {
            let fit = method.fit(&plain).unwrap();
            let scaled = method.fit(&changed(&plain, |value| value * scale)).unwrap();
            prop_assert!((scaled.effect / scale - fit.effect).abs() < 1e-5 * (1.0 + fit.effect.abs()));
            for (one, other) in weights(&fit).iter().zip(weights(&scaled)) {
                prop_assert!((one - other).abs() < 1e-5, "{method}: {one} {other}");
            }
            let shifted = method.fit(&changed(&plain, |value| value + shift)).unwrap();
            prop_assert!((shifted.effect - fit.effect).abs() < 1e-5 * (1.0 + fit.effect.abs()));
            for (one, other) in weights(&fit).iter().rev().zip(weights(&method.fit(&reversed).unwrap())) {
                prop_assert!((one - other).abs() < 1e-5, "{method}: {one} {other}");
            }
        }
    }
}

#[test]
fn no_weights_of_a_fine_grid_fit_better() {
    let series = [
        vec![3.0, 4.5, 5.0, 6.5, 7.0, 9.0],
        vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        vec![8.0, 6.0, 7.0, 9.0, 8.0, 7.0],
        vec![2.0, 7.0, 4.0, 8.0, 11.0, 3.0],
    ];
    let design = design(5, &series);
    let fit = Method::Synthetic.fit(&design).unwrap();
    let steps = 400;
    let mut best = f64::INFINITY;
    for (one, two) in (0..=steps).flat_map(|one| (0..=steps - one).map(move |two| (one, two))) {
        let share = [one, two, steps - one - two].map(|part| f64::from(part) / f64::from(steps));
        let gap =
            |time: usize| series[0][time] - (0..3).map(|donor| share[donor] * series[donor + 1][time]).sum::<f64>();
        best = f64::min(
            best,
            ((0..5).map(|time| gap(time) * gap(time)).sum::<f64>() / 5.0).sqrt(),
        );
    }
    assert!(fit.pre_rmspe <= best);
    near(fit.pre_rmspe, best, 1e-4);
}

#[test]
fn of_weights_that_fit_alike_the_most_even_are_taken_and_it_is_said() {
    // The unit is the middle of the second donor and either the first or its twin, or of other pairs.
    let series = [
        vec![1.0, 2.0, 1.0, 9.0],
        vec![0.0, 4.0, 0.0, 3.0],
        vec![2.0, 0.0, 2.0, 5.0],
        vec![0.0, 4.0, 0.0, 7.0],
    ];
    let fit = Method::Synthetic.fit(&design(3, &series)).unwrap();
    for (found, wanted) in weights(&fit).iter().zip([0.25, 0.5, 0.25]) {
        near(*found, wanted, 1e-9);
    }
    assert!(fit.notes[0].contains("spread most evenly"), "{:?}", fit.notes);
    // Without the twin there is one set of weights.
    assert!(
        Method::Synthetic
            .fit(&design(3, &series[..3]))
            .unwrap()
            .notes
            .is_empty()
    );
}

#[test]
fn a_unit_that_is_a_donor_twice_over_is_that_donor() {
    let series = [
        vec![1.0, 5.0, 2.0, 4.0],
        vec![9.0, 1.0, 8.0, 1.0],
        vec![1.0, 5.0, 2.0, 1.0],
    ];
    let fit = Method::Synthetic.fit(&design(3, &series)).unwrap();
    near(weights(&fit)[1], 1.0, 1e-9);
    near(fit.effect, 3.0, 1e-9);
}

#[test]
fn the_ridge_adds_to_the_convex_control_what_its_formula_says() {
    // λ is read from the notes, and (X₀ᵀX₀ + λ)⁻¹ is that of a 3 × 3 matrix.
    let series = [
        vec![9.0, 1.0, 6.0, 3.0],
        vec![1.0, 2.0, 3.0, 4.0],
        vec![6.0, 4.0, 7.0, 9.0],
        vec![2.0, 5.0, 4.0, 8.0],
        vec![0.0, 9.0, 1.0, 3.0],
    ];
    let design = design(3, &series);
    let (ridge, convex) = (
        Method::Ridge.fit(&design).unwrap(),
        Method::Synthetic.fit(&design).unwrap(),
    );
    let penalty: f64 = ridge.notes[0].split([' ', ',']).nth(2).unwrap().parse().unwrap();
    let middle: Vec<f64> = (0..3)
        .map(|time| (1..5).map(|donor| series[donor][time]).sum::<f64>() / 4.0)
        .collect();
    let x: Vec<Vec<f64>> = (1..5)
        .map(|donor| (0..3).map(|time| series[donor][time] - middle[time]).collect())
        .collect();
    // The correction c = X₀ q solves (X₀ᵀX₀ + λ) q = gap.
    let gaps = convex.gaps(&design);
    let q = solve(
        (0..3)
            .map(|row| {
                let products = (0..3).map(|column| x.iter().map(|x| x[row] * x[column]).sum::<f64>());
                let mut line: Vec<f64> = products.collect();
                line[row] += penalty;
                line.push(gaps[row]);
                line
            })
            .collect(),
    );
    for (donor, (with, without)) in weights(&ridge).iter().zip(weights(&convex)).enumerate() {
        let correction: f64 = x[donor].iter().zip(&q).map(|(x, q)| x * q).sum();
        near(with - without, correction, 1e-4);
    }
}

/// Gauss & Jordan, without exchange of rows: the matrix is positive definite.
fn solve(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    for pivot in 0..rows.len() {
        let head = rows[pivot][pivot];
        rows[pivot].iter_mut().for_each(|value| *value /= head);
        let line = rows[pivot].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != pivot) {
            let share = row[pivot];
            row.iter_mut().zip(&line).for_each(|(value, of)| *value -= share * of);
        }
    }
    rows.into_iter().map(|row| row[row.len() - 1]).collect()
}

#[test]
fn what_cannot_be_compared_is_a_sentence() {
    let flat = design(
        3,
        &[
            vec![2.0; 5],
            vec![1.0, 2.0, 3.0, 4.0, 5.0],
            vec![5.0, 2.0, 4.0, 4.0, 1.0],
        ],
    );
    for method in Method::ALL {
        assert!(
            matches!(method.fit(&flat), Err(Unfit::Constant { value: 2.0, .. })),
            "{method}"
        );
    }
    let alone = design(3, &[vec![1.0, 3.0, 2.0, 4.0]]);
    for method in Method::ALL.into_iter().filter(|method| *method != Method::Its) {
        assert!(
            matches!(method.fit(&alone), Err(Unfit::TooFewDonors { .. })),
            "{method}"
        );
    }
    let short = design(1, &[vec![1.0, 3.0], vec![2.0, 4.0], vec![3.0, 3.0]]);
    for method in Method::ALL.into_iter().filter(|method| *method != Method::Did) {
        assert!(
            matches!(method.fit(&short), Err(Unfit::TooFewBefore { .. })),
            "{method}"
        );
    }
}

#[test]
fn changes_over_a_period_set_aside_are_no_changes_of_a_period() {
    let series = [
        vec![1.0, 2.0, 4.0, 5.0, 7.0, 3.0],
        vec![3.0, 2.0, 9.0, 8.0, 9.0, 4.0],
        vec![5.0, 6.0, 1.0, 2.0, 1.0, 2.0],
        vec![2.0, 2.0, 3.0, 4.0, 4.0, 5.0],
    ];
    let whole = design(4, &series);
    let mut leaping = whole.clone();
    leaping.at = vec![0.0, 1.0, 5.0, 6.0, 7.0, 8.0];
    // The leaps of the first two donors, 7 and −5, enter the spread of the first alone.
    assert_ne!(
        weights(&Method::Sdid.fit(&whole).unwrap()),
        weights(&Method::Sdid.fit(&leaping).unwrap())
    );
    let mut apart = whole;
    apart.at = vec![0.0, 2.0, 4.0, 6.0, 8.0, 10.0];
    let told = Method::Sdid.fit(&apart).unwrap_err().to_string();
    assert!(
        told.contains("no two periods before the policy follow each other"),
        "{told}"
    );
}

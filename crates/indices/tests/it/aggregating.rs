//! Aggregation by hand, by INFORM's own figures, and what must hold for any values.

use lysoen_indices::aggregate::aggregate;
use lysoen_indices::recipe::Aggregate;
use lysoen_indices::step::StepError;
use proptest::prelude::*;

use crate::near::assert_near;

const NAN: f64 = f64::NAN;
const INFORM: Aggregate = Aggregate::InvertedGeometric { low: 0.0, high: 10.0 };

fn tried(method: &Aggregate, weights: &[f64], parts: &[&[f64]], needs: f64) -> Result<Vec<f64>, StepError> {
    let mut out = vec![0.0; parts.first().map_or(0, |part| part.len())];
    aggregate(method, weights, parts, needs, &mut out).map(|()| out)
}

fn of(method: &Aggregate, weights: &[f64], parts: &[&[f64]]) -> Vec<f64> {
    tried(method, weights, parts, 0.0).expect("parts that can be aggregated")
}

fn error(method: &Aggregate, parts: &[&[f64]]) -> StepError {
    tried(method, &vec![1.0; parts.len()], parts, 0.0).expect_err("parts that cannot be aggregated")
}

#[test]
fn means_leave_missing_parts_out_and_the_weights_of_the_others_grow() {
    let parts: [&[f64]; 2] = [&[1.0, NAN, 2.0, NAN], &[4.0, 4.0, NAN, NAN]];
    let weights = [3.0, 1.0];
    assert_near(
        &of(&Aggregate::Arithmetic, &weights, &parts),
        &[1.75, 4.0, 2.0, NAN],
        1e-12,
    );
    // (1³ · 4)^(1/4) = √2; 4 / (3/1 + 1/4) = 16/13; ((3 · 1 + 16) / 4)^(1/2)
    assert_near(
        &of(&Aggregate::Geometric, &weights, &parts),
        &[2f64.sqrt(), 4.0, 2.0, NAN],
        1e-12,
    );
    assert_near(
        &of(&Aggregate::Harmonic, &weights, &parts),
        &[16.0 / 13.0, 4.0, 2.0, NAN],
        1e-12,
    );
    assert_near(
        &of(&Aggregate::Power(2.0), &weights, &parts),
        &[4.75f64.sqrt(), 4.0, 2.0, NAN],
        1e-12,
    );
}

#[test]
fn a_unit_with_too_few_parts_gets_no_value() {
    let parts: [&[f64]; 3] = [&[1.0, 1.0, 1.0], &[2.0, NAN, NAN], &[3.0, 3.0, NAN]];
    let weights = [1.0; 3];
    // A third of a third, so that 2 of 3 parts must pass in spite of rounding.
    for method in [
        Aggregate::Arithmetic,
        Aggregate::MazziottaPareto { add: true },
        Aggregate::Copeland,
    ] {
        let out = tried(&method, &weights, &parts, 2.0 / 3.0).unwrap();
        assert_eq!(
            out.iter().map(|x| x.is_nan()).collect::<Vec<_>>(),
            [false, false, true],
            "{method:?}"
        );
    }
}

#[test]
fn a_part_of_weight_zero_has_no_say() {
    let parts: [&[f64]; 2] = [&[4.0, NAN], &[-1.0, 5.0]];
    assert_near(&of(&Aggregate::Geometric, &[1.0, 0.0], &parts), &[4.0, NAN], 1e-12);
}

#[test]
fn values_of_zero_or_less_are_told_with_the_first_unit() {
    let parts: [&[f64]; 2] = [&[1.0, 1.0, 0.0], &[1.0, -2.0, 1.0]];
    for method in [
        Aggregate::Geometric,
        Aggregate::Harmonic,
        Aggregate::Power(-1.0),
        Aggregate::Power(0.0),
    ] {
        let found = error(&method, &parts);
        assert_eq!(found.unit(), Some(1), "{method:?}");
        assert!(
            found
                .to_string()
                .contains("needs values above zero, and the value is -2"),
            "{found}"
        );
    }
    assert_near(
        &of(&Aggregate::Power(1.0), &[1.0, 1.0], &parts),
        &[1.0, -0.5, 0.5],
        1e-12,
    );
}

#[test]
fn weights_must_be_zero_or_more_and_not_all_zero() {
    let parts: [&[f64]; 2] = [&[1.0], &[2.0]];
    let with = |weights: &[f64]| tried(&Aggregate::Arithmetic, weights, &parts, 0.0).unwrap_err();
    assert_eq!(with(&[1.0, -1.0]).part(), Some(1));
    assert_eq!(with(&[NAN, 1.0]).part(), Some(0));
    assert_eq!(with(&[0.0, 0.0]), StepError::NoWeight);
}

#[test]
fn infinite_parts_and_infinite_results_are_told() {
    assert_eq!(
        error(&Aggregate::Minimum, &[&[1.0, f64::INFINITY], &[1.0, 2.0]]).unit(),
        Some(1)
    );
    assert_eq!(
        error(&Aggregate::Product, &[&[1.0, f64::MAX], &[1.0, 2.0]]).unit(),
        Some(1)
    );
}

#[test]
fn extremes_sums_products_and_ratios() {
    let parts: [&[f64]; 2] = [&[1.0, NAN, 6.0], &[4.0, 4.0, 3.0]];
    let weights = [0.7, 1.0];
    assert_near(&of(&Aggregate::Maximum, &weights, &parts), &[4.0, 4.0, 6.0], 0.0);
    assert_near(&of(&Aggregate::Minimum, &weights, &parts), &[1.0, 4.0, 3.0], 0.0);
    assert_near(&of(&Aggregate::Sum, &weights, &parts), &[4.7, NAN, 7.2], 1e-12);
    assert_near(&of(&Aggregate::Product, &weights, &parts), &[4.0, NAN, 18.0], 1e-12);
    assert_near(&of(&Aggregate::Ratio, &weights, &parts), &[0.25, NAN, 2.0], 1e-12);
    assert_eq!(
        error(&Aggregate::Ratio, &[&[1.0, NAN, 1.0], &[1.0, 0.0, 0.0]]).unit(),
        Some(2)
    );
    assert!(matches!(
        error(&Aggregate::Ratio, &[&[1.0]]),
        StepError::Parts { found: 1, .. }
    ));
}

#[test]
fn the_inverted_geometric_mean_pulls_towards_the_higher_value() {
    // y = (10 − x) · 9/10 + 1 of 8 and 2 are 2.8 and 8.2; √(2.8 · 8.2) = 4.791660; 10 − 3.791660 · 10/9 = 5.787045
    assert_near(
        &of(&INFORM, &[1.0, 1.0], &[&[8.0, 10.0], &[2.0, NAN]]),
        &[5.787_045, 10.0],
        1e-6,
    );
    let found = error(&INFORM, &[&[8.0], &[10.5]]);
    assert!(
        found
            .to_string()
            .contains("needs values on its scale, and the value is 10.5"),
        "{found}"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_inverted_geometric_mean_is_informs_for_all_countries_of_2020() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/inform_reference/inform_gri_2020_v040.csv"
    );
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name: &str| -> Vec<f64> {
        let at = header.iter().position(|column| column.trim() == name).unwrap();
        rows.iter().map(|row| row[at].parse().unwrap_or(f64::NAN)).collect()
    };
    let groups: [(&str, &[&str]); 4] = [
        (
            "Natural",
            &[
                "Earthquake",
                "Flood",
                "Tsunami",
                "Tropical Cyclone",
                "Drought",
                "Epidemic",
            ],
        ),
        ("HAZARD & EXPOSURE", &["Natural", "Human"]),
        ("Vulnerable Groups", &["Uprooted people", "Other Vulnerable Groups"]),
        ("LACK OF COPING CAPACITY", &["Institutional", "Infrastructure"]),
    ];
    for (whole, parts) in groups {
        let columns: Vec<Vec<f64>> = parts.iter().map(|part| column(part)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let found = of(&INFORM, &vec![1.0; parts.len()], &columns);
        let published = column(whole);
        assert_eq!(published.iter().filter(|x| !x.is_nan()).count(), 191);
        for (found, published) in found.iter().zip(published).filter(|(_, published)| !published.is_nan()) {
            // Parts and whole are published to one decimal: 0.05 each.
            assert!(
                (found - published).abs() <= 0.1 + 1e-9,
                "{whole}: {found} should be {published}"
            );
        }
    }
}

#[test]
fn copeland_counts_wins_less_defeats_by_weighted_majority() {
    // A over B in two of three parts, B over C in two, C over A in two: a cycle, each one win and one defeat. D loses all.
    let parts: [&[f64]; 3] = [&[3.0, 2.0, 1.0, 0.0], &[2.0, 1.0, 3.0, 0.0], &[1.0, 3.0, 2.0, 0.0]];
    assert_near(
        &of(&Aggregate::Copeland, &[1.0; 3], &parts),
        &[1.0, 1.0, 1.0, -3.0],
        0.0,
    );
    // With weight 3 of 5 the first part decides alone.
    assert_near(
        &of(&Aggregate::Copeland, &[3.0, 1.0, 1.0], &parts),
        &[3.0, 1.0, -1.0, -3.0],
        0.0,
    );
    // Half against half is a tie, also with weights that do not add up exactly: 0.1 + 0.2 against 0.3.
    let parts: [&[f64]; 3] = [&[1.0, 0.0], &[1.0, 0.0], &[0.0, 1.0]];
    assert_near(&of(&Aggregate::Copeland, &[0.1, 0.2, 0.3], &parts), &[0.0, 0.0], 0.0);
    // What is missing in one of two units is left out of their comparison.
    let parts: [&[f64]; 2] = [&[NAN, 5.0, 1.0], &[2.0, 1.0, NAN]];
    assert_near(&of(&Aggregate::Copeland, &[1.0; 2], &parts), &[1.0, 0.0, -1.0], 0.0);
}

#[test]
fn benefit_of_the_doubt_takes_the_weights_that_are_best_for_each_unit() {
    // For C: 5a + 5b under 10a + 2b ≤ 1 and 4a + 8b ≤ 1, both of which bind at a = b = 1/12: 10/12. A and B set the limits.
    let parts: [&[f64]; 2] = [&[10.0, 4.0, 5.0, NAN], &[2.0, 8.0, 5.0, 4.0]];
    let free = Aggregate::BenefitOfTheDoubt { at_least: 0.0 };
    assert_near(&of(&free, &[1.0, 1.0], &parts), &[1.0, 1.0, 10.0 / 12.0, 0.5], 1e-9);
    // If each part must give 40 % of the score, A's second needs 2b ≥ 0.4 (10a + 2b), so b = 10a/3; B's limit is
    // 4a + 8b = 1, so a = 3/92 and A has 10a + 2b = 25/46.
    let shared = Aggregate::BenefitOfTheDoubt { at_least: 0.4 };
    assert_near(&of(&shared, &[1.0, 1.0], &parts)[..1], &[25.0 / 46.0], 1e-8);
    assert!(matches!(
        error(&Aggregate::BenefitOfTheDoubt { at_least: 0.6 }, &parts),
        StepError::Setting { value: 0.6, .. }
    ));
    assert_eq!(error(&free, &[&[1.0, NAN, -1.0]]).unit(), Some(2));
}

#[test]
fn mazziotta_and_pareto_take_the_imbalance_of_the_parts_off_their_mean_or_add_it() {
    // mean 100, population variance 100: 100 ∓ 100/100
    let parts: [&[f64]; 2] = [&[90.0, 100.0], &[110.0, 100.0]];
    assert_near(
        &of(&Aggregate::MazziottaPareto { add: false }, &[1.0; 2], &parts),
        &[99.0, 100.0],
        1e-12,
    );
    assert_near(
        &of(&Aggregate::MazziottaPareto { add: true }, &[1.0; 2], &parts),
        &[101.0, 100.0],
        1e-12,
    );
    // With weights 3 and 1: mean 95, variance (3 · 25 + 225) / 4 = 75
    assert_near(
        &of(&Aggregate::MazziottaPareto { add: false }, &[3.0, 1.0], &parts),
        &[95.0 - 75.0 / 95.0, 100.0],
        1e-12,
    );
    assert_eq!(
        error(&Aggregate::MazziottaPareto { add: false }, &[&[1.0, -2.0], &[1.0, 1.0]]).unit(),
        Some(1)
    );
}

#[test]
fn sullivans_expectancy_leaves_out_the_years_lived_with_the_threat() {
    // Crude: 70 · 0.8. By age: 4.9 · 0.9 + 60 · 0.75 = 49.41
    assert_near(
        &of(&Aggregate::Sullivan, &[1.0; 2], &[&[70.0, 70.0], &[0.2, NAN]]),
        &[56.0, NAN],
        1e-12,
    );
    assert_near(
        &of(&Aggregate::Sullivan, &[1.0; 4], &[&[4.9], &[0.1], &[60.0], &[0.25]]),
        &[49.41],
        1e-12,
    );
    assert!(matches!(
        error(&Aggregate::Sullivan, &[&[70.0]]),
        StepError::Parts { found: 1, .. }
    ));
    assert_eq!(error(&Aggregate::Sullivan, &[&[70.0], &[20.0]]).unit(), Some(0));
}

#[test]
fn the_union_of_threats_lies_between_frechets_bounds() {
    // 1 − 0.7 · 0.5 · 0.6 = 0.79; the sum is 1.2. A missing threat leaves the lower bound alone.
    let parts: [&[f64]; 3] = [&[0.3, NAN], &[0.5, 0.5], &[0.4, 0.1]];
    let weights = [1.0; 3];
    assert_near(&of(&Aggregate::FrechetLower, &weights, &parts), &[0.5, 0.5], 1e-12);
    assert_near(&of(&Aggregate::FrechetUpper, &weights, &parts), &[1.0, NAN], 1e-12);
    assert_near(&of(&Aggregate::IndependentUnion, &weights, &parts), &[0.79, NAN], 1e-12);
    assert!(
        error(&Aggregate::FrechetLower, &[&[30.0]])
            .to_string()
            .contains("divide per cent by 100")
    );
}

#[test]
fn the_number_of_threads_does_not_change_a_byte() {
    let column = |seed: u64| -> Vec<f64> {
        let next = |x: u64| {
            x.wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407)
        };
        let draws = std::iter::successors(Some(next(seed)), |x| Some(next(*x)));
        draws
            .take(700)
            .map(|x| {
                if x >> 60 == 0 {
                    NAN
                } else {
                    (x >> 33) as f64 / 1e7 + 1.0
                }
            })
            .collect()
    };
    let columns: Vec<Vec<f64>> = (1..=4).map(column).collect();
    let parts: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    for method in [Aggregate::Copeland, Aggregate::BenefitOfTheDoubt { at_least: 0.05 }] {
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| of(&method, &[0.1, 0.2, 0.3, 0.4], &parts))
                .iter()
                .map(|x| x.to_bits())
                .collect::<Vec<_>>()
        };
        assert_eq!(with(1), with(2), "{method:?}");
    }
}

/// Three parts of the same number of units, above zero and below ten.
fn parts() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1usize..20).prop_flat_map(|units| prop::collection::vec(prop::collection::vec(0.1..9.9, units), 3))
}

fn weights() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.1..5.0, 3)
}

const MEANS: [Aggregate; 5] = [
    Aggregate::Arithmetic,
    Aggregate::Geometric,
    Aggregate::Harmonic,
    Aggregate::Power(3.0),
    INFORM,
];

fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
    columns.iter().map(Vec::as_slice).collect()
}

proptest! {
    #[test]
    fn means_lie_between_their_parts_and_in_their_known_order(columns in parts(), weights in weights()) {
        let parts = slices(&columns);
        let found: Vec<Vec<f64>> = MEANS.iter().map(|method| of(method, &weights, &parts)).collect();
        let (least, most) = (of(&Aggregate::Minimum, &weights, &parts), of(&Aggregate::Maximum, &weights, &parts));
        for unit in 0..parts[0].len() {
            for mean in &found {
                prop_assert!(mean[unit] >= least[unit] - 1e-9 && mean[unit] <= most[unit] + 1e-9);
            }
            let [arithmetic, geometric, harmonic, cubic, inverted] = [0, 1, 2, 3, 4].map(|k: usize| found[k][unit]);
            prop_assert!(harmonic <= geometric + 1e-9 && geometric <= arithmetic + 1e-9 && arithmetic <= cubic + 1e-9);
            prop_assert!(inverted >= arithmetic - 1e-9);
        }
    }

    #[test]
    fn the_scale_of_the_weights_does_not_matter(columns in parts(), weights in weights(), scale in 0.01..100.0) {
        let parts = slices(&columns);
        let scaled: Vec<f64> = weights.iter().map(|w| w * scale).collect();
        for method in MEANS.iter().chain(&[Aggregate::Copeland, Aggregate::MazziottaPareto { add: true }]) {
            assert_near(&of(method, &scaled, &parts), &of(method, &weights, &parts), 1e-9);
        }
    }

    #[test]
    fn a_part_that_rises_lowers_no_mean(columns in parts(), weights in weights(), part in 0usize..3, rise in 0.0..0.1) {
        let mut higher = columns.clone();
        higher[part].iter_mut().for_each(|x| *x += rise);
        for method in &MEANS {
            let (before, after) = (of(method, &weights, &slices(&columns)), of(method, &weights, &slices(&higher)));
            prop_assert!(before.iter().zip(after).all(|(before, after)| after >= before - 1e-12));
        }
    }

    #[test]
    fn units_do_not_depend_on_their_order(columns in parts(), weights in weights(), turn in 0usize..20) {
        let units = columns[0].len();
        let mut turned = columns.clone();
        turned.iter_mut().for_each(|column| column.rotate_left(turn % units));
        for method in MEANS.iter().chain(&[Aggregate::Copeland, Aggregate::BenefitOfTheDoubt { at_least: 0.0 }]) {
            let mut expected = of(method, &weights, &slices(&columns));
            expected.rotate_left(turn % units);
            assert_near(&of(method, &weights, &slices(&turned)), &expected, 1e-7);
        }
    }

    #[test]
    fn copelands_scores_sum_to_zero(columns in parts(), weights in weights()) {
        prop_assert_eq!(of(&Aggregate::Copeland, &weights, &slices(&columns)).iter().sum::<f64>(), 0.0);
    }

    #[test]
    fn benefit_of_the_doubt_does_not_depend_on_the_scale_of_a_part(columns in parts(), scale in 0.01..100.0) {
        let free = Aggregate::BenefitOfTheDoubt { at_least: 0.1 };
        let found = of(&free, &[1.0; 3], &slices(&columns));
        prop_assert!(found.iter().all(|score| *score > 0.0 && *score <= 1.0));
        let mut scaled = columns.clone();
        scaled[1].iter_mut().for_each(|x| *x *= scale);
        assert_near(&of(&free, &[1.0; 3], &slices(&scaled)), &found, 1e-7);
    }
}

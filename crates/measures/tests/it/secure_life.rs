//! Years of secure life: a published table, examples worked by hand, and what holds of any table.

use lysoen_measures::secure_life::{AgeInterval, LifeTableError, Measured, crude, sullivan};
use proptest::prelude::*;

fn interval(from: f64, survivors: f64, years: f64, prevalence: f64, sample: Option<f64>) -> AgeInterval {
    AgeInterval {
        from,
        survivors,
        years,
        prevalence,
        sample,
    }
}

/// Permanent disability among women in France in 1991, from age 65 on: tables 1 and 3 of Réseau Espérance de Vie en
/// Santé, "Practical Guide on Health Expectancy Calculation: Sullivan Method" (1996, revised 1997). Survivors, years
/// lived, prevalence, its variance; printed expectancy and its standard error.
const FRANCE: [(f64, f64, f64, f64, f64, f64, f64); 5] = [
    (65.0, 89_367.0, 436_589.0, 0.196, 0.000281, 12.3, 0.22),
    (70.0, 84_968.0, 408_793.0, 0.286, 0.000507, 8.8, 0.21),
    (75.0, 78_012.0, 364_013.0, 0.370, 0.000675, 5.8, 0.20),
    (80.0, 66_625.0, 290_533.0, 0.513, 0.000914, 3.4, 0.18),
    (85.0, 48_532.0, 289_068.0, 0.710, 0.000805, 1.7, 0.17),
];

#[test]
fn the_expectancies_and_standard_errors_of_the_practical_guide_are_reproduced() {
    let table = FRANCE.map(|(from, survivors, years, prevalence, variance, ..)| {
        interval(
            from,
            survivors,
            years,
            prevalence,
            Some(prevalence * (1.0 - prevalence) / variance),
        )
    });
    for (i, row) in FRANCE.iter().enumerate() {
        let years = sullivan(&table[i..], 0.0).unwrap();
        let error = years.standard_error.unwrap();
        assert!((years.secure - row.5).abs() < 0.05, "at {}: {}", row.0, years.secure);
        assert!((error - row.6).abs() < 0.005, "at {}: {error}", row.0);
    }
}

#[test]
fn discounting_counts_each_interval_from_its_middle_and_the_open_one_from_its_expectancy() {
    // Two intervals from birth, r = 0.03. Middle of the first: 10. Of the open one: 20 + 4050/90 = 65.
    // 19·e^(−0.3) = 19 × 0.7408182 = 14.0755462; 40.5·e^(−1.95) = 40.5 × 0.1422741 = 5.7620997.
    // life = 19.8376459; secure = 0.9 × 14.0755462 + 0.6 × 5.7620997 = 12.6679916 + 3.4572598 = 16.1252514.
    // SE² = 14.0755462² × 0.09/100 + 5.7620997² × 0.24/400 = 0.1783090 + 0.0199211 = 0.1982301; SE = 0.4452304.
    let table = [
        interval(0.0, 100.0, 1_900.0, 0.1, Some(100.0)),
        interval(20.0, 90.0, 4_050.0, 0.4, Some(400.0)),
    ];
    let years = sullivan(&table, 0.03).unwrap();
    assert!((years.life - 19.8376459).abs() < 1e-6, "{years:?}");
    assert!((years.secure - 16.1252514).abs() < 1e-6, "{years:?}");
    assert!((years.standard_error.unwrap() - 0.4452304).abs() < 1e-6, "{years:?}");
    // From age 20 on the same open interval has its middle 45 years ahead: 45·e^(−1.35) = 45 × 0.2592403.
    assert!((sullivan(&table[1..], 0.03).unwrap().life - 11.6658118).abs() < 1e-6);
}

#[test]
fn without_a_sample_behind_one_share_there_is_no_standard_error() {
    let table = [
        interval(0.0, 100.0, 1_900.0, 0.1, Some(100.0)),
        interval(20.0, 90.0, 4_050.0, 0.4, None),
    ];
    assert_eq!(sullivan(&table, 0.0).unwrap().standard_error, None);
    let exact = Measured {
        value: 70.0,
        standard_error: None,
    };
    let share = Measured {
        value: 0.5,
        standard_error: Some(0.1),
    };
    assert_eq!(crude(exact, share).standard_error, None);
}

#[test]
fn a_table_that_cannot_be_is_told_with_the_age_and_what_to_do() {
    let good = interval(0.0, 100.0, 1_900.0, 0.1, None);
    let open = interval(20.0, 90.0, 4_050.0, 0.4, None);
    let said = |table: &[AgeInterval]| sullivan(table, 0.0).unwrap_err().to_string();
    assert_eq!(sullivan(&[], 0.0), Err(LifeTableError::Empty));
    for (table, words) in [
        (
            [
                AgeInterval {
                    prevalence: 12.0,
                    ..good
                },
                open,
            ],
            "divide per cent by 100",
        ),
        (
            [
                AgeInterval {
                    prevalence: f64::NAN,
                    ..good
                },
                open,
            ],
            "no share between 0 and 1",
        ),
        (
            [good, AgeInterval { survivors: 0.0, ..open }],
            "from age 20: survivors and years",
        ),
        ([good, AgeInterval { from: 0.0, ..open }], "the ages must rise"),
        (
            [
                good,
                AgeInterval {
                    survivors: 101.0,
                    ..open
                },
            ],
            "more people are alive",
        ),
        (
            [AgeInterval { years: 2_100.0, ..good }, open],
            "are the columns exchanged",
        ),
        (
            [
                AgeInterval {
                    sample: Some(0.0),
                    ..good
                },
                open,
            ],
            "size of a sample",
        ),
    ] {
        assert!(said(&table).contains(words), "{words} in {}", said(&table));
    }
}

/// A life table of five-year intervals with any survival and prevalences.
fn tables() -> impl Strategy<Value = Vec<AgeInterval>> {
    let step = (0.5_f64..1.0, 0.0_f64..=1.0, 1.0_f64..5_000.0);
    proptest::collection::vec(step, 1..20).prop_map(|steps| {
        let mut alive = 100_000.0;
        let last = steps.len() - 1;
        steps
            .iter()
            .enumerate()
            .map(|(i, (survive, prevalence, sample))| {
                let (from, survivors) = (5.0 * i as f64, alive);
                alive *= survive;
                let years = if i == last {
                    survivors * 8.0
                } else {
                    (survivors + alive) * 2.5
                };
                interval(from, survivors, years, *prevalence, Some(*sample))
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn secure_and_insecure_years_add_up_to_life_and_fall_with_the_discount(table in tables(), rate in 0.001_f64..0.1) {
        let (plain, less) = (sullivan(&table, 0.0).unwrap(), sullivan(&table, rate).unwrap());
        prop_assert!((plain.secure + plain.insecure - plain.life).abs() < 1e-9);
        prop_assert!(0.0 <= plain.secure + 1e-9 && plain.insecure <= plain.life + 1e-9);
        prop_assert!(less.life < plain.life && less.secure <= plain.secure + 1e-9);
    }

    #[test]
    fn with_one_prevalence_at_every_age_sullivan_is_the_crude_version(table in tables(), share in 0.0_f64..=1.0) {
        let table: Vec<_> = table.iter().map(|age| AgeInterval { prevalence: share, ..*age }).collect();
        let years = sullivan(&table, 0.0).unwrap();
        let known = |value| Measured { value, standard_error: Some(0.0) };
        prop_assert!((years.secure - crude(known(years.life), known(share)).secure).abs() < 1e-9);
    }

    #[test]
    fn a_higher_prevalence_never_adds_secure_years(table in tables(), at in 0_usize..20, more in 0.0_f64..=1.0) {
        let mut worse = table.clone();
        let at = at % table.len();
        worse[at].prevalence = worse[at].prevalence.max(more);
        prop_assert!(sullivan(&worse, 0.0).unwrap().secure <= sullivan(&table, 0.0).unwrap().secure + 1e-9);
    }
}

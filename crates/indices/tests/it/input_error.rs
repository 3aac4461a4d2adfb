//! The distributions from which inputs are drawn.

use lysoen_indices::input_error::Law;
use proptest::prelude::*;
use statrs::distribution::{Beta, ContinuousCDF, Gamma};

fn at(law: Law, u: f64) -> f64 {
    let mut value = [u];
    law.draw(&mut value);
    value[0]
}

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found}, not {expected}");
}

#[test]
fn a_range_has_half_on_each_side_of_its_best_value_and_is_even_between() {
    // UCDP, Sudan-like: low 100, best 200, high 1,000. A quarter of the way: 100 + (200 − 100) · 2 · 0.25 = 150; three
    // quarters: 200 + (1,000 − 200) · (2 · 0.75 − 1) = 600.
    let law = Law::Range {
        low: 100.0,
        best: 200.0,
        high: 1000.0,
    };
    for (u, value) in [(0.0, 100.0), (0.25, 150.0), (0.5, 200.0), (0.75, 600.0), (1.0, 1000.0)] {
        near(at(law, u), value, 1e-12);
    }
}

#[test]
fn a_count_of_zero_has_an_error_too() {
    // Gamma with shape 1/2 is half a χ² with one degree of freedom: its 0.95 and 0.975 points 3.841 and 5.024, halved.
    near(at(Law::Count(0.0), 0.95), 1.920_729, 2e-4);
    near(at(Law::Count(0.0), 0.975), 2.511_943, 3e-4);
    assert!(at(Law::Count(0.0), 1e-9) >= 0.0);
}

#[test]
fn a_count_is_drawn_as_the_gamma_distribution_has_it_whatever_way_it_is_computed() {
    for count in [0.0, 1.0, 3.0, 19.0, 19.5, 2.25, 20.0, 50.0, 1e3, 1e6] {
        let law = Gamma::new(count + 0.5, 1.0).unwrap();
        let sd = (count + 0.5f64).sqrt();
        for u in [0.0005, 0.01, 0.05, 0.3, 0.5, 0.9, 0.95, 0.999] {
            near(at(Law::Count(count), u), law.inverse_cdf(u), 0.02 * sd);
        }
    }
}

#[test]
fn a_share_of_a_sample_is_drawn_as_the_beta_distribution_has_it() {
    // Brown, Cai & DasGupta (2001): Jeffreys' 95 % interval of 10 in 100 is the beta's 10.5, 90.5: 0.0526 to 0.1701.
    let ten = Law::Sample {
        cases: 10.0,
        others: 90.0,
        whole: 100.0,
    };
    near(at(ten, 0.025), 5.258_468, 1e-4);
    near(at(ten, 0.975), 17.012_393, 1e-4);
    for (cases, others) in [(0.0, 30.0), (19.0, 1e4), (20.0, 1e4), (500.0, 700.0), (40.0, 25.0)] {
        let law = Beta::new(cases + 0.5, others + 0.5).unwrap();
        let n: f64 = cases + others + 1.0;
        let p = (cases + 0.5) / n;
        let sd = (p * (1.0 - p) / (n + 1.0)).sqrt();
        for u in [0.0005, 0.01, 0.05, 0.3, 0.5, 0.9, 0.95, 0.9995] {
            let found = at(
                Law::Sample {
                    cases,
                    others,
                    whole: 1.0,
                },
                u,
            );
            near(found, law.inverse_cdf(u), 0.01 * sd);
        }
    }
}

#[test]
fn a_share_stays_a_share_and_a_quantity_above_zero_stays_so() {
    let share = Law::LogitNormal {
        median: 0.01,
        below: 3.0,
        above: 3.0,
        whole: 100.0,
    };
    let quantity = Law::LogNormal {
        median: 5.0,
        below: 2.0,
        above: 2.0,
    };
    near(at(share, 0.5), 1.0, 1e-12);
    near(at(quantity, 0.5), 5.0, 1e-12);
    for u in [1e-12, 0.001, 0.999, 1.0 - 1e-12] {
        assert!((0.0..=100.0).contains(&at(share, u)));
        assert!(at(quantity, u) > 0.0);
    }
}

proptest! {
    #[test]
    fn a_larger_number_never_draws_a_smaller_value(count in 0f64..60.0, u in 1e-6f64..0.99, more in 0f64..0.009) {
        let count = if count < 30.0 { count.floor() } else { count };
        let laws = [
            Law::Count(count),
            Law::Sample { cases: count, others: 60.0 - count, whole: 1.0 },
            Law::Range { low: 1.0, best: 2.0, high: 9.0 },
            Law::Normal { median: 0.0, below: 1.0, above: 7.0 },
        ];
        for law in laws {
            prop_assert!(at(law, u) <= at(law, u + more) + 1e-9, "{law:?}");
        }
    }
}

//! What is decided before an effect is seen.

use lysoen_impact::episodes::Shams;
use lysoen_impact::gates::{self, Gates};
use lysoen_impact::{About, Design, Method, Rules};
use proptest::prelude::*;

use crate::made::{Draws, World, design};
use crate::simulated_said::years;

fn decided(design: &Design, about: &About) -> Gates {
    let rules = Rules::builtin();
    gates::decide(&gates::before(design, rules), design.post(), Method::Did, rules, about)
}

fn holds(gates: &Gates, id: &str) -> bool {
    let check = gates.checks.iter().find(|check| check.id == id);
    check.unwrap_or_else(|| panic!("no check {id}")).holds
}

fn usual() -> Vec<Vec<f64>> {
    World::USUAL.draw(&mut Draws::of(51, 4))
}

fn episodes(episodes: usize) -> Option<Shams> {
    Some(Shams {
        episodes,
        effect: 0.0,
        beyond: None,
        median: -0.2,
        p: 0.01,
        effects: Vec::new(),
    })
}

#[test]
fn the_last_third_of_the_periods_before_is_held_out_and_nothing_after_is_there() {
    let before = gates::before(&design(&usual(), 20), Rules::builtin());
    assert_eq!((before.pre, before.times.len()), (13, 20));
    assert_eq!(before.donors[0].values.len(), 20);
}

#[test]
fn changed_values_after_the_policy_change_no_gate() {
    let mut series = usual();
    let first = decided(&design(&series, 20), &years());
    for (number, unit) in series.iter_mut().enumerate() {
        for value in &mut unit[20..] {
            *value = 1e6 * (number as f64 - 3.0) - *value;
        }
    }
    assert_eq!(first, decided(&design(&series, 20), &years()));
}

#[test]
fn with_eighteen_donors_or_eleven_periods_the_question_cannot_be_answered() {
    let series = usual();
    assert!(holds(&decided(&design(&series[..20], 20), &years()), "donors"));
    assert!(!holds(&decided(&design(&series[..19], 20), &years()), "donors"));
    assert!(holds(&decided(&design(&series, 12), &years()), "periods-before"));
    assert!(!holds(&decided(&design(&series, 11), &years()), "periods-before"));
}

#[test]
fn the_hold_out_of_a_difference_is_what_it_is_by_hand() {
    // Six before, of which two are held out; the donors' mean is 0, 0, 0, 0, 1, 3 and the unit's level lies 2 above it.
    let unit = vec![1.0, 3.0, 1.0, 3.0, 6.0, 4.0, 9.0];
    let donors = [
        vec![1.0, -1.0, 1.0, -1.0, 0.0, 3.0, 0.0],
        vec![-1.0, 1.0, -1.0, 1.0, 2.0, 3.0, 0.0],
    ];
    let gates = decided(
        &design(&[unit, donors[0].clone(), donors[1].clone()], 6),
        &About::default(),
    );
    let held = gates.hold_out.expect("two donors are enough for it");
    assert_eq!((held.fitted, held.held), (4, 2));
    // Gaps 6 − 3 and 4 − 5; the donors against each other: ∓2 and 0.
    assert!((held.rmspe - 5.0_f64.sqrt()).abs() < 1e-12 && (held.slope + 4.0).abs() < 1e-12);
    assert!((held.donors_median - 2.0_f64.sqrt()).abs() < 1e-12);
    assert_eq!((held.donors[0].gap, held.donors[1].gap), (-1.0, 1.0));
    let seen = gates.detectable.expect("a band");
    assert_eq!((seen.low, seen.high, seen.counterfactual), (-1.0, 1.0, 4.0));
    assert_eq!(seen.share, Some(0.5));
}

#[test]
fn at_its_own_peak_a_unit_needs_episodes_of_others() {
    let mut series = usual();
    series[0][19] = series[0][..19].iter().fold(f64::MIN, |most, value| most.max(*value)) + 30.0;
    let design = design(&series, 20);
    let alone = decided(&design, &years());
    assert!(!holds(&alone, "peak") && !holds(&alone, "episodes"));
    let few = decided(
        &design,
        &About {
            shams: episodes(18),
            ..years()
        },
    );
    assert!(!holds(&few, "episodes"));
    let enough = decided(
        &design,
        &About {
            shams: episodes(19),
            ..years()
        },
    );
    assert!(holds(&enough, "peak") && holds(&enough, "episodes"));
}

#[test]
fn a_policy_adopted_because_harm_was_high_needs_episodes_wherever_it_stands() {
    let about = About {
        because_of_harm: true,
        ..years()
    };
    let mut series = usual();
    series[0][19] -= 8.0;
    let gates = decided(&design(&series, 20), &about);
    assert!(holds(&gates, "peak") && !holds(&gates, "episodes"));
}

#[test]
fn a_peak_of_twelve_months_is_seen_though_the_last_month_is_quiet() {
    let mut series: Vec<Vec<f64>> = (0..25_u64)
        .map(|unit| {
            let mut draws = Draws::of(52, unit);
            (0..66).map(|_| 50.0 + draws.normal()).collect()
        })
        .collect();
    for value in &mut series[0][48..59] {
        *value += 40.0;
    }
    let at = design(&series, 60);
    assert!(
        holds(&decided(&at, &About::default()), "peak"),
        "the last value alone is ordinary"
    );
    let months = About {
        months: Some(1),
        ..About::default()
    };
    assert!(!holds(&decided(&at, &months), "peak"));
}

#[test]
fn a_constant_outcome_a_change_of_reporting_and_few_people_are_each_told() {
    let mut series = usual();
    series[0][..20].fill(7.0);
    let gates = decided(&design(&series, 20), &years());
    assert!(!holds(&gates, "varies"));
    assert!(gates.reasons().any(|reason| reason.contains("has the same value, 7,")));
    let about = About {
        reporting: vec!["From 1995 on deaths in prison are counted.".to_string()],
        ..years()
    };
    let gates = decided(&design(&usual(), 20), &about);
    assert!(!holds(&gates, "reporting"));
    assert!(gates.reasons().any(|reason| reason.contains("deaths in prison")));
    for (people, enough) in [(5_000.0, false), (50_000.0, true)] {
        let about = About {
            people: Some(vec![people; 26]),
            ..years()
        };
        assert_eq!(
            holds(&decided(&design(&usual(), 20), &about), "people"),
            enough,
            "{people}"
        );
    }
}

#[test]
fn where_hardly_anything_can_be_seen_the_least_that_could_be_is_told() {
    let mut series = usual();
    for (number, unit) in series.iter_mut().enumerate() {
        for value in &mut unit[13..20] {
            *value += 15.0 * (number as f64 - 12.0) / 12.0 * if number == 0 { 0.0 } else { 1.5 };
        }
    }
    let gates = decided(&design(&series, 20), &years());
    assert!(!holds(&gates, "detectable"));
    assert!(gates.reasons().any(|reason| reason.starts_with("Only a fall of ")));
}

proptest! {
    #[test]
    fn gates_are_the_same_in_any_unit_of_the_outcome(panel in 0_u64..500, scale in 0.01_f64..100.0) {
        let series = World::USUAL.draw(&mut Draws::of(53, panel));
        let scaled: Vec<Vec<f64>> = series.iter().map(|unit| unit.iter().map(|value| value * scale).collect()).collect();
        let words = |series: &[Vec<f64>]| {
            let gates = decided(&design(series, 20), &years());
            gates.checks.iter().map(|check| check.holds).collect::<Vec<_>>()
        };
        prop_assert_eq!(words(&series), words(&scaled));
    }
}

//! Which of the four answers is given, and what it says.

use lysoen_impact::episodes::Shams;
use lysoen_impact::{About, Design, Donor, Examination, Method, Rules, Word, answer, calibrate, examine};
use proptest::prelude::*;

use crate::made::{Draws, World, at_most, design};
use crate::simulated_said::{cut_by, years};

const QUIET: World = World {
    noise: 2.0,
    ..World::USUAL
};

fn asked(design: &Design, about: &About) -> Examination {
    examine(design, Method::Did, Rules::builtin(), about).expect("a design")
}

/// A world whose gates let the question be answered and whose unit stands neither high nor low.
fn answerable(effect: f64) -> Design {
    let found = (0..200).find_map(|panel| {
        let mut series = QUIET.draw(&mut Draws::of(71, panel));
        cut_by(&mut series, 20, -25.0);
        let clear = asked(&design(&series, 20), &years()).verdict.word == Word::Fewer;
        cut_by(&mut series, 20, 25.0 + effect);
        clear.then(|| design(&series, 20))
    });
    found.expect("one of two hundred")
}

#[test]
fn a_large_fall_is_told_in_people_with_what_it_rests_on() {
    let people: Vec<f64> = (0..26).map(|time| 1e6 + 1e4 * f64::from(time)).collect();
    let about = About {
        people: Some(people.clone()),
        ..years()
    };
    let examination = asked(&answerable(-25.0), &about);
    let verdict = &examination.verdict;
    assert_eq!(verdict.word, Word::Fewer, "{verdict:?}");
    assert!(
        verdict
            .sentence
            .starts_with("Fewer people were harmed in Treated than would have been"),
        "{verdict:?}"
    );
    let counted = examination.people.as_ref().expect("people are known");
    let by_hand: f64 = examination.gaps[20..]
        .iter()
        .zip(&people[20..])
        .map(|(gap, people)| gap * people / 1e5)
        .sum();
    assert!(
        (counted.effect - by_hand).abs() < 1e-6 && (counted.observed - counted.counterfactual - by_hand).abs() < 1e-6
    );
    assert!(
        counted.low < Some(by_hand) && counted.high > Some(by_hand) && counted.high < Some(0.0),
        "{counted:?}"
    );
    assert!(verdict.sentence.contains("people over 6 periods"), "{verdict:?}");
}

#[test]
fn a_rise_is_told_as_more_people_harmed() {
    assert_eq!(asked(&answerable(25.0), &years()).verdict.word, Word::More);
}

#[test]
fn without_an_effect_it_cannot_be_told_unless_d_was_stated_beforehand() {
    let design = answerable(0.0);
    let verdict = asked(&design, &years()).verdict;
    assert_eq!(verdict.word, Word::CannotBeTold);
    let could = |reason: &String| reason.contains("could have been told from what happens without a policy");
    assert!(verdict.reasons.iter().any(could), "{verdict:?}");
    let stated = |margin| {
        asked(
            &design,
            &About {
                margin: Some(margin),
                ..years()
            },
        )
        .verdict
        .word
    };
    assert_eq!(stated(0.25), Word::NoneLarger);
    assert_eq!(stated(0.001), Word::CannotBeTold);
    assert_eq!([stated(0.0), stated(-0.3), stated(f64::NAN)], [Word::CannotBeTold; 3]);
}

#[test]
fn an_effect_that_hangs_on_one_donor_cannot_be_told() {
    let mut design = answerable(-25.0);
    // With this donor far above the others after the policy the unit falls below them; without it, it lies above.
    for time in 20..26 {
        let others = design.donors[1..].iter().map(|donor| donor.values[time]).sum::<f64>() / 24.0;
        design.observed[time] = others
            - design.donors[1..]
                .iter()
                .map(|donor| donor.values[..20].iter().sum::<f64>())
                .sum::<f64>()
                / 480.0
            + design.observed[..20].iter().sum::<f64>() / 20.0
            + 1.0;
        design.donors[0].values[time] += 600.0;
    }
    let examination = asked(&design, &years());
    assert!(
        examination.left_out[0].effect > 0.0 && examination.left_out[1].effect < 0.0,
        "{:?}",
        examination.left_out
    );
    assert_eq!(examination.verdict.word, Word::CannotBeTold);
}

#[test]
fn an_effect_no_larger_than_that_of_sham_policies_at_others_peaks_cannot_be_told() {
    let design = answerable(-25.0);
    let with = |p| {
        let shams = Shams {
            episodes: 40,
            effect: 0.0,
            beyond: None,
            median: -0.2,
            p,
            effects: Vec::new(),
        };
        asked(
            &design,
            &About {
                because_of_harm: true,
                shams: Some(shams),
                ..years()
            },
        )
        .verdict
    };
    assert_eq!(with(0.02).word, Word::Fewer);
    let verdict = with(0.3);
    assert_eq!(verdict.word, Word::CannotBeTold);
    assert!(
        verdict.reasons[0].contains("40 other episodes show a change of −20 %"),
        "{verdict:?}"
    );
}

#[test]
fn the_answer_alone_is_the_one_of_the_whole_examination() {
    for panel in 0..60 {
        let mut series = QUIET.draw(&mut Draws::of(72, panel));
        cut_by(&mut series, 20, [-25.0, -6.0, 0.0, 12.0][panel as usize % 4]);
        let design = design(&series, 20);
        let about = About {
            margin: Some(0.2),
            ..years()
        };
        let alone = answer(&design, Method::Did, Rules::builtin(), &about).expect("a design");
        assert_eq!(alone, asked(&design, &about).verdict);
    }
}

#[test]
fn anticipation_drops_the_year_before_in_any_length_of_period() {
    let mut design = answerable(-25.0);
    let year = asked(&design, &years()).without_anticipation.expect("a year is there");
    assert!((year - Method::Did.fit(&design.without_periods(19..20)).expect("a fit").effect).abs() < 1e-12);
    let quarter = asked(
        &design,
        &About {
            months: Some(3),
            ..years()
        },
    )
    .without_anticipation;
    assert_eq!(
        quarter,
        Some(Method::Did.fit(&design.without_periods(16..20)).expect("a fit").effect)
    );
    assert_eq!(asked(&design, &About::default()).without_anticipation, None);
    // What changed a year early, and only then, is no effect.
    for value in &mut design.observed[..19] {
        *value -= 40.0;
    }
    assert_eq!(asked(&design, &years()).verdict.word, Word::CannotBeTold);
}

#[test]
fn asked_of_places_without_a_policy_the_rule_finds_as_few_as_it_says() {
    let mut found = (0, 0);
    for panel in 0..4 {
        let series = World {
            before: 24,
            ..World::USUAL
        }
        .draw(&mut Draws::of(73, panel));
        let design = design(&series, 24);
        let calibration = calibrate(&design, Method::Did, Rules::builtin(), &years());
        assert_eq!(calibration.asked, 25 * 5);
        assert_eq!(
            calibration.dates.iter().map(|date| date.pre).collect::<Vec<_>>(),
            [24, 21, 18, 15, 12]
        );
        let said = calibration.fewer + calibration.more + calibration.none_larger + calibration.cannot;
        assert_eq!(said, calibration.asked);
        found.0 += calibration.fewer + calibration.more;
        found.1 += calibration.asked;
    }
    assert!(at_most(found.0, found.1, 0.05), "{found:?}");
}

#[test]
fn what_is_shared_changes_few_answers() {
    let mut apart = 0;
    for panel in 0..4 {
        let series = World::USUAL.draw(&mut Draws::of(74, panel));
        let design = design(&series, 20);
        let shared = calibrate(&design, Method::Did, Rules::builtin(), &years());
        for donor in 0..25 {
            let alone = answer(&design.as_if(donor), Method::Did, Rules::builtin(), &years()).expect("a design");
            let unit = &design.donors[donor].unit;
            let found = shared.dates[0].findings.iter().any(|(found, _)| found == unit);
            apart += usize::from(found != matches!(alone.word, Word::Fewer | Word::More));
        }
    }
    assert!(apart <= 2, "{apart} of 100");
}

/// Values as data have them: ordinary, zero, the same again, far too large, tiny.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -100.0..100.0_f64,
        3 => Just(0.0),
        2 => Just(7.0),
        1 => prop_oneof![Just(1e12), Just(-1e12), Just(1e-12), Just(1e200), Just(f64::MAX)],
    ]
}

fn wild() -> impl Strategy<Value = (Design, About)> {
    let sizes = (1_usize..9, 1_usize..5, 0_usize..24);
    let cells = sizes.prop_flat_map(|(pre, post, donors)| {
        let cells = prop::collection::vec(value(), (pre + post) * (donors + 1));
        (Just((pre, pre + post)), cells)
    });
    let about = (
        any::<bool>(),
        prop::option::of(-1.0..1.0_f64),
        prop::option::of(0_u32..13),
        any::<bool>(),
    );
    (cells, about).prop_map(|(((pre, periods), cells), (because_of_harm, margin, months, people))| {
        let series: Vec<Vec<f64>> = cells.chunks(periods).map(<[f64]>::to_vec).collect();
        let donors = series[1..].iter().enumerate().map(|(number, values)| Donor {
            unit: format!("D{number}"),
            values: values.clone(),
        });
        let times = (0..periods).map(|time| time.to_string()).collect();
        let at = (0..periods).map(|time| time as f64).collect();
        let design = Design::new("U", times, at, pre, series[0].clone(), donors.collect()).expect("a design");
        let people = people.then(|| vec![1e5; periods]);
        (
            design,
            About {
                because_of_harm,
                margin,
                months,
                people,
                ..About::default()
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn any_design_has_an_answer_with_a_reason_and_no_number_that_is_none((design, about) in wild()) {
        for method in Method::ALL {
            let examination = examine(&design, method, Rules::builtin(), &about).expect("a design");
            prop_assert!(!examination.verdict.reasons.is_empty());
            prop_assert_eq!(examination.verdict.word, Word::CannotBeTold, "fewer than twelve periods before");
            // The notes of a fit are the methods' own.
            let notes: Vec<&String> = examination.fit.iter().flat_map(|fit| &fit.notes).collect();
            let caveats = examination.caveats.iter().filter(|caveat| !notes.contains(caveat));
            let told = examination.verdict.reasons.iter().chain(caveats);
            let text = told.map(String::as_str).collect::<Vec<_>>().join(" ");
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{}", text);
            let fit = examination.fit.iter().flat_map(|fit| &fit.counterfactual);
            prop_assert!(fit.chain(&examination.gaps).all(|value| value.is_finite()));
            let bands = examination.space.iter().flat_map(|space| &space.band);
            prop_assert!(bands.clone().all(|(low, high)| low.is_finite() && high.is_finite() && low <= high));
            let p = examination.space.iter().map(|space| space.p).chain(examination.conformal.iter().map(|found| found.p));
            prop_assert!(p.clone().all(|p| p > 0.0 && p <= 1.0));
        }
    }
}

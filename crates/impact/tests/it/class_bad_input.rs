//! Classes that cannot be answered: a sentence each, and no panic.

use lysoen_impact::class::{Adopted, Asked, ClassAnswer, Scale, ask, staggered};
use lysoen_impact::methods::Method;
use lysoen_impact::{Panel, Rules};
use proptest::prelude::*;

use crate::class_made::{Making, class};

fn told(answer: &ClassAnswer) -> String {
    assert_eq!(answer.verdict.word.id(), "cannot-be-told");
    assert!(!answer.verdict.sentence.contains("NaN"), "{}", answer.verdict.sentence);
    answer.verdict.reasons.join("; ")
}

fn asking(change: impl Fn(&mut Panel, &mut Asked)) -> ClassAnswer {
    let (mut panel, mut asked) = class(&Making::default(), 4);
    change(&mut panel, &mut asked);
    ask(&panel, &asked, Rules::builtin())
}

#[test]
fn no_adopters() {
    let answer = asking(|_, asked| asked.adopted.clear());
    assert!(told(&answer).contains("no place of these came under the policy"));
}

#[test]
fn everybody_under_it_from_the_start() {
    let answer = asking(|_, asked| asked.adopted.iter_mut().for_each(|case| case.first = 0));
    assert!(told(&answer).contains("from the first period on"));
}

#[test]
fn nobody_never_under_it() {
    let answer = asking(|_, asked| asked.never.clear());
    let told = told(&answer);
    assert!(told.contains("0 of 16 cases can be answered"), "{told}");
    assert!(told.contains("no place that was never under the policy"), "{told}");
}

#[test]
fn one_case_only() {
    let answer = asking(|_, asked| asked.adopted.truncate(1));
    let told = told(&answer);
    assert!(
        told.contains("1 of 1 cases can be answered, and at least 5 are needed"),
        "{told}"
    );
    assert_eq!(answer.group_time.unwrap().average.error, None);
}

#[test]
fn cases_of_one_conflict() {
    let answer = asking(|_, asked| {
        asked
            .adopted
            .iter_mut()
            .for_each(|case| case.cluster = "one".to_string())
    });
    assert!(told(&answer).contains("lie in 0 countries or shared conflicts"));
}

#[test]
fn nobody_harmed_anywhere() {
    let answer = asking(|panel, _| {
        for unit in 0..panel.units.len() {
            (0..panel.times.len()).for_each(|time| panel.set(unit, time, 0.0));
        }
    });
    assert!(told(&answer).contains("0 of 16 cases"));
    assert!(
        answer
            .cases
            .iter()
            .all(|case| case.why_not.as_ref().unwrap().contains("nobody was harmed"))
    );
    assert_eq!(answer.people, None);
}

#[test]
fn gaps_are_not_zero() {
    let answer = asking(|panel, _| {
        for unit in 0..panel.units.len() {
            panel.set(unit, 14, f64::NAN);
        }
    });
    assert!(told(&answer).contains("missing value is not zero"));
}

#[test]
fn no_people() {
    let (with, asked) = class(&Making::default(), 4);
    let mut panel = Panel::new(with.units.clone(), with.times.clone());
    for unit in 0..with.units.len() {
        (0..with.times.len()).for_each(|time| panel.set(unit, time, with.series(unit)[time]));
    }
    let mut asked = Asked {
        scale: Scale::Rate,
        ..asked
    };
    let answer = ask(&panel, &asked, Rules::builtin());
    assert!(told(&answer).contains("0 of 16 cases"));
    assert!(
        answer.cases[0]
            .why_not
            .as_ref()
            .unwrap()
            .contains("the people of the places are not given")
    );
    assert!(answer.group_time.is_some());
    asked.scale = Scale::LogRate;
    assert!(staggered(&panel, &asked, Rules::builtin()).is_err());
}

#[test]
fn a_place_named_twice_or_unknown_and_a_margin_that_is_none() {
    let answer = asking(|_, asked| asked.never.push(0));
    assert!(told(&answer).contains("P000 is named twice"));
    let answer = asking(|_, asked| asked.never.push(900));
    assert!(told(&answer).contains("number 900 is none of the 56"));
    let answer = asking(|_, asked| asked.margin = Some(f64::NAN));
    assert!(answer.verdict.reasons[0].contains("no share above zero"));
    let answer = asking(|_, asked| asked.before = 0);
    assert!(told(&answer).contains("one period before"));
    let answer = asking(|_, asked| asked.adopted[2].first = 400);
    assert!(told(&answer).contains("after the last period"));
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0..200.0_f64,
        3 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(-1.0),
        1 => Just(1e12),
        1 => Just(f64::INFINITY),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_asked_is_answered(
        values in prop::collection::vec(value(), 30 * 18),
        odd in 0.0..1.0_f64,
        people in prop_oneof![Just(0.0), Just(1.0), Just(1e7), Just(f64::NAN)],
        dates in prop::collection::vec(0_usize..20, 0..9),
        shift in 0_usize..4,
        before in 0_usize..7,
        after in 0_usize..6,
        clusters in 1_usize..9,
        draws in 0_usize..20,
        scale in prop_oneof![Just(Scale::Rate), Just(Scale::LogRate)],
    ) {
        let mut panel = Panel::new(
            (0..30).map(|unit| format!("P{unit}")).collect(),
            (0..18).map(|time| time.to_string()).collect(),
        );
        for unit in 0..30 {
            for time in 0..18 {
                let wild = values[unit * 18 + time];
                let tame = ((unit * 5 + time * 3) % 9) as f64;
                panel.set(unit, time, if (unit * 18 + time) as f64 / 540.0 < odd { wild } else { tame });
                panel.set_people(unit, time, if unit == 3 { people } else { 1e6 });
            }
        }
        let adopted = dates.iter().enumerate().map(|(unit, &first)| Adopted {
            unit,
            first,
            cluster: (unit % clusters).to_string(),
        });
        let asked = Asked {
            adopted: adopted.collect(),
            never: (dates.len() + 1 - shift.min(1)..30).collect(),
            before,
            after,
            draws,
            scale,
            method: Method::Did,
            margin: Some(0.2),
            ..Asked::default()
        };
        let answer = ask(&panel, &asked, Rules::builtin());
        prop_assert!(!answer.verdict.sentence.is_empty());
        prop_assert!(!answer.verdict.sentence.contains("NaN"), "{}", answer.verdict.sentence);
        if let Some(pooled) = &answer.pooled {
            prop_assert!(pooled.low <= pooled.high && pooled.tau >= 0.0);
        }
        if let Some(dates) = &answer.reassigned {
            prop_assert!(dates.p > 0.0 && dates.p <= 1.0);
        }
        serde_json::to_string(&answer).unwrap();
    }
}

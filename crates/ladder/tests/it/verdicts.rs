//! What expressions come to, and the sentences that say why.

use lysoen_ladder::trigger::{Expression, Need, Reading, Trend, Truth, Verdict, parse, trend};
use proptest::prelude::*;

use crate::triggers::{expression, words};

fn read(text: &str) -> Expression {
    parse(text, &words()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// The verdict where every reading is this number.
fn verdict(text: &str, number: f64) -> Verdict {
    read(text).evaluate(&|_| Reading::Number(number))
}

fn reason(text: &str, number: f64) -> String {
    let Verdict { reasons, .. } = verdict(text, number);
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    reasons.into_iter().next().unwrap()
}

#[test]
fn reasons_are_sentences() {
    let told = [
        (
            "P(killed ≥ 25 within 3 months) ≥ 0.3",
            0.41,
            "The chance that 25 or more people are killed within 3 months is 41 %, at or above 30 %.",
        ),
        (
            "P(incidents ≥ 1,000 within 1 month) > 0.05",
            0.042,
            "The chance that there are 1,000 or more incidents within 1 month is 4.2 %, at or below 5 %.",
        ),
        (
            "P(acute_food_insecurity ≥ 20 % within 6 months) < 0.5",
            0.627,
            "The chance that acute food insecurity reaches 20 % within 6 months is 63 %, at or above 50 %.",
        ),
        (
            "killed in last 12 months < 25",
            3.0,
            "People killed in the last 12 months were 3, below 25.",
        ),
        (
            "incidents in last 14 days ≥ 3",
            1234.0,
            "Incidents in the last 14 days were 1,234, at or above 3.",
        ),
        (
            "killed ≥ 100",
            100.0,
            "The latest figure of people killed is 100, at or above 100.",
        ),
        (
            "acute_food_insecurity ≥ 20 %",
            0.234,
            "The latest figure of acute food insecurity is 23 %, at or above 20 %.",
        ),
        (
            "homicides > 6 per 100,000",
            6.14,
            "The latest figure of homicides is 6.1 per 100,000, above 6 per 100,000.",
        ),
        (
            "inform_risk > 6.5",
            7.0,
            "The latest figure of the INFORM risk index is 7, above 6.5.",
        ),
        (
            "change(displaced_in_country, 12 months) ≥ 50 %",
            0.62,
            "The change of people displaced in the country over 12 months is +62 %, at or above 50 %.",
        ),
        (
            "change(killed, 1 month) ≥ 50 %",
            -0.62,
            "The change of people killed over 1 month is -62 %, below 50 %.",
        ),
    ];
    for (text, number, expected) in told {
        assert_eq!(reason(text, number), expected);
    }
}

#[test]
fn rounding_never_contradicts_the_verdict() {
    let chance = "P(killed ≥ 25 within 3 months) ≥ 0.3";
    let is = |number| {
        let reason = reason(chance, number);
        reason.split(" is ").nth(1).unwrap().to_string()
    };
    assert_eq!(is(0.2996), "29.96 %, below 30 %.");
    assert_eq!(is(0.296), "29.6 %, below 30 %.");
    assert_eq!(is(0.3004), "30.04 %, at or above 30 %.");
    assert_eq!(is(0.3), "30 %, at or above 30 %.");
    assert_eq!(is(0.3f64.next_down()), "29.99999999999999 %, below 30 %.");
    assert_eq!(is(0.9997), "99.97 %, at or above 30 %.");
    assert_eq!(is(0.0003), "0.03 %, below 30 %.");
    assert_eq!(is(0.0), "0 %, below 30 %.");
    assert_eq!(is(1.0), "100 %, at or above 30 %.");
    assert_eq!(
        reason("killed in last 12 months < 25", 24.7),
        "People killed in the last 12 months were 24.7, below 25."
    );
}

#[test]
fn what_is_not_known_is_told_with_why() {
    let unknown = |text: &str| {
        let verdict = read(text).evaluate(&|_| Reading::Unknown("no source imported.".into()));
        assert_eq!(verdict.truth, Truth::Unknown);
        verdict.reasons.join(" ")
    };
    assert_eq!(
        unknown("killed in last 12 months < 25"),
        "It is not known how many people were killed in the last 12 months: no source imported."
    );
    assert_eq!(
        unknown("incidents in last 1 month ≥ 3"),
        "It is not known how many incidents there were in the last month: no source imported."
    );
    assert_eq!(
        unknown("not (P(killed ≥ 25 within 3 months) ≥ 0.3 or trend rising)"),
        "The chance that 25 or more people are killed within 3 months is not known: no source imported. \
         The trend of people killed is not known: no source imported."
    );
    assert_eq!(
        verdict("killed > 3", f64::NAN).reasons,
        ["The latest figure of people killed is not known: the reading is not a finite number."]
    );
    assert_eq!(verdict("trend(killed) rising", 3.0).truth, Truth::Unknown);
}

#[test]
fn only_readings_that_decide_are_told() {
    let reading = |need: &Need| match need {
        Need::Chance { .. } => Reading::Number(0.41),
        Need::Trend { .. } => Reading::Trend(Trend::Steady),
        _ => Reading::Unknown("no source imported".into()),
    };
    let told = |text: &str| {
        let Verdict { truth, reasons } = read(text).evaluate(&reading);
        (truth, reasons)
    };
    let chance = "The chance that 25 or more people are killed within 3 months is 41 %, at or above 30 %.";
    let steady = "The trend of people killed is steady, not rising.";
    let p = "P(killed ≥ 25 within 3 months) ≥ 0.3";
    assert_eq!(
        told(&format!("{p} and trend rising and killed > 3")),
        (Truth::False, vec![steady.to_string()])
    );
    assert_eq!(
        told(&format!("{p} or trend rising or killed > 3")),
        (Truth::True, vec![chance.to_string()])
    );
    assert_eq!(
        told(&format!("{p} and not trend rising")),
        (Truth::True, vec![chance.to_string(), steady.to_string()])
    );
    assert_eq!(told(&format!("{p} and {p}")), (Truth::True, vec![chance.to_string()]));
    assert_eq!(
        told("trend(killed) steady"),
        (Truth::True, vec!["The trend of people killed is steady.".to_string()])
    );
    assert_eq!(
        told(&format!("{p} and killed > 3")),
        (
            Truth::Unknown,
            vec!["The latest figure of people killed is not known: no source imported.".to_string()]
        )
    );
}

/// Kleene's tables (S. C. Kleene, Introduction to Metamathematics, 1952, §64).
#[test]
fn three_values_combine_as_in_kleenes_tables() {
    use Truth::{False, True, Unknown};
    let all = [True, False, Unknown];
    let and = [[True, False, Unknown], [False, False, False], [Unknown, False, Unknown]];
    let or = [[True, True, True], [True, False, Unknown], [True, Unknown, Unknown]];
    let reading = |a: Truth, b: Truth| {
        move |need: &Need| match if need.quantity() == "killed" { a } else { b } {
            True => Reading::Number(2.0),
            False => Reading::Number(0.0),
            Unknown => Reading::Unknown("not looked up".into()),
        }
    };
    for (i, a) in all.into_iter().enumerate() {
        for (j, b) in all.into_iter().enumerate() {
            let is = |text: &str| read(text).evaluate(&reading(a, b)).truth;
            assert_eq!(is("killed > 1 and incidents > 1"), and[i][j], "{a:?} and {b:?}");
            assert_eq!(is("killed > 1 or incidents > 1"), or[i][j], "{a:?} or {b:?}");
        }
        let expected = [False, True, Unknown][i];
        assert_eq!(read("not killed > 1").evaluate(&reading(a, a)).truth, expected);
    }
}

#[test]
fn a_trend_compares_three_months_with_the_nine_before() {
    let months = |before: f64, now: f64| [vec![before; 9], vec![now; 3]].concat();
    assert_eq!(trend(&months(100.0, 126.0)), Some(Trend::Rising));
    assert_eq!(trend(&months(100.0, 125.0)), Some(Trend::Steady));
    assert_eq!(trend(&months(100.0, 80.0)), Some(Trend::Steady));
    assert_eq!(trend(&months(100.0, 79.0)), Some(Trend::Falling));
    assert_eq!(trend(&months(0.0, 1.0)), Some(Trend::Rising));
    assert_eq!(trend(&months(0.0, 0.9)), Some(Trend::Steady), "less than one a month");
    assert_eq!(trend(&months(0.0, 0.0)), Some(Trend::Steady));
    assert_eq!(trend(&months(1.0, 0.0)), Some(Trend::Falling));
    // The mean counts, and only the last twelve months do.
    let mut longer = vec![1e6; 5];
    longer.extend(months(0.0, 0.0));
    *longer.last_mut().unwrap() = 3.0;
    assert_eq!(trend(&longer), Some(Trend::Rising));
    longer[0] = f64::NAN;
    assert_eq!(trend(&longer), Some(Trend::Rising));
    longer[6] = f64::NAN;
    assert_eq!(trend(&longer), None);
    assert_eq!(trend(&[5.0; 11]), None);
}

/// Readings that depend on the need alone.
fn readings(seed: u64) -> impl Fn(&Need) -> Reading {
    use std::hash::{DefaultHasher, Hash, Hasher};
    move |need| {
        let mut hasher = DefaultHasher::new();
        (seed, need).hash(&mut hasher);
        match (hasher.finish() % 5, need) {
            (0, _) => Reading::Unknown("not looked up".into()),
            (n, Need::Trend { .. }) => Reading::Trend([Trend::Rising, Trend::Steady, Trend::Falling][n as usize % 3]),
            (n, _) => Reading::Number(n as f64 / 4.0),
        }
    }
}

proptest! {
    #[test]
    fn the_laws_of_three_values_hold(a in expression(), b in expression(), c in expression(), seed in any::<u64>()) {
        use Expression::{And, Or};
        let reading = readings(seed);
        let is = |e: &Expression| e.evaluate(&reading).truth;
        let not = |e: &Expression| Expression::Not(Box::new(e.clone()));
        let and = |x: &Expression, y: &Expression| And(vec![x.clone(), y.clone()]);
        let or = |x: &Expression, y: &Expression| Or(vec![x.clone(), y.clone()]);
        prop_assert_eq!(is(&not(&not(&a))), is(&a));
        prop_assert_eq!(is(&not(&and(&a, &b))), is(&or(&not(&a), &not(&b))));
        prop_assert_eq!(is(&not(&or(&a, &b))), is(&and(&not(&a), &not(&b))));
        prop_assert_eq!(is(&and(&a, &b)), is(&and(&b, &a)));
        prop_assert_eq!(is(&and(&a, &and(&b, &c))), is(&And(vec![a.clone(), b.clone(), c.clone()])));
        prop_assert_eq!(is(&and(&a, &or(&b, &c))), is(&or(&and(&a, &b), &and(&a, &c))));
        prop_assert_eq!(is(&or(&a, &and(&a, &b))), is(&a));
    }

    /// What is decided stays decided, whatever the unknown turns out to be.
    #[test]
    fn to_learn_more_never_turns_a_verdict(e in expression(), seed in any::<u64>(), number in 0.0f64..1.0) {
        let before = e.evaluate(&readings(seed)).truth;
        let after = e.evaluate(&|need: &Need| match (readings(seed)(need), need) {
            (Reading::Unknown(_), Need::Trend { .. }) => Reading::Trend(Trend::Rising),
            (Reading::Unknown(_), _) => Reading::Number(number),
            (known, _) => known,
        }).truth;
        prop_assert_ne!(after, Truth::Unknown);
        prop_assert!(before == Truth::Unknown || before == after);
    }

    #[test]
    fn every_verdict_has_reasons_that_are_sentences(e in expression(), seed in any::<u64>()) {
        let Verdict { reasons, .. } = e.evaluate(&readings(seed));
        prop_assert!(!reasons.is_empty());
        for reason in &reasons {
            prop_assert!(reason.starts_with(char::is_uppercase) && reason.ends_with('.') && !reason.ends_with(".."), "{}", reason);
        }
    }

    /// The number that is told stands on the side of the limit that is told.
    #[test]
    fn numbers_told_stand_on_the_side_that_is_told(limit in 0.0f64..=1.0, near in -1e-3f64..1e-3) {
        let share = (limit + near).clamp(0.0, 1.0);
        let e = read("P(killed ≥ 25 within 3 months) ≥ 0.3").with_threshold(limit);
        let Verdict { truth, reasons } = e.evaluate(&|_| Reading::Number(share));
        let (_, told) = reasons[0].split_once(" is ").unwrap();
        let numbers: Vec<f64> = told.split(' ').filter_map(|word| word.parse().ok()).collect();
        prop_assert_eq!(numbers[0] >= numbers[1], truth == Truth::True, "{}", reasons[0]);
        prop_assert_eq!(numbers[0] == 0.0, share == 0.0);
    }
}

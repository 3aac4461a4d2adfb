//! Expressions: what is read, what is refused and where, and how they are written out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lysoen_ladder::trigger::{
    Comparison, Expression, Leaf, Mistake, Need, Over, Quantity, Test, Trend, Unit, Vocabulary, parse,
};
use proptest::prelude::*;

/// A vocabulary with a quantity of every unit.
pub(crate) fn words() -> Vocabulary {
    let quantity = |name: &str, unit, forecast, windows, title: &str| Quantity {
        name: name.to_string(),
        unit,
        forecast,
        windows,
        title: title.to_string(),
    };
    Vocabulary::of([
        quantity("killed", Unit::People, true, true, "people killed"),
        quantity("incidents", Unit::Incidents, true, true, "incidents"),
        quantity(
            "displaced_in_country",
            Unit::People,
            false,
            false,
            "people displaced in the country",
        ),
        quantity(
            "acute_food_insecurity",
            Unit::Share,
            true,
            false,
            "acute food insecurity",
        ),
        quantity("homicides", Unit::PerHundredThousand, false, false, "homicides"),
        quantity("inform_risk", Unit::Index, false, false, "the INFORM risk index"),
    ])
}

fn read(text: &str) -> Expression {
    parse(text, &words()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// The mistake with a line of carets under what it points at.
fn refused(text: &str) -> String {
    let mistake = parse(text, &words()).expect_err(text);
    let at = text[..mistake.span.start].chars().count();
    let long = text[mistake.span.clone()].chars().count().max(1);
    let mut told = format!("{text}\n{}{} {mistake}", " ".repeat(at), "^".repeat(long));
    if let Some(advice) = &mistake.advice {
        write!(told, "\n= {advice}").unwrap();
    }
    told
}

fn chance(at_least: f64, months: u32) -> Need {
    Need::Chance {
        quantity: "killed".into(),
        at_least,
        months,
    }
}

#[test]
fn the_example_asks_for_a_chance_and_a_trend() {
    let expression = read("P(killed ≥ 25 within 3 months) ≥ 0.3 and trend rising");
    let trend = Need::Trend {
        quantity: "killed".into(),
    };
    assert_eq!(expression.needs(), [chance(25.0, 3), trend]);
    assert!(expression.is_forecast());
    assert_eq!(expression.threshold(), Some(0.3));
    assert_eq!(
        expression.with_threshold(0.05).to_string(),
        "P(killed ≥ 25 within 3 months) ≥ 0.05 and trend(killed) rising"
    );
}

#[test]
fn one_meaning_has_one_canonical_form() {
    let canonical = [
        (
            "p( killed>=25 WITHIN 1 month )>=30 % AND Trend Rising",
            "P(killed ≥ 25 within 1 month) ≥ 0.3 and trend(killed) rising",
        ),
        ("killed in last 12 months < 25", "killed in last 12 months < 25"),
        ("incidents in last 14 days ≥ 3", "incidents in last 14 days ≥ 3"),
        ("incidents in last 1 day > 3 incidents", "incidents in last 1 day > 3"),
        ("killed >= 100,000", "killed ≥ 100000"),
        ("killed <= 1_000_000.5 people", "killed ≤ 1000000.5"),
        ("acute_food_insecurity ≥ 0.29", "acute_food_insecurity ≥ 29 %"),
        ("acute_food_insecurity ≥ 0.5%", "acute_food_insecurity ≥ 0.5 %"),
        ("homicides > 6.1 per 100,000 people", "homicides > 6.1"),
        ("inform_risk > −6.5 points", "inform_risk > -6.5"),
        ("not trend(killed) falling", "not trend(killed) falling"),
        ("trend steady or killed > 1", "trend(killed) steady or killed > 1"),
        (
            "change(displaced_in_country, 12 months) ≥ 50 %",
            "change(displaced_in_country, 12 months) ≥ 50 %",
        ),
        ("change(killed,1 month) < -7%", "change(killed, 1 month) < -7 %"),
        (
            "((killed > 1) and (killed > 2 or killed > 3)) or not (not killed > 4)",
            "killed > 1 and (killed > 2 or killed > 3) or not not killed > 4",
        ),
    ];
    for (text, expected) in canonical {
        assert_eq!(read(text).to_string(), expected);
    }
}

#[test]
fn and_binds_closer_than_or_and_not_closer_than_both() {
    let Expression::Or(parts) = read("killed > 1 or not killed > 2 and killed > 3") else {
        panic!("or is outermost");
    };
    let Expression::And(inner) = &parts[1] else {
        panic!("and is within")
    };
    assert!(matches!(inner[0], Expression::Not(_)));
}

#[test]
fn readings_are_asked_for_once_and_sort() {
    let expression = read(
        "killed > 5 and killed > 6 and P(killed ≥ 30 within 3 months) > 0.1 and P(killed ≥ 4 within 3 months) > 0.1 \
         and not (killed < 7 or P(killed ≥ 30 within 3 months) > 0.2)",
    );
    let latest = Need::Value {
        quantity: "killed".into(),
        over: Over::Latest,
    };
    assert_eq!(expression.needs(), [latest.clone(), chance(30.0, 3), chance(4.0, 3)]);
    let sorted: Vec<Need> = expression
        .needs()
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(sorted, [chance(4.0, 3), chance(30.0, 3), latest]);
    assert_eq!(expression.threshold(), Some(0.1));
    assert_eq!(read("killed > 5").threshold(), None);
    assert!(!read("killed > 5").is_forecast());
    let told: Vec<String> = sorted.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "the chance that killed reaches 4 within 3 months",
            "the chance that killed reaches 30 within 3 months",
            "the latest value of killed"
        ]
    );
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let wrong = [
        "",
        "  ",
        "kiled ≥ 25",
        "rainfall_in_zanzibar ≥ 25",
        "P(homicides ≥ 25 within 3 months) ≥ 0.3",
        "displaced_in_country in last 12 months ≥ 25",
        "killed ≥ 25 %",
        "acute_food_insecurity ≥ 20",
        "acute_food_insecurity ≥ 20 people",
        "acute_food_insecurity ≥ 120 %",
        "homicides ≥ 6 incidents",
        "homicides ≥ 6 per 1,000",
        "killed ≥ 25 deaths",
        "killed ≥ -3",
        "P(killed ≥ 25 within 3 months) ≥ 25",
        "P(killed ≥ 25 within 3 months) ≥ 25 people",
        "P(killed ≥ 25 within 3 months) ≥ 130 %",
        "P(killed < 25 within 3 months) ≥ 0.3",
        "P(killed ≥ 0 within 3 months) ≥ 0.3",
        "P(killed ≥ 25 % within 3 months) ≥ 0.3",
        "P(killed ≥ 25) ≥ 0.3",
        "P(killed ≥ 25 within 0 months) ≥ 0.3",
        "P(killed ≥ 25 within 1.5 months) ≥ 0.3",
        "P(killed ≥ 25 within 14 days) ≥ 0.3",
        "P(killed ≥ 25 within 3 months ≥ 0.3",
        "P killed ≥ 25",
        "(killed ≥ 25 and killed ≥ 3",
        "killed ≥ 25)",
        "killed ≥ 25 killed ≥ 3",
        "killed ≥ 25 and",
        "killed = 25",
        "killed over 25",
        "killed in last 3 years ≥ 25",
        "killed ≥ nan",
        "killed ≥ 0,3",
        "killed ≥ 1.000.000",
        "killed ≥ 25 ; rm",
        "25 ≤ killed",
        "trend rising",
        "trend(killed) sideways",
        "change(killed, 12 months) ≥ 2",
        "change(killed 12 months) ≥ 50 %",
    ];
    insta::assert_snapshot!(wrong.map(refused).join("\n\n"));
}

#[test]
fn a_number_that_is_not_finite_is_refused() {
    let text = format!("killed ≥ {}", "9".repeat(400));
    let mistake = parse(&text, &words()).unwrap_err();
    assert_eq!(&text[mistake.span], "9".repeat(400));
    assert!(
        mistake.message.ends_with("is too large a number"),
        "{}",
        mistake.message
    );
}

#[test]
fn depth_ends_at_fifty_and_hostile_texts_do_no_harm() {
    let nested = |n: usize| format!("{}killed > 1{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(read(&nested(50)).to_string(), "killed > 1");
    let hostile = [
        nested(51),
        nested(100_000),
        "not ".repeat(100_000),
        "(".repeat(100_000),
        "not(".repeat(100_000),
    ];
    for text in hostile {
        let Mistake { message, .. } = parse(&text, &words()).unwrap_err();
        assert_eq!(message, "the expression is nested deeper than 50 times");
    }
    let wide = vec!["killed > 1"; 20_000].join(" and ");
    assert_eq!(read(&wide).needs().len(), 1);
    assert!(parse(&"a".repeat(1_000_000), &words()).is_err());
}

/// Any leaf that can be written.
fn leaf() -> impl Strategy<Value = Expression> {
    let amount = prop_oneof![
        0.0f64..1e6,
        (0u32..5_000).prop_map(f64::from),
        any::<f64>().prop_map(f64::abs)
    ];
    let amount = amount.prop_filter("a number that is written", |x| x.is_finite());
    let comparison = prop_oneof![
        Just(Comparison::AtLeast),
        Just(Comparison::Above),
        Just(Comparison::AtMost),
        Just(Comparison::Below)
    ];
    let trend = prop_oneof![Just(Trend::Rising), Just(Trend::Steady), Just(Trend::Falling)];
    let quantities: Vec<Quantity> = words().iter().cloned().collect();
    let quantity = prop::sample::select(quantities);
    let span = 1u32..=10_000;
    (
        quantity,
        0u8..4,
        amount,
        0.0f64..=1.0,
        comparison,
        trend,
        span,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(quantity, kind, amount, share, comparison, trend, span, windowed, negative)| {
                let name = quantity.name.clone();
                let amount = match quantity.unit {
                    Unit::Share => share,
                    Unit::Index if negative => -amount,
                    _ => amount,
                };
                let (need, test) = match kind {
                    0 if quantity.forecast && amount > 0.0 => {
                        let need = Need::Chance {
                            quantity: name,
                            at_least: amount,
                            months: span,
                        };
                        (need, Test::Number(comparison, share))
                    }
                    1 => (Need::Trend { quantity: name }, Test::Trend(trend)),
                    2 => {
                        let by = if negative { -share } else { share * 10.0 };
                        let need = Need::Change {
                            quantity: name,
                            months: span,
                        };
                        (need, Test::Number(comparison, by))
                    }
                    _ => {
                        let over = match (quantity.windows, windowed) {
                            (false, _) => Over::Latest,
                            (true, true) => Over::Months(span),
                            (true, false) => Over::Days(span),
                        };
                        (Need::Value { quantity: name, over }, Test::Number(comparison, amount))
                    }
                };
                Expression::Is(Leaf { quantity, need, test })
            },
        )
}

pub(crate) fn expression() -> impl Strategy<Value = Expression> {
    leaf().prop_recursive(6, 40, 4, |part| {
        prop_oneof![
            part.clone().prop_map(|part| Expression::Not(Box::new(part))),
            prop::collection::vec(part.clone(), 2..4).prop_map(Expression::And),
            prop::collection::vec(part, 2..4).prop_map(Expression::Or),
        ]
    })
}

/// Texts that look like expressions.
fn scraps() -> impl Strategy<Value = String> {
    let words = [
        "P",
        "(",
        ")",
        "killed",
        "≥",
        "<=",
        ">",
        "25",
        "0.3",
        "%",
        "within",
        "in",
        "last",
        "12",
        "months",
        "days",
        "and",
        "or",
        "not",
        "trend",
        "rising",
        "change",
        ",",
        "people",
        "per",
        "100,000",
        "−",
        "é",
        "\u{0301}",
        "1,2,3",
        "killde",
        "🕊",
        "=",
        "incidents",
        "acute_food_insecurity",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn what_is_written_out_reads_as_the_same(expression in expression()) {
        let text = expression.to_string();
        prop_assert_eq!(parse(&text, &words()), Ok(expression), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place_in_it(text in prop_oneof![any::<String>(), scraps(), "[killedPand≥(0-9 %)]*"]) {
        match parse(&text, &words()) {
            Ok(expression) => {
                // Not deeper than it was.
                let canonical = expression.to_string();
                prop_assert_eq!(parse(&canonical, &words()).unwrap().to_string(), canonical);
            }
            Err(mistake) => {
                prop_assert!(text.get(mistake.span.clone()).is_some(), "{:?} in {:?}", mistake, text);
                prop_assert!(!mistake.message.is_empty());
            }
        }
    }

    #[test]
    fn an_expression_with_a_character_lost_points_into_the_text(expression in expression(), at in any::<prop::sample::Index>()) {
        let text = expression.to_string();
        let lost: String = {
            let lost = at.index(text.chars().count());
            text.chars().enumerate().filter(|(at, _)| *at != lost).map(|(_, c)| c).collect()
        };
        if let Err(mistake) = parse(&lost, &words()) {
            prop_assert!(lost.get(mistake.span.clone()).is_some(), "{:?} in {:?}", mistake, lost);
        }
    }
}

//! Frameworks agreed beforehand: how they stand, what options rest on, and what contradicts itself.

use jiff::civil::{Date, date};
use lysoen_ladder::framework::{Framework, Standing};
use lysoen_ladder::statement::{Answer, Kind};

const FILE: &str = r#"
id = "floods"
title = "Cash before the flood"
places = ["MOZ"]
trigger = "deadly-violence"
options = ["S06", "S07"]
confirmed_by = "resident-coordinator"
from = "2026-01-01"
until = "2027-12-31"
document = "Framework of 1 January 2026"

[finance]
source = "CERF"
amount = 4000000
currency = "USD"
pre_positioning = 500000
readiness = 500000
early_action = 3000000
"#;

fn read(text: &str) -> Framework {
    toml::from_str(text).unwrap()
}

fn hard(id: &str) -> Option<bool> {
    match id {
        "S06" | "S07" => Some(false),
        "H06" => Some(true),
        _ => None,
    }
}

#[test]
fn it_is_armed_where_its_trigger_stands_and_activated_once_that_is_confirmed() {
    let framework = read(FILE);
    let on = |day: Date, stands, confirmed| framework.standing(day, stands, confirmed);
    let day = date(2026, 6, 1);
    assert_eq!(
        on(date(2025, 12, 31), Some(true), None),
        Standing::NotYet(date(2026, 1, 1))
    );
    assert_eq!(on(day, Some(false), None), Standing::InForce);
    assert_eq!(on(day, None, None), Standing::NotAssessed);
    assert_eq!(on(day, Some(true), None).told(), "armed, awaiting confirmation");
    assert_eq!(
        on(day, Some(true), Some(date(2026, 5, 30))),
        Standing::Activated(date(2026, 5, 30))
    );
    // A decision of before it was in force, or of after the day that is told, confirms nothing.
    assert_eq!(
        on(day, Some(true), Some(date(2025, 5, 30))),
        Standing::ArmedAwaitingConfirmation
    );
    assert_eq!(
        on(day, Some(true), Some(date(2026, 6, 2))),
        Standing::ArmedAwaitingConfirmation
    );
    assert_eq!(
        on(date(2028, 1, 1), Some(true), Some(date(2026, 5, 30))),
        Standing::Expired(date(2027, 12, 31))
    );
}

#[test]
fn its_options_rest_on_it_in_its_places_for_as_long_as_it_is_in_force() {
    let framework = read(FILE);
    let said = framework.statement(&"MOZ".parse().unwrap()).unwrap();
    assert_eq!(
        (said.kind, said.answer, said.subject.as_str()),
        (Kind::Framework, Answer::InForce, "S06 S07")
    );
    assert_eq!((said.from, said.until), (date(2026, 1, 1), Some(date(2027, 12, 31))));
    assert!(framework.statement(&"MWI".parse().unwrap()).is_none());
}

#[test]
fn what_contradicts_itself_is_told_in_sentences() {
    let triggers = ["deadly-violence"];
    assert_eq!(read(FILE).problems(&triggers, &hard), Vec::<String>::new());
    for (good, bad, told) in [
        (
            "\"deadly-violence\"",
            "\"floods\"",
            "there is no trigger floods; there are deadly-violence",
        ),
        (
            "\"S07\"",
            "\"H06\"",
            "H06 is hard, and hard options are never agreed beforehand",
        ),
        ("\"S07\"", "\"S77\"", "there is no option S77"),
        (
            "2027-12-31",
            "2025-12-31",
            "it ends on 2025-12-31, before it begins on 2026-01-01",
        ),
        ("\"MOZ\"", "\"Mozambique\"", "Mozambique is no country code"),
        (
            "amount = 4000000",
            "amount = 5000000",
            "its parts add up to 4000000 and not to 5000000",
        ),
        ("amount = 4000000", "amount = -1", "the amount is no sum of money"),
    ] {
        let problems = read(&FILE.replacen(good, bad, 1)).problems(&triggers, &hard);
        assert!(
            problems.iter().any(|problem| problem.contains(told)),
            "{told}: {problems:?}"
        );
    }
}

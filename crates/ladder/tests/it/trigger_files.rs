//! The files of triggers: those that are shipped, and what is refused.

use lysoen_ladder::Tier;
use lysoen_ladder::trigger::{Mistake, Trigger, TriggerSpec};

use crate::triggers::words;

fn shipped() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/ladder/triggers");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap()).collect();
    files.sort_by_key(|file| file.file_name());
    let text = |file: &std::fs::DirEntry| std::fs::read_to_string(file.path()).unwrap();
    files
        .iter()
        .map(|file| (file.file_name().into_string().unwrap(), text(file)))
        .collect()
}

fn one(file: &str) -> String {
    shipped().into_iter().find(|(name, _)| name == file).unwrap().1
}

fn mistakes(file: &str, text: &str) -> Vec<Mistake> {
    TriggerSpec::parse(file, text, &words()).expect_err(text)
}

#[test]
fn the_shipped_triggers_are_read() {
    let triggers: Vec<Trigger> = shipped()
        .iter()
        .map(|(file, text)| TriggerSpec::parse(file, text, &words()).unwrap_or_else(|e| panic!("{file}: {e:?}")))
        .collect();
    let told: Vec<(&str, bool, bool, Tier)> = triggers
        .iter()
        .map(|t| {
            (
                t.spec.id.as_str(),
                t.expression.is_forecast(),
                t.spec.event.is_some(),
                t.spec.supports,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("deadly-violence-onset", true, true, Tier::Medium),
            ("deadly-violence", true, true, Tier::Medium),
            ("deaths-observed", false, true, Tier::Soft),
            ("food-crisis", false, false, Tier::Soft),
        ]
    );
}

#[test]
fn a_mistake_in_the_expression_points_into_the_file() {
    let text = one("deadly-violence.toml");
    for (good, bad, quoted) in [
        ("\"P(killed ≥ 25", "\"P(kiled ≥ 25", "kiled"),
        ("≥ 0.3 and", "≥ 25 and", "25"),
        (
            "\"P(killed ≥ 25 within 3 months) ≥ 0.3 and trend rising\"",
            "'''\nkilled ≥ 3 %'''",
            "3 %",
        ),
        // Escaped characters move what follows: the whole value is pointed at.
        (
            "\"P(killed ≥ 25",
            "\"P(kiled \\u2265 25",
            "\"P(kiled \\u2265 25 within 3 months) ≥ 0.3 and trend rising\"",
        ),
    ] {
        let text = text.replacen(good, bad, 1);
        let found = mistakes("deadly-violence.toml", &text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(&text[found[0].span.clone()], quoted);
    }
}

#[test]
fn contradictions_are_refused_together_and_where_they_stand() {
    let text = one("deadly-violence.toml")
        .replace("supports = \"medium\"", "supports = \"hard\"")
        .replace("version = 1", "version = 0")
        .replace("confirmations = 1", "confirmations = 0")
        .replace("window_days = 92", "window_days = 0")
        .replace("at_least = 25", "at_least = nan")
        .replace("within_months = 3", "within_months = 0")
        .replace("measure = \"killed\"", "measure = \"homicides\"")
        .replace("title = \"Deadly violence expected\"", "title = \" \"");
    let found = mistakes("violence.toml", &text);
    let told: Vec<String> = found
        .iter()
        .map(|m| format!("{}: {m}", &text[m.span.clone()]))
        .collect();
    assert_eq!(
        told,
        [
            "\"deadly-violence\": the trigger `deadly-violence` is in a file called violence",
            "\" \": the title is empty",
            "0: version 0 is none",
            "\"hard\": hard options are never armed by a formula",
            "0: a trigger that no reading confirms would always stand",
            "0: a warning that stands for 0 days is none",
            "nan: an event that reaches NaN is none",
            "0: an event within 0 months cannot come",
            "\"homicides\": `homicides` is not forecast, so that no chance of it is known",
        ]
    );
    assert!(found.iter().all(|mistake| mistake.advice.is_some()));
}

#[test]
fn fields_that_are_unknown_or_absent_are_refused() {
    let text = one("food-crisis.toml");
    let unknown = format!("threshold = 3\n{text}");
    let found = mistakes("food-crisis.toml", &unknown);
    assert!(found[0].message.contains("unknown field `threshold`"), "{found:?}");
    assert_eq!(&unknown[found[0].span.clone()], "threshold");
    let absent = text.replace("window_days", "# window_days");
    let found = mistakes("food-crisis.toml", &absent);
    assert!(found[0].message.contains("missing field `window_days`"), "{found:?}");
    assert!(absent.get(found[0].span.clone()).is_some());
}

//! What is recorded of places, as the ladder's rules take it.

use std::collections::BTreeSet;

use jiff::civil::date;
use lysoen_answers::ladder::statements;
use lysoen_facts::manifest::{Counts, Input, Scope};
use lysoen_facts::tables::{FactRow, MandateRow, Origin};
use lysoen_facts::{Lake, ReleaseMeta, ViewAt};
use lysoen_ladder::{Answer, Kind};
use lysoen_sources::mandates::KINDS;
use schemars::JsonSchema;

use crate::observatories::from_snapshot;

/// The words of an enum, by its schema.
fn words<T: JsonSchema>() -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, words: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        ("const", serde_json::Value::String(word)) => drop(words.insert(word.clone())),
                        ("enum", serde_json::Value::Array(list)) => {
                            words.extend(list.iter().filter_map(|word| word.as_str().map(str::to_string)));
                        }
                        _ => collect(value, words),
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, words)),
            _ => {}
        }
    }
    let mut words = BTreeSet::new();
    collect(schemars::schema_for!(T).as_value(), &mut words);
    words
}

#[test]
fn the_words_that_an_import_takes_are_those_that_the_rules_know() {
    let kinds: BTreeSet<String> = KINDS.iter().map(|(kind, _)| kind.to_string()).collect();
    assert_eq!(kinds, words::<Kind>());
    let answers: BTreeSet<String> = KINDS
        .iter()
        .flat_map(|(_, answers)| *answers)
        .map(ToString::to_string)
        .collect();
    assert_eq!(answers, words::<Answer>());
}

#[test]
fn a_lake_from_before_the_table_has_no_statements() {
    let (_folder, observatory) = from_snapshot();
    let view = observatory.view(&ViewAt::default()).unwrap();
    assert_eq!(statements(&view).unwrap(), []);
}

#[test]
fn a_word_that_the_program_does_not_know_is_told_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut lake = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap();
    let origin = Origin {
        source: "mandates".into(),
        dataset: "statements".into(),
        as_of: date(2025, 7, 1),
        file: "records.csv".into(),
    };
    let mut writer = lake.begin(origin).unwrap();
    let row = MandateRow {
        statement_id: "w1",
        place: "CAF",
        country: Some("CAF"),
        kind: "weather",
        answer: "given",
        row: 7,
        ..MandateRow::default()
    };
    writer.push(&FactRow::Mandate(row)).unwrap();
    let staged = writer
        .finish(ReleaseMeta {
            vintage_label: None,
            vintage_basis: "given".into(),
            scope: Scope::default(),
            publication_lag_days: 0,
            input: Input {
                file: "records.csv".into(),
                sha256: "made".into(),
                bytes: 1,
            },
            reader: "made@1".into(),
            counts: Counts::default(),
        })
        .unwrap();
    lake.commit(vec![staged], jiff::Timestamp::UNIX_EPOCH).unwrap();
    let view = lake.view(&ViewAt::default()).unwrap();
    let said = statements(&view).unwrap_err().to_string();
    assert!(
        said.starts_with(
            "records.csv, row 7, statement w1 of mandates: its kind: unknown variant `weather`, expected one of"
        ),
        "{said}"
    );
}

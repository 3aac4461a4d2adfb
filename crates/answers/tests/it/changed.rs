//! What has been said since a day.

use jiff::civil::date;
use lysoen_answers::{Cell, changes};

use crate::observatories::from_snapshot;

#[test]
fn a_revision_is_told_with_both_values_and_stands_before_what_is_new() {
    let (_folder, observatory) = from_snapshot();
    // The snapshot has the ODA figures of two vintages; the later one revised what the earlier one said of 2023.
    let earlier = observatory
        .lake
        .manifest()
        .releases
        .iter()
        .find(|r| r.source == "one-oda")
        .unwrap()
        .vintage;
    let said = changes(&observatory, earlier).unwrap();
    let column = |name: &str| said.figures.columns.iter().position(|c| c.name == name).unwrap();
    let (change, before, after) = (column("change"), column("before"), column("after"));
    let kinds: Vec<&Cell> = said.figures.rows.iter().map(|r| &r[change]).collect();
    assert_eq!(kinds[0], &Cell::from("revised"));
    let last_revised = kinds.iter().rposition(|k| **k == Cell::from("revised")).unwrap();
    let first_new = kinds.iter().position(|k| **k == Cell::from("new")).unwrap();
    assert!(last_revised < first_new);
    let revised = &said.figures.rows[0];
    assert!(matches!((&revised[before], &revised[after]), (Cell::Number(a), Cell::Number(b)) if a != b));
}

#[test]
fn nothing_has_been_said_since_tomorrow() {
    let (_folder, observatory) = from_snapshot();
    let said = changes(&observatory, date(2026, 11, 24)).unwrap();
    assert!(said.figures.rows.is_empty());
    assert!(!said.freshness.rows.is_empty());
}

#[test]
fn rounding_and_a_new_price_base_are_no_revisions() {
    let (_folder, observatory) = from_snapshot();
    let vintages = observatory.lake.vintages("one-oda").unwrap();
    let said = changes(&observatory, vintages.0).unwrap();
    let column = |name: &str| said.figures.columns.iter().position(|c| c.name == name).unwrap();
    let (change, indicator, before, after) = (column("change"), column("indicator"), column("before"), column("after"));
    let mut revised = 0;
    for row in &said.figures.rows {
        assert!(!matches!(&row[indicator], Cell::Text(text) if text.contains("prices=constant")));
        let (Cell::Number(was), Cell::Number(is)) = (&row[before], &row[after]) else {
            continue;
        };
        if row[change] != Cell::from("revised") {
            continue;
        }
        revised += 1;
        let decimals = |value: f64| value.to_string().split_once('.').map_or(0, |(_, digits)| digits.len());
        let coarser = decimals(*was).min(decimals(*is));
        let (was, is) = (format!("{was:.coarser$}"), format!("{is:.coarser$}"));
        assert_ne!(was, is, "{row:?}");
    }
    assert!(revised > 0);
    let note = |n: &String| n.contains("one-oda") && n.contains("constant prices");
    assert!(said.figures.notes.iter().any(note), "{:?}", said.figures.notes);
}

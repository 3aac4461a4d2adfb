//! What may leave, and what may not.

use lysoen_answers::{Cell, Observatory, policy};
use lysoen_facts::manifest::{Counts, Input, Scope};
use lysoen_facts::tables::{FactRow, ObservationRow, Origin};
use lysoen_facts::{ReleaseMeta, Table, ViewAt};
use jiff::civil::date;

use crate::observatories::from_snapshot;

/// Adds one row of IPC's, whose licence forbids redistribution and adaptation.
fn with_restricted_row(observatory: &mut Observatory) {
    let origin = Origin {
        source: "ipc".into(),
        dataset: "acute-country".into(),
        as_of: date(2024, 6, 30),
        file: "ipc.csv".into(),
    };
    let mut writer = observatory.lake.begin(origin).unwrap();
    for (breakdown, value) in [("phase=3+", 12_000_000.0), ("phase=all", 40_000_000.0)] {
        let row = ObservationRow {
            place: "AFG",
            country: Some("AFG"),
            indicator: "ipc_phase",
            start: date(2024, 3, 1).into(),
            end: date(2024, 5, 31).into(),
            value,
            unit: "people",
            breakdown,
            status: "current",
            row: 2,
            ..ObservationRow::default()
        };
        writer.push(&FactRow::Observation(row)).unwrap();
    }
    let meta = ReleaseMeta {
        vintage_label: None,
        vintage_basis: "given".into(),
        scope: Scope { partial: true, ..Scope::default() },
        publication_lag_days: 30,
        input: Input { file: "ipc.csv".into(), sha256: "made".into(), bytes: 1 },
        reader: "made@1".into(),
        counts: Counts::default(),
    };
    let staged = writer.finish(meta).unwrap();
    observatory.lake.commit(vec![staged], jiff::Timestamp::UNIX_EPOCH).unwrap();
}

#[test]
fn the_snapshot_holds_no_source_that_may_not_be_redistributed() {
    let (_folder, observatory) = from_snapshot();
    for source in observatory.lake.sources() {
        assert!(policy::rows_may_leave(&observatory.catalog, source), "{source}");
    }
}

#[test]
fn rows_of_a_restricted_source_are_left_out_of_an_export_and_named() {
    let (_folder, mut observatory) = from_snapshot();
    with_restricted_row(&mut observatory);
    let exported = lysoen_answers::export(&observatory, &ViewAt::default(), Table::Observations).unwrap();
    assert_eq!(exported.left_out.iter().map(|(s, _)| s.as_str()).collect::<Vec<_>>(), ["ipc"]);
    assert!(!exported.sources.iter().any(|s| s.id == "ipc"));
    for batch in exported.batches {
        let batch = batch.unwrap();
        let sources = arrow::array::AsArray::as_string::<i32>(batch.column_by_name("source").unwrap());
        assert!(sources.iter().flatten().all(|s| s != "ipc"));
    }
}

#[test]
fn a_figure_from_a_restricted_source_is_shown_here_and_left_out_of_what_leaves() {
    let (_folder, mut observatory) = from_snapshot();
    with_restricted_row(&mut observatory);
    let request = lysoen_answers::AssessRequest {
        period: Some("2024".parse().unwrap()),
        places: vec!["AFG".into()],
        ..Default::default()
    };
    let assessment = lysoen_answers::assess(&observatory, &request).unwrap();
    let hungry = assessment.figure(&"AFG".parse().unwrap(), "acute_food_insecurity").unwrap();
    assert_eq!((hungry.value, hungry.population), (Some(12_000_000.0), Some(40_000_000.0)));
    let measures = |sheet: &lysoen_answers::Sheet| -> Vec<String> {
        sheet.rows.iter().map(|r| format!("{:?}", r[4])).collect()
    };
    let ipc = format!("{:?}", Cell::from("acute_food_insecurity"));
    assert!(measures(&assessment.sheet()).contains(&ipc));
    let leaving = assessment.sheet_for_export(&observatory);
    assert!(!measures(&leaving).contains(&ipc));
    assert!(leaving.notes.iter().any(|n| n.contains("ipc")), "{:?}", leaving.notes);
}

#[test]
fn a_source_without_a_card_stays() {
    let (_folder, observatory) = from_snapshot();
    assert!(!policy::rows_may_leave(&observatory.catalog, "found-somewhere"));
    assert!(!policy::derived_may_leave(&observatory.catalog, "found-somewhere"));
}

//! A small lake of observations, and what the tests ask of it.

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Float64Type};
use jiff::civil::{Date, date};
use lysoen_facts::manifest::{Counts, Input, Scope};
use lysoen_facts::tables::{FactRow, ObservationRow, Origin, from_days};
use lysoen_facts::{Lake, ReleaseMeta, StagedRelease, View};

/// A release of `fixture/series` to be written.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) vintage: Date,
    pub(crate) scope: Scope,
    /// Country, year, value.
    pub(crate) rows: Vec<(&'static str, i16, f64)>,
}

pub(crate) fn draft(name: &str, vintage: Date, scope: Scope, rows: &[(&'static str, i16, f64)]) -> Draft {
    Draft {
        name: name.into(),
        vintage,
        scope,
        rows: rows.to_vec(),
    }
}

pub(crate) fn years(from: i16, to: i16) -> Scope {
    Scope {
        from: Some(date(from, 1, 1)),
        to: Some(date(to, 12, 31)),
        ..Scope::default()
    }
}

pub(crate) fn partial() -> Scope {
    Scope {
        partial: true,
        ..Scope::default()
    }
}

pub(crate) fn of(places: &[&str], scope: Scope) -> Scope {
    Scope {
        places: Some(places.iter().map(|p| p.to_string()).collect()),
        ..scope
    }
}

pub(crate) fn stage(lake: &Lake, draft: &Draft) -> StagedRelease {
    let origin = Origin {
        source: "fixture".into(),
        dataset: "series".into(),
        as_of: draft.vintage,
        file: format!("{}.csv", draft.name),
    };
    let mut writer = lake.begin(origin).unwrap();
    for (i, (place, year, value)) in draft.rows.iter().enumerate() {
        let row = ObservationRow {
            place,
            country: Some(place),
            indicator: "killed_total",
            start: date(*year, 1, 1).into(),
            end: date(*year, 12, 31).into(),
            value: *value,
            unit: "people",
            row: i as u64 + 2,
            ..ObservationRow::default()
        };
        writer.push(&FactRow::Observation(row)).unwrap();
    }
    writer.finish(meta(&draft.name, draft.scope.clone())).unwrap()
}

/// What is known of a release that was made up, but for its scope.
pub(crate) fn meta(name: &str, scope: Scope) -> ReleaseMeta {
    ReleaseMeta {
        vintage_label: None,
        vintage_basis: "given".into(),
        scope,
        publication_lag_days: 100,
        input: Input {
            file: format!("{name}.csv"),
            sha256: name.into(),
            bytes: 1,
        },
        reader: "fixture@1".into(),
        counts: Counts::default(),
    }
}

pub(crate) fn commit(lake: &mut Lake, draft: &Draft) -> Vec<u64> {
    let staged = stage(lake, draft);
    lake.commit(vec![staged], jiff::Timestamp::UNIX_EPOCH).unwrap().added
}

pub(crate) fn empty() -> (tempfile::TempDir, Lake) {
    let folder = tempfile::tempdir().unwrap();
    let lake = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap();
    (folder, lake)
}

/// Every row that a view shows: country, year, value; sorted.
pub(crate) fn shown(view: &View) -> Vec<(String, i16, f64)> {
    let batches = view
        .collect("SELECT place, \"end\", value FROM observations ORDER BY place, \"end\", value")
        .unwrap();
    batches.iter().flat_map(rows).collect()
}

fn rows(batch: &RecordBatch) -> Vec<(String, i16, f64)> {
    let (places, ends) = (
        batch.column(0).as_string::<i32>(),
        batch.column(1).as_primitive::<Date32Type>(),
    );
    let values = batch.column(2).as_primitive::<Float64Type>();
    let row = |i| {
        (
            places.value(i).to_string(),
            from_days(ends.value(i)).year(),
            values.value(i),
        )
    };
    (0..batch.num_rows()).map(row).collect()
}

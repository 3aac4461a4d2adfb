//! Reads a file by its layout's reader and keeps what it gave.

use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Float64Type, Int16Type, Int32Type, Int64Type};
use jiff::civil::{Date, date};
use lysoen_facts::tables::{FactRow, Origin, Table, TableBuilder, from_days};
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::input::Input;
use lysoen_sources::reader::{Coverage, Job, ReadError, Sink, Vintage};
use lysoen_sources::readers;

/// What reading a file gave.
pub(crate) struct Reading {
    pub(crate) rows: RecordBatch,
    pub(crate) findings: Findings,
    pub(crate) coverage: Coverage,
    pub(crate) vintage: Option<Vintage>,
}

struct Collect(TableBuilder);

impl Sink for Collect {
    fn push(&mut self, row: &FactRow<'_>) -> Result<(), ReadError> {
        self.0.push(row);
        Ok(())
    }
}

/// Reads events from one file.
pub(crate) fn events(path: &Path, source: &str, layout: &str) -> Result<Reading, ReadError> {
    let inputs = Input::open(path)?;
    let [input] = &inputs[..] else {
        panic!("{} holds several files", path.display())
    };
    let card = Catalog::builtin().card(source).expect("a card");
    let layout = card.layouts.iter().find(|l| l.name == layout).expect("a layout");
    let reader = readers::reader(&layout.reader).expect("a reader");
    let vintage = reader.vintage(input, card, layout)?;
    let mut sink = Collect(TableBuilder::new(Table::Events));
    let mut findings = Findings::new(input.name());
    let crosswalk = Crosswalk::builtin();
    let mut job = Job {
        card,
        layout,
        crosswalk,
        sink: &mut sink,
        findings: &mut findings,
    };
    let coverage = reader.read(input, &mut job)?;
    assert!(findings.add_up(), "{findings:?}");
    let origin = Origin {
        source: card.id.clone(),
        dataset: layout.dataset().into(),
        as_of: vintage.as_ref().map_or(date(2000, 1, 1), |v| v.date),
        file: input.name().into(),
    };
    Ok(Reading {
        rows: sink.0.finish(&origin),
        findings,
        coverage,
        vintage,
    })
}

/// Reads events from a file of the shared data.
pub(crate) fn shared(path: &str, source: &str, layout: &str) -> Reading {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    events(&folder.join(path), source, layout).unwrap()
}

/// The card and layout by which a file of the shared data is recognised.
pub(crate) fn recognised(path: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let inputs = Input::open(&folder.join(path)).unwrap();
    let found = lysoen_sources::recognise::recognise(&inputs[0], Catalog::builtin(), None).unwrap();
    format!("{}/{}", found.card.id, found.layout.name)
}

/// Reads events from a file of that name and content.
pub(crate) fn written(name: &str, content: impl AsRef<[u8]>, source: &str, layout: &str) -> Result<Reading, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    events(&path, source, layout)
}

impl Reading {
    pub(crate) fn len(&self) -> usize {
        self.rows.num_rows()
    }

    pub(crate) fn sum(&self, column: &str) -> i64 {
        self.rows
            .column_by_name(column)
            .unwrap()
            .as_primitive::<Int64Type>()
            .iter()
            .flatten()
            .sum()
    }

    pub(crate) fn number(&self, column: &str, row: usize) -> Option<i64> {
        let column = self.rows.column_by_name(column).unwrap();
        if column.is_null(row) {
            return None;
        }
        let wide = column.as_primitive_opt::<Int64Type>().map(|c| c.value(row));
        let middle = column.as_primitive_opt::<Int32Type>().map(|c| i64::from(c.value(row)));
        let narrow = column.as_primitive_opt::<Int16Type>().map(|c| i64::from(c.value(row)));
        wide.or(middle).or(narrow)
    }

    pub(crate) fn float(&self, column: &str, row: usize) -> Option<f64> {
        let column = self.rows.column_by_name(column).unwrap().as_primitive::<Float64Type>();
        (!column.is_null(row)).then(|| column.value(row))
    }

    pub(crate) fn day(&self, column: &str, row: usize) -> Date {
        from_days(
            self.rows
                .column_by_name(column)
                .unwrap()
                .as_primitive::<Date32Type>()
                .value(row),
        )
    }

    pub(crate) fn text(&self, column: &str, row: usize) -> Option<&str> {
        let column = self.rows.column_by_name(column).unwrap().as_string::<i32>();
        (!column.is_null(row)).then(|| column.value(row))
    }

    pub(crate) fn texts(&self, column: &str) -> Vec<Option<&str>> {
        (0..self.len()).map(|row| self.text(column, row)).collect()
    }

    /// The remaining columns of a row.
    pub(crate) fn fields(&self, row: usize) -> serde_json::Value {
        self.text("source_fields", row)
            .map_or(serde_json::Value::Null, |json| serde_json::from_str(json).unwrap())
    }

    /// Rows read, kept, rejected, skipped.
    pub(crate) fn counts(&self) -> [u64; 4] {
        let f = &self.findings;
        [f.rows_read, f.rows_kept, f.rows_rejected, f.rows_skipped]
    }

    /// The findings as `row column: found`, of one severity.
    pub(crate) fn found(&self, severity: Severity) -> Vec<String> {
        let of_it = self.findings.list().iter().filter(|f| f.severity == severity);
        of_it
            .map(|f| {
                format!(
                    "{} {}: {}",
                    f.row.unwrap_or_default(),
                    f.column.as_deref().unwrap_or("-"),
                    f.found
                )
            })
            .collect()
    }

    /// How many findings are about a column and expect what contains this text.
    pub(crate) fn findings_on(&self, column: &str, expected: &str) -> usize {
        let about = |f: &&lysoen_sources::finding::Finding| {
            f.column.as_deref() == Some(column) && f.expected.contains(expected)
        };
        self.findings.list().iter().filter(about).count()
    }
}

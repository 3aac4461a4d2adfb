//! Reads a file as an import does, and keeps its facts in memory.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use lysoen_facts::tables::FactRow;
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::input::Input;
use lysoen_sources::reader::{Coverage, Job, ReadError, Sink, Vintage};
use lysoen_sources::readers;
use lysoen_sources::recognise::recognise;

/// A treaty action, owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Action {
    pub(crate) instrument: String,
    pub(crate) participant: String,
    pub(crate) name: String,
    pub(crate) action: String,
    pub(crate) date: Option<Date>,
    pub(crate) precision: String,
    pub(crate) effective: Option<Date>,
    pub(crate) verified: bool,
    pub(crate) note: Option<String>,
    pub(crate) row: u64,
}

/// A record of a secretariat's list, owned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Commitment {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) element: Option<i16>,
    pub(crate) instrument: Option<String>,
    pub(crate) duty: Option<String>,
    pub(crate) participant: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) covers: Option<String>,
    pub(crate) until: Option<Date>,
    pub(crate) document: Option<String>,
    pub(crate) verified: bool,
    pub(crate) note: Option<String>,
    pub(crate) row: u64,
}

/// An observation, owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Observation {
    pub(crate) place: String,
    pub(crate) country: Option<String>,
    pub(crate) indicator: String,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) value: f64,
    pub(crate) interval: Option<(f64, f64)>,
    pub(crate) interval_kind: Option<String>,
    pub(crate) unit: String,
    pub(crate) population: Option<f64>,
    pub(crate) breakdown: String,
    pub(crate) status: String,
    pub(crate) note: Option<String>,
    pub(crate) row: u64,
}

/// A place, owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) place: String,
    pub(crate) country: Option<String>,
    pub(crate) kind: String,
    pub(crate) level: i16,
    pub(crate) parent: Option<String>,
    pub(crate) name: String,
    pub(crate) other_name: Option<String>,
    pub(crate) valid_from: Option<Date>,
    pub(crate) valid_to: Option<Date>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) area_km2: Option<f64>,
    pub(crate) geometry: Option<Vec<u8>>,
    pub(crate) row: u64,
}

/// What a file became.
pub(crate) struct Taken {
    pub(crate) layout: String,
    pub(crate) dataset: String,
    pub(crate) vintage: Option<Vintage>,
    pub(crate) coverage: Coverage,
    pub(crate) findings: Findings,
    pub(crate) actions: Vec<Action>,
    pub(crate) commitments: Vec<Commitment>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) places: Vec<Place>,
}

impl Taken {
    /// The findings of a severity as text.
    pub(crate) fn texts(&self, severity: Severity) -> Vec<String> {
        self.findings
            .list()
            .iter()
            .filter(|f| f.severity == severity)
            .map(ToString::to_string)
            .collect()
    }

    /// Rows read, kept, rejected and skipped; they must add up.
    pub(crate) fn counts(&self) -> [u64; 4] {
        let f = &self.findings;
        assert!(
            f.add_up(),
            "{} read, {} kept, {} rejected, {} skipped",
            f.rows_read,
            f.rows_kept,
            f.rows_rejected,
            f.rows_skipped
        );
        [f.rows_read, f.rows_kept, f.rows_rejected, f.rows_skipped]
    }

    /// The only observation that fits.
    pub(crate) fn one(&self, place: &str, indicator: &str, breakdown: &str) -> &Observation {
        let mut fitting = self
            .observations
            .iter()
            .filter(|o| o.place == place && o.indicator == indicator && o.breakdown == breakdown);
        let one = fitting
            .next()
            .unwrap_or_else(|| panic!("no {indicator} of {place} ({breakdown})"));
        assert!(fitting.next().is_none(), "two of {indicator} of {place} ({breakdown})");
        one
    }
}

#[derive(Default)]
struct Rows {
    actions: Vec<Action>,
    commitments: Vec<Commitment>,
    observations: Vec<Observation>,
    places: Vec<Place>,
}

impl Sink for Rows {
    fn push(&mut self, row: &FactRow<'_>) -> Result<(), ReadError> {
        let text = |text: Option<&str>| text.map(str::to_string);
        match row {
            FactRow::TreatyAction(r) => self.actions.push(Action {
                instrument: r.instrument.into(),
                participant: r.participant.into(),
                name: r.participant_name.into(),
                action: r.action.into(),
                date: r.date.map(Date::from),
                precision: r.date_precision.into(),
                effective: r.effective.map(Date::from),
                verified: r.verified,
                note: text(r.note),
                row: r.row,
            }),
            FactRow::Commitment(r) => self.commitments.push(Commitment {
                id: r.record_id.into(),
                kind: r.kind.into(),
                element: r.element,
                instrument: text(r.instrument),
                duty: text(r.duty),
                participant: text(r.participant),
                name: text(r.participant_name),
                date: r.date.map(Date::from),
                covers: text(r.covers),
                until: r.until.map(Date::from),
                document: text(r.document),
                verified: r.verified,
                note: text(r.note),
                row: r.row,
            }),
            FactRow::Observation(r) => self.observations.push(Observation {
                place: r.place.into(),
                country: text(r.country),
                indicator: r.indicator.into(),
                start: r.start.into(),
                end: r.end.into(),
                value: r.value,
                interval: r.low.zip(r.high),
                interval_kind: text(r.interval_kind),
                unit: r.unit.into(),
                population: r.population,
                breakdown: r.breakdown.into(),
                status: r.status.into(),
                note: text(r.note),
                row: r.row,
            }),
            FactRow::Place(r) => self.places.push(Place {
                place: r.place.into(),
                country: text(r.country),
                kind: r.kind.into(),
                level: r.level,
                parent: text(r.parent),
                name: r.name.into(),
                other_name: text(r.other_name),
                valid_from: r.valid_from.map(Date::from),
                valid_to: r.valid_to.map(Date::from),
                latitude: r.latitude,
                longitude: r.longitude,
                area_km2: r.area_km2,
                geometry: r.geometry.map(<[u8]>::to_vec),
                row: r.row,
            }),
            other => panic!("a row of another table: {other:?}"),
        }
        Ok(())
    }
}

/// Reads a file by the card and layout that it is recognised to have, or that `as_` names.
pub(crate) fn take(catalog: &Catalog, path: &Path, as_: Option<&str>) -> Result<Taken, ReadError> {
    let mut inputs = Input::open(path)?;
    assert_eq!(inputs.len(), 1, "one file, not an archive");
    take_input(catalog, inputs.remove(0), as_)
}

/// Reads an input that has been opened.
pub(crate) fn take_input(catalog: &Catalog, mut input: Input, as_: Option<&str>) -> Result<Taken, ReadError> {
    let found = recognise(&input, catalog, as_)?;
    input.choose_sheet(found.sheet.clone());
    let reader = readers::reader(&found.layout.reader).expect("the reader that the card asks for");
    let mut rows = Rows::default();
    let mut findings = Findings::new(input.file_name());
    let mut job = Job {
        card: found.card,
        layout: found.layout,
        crosswalk: Crosswalk::builtin(),
        sink: &mut rows,
        findings: &mut findings,
    };
    let coverage = reader.read(&input, &mut job)?;
    Ok(Taken {
        layout: format!("{}/{}", found.card.id, found.layout.name),
        dataset: reader.dataset(&input, found.layout)?,
        vintage: reader.vintage(&input, found.card, found.layout)?,
        coverage,
        findings,
        actions: rows.actions,
        commitments: rows.commitments,
        observations: rows.observations,
        places: rows.places,
    })
}

/// Reads a file that is recognised by its content.
pub(crate) fn file(path: &Path) -> Taken {
    take(Catalog::builtin(), path, None).unwrap_or_else(|e| panic!("{e}"))
}

/// Writes a file of that name into a folder that is removed afterwards, and reads it.
pub(crate) fn text(name: &str, text: &str) -> Taken {
    written(name, text, file)
}

/// Writes a file of that name into a folder that is removed afterwards.
pub(crate) fn written<T>(name: &str, text: &str, then: impl FnOnce(&Path) -> T) -> T {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("room for the test's file");
    then(&path)
}

/// A file of the shared data.
pub(crate) fn shared(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path)
}

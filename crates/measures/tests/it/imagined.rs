//! An imagined Central African Republic of squares, and what the tests ask of it.
//!
//! | P-code | name | degrees east | degrees north |
//! |---|---|---|---|
//! | CF11 | Nana-Gribizi | 20–22 | 6–8 |
//! | CF12 | Ouham | 22–24 | 6–8 |
//! | CF111, CF112 | Kaga-Bandoro, Mbrès | 20–21, 21–22 | 6–8 |
//! | CF121, CF122 | Kabo, Mbrès | 22–23, 23–24 | 6–8 |
//! | CF1110 | Arrondissement 1 | 20.50–20.53 | 7.50–7.53 |
//! | CF1111, CF1112 | Nana-Outa, Botto | 20–21 | 6–7, 7–8 |

use geozero::{CoordDimensions, ToWkb};
use jiff::civil::{Date, date};
use lysoen_facts::manifest::{Counts, Input, Scope};
use lysoen_facts::tables::{EventRow, FactRow, ObservationRow, Origin, PlaceRow};
use lysoen_facts::{Lake, ReleaseMeta, View, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_measures::Measures;
use lysoen_measures::communities::{Areas, Communities, Level, Question, communities};

/// A P-code, its level, its parent, its name, and its corners: west, south, east, north.
type Square = (&'static str, i16, &'static str, &'static str, [f64; 4]);

pub(crate) const SQUARES: [Square; 9] = [
    ("CF11", 1, "CAF", "Nana-Gribizi", [20.0, 6.0, 22.0, 8.0]),
    ("CF12", 1, "CAF", "Ouham", [22.0, 6.0, 24.0, 8.0]),
    ("CF111", 2, "CF11", "Kaga-Bandoro", [20.0, 6.0, 21.0, 8.0]),
    ("CF112", 2, "CF11", "Mbrès", [21.0, 6.0, 22.0, 8.0]),
    ("CF121", 2, "CF12", "Kabo", [22.0, 6.0, 23.0, 8.0]),
    ("CF122", 2, "CF12", "Mbrès", [23.0, 6.0, 24.0, 8.0]),
    ("CF1110", 3, "CF111", "Arrondissement 1", [20.50, 7.50, 20.53, 7.53]),
    ("CF1111", 3, "CF111", "Nana-Outa", [20.0, 6.0, 21.0, 7.0]),
    ("CF1112", 3, "CF111", "Botto", [20.0, 7.0, 21.0, 8.0]),
];

/// A lake in a folder of its own.
pub(crate) struct Imagined {
    _folder: tempfile::TempDir,
    lake: Lake,
    releases: usize,
}

impl Imagined {
    /// The country with its boundaries.
    pub(crate) fn with_boundaries() -> Imagined {
        let mut country = Imagined::without_areas();
        country.places("cod-ab", date(2015, 6, 15), &SQUARES, true);
        country
    }

    /// The country without anything.
    pub(crate) fn without_areas() -> Imagined {
        let folder = tempfile::tempdir().unwrap();
        let lake = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap();
        Imagined {
            _folder: folder,
            lake,
            releases: 0,
        }
    }

    /// Adds a list of areas, with or without boundaries.
    pub(crate) fn places(&mut self, source: &str, as_of: Date, squares: &[Square], bounded: bool) {
        self.places_of(source, as_of, squares, |_| bounded);
    }

    /// Adds a list of areas, those of some P-codes with boundaries.
    pub(crate) fn places_of(&mut self, source: &str, as_of: Date, squares: &[Square], bounded: impl Fn(&str) -> bool) {
        let shapes: Vec<Vec<u8>> = squares.iter().map(|square| wkb(square.4)).collect();
        let rows = squares.iter().zip(&shapes).zip(2..).map(|((square, shape), row)| {
            FactRow::Place(PlaceRow {
                place: square.0,
                country: Some("CAF"),
                kind: "area",
                level: square.1,
                parent: Some(square.2),
                name: square.3,
                geometry: bounded(square.0).then_some(shape),
                row,
                ..PlaceRow::default()
            })
        });
        self.release(source, as_of, whole(), rows.collect());
    }

    /// Adds events of UCDP's, for which the country is covered from 1989 to 2022.
    pub(crate) fn events(&mut self, events: &[EventRow<'_>]) {
        let rows = events
            .iter()
            .zip(2..)
            .map(|(event, row)| FactRow::Event(EventRow { row, ..event.clone() }));
        let scope = Scope {
            places: Some(vec!["CAF".to_string()]),
            from: Some(date(1989, 1, 1)),
            to: Some(date(2022, 12, 31)),
            partial: false,
        };
        self.release("ucdp-ged", date(2023, 6, 30), scope, rows.collect());
    }

    /// Adds observations of a source.
    pub(crate) fn observations(&mut self, source: &str, observations: &[ObservationRow<'_>]) {
        let rows = observations.iter().zip(2..);
        let rows = rows.map(|(o, row)| FactRow::Observation(ObservationRow { row, ..o.clone() }));
        let partial = Scope {
            partial: true,
            ..Scope::default()
        };
        self.release(source, date(2024, 1, 1), partial, rows.collect());
    }

    fn release(&mut self, source: &str, as_of: Date, scope: Scope, rows: Vec<FactRow<'_>>) {
        self.releases += 1;
        let name = format!("{source}-{}", self.releases);
        let origin = Origin {
            source: source.into(),
            dataset: name.clone(),
            as_of,
            file: format!("{name}.csv"),
        };
        let mut writer = self.lake.begin(origin).unwrap();
        rows.iter().for_each(|row| writer.push(row).unwrap());
        let meta = ReleaseMeta {
            vintage_label: None,
            vintage_basis: "given".into(),
            scope,
            publication_lag_days: 100,
            input: Input {
                file: format!("{name}.csv"),
                sha256: name,
                bytes: 1,
            },
            reader: "fixture@1".into(),
            counts: Counts::default(),
        };
        let staged = writer.finish(meta).unwrap();
        self.lake
            .commit(vec![staged], "2024-02-01T00:00:00Z".parse().unwrap())
            .unwrap();
    }

    pub(crate) fn view(&self) -> View {
        self.lake.view(&ViewAt::default()).unwrap()
    }

    /// The areas of a level.
    pub(crate) fn areas(&self, level: Level) -> Areas {
        Areas::load(&self.view(), &["CAF".to_string()], level, date(2022, 12, 31), true).unwrap()
    }

    /// The country seen from its communities, by UCDP's events.
    pub(crate) fn seen(&self, level: Level, span: &str) -> Communities {
        let question = Question {
            country: "CAF".parse().unwrap(),
            level,
            span: span.parse().unwrap(),
            source: "ucdp-ged".into(),
        };
        communities(&self.view(), Measures::builtin(), Crosswalk::builtin(), question).unwrap()
    }
}

fn whole() -> Scope {
    Scope {
        places: Some(vec!["CAF".to_string()]),
        ..Scope::default()
    }
}

fn wkb([west, south, east, north]: [f64; 4]) -> Vec<u8> {
    let square = geo::Rect::new((west, south), (east, north)).to_polygon();
    geo::Geometry::Polygon(square).to_wkb(CoordDimensions::xy()).unwrap()
}

/// An event of 2014 with so many deaths; the rest is for the test to say.
pub(crate) fn event(id: &'static str, deaths: i64) -> EventRow<'static> {
    EventRow {
        event_id: id,
        country: Some("CAF"),
        start: date(2014, 3, 1).into(),
        end: date(2014, 3, 1).into(),
        violence: "state-based",
        deaths_best: Some(deaths),
        deaths_low: Some(deaths),
        deaths_high: Some(deaths),
        ..EventRow::default()
    }
}

/// An observation of people at a place in a year.
pub(crate) fn people<'a>(place: &'a str, indicator: &'a str, year: i16, value: f64) -> ObservationRow<'a> {
    ObservationRow {
        place,
        country: Some("CAF"),
        indicator,
        start: date(year, 1, 1).into(),
        end: date(year, 12, 31).into(),
        value,
        unit: "people",
        ..ObservationRow::default()
    }
}

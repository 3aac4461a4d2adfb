//! Deaths by month from small lakes: what is zero and what is absent, which source tells, what was known when, and where the
//! deaths of long events stand.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use lysoen_facts::manifest::{Counts, Input, Scope};
use lysoen_facts::tables::{EventRow, FactRow, ObservationRow, Origin};
use lysoen_facts::{Lake, ReleaseMeta, View, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::communities::Level;
use lysoen_measures::panels::{
    Count, LongSpans, Monthly, PanelError, Question, Violence, known_from, last_complete_month, of_areas, of_cells,
    of_countries, spread,
};
use proptest::prelude::*;

use crate::imagined::{Imagined, event};

/// A lake to which releases are added, each of a data set of its source.
struct Told {
    _folder: tempfile::TempDir,
    lake: Lake,
    releases: usize,
}

impl Told {
    fn nothing() -> Told {
        let folder = tempfile::tempdir().unwrap();
        let lake = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap();
        Told {
            _folder: folder,
            lake,
            releases: 0,
        }
    }

    /// UCDP's events, complete for the world over some years.
    fn of_the_world(vintage: Date, (from, to): (i16, i16), events: &[EventRow<'_>]) -> Told {
        let mut told = Told::nothing();
        told.events(vintage, whole_years(from, to), events);
        told
    }

    fn events(&mut self, vintage: Date, scope: Scope, events: &[EventRow<'_>]) {
        let rows = events.iter().zip(2..);
        let rows = rows.map(|(event, row)| FactRow::Event(EventRow { row, ..event.clone() }));
        self.release(("ucdp-ged", "ged"), vintage, scope, rows.collect());
    }

    fn release(&mut self, (source, dataset): (&str, &str), as_of: Date, scope: Scope, rows: Vec<FactRow<'_>>) {
        self.releases += 1;
        let file = format!("{source}-{}.csv", self.releases);
        let origin = Origin {
            source: source.into(),
            dataset: dataset.into(),
            as_of,
            file: file.clone(),
        };
        let mut writer = self.lake.begin(origin).unwrap();
        rows.iter().for_each(|row| writer.push(row).unwrap());
        let meta = ReleaseMeta {
            vintage_label: None,
            vintage_basis: "given".into(),
            scope,
            publication_lag_days: 181,
            input: Input {
                sha256: file.clone(),
                file,
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

    fn now(&self) -> View {
        self.lake.view(&ViewAt::default()).unwrap()
    }

    fn on(&self, day: Date, reconstruct: bool) -> View {
        let at = ViewAt {
            as_of: Some(day),
            reconstruct,
            ..ViewAt::default()
        };
        self.lake.view(&at).unwrap()
    }
}

fn whole_years(from: i16, to: i16) -> Scope {
    Scope {
        from: Some(date(from, 1, 1)),
        to: Some(date(to, 12, 31)),
        ..Scope::default()
    }
}

/// An event of a country with so many deaths between two days.
fn between<'a>(id: &'a str, country: &'a str, (start, end): (Date, Date), deaths: i64) -> EventRow<'a> {
    EventRow {
        event_id: id,
        country: Some(country),
        start: start.into(),
        end: end.into(),
        date_precision: Some(1),
        ..event("", deaths)
    }
}

fn on<'a>(id: &'a str, country: &'a str, day: Date, deaths: i64) -> EventRow<'a> {
    between(id, country, (day, day), deaths)
}

fn month<'a>(place: &'a str, (year, month): (i16, i8), indicator: &'a str, status: &'a str, value: f64) -> FactRow<'a> {
    let first = date(year, month, 1);
    FactRow::Observation(ObservationRow {
        place,
        country: Some(place),
        indicator,
        start: first.into(),
        end: first.last_of_month().into(),
        value,
        unit: "people",
        status,
        ..ObservationRow::default()
    })
}

fn countries(view: &View, question: &Question) -> Monthly {
    of_countries(view, Crosswalk::builtin(), question).unwrap()
}

fn asked(places: &[&str]) -> Question {
    Question {
        places: Some(
            places
                .iter()
                .map(|place| place.parse().unwrap())
                .collect::<Vec<PlaceId>>(),
        ),
        ..Question::default()
    }
}

fn unit(monthly: &Monthly, place: &str) -> usize {
    let units = monthly.panel.units();
    units
        .iter()
        .position(|unit| unit == place)
        .unwrap_or_else(|| panic!("{place} is in the panel"))
}

fn deaths(monthly: &Monthly, place: &str, month: &str) -> Option<f64> {
    monthly.panel.get(unit(monthly, place), month.parse().unwrap())
}

/// What is recorded is in the panel or left out for a reason.
fn adds_up(monthly: &Monthly) {
    let left_out: i64 = monthly.left_out.values().map(|count| count.deaths).sum();
    assert_eq!(
        monthly.deaths() as i64 + left_out,
        monthly.recorded.deaths,
        "{:?}",
        monthly.left_out
    );
}

#[test]
fn a_month_is_zero_where_a_release_is_complete_for_the_world_and_the_state_was_there() {
    let told = Told::of_the_world(
        date(2023, 6, 30),
        (1989, 2022),
        &[
            on("1", "SDN", date(2011, 5, 3), 7),
            on("2", "SSD", date(2011, 8, 3), 5),
            on("3", "SUN", date(1990, 1, 20), 131),
            EventRow {
                violence: "one-sided",
                ..on("4", "SSD", date(2011, 8, 9), 2)
            },
            EventRow {
                country: None,
                ..on("5", "", date(2011, 8, 9), 3)
            },
        ],
    );
    let monthly = countries(&told.now(), &Question::default());
    assert_eq!(
        (monthly.panel.first(), monthly.panel.last()),
        (Month::of(1989, 1), Month::of(2022, 12))
    );
    assert_eq!(monthly.provenance.counts, Violence::StateBased);
    assert_eq!(deaths(&monthly, "SSD", "2011-06"), None, "not yet a state");
    assert_eq!(deaths(&monthly, "SSD", "2011-07"), Some(0.0), "from the ninth");
    assert_eq!(deaths(&monthly, "SSD", "2011-08"), Some(5.0));
    assert_eq!(deaths(&monthly, "SUN", "1990-01"), Some(131.0));
    assert_eq!(deaths(&monthly, "SUN", "1992-01"), None, "no state any more");
    assert_eq!(deaths(&monthly, "RUS", "1990-01"), None);
    assert_eq!(deaths(&monthly, "NOR", "1989-01"), Some(0.0));
    let layers: Vec<&str> = monthly.panel.layers().iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(
        layers,
        ["killed_state_based", "killed_non_state", "killed_one_sided", "killed"]
    );
    let column = monthly.panel.column("2011-08".parse().unwrap()).unwrap();
    let of = |layer| monthly.panel.layer(layer, unit(&monthly, "SSD"))[column];
    assert_eq!((of(1), of(2), of(3)), (0.0, 2.0, 7.0));
    assert_eq!(monthly.left_out["no country is told"], Count { events: 1, deaths: 3 });
    adds_up(&monthly);
    let beside = monthly.panel.neighbours(unit(&monthly, "SSD"));
    let beside: Vec<&str> = beside
        .iter()
        .map(|n| monthly.panel.units()[*n as usize].as_str())
        .collect();
    assert_eq!(beside, ["CAF", "COD", "ETH", "KEN", "SDN", "UGA"]);
}

#[test]
fn a_part_of_a_joint_place_is_absent_where_its_deaths_are_told_under_the_joint_place() {
    let event = on("1", "ISR+PSE", date(2021, 5, 12), 20);
    let told = Told::of_the_world(date(2023, 6, 30), (2020, 2022), &[event]);
    let world = countries(&told.now(), &Question::default());
    assert_eq!(deaths(&world, "ISR+PSE", "2021-05"), Some(20.0));
    assert_eq!(deaths(&world, "ISR+PSE", "2021-06"), Some(0.0));
    assert!(!world.panel.units().iter().any(|unit| unit == "ISR" || unit == "PSE"));
    let israel = countries(&told.now(), &asked(&["ISR"]));
    assert_eq!(deaths(&israel, "ISR", "2021-06"), None);
    assert!(
        israel
            .provenance
            .notes
            .iter()
            .any(|note| note.contains("ISR under ISR+PSE"))
    );
}

#[test]
fn one_candidate_release_does_not_stand_in_for_years_of_months() {
    let mut told = Told::nothing();
    let months: Vec<FactRow<'_>> = (1..=12)
        .map(|m| month("AFG", (2022, m), "killed_total", "", 10.0))
        .collect();
    told.release(
        ("ucdp-panel", "country-month"),
        date(2025, 6, 30),
        whole_years(2022, 2022),
        months,
    );
    let january = Scope {
        from: Some(date(2023, 1, 1)),
        to: Some(date(2023, 1, 31)),
        ..Scope::default()
    };
    told.events(date(2023, 2, 28), january, &[on("1", "AFG", date(2023, 1, 5), 4)]);
    let monthly = countries(&told.now(), &Question::default());
    assert_eq!(monthly.provenance.source, "ucdp-panel");
    assert_eq!((monthly.provenance.counts, monthly.deaths()), (Violence::All, 120.0));
    let events = Question {
        source: Some("ucdp-ged".into()),
        ..Question::default()
    };
    assert_eq!(countries(&told.now(), &events).deaths(), 4.0);
    // The panel has the types together, so that state-based deaths are told by the events alone.
    let state_based = Question {
        target: Some(Violence::StateBased),
        ..Question::default()
    };
    assert_eq!(countries(&told.now(), &state_based).provenance.source, "ucdp-ged");
}

#[test]
fn the_two_series_of_views_are_never_mixed() {
    let mut told = Told::nothing();
    let older = (1..=12).map(|m| month("ETH", (2021, m), "killed_state_based", "release of 2023", 100.0));
    let newer = (7..=12).map(|m| month("ETH", (2021, m), "killed_state_based", "", 300.0));
    told.release(
        ("views", "target"),
        date(2024, 1, 1),
        whole_years(2021, 2021),
        older.chain(newer).collect(),
    );
    let furthest = countries(&told.now(), &Question::default());
    assert_eq!(furthest.provenance.status.as_deref(), Some("release of 2023"));
    assert_eq!(furthest.deaths(), 1200.0);
    let last = Question {
        status: Some(String::new()),
        ..Question::default()
    };
    let last = countries(&told.now(), &last);
    assert_eq!((last.panel.first(), last.deaths()), (Month::of(2021, 7), 1800.0));
    assert_eq!(last.provenance.status, None);
}

#[test]
fn a_place_whose_rows_are_carried_back_is_absent_before_it_was_a_state_unless_deaths_are_told_there() {
    let mut told = Told::nothing();
    let rows = [("SSD", 0.0), ("SRB", 30.0)];
    let rows = rows.iter().flat_map(|(place, first)| {
        let value = |year| if year == 1999 { *first } else { 0.0 };
        (1998..=2000).map(move |year| month(place, (year, 3), "killed_total", "", value(year)))
    });
    told.release(
        ("ucdp-panel", "country-month"),
        date(2025, 6, 30),
        whole_years(1998, 2000),
        rows.collect(),
    );
    let monthly = countries(&told.now(), &Question::default());
    assert_eq!(deaths(&monthly, "SSD", "1999-03"), None);
    assert_eq!(deaths(&monthly, "SRB", "1998-03"), None);
    assert_eq!(deaths(&monthly, "SRB", "1999-03"), Some(30.0));
    assert_eq!(deaths(&monthly, "SRB", "2000-03"), Some(0.0));
    assert_eq!(deaths(&monthly, "SRB", "1999-04"), None, "no row");
    assert!(
        monthly
            .provenance
            .notes
            .iter()
            .any(|note| note.ends_with("from then on: SRB."))
    );
}

#[test]
fn a_panel_of_an_origin_sees_neither_a_later_revision_nor_a_later_month() {
    let first = [
        on("1", "ETH", date(2020, 11, 9), 100),
        on("2", "ETH", date(2021, 2, 1), 10),
    ];
    let revised = [
        on("1", "ETH", date(2020, 11, 9), 900),
        on("2", "ETH", date(2021, 2, 1), 10),
    ];
    let mut told = Told::of_the_world(date(2022, 6, 30), (1989, 2021), &first);
    told.events(date(2023, 6, 30), whole_years(1989, 2022), &revised);
    let of = |view: &View, to: Option<Month>| {
        let question = Question {
            to,
            ..Question::default()
        };
        let monthly = countries(view, &question);
        (
            deaths(&monthly, "ETH", "2020-11"),
            monthly.panel.last(),
            monthly.provenance,
        )
    };
    let (now, last, provenance) = of(&told.now(), None);
    assert_eq!(
        (now, last, provenance.reconstructed),
        (Some(900.0), Month::of(2022, 12), false)
    );
    let (then, last, provenance) = of(&told.on(date(2022, 7, 1), true), None);
    assert_eq!(
        (then, last, provenance.reconstructed),
        (Some(100.0), Month::of(2021, 12), false)
    );
    assert_eq!(provenance.vintages, [date(2022, 6, 30)]);

    // No vintage is so old: the oldest one is cut to what could be had, and the revision stays unseen.
    let origin = Month::of(2020, 12);
    let day = known_from(&told.now(), "ucdp-ged", origin).unwrap();
    assert_eq!(day, date(2021, 6, 30), "181 days after the month's end");
    let (then, last, provenance) = of(&told.on(day, true), Some(origin));
    assert_eq!((then, last, provenance.reconstructed), (Some(100.0), origin, true));
    let nothing = of_countries(&told.on(day, false), Crosswalk::builtin(), &Question::default());
    assert!(matches!(nothing, Err(PanelError::NoSeries { .. })));

    // A view that knows more than the origin is held to it.
    let (_, last, _) = of(&told.now(), Some(origin));
    assert_eq!(last, origin);
}

#[test]
fn a_month_that_a_cut_release_tells_in_part_is_absent() {
    let told = Told::of_the_world(date(2023, 6, 30), (2020, 2022), &[on("1", "ETH", date(2021, 3, 2), 8)]);
    let view = told.on(date(2021, 9, 15), true);
    assert_eq!(last_complete_month(&view, "ucdp-ged", None), Some(Month::of(2021, 2)));
    let monthly = countries(&view, &Question::default());
    assert_eq!(monthly.panel.last(), Month::of(2021, 2));
    assert_eq!(
        monthly.left_out["in a month for which no release is complete"].deaths,
        8
    );
    adds_up(&monthly);
}

#[test]
fn months_between_two_releases_that_neither_tells_are_absent_and_said() {
    let mut told = Told::of_the_world(date(2023, 6, 30), (2020, 2022), &[on("1", "ETH", date(2021, 3, 2), 8)]);
    let april = Scope {
        from: Some(date(2023, 4, 1)),
        to: Some(date(2023, 4, 30)),
        ..Scope::default()
    };
    let nowhere = EventRow {
        country: None,
        where_precision: Some(1),
        latitude: Some(0.25),
        longitude: Some(0.25),
        ..on("3", "", date(2023, 4, 2), 1)
    };
    told.events(
        date(2023, 5, 31),
        april,
        &[on("2", "ETH", date(2023, 4, 2), 4), nowhere],
    );
    let monthly = countries(&told.now(), &Question::default());
    let found = ["2022-12", "2023-01", "2023-04"].map(|month| deaths(&monthly, "ETH", month));
    assert_eq!(found, [Some(0.0), None, Some(4.0)]);
    let gap = "No release is complete for 2023-01 to 2023-03.".to_string();
    assert!(
        monthly.provenance.notes.contains(&gap),
        "{:?}",
        monthly.provenance.notes
    );
    let cells = of_cells(&told.now(), &Question::default()).unwrap();
    let found = ["2022-12", "2023-01", "2023-04"].map(|month| cells.panel.get(4, month.parse().unwrap()));
    assert_eq!(found, [Some(0.0), None, Some(1.0)]);
}

#[test]
fn the_last_complete_month_of_several_places_is_told_of_each() {
    let mut told = Told::nothing();
    for (place, to) in [("UKR", 2021), ("SDN", 2023)] {
        let scope = Scope {
            places: Some(vec![place.to_string()]),
            ..whole_years(1989, to)
        };
        let name = format!("ged-{place}");
        told.release(("ucdp-ged", &name), date(2024, 6, 30), scope, vec![]);
    }
    let of = |places: &[&str]| last_complete_month(&told.now(), "ucdp-ged", asked(places).places.as_deref());
    assert_eq!(of(&["SDN"]), Some(Month::of(2023, 12)));
    assert_eq!(of(&["SDN", "UKR"]), Some(Month::of(2021, 12)));
    assert_eq!(of(&["SDN", "TCD"]), None);
    assert_eq!(last_complete_month(&told.now(), "ucdp-ged", None), None);
    let both = countries(&told.now(), &asked(&["SDN", "UKR"]));
    assert_eq!(deaths(&both, "UKR", "2022-01"), None);
    assert_eq!(deaths(&both, "SDN", "2022-01"), Some(0.0));
    let world = of_countries(&told.now(), Crosswalk::builtin(), &Question::default());
    assert!(matches!(world, Err(PanelError::NoSeries { .. })));
}

#[test]
fn long_events_stand_where_the_rule_says_and_add_up() {
    let told = Told::of_the_world(
        date(2023, 6, 30),
        (2020, 2022),
        &[
            // A siege of 90 days, a battle over the turn of a month, and a month that is known only as that.
            EventRow {
                date_precision: Some(5),
                ..between("1", "SYR", (date(2021, 1, 31), date(2021, 4, 30)), 91)
            },
            between("2", "SYR", (date(2021, 4, 29), date(2021, 5, 2)), 8),
            EventRow {
                date_precision: Some(4),
                ..between("3", "SYR", (date(2021, 6, 1), date(2021, 6, 30)), 3)
            },
        ],
    );
    let by = |long| {
        let question = Question {
            long,
            ..Question::default()
        };
        let monthly = countries(&told.now(), &question);
        adds_up(&monthly);
        let months = ["2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06"];
        (months.map(|month| deaths(&monthly, "SYR", month).unwrap()), monthly)
    };
    let (months, ended) = by(LongSpans::EndMonth);
    assert_eq!(months, [0.0, 0.0, 0.0, 91.0, 8.0, 3.0]);
    assert!(ended.provenance.notes.contains(
        &"91 deaths in 1 events dated to more than a month stand in the month in which they ended.".to_string()
    ));
    let (months, spread) = by(LongSpans::Spread);
    // 1, 28, 31 and 30 of 90 days, and half of the battle: largest remainders make 1, 28, 32 and 30 of 91.
    assert_eq!(months, [1.0, 28.0, 32.0, 34.0, 4.0, 3.0]);
    assert_eq!(spread.recorded, Count { events: 3, deaths: 102 });
    let (months, dropped) = by(LongSpans::Drop);
    assert_eq!(months, [0.0, 0.0, 0.0, 0.0, 8.0, 3.0]);
    assert_eq!(
        dropped.left_out["dated to more than a month"],
        Count { events: 1, deaths: 91 }
    );
}

#[test]
fn cells_are_those_with_an_event_and_the_ring_around_them() {
    let at = |id: &'static str, precision: i16, (north, east): (f64, f64), deaths: i64| EventRow {
        where_precision: Some(precision),
        latitude: Some(north),
        longitude: Some(east),
        ..on(id, "CAF", date(2021, 5, 4), deaths)
    };
    let mut told = Told::nothing();
    let scope = Scope {
        places: Some(vec!["CAF".to_string()]),
        ..whole_years(2020, 2022)
    };
    told.events(
        date(2023, 6, 30),
        scope,
        &[
            at("1", 1, (6.75, 20.75), 5),
            // Of 25 km around a point in the midst of a cell most lies in it; of those around a corner a quarter does.
            at("2", 2, (6.75, 20.75), 6),
            at("3", 2, (6.99, 20.99), 7),
            at("4", 4, (6.75, 20.75), 8),
            // The source's own number decides where it is given.
            EventRow {
                priogrid: Some(139_000),
                ..at("5", 1, (6.75, 20.75), 9)
            },
        ],
    );
    let cells = of_cells(&told.now(), &asked(&["CAF"])).unwrap();
    assert_eq!(cells.panel.units().len(), 18, "two cells and eight around each");
    let own = format!("pg:{}", (193 * 720) + 402);
    assert_eq!(deaths(&cells, &own, "2021-05"), Some(11.0));
    assert_eq!(deaths(&cells, "pg:139000", "2021-05"), Some(9.0));
    let around = cells.panel.neighbours(unit(&cells, &own));
    assert_eq!(around.len(), 8);
    for beside in around {
        assert_eq!(cells.panel.get(*beside as usize, Month::of(2021, 5)), Some(0.0));
        assert!(
            cells.panel.neighbours(*beside as usize).len() < 8,
            "the ring ends there"
        );
    }
    assert_eq!(
        cells.left_out["known to within 25 km, across areas"],
        Count { events: 1, deaths: 7 }
    );
    assert_eq!(
        cells.left_out["known to the first-order area only"],
        Count { events: 1, deaths: 8 }
    );
    adds_up(&cells);
    // What is told of one country says nothing of the world.
    assert!(of_cells(&told.now(), &Question::default()).is_err());
}

#[test]
fn areas_have_the_events_placed_in_them_and_touch_their_neighbours() {
    let mut country = Imagined::with_boundaries();
    country.events(&[
        EventRow {
            where_precision: Some(1),
            latitude: Some(6.5),
            longitude: Some(20.5),
            ..event("1", 4)
        },
        EventRow {
            where_precision: Some(6),
            ..event("2", 3)
        },
    ]);
    let place: PlaceId = "CAF".parse().unwrap();
    for (level, area, areas) in [
        (Level::Admin1, "CF11", 2),
        (Level::Admin2, "CF111", 4),
        (Level::Admin3, "CF1111", 3),
    ] {
        let monthly = of_areas(&country.view(), &Question::default(), &place, level).unwrap();
        assert_eq!(monthly.panel.units().len(), areas);
        assert_eq!(deaths(&monthly, area, "2014-03"), Some(4.0));
        assert_eq!(deaths(&monthly, area, "2014-04"), Some(0.0));
        assert_eq!(monthly.panel.last(), Month::of(2022, 12));
        assert_eq!(
            monthly.left_out["only the country is known"],
            Count { events: 1, deaths: 3 }
        );
        adds_up(&monthly);
    }
    let first = of_areas(&country.view(), &Question::default(), &place, Level::Admin1).unwrap();
    assert_eq!(
        (first.panel.neighbours(0), first.panel.neighbours(1)),
        (&[1][..], &[0][..])
    );
    let grid = of_areas(&country.view(), &Question::default(), &place, Level::Grid).unwrap();
    assert_eq!(grid.panel.units().len(), 9);
}

#[test]
fn an_area_without_a_boundary_among_others_that_have_one_is_absent() {
    let mut country = Imagined::without_areas();
    country.places_of("cod-ab", date(2015, 6, 15), &crate::imagined::SQUARES, |code| {
        code != "CF12"
    });
    country.events(&[EventRow {
        where_precision: Some(4),
        adm1: Some("Ouham"),
        ..event("1", 4)
    }]);
    let place = "CAF".parse().unwrap();
    let first = of_areas(&country.view(), &Question::default(), &place, Level::Admin1).unwrap();
    assert_eq!(deaths(&first, "CF11", "2014-03"), Some(0.0));
    assert_eq!(deaths(&first, "CF12", "2014-03"), None);
    assert_eq!(
        first.left_out["in an area without a boundary, which has no zero"].deaths,
        4
    );
}

#[test]
fn deaths_are_spread_by_days_and_the_largest_remainders_are_rounded_up() {
    // 15, 28 and 17 days of 60: 2.5, 4.67 and 2.83 of ten.
    let found = spread(10, date(2022, 1, 17), date(2022, 3, 17));
    let months = [
        (Month::of(2022, 1), 2),
        (Month::of(2022, 2), 5),
        (Month::of(2022, 3), 3),
    ];
    assert_eq!(found, months);
    // A tie goes to the earlier month.
    let found = spread(1, date(2022, 1, 31), date(2022, 2, 1));
    assert_eq!(found, [(Month::of(2022, 1), 1), (Month::of(2022, 2), 0)]);
}

proptest! {
    #[test]
    fn spread_deaths_add_up_to_the_events_own(deaths in 0_i64..1_000_000, from in 0_i32..12_000, long in 0_i32..2_000) {
        let start = date(1989, 1, 1).saturating_add(from.days());
        let end = start.saturating_add(long.days());
        let months = spread(deaths, start, end);
        prop_assert_eq!(months.iter().map(|(_, n)| n).sum::<i64>(), deaths);
        let (first, last) = (Month::of(start.year(), start.month() as u8), Month::of(end.year(), end.month() as u8));
        prop_assert!(months.iter().all(|(month, n)| *n >= 0 && first <= *month && *month <= last));
    }
}

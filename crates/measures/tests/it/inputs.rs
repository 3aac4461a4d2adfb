//! Inputs of recipes from lakes made for the purpose, and from the committed snapshot.

use std::path::Path;

use jiff::civil::{Date, date};
use lysoen_facts::manifest::{Counts, Input, Manifest, Scope};
use lysoen_facts::tables::{EventRow, FactRow, ObservationRow, Origin, PlaceRow};
use lysoen_facts::{Lake, ReleaseMeta, ViewAt};
use lysoen_indices::recipe::Recipe;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;
use lysoen_measures::inputs::{Inputs, InputsError, Places, inputs};
use lysoen_measures::{Coverage, Measures};

use crate::imagined::{Imagined, event, people};

/// An observation to be written; the rest is as plain as can be.
#[derive(Clone, Copy)]
struct Told {
    place: &'static str,
    indicator: &'static str,
    days: (Date, Date),
    value: f64,
    interval: Option<(f64, f64, &'static str)>,
    breakdown: &'static str,
    status: &'static str,
}

fn told(place: &'static str, indicator: &'static str, year: i16, value: f64) -> Told {
    Told {
        place,
        indicator,
        days: (date(year, 1, 1), date(year, 12, 31)),
        value,
        interval: None,
        breakdown: "",
        status: "",
    }
}

/// A lake with releases of these sources, vintages and rows; rows are numbered from 2.
fn lake(releases: &[(&str, Date, &[Told])]) -> (tempfile::TempDir, Lake) {
    let folder = tempfile::tempdir().unwrap();
    let mut lake = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap();
    for (number, (source, as_of, rows)) in releases.iter().enumerate() {
        let rows = rows.iter().enumerate().map(|(i, told)| {
            FactRow::Observation(ObservationRow {
                place: told.place,
                country: Some(country(told.place)),
                indicator: told.indicator,
                start: told.days.0.into(),
                end: told.days.1.into(),
                value: told.value,
                low: told.interval.map(|i| i.0),
                high: told.interval.map(|i| i.1),
                interval_kind: told.interval.map(|i| i.2),
                unit: "units",
                population: None,
                breakdown: told.breakdown,
                status: told.status,
                note: None,
                row: i as u64 + 2,
            })
        });
        let rows: Vec<FactRow<'_>> = rows.collect();
        commit(&mut lake, number, source, *as_of, &rows);
    }
    (folder, lake)
}

/// The country of the places of these tests.
fn country(place: &'static str) -> &'static str {
    match place {
        "CF11" | "CF12" | "CF111" | "CF99" => "CAF",
        _ => place.split('/').next().unwrap(),
    }
}

fn commit(lake: &mut Lake, number: usize, source: &str, as_of: Date, rows: &[FactRow<'_>]) {
    let origin = Origin {
        source: source.into(),
        dataset: "series".into(),
        as_of,
        file: format!("{source}-{number}.csv"),
    };
    let mut writer = lake.begin(origin).unwrap();
    rows.iter().for_each(|row| writer.push(row).unwrap());
    let meta = ReleaseMeta {
        vintage_label: None,
        vintage_basis: "given".into(),
        scope: Scope {
            from: Some(date(1900, 1, 1)),
            to: Some(date(2100, 12, 31)),
            ..Scope::default()
        },
        publication_lag_days: 100,
        input: Input {
            file: format!("{source}-{number}.csv"),
            sha256: format!("{source}-{number}"),
            bytes: 1,
        },
        reader: "made@1".into(),
        counts: Counts::default(),
    };
    let staged = writer.finish(meta).unwrap();
    lake.commit(vec![staged], jiff::Timestamp::UNIX_EPOCH).unwrap();
}

/// A recipe of these nodes and a mean of them.
fn recipe(nodes: &[(&str, &str)]) -> Recipe {
    let mut text =
        "id = \"made\"\ntitle = \"Made\"\ndescription = \"\"\nunit = \"\"\nmore_is = \"better\"\n".to_string();
    for (id, rest) in nodes {
        text += &format!("[[node]]\nid = \"{id}\"\n{rest}\n");
    }
    let ids: Vec<String> = nodes.iter().map(|(id, _)| format!("\"{id}\"")).collect();
    text += &format!("[[node]]\nid = \"index\"\nparts = [{}]\n", ids.join(", "));
    Recipe::parse(&text).unwrap()
}

fn one(node: &str) -> Recipe {
    recipe(&[("x", node)])
}

fn year(year: i16) -> Period {
    Period::Year(year)
}

fn ask_at(
    lake: &Lake,
    at: &ViewAt,
    recipe: &Recipe,
    periods: &[Period],
    places: &Places,
) -> Result<Inputs, InputsError> {
    let view = lake.view(at).unwrap();
    inputs(
        &view,
        Measures::builtin(),
        Crosswalk::builtin(),
        recipe,
        periods,
        places,
    )
}

fn ask(lake: &Lake, recipe: &Recipe, periods: &[Period]) -> Inputs {
    ask_at(lake, &ViewAt::default(), recipe, periods, &Places::Countries).unwrap()
}

/// The value of the first input at a place in a period of the table.
fn value(inputs: &Inputs, place: &str, period: usize) -> f64 {
    inputs.data.column(period, 0)[unit(inputs, place)]
}

fn unit(inputs: &Inputs, place: &str) -> usize {
    let at = inputs.data.units().iter().position(|u| u.code == place);
    at.unwrap_or_else(|| panic!("no unit {place} among {:?}", inputs.data.units()))
}

const NEWER: Date = date(2024, 6, 1);
const OLDER: Date = date(2020, 6, 1);

#[test]
fn the_newest_value_within_the_years_allowed_is_taken_and_its_age_noted() {
    let rows = [
        told("NER", "poverty_300_share", 2011, 70.0),
        told("NER", "poverty_300_share", 2018, 60.0),
        told("TCD", "poverty_300_share", 2017, 50.0),
        told("MLI", "poverty_300_share", 2022, 40.0),
    ];
    let (_folder, lake) = lake(&[("a", NEWER, &rows)]);
    let inputs = ask(
        &lake,
        &one("indicator = \"poverty_300_share\"\nwithin = 3"),
        &[year(2021)],
    );
    // 2017 is more than three years before 2021, and 2022 had not come.
    let codes: Vec<&str> = inputs.data.units().iter().map(|u| u.code.as_str()).collect();
    assert_eq!(codes, ["NER"]);
    assert_eq!(value(&inputs, "NER", 0), 60.0);
    let evidence = inputs.evidence(0, 0, 0).unwrap();
    assert_eq!(
        (evidence.note.as_str(), evidence.coverage),
        ("of 2018", Coverage::Earlier)
    );
    assert_eq!(evidence.terms[0].dates, (date(2018, 1, 1), date(2018, 12, 31)));
}

#[test]
fn every_value_leads_back_to_source_vintage_file_and_row() {
    let rows = [told("NER", "hdi", 2020, 0.4), told("TCD", "hdi", 2020, 0.3)];
    let (_folder, lake) = lake(&[("a", NEWER, &rows)]);
    let inputs = ask(&lake, &one("indicator = \"hdi\""), &[year(2020)]);
    let evidence = inputs.evidence(0, 0, unit(&inputs, "TCD")).unwrap();
    let term = &evidence.terms[0];
    assert_eq!(
        (term.source.as_str(), term.dataset.as_str(), term.as_of),
        ("a", "series", NEWER)
    );
    assert_eq!((term.file.as_str(), term.row, term.value), ("a-0.csv", 3, 0.3));
    assert_eq!(
        (term.what.as_str(), term.place.as_str(), term.unit.as_str()),
        ("hdi", "TCD", "units")
    );
    assert_eq!((evidence.source.as_str(), evidence.as_of), ("a", Some(NEWER)));
    assert_eq!(
        inputs.sources(0).into_iter().collect::<Vec<_>>(),
        [("a".to_string(), NEWER)]
    );
    assert!(inputs.evidence(0, 0, unit(&inputs, "NER")).is_some());
}

#[test]
fn a_final_value_goes_before_a_newer_preliminary_one_and_both_before_a_projection() {
    let status = |status, told: Told| Told { status, ..told };
    let rows = [
        status("projection", told("NER", "hdi", 2023, 3.0)),
        status("preliminary", told("NER", "hdi", 2022, 2.0)),
        told("NER", "hdi", 2021, 1.0),
        status("projection", told("TCD", "hdi", 2023, 3.0)),
        status("preliminary", told("TCD", "hdi", 2022, 2.0)),
        status("projection", told("MLI", "hdi", 2023, 3.0)),
    ];
    let (_folder, lake) = lake(&[("a", NEWER, &rows)]);
    let inputs = ask(&lake, &one("indicator = \"hdi\"\nwithin = 2"), &[year(2023)]);
    let taken = ["NER", "TCD", "MLI"].map(|place| {
        let note = inputs.evidence(0, 0, unit(&inputs, place)).unwrap().note;
        (value(&inputs, place, 0), note)
    });
    let notes = ["of 2021", "preliminary; of 2022", "projection"].map(String::from);
    assert_eq!(
        taken,
        [1.0, 2.0, 3.0].into_iter().zip(notes).collect::<Vec<_>>().as_slice()
    );
}

#[test]
fn one_source_serves_every_place_by_the_catalogs_precedence() {
    // catalog/series.toml: Gapminder's population goes before the World Bank's.
    let few = [told("NER", "population_midyear", 2020, 1.0)];
    let many = [
        told("NER", "population_midyear", 2020, 2.0),
        told("TCD", "population_midyear", 2020, 2.0),
    ];
    let (_folder, lake) = lake(&[("gapminder", OLDER, &few), ("world-bank", NEWER, &many)]);
    let inputs = ask(&lake, &one("indicator = \"population_midyear\""), &[year(2020)]);
    assert_eq!(inputs.data.units().len(), 1);
    assert_eq!(value(&inputs, "NER", 0), 1.0);
    assert_eq!(
        inputs.notes[0].text,
        "`x`: gapminder for every place (1 places), and not world-bank (2 places)"
    );
}

#[test]
fn without_precedence_the_source_that_knows_the_most_places_serves_all_of_them() {
    let few = [told("NER", "hdi", 2020, 1.0)];
    let many = [told("NER", "hdi", 2020, 2.0), told("TCD", "hdi", 2020, 2.0)];
    let (_folder, lake) = lake(&[("b", NEWER, &few), ("a", OLDER, &many)]);
    let inputs = ask(&lake, &one("indicator = \"hdi\""), &[year(2020)]);
    assert_eq!([value(&inputs, "NER", 0), value(&inputs, "TCD", 0)], [2.0, 2.0]);
    let named = ask(&lake, &one("indicator = \"hdi\"\nsource = \"b\""), &[year(2020)]);
    assert_eq!((named.data.units().len(), value(&named, "NER", 0)), (1, 1.0));
}

#[test]
fn with_years_allowed_each_place_has_its_newest_value_of_whatever_source() {
    let a = [told("NER", "hdi", 2019, 1.0), told("TCD", "hdi", 2018, 1.0)];
    let b = [told("NER", "hdi", 2018, 2.0), told("TCD", "hdi", 2019, 2.0)];
    let (_folder, lake) = lake(&[("a", NEWER, &a), ("b", OLDER, &b)]);
    let inputs = ask(&lake, &one("indicator = \"hdi\"\nwithin = 3"), &[year(2020)]);
    assert_eq!([value(&inputs, "NER", 0), value(&inputs, "TCD", 0)], [1.0, 2.0]);
}

#[test]
fn months_make_up_a_year_of_what_happened_only_if_all_are_there() {
    let month = |place, month: i8, value| Told {
        days: (date(2020, month, 1), date(2020, month, 1).last_of_month()),
        interval: Some((value - 1.0, value + 2.0, "source-range")),
        ..told(place, "killed_total", 2020, value)
    };
    let mut rows: Vec<Told> = (1..=12).map(|m| month("MLI", m, f64::from(m) * 10.0)).collect();
    rows.extend((1..=11).map(|m| month("NER", m, 10.0)));
    let (_folder, lake) = lake(&[("a", NEWER, &rows)]);
    let everywhere = Places::List(vec!["MLI".into(), "NER".into()]);
    let asked = ask_at(
        &lake,
        &ViewAt::default(),
        &one("indicator = \"killed_total\""),
        &[year(2020)],
        &everywhere,
    );
    let inputs = asked.unwrap();
    // 10 + 20 + … + 120 = 780; low 780 − 12, high 780 + 24.
    assert_eq!(value(&inputs, "MLI", 0), 780.0);
    assert!(value(&inputs, "NER", 0).is_nan());
    let spread = inputs.data.spreads(0, 0).unwrap()[0].unwrap();
    assert_eq!((spread.low, spread.high, spread.level), (768.0, 804.0, None));
    let evidence = inputs.evidence(0, 0, 0).unwrap();
    assert_eq!(evidence.terms.len(), 12);
    assert_eq!(evidence.formula.apply(&evidence.terms), Some(780.0));
    // The month itself, and a quarter of three.
    let quarter = [Period::quarter(2020, 1).unwrap(), Period::month(2020, 2).unwrap()];
    let inputs = ask(&lake, &one("indicator = \"killed_total\""), &quarter);
    assert_eq!(inputs.asked, [0, 1]);
    assert_eq!([value(&inputs, "MLI", 0), value(&inputs, "MLI", 1)], [60.0, 20.0]);
}

#[test]
fn a_rate_of_a_shorter_span_and_a_count_of_a_longer_one_are_no_values_of_a_year() {
    let span = |told: Told, days| Told { days, ..told };
    let rows = [
        span(
            told("NER", "homicide_rate", 2020, 1.0),
            (date(2020, 1, 1), date(2020, 3, 31)),
        ),
        span(
            told("TCD", "homicide_rate", 2020, 1.0),
            (date(2019, 7, 1), date(2020, 6, 30)),
        ),
        span(
            told("NER", "killed_total", 2020, 1.0),
            (date(2019, 1, 1), date(2020, 12, 31)),
        ),
        told("TCD", "killed_total", 2020, 1.0),
    ];
    let (_folder, lake) = lake(&[("a", NEWER, &rows)]);
    for indicator in ["homicide_rate", "killed_total"] {
        let inputs = ask(&lake, &one(&format!("indicator = \"{indicator}\"")), &[year(2020)]);
        let codes: Vec<&str> = inputs.data.units().iter().map(|u| u.code.as_str()).collect();
        assert_eq!(codes, ["TCD"], "{indicator}");
    }
}

#[test]
fn a_stock_is_that_of_its_last_day_in_the_period() {
    let day = |month, day, value| Told {
        days: (date(2020, month, day), date(2020, month, day)),
        ..told("NER", "idps_dtm", 2020, value)
    };
    let (_folder, lake) = lake(&[("a", NEWER, &[day(11, 30, 5.0), day(3, 31, 9.0)])]);
    let inputs = ask(
        &lake,
        &one("indicator = \"idps_dtm\""),
        &[year(2020), Period::month(2020, 3).unwrap()],
    );
    // The table's periods ascend: the year begins before its March.
    assert_eq!([value(&inputs, "NER", 0), value(&inputs, "NER", 1)], [5.0, 9.0]);
}

#[test]
fn groups_are_kept_apart_and_intervals_become_spreads() {
    let women = Told {
        breakdown: "gender=f",
        interval: Some((1.0, 3.0, "confidence-0.95")),
        ..told("NER", "life_expectancy", 2020, 2.0)
    };
    let none = Told {
        interval: Some((1.0, 3.0, "none: withheld")),
        ..told("NER", "hdi", 2020, 2.0)
    };
    let (_folder, lake) = lake(&[("a", NEWER, &[women, told("NER", "life_expectancy", 2020, 7.0), none])]);
    let nodes = [
        ("f", "indicator = \"life_expectancy\"\nbreakdown = \"gender=f\""),
        ("all", "indicator = \"life_expectancy\""),
        ("hdi", "indicator = \"hdi\""),
    ];
    let inputs = ask(&lake, &recipe(&nodes), &[year(2020)]);
    assert_eq!([0, 1, 2].map(|input| inputs.data.column(0, input)[0]), [2.0, 7.0, 2.0]);
    let spread = inputs.data.spreads(0, 0).unwrap()[0].unwrap();
    assert_eq!((spread.low, spread.high, spread.level), (1.0, 3.0, Some(0.95)));
    assert!(inputs.data.spreads(0, 1).is_none() && inputs.data.spreads(0, 2).is_none());
}

#[test]
fn imputation_along_the_years_brings_them_into_the_table_with_their_own_values_only() {
    let rows = [
        told("NER", "hdi", 2016, 1.0),
        told("NER", "hdi", 2022, 4.0),
        told("NER", "mean_schooling", 2016, 1.0),
    ];
    let (_folder, lake) = lake(&[("a", NEWER, &rows)]);
    let nodes = [
        ("x", "indicator = \"hdi\"\nimpute = { nearest = { within = 2 } }"),
        ("y", "indicator = \"mean_schooling\"\nwithin = 9"),
    ];
    let inputs = ask(&lake, &recipe(&nodes), &[year(2020), year(2019)]);
    let years: Vec<i16> = inputs
        .data
        .periods()
        .iter()
        .map(|p| p.unwrap().calendar_year())
        .collect();
    assert_eq!(years, [2017, 2018, 2019, 2020, 2021, 2022]);
    assert_eq!(inputs.asked, [3, 2]);
    assert_eq!(inputs.data.column(5, 0), [4.0]);
    assert!(inputs.data.column(3, 0)[0].is_nan());
    // What is not imputed stands in the periods asked for, and there alone.
    let schooling: Vec<bool> = (0..6).map(|p| inputs.data.column(p, 1)[0].is_nan()).collect();
    assert_eq!(schooling, [true, true, false, false, true, true]);
    let all = [
        ("x", "indicator = \"hdi\"\nimpute = { interpolate = {} }"),
        ("y", "indicator = \"mean_schooling\""),
    ];
    let inputs = ask(&lake, &recipe(&all), &[year(2016)]);
    assert_eq!((inputs.data.periods().len(), inputs.asked), (7, vec![0]));
}

#[test]
fn a_view_as_of_a_day_gives_what_was_known_then() {
    let (_folder, lake) = lake(&[
        ("a", OLDER, &[told("NER", "hdi", 2019, 1.0)]),
        ("a", NEWER, &[told("NER", "hdi", 2019, 2.0)]),
    ]);
    let then = ViewAt {
        as_of: Some(date(2021, 1, 1)),
        ..ViewAt::default()
    };
    let recipe = one("indicator = \"hdi\"");
    let inputs = ask_at(&lake, &then, &recipe, &[year(2019)], &Places::Countries).unwrap();
    assert_eq!(value(&inputs, "NER", 0), 1.0);
    assert_eq!(inputs.evidence(0, 0, 0).unwrap().as_of, Some(OLDER));
    assert_eq!(value(&ask(&lake, &recipe, &[year(2019)]), "NER", 0), 2.0);
}

#[test]
fn areas_are_those_of_the_level_listed_or_named_within_their_country() {
    let rows = [
        told("CAF", "mpi_headcount", 2020, 80.0),
        told("CF11", "mpi_headcount", 2020, 60.0),
        told("CAF/Haut-Oubangui", "mpi_headcount", 2020, 90.0),
        told("CAF/Haut-Oubangui/Somewhere", "mpi_headcount", 2020, 95.0),
        told("CF111", "mpi_headcount", 2020, 61.0),
        told("CF99", "mpi_headcount", 2020, 62.0),
        told("TCD/Batha", "mpi_headcount", 2020, 99.0),
    ];
    let (_folder, mut lake) = lake(&[("a", NEWER, &rows)]);
    let listed = |place, level, name| {
        FactRow::Place(PlaceRow {
            place,
            country: Some("CAF"),
            kind: "area",
            level,
            name,
            row: 1,
            ..PlaceRow::default()
        })
    };
    let places = [
        listed("CF11", 1, "Ombella-M'Poko"),
        listed("CF12", 1, "Lobaye"),
        listed("CF111", 2, "Bimbo"),
    ];
    commit(&mut lake, 9, "ocha-pcodes", NEWER, &places);
    let first = Places::Areas {
        level: 1,
        within: vec!["CAF".into()],
    };
    let recipe = one("indicator = \"mpi_headcount\"");
    let inputs = ask_at(&lake, &ViewAt::default(), &recipe, &[year(2020)], &first).unwrap();
    let units: Vec<(&str, &str)> = inputs
        .data
        .units()
        .iter()
        .map(|u| (u.code.as_str(), u.name.as_str()))
        .collect();
    // CF12 is listed and has no value; CF99 stands in no list.
    assert_eq!(
        units,
        [("CAF/Haut-Oubangui", "Haut-Oubangui"), ("CF11", "Ombella-M'Poko")]
    );
    assert_eq!(inputs.data.column(0, 0), [90.0, 60.0]);
    let groups = &inputs.data.units()[1].groups;
    assert_eq!(
        (groups["country"].as_str(), groups["region"].as_str()),
        ("CAF", "Africa")
    );
    assert!(
        inputs.notes[0]
            .text
            .contains("1 areas with a P-code that no list of areas has"),
        "{:?}",
        inputs.notes
    );
    let second = Places::Areas {
        level: 2,
        within: Vec::new(),
    };
    let inputs = ask_at(&lake, &ViewAt::default(), &recipe, &[year(2020)], &second).unwrap();
    assert_eq!(inputs.data.column(0, 0), [95.0, 61.0]);
    let nowhere = Places::Areas {
        level: 3,
        within: vec!["CAF".into()],
    };
    let refused = ask_at(&lake, &ViewAt::default(), &recipe, &[year(2020)], &nowhere).unwrap_err();
    assert!(
        refused.to_string().starts_with("no area of level 3 is listed for CAF"),
        "{refused}"
    );
}

#[test]
fn measures_of_areas_are_those_of_its_communities_and_names_mean_areas() {
    let mut country = Imagined::with_boundaries();
    let here = |id, deaths| EventRow {
        latitude: Some(6.5),
        longitude: Some(20.5),
        where_precision: Some(1),
        deaths_low: Some(deaths - 10),
        deaths_high: Some(deaths + 30),
        ..event(id, deaths)
    };
    country.events(&[here("1", 30), here("2", 20)]);
    let rounds = ObservationRow {
        breakdown: "assessment=BA;operation=Displacement",
        ..people("CF12", "idps_dtm", 2014, 4_000.0)
    };
    country.observations(
        "hdx-cod-ps",
        &[
            people("CF11", "population", 2014, 100_000.0),
            people("CF12", "population", 2014, 50_000.0),
        ],
    );
    country.observations("iom-dtm", &[rounds]);
    country.observations("ophi-mpi", &[people("CAF/Nana-Grébizi", "mpi_headcount", 2013, 80.0)]);
    let nodes = [
        ("killed", "measure = \"killed\"\nper_100k = true"),
        ("idps", "measure = \"idps\"\nper_100k = true"),
        ("poor", "indicator = \"mpi_headcount\"\nwithin = 3"),
    ];
    let first = Places::Areas {
        level: 1,
        within: vec!["CAF".into()],
    };
    let (view, measures) = (country.view(), Measures::builtin());
    let inputs = inputs(
        &view,
        measures,
        Crosswalk::builtin(),
        &recipe(&nodes),
        &[year(2014)],
        &first,
    )
    .unwrap();
    let codes: Vec<&str> = inputs.data.units().iter().map(|u| u.code.as_str()).collect();
    assert_eq!(codes, ["CF11", "CF12"]);
    // 50 of 100,000, with 30 and 110; none recorded in the other area.
    assert_eq!(inputs.data.column(0, 0), [50.0, 0.0]);
    let spread = inputs.data.spreads(0, 0).unwrap()[0].unwrap();
    assert!((spread.low - 30.0).abs() < 1e-9 && (spread.high - 110.0).abs() < 1e-9);
    assert_eq!(inputs.evidence(0, 0, 1).unwrap().coverage, Coverage::NoneRecorded);
    // IDMC tells nothing by area; IOM, its alternative in the catalog, does: 4,000 of 50,000.
    assert!(inputs.data.column(0, 1)[0].is_nan());
    assert_eq!(inputs.data.column(0, 1)[1], 8_000.0);
    assert_eq!(inputs.evidence(0, 1, 1).unwrap().source, "iom-dtm");
    assert_eq!(inputs.data.column(0, 2)[0], 80.0);
    assert_eq!(inputs.evidence(0, 2, 0).unwrap().note, "of 2013");
}

#[test]
fn a_list_of_places_keeps_its_order_and_those_without_a_value() {
    let (_folder, lake) = lake(&[(
        "a",
        NEWER,
        &[told("NER", "hdi", 2020, 1.0), told("CAF/Bangui", "hdi", 2020, 2.0)],
    )]);
    let list = Places::List(["TCD", "CAF/Bangui", "NER", "NER"].map(String::from).to_vec());
    let inputs = ask_at(
        &lake,
        &ViewAt::default(),
        &one("indicator = \"hdi\""),
        &[year(2020)],
        &list,
    )
    .unwrap();
    let codes: Vec<&str> = inputs.data.units().iter().map(|u| u.code.as_str()).collect();
    assert_eq!(codes, ["TCD", "CAF/Bangui", "NER"]);
    assert_eq!(inputs.data.units()[1].groups["country"], "CAF");
    assert!(value(&inputs, "TCD", 0).is_nan() && value(&inputs, "CAF/Bangui", 0) == 2.0);
}

#[test]
fn what_a_recipe_names_wrongly_and_what_is_not_there_is_told_in_a_sentence() {
    let (_folder, lake) = lake(&[("a", NEWER, &[told("NER", "hdi", 2020, 1.0)])]);
    let refused = |node: &str, year_asked| {
        ask_at(
            &lake,
            &ViewAt::default(),
            &one(node),
            &[year(year_asked)],
            &Places::Countries,
        )
        .unwrap_err()
        .to_string()
    };
    assert_eq!(
        refused("indicator = \"life_expectency\"", 2020),
        "`x` takes the indicator `life_expectency`, which neither the catalog nor the facts have; did you mean `life_expectancy`?"
    );
    assert_eq!(
        refused("measure = \"kiled\"", 2020),
        "`x` takes the measure `kiled`, which neither the catalog nor the facts have; did you mean `killed`?"
    );
    assert!(refused("", 2020).starts_with("`x` names no indicator and no measure"));
    let none = refused("indicator = \"hdi\"\nbreakdown = \"gender=f\"\nwithin = 2", 2020);
    assert_eq!(
        none,
        "no place has a value of any input of `made` for 2020\n  `x`: no value of hdi (gender=f) in 2020 or up to 2 years \
         before; a has it from 2020 to 2020"
    );
}

/// The snapshot as a lake.
pub(crate) fn snapshot() -> (tempfile::TempDir, Lake) {
    let snapshot = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshot"));
    let manifest: Manifest = serde_json::from_slice(&std::fs::read(snapshot.join("manifest.json")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut lake = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap();
    for file in manifest.releases.iter().flat_map(|r| &r.files) {
        lake.restore(&file.path, &std::fs::read(snapshot.join(&file.path)).unwrap())
            .unwrap();
    }
    lake.restore_manifest(&manifest).unwrap();
    (folder, lake)
}

#[test]
fn the_parts_of_the_hdi_are_those_of_the_published_file() {
    let (_folder, lake) = snapshot();
    let nodes = [
        "life_expectancy",
        "expected_schooling",
        "mean_schooling",
        "gni_per_capita",
        "hdi",
    ];
    let nodes = nodes.map(|id| (id, format!("indicator = \"{id}\"\nsource = \"hdr\"")));
    let nodes: Vec<(&str, &str)> = nodes.iter().map(|(id, text)| (*id, text.as_str())).collect();
    let inputs = ask(&lake, &recipe(&nodes), &[year(2022), year(1990)]);
    assert_eq!(inputs.asked, [1, 0]);
    let known = |period: usize, input| inputs.data.column(period, input).iter().filter(|v| !v.is_nan()).count();
    // HDR 2023/24: 193 countries have an HDI in 2022, and 142 had one in 1990.
    assert_eq!((known(1, 4), known(0, 4)), (193, 142));
    // Norway 2022: 83.393 years, 18.63846 and 13.06234 years of school, 69,189.76165 dollars, HDI .966.
    let norway = unit(&inputs, "NOR");
    let row: Vec<f64> = (0..5).map(|input| inputs.data.column(1, input)[norway]).collect();
    assert_eq!(row[4], 0.966);
    assert!(
        (row[0] - 83.393).abs() < 1e-9 && (row[3] - 69_189.761_65).abs() < 1e-4,
        "{row:?}"
    );
    assert_eq!(inputs.data.units()[norway].groups["subregion"], "Northern Europe");
}

#[test]
fn a_measure_is_the_figure_that_assess_shows_with_its_interval_and_coverage() {
    let (_folder, lake) = snapshot();
    let node = "measure = \"killed\"\nper_100k = true";
    let inputs = ask(&lake, &one(node), &[year(2024)]);
    let view = lake.view(&ViewAt::default()).unwrap();
    let picture = lysoen_measures::picture(&view, Measures::builtin(), Crosswalk::builtin(), year(2024)).unwrap();
    let mut checked = 0;
    for figure in picture
        .figures
        .iter()
        .filter(|f| f.measure == "killed" && f.place.as_str() != "WLD")
    {
        let at = inputs.data.units().iter().position(|u| u.code == figure.place.as_str());
        let taken = at.map(|u| inputs.data.column(0, 0)[u]).filter(|v| !v.is_nan());
        assert_eq!(taken, figure.per_100k, "{}", figure.place);
        checked += usize::from(taken.is_some());
        if let (Some(at), Some(low), Some(people)) = (at, figure.low, figure.population) {
            let spread = inputs.data.spreads(0, 0).unwrap()[at].unwrap();
            assert!((spread.low - low * 100_000.0 / people).abs() < 1e-9);
            assert_eq!(spread.level, None);
        }
    }
    assert!(checked > 190, "{checked}");
    // "None recorded" is a zero, and what is counted under a joint place is missing, not zero.
    assert_eq!(value(&inputs, "NOR", 0), 0.0);
    assert_eq!(
        inputs.evidence(0, 0, unit(&inputs, "NOR")).unwrap().coverage,
        Coverage::NoneRecorded
    );
    assert!(value(&inputs, "ISR+PSE", 0) > 10.0);
    assert!(!inputs.data.units().iter().any(|u| u.code == "ISR"));
    let evidence = inputs.evidence(0, 0, unit(&inputs, "UKR")).unwrap();
    let killed = evidence.formula.apply(&evidence.terms).unwrap();
    let people = evidence.population.unwrap();
    assert_eq!(value(&inputs, "UKR", 0), killed / people * 100_000.0);
    assert_eq!(evidence.unit, "people per 100,000 people");
}

#[test]
fn a_measure_of_an_earlier_year_counts_as_far_as_the_recipe_allows() {
    let (_folder, lake) = snapshot();
    let known = |within: u16| {
        let inputs = ask(
            &lake,
            &one(&format!(
                "measure = \"extreme_poverty\"\nper_100k = true\nwithin = {within}"
            )),
            &[year(2024)],
        );
        inputs.data.units().len()
    };
    // As docs/methods/people.md has it: 13 places of the year, 87 of up to three years before, and 71 older ones.
    assert_eq!([known(0), known(3), known(60)], [13, 100, 171]);
}

#[test]
fn values_of_the_snapshot_are_found_again_in_the_rows_that_they_cite() {
    use arrow::array::AsArray;
    use arrow::datatypes::Float64Type;
    let (_folder, lake) = snapshot();
    let nodes = [
        ("a", "indicator = \"basic_water_share\"\nwithin = 2"),
        ("b", "indicator = \"under5_mortality\""),
        ("c", "indicator = \"undernourished_share\"\nwithin = 3"),
        ("d", "indicator = \"gni_per_capita\"\nwithin = 1"),
    ];
    let inputs = ask(&lake, &recipe(&nodes), &[year(2015)]);
    let view = lake.view(&ViewAt::default()).unwrap();
    for (at, unit) in inputs.data.units().iter().enumerate().step_by(23) {
        for input in 0..4 {
            let value = inputs.data.column(0, input)[at];
            let Some(evidence) = inputs.evidence(0, input, at) else {
                assert!(value.is_nan(), "{} of {}", inputs.data.inputs()[input], unit.code);
                continue;
            };
            let term = &evidence.terms[0];
            let sql = format!(
                "SELECT value FROM observations WHERE source = '{}' AND as_of = DATE '{}' AND file = '{}' AND row = {} \
                 AND place = '{}' AND indicator = '{}' AND breakdown = '' AND \"end\" = DATE '{}'",
                term.source, term.as_of, term.file, term.row, term.place, term.what, term.dates.1
            );
            let batches = view.collect(&sql).unwrap();
            let found: Vec<f64> = batches
                .iter()
                .flat_map(|b| b.column(0).as_primitive::<Float64Type>().values().to_vec())
                .collect();
            assert_eq!(found, [value], "{sql}");
        }
    }
}

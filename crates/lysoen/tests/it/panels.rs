//! Deaths by month from the publishers' files and from the committed snapshot: the totals are the publishers' own.

use std::path::Path;
use std::time::Instant;

use lysoen_facts::{Lake, View, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::communities::Level;
use lysoen_measures::panels::{
    LongSpans, Monthly, PanelError, Question, Violence, last_complete_month, of_areas, of_cells, of_countries,
};

use crate::run;

/// An observatory, empty or with the snapshot, and some files.
fn with(init: &[&str], files: &[&str]) -> (tempfile::TempDir, View) {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), init).code(), 0);
    for file in files {
        let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
        let path = shared.join(file).display().to_string();
        let ran = run(folder.path(), &["import", "--quiet", &path]);
        assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    }
    let lake = folder.path().join("observatory");
    let lake = Lake::open(lake.to_str().expect("a path")).expect("a lake");
    let view = lake.view(&ViewAt::default()).expect("a view");
    (folder, view)
}

fn countries(view: &View, question: &Question) -> Monthly {
    of_countries(view, Crosswalk::builtin(), question).expect("a panel")
}

fn of_all(place: &str) -> Question {
    let place: PlaceId = place.parse().expect("a place");
    Question {
        target: Some(Violence::All),
        places: Some(vec![place]),
        ..Question::default()
    }
}

fn at(monthly: &Monthly, place: &str, month: &str) -> Option<f64> {
    let unit = monthly.panel.units().iter().position(|unit| unit == place);
    monthly
        .panel
        .get(unit.expect("a unit"), month.parse().expect("a month"))
}

fn left_out(monthly: &Monthly) -> i64 {
    monthly.left_out.values().map(|count| count.deaths).sum()
}

#[test]
fn the_snapshot_tells_the_world_by_month_from_1989_to_2022_in_well_under_a_second() {
    let (_folder, view) = with(&["init"], &[]);
    let began = Instant::now();
    let world = countries(&view, &Question::default());
    let took = began.elapsed();
    assert!(took.as_secs_f64() < 1.0, "{took:?}");
    assert_eq!(
        (world.provenance.source.as_str(), world.provenance.counts),
        ("ucdp-panel", Violence::All)
    );
    assert_eq!((world.panel.units().len(), world.panel.months()), (123, 408));
    assert_eq!(
        last_complete_month(&view, "ucdp-panel", None),
        Some(Month::of(2022, 12))
    );
    // The sum of UCDP's country-years from 1989 to 2022.
    assert_eq!(world.deaths(), 3_635_006.0);
    assert_eq!(world.recorded.deaths, 3_635_006);
    assert_eq!(
        (in_year(&world, 1994), in_year(&world, 2021), in_year(&world, 2022)),
        (824_156.0, 234_846.0, 309_636.0)
    );
    assert_eq!(at(&world, "SSD", "2011-06"), None);
    assert_eq!(at(&world, "SSD", "2011-08").map(|n| n > 0.0), Some(true));
    assert_eq!(at(&world, "ERI", "1993-04"), None);
    assert_eq!(at(&world, "ISR+PSE", "1989-01").map(|n| n > 0.0), Some(true));
    // Told under the names of today: Yugoslavia's and the Soviet Union's.
    assert_eq!(at(&world, "SRB", "1990-12"), None);
    assert_eq!(at(&world, "RUS", "1990-01").map(|n| n > 0.0), Some(true));
}

/// The deaths of all units in a year.
fn in_year(monthly: &Monthly, year: i16) -> f64 {
    let months: Vec<Month> = (1..=12).map(|month| Month::of(year, month)).collect();
    let of_unit = |unit: usize| months.iter().filter_map(move |month| monthly.panel.get(unit, *month));
    (0..monthly.panel.units().len()).flat_map(of_unit).sum()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn extracts_of_countries_add_up_to_the_publishers_totals() {
    let (_folder, view) = with(
        &["init"],
        &[
            "ucdp/hdx_conflict_data_ukr_2014_2021.csv.gz",
            "ucdp/hdx_conflict_data_sdn_1989_2023.csv.gz",
            "ucdp/hdx_conflict_data_nga_1990_2019.csv.gz",
            "ucdp/hdx_conflict_data_irq.csv.gz",
        ],
    );
    for (place, events, deaths, last) in [
        ("UKR", 2_989, 7_882, 2021),
        ("SDN", 3_822, 106_270, 2023),
        ("NGA", 4_603, 57_032, 2019),
        ("IRQ", 7_473, 120_631, 2018),
    ] {
        for long in [LongSpans::EndMonth, LongSpans::Spread, LongSpans::Drop] {
            let monthly = countries(&view, &Question { long, ..of_all(place) });
            assert_eq!(monthly.provenance.source, "ucdp-ged");
            assert_eq!(
                (monthly.recorded.events, monthly.recorded.deaths),
                (events, deaths),
                "{place} {long:?}"
            );
            assert_eq!(monthly.deaths() as i64 + left_out(&monthly), deaths, "{place} {long:?}");
            assert!(
                long == LongSpans::Drop || monthly.left_out.is_empty(),
                "{:?}",
                monthly.left_out
            );
            assert_eq!(
                (monthly.panel.first(), monthly.panel.last()),
                (Month::of(1989, 1), Month::of(last, 12))
            );
        }
    }
    assert_eq!(
        countries(&view, &Question::default()).provenance.source,
        "ucdp-panel",
        "the world is told by another"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_central_african_republic_is_placed_by_month_as_its_communities_are() {
    let (_folder, view) = with(
        &["init", "--empty"],
        &[
            "ucdp/ged_v23_1_car_482.geojson.gz",
            "boundaries/cod_ab_caf_admin1.parquet",
            "boundaries/cod_ab_caf_admin2.parquet",
            "boundaries/cod_ab_caf_admin3.parquet",
        ],
    );
    let place: PlaceId = "CAF".parse().expect("a place");
    assert_eq!(countries(&view, &of_all("CAF")).deaths(), 14_948.0);
    for (level, units, placed) in [
        (Level::Admin1, 17, 14_718),
        (Level::Admin2, 72, 14_489),
        (Level::Admin3, 175, 10_028),
    ] {
        let areas = of_areas(&view, &of_all("CAF"), &place, level).expect("a panel");
        assert_eq!(areas.panel.units().len(), units);
        assert_eq!(
            (areas.deaths() as i64, left_out(&areas)),
            (placed, 14_948 - placed),
            "{level}"
        );
        assert!(areas.panel.knows_neighbours());
    }
    let cells = of_cells(&view, &of_all("CAF")).expect("a panel");
    assert_eq!((cells.deaths() as i64, left_out(&cells)), (12_512, 2_436));
    let with_deaths = (0..cells.panel.units().len()).filter(|unit| cells.panel.series(*unit).iter().any(|n| *n > 0.0));
    assert!(with_deaths.count() <= 146, "146 cells have an event");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_candidate_release_tells_its_month_and_a_selection_tells_none() {
    let (_folder, view) = with(&["init", "--empty"], &["ucdp/GEDEvent_v26_0_1.csv.gz"]);
    let all = Question {
        target: Some(Violence::All),
        ..Question::default()
    };
    let january = countries(&view, &all);
    assert_eq!((january.panel.first(), january.panel.months()), (Month::of(2026, 1), 1));
    assert_eq!(january.recorded.deaths, 33_867);
    assert_eq!(january.deaths() as i64 + left_out(&january), 33_867);
    assert!(january.panel.units().len() > 190);

    let (_folder, view) = with(&["init", "--empty"], &["ucdp/ucdp_syria_df_2016_2019.converted.csv.gz"]);
    let nothing = of_countries(&view, Crosswalk::builtin(), &of_all("SYR"));
    assert!(matches!(nothing, Err(PanelError::NoSeries { .. })));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_target_of_the_views_challenge_is_read_in_one_of_its_two_vintages() {
    let (_folder, view) = with(&["init", "--empty"], &["views/cm_ged_sb_1990_2022.csv.gz"]);
    let of = |status: &str| {
        let question = Question {
            status: Some(status.to_string()),
            ..Question::default()
        };
        countries(&view, &question)
    };
    let then = of("release of 2023");
    assert_eq!(
        (then.panel.units().len(), then.provenance.counts),
        (191, Violence::StateBased)
    );
    assert_eq!(
        (then.panel.first(), then.panel.last()),
        (Month::of(1990, 1), Month::of(2021, 12))
    );
    let last = of("");
    assert_eq!(
        (last.panel.first(), last.panel.last()),
        (Month::of(2018, 1), Month::of(2022, 12))
    );
    assert_eq!((in_year(&then, 2021), in_year(&last, 2021)), (84_287.0, 200_181.0));
}

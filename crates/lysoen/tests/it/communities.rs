//! Countries by their areas, through the program, from the publishers' files: every death accounted for, and places that
//! other lists can be joined to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::{Ran, run};

/// A row of an answer by the names of its columns.
type Row = BTreeMap<String, String>;

fn rows(ran: &Ran) -> Vec<Row> {
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let bytes = ran.wrote.bytes();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().expect("names").clone();
    let row = |record: csv::StringRecord| {
        names
            .iter()
            .map(str::to_string)
            .zip(record.iter().map(str::to_string))
            .collect()
    };
    reader.records().map(|record| row(record.expect("CSV"))).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

fn shared(file: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(file)
}

/// A folder with an empty observatory and these files.
fn with(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    let paths: Vec<String> = files.iter().map(|f| shared(f).display().to_string()).collect();
    let mut args = vec!["import", "--quiet"];
    args.extend(paths.iter().map(String::as_str));
    let ran = run(folder.path(), &args);
    assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    folder
}

const CAR: [&str; 10] = [
    "ucdp/ged_v23_1_car_482.geojson.gz",
    "ucdp/organizedviolencecy_v25_1.csv.gz",
    "boundaries/cod_ab_caf_admin1.parquet",
    "boundaries/cod_ab_caf_admin2.parquet",
    "boundaries/cod_ab_caf_admin3.parquet",
    "boundaries/global_pcodes_adm_1_2.csv.gz",
    "population/cod_population_admin1.csv",
    "population/cod_population_admin2.csv.gz",
    "population/cod_population_admin3.csv",
    "food_security/ipc_global_level1_long.csv",
];

fn level(folder: &Path, country: &str, level: &str, period: &str, more: &[&str]) -> Ran {
    let mut args = vec!["assess", "--place", country, "--level", level, "--period", period];
    args.extend(more);
    run(folder, &args)
}

fn csv_of(folder: &Path, country: &str, at: &str, period: &str, more: &[&str]) -> Vec<Row> {
    let mut args = vec!["--format", "csv", "--quiet"];
    args.extend(more);
    rows(&level(folder, country, at, period, &args))
}

fn of_measure<'a>(rows: &'a [Row], measure: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row["measure"] == measure).collect()
}

/// The sum of a measure over the areas of a level.
fn over_areas(rows: &[Row], at: &str, measure: &str) -> f64 {
    let areas = of_measure(rows, measure).into_iter().filter(|row| row["level"] == at);
    areas.map(|row| number(row, "value")).sum()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_areas_of_the_central_african_republic_and_what_is_unplaced_are_its_14_948_deaths_at_every_level() {
    let folder = with(&CAR);
    // Deaths placed, by level: all but those of the country and of vague places; of the province alone; of the
    // sub-prefecture alone, Bangui's (2,101, whose point stands for eight arrondissements), and those within 25 km.
    for (at, areas, placed) in [
        ("admin1", 17, 14_718.0),
        ("admin2", 72, 14_489.0),
        ("admin3", 175, 10_028.0),
    ] {
        let told = csv_of(folder.path(), "CAF", at, "1989..2022", &[]);
        let unplaced = csv_of(folder.path(), "CAF", at, "1989..2022", &["--unplaced"]);
        let killed: Vec<&Row> = of_measure(&told, "killed")
            .into_iter()
            .filter(|row| row["level"] == at)
            .collect();
        assert_eq!(killed.len(), areas, "{at}");
        assert_eq!(over_areas(&told, at, "killed"), placed, "{at}");
        let left: f64 = unplaced.iter().map(|row| number(row, "deaths_best")).sum();
        assert_eq!(placed + left, 14_948.0, "{at}");
        assert_eq!(over_areas(&told, at, "events") + unplaced.len() as f64, 1_848.0, "{at}");
        assert!(
            unplaced
                .iter()
                .all(|row| !row["reason"].is_empty() && !row["event_id"].is_empty()),
            "{at}"
        );
        // The same by the country's own rows.
        let country = |measure: &str| -> f64 {
            let own = of_measure(&told, measure)
                .into_iter()
                .filter(|row| row["level"] == "country");
            own.map(|row| number(row, "value")).sum()
        };
        assert_eq!(country("killed"), 14_948.0);
        assert_eq!((country("killed_placed"), country("killed_unplaced")), (placed, left));
        assert_eq!(country("killed_other_series"), 14_976.0);
        let types = ["killed_state_based", "killed_non_state", "killed_one_sided"];
        assert_eq!(types.map(|t| over_areas(&told, at, t)).iter().sum::<f64>(), placed);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn areas_join_to_ochas_p_codes_and_rates_have_intervals() {
    let folder = with(&CAR);
    let sql = "SELECT place, level, name FROM places WHERE source = 'ocha-pcodes' AND country = 'CAF'";
    let listed = rows(&run(folder.path(), &["query", sql, "--format", "csv", "--quiet"]));
    for (at, number_of_level) in [("admin1", "1"), ("admin2", "2")] {
        let told = csv_of(folder.path(), "CAF", at, "2014", &[]);
        let codes: BTreeSet<&str> = of_measure(&told, "killed_rate")
            .iter()
            .map(|r| r["place"].as_str())
            .collect();
        let known = listed.iter().filter(|row| row["level"] == number_of_level);
        let known: BTreeSet<&str> = known.map(|row| row["place"].as_str()).collect();
        assert_eq!(codes, known, "{at}");
        for measure in ["killed_rate", "killed_rate_smoothed", "killed_rate_smoothed_locally"] {
            // Where deaths known around an area are in none of its parts, no rate is told that would be too low.
            let known = |row: &&Row| !row["value"].is_empty() || row["coverage"] != "incomplete";
            for row in of_measure(&told, measure).into_iter().filter(known) {
                let (low, value, high) = (number(row, "low"), number(row, "value"), number(row, "high"));
                assert!(low <= value && value <= high && high > 0.0, "{row:?}");
                assert!(row["interval_kind"].ends_with("-0.95"), "{row:?}");
                assert_eq!(
                    (row["population_year"].as_str(), row["source"].as_str()),
                    ("2015", "ucdp-ged + cod-ab + hdx-cod-ps")
                );
            }
        }
        assert!(
            told.iter()
                .all(|row| row["as_of"].len() == 10 || row["value"].is_empty()),
            "a vintage everywhere"
        );
    }
    // Bangui stands in two parts in the list of second-order areas: 15,716 and 823,365 people.
    let told = csv_of(folder.path(), "CF711", "admin2", "2014", &["--measure", "killed_rate"]);
    assert_eq!((told.len(), told[0]["population"].as_str()), (1, "839081"));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn no_arrondissement_of_bangui_is_without_deaths_where_the_towns_are_in_none_of_them() {
    let folder = with(&CAR);
    let told = csv_of(folder.path(), "CF71", "admin3", "1989..2022", &["--measure", "killed"]);
    let parts: Vec<&Row> = told.iter().filter(|row| row["level"] == "admin3").collect();
    assert_eq!(parts.len(), 8);
    for row in parts {
        assert_eq!(
            (row["coverage"].as_str(), row["high"].as_str()),
            ("incomplete", ""),
            "{row:?}"
        );
        assert!(row["note"].starts_with("a minimum: 2"), "{row:?}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_span_beyond_the_data_is_told_of_the_years_that_they_cover() {
    let folder = with(&CAR);
    let rate = |period: &str| {
        let told = csv_of(folder.path(), "CF71", "admin1", period, &["--measure", "killed_rate"]);
        number(&told[0], "value")
    };
    assert_eq!(rate("1989..2023"), rate("1989..2022"));
    let told = level(folder.path(), "CAF", "admin1", "1989..2023", &[]).wrote.out();
    let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("1989..2023 was asked for, but ucdp-ged 23.1 covers 1989-01-01 to 2022-12-31"),
        "{told}"
    );
    let refused = level(folder.path(), "CAF", "admin1", "2024", &[]);
    let why = format!("{:?}", refused.outcome);
    assert!(why.contains("what is here covers 1989-01-01 to 2022-12-31"), "{why}");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn nana_grebizi_is_nana_gribizi() {
    let folder = with(&CAR);
    // Known to the province alone, so that only its name can place it.
    let named =
        "SELECT sum(deaths_best) AS deaths FROM events WHERE adm1 = 'Nana-Grébizi province' AND where_precision = 4";
    let deaths = number(
        &rows(&run(folder.path(), &["query", named, "--format", "csv", "--quiet"]))[0],
        "deaths",
    );
    let explained = csv_of(folder.path(), "CF42", "admin1", "1989..2022", &["--explain", "killed"]);
    let ids: BTreeSet<&str> = explained
        .iter()
        .filter_map(|row| row["what"].strip_prefix("event ")?.split(':').next())
        .collect();
    let sql = "SELECT event_id, deaths_best FROM events WHERE adm1 = 'Nana-Grébizi province' AND where_precision = 4";
    let events = rows(&run(folder.path(), &["query", sql, "--format", "csv", "--quiet"]));
    assert!(
        deaths > 0.0 && events.iter().all(|row| ids.contains(row["event_id"].as_str())),
        "{events:?}"
    );
    // And the figure is the sum of the rows that explain it.
    let sum: f64 = explained
        .iter()
        .filter(|row| row["role"] == "added")
        .map(|row| number(row, "value"))
        .sum();
    let told = csv_of(folder.path(), "CF42", "admin1", "1989..2022", &["--measure", "killed"]);
    assert_eq!(number(&told[0], "value"), sum);
    assert!(
        explained
            .iter()
            .any(|row| row["table"] == "places" && row["licence"] == "CC-BY-IGO-3.0")
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn cells_are_those_that_ucdp_gives_its_events() {
    let folder = with(&CAR[..2]);
    let explained = csv_of(folder.path(), "CAF", "grid", "1989..2022", &["--explain", "killed"]);
    let sql = "SELECT event_id, priogrid FROM events";
    let events = rows(&run(folder.path(), &["query", sql, "--format", "csv", "--quiet"]));
    let given: BTreeMap<&str, &str> = events
        .iter()
        .map(|r| (r["event_id"].as_str(), r["priogrid"].as_str()))
        .collect();
    let mut compared = 0;
    for row in &explained {
        let Some(id) = row["what"].strip_prefix("event ").and_then(|w| w.split(':').next()) else {
            continue;
        };
        assert_eq!(row["area"], format!("pg:{}", given[id]), "event {id}");
        compared += 1;
    }
    assert!(compared > 1_300, "{compared} events with deaths");
    let told = csv_of(folder.path(), "CAF", "grid", "1989..2022", &[]);
    let unplaced = csv_of(folder.path(), "CAF", "grid", "1989..2022", &["--unplaced"]);
    let left: f64 = unplaced.iter().map(|row| number(row, "deaths_best")).sum();
    assert_eq!(over_areas(&told, "grid", "killed") + left, 14_948.0);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_picture_accounts_for_every_death_and_says_how_the_other_series_differs() {
    let folder = with(&CAR);
    let told = level(folder.path(), "CAF", "admin1", "1989..2022", &[]);
    let text = told.wrote.out();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Central African Republic by first-order areas, 1989..2022",
        "Nana-Gribizi CF42",
        "Placed: 14,718 killed in 1,806 events",
        "in no area: 230 in 42 (190 only the country is known, 40 a road, a line or a vague region)",
        "together 14,948 killed in 1,848 events, the total of ucdp-ged 23.1",
        "ucdp-country-year 25.1 says 14,976 for Central African Republic: +28 in all (2017 +17, 2019 +10, 2015 +1)",
        "Spread over 17 first-order areas",
        "by the population of 2015",
        "times 34 years",
        "In IPC/CH phase 3 or worse",
        "CC-BY-IGO-3.0",
    ] {
        assert!(flat.contains(said), "{said} in {text}");
    }
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn what_may_not_be_passed_on_leaves_only_for_ones_own_use() {
    let folder = with(&CAR);
    let measured = |more: &[&str]| {
        let told = csv_of(folder.path(), "CAF", "admin1", "2021", more);
        told.iter()
            .any(|row| row["measure"] == "acute_food_insecurity" && row["source"] == "ipc")
    };
    assert!(!measured(&[]));
    assert!(measured(&["--own-use"]));
    let explained = csv_of(
        folder.path(),
        "CAF",
        "admin1",
        "2021",
        &["--explain", "acute_food_insecurity"],
    );
    assert!(explained.is_empty());
    let told = level(folder.path(), "CAF", "admin1", "2021", &["--format", "csv"]);
    assert!(
        told.wrote
            .err()
            .contains("Left out, for their licence does not allow it: ipc"),
        "{}",
        told.wrote.err()
    );
    for format in ["json", "parquet", "xlsx"] {
        let file = folder.path().join(format!("car.{format}"));
        let ran = level(
            folder.path(),
            "CAF",
            "admin2",
            "2021",
            &["--output", file.to_str().expect("a path")],
        );
        assert!(
            ran.code() == 0 && std::fs::metadata(&file).expect("written").len() > 1_000,
            "{format}"
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn sudan_and_iraq_are_placed_by_name_where_there_is_a_list_and_no_boundary() {
    let folder = with(&[
        "ucdp/hdx_conflict_data_sdn_1989_2023.csv.gz",
        "ucdp/hdx_conflict_data_irq.csv.gz",
        "boundaries/global_pcodes_adm_1_2.csv.gz",
        "population/hdx_hapi_population_sdn.csv.gz",
        "displacement/iraq_dtm/IDPs_MasterList_dataset_DTM_IOM_Apr_14_2016.csv.gz",
    ]);
    let told = csv_of(folder.path(), "SDN", "admin1", "2023", &[]);
    let unplaced = csv_of(folder.path(), "SDN", "admin1", "2023", &["--unplaced"]);
    let left: f64 = unplaced.iter().map(|row| number(row, "deaths_best")).sum();
    let whole = of_measure(&told, "killed")
        .into_iter()
        .find(|row| row["level"] == "country")
        .expect("a total");
    assert_eq!(over_areas(&told, "admin1", "killed") + left, number(whole, "value"));
    let khartoum = of_measure(&told, "killed_rate")
        .into_iter()
        .find(|row| row["place"] == "SD01")
        .expect("Khartoum");
    assert!(
        number(khartoum, "value") > 0.0 && khartoum["population_year"] == "2024",
        "{khartoum:?}"
    );
    let iraq = csv_of(folder.path(), "IRQ", "admin1", "2016", &["--own-use"]);
    let displaced: Vec<f64> = of_measure(&iraq, "idps_dtm")
        .iter()
        .filter(|r| !r["value"].is_empty())
        .map(|r| number(r, "value"))
        .collect();
    let sql = "SELECT sum(value) AS people FROM observations WHERE indicator = 'idps_dtm' AND country = 'IRQ'";
    let listed = number(
        &rows(&run(
            folder.path(),
            &["query", sql, "--format", "csv", "--quiet", "--own-use"],
        ))[0],
        "people",
    );
    assert!(
        displaced.len() >= 17 && displaced.iter().sum::<f64>() > 0.95 * listed,
        "{displaced:?} of {listed}"
    );
}

#[test]
fn without_boundaries_the_command_says_what_to_import_and_a_span_needs_a_level() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    let text = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,inter1,\
                interaction,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,\
                source_scale,notes,fatalities,tags,timestamp\n\
                CAF1,2024-01-31,2024,1,Political violence,Battles,Armed clash,A,State forces,12,140,Middle Africa,\
                Central African Republic,Ouham,Bossangoa,,Bossangoa,6.49,17.45,1,Radio,Local,,3,,1706745600\n";
    let file = folder.path().join("acled.csv");
    std::fs::write(&file, text).expect("written");
    assert_eq!(
        run(folder.path(), &["import", file.to_str().expect("a path")]).code(),
        0
    );
    let said = |args: &[&str]| {
        let ran = run(folder.path(), args);
        (ran.code(), ran.outcome.expect_err("a failure").to_string())
    };
    let (code, why) = said(&["assess", "CAF", "--level", "admin1", "--period", "2024"]);
    assert_eq!(code, 4);
    assert!(
        why.contains("no events of ucdp-ged in Central African Republic are known in 2024"),
        "{why}"
    );
    let (code, why) = said(&[
        "assess", "CAF", "--level", "admin1", "--period", "2024", "--events", "acled",
    ]);
    assert_eq!(code, 4);
    for advice in [
        "no first-order areas of Central African Republic",
        "cod-ab-caf",
        "global-pcodes",
        "--level grid",
    ] {
        assert!(why.contains(advice), "{advice} in {why}");
    }
    assert_eq!(said(&["assess", "--period", "1989..2022"]).0, 2);
    assert_eq!(said(&["assess", "CAF", "SDN", "--level", "admin1"]).0, 2);
    assert!(
        said(&["assess", "WLD", "--level", "admin1"])
            .1
            .contains("one country at a time")
    );
    assert!(
        said(&["assess", "CAF", "--level", "grid", "--events", "acledd"])
            .1
            .contains("no source acledd")
    );
    // ACLED's deaths stand in a cell on the screen, and leave the observatory neither as rows nor as figures.
    let shown = run(
        folder.path(),
        &[
            "assess", "CAF", "--level", "grid", "--period", "2024", "--events", "acled",
        ],
    );
    assert!(shown.wrote.out().contains("pg:"), "{}", shown.wrote.out());
    let kept = |more: &[&str]| {
        let mut args = vec![
            "assess", "CAF", "--level", "grid", "--period", "2024", "--events", "acled", "--format", "json",
        ];
        args.extend(more);
        run(folder.path(), &args).wrote.out()
    };
    assert!(
        !kept(&[]).contains("pg:") && !kept(&[]).contains("killed in 1 events"),
        "{}",
        kept(&[])
    );
    assert!(kept(&["--own-use"]).contains("pg:"));
    assert!(!kept(&["--explain", "killed"]).contains("CAF1") && !kept(&["--unplaced"]).contains("CAF1"));
}

//! The publishers' own totals, through the program, from the files as they are and from the snapshot; revisions, and the
//! figures as they stood before them.

use std::path::Path;

use crate::run;

/// The rows of a query's answer, without the header.
fn ask_with(folder: &Path, sql: &str, options: &[&str]) -> Vec<Vec<String>> {
    let mut args = vec!["query", sql, "--format", "csv", "--quiet"];
    args.extend(options);
    let ran = run(folder, &args);
    assert!(ran.outcome.is_ok(), "{sql}: {:?}", ran.outcome);
    let bytes = ran.wrote.bytes();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader
        .records()
        .map(|row| row.expect("CSV").iter().map(str::to_string).collect());
    rows.collect()
}

fn ask(folder: &Path, sql: &str) -> Vec<Vec<String>> {
    ask_with(folder, sql, &[])
}

/// A folder with an observatory from the snapshot.
fn from_snapshot() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    folder
}

/// Donors that gave more than 0.7 % of their gross national income in 2025.
const DONORS_ABOVE_THE_TARGET: &str = "SELECT place FROM observations WHERE source = 'one-oda' \
    AND indicator = 'oda_gni_grant_equivalent' AND start = DATE '2025-01-01' AND value > 0.7 \
    AND place IN ('AUS','AUT','BEL','CAN','CHE','CZE','DEU','DNK','ESP','EST','FIN','FRA','GBR','GRC','HUN','IRL','ISL',\
    'ITA','JPN','KOR','LTU','LUX','LVA','NLD','NOR','NZL','POL','PRT','SVK','SVN','SWE','USA') ORDER BY value DESC";

const WORLD_DEATHS: &str = "SELECT date_part('year', start), CAST(sum(CAST(value AS BIGINT)) AS VARCHAR) \
    FROM observations WHERE source = 'ucdp-country-year' AND indicator = 'killed_total' \
    AND date_part('year', start) IN (1994, 2021, 2022, 2024) GROUP BY 1 ORDER BY 1";

const WORLD_DEATHS_OF_ALL_YEARS: &str = "SELECT sum(CAST(value AS BIGINT)) FROM observations \
    WHERE source = 'ucdp-country-year' AND indicator = 'killed_total'";

const REFUGEES: &str = "SELECT sum(CAST(value AS BIGINT)) FROM flows WHERE source = 'unhcr' \
    AND indicator = 'refugees' AND \"end\" = DATE '2024-12-31'";

const AID_WORKERS_KILLED: &str = "SELECT sum(deaths_best) FROM events WHERE source = 'awsd' \
    AND date_part('year', start) = 2024";

/// What the publishers say, asked of an observatory that holds their files.
fn has_the_publishers_totals(folder: &Path) {
    let deaths: Vec<String> = ask(folder, WORLD_DEATHS)
        .into_iter()
        .map(|row| row[1].clone())
        .collect();
    assert_eq!(deaths, ["824156", "234846", "309636", "160900"]);
    assert_eq!(ask(folder, WORLD_DEATHS_OF_ALL_YEARS), [["3957143"]]);
    assert_eq!(ask(folder, REFUGEES), [["30958200"]]);
    assert_eq!(ask(folder, AID_WORKERS_KILLED), [["385"]]);
    assert_eq!(
        ask(folder, DONORS_ABOVE_THE_TARGET),
        [["NOR"], ["LUX"], ["SWE"], ["DNK"]]
    );
}

#[test]
fn the_snapshot_has_the_publishers_totals() {
    let folder = from_snapshot();
    has_the_publishers_totals(folder.path());
}

#[test]
fn the_pictures_figures_are_the_publishers_totals() {
    let folder = from_snapshot();
    for (year, killed) in [
        ("1994", "824156"),
        ("2021", "234846"),
        ("2022", "309636"),
        ("2024", "160900"),
    ] {
        let ran = run(
            folder.path(),
            &[
                "assess",
                "WLD",
                "--period",
                year,
                "--measure",
                "killed",
                "--format",
                "csv",
            ],
        );
        let bytes = ran.wrote.bytes();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let names = reader.headers().expect("names").clone();
        let at = |name: &str| names.iter().position(|n| n == name).expect("a column");
        let row = reader.records().next().expect("a row").expect("CSV");
        assert_eq!(
            [
                &row[at("place")],
                &row[at("period")],
                &row[at("measure")],
                &row[at("value")]
            ],
            ["WLD", year, "killed", killed]
        );
        let bound = |name: &str| row[at(name)].parse::<u64>().expect("a number");
        assert!(
            bound("low") <= bound("value") && bound("value") <= bound("high"),
            "{row:?}"
        );
    }
}

#[test]
fn a_revision_of_aid_changes_the_current_view_and_the_day_before_it_keeps_the_old_figure() {
    let folder = from_snapshot();
    let sql = "SELECT value FROM observations WHERE source = 'one-oda' AND indicator = 'oda_total' \
        AND place = 'NLD' AND start = DATE '2015-01-01'";
    let (now, then) = (
        ask(folder.path(), sql),
        ask_with(folder.path(), sql, &["--as-of", "2025-12-31"]),
    );
    assert_eq!((now.len(), then.len()), (1, 1), "{now:?} {then:?}");
    assert_ne!(now, then, "the two vintages say different things of 2015");
    let newest = "SELECT max(date_part('year', start)) FROM observations WHERE source = 'one-oda'";
    assert_eq!(ask(folder.path(), newest), [["2025"]]);
    assert_eq!(ask_with(folder.path(), newest, &["--as-of", "2025-12-31"]), [["2023"]]);
}

#[test]
fn what_was_revised_stands_first_among_the_changes_and_the_list_is_short_enough_to_read() {
    let folder = from_snapshot();
    let ran = run(folder.path(), &["changes", "--since", "2025-03-01"]);
    let text = ran.wrote.out();
    assert_eq!(ran.code(), 0, "{text}");
    let first = text
        .lines()
        .find(|line| line.contains("one-oda"))
        .expect("aid is revised");
    assert!(first.starts_with("revised") && first.contains("oda_"), "{first}");
    assert!(text.lines().count() < 200, "{} lines", text.lines().count());
    assert!(text.contains("more figures; all of them with --format csv"), "{text}");
}

#[cfg(shared_data)]
mod shared {
    use super::*;
    use lysoen_sources::input::Input;
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");
    const SUDAN_HDX: &str = "ucdp/hdx_conflict_data_sdn_1989_2023.csv.gz";
    const SUDAN_WEB: &str = "ucdp/ucdp_web_export_sudan_2025-01-04.csv.gz";

    fn empty() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
        folder
    }

    fn import(folder: &Path, file: &str, options: &[&str]) -> String {
        let mut args = vec!["import", file];
        args.extend(options);
        let ran = run(folder, &args);
        assert_eq!(ran.code(), 0, "{file}: {:?} {}", ran.outcome, ran.wrote.err());
        ran.wrote.out()
    }

    fn import_shared(folder: &Path, file: &str) -> String {
        import(folder, &format!("{DATA}{file}"), &[])
    }

    /// Number of events, of their numbers, and of people killed.
    fn events(folder: &Path, options: &[&str]) -> [u64; 3] {
        let sql = "SELECT count(*), count(DISTINCT event_id), coalesce(sum(deaths_best), 0) FROM events";
        let row = ask_with(folder, sql, options).remove(0);
        [0, 1, 2].map(|at| row[at].parse().expect("a count"))
    }

    fn releases(folder: &Path) -> usize {
        let lake = lysoen_facts::Lake::open(&folder.join("observatory").display().to_string()).expect("a lake");
        lake.manifest().releases.len()
    }

    #[test]
    fn each_file_of_events_has_the_publishers_events_and_deaths() {
        for (file, number, deaths) in [
            (SUDAN_HDX, 3_822, 106_270),
            (SUDAN_WEB, 3_822, 106_270),
            ("ucdp/hdx_conflict_data_nga_1990_2019.csv.gz", 4_603, 57_032),
            ("ucdp/hdx_conflict_data_irq.csv.gz", 7_473, 120_631),
            ("ucdp/hdx_conflict_data_ukr_2014_2021.csv.gz", 2_989, 7_882),
            ("ucdp/ged_v23_1_car_482.geojson.gz", 1_848, 14_948),
            ("ucdp/ged_v23_1_car_482.fgb", 1_848, 14_948),
            ("ucdp/GEDEvent_v26_0_1.csv.gz", 1_727, 33_867),
        ] {
            let folder = empty();
            import_shared(folder.path(), file);
            assert_eq!(events(folder.path(), &[]), [number, number, deaths], "{file}");
        }
    }

    #[test]
    fn all_files_of_events_stand_side_by_side_and_no_event_counts_twice() {
        let folder = empty();
        for file in [
            "ucdp/ged_v23_1_car_482.fgb",
            "ucdp/hdx_conflict_data_ukr_2014_2021.csv.gz",
            SUDAN_HDX,
            "ucdp/ged_v23_1_car_482.geojson.gz",
            SUDAN_WEB,
            "ucdp/hdx_conflict_data_nga_1990_2019.csv.gz",
        ] {
            import_shared(folder.path(), file);
        }
        let all = 3_822 + 4_603 + 2_989 + 1_848;
        assert_eq!(
            events(folder.path(), &[]),
            [all, all, 106_270 + 57_032 + 7_882 + 14_948]
        );
    }

    #[test]
    fn the_anomalies_of_the_candidate_events_are_findings_and_their_rows_are_kept() {
        let folder = empty();
        let findings = folder.path().join("findings.csv").display().to_string();
        let file = format!("{DATA}ucdp/GEDEvent_v26_0_1.csv.gz");
        let said = import(folder.path(), &file, &["--findings", &findings]);
        assert!(
            said.contains("1,727 read = 1,727 kept + 0 rejected + 0 skipped"),
            "{said}"
        );
        let mut reader = csv::Reader::from_path(&findings).expect("findings");
        let mut by_column: BTreeMap<String, usize> = BTreeMap::new();
        for row in reader.records() {
            *by_column.entry(row.expect("CSV")[2].to_string()).or_default() += 1;
        }
        assert_eq!(by_column.get("date_prec"), Some(&3), "{by_column:?}");
        let bounds = by_column.get("high").unwrap_or(&0)
            + by_column.get("low").unwrap_or(&0)
            + by_column.get("best").unwrap_or(&0);
        assert_eq!(
            bounds, 5,
            "best above high in four rows and low above best in one: {by_column:?}"
        );
    }

    #[test]
    fn the_publishers_files_have_the_publishers_totals() {
        let folder = empty();
        for file in [
            "ucdp/organizedviolencecy_v25_1.csv.gz",
            "displacement/unhcr_population.converted.csv.gz",
            "aid_worker_security/awsd_security_incidents.csv.gz",
            "oda/one_oda_gni_single_year_ts.csv",
        ] {
            import_shared(folder.path(), file);
        }
        has_the_publishers_totals(folder.path());
    }

    /// The web page's export of Sudan's events, packed, without five of them, and the deaths of those that are left.
    fn amended(folder: &Path) -> (PathBuf, u64) {
        let input = Input::open(&Path::new(DATA).join(SUDAN_WEB)).expect("a file").remove(0);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(input.text().expect("text"));
        let header = reader.headers().expect("names").clone();
        let best = header.iter().position(|name| name == "best_est").expect("a column");
        let path = folder.join("gedevents-amended.csv");
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .from_path(&path)
            .expect("writable");
        writer.write_record(&header).expect("written");
        let mut deaths = 0;
        for (at, row) in reader.records().enumerate() {
            let row = row.expect("CSV");
            if [0, 977, 1_955, 2_933, 3_821].contains(&at) {
                continue;
            }
            deaths += row[best].parse::<u64>().expect("a number");
            writer.write_record(&row).expect("written");
        }
        writer.flush().expect("written");
        (path, deaths)
    }

    #[test]
    fn every_event_of_sudan_counts_once_in_any_order_of_import_and_an_amended_release_takes_five_away() {
        const AS_RELEASED: [u64; 3] = [3_822, 3_822, 106_270];
        let passing = tempfile::tempdir().expect("a folder");
        let (file, deaths) = amended(passing.path());
        assert!(deaths < 106_270, "five events with their deaths are left out");
        let as_amended = [3_817, 3_817, deaths];
        let amended = file.display().to_string();
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let folder = empty();
            let import_one = |which: usize| match which {
                0 => import_shared(folder.path(), SUDAN_HDX),
                1 => import_shared(folder.path(), SUDAN_WEB),
                _ => import(folder.path(), &amended, &["--vintage", "2025-01-15"]),
            };
            for (done, which) in order.into_iter().enumerate() {
                import_one(which);
                let known = &order[..=done];
                let now = if known.contains(&2) { as_amended } else { AS_RELEASED };
                assert_eq!(events(folder.path(), &[]), now, "{known:?}");
                let before = if known == [2] { [0, 0, 0] } else { AS_RELEASED };
                assert_eq!(events(folder.path(), &["--as-of", "2025-01-14"]), before, "{known:?}");
                assert_eq!(events(folder.path(), &["--as-of", "2025-01-15"]), now, "{known:?}");
            }
            for which in order {
                let said = import_one(which);
                assert!(said.contains("nothing was changed"), "{said}");
            }
            assert_eq!(releases(folder.path()), 3);
            assert_eq!(events(folder.path(), &[]), as_amended);
        }
    }

    #[test]
    fn both_vintages_of_aid_stand_whichever_is_imported_first() {
        let (old, new) = (
            "oda/one_oda_gni_single_year_ts_2023.csv",
            "oda/one_oda_gni_single_year_ts.csv",
        );
        let sql = "SELECT place, start, indicator, value FROM observations WHERE indicator = 'oda_total' \
            ORDER BY place, start";
        let alone = |file: &str| {
            let folder = empty();
            import_shared(folder.path(), file);
            ask(folder.path(), sql)
        };
        let (said_then, said_now) = (alone(old), alone(new));
        assert_ne!(said_then, said_now);
        for files in [[old, new], [new, old]] {
            let folder = empty();
            files.iter().for_each(|file| {
                import_shared(folder.path(), file);
            });
            assert_eq!(ask(folder.path(), sql), said_now);
            assert_eq!(ask_with(folder.path(), sql, &["--as-of", "2025-03-01"]), said_then);
        }
    }
}

/// A mapping of a made-up source; whether its rows may be passed on is for each test to say.
pub(crate) fn mapping(redistribute: bool) -> String {
    format!(
        r#"
id = "camp-register"
title = "Register of camps"
publisher = "A partner"
licence = "CC0-1.0"
redistribute = {redistribute}
citation = "A partner, Register of camps"
homepage = "https://example.org"
cadence = "monthly"
publication_lag_days = 10

[[layout]]
name = "camps"
scope = "partial"
table = "observations"
place = {{ column = "country", code = "iso3" }}
period = {{ form = "date", column = "day" }}

[layout.recognise]
columns = ["country", "day", "people"]

[[layout.value]]
column = "people"
indicator = "idps_conflict"
"#
    )
}

#[test]
fn rows_that_may_not_be_passed_on_are_seen_on_the_screen_and_in_no_file_unless_for_own_use() {
    for redistribute in [false, true] {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("written");
            path.display().to_string()
        };
        let file = write("camps.csv", "country,day,people\nTCD,2026-03-31,1200\n");
        let mapping = write("camps.toml", &mapping(redistribute));
        assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
        let imported = run(
            folder.path(),
            &["import", &file, "--mapping", &mapping, "--vintage", "2026-04-10"],
        );
        assert_eq!(imported.code(), 0, "{}", imported.wrote.err());
        let sql = "SELECT value FROM observations WHERE source = 'camp-register'";
        let screen = run(folder.path(), &["query", sql]);
        assert!(
            screen.wrote.out().contains("1,200") || screen.wrote.out().contains("1200"),
            "{}",
            screen.wrote.out()
        );
        let leaving = run(folder.path(), &["query", sql, "--format", "csv"]);
        assert_eq!(
            leaving.wrote.out().contains("1200"),
            redistribute,
            "{}",
            leaving.wrote.out()
        );
        assert_eq!(
            leaving.wrote.err().contains("camp-register"),
            !redistribute,
            "{}",
            leaving.wrote.err()
        );
        let own = run(folder.path(), &["query", sql, "--format", "csv", "--own-use"]);
        assert!(own.wrote.out().contains("1200"), "{}", own.wrote.out());
        let json = run(folder.path(), &["query", sql, "--format", "json"]);
        assert_eq!(json.wrote.out().contains("1200"), redistribute);
    }
}

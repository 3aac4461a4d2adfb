//! `lysoen index` on the observatory's facts and recipes.

use std::collections::BTreeMap;
use std::path::Path;

use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::{Ran, run};

fn observatory() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    folder
}

fn rows(ran: &Ran) -> Vec<BTreeMap<String, String>> {
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let bytes = ran.wrote.bytes();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().expect("a header").clone();
    let named = |row: csv::StringRecord| {
        let cells = names.iter().zip(row.iter());
        cells.map(|(name, cell)| (name.to_string(), cell.to_string())).collect()
    };
    reader.records().map(|row| named(row.expect("CSV"))).collect()
}

fn failed(ran: &Ran) -> String {
    let failure = ran.outcome.as_ref().expect_err("a failure");
    let mut report = String::new();
    GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(200)
        .render_report(&mut report, failure)
        .expect("a report");
    report
}

/// Writes a recipe of the observatory's own.
fn own(folder: &Path, id: &str, text: &str) {
    let measures = folder.join("observatory/catalog/measures");
    std::fs::create_dir_all(&measures).expect("a folder");
    std::fs::write(measures.join(format!("{id}.toml")), text).expect("written");
}

const OWN: &str = r#"
id = "life"
title = "Life"
description = "How long people live."
unit = "index 0–1"
more_is = "better"

[[node]]
id = "life"
indicator = "life_expectancy"
normalise = { goalposts = { low = 20, high = 85 } }
"#;

#[test]
fn without_a_recipe_all_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["index"]);
    assert_eq!(ran.code(), 0);
    for id in ["asem", "gii", "hdi", "ihdi", "inform", "mpi"] {
        assert!(
            ran.wrote.out().lines().any(|line| line.starts_with(id)),
            "{id} in {}",
            ran.wrote.out()
        );
    }
    assert!(
        !folder.path().join("observatory").exists(),
        "a list needs no observatory"
    );
    own(folder.path(), "life", OWN);
    let rows = rows(&run(folder.path(), &["index", "--format", "csv"]));
    let life = rows.iter().find(|row| row["recipe"] == "life").expect("the own recipe");
    assert_eq!(life["origin"], "own");
}

#[test]
fn a_new_user_gets_the_hdi_of_2022_from_the_data_set_that_the_program_carries() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["index", "hdi", "--period", "2022", "--format", "csv"]);
    assert!(
        ran.wrote.err().contains("Created the observatory"),
        "{}",
        ran.wrote.err()
    );
    let all = rows(&ran);
    let of = |place: &str| {
        let row = all
            .iter()
            .find(|row| row["place"] == place && row["node"] == "hdi")
            .expect("a row");
        (row["value"].clone(), row["rank"].clone())
    };
    // Human Development Report 2023/24, table 1.
    assert_eq!(of("CHE"), ("0.967".to_string(), "1".to_string()));
    assert_eq!(of("NOR"), ("0.966".to_string(), "2".to_string()));
    assert_eq!(of("IND").0, "0.644");
    assert_eq!(of("SOM"), ("0.38".to_string(), "193".to_string()));
    let missing = all
        .iter()
        .find(|row| row["place"] == "PRK" && row["node"] == "hdi")
        .expect("a row");
    assert_eq!(missing["value"], "");
    assert!(!missing["note"].is_empty(), "a missing value says why");
}

#[test]
fn without_a_period_the_newest_is_taken_and_said() {
    let folder = observatory();
    let text = run(folder.path(), &["index", "hdi"]).wrote.out();
    assert!(text.contains("Human Development Index (hdi), 2022"), "{text}");
    assert!(
        text.contains("2022 is the newest period for which most units have a value"),
        "{text}"
    );
    for said in [
        "Switzerland",
        "very high",
        "CC-BY-3.0-IGO",
        "2024-03-13",
        "No intervals: nothing is varied",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    for line in text.lines().filter(|line| !line.contains("https://")) {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

#[test]
fn several_periods_stand_beside_each_other_and_a_place_keeps_its_rank() {
    let folder = observatory();
    let args = ["index", "hdi", "--period", "1990..2022", "--place", "Norway"];
    let text = run(folder.path(), &args).wrote.out();
    let line = text.lines().find(|line| line.contains("Norway")).expect("a line");
    assert!(line.contains("0.966   0.964"), "{line}");
    assert!(line.trim_start().starts_with("2 "), "{line}");
    let all = rows(&run(folder.path(), &[&args[..], &["--format", "csv"]].concat()));
    assert_eq!(all.iter().filter(|row| row["node"] == "hdi").count(), 33);
}

#[test]
fn the_rows_behind_a_value_are_shown_with_source_vintage_file_and_row() {
    let folder = observatory();
    let ran = run(
        folder.path(),
        &[
            "index",
            "hdi",
            "--period",
            "2022",
            "--explain",
            "NOR",
            "--format",
            "csv",
        ],
    );
    let all = rows(&ran);
    let health = all.iter().find(|row| row["node"] == "health").expect("a row");
    assert_eq!(health["input"], "83.393", "life expectancy at birth");
    assert_eq!(
        (health["source"].as_str(), health["as_of"].as_str()),
        ("hdr", "2024-03-13")
    );
    assert!(!health["file"].is_empty() && !health["row"].is_empty(), "{health:?}");
    let text = run(folder.path(), &["index", "hdi", "--period", "2022", "--explain", "NOR"])
        .wrote
        .out();
    assert!(text.contains("[1]") && text.contains("hdr, as of 2024-03-13"), "{text}");
}

#[test]
fn a_recipe_added_back_as_an_override_gives_identical_results() {
    let folder = observatory();
    let args = ["index", "hdi", "--period", "2022", "--format", "csv"];
    let before = run(folder.path(), &args).wrote.bytes();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/measures/hdi.toml");
    own(
        folder.path(),
        "hdi",
        &std::fs::read_to_string(shipped).expect("the recipe"),
    );
    assert_eq!(run(folder.path(), &args).wrote.bytes(), before);
}

#[test]
fn an_unknown_recipe_is_told_with_the_nearest_known_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["index", "hdii"]);
    assert_eq!(ran.code(), 4);
    assert!(
        failed(&ran).contains("there is no recipe hdii, did you mean `hdi`?"),
        "{}",
        failed(&ran)
    );
    let ran = run(folder.path(), &["index", "nothing-like-it"]);
    assert!(failed(&ran).contains("there are asem, gii, hdi"), "{}", failed(&ran));
}

#[test]
fn a_file_that_is_no_recipe_stops_no_other_recipe_and_is_told() {
    let folder = observatory();
    own(folder.path(), "life", &OWN.replace("unit =", "units ="));
    for args in [&["index", "hdi", "--period", "2022"][..], &["index"][..]] {
        let ran = run(folder.path(), args);
        assert_eq!(ran.code(), 0, "{:?}", ran.outcome);
        let told = ran.wrote.err();
        assert!(told.contains("life.toml is left out: "), "{told}");
    }
    let ran = run(folder.path(), &["index", "life"]);
    assert_eq!(ran.code(), 1);
    assert!(failed(&ran).contains("units"), "{}", failed(&ran));
    own(folder.path(), "hdi", OWN);
    let ran = run(folder.path(), &["index", "hdi"]);
    assert_eq!(ran.code(), 1, "the built-in recipe takes no place of the broken one");
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let folder = observatory();
    let observatory = folder.path().join("observatory").display().to_string();
    for format in ["csv", "json", "table"] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_lysoen"))
            .args(["--observatory", &observatory, "index", "hdi", "--period", "1990..2022"])
            .args(["--format", format])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("started");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("ended");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{format}: {told}");
        assert!(!told.contains("Broken pipe"), "{told}");
    }
}

#[test]
fn before_the_first_vintage_it_is_told_when_that_is_and_what_to_do() {
    let folder = observatory();
    let ran = run(
        folder.path(),
        &["index", "hdi", "--period", "2015", "--as-of", "2020-01-01"],
    );
    let told = failed(&ran);
    for said in ["2024-03-13", "--reconstruct"] {
        assert!(told.contains(said), "{said} in {told}");
    }
}

#[test]
fn mistakes_of_a_recipe_are_all_shown_with_a_caret() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = OWN.replace("low = 20, high = 85", "low = 85, high = 20") + "[screen]\nat_least = 90\n";
    let path = folder.path().join("life.toml");
    std::fs::write(&path, wrong).expect("written");
    let ran = run(folder.path(), &["index", &path.display().to_string()]);
    assert_eq!(ran.code(), 1);
    let told = failed(&ran);
    for said in [
        "2 mistakes",
        "upside down",
        "write 0.9 for 90 %",
        "life.toml:11:",
        "────",
    ] {
        assert!(told.contains(said), "{said} in {told}");
    }
    std::fs::write(&path, OWN.replace("indicator =", "indicater =")).expect("written");
    let told = failed(&run(folder.path(), &["index", &path.display().to_string()]));
    assert!(told.contains("did you mean `indicator`?"), "{told}");
}

#[test]
fn an_indicator_that_does_not_exist_is_shown_in_the_recipe_with_the_nearest() {
    let folder = observatory();
    own(
        folder.path(),
        "life",
        &OWN.replace("life_expectancy", "life_expectanzy"),
    );
    let ran = run(folder.path(), &["index", "life"]);
    assert_eq!(ran.code(), 1);
    let told = failed(&ran);
    assert!(
        told.contains("did you mean `life_expectancy`?") && told.contains("life.toml:10:13"),
        "{told}"
    );
}

#[test]
fn check_reads_the_recipes_of_the_observatory() {
    let folder = observatory();
    own(folder.path(), "life", OWN);
    let ran = run(folder.path(), &["check"]);
    assert_eq!(ran.code(), 0, "{}", ran.wrote.out());
    let count = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|w| *w == "recipes,").expect("recipes");
        words[at - 1].parse::<usize>().expect("a number")
    };
    assert!(count(&ran.wrote.out()) >= 8, "{}", ran.wrote.out());
    own(
        folder.path(),
        "life",
        &OWN.replace("life_expectancy", "life_expectanzy"),
    );
    own(folder.path(), "other", &OWN.replace("high = 85", "high = 8"));
    let ran = run(folder.path(), &["check"]);
    assert_eq!(ran.code(), 1);
    let told = ran.wrote.out();
    assert!(
        told.contains("life.toml, line 10: ") && told.contains("did you mean `life_expectancy`?"),
        "{told}"
    );
    assert!(
        told.contains("other.toml, line 11: ") && told.contains("upside down"),
        "{told}"
    );
}

/// A source whose rows may not be passed on.
const CLOSED: &str = r#"
id = "closed"
title = "Closed"
publisher = "The test"
licence = "all rights reserved"
redistribute = false
citation = "none"
homepage = "https://example.org"
cadence = "never"
publication_lag_days = 30

[[layout]]
name = "closed"
recognise = { columns = ["country", "year", "safety"] }
scope = "countries"
table = "observations"
place = { column = "country", code = "iso3" }
period = { form = "year", column = "year", at = "end" }
[[layout.value]]
column = "safety"
indicator = "life_expectancy"
"#;

#[test]
fn an_index_from_what_may_not_be_passed_on_leaves_the_observatory_for_own_use_only() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let mapping = write("closed.toml", CLOSED);
    let data = write("closed.csv", "country,year,safety\nTCD,2023,50\nSDN,2023,60\n");
    assert_eq!(run(folder.path(), &["import", &data, "--mapping", &mapping]).code(), 0);
    own(folder.path(), "life", OWN);
    let on_screen = run(folder.path(), &["index", "life"]);
    assert!(on_screen.wrote.out().contains("Sudan"), "{}", on_screen.wrote.out());
    for what in [
        &["--format", "csv"][..],
        &["--format", "json"],
        &["--stages", "--format", "csv"],
    ] {
        let ran = run(folder.path(), &[&["index", "life"], what].concat());
        assert_eq!(ran.code(), 4, "{what:?}: nothing may leave");
        assert!(!ran.wrote.out().contains("SDN"), "{what:?}: {}", ran.wrote.out());
        let told = format!("{}{}", ran.wrote.err(), ran.wrote.out());
        assert!(told.contains("what rests on closed"), "{what:?}: {told}");
    }
    let kept = rows(&run(folder.path(), &["index", "life", "--format", "csv", "--own-use"]));
    assert_eq!(kept.len(), 2);
}

#[test]
fn arguments_that_do_not_go_together_are_wrong_usage() {
    let console = || lysoen::console::Console::captured("2025-07-01T12:00:00Z".parse().expect("a time")).0;
    for args in [
        vec!["lysoen", "index", "--data", "x.csv"],
        vec!["lysoen", "index", "hdi", "--idata", "x.csv"],
        vec!["lysoen", "index", "hdi", "--data", "x.csv", "--level", "admin1"],
        vec!["lysoen", "index", "hdi", "--stages", "--chances"],
        vec!["lysoen", "index", "hdi", "--period", "2022..1990"],
        vec!["lysoen", "index", "hdi", "--period", "1990..2022-03"],
        vec!["lysoen", "index", "hdi", "--n", "10"],
        vec!["lysoen", "index", "hdi", "--reconstruct"],
    ] {
        let error = lysoen::run_from(args.clone(), &mut console()).expect_err("wrong usage");
        assert_eq!(error.exit_code(), 2, "{args:?}");
    }
}

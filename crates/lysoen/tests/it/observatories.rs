//! Observatories come into being, take files in, and say what became of every row.

use std::path::{Path, PathBuf};

use lysoen::snapshot::Snapshot;
use lysoen_facts::Lake;

use crate::run;

/// A mapping for a small file of people displaced.
const MAPPING: &str = r#"
id = "camps"
title = "Camps"
publisher = "The test"
licence = "CC0-1.0"
redistribute = true
citation = "none"
homepage = "https://example.org"
cadence = "never"
publication_lag_days = 30

[[layout]]
name = "camps"
recognise = { columns = ["country", "year", "people"] }
scope = "countries"
table = "observations"
place = { column = "country", code = "iso3" }
period = { form = "year", column = "year", at = "end" }
[[layout.value]]
column = "people"
indicator = "idps_conflict"
"#;

const GOOD: &str = "country,year,people\nTCD,2023,100\nSDN,2023,2500000\n";
const BAD: &str = "country,year,people\nTCD,2023,100\nSDN,2023,many\nNowhere,2023,7\n";

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("written");
    path
}

fn releases(folder: &Path) -> usize {
    let lake = Lake::open(&folder.join("observatory").display().to_string()).expect("a lake");
    lake.manifest().releases.len()
}

/// A folder with an empty observatory and the mapping.
fn empty() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    let mapping = file(folder.path(), "camps.toml", MAPPING).display().to_string();
    (folder, mapping)
}

#[test]
fn init_empty_creates_an_observatory_with_settings_and_no_release() {
    let (folder, _) = empty();
    assert_eq!(releases(folder.path()), 0);
    let settings = std::fs::read_to_string(folder.path().join("observatory/observatory.toml")).expect("settings");
    assert!(settings.contains("default_places"));
}

#[test]
fn an_observatory_that_is_absent_is_created_from_the_snapshot_and_a_second_init_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["sources"]);
    assert_eq!(ran.code(), 0);
    assert!(ran.wrote.err().contains("Created the"), "{}", ran.wrote.err());
    assert_eq!(
        releases(folder.path()) > 0,
        Snapshot::embedded().expect("readable").is_some()
    );
    let before = releases(folder.path());
    let again = run(folder.path(), &["init", "--empty"]);
    assert!(
        again.wrote.err().contains("There is already an observatory"),
        "{}",
        again.wrote.err()
    );
    assert_eq!(releases(folder.path()), before);
    let left: Vec<_> = std::fs::read_dir(folder.path().join("observatory"))
        .expect("a folder")
        .collect();
    assert_eq!(left.len(), 2, "facts and settings, and nothing passing: {left:?}");
}

#[test]
fn an_import_tells_what_the_file_is_and_gives_an_account_of_its_rows() {
    let (folder, mapping) = empty();
    let bad = file(folder.path(), "camps.csv", BAD);
    let ran = run(
        folder.path(),
        &[
            "import",
            &bad.display().to_string(),
            "--mapping",
            &mapping,
            "--vintage",
            "2024-02-01",
        ],
    );
    let said = ran.wrote.out();
    assert_eq!(ran.code(), 0, "{said}");
    assert!(said.contains("camps/camps"), "{said}");
    assert!(said.contains("2024-02-01, as you said"), "{said}");
    assert!(said.contains("3 read = 1 kept + 2 rejected + 0 skipped"), "{said}");
    assert!(said.contains("row 3, column people: found many"), "{said}");
    assert!(said.contains("Nowhere"), "{said}");
    assert!(said.contains("Imported."), "{said}");
    assert_eq!(releases(folder.path()), 1);
}

#[test]
fn the_same_file_imported_again_changes_nothing() {
    let (folder, mapping) = empty();
    let good = file(folder.path(), "camps.csv", GOOD).display().to_string();
    for _ in 0..2 {
        assert_eq!(run(folder.path(), &["import", &good, "--mapping", &mapping]).code(), 0);
    }
    let said = run(folder.path(), &["import", &good, "--mapping", &mapping])
        .wrote
        .out();
    assert!(said.contains("nothing was changed"), "{said}");
    assert_eq!(releases(folder.path()), 1);
}

#[test]
fn strict_turns_findings_into_exit_code_3_and_imports_nothing() {
    let (folder, mapping) = empty();
    let bad = file(folder.path(), "camps.csv", BAD).display().to_string();
    let ran = run(folder.path(), &["import", &bad, "--mapping", &mapping, "--strict"]);
    assert_eq!(ran.code(), 3);
    assert!(ran.wrote.out().contains("Refused"), "{}", ran.wrote.out());
    assert_eq!(releases(folder.path()), 0);
    let good = file(folder.path(), "good.csv", GOOD).display().to_string();
    assert_eq!(
        run(folder.path(), &["import", &good, "--mapping", &mapping, "--strict"]).code(),
        0
    );
    assert_eq!(releases(folder.path()), 1);
}

#[test]
fn a_folder_is_imported_file_by_file_and_an_unrecognised_one_does_not_hold_up_the_others() {
    let (folder, mapping) = empty();
    file(folder.path(), "in/a.csv", GOOD);
    file(folder.path(), "in/b.csv", "this,is\nnot,it\n");
    file(folder.path(), "in/c.csv", &GOOD.replace("2023", "2022"));
    let all = folder.path().join("in").display().to_string();
    let ran = run(folder.path(), &["import", &all, "--mapping", &mapping]);
    assert_eq!(ran.code(), 1);
    assert!(ran.wrote.err().contains("b.csv"), "{}", ran.wrote.err());
    assert!(
        ran.wrote
            .err()
            .contains("2 imported, 0 already there, 0 refused, 1 not imported"),
        "{}",
        ran.wrote.err()
    );
    assert_eq!(releases(folder.path()), 2);
}

#[test]
fn findings_and_the_account_can_be_had_for_machines() {
    let (folder, mapping) = empty();
    let bad = file(folder.path(), "camps.csv", BAD).display().to_string();
    let findings = folder.path().join("findings.csv");
    let ran = run(
        folder.path(),
        &[
            "import",
            &bad,
            "--mapping",
            &mapping,
            "--format",
            "json",
            "--findings",
            &findings.display().to_string(),
        ],
    );
    let json: serde_json::Value = serde_json::from_str(&ran.wrote.out()).expect("JSON and nothing else");
    let row = &json["rows"][0];
    assert_eq!(row["outcome"], "imported");
    assert_eq!(
        (&row["rows_read"], &row["rows_kept"], &row["rows_rejected"]),
        (&3.into(), &1.into(), &2.into())
    );
    let mut reader = csv::Reader::from_path(&findings).expect("a file");
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("CSV");
    assert_eq!(rows.len(), 2);
    assert_eq!(
        [&rows[0][1], &rows[0][2], &rows[0][3], &rows[0][5]],
        ["3", "people", "many", "rejected"]
    );
}

#[test]
fn a_mistake_in_a_mapping_is_shown_with_the_nearest_key() {
    let (folder, _) = empty();
    let wrong = MAPPING.replace("citation =", "citaton =");
    let mapping = file(folder.path(), "wrong.toml", &wrong).display().to_string();
    let good = file(folder.path(), "camps.csv", GOOD).display().to_string();
    let ran = run(folder.path(), &["import", &good, "--mapping", &mapping]);
    assert_eq!(ran.code(), 1);
    let failure = ran.outcome.expect_err("a mistake");
    let help = miette::Diagnostic::help(&failure).expect("advice").to_string();
    assert_eq!(help, "did you mean `citation`?");
    assert!(miette::Diagnostic::labels(&failure).is_some(), "a caret");
}

#[test]
fn check_finds_a_card_of_the_observatory_that_makes_no_sense() {
    let (folder, _) = empty();
    assert_eq!(run(folder.path(), &["check"]).code(), 0);
    let card = MAPPING
        .replace("table = \"observations\"", "reader = \"tabel\"")
        .replace("CC0-1.0", "");
    file(folder.path(), "observatory/catalog/sources/camps.toml", &card);
    let ran = run(folder.path(), &["check"]);
    assert_eq!(ran.code(), 1);
    let said = ran.wrote.out();
    assert!(said.contains("camps/camps: there is no reader `tabel`"), "{said}");
    assert!(said.contains("camps: `licence` is empty"), "{said}");
}

#[test]
fn what_is_not_there_exits_with_4() {
    let (folder, _) = empty();
    for args in [
        vec!["sources", "ucpd-ged"],
        vec!["assess", "--measure", "kiled"],
        vec!["assess"],
        vec!["query", "SELECT * FROM events"],
        vec!["changes", "--since", "2024-01-01", "--quiet"],
    ] {
        assert_eq!(run(folder.path(), &args).code(), 4, "{args:?}");
    }
    let failure = run(folder.path(), &["sources", "ucpd-ged"])
        .outcome
        .expect_err("unknown");
    assert_eq!(
        miette::Diagnostic::help(&failure).expect("advice").to_string(),
        "did you mean `ucdp-ged`?"
    );
}

#[test]
fn a_query_that_is_wrong_exits_with_1() {
    let (folder, _) = empty();
    assert_eq!(run(folder.path(), &["query", "SELECT FROM nowhere WHERE"]).code(), 1);
}

#[test]
fn restricted_rows_stay_and_the_export_says_so() {
    let (folder, _) = empty();
    let card = MAPPING
        .replace("redistribute = true", "redistribute = false")
        .replace("CC0-1.0", "Ask first");
    file(folder.path(), "observatory/catalog/sources/camps.toml", &card);
    let good = file(folder.path(), "camps.csv", GOOD).display().to_string();
    assert_eq!(run(folder.path(), &["import", &good]).code(), 0);
    let to = folder.path().join("rows.csv");
    let ran = run(
        folder.path(),
        &["export", "observations", "--to", &to.display().to_string()],
    );
    assert_eq!(ran.code(), 4, "nothing may leave");
    assert!(
        ran.wrote.err().contains("Left out: camps, for its licence (Ask first)"),
        "{}",
        ran.wrote.err()
    );
    let text = std::fs::read_to_string(&to).expect("a file");
    assert_eq!(text.lines().count(), 1, "the header alone: {text}");
}

#[test]
fn a_csv_export_has_licences_and_citations_in_a_file_beside_it() {
    let (folder, _) = empty();
    file(folder.path(), "observatory/catalog/sources/camps.toml", MAPPING);
    let good = file(folder.path(), "camps.csv", GOOD).display().to_string();
    assert_eq!(run(folder.path(), &["import", &good]).code(), 0);
    let to = folder.path().join("rows.csv").display().to_string();
    assert_eq!(run(folder.path(), &["export", "observations", "--to", &to]).code(), 0);
    let sources = std::fs::read_to_string(folder.path().join("rows.sources.csv")).expect("a file");
    assert!(sources.contains("camps") && sources.contains("CC0-1.0"), "{sources}");
    let unnamed = folder.path().join("rows.dat").display().to_string();
    assert_eq!(
        run(folder.path(), &["export", "observations", "--to", &unnamed]).code(),
        2
    );
}

#[test]
fn a_folder_is_imported_with_the_folders_within_it_and_without_texts_about_data() {
    let (folder, mapping) = empty();
    file(folder.path(), "data/PROVENANCE.md", "# Where this is from\n");
    file(folder.path(), "data/2023.csv", GOOD);
    file(folder.path(), "data/older/2022.csv", &GOOD.replace("2023", "2022"));
    file(folder.path(), "data/older/README.MD", "nothing\n");
    let data = folder.path().join("data").display().to_string();
    let ran = run(folder.path(), &["import", &data, "--mapping", &mapping]);
    assert_eq!(ran.code(), 0);
    assert_eq!(releases(folder.path()), 2);
}

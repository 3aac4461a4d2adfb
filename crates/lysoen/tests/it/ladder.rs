//! The ladder through the program: statements put in by `import`, every option compared with a table worked out by hand.

use std::path::{Path, PathBuf};

use lysoen::console::Console;
use lysoen::failure::{Failure, Outcome};
use lysoen::run_from;

/// The Python that the build script has found.
const PYTHON: Option<&str> = option_env!("LYSOEN_CAPPARSELIB");

/// A trigger that stands wherever people were killed, and warns for 60 days.
const SIXTY_DAYS: &str = r#"
id = "sixty-days"
version = 1
title = "Deaths in the last year"
description = "Stands where people were killed in the last year; for a test."
when = "killed in last 12 months ≥ 25"
supports = "medium"
confirmations = 1
window_days = 60
cool_down_months = 6
prepare_days = 0
"#;

/// An observatory from the snapshot, in a folder of its own.
struct Observatory {
    folder: tempfile::TempDir,
}

impl Observatory {
    fn new() -> Observatory {
        let observatory = Observatory {
            folder: tempfile::tempdir().expect("a folder"),
        };
        observatory.run(&["init"]).0.expect("an observatory");
        observatory
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("observatory")
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }

    fn run(&self, args: &[&str]) -> (Result<Outcome, Failure>, String, String) {
        self.run_at("2025-07-01T12:00:00Z", args)
    }

    fn run_at(&self, now: &str, args: &[&str]) -> (Result<Outcome, Failure>, String, String) {
        let (mut console, captured) = Console::captured(now.parse().expect("a time"));
        let path = self.path();
        let path = path.to_str().expect("a path");
        let all = ["lysoen", "--observatory", path]
            .into_iter()
            .chain(args.iter().copied());
        let outcome = run_from(all.collect::<Vec<_>>(), &mut console).expect("arguments");
        (outcome, captured.out(), captured.err())
    }

    fn done(&self, args: &[&str]) -> String {
        let (outcome, out, err) = self.run(args);
        let outcome = outcome.unwrap_or_else(|e| panic!("{args:?}: {e}"));
        assert_eq!(outcome, Outcome::Done, "{args:?}: {out}{err}");
        out
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/ladder")
        .join(name)
}

/// The columns of a CSV by name, row by row, `#` lines left out.
fn rows(text: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let at: Vec<usize> = columns
        .iter()
        .map(|name| {
            header
                .iter()
                .position(|column| column == *name)
                .unwrap_or_else(|| panic!("{name} in {header:?}"))
        })
        .collect();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("a record");
        at.iter().map(|at| record[*at].to_string()).collect()
    };
    reader.records().map(row).collect()
}

fn every_option_comes_out_as_worked_out_by_hand(scenario: &str, place: &str) {
    let observatory = Observatory::new();
    observatory.write("catalog/ladder/triggers/sixty-days.toml", SIXTY_DAYS);
    let statements = fixture(&format!("{scenario}/mandates.csv"));
    observatory.done(&["import", statements.to_str().expect("a path"), "--strict"]);
    let told = observatory.done(&["ladder", place, "--format", "csv"]);
    let told = rows(&told, &["option", "status", "status_told", "timing"]);
    let expected = std::fs::read_to_string(fixture(&format!("{scenario}/expected.csv"))).expect("a table");
    let expected = rows(&expected, &["option", "status", "told", "timing"]);
    assert_eq!(expected.len(), 38);
    assert_eq!(told.len(), 38);
    let wrong: Vec<String> = expected
        .iter()
        .zip(&told)
        .filter(|(expected, told)| expected != told)
        .map(|(expected, told)| format!("by hand {expected:?}\n   told {told:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} of 38 differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_worked_example_comes_out_exactly() {
    every_option_comes_out_as_worked_out_by_hand("worked", "ETH");
}

#[test]
fn a_second_scenario_comes_out_as_worked_out_by_hand() {
    every_option_comes_out_as_worked_out_by_hand("second", "MLI");
}

#[test]
#[cfg_attr(not(capparselib), ignore = "no Python with capparselib")]
fn the_record_of_a_trigger_is_counted_again_from_the_exported_forecasts_by_another_hand() {
    let observatory = Observatory::new();
    let folder = observatory.folder.path().join("export");
    let to = folder.to_str().expect("a path");
    let trigger = "deadly-violence-onset";
    observatory.done(&[
        "ladder",
        "calibrate",
        trigger,
        "--from",
        "2013",
        "--every",
        "4",
        "--lag-days",
        "30",
        "--export",
        to,
    ]);
    let record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("record.json")).expect("a record")).expect("JSON");
    let measured = &record["record"]["at_own"];
    let python = PYTHON.expect("a Python");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ladder/tests/calibrate.py");
    let files = ["origins.csv", "actuals.csv", "terms.json"].map(|name| folder.join(name));
    let threshold = measured["own"]["threshold"].to_string();
    let counted = std::process::Command::new(python)
        .arg(script)
        .args(files)
        .arg(threshold)
        .output()
        .expect("it runs");
    assert!(counted.status.success(), "{}", String::from_utf8_lossy(&counted.stderr));
    let counted: serde_json::Value = serde_json::from_slice(&counted.stdout).expect("JSON");
    assert!(
        measured["onset"]["windows"].as_u64().expect("windows") > 1000,
        "{measured}"
    );
    assert!(
        measured["continuation"]["events"].as_u64().expect("events") > 100,
        "{measured}"
    );
    for kind in ["onset", "continuation"] {
        for (name, count) in counted[kind]["counts"].as_object().expect("counts") {
            assert_eq!(measured[kind][name], *count, "{kind} {name}");
        }
        for name in [
            "base_rate",
            "hit_rate",
            "false_alarm_ratio",
            "false_alarms_per_place_year",
        ] {
            let rate = counted[kind]["rates"][name]
                .as_str()
                .map(|text| text.parse::<f64>().expect("a number"));
            assert_eq!(measured[kind][name]["value"].as_f64(), rate, "{kind} {name}");
        }
    }
}

#[test]
fn a_mistake_in_a_trigger_is_shown_where_it_stands() {
    let observatory = Observatory::new();
    let wrong = SIXTY_DAYS.replace("killed in last 12 months ≥ 25", "kiled in last 12 months ≥ 25");
    observatory.write("catalog/ladder/triggers/sixty-days.toml", &wrong);
    let (outcome, _, _) = observatory.run(&["ladder"]);
    let failure = outcome.expect_err("a mistake");
    let shown = format!("{:?}", miette::Report::new(failure));
    assert!(
        shown.contains("kiled in last 12 months") && shown.contains("did you mean"),
        "{shown}"
    );
    let (outcome, out, _) = observatory.run(&["check"]);
    assert_eq!(outcome.expect("it ran"), Outcome::Wrong);
    assert!(
        out.contains("sixty-days.toml, line 6") && out.contains("kiled"),
        "{out}"
    );
}

#[test]
fn the_triggers_that_come_with_the_program_ship_with_their_record() {
    let observatory = Observatory::new();
    let path = observatory.path().display().to_string();
    let opened = lysoen_answers::Observatory::open(&path, jiff::civil::date(2025, 7, 1)).expect("it opens");
    let words = lysoen_answers::ladder::vocabulary(opened.measures());
    let catalog = lysoen_answers::ladder::LadderCatalog::of(&opened, &words).expect("a catalog");
    for trigger in &catalog.triggers {
        let record = lysoen_answers::ladder::record_of(&opened, trigger);
        assert_eq!(
            record.is_ok(),
            trigger.spec.event.is_some(),
            "{}: {record:?}",
            trigger.spec.id
        );
        let Ok(record) = record else { continue };
        let own = &record.record.at_own.own;
        assert!(!own.in_sample, "{}: chosen on what it is measured on", trigger.spec.id);
        if let Some(threshold) = trigger.expression.threshold() {
            assert_eq!(own.threshold, threshold, "{}", trigger.spec.id);
        }
    }
    // One of them is meant for what begins where it has been calm, and it fires there.
    let onset = catalog.trigger("deadly-violence-onset").expect("a trigger");
    let record = lysoen_answers::ladder::record_of(&opened, onset)
        .expect("a record")
        .record
        .at_own;
    assert!(
        record.onset.episodes > 100 && record.onset.hits > 0,
        "{:?}",
        record.onset
    );
}

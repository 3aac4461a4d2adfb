//! Impact by the command line: on the standard case, on tables of one's own, on the snapshot, and what it says of mistakes.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::{Ran, run};

/// A row of `kind,name,time,value,low,high`.
type Row = BTreeMap<String, String>;

fn snapshot() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    folder
}

fn impact(folder: &Path, args: &[&str]) -> Ran {
    let mut whole = vec!["impact"];
    whole.extend(args);
    run(folder, &whole)
}

fn failed(ran: &Ran) -> String {
    match &ran.outcome {
        Ok(_) => panic!("it should fail: {}", ran.wrote.out()),
        Err(failure) => failure.to_string(),
    }
}

fn rows(folder: &Path, args: &[&str]) -> Vec<Row> {
    let mut whole = args.to_vec();
    whole.extend(["--format", "csv"]);
    let ran = impact(folder, &whole);
    assert!(ran.outcome.is_ok(), "{:?} {}", ran.outcome, ran.wrote.err());
    let text = ran.wrote.out();
    let header = text.lines().next().expect("a header").trim_end();
    assert_eq!(header, "kind,name,time,value,low,high");
    let bytes = ran.wrote.bytes();
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    table.deserialize::<Row>().map(|row| row.expect("CSV")).collect()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let mut whole = args.to_vec();
    whole.extend(["--format", "json"]);
    let ran = impact(folder, &whole);
    assert!(ran.outcome.is_ok(), "{:?} {}", ran.outcome, ran.wrote.err());
    serde_json::from_slice(&ran.wrote.bytes()).expect("JSON")
}

fn value(rows: &[Row], kind: &str, name: &str) -> f64 {
    let row = rows.iter().find(|row| row["kind"] == kind && row["name"] == name);
    let row = row.unwrap_or_else(|| panic!("there is no {kind} {name}"));
    row["value"].parse().expect("a number")
}

/// A table of 25 units and 30 periods, two common factors each loads in its own way, and small shocks; from 21 on the eighteenth
/// lies 5 lower than it would.
fn panel() -> String {
    let mut text = String::from("district,period,attacks,people\n");
    let shock = |unit: u32, time: u32| {
        let mixed = (unit * 7919 + time * 104_729).wrapping_mul(2_654_435_761) >> 8;
        f64::from(mixed % 1000) / 1000.0 - 0.5
    };
    for unit in 0..25_u32 {
        let (level, load) = (20.0 + f64::from(unit % 5) * 2.0, 0.5 + f64::from(unit % 7) * 0.25);
        for time in 1..=30_u32 {
            let common = (f64::from(time) / 4.0).sin() * 3.0 + f64::from(time) * 0.1;
            let fall = if unit == 17 && time >= 21 { 5.0 } else { 0.0 };
            let attacks = level + load * common + 0.6 * shock(unit, time) - fall;
            text.push_str(&format!("D{unit:02},{time},{attacks:.6},200000\n"));
        }
    }
    text
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    std::fs::write(&file, text).expect("written");
    file.display().to_string()
}

/// The arguments of a question of [`panel`].
fn of_panel<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec![
        "--data",
        file,
        "--unit",
        "district",
        "--time",
        "period",
        "--outcome",
        "attacks",
        "--treated",
        "D17",
        "--from",
        "21",
    ];
    args.extend(more);
    args
}

#[test]
fn without_arguments_it_tells_what_can_be_asked() {
    let folder = snapshot();
    let ran = impact(folder.path(), &[]);
    assert_eq!(ran.code(), 0, "{:?}", ran.outcome);
    let text = ran.wrote.out();
    for said in [
        "fewer",
        "more",
        "none-larger",
        "cannot-be-told",
        "Classes",
        "Policies: ",
        "Outcomes",
        "killed",
    ] {
        assert!(text.contains(said), "it does not say {said}:\n{text}");
    }
    let told = json(folder.path(), &[]);
    let list = |key: &str| told[key].as_array().unwrap_or_else(|| panic!("{key}")).len();
    assert!(list("policies") > 0 && list("classes") > 0 && list("outcomes") > 10);
    assert_eq!((list("methods"), told["rules"]["donors"].as_u64()), (7, Some(19)));
    for policy in told["policies"].as_array().expect("policies") {
        assert!(policy["verdict"].is_null(), "nothing is computed: {policy}");
        assert!(text.contains(policy["id"].as_str().expect("an id")), "{policy}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn proposition_99_is_told_with_the_exact_optima() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/impact/california_prop99_outcome.csv")
        .display()
        .to_string();
    let asked = |method: &str| {
        let args = [
            "--data",
            &file,
            "--unit",
            "State",
            "--time",
            "Year",
            "--outcome",
            "PacksPerCapita",
            "--treated",
            "California",
            "--from",
            "1989",
            "--method",
            method,
        ];
        rows(folder.path(), &args)
    };
    for (method, effect) in [
        ("sc", -19.5136),
        ("did", -27.3491),
        ("difp", -11.1090),
        ("sdid", -15.6054),
    ] {
        let found = value(&asked(method), "effect", method);
        assert!((found - effect).abs() < 1e-4, "{method}: {found} and not {effect}");
    }
    let control = asked("sc");
    for (state, weight) in [
        ("Utah", 0.3939),
        ("Montana", 0.2318),
        ("Nevada", 0.2049),
        ("Connecticut", 0.1091),
    ] {
        let found = value(&control, "weight", state);
        assert!((found - weight).abs() < 1e-3, "{state}: {found} and not {weight}");
    }
    let last = |kind: &str| -> f64 {
        let of = control.iter().find(|row| row["kind"] == kind && row["time"] == "2000");
        of.expect("the year 2000")["value"].parse().expect("a number")
    };
    assert!((last("gap") + 26.5966).abs() < 1e-3, "{}", last("gap"));
    assert!((last("observed") - last("counterfactual") - last("gap")).abs() < 1e-9);
    assert!((value(&control, "fit", "pre_rmspe") - 1.6564).abs() < 1e-4);
}

#[test]
fn a_table_of_ones_own_is_told_verdict_first_with_everything_that_speaks_for_and_against_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), "attacks.csv", &panel());
    let told = json(folder.path(), &of_panel(&file, &[]));
    let effect = told["examination"]["fit"]["effect"].as_f64().expect("an effect");
    assert!((effect + 5.0).abs() < 1.0, "{effect}");
    assert_eq!(told["verdict"]["word"], "fewer", "{}", told["verdict"]);
    let text = impact(folder.path(), &of_panel(&file, &[])).wrote.out();
    let at = |said: &str| {
        text.find(said)
            .unwrap_or_else(|| panic!("it does not say {said}:\n{text}"))
    };
    let sentence = told["verdict"]["sentence"].as_str().expect("a sentence");
    let first: String = sentence.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    assert!(at(&first) < at("The effect"), "the verdict comes first");
    for said in [
        "✓",
        "without it",
        "donor",
        "In space",
        "By other methods",
        "Sources",
        "← the first after",
        "│",
    ] {
        at(said);
    }
    let people = rows(folder.path(), &of_panel(&file, &["--people", "people"]));
    let in_people = value(&people, "people", "people");
    // 10 periods of 200,000 people, an effect per 100,000.
    assert!(
        (in_people - effect * 10.0 * 2.0).abs() < 1e-6 * in_people.abs(),
        "{in_people} of {effect}"
    );
}

#[test]
fn too_short_a_past_cannot_be_told_and_its_numbers_are_no_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let short: String = panel()
        .lines()
        .filter(|line| {
            let time = line.split(',').nth(1).and_then(|time| time.parse::<u32>().ok());
            time.is_none_or(|time| time >= 15)
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let file = written(folder.path(), "short.csv", &short);
    let told = json(folder.path(), &of_panel(&file, &[]));
    assert_eq!(told["verdict"]["word"], "cannot-be-told");
    let ran = impact(folder.path(), &of_panel(&file, &[]));
    assert_eq!(ran.code(), 0, "that it cannot be told is an answer");
    let text = ran.wrote.out();
    let at = |said: &str| {
        text.find(said)
            .unwrap_or_else(|| panic!("it does not say {said}:\n{text}"))
    };
    assert!(
        at("cannot be told") < at("What the method gives, not a finding"),
        "{text}"
    );
    assert!(text.contains('✗'), "{text}");
}

#[test]
fn what_cannot_be_asked_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    let file = written(folder.path(), "attacks.csv", &panel());
    let data = [
        "--data",
        file.as_str(),
        "--unit",
        "district",
        "--time",
        "period",
        "--outcome",
        "attacks",
    ];
    let with = |more: &[&str]| -> Vec<String> { data.iter().chain(more).map(|arg| arg.to_string()).collect() };
    let plain = |args: &[&str]| -> Vec<String> { args.iter().map(|arg| arg.to_string()).collect() };
    for (args, code, said) in [
        (with(&["--from", "21"]), 2, "--data needs --treated NAME"),
        (with(&["--treated", "D17"]), 2, "--data needs --from T"),
        (with(&["--treated", "D99", "--from", "21"]), 1, "there is no unit D99"),
        (with(&["--treated", "D17", "--from", "soon"]), 1, "no period"),
        (
            with(&["--treated", "D17", "--from", "21", "--donors", "D17"]),
            1,
            "compared with itself",
        ),
        (
            with(&["--treated", "D17", "--from", "21", "--place", "COL"]),
            2,
            "--place",
        ),
        (plain(&["--outcome", "killed"]), 2, "--place is missing"),
        (plain(&["--place", "COL", "--from", "2016"]), 2, "--outcome is missing"),
        (
            plain(&["--outcome", "killed", "--place", "COL"]),
            2,
            "--from is missing",
        ),
        (
            plain(&["--outcome", "killed", "--place", "COL", "--from", "lately"]),
            2,
            "no date",
        ),
        (
            plain(&[
                "--outcome",
                "killed",
                "--place",
                "COL",
                "--from",
                "2016",
                "--until",
                "2014",
            ]),
            2,
            "lies before",
        ),
        (
            plain(&["--outcome", "kiled", "--place", "COL", "--from", "2016"]),
            1,
            "killed",
        ),
        (
            plain(&["--outcome", "killed", "--place", "Colombya", "--from", "2016"]),
            4,
            "Colombia",
        ),
        (
            plain(&["--policy", "no-such-policy"]),
            4,
            "there is no policy no-such-policy",
        ),
        (
            plain(&["--class", "no-such-class"]),
            4,
            "there is no class no-such-class",
        ),
        (plain(&["--policy", "a", "--class", "b"]), 2, "two questions"),
        (plain(&["--policy", "a", "--method", "did"]), 2, "fixed in the catalog"),
        (plain(&["--treated", "D17"]), 2, "--data FILE"),
        (plain(&["--calibrate"]), 2, "--outcome"),
        (plain(&["--runs", "--report", "r"]), 2, "--report"),
    ] {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = impact(folder.path(), &args);
        let told = failed(&ran);
        assert!(told.contains(said), "{args:?}: {told}");
        assert_eq!(ran.code(), code, "{args:?}: {told}");
        assert!(ran.wrote.out().is_empty(), "{args:?} printed {}", ran.wrote.out());
    }
}

#[test]
fn a_wrong_word_is_corrected_before_anything_is_read() {
    use clap::Parser;
    for (args, said) in [
        (["--method", "synthetic"], "sc-predictors"),
        (["--margin", "20"], "no share between 0 and 1"),
        (["--by", "week"], "month"),
    ] {
        let whole = ["lysoen", "impact"].iter().chain(&args);
        let error = lysoen::cli::Cli::try_parse_from(whole)
            .expect_err("a wrong word")
            .to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_report_holds_everything_and_an_interrupted_one_leaves_the_earlier() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), "attacks.csv", &panel());
    let report = folder.path().join("report");
    let name = report.display().to_string();
    let ran = impact(folder.path(), &of_panel(&file, &["--report", &name]));
    assert_eq!(ran.code(), 0, "{:?}", ran.outcome);
    let page = std::fs::read_to_string(report.join("impact.html")).expect("a page");
    balanced(&page);
    for wanted in [
        "class=\"verdict\"",
        "Checked before the effect was seen",
        "Donors and weights",
        "In space",
        "In time",
        "Without each donor in turn",
        "Conformal",
        "By other methods",
        "What a reader must know",
        "The rules and their values",
        "Sources and licences",
        "@page{size:A4",
        "role=\"img\"",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    for unwanted in ["<script", "src=", "@import", "url("] {
        assert!(!page.contains(unwanted), "{unwanted}");
    }
    for chart in ["observed.svg", "gaps.svg", "weights.svg", "placebos.svg"] {
        let svg = std::fs::read_to_string(report.join(chart)).expect("a chart");
        balanced(&svg);
    }
    let figures = std::fs::read_to_string(report.join("impact.csv")).expect("figures");
    assert!(figures.starts_with("kind,name,time,value,low,high"));
    // The folder in which the next one is made cannot be: something else has its name.
    let blocked = folder.path().join(format!(".report.new.{}", std::process::id()));
    std::fs::write(&blocked, "in the way").expect("written");
    let again = impact(folder.path(), &of_panel(&file, &["--method", "did", "--report", &name]));
    assert_eq!(again.code(), 1);
    let kept = std::fs::read_to_string(report.join("impact.html")).expect("the earlier page");
    assert_eq!(kept, page);
    let other = folder.path().join("mine");
    std::fs::create_dir(&other).expect("a folder");
    written(&other, "thesis.txt", "years of work");
    let refused = impact(
        folder.path(),
        &of_panel(&file, &["--report", &other.display().to_string()]),
    );
    assert!(failed(&refused).contains("something else than an earlier report"));
}

/// That every element is closed in the order in which it was opened.
fn balanced(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = text.split_once("<style>").map_or(text.to_string(), |(head, rest)| {
        let rest = rest.split_once("</style>").expect("a style that ends").1;
        format!("{head}{rest}")
    });
    for tag in body.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag that ends");
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n'])
            .next()
            .unwrap_or_default();
        match tag {
            tag if tag.starts_with(['!', '?']) || name == "meta" || tag.ends_with('/') => {}
            tag if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{tag} closes something else"),
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
}

#[test]
fn a_question_of_facts_is_answered_logged_and_the_same_in_every_form() {
    let folder = snapshot();
    let asked = [
        "--outcome",
        "killed",
        "--place",
        "Colombia",
        "--from",
        "2016",
        "--until",
        "2022",
    ];
    let told = json(folder.path(), &asked);
    assert_eq!(told["place"]["code"], "COL");
    let words = ["fewer", "more", "none-larger", "cannot-be-told"];
    assert!(
        words.contains(&told["verdict"]["word"].as_str().expect("a word")),
        "{}",
        told["verdict"]
    );
    assert!(!told["sources"].as_array().expect("sources").is_empty());
    for donor in told["donors"].as_array().expect("donors") {
        assert_eq!(donor["used"].as_bool(), Some(donor["why_not"].is_null()), "{donor}");
        let code = donor["place"]["code"].as_str().expect("a code");
        // They share a land border with Colombia.
        assert!(
            !["VEN", "BRA", "PER", "ECU", "PAN"].contains(&code) || donor["used"] == false,
            "{donor}"
        );
    }
    let table = rows(folder.path(), &asked);
    let words: Vec<&Row> = table.iter().filter(|row| row["kind"] == "verdict").collect();
    assert_eq!(words.len(), 1);
    assert_eq!(words[0]["name"], told["verdict"]["word"].as_str().unwrap_or_default());
    if let Some(effect) = told["examination"]["fit"]["effect"].as_f64() {
        assert_eq!(value(&table, "effect", "sc"), effect);
    }
    let log = impact(folder.path(), &["--runs", "--format", "csv"]).wrote.out();
    assert_eq!(log.lines().count(), 3, "a header and both runs:\n{log}");
    assert!(log.lines().skip(1).all(|line| line.contains("COL")), "{log}");
    let empty = tempfile::tempdir().expect("a folder");
    assert_eq!(run(empty.path(), &["init", "--empty"]).code(), 0);
    assert_eq!(impact(empty.path(), &["--runs"]).code(), 4, "nothing was asked there");
}

#[test]
fn every_policy_of_the_catalog_has_one_of_four_answers() {
    let folder = snapshot();
    let offer = json(folder.path(), &[]);
    let policies = offer["policies"].as_array().expect("policies");
    for policy in policies.iter().take(4) {
        let id = policy["id"].as_str().expect("an id");
        let told = json(folder.path(), &["--policy", id]);
        assert_eq!(told["policy"]["id"], id);
        assert!(
            told["verdict"]["sentence"]
                .as_str()
                .is_some_and(|said| !said.is_empty()),
            "{id}"
        );
        if policy["outcome"].is_null() {
            assert_eq!(told["verdict"]["word"], "cannot-be-told", "{id}");
        }
        let text = impact(folder.path(), &["--policy", id]).wrote.out();
        assert!(text.contains(policy["title"].as_str().expect("a title")), "{text}");
    }
}

#[test]
fn the_rule_is_asked_where_there_was_no_policy() {
    let folder = snapshot();
    let asked = [
        "--outcome",
        "killed",
        "--place",
        "COL",
        "--from",
        "2016",
        "--until",
        "2022",
        "--calibrate",
    ];
    let told = json(folder.path(), &asked);
    let count = |key: &str| told[key].as_u64().unwrap_or_else(|| panic!("{key}"));
    assert_eq!(
        count("asked"),
        count("fewer") + count("more") + count("none_larger") + count("cannot")
    );
    assert!(count("answered") <= count("asked") && count("asked") > 19);
    let text = impact(folder.path(), &asked).wrote.out();
    assert!(text.contains("where there was no policy"), "{text}");
}

#[test]
fn an_action_in_the_log_is_asked_and_what_was_not_done_is_not() {
    use crate::ladder_log::{at, done, with_roles};
    let folder = with_roles();
    let steps: [(&str, &[&str]); 4] = [
        (
            "2025-07-01T12:00:00Z",
            &["warn", "SDN", "--trigger", "any-death", "--role", "desk"],
        ),
        (
            "2025-07-02T12:00:00Z",
            &["propose", "SDN", "--option", "S02", "--warning", "1", "--role", "desk"],
        ),
        (
            "2025-07-03T12:00:00Z",
            &["decide", "2", "--answer", "taken", "--role", "director"],
        ),
        (
            "2025-07-04T12:00:00Z",
            &["act", "3", "--answer", "begun", "--role", "field"],
        ),
    ];
    for (now, args) in steps {
        let whole = ["ladder"]
            .iter()
            .chain(args)
            .chain(&["--reason", "For a test"])
            .copied();
        done(folder.path(), at(now), &whole.collect::<Vec<_>>());
    }
    let told = json(folder.path(), &["--record", "4"]);
    assert_eq!(
        (told["place"]["code"].as_str(), told["by"].as_str()),
        (Some("SDN"), Some("month"))
    );
    // What is known ends before the action began.
    assert_eq!(told["verdict"]["word"], "cannot-be-told", "{}", told["verdict"]);
    assert!(failed(&impact(folder.path(), &["--record", "3"])).contains("not the beginning of an action"));
    assert!(failed(&impact(folder.path(), &["--record", "9"])).contains("there is no record 9"));
}

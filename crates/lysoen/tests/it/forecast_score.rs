//! `lysoen forecast score`: anyone's draws in the challenge's layout, by what came.

use std::io::Write;
use std::path::Path;

use crate::{Ran, run};

/// Cases with what the challenge's functions make of them; `make.py` beside it wrote them.
const REFERENCE: &str = include_str!("../../../forecasts/tests/it/reference/scores.csv");

const DRAWS: &str = "month_id,country_id,draw,outcome\n\
    457,1,1,0\n457,1,2,1\n457,2,1,5\n457,2,2,9\n458,1,1,0\n458,1,2,0\n458,2,1,30\n458,2,2,2\n";
const ACTUALS: &str = "month_id,country_id,ged_sb\n457,1,0\n457,2,7\n458,1,0\n458,2,40\n";

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("written");
    path.display().to_string()
}

fn score_files(folder: &Path, draws: &str, actuals: &str, options: &[&str]) -> Ran {
    let mut args = vec!["forecast", "score", "--draws", draws, "--actuals", actuals];
    args.extend(options);
    run(folder, &args)
}

fn score(draws: &str, actuals: &str, options: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let draws = file(folder.path(), "draws.csv", draws);
    let actuals = file(folder.path(), "actuals.csv", actuals);
    score_files(folder.path(), &draws, &actuals, options)
}

/// The rows of `metric,value`.
fn values(ran: &Ran) -> Vec<(String, f64)> {
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let text = ran.wrote.out();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("metric,value"));
    let pair = |line: &str| {
        let (metric, value) = line.split_once(',').expect("two cells");
        (metric.to_string(), value.parse().expect("a number"))
    };
    lines.map(pair).collect()
}

fn failed(ran: &Ran) -> String {
    ran.outcome.as_ref().expect_err("a failure").to_string()
}

#[test]
fn the_three_scores_are_those_of_the_challenges_functions() {
    let (mut draws, mut actuals) = (
        String::from("month_id,country_id,draw,outcome\n"),
        String::from("month_id,country_id,outcome\n"),
    );
    let (mut sums, mut count) = ([0.0; 3], 0.0);
    let mut cases = csv::Reader::from_reader(REFERENCE.as_bytes());
    for (unit, case) in cases.deserialize().enumerate() {
        let (outcome, crps, mis, _, ign_of_1000, of_case): (f64, f64, f64, f64, f64, String) = case.expect("a case");
        actuals.push_str(&format!("457,{unit},{outcome}\n"));
        for (number, draw) in of_case.split(' ').enumerate() {
            draws.push_str(&format!("457,{unit},{number},{draw}\n"));
        }
        sums.iter_mut()
            .zip([crps, ign_of_1000, mis])
            .for_each(|(sum, one)| *sum += one);
        count += 1.0;
    }
    let ran = score(&draws, &actuals, &["--format", "csv"]);
    let found = values(&ran);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["crps", "ign", "mis"]);
    for ((name, ours), sum) in found.iter().zip(sums) {
        assert!((ours - sum / count).abs() < 1e-6, "{name}: {ours}, not {}", sum / count);
    }
    let said = ran.wrote.err();
    assert!(said.contains("1 to 1,200"), "{said}");
    assert!(
        said.contains("row 2, column draw") || said.contains("draws of country_id"),
        "{said}"
    );
}

#[test]
fn every_score_is_there_where_all_are_asked_for_and_in_a_table() {
    let ran = score(DRAWS, ACTUALS, &["--all", "--format", "csv", "--quiet"]);
    let names: Vec<String> = values(&ran).into_iter().map(|(name, _)| name).collect();
    for name in [
        "crps_log",
        "crps_capped",
        "mis_capped",
        "brier_25",
        "coverage_50",
        "coverage_90",
    ] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    let table = score(DRAWS, ACTUALS, &[]).wrote.out();
    for said in [
        "coverage_90",
        "2018-01 to 2018-02",
        "of a unit and month",
        "IGN is of 1,000 draws: where there are not as many (2), they were resampled by their Fourier series",
    ] {
        let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(table.contains(said), "{said}: {table}");
    }
}

#[test]
fn other_units_than_the_actuals_are_refused_unless_only_the_common_ones_are_asked_for() {
    let draws = format!("{DRAWS}457,3,1,1\n457,3,2,1\n");
    let error = failed(&score(&draws, ACTUALS, &[]));
    assert!(
        error.contains("1 unit-months of the draws have no actual: country_id 3 in 2018-01 (row 10)"),
        "{error}"
    );
    assert!(error.contains("--common scores the 4 that both have"), "{error}");
    let actuals = format!("{ACTUALS}458,9,0\n");
    let ran = score(DRAWS, &actuals, &[]);
    let error = failed(&ran);
    assert!(
        error.contains("1 unit-months with an actual have no draws: country_id 9 in 2018-02"),
        "{error}"
    );
    assert_eq!(ran.code(), 1);
    let common = score(&draws, &actuals, &["--common", "--format", "csv"]);
    let plain = score(DRAWS, ACTUALS, &["--format", "csv"]);
    assert_eq!(values(&common), values(&plain));
    let said = common.wrote.err();
    assert!(
        said.contains("Left out, for --common is given: 1 unit-months of the draws"),
        "{said}"
    );
    let none = failed(&score(DRAWS, "month_id,country_id,ged_sb\n457,8,0\n", &["--common"]));
    assert!(none.contains("no unit-month is in both"), "{none}");
}

#[test]
fn an_actual_that_is_missing_or_wrong_is_no_zero() {
    let empty = failed(&score(DRAWS, &ACTUALS.replace("458,2,40", "458,2,"), &[]));
    assert!(empty.contains("have no actual: country_id 2 in 2018-02"), "{empty}");
    let negative = failed(&score(DRAWS, &ACTUALS.replace("458,2,40", "458,2,-4"), &[]));
    assert!(negative.contains("row 5, column ged_sb: found -4"), "{negative}");
    let twice = failed(&score(DRAWS, &format!("{ACTUALS}458,2,41\n"), &[]));
    assert!(twice.contains("the rows contradict each other"), "{twice}");
}

#[test]
fn actuals_beyond_the_months_of_the_draws_are_not_scored_and_that_is_said() {
    let ran = score(DRAWS, &format!("{ACTUALS}459,1,3\n400,2,3\n"), &["--format", "csv"]);
    assert_eq!(values(&ran), values(&score(DRAWS, ACTUALS, &["--format", "csv"])));
    let said = ran.wrote.err();
    assert!(
        said.contains("2 months of the actuals lie before or after the draws'"),
        "{said}"
    );
}

#[test]
fn cells_and_countries_are_not_compared() {
    let error = failed(&score(DRAWS, &ACTUALS.replace("country_id", "priogrid_gid"), &[]));
    assert!(
        error.contains("actuals.csv: its units are those of priogrid_gid") && error.contains("are of country_id"),
        "{error}"
    );
    let error = failed(&score(DRAWS, "month_id,iso3,ged_sb\n457,UKR,1\n", &[]));
    assert!(error.contains("it has no column country_id"), "{error}");
}

#[test]
fn the_column_of_values_is_named_where_two_can_be_it() {
    let actuals = ACTUALS
        .replace("ged_sb", "ged_sb_final,ged_sb_v2023")
        .replace(",0\n", ",0,9\n");
    let actuals = actuals.replace(",7\n", ",7,9\n").replace(",40\n", ",40,9\n");
    let error = failed(&score(DRAWS, &actuals, &[]));
    assert!(
        error.contains("ged_sb_final, ged_sb_v2023; name it with --column"),
        "{error}"
    );
    let named = score(DRAWS, &actuals, &["--column", "ged_sb_final", "--format", "csv"]);
    assert_eq!(values(&named), values(&score(DRAWS, ACTUALS, &["--format", "csv"])));
    let error = failed(&score(DRAWS, &actuals, &["--column", "ged_sb_finel"]));
    assert!(error.contains("did you mean ged_sb_final?"), "{error}");
}

#[test]
fn what_is_wrong_in_the_draws_is_told_and_strict_makes_a_failure_of_it() {
    let draws = DRAWS
        .replace("457,2,2,9\n", "457,2,2,none\n")
        .replace("458,1,1,0", "458,1,1,-3");
    let ran = score(&draws, ACTUALS, &["--format", "csv"]);
    assert_eq!(values(&ran).len(), 3);
    let said = ran.wrote.err();
    for wanted in [
        "draws.csv, row 5, column outcome: found none",
        "draws.csv, row 6, column outcome: found -3, expected 0 or more",
        "draws.csv, row 4, column draw: found 1 draws of country_id 2 in 2018-01, where most have 2 (so in 1 unit-months of 4)",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    let strict = score(&draws, ACTUALS, &["--strict", "--format", "csv"]);
    assert_eq!(strict.code(), 3);
    assert!(strict.wrote.out().is_empty());
}

#[test]
fn files_that_hold_nothing_to_score_are_refused() {
    let error = failed(&score("month_id,country_id,draw,outcome\n", ACTUALS, &[]));
    assert!(error.contains("has no draw"), "{error}");
    let error = failed(&score(DRAWS, "month_id,country_id,ged_sb\n", &[]));
    assert!(error.contains("has no row with a unit, a month and a value"), "{error}");
    let error = failed(&score("a,b\n1,2\n", ACTUALS, &[]));
    assert!(
        error.contains("the challenge's layout: month_id, country_id or priogrid_gid, draw, and outcome"),
        "{error}"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn country12_is_scored_as_published_from_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let actuals = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/views/cm_ged_sb_1990_2022.csv.gz"
    );
    // The last twelve months that were known in October 2019, for 2020.
    let (from, to) = (467, 478);
    let mut known: Vec<(u32, i32, f64)> = Vec::new();
    let mut rows = csv::Reader::from_reader(flate2::read::GzDecoder::new(
        std::fs::File::open(actuals).expect("open"),
    ));
    for row in rows.deserialize() {
        let (month, _, unit, _, early, late): (i32, String, u32, String, Option<f64>, Option<f64>) =
            row.expect("a row");
        if let Some(value) = late.or(early).filter(|_| (from..=to).contains(&month)) {
            known.push((unit, month, value));
        }
    }
    let mut draws = b"month_id,country_id,draw,outcome\n".to_vec();
    for month in 481..=492 {
        for (unit, of, value) in &known {
            writeln!(draws, "{month},{unit},{of},{value}").expect("written");
        }
    }
    let draws = file(folder.path(), "country12.csv", &String::from_utf8(draws).expect("text"));
    let ran = score_files(
        folder.path(),
        &draws,
        actuals,
        &["--column", "ged_sb_final", "--format", "csv"],
    );
    let found: Vec<f64> = values(&ran).into_iter().map(|(_, value)| value).collect();
    for (found, (published, rounding)) in found.iter().zip([(21.34, 0.005), (0.567, 0.0005), (345.0, 0.5)]) {
        assert!((found - published).abs() <= rounding, "{found}, published {published}");
    }
}

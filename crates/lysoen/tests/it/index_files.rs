//! `lysoen index` on tables of one's own: COINr's pair, wide and long tables, microdata, and what is wrong in them.

use std::collections::BTreeMap;
use std::path::Path;

use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::{Ran, run};

/// An index of two indicators, of which less of the second is better.
const RECIPE: &str = r#"
id = "pair"
title = "Pair"
description = "Two indicators."
unit = "index 0–100"
more_is = "better"

[defaults]
normalise = { min-max = { low = 0, high = 100 } }

[[node]]
id = "pair"
parts = ["schools", "crime"]

[[node]]
id = "schools"
title = "Children in school"
indicator = "school_attendance"

[[node]]
id = "crime"
column = "Crime rate"
direction = "down"

[uncertainty]
weights = 0.25
"#;

/// min–max: schools 0, 50, 100; crime, turned round, 100, 75, 0. The index: 50, 62.5, 50.
const TABLE: &str = "\
place,place_name,region,year,schools,Crime rate,roads,comment
XA1,Alba,north,2020,40,1,7,none
XA2,Bora,south,2020,60,2,8,paved
XA3,Cava,north,2020,80,5,9,none
";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("written");
    path.display().to_string()
}

/// Runs the recipe on a table.
fn on_table(folder: &Path, table: impl AsRef<[u8]>, options: &[&str]) -> Ran {
    let recipe = file(folder, "pair.toml", RECIPE);
    let data = file(folder, "data.csv", table);
    let mut args = vec!["index", &recipe, "--data", &data];
    args.extend(options);
    run(folder, &args)
}

/// The rows of CSV, each by the names of its columns.
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

/// The values of a node by place.
fn values(ran: &Ran, node: &str) -> Vec<(String, String, String)> {
    let all = rows(ran).into_iter().filter(|row| row["node"] == node);
    all.map(|row| (row["place"].clone(), row["value"].clone(), row["rank"].clone()))
        .collect()
}

fn pair() -> Vec<(String, String, String)> {
    let unit = |code: &str, value: &str, rank: &str| (code.to_string(), value.to_string(), rank.to_string());
    vec![unit("XA1", "50", "2"), unit("XA2", "62.5", "1"), unit("XA3", "50", "2")]
}

fn failed(ran: &Ran) -> String {
    let failure = ran.outcome.as_ref().expect_err("a failure");
    let mut report = String::new();
    GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(1000)
        .render_report(&mut report, failure)
        .expect("a report");
    report
}

const CSV: [&str; 4] = ["--format", "csv", "--uncertainty", "0"];

#[test]
fn a_wide_table_becomes_the_index_worked_by_hand() {
    let folder = folder();
    let ran = on_table(folder.path(), TABLE, &CSV);
    assert_eq!(values(&ran, "pair"), pair());
    let header = "place,place_name,period,node,value,low,high,rank,rank_low,rank_high,note\r\n";
    assert!(ran.wrote.out().starts_with(header), "{}", ran.wrote.out());
    let first = &rows(&ran)[0];
    assert_eq!(
        (first["place_name"].as_str(), first["period"].as_str()),
        ("Alba", "2020")
    );
}

#[test]
fn it_is_told_which_columns_were_taken_for_what_and_which_are_not_used_once() {
    let folder = folder();
    let ran = on_table(folder.path(), TABLE, &CSV);
    let told = ran.wrote.err();
    assert!(
        told.contains("units are told apart by the column `place`, named by `place_name`, dated by `year`, grouped by `region`, `comment`"),
        "{told}"
    );
    assert_eq!(
        told.matches("1 column is not used by the recipe: roads").count(),
        1,
        "{told}"
    );
    let first = on_table(folder.path(), TABLE.replace("place,", "where,"), &CSV);
    let told = first.wrote.err();
    assert!(
        told.contains("by the first column, `where`, for none is called `place`, `iso3` or `code`"),
        "{told}"
    );
}

#[test]
fn an_index_of_files_creates_no_observatory() {
    let folder = folder();
    on_table(folder.path(), TABLE, &CSV);
    assert!(!folder.path().join("observatory").exists());
}

#[test]
fn semicolons_decimal_commas_and_another_encoding_make_no_difference() {
    let folder = folder();
    let written = "place;place_name;schools;Crime rate\nXA1;Alba;0,25;1,0\nXA2;Bôra;0,5;2,0\nXA3;Cava;0,75;5,0\n";
    // ô is one byte in Windows-1252, and no UTF-8.
    let latin: Vec<u8> = written
        .chars()
        .map(|c| u8::try_from(c as u32).expect("Latin"))
        .collect();
    let ran = on_table(folder.path(), latin, &CSV);
    assert_eq!(values(&ran, "pair"), pair());
    assert!(
        ran.wrote
            .err()
            .contains("the comma in numbers is read as the decimal sign"),
        "{}",
        ran.wrote.err()
    );
    assert!(ran.wrote.out().contains("Bôra"), "{}", ran.wrote.out());
}

#[test]
fn a_comma_between_semicolons_is_the_decimal_sign_and_contradicting_numbers_are_refused() {
    let folder = folder();
    let written = "place;schools;Crime rate\nXA1;1,234;1\nXA2;1,456;2\nXA3;1,678;5\n";
    let ran = on_table(folder.path(), written, &["--stages", "--format", "csv"]);
    let raw = |row: &&BTreeMap<String, String>| row["stage"] == "raw" && row["node"] == "schools";
    assert_eq!(rows(&ran).iter().find(raw).expect("a row")["value"], "1.234");
    let quoted = "place,schools,Crime rate\nXA1,\"1,5\",1\nXA2,\"3,500.5\",2\n";
    let ran = on_table(folder.path(), quoted, &CSV);
    assert_eq!(ran.code(), 1);
    let told = failed(&ran);
    assert!(told.contains("1,5") && told.contains("3,500.5"), "{told}");
}

#[test]
fn keys_of_the_recipe_that_change_nothing_are_told_in_one_note() {
    let folder = folder();
    let keys = "indicator = \"school_attendance\"\nwithin = 3\nsource = \"wdi\"\nerror = { interval = 0.9 }";
    let recipe = RECIPE.replace("indicator = \"school_attendance\"", keys);
    let recipe = file(folder.path(), "pair.toml", recipe);
    let data = file(folder.path(), "data.csv", TABLE);
    let ran = run(
        folder.path(),
        &[&["index", &recipe, "--data", &data][..], &CSV[..]].concat(),
    );
    let told = ran.wrote.err();
    assert!(
        told.contains("`error` (schools), `source` (schools), `within` (schools)"),
        "{told}"
    );
}

#[test]
fn of_a_panel_it_is_told_that_coinr_normalises_all_years_at_once() {
    let folder = folder();
    let panel = "uCode,Time,A,B\nX,2020,1,5\nY,2020,2,4\nZ,2020,3,9\nX,2021,2,5\nY,2021,2.5,4\nZ,2021,4,8\n";
    let tree = "iCode,Type,Parent,Direction,Weight\nA,Indicator,I,1,1\nB,Indicator,I,1,1\nI,Aggregate,,1,1\n";
    let (values, tree) = (
        file(folder.path(), "id.csv", panel),
        file(folder.path(), "im.csv", tree),
    );
    let pair = ["index", "--idata", &values, "--imeta", &tree, "--format", "csv"];
    let told = run(folder.path(), &pair).wrote.err();
    assert!(told.contains("all years of a panel at once"), "{told}");
    let caveats = RECIPE.replace("more_is", "caveats = [\"Handle with care.\"]\nmore_is");
    let recipe = file(folder.path(), "pair.toml", caveats);
    let told = run(folder.path(), &[&pair[..], &[recipe.as_str()][..]].concat())
        .wrote
        .err();
    assert!(told.contains("Handle with care."), "{told}");
    assert!(told.contains("Unit: index."), "{told}");
}

#[test]
fn draws_that_are_asked_for_where_nothing_varies_are_an_error() {
    let folder = folder();
    let recipe = file(folder.path(), "pair.toml", RECIPE.replace("weights = 0.25", ""));
    let data = file(folder.path(), "data.csv", TABLE);
    let args = ["index", &recipe, "--data", &data];
    assert_eq!(run(folder.path(), &args).code(), 0, "unasked they are left out");
    let ran = run(folder.path(), &[&args[..], &["--uncertainty", "50"][..]].concat());
    assert_eq!(ran.code(), 1);
    assert!(failed(&ran).contains("nothing is varied"), "{}", failed(&ran));
}

#[test]
fn inputs_that_are_taken_as_exact_are_told_in_one_sentence() {
    let folder = folder();
    let told = on_table(folder.path(), TABLE, &["--format", "csv"]).wrote.err();
    assert!(
        told.contains("the errors of inputs are not drawn: none is known"),
        "{told}"
    );
    let recipe = RECIPE.replace("column = ", "error = { relative = 0.1 }\ncolumn = ");
    let recipe = file(folder.path(), "pair.toml", recipe);
    let table = TABLE.to_string() + "XA1,Alba,north,2021,40,1,7,none\nXA2,Bora,south,2021,60,2,8,paved\n";
    let data = file(folder.path(), "data.csv", table);
    let args = [
        "index",
        &recipe,
        "--data",
        &data,
        "--period",
        "2020..2021",
        "--format",
        "csv",
    ];
    let ran = run(folder.path(), &args);
    for row in rows(&ran).iter().filter(|row| !row["value"].is_empty()) {
        let still = row["note"].contains("no interval: no draw changes it");
        assert_eq!(row["low"].is_empty(), still, "{row:?}");
        assert!(still || row["node"] != "schools", "{row:?}");
    }
    let told = ran.wrote.err();
    for (year, count) in [(2020, 3), (2021, 2)] {
        let start = format!("{year}: crime: {count} values are drawn, ");
        let line = told
            .lines()
            .find(|line| line.starts_with(&start))
            .expect("a line for the year");
        assert!(
            line.ends_with("; taken as exact, for no error is known: schools"),
            "{line}"
        );
    }
}

#[test]
fn rows_of_place_period_indicator_and_value_make_the_same_index() {
    let folder = folder();
    let long = "place,period,indicator,value,low,high\n\
        XA1,2020,school_attendance,40,38,42\nXA2,2020,school_attendance,60,55,65\nXA3,2020,school_attendance,80,80,80\n\
        XA1,2020,Crime rate,1,,\nXA2,2020,Crime rate,2,,\nXA3,2020,Crime rate,5,,\nXA3,2020,roads,9,,\n";
    let ran = on_table(folder.path(), long, &CSV);
    assert_eq!(values(&ran, "pair"), pair());
    assert!(
        ran.wrote.err().contains("1 indicator is not used by the recipe: roads"),
        "{}",
        ran.wrote.err()
    );
    let drawn = on_table(folder.path(), long, &["--format", "csv", "--uncertainty", "200"]);
    let told = drawn.wrote.err();
    assert!(told.contains("200 draws of weights, inputs"), "{told}");
    let twice = format!("{long}XA1,2020,roads,3,,\nXA1,2020,roads,4,,\n");
    let told = on_table(folder.path(), twice, &CSV).wrote.err();
    assert!(told.contains("row 10: found a second value of roads for XA1"), "{told}");
}

#[test]
fn a_cell_that_is_no_number_is_told_by_row_and_column_and_counts_as_missing() {
    let folder = folder();
    let table = TABLE.replace("60,2", "many,2");
    let ran = on_table(folder.path(), &table, &CSV);
    let told = ran.wrote.err();
    assert!(
        told.contains("data.csv, row 3, column schools: found many, expected a number; the value counts as missing"),
        "{told}"
    );
    let all = rows(&ran);
    let missing = all
        .iter()
        .find(|row| row["place"] == "XA2" && row["node"] == "schools")
        .expect("a row");
    assert_eq!(
        (missing["value"].as_str(), missing["note"].as_str()),
        ("", "no value in the inputs")
    );
    let index = all
        .iter()
        .find(|row| row["place"] == "XA2" && row["node"] == "pair")
        .expect("a row");
    assert_eq!(index["value"], "75", "the mean of what there is");
    let strict = on_table(folder.path(), &table, &["--strict"]);
    assert_eq!((strict.code(), strict.wrote.out().as_str()), (3, ""));
}

#[test]
fn words_for_no_value_are_missing_and_no_mistake() {
    let folder = folder();
    for word in ["NA", "..", "n/a", "-", "NaN"] {
        let ran = on_table(folder.path(), TABLE.replace("60,2", &format!("{word},2")), &CSV);
        assert!(
            !ran.wrote.err().contains("expected a number"),
            "{word}: {}",
            ran.wrote.err()
        );
        assert_eq!(
            rows(&ran).iter().filter(|row| row["value"].is_empty()).count(),
            1,
            "{word}"
        );
    }
}

#[test]
fn a_unit_given_twice_and_a_row_without_a_code_are_left_out_and_told() {
    let folder = folder();
    let ran = on_table(
        folder.path(),
        format!("{TABLE}XA1,Alba,north,2020,99,9,9,x\n,Dora,north,2020,1,1,1,x\n"),
        &CSV,
    );
    let told = ran.wrote.err();
    assert!(
        told.contains(
            "row 5: found a second row of XA1 in 2020, expected each unit once; row 2 is kept, this one was left out"
        ),
        "{told}"
    );
    assert!(told.contains("row 6, column place: found no code"), "{told}");
    assert_eq!(values(&ran, "pair"), pair());
}

#[test]
fn a_period_that_is_none_is_told() {
    let folder = folder();
    let ran = on_table(folder.path(), TABLE.replace("south,2020", "south,lately"), &CSV);
    let told = ran.wrote.err();
    assert!(
        told.contains("row 3, column year: found lately, expected a year such as 2024"),
        "{told}"
    );
}

#[test]
fn inputs_that_a_table_lacks_are_all_named_with_the_nearest_column() {
    let folder = folder();
    let ran = on_table(
        folder.path(),
        TABLE.replace("schools,Crime rate", "school,Crimerate"),
        &CSV,
    );
    assert_eq!(ran.code(), 1);
    let told = failed(&ran);
    assert!(told.contains("lacks 2 of the recipe's inputs"), "{told}");
    assert!(
        told.contains("schools (Children in school), the nearest column is school"),
        "{told}"
    );
    assert!(
        told.contains("Crime rate (crime), the nearest column is Crimerate")
            || told.contains("Crime rate, the nearest column is Crimerate"),
        "{told}"
    );
}

#[test]
fn a_table_without_rows_and_a_file_that_is_not_there_are_told() {
    let folder = folder();
    let ran = on_table(folder.path(), TABLE.lines().next().expect("a header"), &CSV);
    assert_eq!(ran.code(), 1);
    assert!(
        failed(&ran).contains("below its header there is none"),
        "{}",
        failed(&ran)
    );
    let ragged = "place,schools,Crime rate\nXA1,1\nXA2,1,2,3,4\n";
    let ran = on_table(folder.path(), ragged, &CSV);
    assert_eq!(ran.code(), 1);
    for said in ["row 2: found 2 cells", "row 3: found 5 cells"] {
        assert!(failed(&ran).contains(said), "{}", failed(&ran));
    }
    let recipe = file(folder.path(), "pair.toml", RECIPE);
    let ran = run(folder.path(), &["index", &recipe, "--data", "nowhere.csv"]);
    assert_eq!(ran.code(), 1);
    assert!(
        failed(&ran).contains("nowhere.csv could not be read"),
        "{}",
        failed(&ran)
    );
}

#[test]
fn constant_and_single_values_stop_the_index_with_the_node_and_advice() {
    let folder = folder();
    let constant = TABLE.replace("40,1", "60,1").replace("80,5", "60,5");
    let ran = on_table(folder.path(), constant, &CSV);
    assert_eq!(ran.code(), 1);
    assert!(
        failed(&ran).contains("schools") && failed(&ran).contains("the same"),
        "{}",
        failed(&ran)
    );
    let single: String = TABLE.lines().take(2).map(|line| format!("{line}\n")).collect();
    let ran = on_table(folder.path(), single, &CSV);
    assert!(failed(&ran).contains("only one unit has a value"), "{}", failed(&ran));
}

#[test]
fn the_newest_period_that_most_units_have_is_taken_and_others_can_be_asked_for() {
    let folder = folder();
    // 2021 has all three, 2022 one only.
    let later = TABLE
        .lines()
        .skip(1)
        .map(|line| format!("{}\n", line.replace("2020", "2021")))
        .collect::<String>();
    let table = format!("{TABLE}{later}XA1,Alba,north,2022,50,3,7,none\n");
    let ran = on_table(folder.path(), &table, &CSV);
    assert!(rows(&ran).iter().all(|row| row["period"] == "2021"));
    assert!(
        ran.wrote
            .err()
            .contains("2021 is the newest period for which most units have a value (3 of 3)")
    );
    let both = on_table(folder.path(), &table, &["--period", "2020..2021", "--format", "csv"]);
    assert_eq!(values(&both, "pair").len(), 6);
    assert!(
        both.wrote
            .err()
            .contains("Each period is normalised by the units of that period"),
        "{}",
        both.wrote.err()
    );
    let none = on_table(folder.path(), &table, &["--period", "1999"]);
    assert_eq!(none.code(), 4);
    assert!(
        failed(&none).contains("the inputs have no 1999; they have 2020, 2021, 2022"),
        "{}",
        failed(&none)
    );
}

#[test]
fn a_place_is_chosen_by_code_or_name_and_keeps_its_rank_among_all() {
    let folder = folder();
    for place in ["XA2", "bora"] {
        let ran = on_table(
            folder.path(),
            TABLE,
            &["--place", place, "--format", "csv", "--uncertainty", "0"],
        );
        assert_eq!(values(&ran, "pair"), pair()[1..2], "{place}");
    }
    let unknown = on_table(folder.path(), TABLE, &["--place", "Borra"]);
    assert_eq!(unknown.code(), 4);
    assert!(failed(&unknown).contains("did you mean Bora?"), "{}", failed(&unknown));
}

#[test]
fn the_table_fits_a_terminal_and_names_the_recipe_the_period_and_the_file() {
    let folder = folder();
    let text = on_table(folder.path(), TABLE, &[]).wrote.out();
    for said in [
        "Pair (pair), 2020",
        "Bora",
        "62.50",
        "90 % interval",
        "of rank",
        "data.csv",
        "SHA-256",
        "(seed 1)",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let long = |line: &&str| line.chars().count() > 80 && !line.contains("data.csv");
    assert_eq!(text.lines().find(long), None);
    assert!(
        text.find("Bora") < text.find("Alba"),
        "the first rank stands first: {text}"
    );
}

#[test]
fn explaining_a_place_shows_weights_shares_and_the_row_of_each_input() {
    let folder = folder();
    let ran = on_table(folder.path(), TABLE, &["--explain", "Bora", "--format", "csv"]);
    let all = rows(&ran);
    let schools = all.iter().find(|row| row["node"] == "schools").expect("a row");
    let told = ["value", "weight", "contribution", "input", "row"].map(|name| schools[name].as_str());
    // 50 of 62.5 with half the weight is 0.4 of the index.
    assert_eq!(told, ["50", "0.5", "0.4", "60", "3"]);
    assert!(schools["file"].ends_with("data.csv"), "{schools:?}");
    let text = on_table(folder.path(), TABLE, &["--explain", "Bora"]).wrote.out();
    assert!(text.contains("40.0 %") && text.contains("row 3"), "{text}");
}

#[test]
fn stages_tell_what_each_step_made_of_each_unit() {
    let folder = folder();
    let ran = on_table(folder.path(), TABLE, &["--stages", "--format", "csv"]);
    assert!(
        ran.wrote
            .out()
            .starts_with("place,place_name,period,node,stage,value,note\r\n")
    );
    let crime: Vec<(String, String)> = rows(&ran)
        .into_iter()
        .filter(|row| row["place"] == "XA2" && row["node"] == "crime")
        .map(|row| (row["stage"].clone(), row["value"].clone()))
        .collect();
    assert_eq!(
        crime,
        [("raw".into(), "2".into()), ("normalised".into(), "75".to_string())]
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let folder = folder();
    let drawn = |seed: &str| {
        let options = ["--format", "csv", "--uncertainty", "300", "--seed", seed];
        on_table(folder.path(), TABLE, &options).wrote.bytes()
    };
    assert_eq!(drawn("7"), drawn("7"));
    assert_ne!(drawn("7"), drawn("8"));
    let sampled = |seed: &str| {
        let options = ["--format", "csv", "--sampled", "--uncertainty", "50", "--seed", seed];
        on_table(folder.path(), TABLE, &options).wrote.bytes()
    };
    assert_eq!(sampled("7"), sampled("7"));
    assert_ne!(sampled("7"), sampled("8"));
}

#[test]
fn every_sampled_parameter_is_kept() {
    let folder = folder();
    let ran = on_table(
        folder.path(),
        TABLE,
        &["--sampled", "--uncertainty", "50", "--format", "csv"],
    );
    let all = rows(&ran);
    let weights: Vec<f64> = all
        .iter()
        .filter(|row| row["parameter"] == "weight factor" && row["node"] == "schools")
        .map(|row| row["value"].parse().expect("a number"))
        .collect();
    assert_eq!(weights.len(), 50);
    assert!(
        weights.iter().all(|factor| (0.75..=1.25).contains(factor)),
        "{weights:?}"
    );
}

#[test]
fn sensitivity_and_chances_are_tables_of_their_own() {
    let folder = folder();
    let ran = on_table(
        folder.path(),
        TABLE,
        &["--sensitivity", "sobol", "--n", "200", "--format", "csv"],
    );
    let all = rows(&ran);
    assert_eq!(all.len(), 1, "weights alone vary");
    assert_eq!(all[0]["factor"], "weights");
    let total: f64 = all[0]["total"].parse().expect("a number");
    assert!((total - 1.0).abs() < 0.3, "{total}");
    let exact = on_table(folder.path(), TABLE, &["--sensitivity", "exact"]);
    assert_eq!(exact.code(), 1);
    assert!(
        failed(&exact).contains("weights vary; use `--sensitivity sobol`"),
        "{}",
        failed(&exact)
    );
    let ran = on_table(folder.path(), TABLE, &["--chances", "--format", "csv"]);
    let first = rows(&ran)
        .into_iter()
        .find(|row| row["place"] == "XA2" && row["event"] == "rank 1 or better");
    // Only where crime weighs much less than schools is XA3 before it.
    let chance: f64 = first.expect("a row")["chance"].parse().expect("a number");
    assert!((0.9..1.0).contains(&chance), "{chance}");
}

#[test]
fn chances_and_sensitivity_fit_a_terminal() {
    let folder = folder();
    let chances = on_table(folder.path(), TABLE, &["--chances"]).wrote.out();
    assert!(chances.contains("rank ≤ 1") && chances.contains("100.0 %"), "{chances}");
    let sensitivity = on_table(folder.path(), TABLE, &["--sensitivity", "sobol", "--n", "200"])
        .wrote
        .out();
    for said in [
        "mean absolute change of rank",
        "first order",
        "weights",
        "200 rows (600 builds)",
    ] {
        assert!(sensitivity.contains(said), "{said} in {sensitivity}");
    }
    for line in chances
        .lines()
        .chain(sensitivity.lines())
        .filter(|line| !line.contains("data.csv"))
    {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

#[test]
fn json_parquet_and_xlsx_hold_the_same_rows_with_the_sources() {
    let folder = folder();
    let json = on_table(folder.path(), TABLE, &["--format", "json", "--uncertainty", "0"])
        .wrote
        .out();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["rows"].as_array().expect("rows").len(), 9);
    assert_eq!(json["rows"][0]["value"], 50.0);
    assert!(
        json["sources"][0]["id"]
            .as_str()
            .expect("a source")
            .ends_with("data.csv")
    );
    for end in ["parquet", "xlsx", "csv"] {
        let to = folder.path().join(format!("index.{end}"));
        let ran = on_table(folder.path(), TABLE, &["--output", &to.display().to_string()]);
        assert_eq!(ran.code(), 0);
        assert!(ran.wrote.err().contains("9 rows written to"), "{}", ran.wrote.err());
        assert!(to.metadata().expect("a file").len() > 0);
    }
}

#[test]
fn persons_become_places_by_the_method_of_alkire_and_foster() {
    let folder = folder();
    let recipe = "id = \"poor\"\ntitle = \"Poor\"\ndescription = \"x\"\nunit = \"index 0–1\"\nmore_is = \"worse\"\n\
        [microdata]\nplace = \"district\"\nweight = \"people\"\ncutoff = 0.5\n\
        [[node]]\nid = \"poor\"\nparts = [\"a\", \"b\", \"c\"]\n[[node]]\nid = \"a\"\nweight = 2.0\n\
        [[node]]\nid = \"b\"\n[[node]]\nid = \"c\"\n";
    // Deprivation scores of P: .75, .5, .25, 0: half are poor, by .625 on average; .3125 in all. c counts once, for its
    // other person is not poor. One row lacks b, and one has a 2.
    let data = "district,people,a,b,c\nP,1,1,1,0\nP,1,0,1,1\nP,1,0,0,1\nP,1,0,0,0\nP,1,1,,1\nQ,3,0,0,0\nQ,3,0,2,0\n";
    let (recipe, data) = (
        file(folder.path(), "poor.toml", recipe),
        file(folder.path(), "survey.csv", data),
    );
    let ran = run(folder.path(), &["index", &recipe, "--data", &data, "--format", "csv"]);
    let all = rows(&ran);
    let value = |place: &str, node: &str| {
        let row = all
            .iter()
            .find(|row| row["place"] == place && row["node"] == node)
            .expect("a row");
        row["value"].clone()
    };
    let told = ["poor", "headcount", "intensity", "a", "b", "c"].map(|node| value("P", node));
    assert_eq!(told, ["0.3125", "0.5", "0.625", "0.25", "0.5", "0.25"]);
    assert_eq!(value("Q", "poor"), "0");
    assert_eq!(value("Q", "intensity"), "", "nobody is poor");
    let said = ran.wrote.err();
    assert!(
        said.contains("7 rows of persons or households; 2 of them left out"),
        "{said}"
    );
    assert!(
        said.contains("row 8, column b: found 2, expected 1 for deprived and 0 for not"),
        "{said}"
    );
}

#[cfg(shared_data)]
mod coinr {
    use super::*;

    fn asem(name: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data/asem")
            .join(name);
        path.display().to_string()
    }

    fn on_pair(folder: &Path, idata: &str, options: &[&str]) -> Ran {
        let (idata, imeta) = (asem(idata), asem("raw_iMeta.csv"));
        let mut args = vec!["index"];
        args.extend(options);
        args.extend(["--idata", &idata, "--imeta", &imeta]);
        run(folder, &args)
    }

    /// A table of COINr's: column → unit → value.
    fn expected(name: &str) -> BTreeMap<String, BTreeMap<String, f64>> {
        let mut reader = csv::Reader::from_path(asem(&format!("expected/{name}.csv"))).expect("a file");
        let names = reader.headers().expect("a header").clone();
        let mut columns: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for row in reader.records() {
            let row = row.expect("CSV");
            for (name, cell) in names.iter().zip(row.iter()).skip(1) {
                if let Ok(value) = cell.parse() {
                    columns
                        .entry(name.to_string())
                        .or_default()
                        .insert(row[0].to_string(), value);
                }
            }
        }
        columns
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0)
    }

    #[test]
    fn the_pair_runs_without_edits_and_gives_coinrs_scores_and_ranks() {
        let folder = folder();
        let ran = on_pair(
            folder.path(),
            "raw_iData.csv",
            &["asem", "--format", "csv", "--uncertainty", "0"],
        );
        let all = rows(&ran);
        let results = expected("results_full_scores");
        let mut compared = 0;
        for row in &all {
            if let Some(expected) = results.get(&row["node"]).and_then(|column| column.get(&row["place"])) {
                let value: f64 = row["value"].parse().expect("a number");
                assert!(close(value, *expected), "{row:?}: {expected}");
                compared += 1;
            }
            if row["node"] == "Index" {
                let rank: f64 = row["rank"].parse().expect("a rank");
                assert_eq!(rank, results["Rank"][&row["place"]], "{row:?}");
            }
        }
        assert_eq!(compared, 51 * 60, "units and nodes");
        let first = all
            .iter()
            .find(|row| row["node"] == "Index" && row["rank"] == "1")
            .expect("a first");
        assert_eq!((first["place"].as_str(), &first["value"][..5]), ("CHE", "68.38"));
    }

    #[test]
    fn every_stage_of_the_pair_is_coinrs() {
        let folder = folder();
        let ran = on_pair(folder.path(), "raw_iData.csv", &["asem", "--stages", "--format", "csv"]);
        let mut stages: BTreeMap<(String, String), BTreeMap<String, f64>> = BTreeMap::new();
        for row in rows(&ran) {
            if let Ok(value) = row["value"].parse() {
                let key = (row["stage"].clone(), row["node"].clone());
                stages.entry(key).or_default().insert(row["place"].clone(), value);
            }
        }
        let order = ["raw", "denominated", "imputed", "treated", "normalised", "aggregated"];
        for (at, stage) in order.iter().enumerate() {
            let mut compared = 0;
            for (node, column) in expected(&format!("stage_{stage}")) {
                // A step that a node does not take leaves it as it was.
                let before = order[..=at].iter().rev();
                let found = before
                    .filter_map(|stage| stages.get(&(stage.to_string(), node.clone())))
                    .next();
                let found = found.unwrap_or_else(|| panic!("{stage} of {node}"));
                for (unit, expected) in column {
                    assert!(
                        close(found[&unit], expected),
                        "{stage} of {node}, {unit}: {} {expected}",
                        found[&unit]
                    );
                    compared += 1;
                }
            }
            assert!(compared >= 51 * 49 - 65, "{stage}: {compared}");
        }
    }

    #[test]
    fn without_a_recipe_the_steps_are_told_and_ranks_get_intervals() {
        let folder = folder();
        let ran = on_pair(folder.path(), "raw_iData.csv", &["--format", "csv"]);
        let all = rows(&ran);
        assert!(
            ran.wrote
                .err()
                .contains("the steps are those which COINr takes where nothing else is said")
        );
        let index: Vec<_> = all.iter().filter(|row| row["node"] == "Index").collect();
        assert_eq!(index.len(), 51);
        for row in index {
            let [low, rank, high] = ["rank_low", "rank", "rank_high"].map(|n| row[n].parse::<u32>().expect("a rank"));
            assert!(low <= high && rank >= 1, "{row:?}");
            let [low, high] = ["low", "high"].map(|name| row[name].parse::<f64>().expect("a number"));
            assert!(low < high, "{row:?}");
        }
    }

    #[test]
    fn a_panel_has_an_index_in_each_of_its_years() {
        let folder = folder();
        let ran = on_pair(
            folder.path(),
            "raw_iData_panel.csv",
            &["asem", "--period", "2018..2022", "--format", "csv"],
        );
        let index: Vec<_> = rows(&ran).into_iter().filter(|row| row["node"] == "Index").collect();
        assert_eq!(index.len(), 5 * 51);
        let ran = on_pair(folder.path(), "raw_iData_panel.csv", &["asem"]);
        assert!(
            ran.wrote.out().contains("2022 is the newest period"),
            "{}",
            ran.wrote.out()
        );
    }

    #[test]
    fn mistakes_in_the_tree_are_all_told_by_row_and_column() {
        let folder = folder();
        let meta = std::fs::read_to_string(asem("raw_iMeta.csv")).expect("a file");
        let wrong = meta
            .replacen("\"Physical\",\"Indicator\"", "\"Phisical\",\"Indicator\"", 1)
            .replacen("\"Flights\",", "\"Flight\",", 1)
            .replacen(
                "\"Ship\",\"Liner Shipping Connectivity Index\",1,1",
                "\"Ship\",\"Liner\",2,much",
                1,
            );
        let (imeta, idata) = (file(folder.path(), "meta.csv", wrong), asem("raw_iData.csv"));
        let ran = run(folder.path(), &["index", "--idata", &idata, "--imeta", &imeta]);
        assert_eq!(ran.code(), 1);
        let told = failed(&ran);
        for said in [
            "row 2, column Parent: found Phisical, expected the iCode of an Aggregate; did you mean Physical?",
            "row 4, column Direction: found 2, expected 1 or -1",
            "row 4, column Weight: found much, expected a number, zero or more",
        ] {
            assert!(told.contains(said), "{said} in {told}");
        }
        let renamed = file(
            folder.path(),
            "meta.csv",
            meta.replacen("\"Flights\",", "\"Flight\",", 1),
        );
        let told = failed(&run(folder.path(), &["index", "--idata", &idata, "--imeta", &renamed]));
        assert!(
            told.contains("found no column Flight, expected") && told.contains("the nearest is Flights"),
            "{told}"
        );
    }
}

//! `lysoen forecast`: the months ahead, from a table and from the snapshot.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Ran, run};

/// An invented series of four units to a month of a year: peace, unrest, war, and an outbreak.
fn series(last: (i32, i32)) -> String {
    let mut text = String::from("unit,month,deaths\n");
    for unit in 0..4 {
        for step in 0..(last.0 - 2010) * 12 + last.1 {
            let wave = (step * 7 + unit * 5) % 11;
            let deaths = match unit {
                0 => 0,
                1 => wave / 3,
                2 => 40 + 9 * wave,
                _ => i32::from(step > 100) * 300,
            };
            text.push_str(&format!("U{unit},{}-{:02},{deaths}\n", 2010 + step / 12, step % 12 + 1));
        }
    }
    text
}

fn forecast(folder: &Path, table: &str, options: &[&str]) -> Ran {
    let file = folder.join("deaths.csv");
    std::fs::write(&file, table).expect("written");
    let file = file.display().to_string();
    let mut args = vec!["forecast", "--series", &file];
    args.extend(options);
    run(folder, &args)
}

fn told(table: &str, options: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = forecast(folder.path(), table, options);
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    ran.wrote.out()
}

fn refused(table: &str, options: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    forecast(folder.path(), table, options)
        .outcome
        .expect_err("refused")
        .to_string()
}

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

#[test]
fn every_unit_month_and_total_has_ordered_intervals_probabilities_and_reasons() {
    let rows = rows(&told(&series((2025, 5)), &["--months", "12", "--format", "csv"]));
    assert_eq!(rows.len(), 4 * (12 + 3));
    for row in &rows {
        let ends = ["low_95", "low_90", "low_50", "median", "high_50", "high_90", "high_95"];
        assert!(ends.map(|end| number(row, end)).is_sorted(), "{row:?}");
        let chances = ["p_1000", "p_100", "p_25", "p_1"].map(|chance| number(row, chance));
        assert!(chances.is_sorted() && chances[3] <= 1.0, "{row:?}");
        assert_eq!((row["unit"].as_str(), row["origin"].as_str()), ("deaths", "2025-05"));
        assert!(
            row["why"].contains("recent level: ") && row["why"].contains("history: "),
            "{row:?}"
        );
    }
    let totals: Vec<&Row> = rows.iter().filter(|row| row["target"] == "total").collect();
    assert_eq!(totals.len(), 12);
    assert!(totals.iter().all(|row| row["from"] == "2025-06"));
    // A war of about 85 a month goes on.
    let war = totals
        .iter()
        .find(|row| row["place"] == "U2" && row["to"] == "2026-05")
        .expect("a total");
    assert!((500.0..2_000.0).contains(&number(war, "median")), "{war:?}");
}

#[test]
fn data_that_end_more_than_three_months_ago_give_a_replay_on_every_surface() {
    // Tests run on 1 July 2025: the last whole month is June, and March is three months before it.
    let replay = |table: &str| {
        let csv = told(table, &["--months", "3", "--format", "csv"]);
        let shown = told(table, &["--months", "3"]);
        let json = told(table, &["--months", "3", "--format", "json"]);
        let folder = tempfile::tempdir().expect("a folder");
        let fan = folder.path().join("fan.svg").display().to_string();
        let drawn = forecast(folder.path(), table, &["U2", "--months", "3", "--fan", &fan]);
        assert!(drawn.outcome.is_ok(), "{:?}", drawn.outcome);
        let fan = std::fs::read_to_string(fan).expect("a picture");
        [
            csv.contains("replay as of"),
            shown.contains("replay as of"),
            json.contains("replay as of"),
            fan.contains("Replay as of"),
        ]
    };
    assert_eq!(replay(&series((2025, 2))), [true; 4]);
    assert_eq!(replay(&series((2025, 3))), [false; 4]);
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let table = series((2025, 5));
    let folder = tempfile::tempdir().expect("a folder");
    let of = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        let draws = folder.path().join("draws.csv");
        let draws_text = draws.display().to_string();
        let options = [
            "--months",
            "6",
            "--format",
            "csv",
            "--models",
            "all",
            "--draws",
            &draws_text,
        ];
        let ran = pool.install(|| forecast(folder.path(), &table.replace('U', ""), &options));
        assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
        (ran.wrote.out(), std::fs::read(draws).expect("draws"))
    };
    let one = of(1);
    assert!(one.1.len() > 4 * 6 * 1000 * 8);
    assert_eq!(one, of(3));
}

#[test]
fn draws_leave_in_the_challenges_layout_and_can_be_scored_and_shown_beside() {
    let folder = tempfile::tempdir().expect("a folder");
    let draws = folder.path().join("draws.parquet").display().to_string();
    let table = series((2025, 5)).replace('U', "");
    let ran = forecast(folder.path(), &table, &["--months", "3", "--draws", &draws]);
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let actuals = folder.path().join("came.csv");
    let mut came = String::from("month_id,country_id,outcome\n");
    for unit in 0..4 {
        for month in 546..549 {
            came.push_str(&format!("{month},{unit},{}\n", unit * 40));
        }
    }
    std::fs::write(&actuals, came).expect("written");
    let actuals = actuals.display().to_string();
    let scored = run(
        folder.path(),
        &[
            "forecast",
            "score",
            "--draws",
            &draws,
            "--actuals",
            &actuals,
            "--format",
            "csv",
        ],
    );
    assert!(scored.outcome.is_ok(), "{:?}", scored.outcome);
    assert!(scored.wrote.out().starts_with("metric,value"), "{}", scored.wrote.out());
    let beside = format!("theirs={draws}");
    let ran = forecast(
        folder.path(),
        &table,
        &["--months", "3", "--beside", &beside, "--format", "csv"],
    );
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let rows = rows(&ran.wrote.out());
    let of = |model: &str| -> Vec<Row> {
        let months = rows
            .iter()
            .filter(|row| row["model"] == model && row["target"] == "month");
        months.cloned().collect()
    };
    let (ours, theirs) = (of("pool"), of("theirs"));
    assert_eq!((ours.len(), theirs.len()), (12, 12));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!((&ours["place"], &ours["median"]), (&theirs["place"], &theirs["median"]));
    }
}

#[test]
fn a_model_or_place_that_is_not_there_is_told() {
    let table = series((2025, 5));
    let said = refused(&table, &["--models", "poool"]);
    assert!(said.contains("there is no model poool, did you mean pool?"), "{said}");
    let said = refused(&table, &["U9"]);
    assert!(said.contains("U9 is not among the 4 units"), "{said}");
    let said = refused(&table, &["--fan", "fan.svg", "--months", "3"]);
    assert!(said.contains("--fan draws one place, and 4 are told"), "{said}");
}

#[test]
fn a_series_too_short_for_a_model_makes_it_abstain_and_for_all_is_an_error() {
    let table = series((2011, 6));
    let shown = told(&table, &["--months", "2", "--models", "country12,hurdle"]);
    assert!(
        shown.contains("hurdle gives no forecast: hurdle needs 36 months of"),
        "{shown}"
    );
    let said = refused(&series((2010, 5)), &["--months", "2"]);
    assert!(said.contains("needs 12 months of history, and there are 5"), "{said}");
}

#[test]
fn the_snapshot_is_forecast_and_kept_with_a_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["forecast", "Ethiopia", "--months", "3"]);
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let shown = ran.wrote.out();
    assert!(shown.contains("replay as of") && shown.contains("2022-12"), "{shown}");
    assert!(shown.contains("2022, reconstructed: CRPS"), "{shown}");
    assert!(shown.contains("neighbours"), "{shown}");
    let kept = folder.path().join("observatory/results/forecasts/country");
    let card = || std::fs::read_to_string(kept.join("card.json")).expect("a card");
    let first = card();
    let read: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!(read["origin"], "2022-12");
    assert_eq!(read["sources"][0]["id"], "ucdp-panel");
    assert_eq!(read["sources"][0]["as_of"], "2025-06-30");
    assert!(read["record"]["measured"].as_array().expect("a record").len() == 3);
    let bytes = std::fs::read(kept.join("forecast.parquet")).expect("a forecast");
    let again = run(folder.path(), &["forecast", "--months", "3"]);
    assert!(again.outcome.is_ok(), "{:?}", again.outcome);
    assert_eq!(card(), first);
    assert_eq!(std::fs::read(kept.join("forecast.parquet")).expect("a forecast"), bytes);
}

#[test]
fn what_is_wrong_in_a_table_is_told_even_where_too_little_is_left() {
    let said = refused("unit,month,deaths\nA,2020-01,-3\nA,2020-02,x\nA,2020-04,1\n", &[]);
    assert!(said.contains("needs 12 months of history, and there are 1"), "{said}");
    assert!(said.contains("row 2, column deaths: found -3"), "{said}");
}

/// Lets the observatory's own card say that the monthly panel may not be passed on.
fn restrict(folder: &Path) {
    let cards = folder.join("observatory/catalog/sources");
    std::fs::create_dir_all(&cards).expect("a folder");
    let card = include_str!("../../../../catalog/sources/ucdp-panel.toml");
    let card = card.replace("redistribute = true", "redistribute = false");
    std::fs::write(cards.join("ucdp-panel.toml"), card).expect("a card");
}

#[test]
fn what_rests_on_a_source_that_may_not_be_passed_on_leaves_by_no_door_unless_it_is_for_own_use() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), &["init"]).outcome.expect("an observatory");
    restrict(folder.path());
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (draws, fan, report) = (file("draws.csv"), file("fan.svg"), file("report"));
    let live = [
        "forecast", "Ethiopia", "--months", "1", "--draws", &draws, "--fan", &fan,
    ];
    let backtest = [
        "forecast",
        "backtest",
        "--windows",
        "2022",
        "--models",
        "zero",
        "--report",
        &report,
    ];
    for ran in [
        run(folder.path(), &live),
        run(folder.path(), &[&live[..], &["--format", "csv"]].concat()),
        run(folder.path(), &backtest),
        run(
            folder.path(),
            &[&backtest[..4], &["--models", "zero", "--format", "json"]].concat(),
        ),
    ] {
        assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
        assert!(
            !ran.wrote.out().contains("ETH,") && !ran.wrote.out().contains("{"),
            "{}",
            ran.wrote.out()
        );
        assert!(ran.wrote.err().contains("ucdp-panel"), "{}", ran.wrote.err());
        assert!([&draws, &fan, &report].iter().all(|file| !Path::new(file).exists()));
    }
    let own = run(folder.path(), &[&live[..], &["--own-use", "--format", "csv"]].concat());
    assert!(
        own.outcome.is_ok() && own.wrote.out().contains("ETH,"),
        "{:?}",
        own.outcome
    );
    assert!([&draws, &fan].iter().all(|file| Path::new(file).exists()));
}

#[test]
fn a_card_cites_the_record_of_the_same_series_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["forecast", "backtest", "--windows", "2021"]);
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    let windows = |folder_of: &str, options: &[&str]| -> Vec<String> {
        let ran = run(folder.path(), &[&["forecast", "--months", "1"], options].concat());
        assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
        let card = folder
            .path()
            .join("observatory/results/forecasts")
            .join(folder_of)
            .join("card.json");
        let card: serde_json::Value = serde_json::from_slice(&std::fs::read(card).expect("a card")).expect("JSON");
        let windows = card["record"]["measured"].as_array().expect("a record").iter();
        windows
            .map(|window| window["window"].as_str().expect("a name").to_string())
            .collect()
    };
    // The last backtest of all countries; what is measured anew are the last three years.
    assert_eq!(windows("country", &[]), ["2021"]);
    let within = ["--within", "ETH,KEN,SOM,SSD,SDN"];
    assert_eq!(
        windows("country-ETH-KEN-SOM-SSD-SDN", &within),
        ["2020", "2021", "2022"]
    );
    assert_eq!(windows("country", &["--spans", "drop"]), ["2020", "2021", "2022"]);
}

//! The pictures that a person reads, drawn from the snapshot; published totals first.

use lysoen::console::{Console, fold};

use crate::{Ran, run};

/// A folder with an observatory from the snapshot.
fn observatory() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    folder
}

fn rows(ran: &Ran) -> Vec<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_str(&ran.wrote.out()).expect("JSON");
    json["rows"].as_array().expect("rows").clone()
}

#[test]
fn the_world_of_2024_is_told_with_the_publishers_totals_and_as_a_replay() {
    let folder = observatory();
    let ran = run(folder.path(), &["assess", "--period", "2024"]);
    let text = ran.wrote.out();
    assert_eq!(ran.code(), 0);
    assert!(
        text.contains("160,900 people were killed in organised violence"),
        "{text}"
    );
    assert!(text.contains("385 aid workers were killed"), "{text}");
    assert!(text.contains("REPLAY as of 2024-12-31"), "{text}");
    assert!(text.contains("CC-BY-4.0"), "{text}");
    assert!(!text.contains('\u{1b}'), "no escape sequences in a file");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

#[test]
fn places_stand_in_the_order_of_people_killed() {
    let folder = observatory();
    let text = run(folder.path(), &["assess", "--period", "2024"]).wrote.out();
    let at = |name: &str| {
        text.lines()
            .position(|line| line.starts_with(name))
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert!(at("Ukraine") < at("Israel and"), "{text}");
    assert!(at("Israel and") < at("Sudan"), "{text}");
    assert!(at("Sudan") < at("Norway"), "{text}");
}

#[test]
fn a_place_in_depth_says_who_did_it_and_what_is_not_attributed() {
    let folder = observatory();
    let text = run(folder.path(), &["assess", "Ukraine", "--period", "2024"])
        .wrote
        .out();
    for said in [
        "Ukraine (UKR), 2024",
        "Who did it",
        "of the civilians killed",
        "the source's range",
        "Over five years",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let non_state = text
        .lines()
        .find(|line| line.contains("in non-state conflict"))
        .expect("a line");
    assert!(
        non_state.contains("none recorded") && !non_state.contains(" 0"),
        "{non_state}"
    );
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

#[test]
fn every_line_fits_a_terminal_of_sixty_columns_and_colour_changes_no_word() {
    let folder = observatory();
    let shown = |colour: &str| {
        let (mut console, wrote) = Console::captured("2025-07-01T12:00:00Z".parse().expect("a time"));
        console.width = Some(60);
        let observatory = folder.path().join("observatory").display().to_string();
        let args = [
            "lysoen",
            "--observatory",
            &observatory,
            "assess",
            "SDN",
            "--period",
            "2024",
            "--color",
            colour,
        ];
        lysoen::run_from(args, &mut console)
            .expect("right arguments")
            .expect("a picture");
        wrote.out()
    };
    let (plain, coloured) = (shown("never"), shown("always"));
    for line in plain.lines() {
        assert!(line.chars().count() <= 60, "{} columns: {line}", line.chars().count());
    }
    assert!(coloured.contains("\u{1b}[1"), "something is set off");
    assert_eq!(without_escapes(&coloured), plain);
}

fn without_escapes(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or(part, |(_, rest)| rest)
    })
}

#[test]
fn explaining_a_figure_lists_rows_that_add_up_to_it() {
    let folder = observatory();
    let figure = rows(&run(
        folder.path(),
        &[
            "assess",
            "SDN",
            "--period",
            "2024",
            "--measure",
            "displaced_in_country",
            "--format",
            "json",
        ],
    ));
    let value = figure[0]["value"].as_f64().expect("a value");
    let terms = rows(&run(
        folder.path(),
        &[
            "assess",
            "SDN",
            "--period",
            "2024",
            "--explain",
            "displaced_in_country",
            "--format",
            "json",
        ],
    ));
    assert!(terms.len() > 1);
    let sum: f64 = terms
        .iter()
        .filter(|t| t["role"] == "added")
        .filter_map(|t| t["value"].as_f64())
        .sum();
    assert_eq!(sum, value);
    assert!(
        terms
            .iter()
            .all(|t| t["licence"].as_str().is_some_and(|licence| !licence.is_empty())),
        "{terms:?}"
    );
    let text = run(
        folder.path(),
        &["assess", "SDN", "--period", "2024", "--explain", "displaced_in_country"],
    )
    .wrote
    .out();
    assert!(text.contains("the sum of the rows"), "{text}");
}

#[test]
fn csv_has_the_sixteen_columns_and_a_row_for_every_place_and_measure() {
    let folder = observatory();
    let text = run(folder.path(), &["assess", "--period", "2024", "--format", "csv"])
        .wrote
        .out();
    let header = "place,place_name,period,data_period,measure,value,low,high,interval_kind,unit,per_100k,population,coverage,source,as_of,note";
    assert_eq!(text.lines().next(), Some(header));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("CSV");
    let killed = rows
        .iter()
        .find(|row| &row[0] == "WLD" && &row[4] == "killed")
        .expect("the world");
    assert_eq!(&killed[5], "160900");
    let places = rows.iter().filter(|row| &row[4] == "killed").count();
    let measures = rows.iter().filter(|row| &row[0] == "WLD").count();
    assert_eq!(rows.len(), places * measures);
    for row in rows.iter().filter(|row| row[5].is_empty()) {
        assert!(
            !row[12].is_empty() && !row[15].is_empty(),
            "a missing value says why: {row:?}"
        );
    }
}

#[test]
fn an_unknown_place_is_told_with_a_suggestion() {
    let folder = observatory();
    let ran = run(folder.path(), &["assess", "Ukrane"]);
    assert_eq!(ran.code(), 4);
    assert!(
        ran.outcome.expect_err("unknown").to_string().contains("kraine"),
        "the nearest name"
    );
}

#[test]
fn folded_text_keeps_its_words_and_its_width_and_does_not_count_escapes() {
    let text = "one two three four five six seven eight nine ten";
    let folded = fold(text, 12, 2);
    assert!(folded.lines().all(|line| line.chars().count() <= 12), "{folded}");
    assert_eq!(folded.split_whitespace().collect::<Vec<_>>().join(" "), text);
    assert_eq!(fold("\u{1b}[1mbold\u{1b}[0m text", 9, 0).lines().count(), 1);
}

#[test]
fn years_of_life_are_told_as_at_most_and_at_least_with_their_decimals() {
    let folder = observatory();
    let text = run(folder.path(), &["assess", "NER", "--period", "2024"]).wrote.out();
    let line = |words: &str| {
        text.lines()
            .find(|line| line.contains(words))
            .expect("a line")
            .to_string()
    };
    assert!(line("Life expectancy at birth").contains("62.1*"), "{text}");
    assert!(line("free from the core threats").contains("≤ "), "{text}");
    assert!(line("under at least one of them").contains("≥ "), "{text}");
    assert!(text.contains("if today's rates held; crude"), "{text}");
    let figure = rows(&run(
        folder.path(),
        &[
            "assess",
            "NER",
            "--period",
            "2024",
            "--measure",
            "secure_life_expectancy",
            "--format",
            "json",
        ],
    ));
    assert_eq!(figure[0]["unit"], "years");
    assert!(
        figure[0]["value"]
            .as_f64()
            .is_some_and(|years| years.fract() != 0.0 && years < 62.08)
    );
    assert!(figure[0]["per_100k"].is_null());
    let explained = run(
        folder.path(),
        &[
            "assess",
            "NER",
            "--period",
            "2024",
            "--explain",
            "secure_life_expectancy",
        ],
    );
    assert!(
        explained.wrote.out().contains("of the years of life"),
        "{}",
        explained.wrote.out()
    );
}

#[test]
fn bounds_that_are_the_same_are_said_once() {
    let folder = observatory();
    let text = run(folder.path(), &["assess", "UKR", "--period", "2024"]).wrote.out();
    let mut shares = text.lines().filter(|line| line.contains(" of the people"));
    let twice = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words
            .windows(5)
            .any(|w| w[1] == "%" && w[2] == "to" && w[0] == w[3] && w[4] == "%")
    };
    assert_eq!(shares.find(twice), None);
}

#[test]
fn people_stand_beside_the_index_of_their_state_in_a_table_and_in_a_places_sheet() {
    let folder = observatory();
    let ran = run(folder.path(), &["assess", "--period", "2024", "--beside"]);
    let text = ran.wrote.out();
    assert_eq!(ran.code(), 0);
    assert!(
        text.contains("Safe state, unsafe people? 2024") && text.contains("INFORM Risk Index"),
        "{text}"
    );
    assert!(text.contains("it stands by its people than"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
    let mexico = text.lines().find(|line| line.starts_with("Mexico")).expect("Mexico");
    assert!(mexico.contains('+'), "{mexico}");
    let csv = run(
        folder.path(),
        &["assess", "--period", "2024", "--beside=hdi", "--format", "csv"],
    )
    .wrote
    .out();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("CSV");
    assert!(rows.len() > 300 && rows.iter().all(|row| &row[7] == "hdi"));
    let sheet = run(folder.path(), &["assess", "MEX", "--period", "2024"]).wrote.out();
    assert!(sheet.contains("worse by its people than by the index"), "{sheet}");
    assert_eq!(run(folder.path(), &["assess", "--beside=hdl"]).code(), 4);
}

#[test]
fn a_year_without_deaths_is_not_headed_as_if_it_were_in_their_order() {
    let folder = observatory();
    let heading = |period: &str| {
        let text = run(folder.path(), &["assess", "--period", period]).wrote.out();
        text.lines()
            .find(|line| line.starts_with("Place by place"))
            .expect("a heading")
            .to_string()
    };
    assert_eq!(heading("2024"), "Place by place, by people killed");
    assert_eq!(heading("2025"), "Place by place");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_type_of_regime_stands_beside_with_its_interval_and_is_not_called_safety() {
    let folder = observatory();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/governance/vdem_simple.converted.csv.gz"
    );
    assert_eq!(run(folder.path(), &["import", file]).code(), 0);
    let figure = &rows(&run(
        folder.path(),
        &[
            "assess",
            "MEX",
            "--period",
            "2024",
            "--measure",
            "vdem_polyarchy",
            "--format",
            "json",
        ],
    ))[0];
    let number = |name: &str| figure[name].as_f64().expect("a number");
    assert_eq!((number("value"), number("low"), number("high")), (0.505, 0.447, 0.567));
    assert_eq!(figure["interval_kind"], "credible-0.68");
    let text = run(folder.path(), &["assess", "MEX", "--period", "2024"]).wrote.out();
    assert!(
        text.contains("68 % credible interval; the type of regime, not safety"),
        "{text}"
    );
    let table = run(
        folder.path(),
        &["assess", "--period", "2024", "--beside=vdem_polyarchy"],
    )
    .wrote
    .out();
    assert!(table.contains("the type of regime, not how safe people are"), "{table}");
}

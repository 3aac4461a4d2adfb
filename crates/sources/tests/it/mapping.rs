//! The mapping, on small tables of our own.

use std::io::Write;

use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;

use crate::published_totals::{Read, read_path};

/// A card named `demo` around one layout.
fn catalog(layout: &str) -> Catalog {
    let mut catalog = Catalog::default();
    let card = format!(
        r#"
        id = "demo"
        title = "Demo"
        publisher = "Nobody"
        licence = "CC0-1.0"
        redistribute = true
        citation = "Nobody"
        homepage = "https://example.org"
        cadence = "never"
        publication_lag_days = 100
        [vintages]
        "7.1" = "2024-06-30"
        [[layout]]
        name = "table"
        scope = "countries"
        {layout}
        "#
    );
    catalog.add("demo.toml", &card).unwrap_or_else(|e| panic!("{e}"));
    assert!(catalog.check().is_empty(), "{:?}", catalog.check());
    catalog
}

fn read(layout: &str, text: &str) -> Read {
    read_named("demo.csv", layout, text)
}

fn read_named(name: &str, layout: &str, text: &str) -> Read {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    let mut file = std::fs::File::create(&path).expect("a file for the test");
    file.write_all(text.as_bytes()).expect("the file can be written");
    read_path(&path, &catalog(layout), None).unwrap_or_else(|e| panic!("{e}"))
}

/// Place, indicator, period, value and breakdown of every fact, a line each.
fn lines(read: &Read) -> Vec<String> {
    let line = |f: &crate::published_totals::Fact| {
        let about = format!("{} {} {}/{} {}", f.place, f.indicator, f.start, f.end, f.value);
        format!("{about} {}", f.breakdown).trim().to_string()
    };
    read.facts.iter().map(line).collect()
}

fn counts(read: &Read) -> (u64, u64, u64, u64) {
    let f = &read.findings;
    (f.rows_read, f.rows_kept, f.rows_rejected, f.rows_skipped)
}

const DEATHS: &str = r#"
    table = "observations"
    place = { column = "iso", code = "iso3" }
    period = { form = "year", column = "year" }
    missing = [".."]
    breakdown = [{ key = "gender", column = "sex", total = ["all"] }]
    recognise = { columns = ["iso", "year", "sex", "best"] }
    value = [{ column = "best", indicator = "killed_total", low = "low", high = "high", interval = "source-range", min = 0 }]
"#;

#[test]
fn an_empty_or_missing_value_is_skipped_and_zero_is_kept() {
    let read = read(
        DEATHS,
        "iso,year,sex,best,low,high\nNOR,2020,all,0,0,0\nSWE,2020,all,,,\nDNK,2020,all,..,,\n",
    );
    assert_eq!(lines(&read), ["NOR killed_total 2020-01-01/2020-12-31 0"]);
    assert_eq!(counts(&read), (3, 1, 0, 2));
    assert_eq!(read.coverage.places, Some(vec!["NOR".to_string()]));
}

#[test]
fn a_value_outside_its_interval_is_kept_without_the_interval_and_told() {
    let read = read(
        DEATHS,
        "iso,year,sex,best,low,high\nNOR,2020,f,5,7,9\nNOR,2020,m,5,3,4\nNOR,2020,all,5,3,9\n",
    );
    assert_eq!(read.findings.count(Severity::Warning), 2);
    let intervals: Vec<_> = read
        .facts
        .iter()
        .map(|f| (f.low, f.high, f.interval.as_deref()))
        .collect();
    assert_eq!(
        intervals,
        [
            (None, None, None),
            (None, None, None),
            (Some(3.0), Some(9.0), Some("source-range"))
        ]
    );
    assert_eq!(read.facts[0].breakdown, "gender=f");
}

#[test]
fn bad_cells_are_rejected_by_row_and_column_with_the_nearest_name() {
    let text =
        "iso,year,sex,best,low,high\nNOW,2020,all,5,,\nNOR,20x0,all,5,,\nNOR,2020,all,five,,\nNOR,2021,all,-1,,\n";
    let read = read(DEATHS, text);
    assert_eq!(counts(&read), (4, 0, 4, 0));
    let places: Vec<_> = read
        .findings
        .list()
        .iter()
        .map(|f| (f.row, f.column.as_deref()))
        .collect();
    let at = |row, column| (Some(row), Some(column));
    assert_eq!(places, [at(2, "iso"), at(3, "year"), at(4, "best"), at(5, "best")]);
    assert!(
        read.coverage.partial,
        "a file of which nothing was kept is complete for nothing"
    );
}

#[test]
fn a_row_said_twice_is_skipped_and_a_row_that_contradicts_is_rejected() {
    let text = "iso,year,sex,best,low,high\nNOR,2020,all,5,,\nNOR,2020,all,5,,\nNOR,2020,all,6,,\n";
    let conflict = read(DEATHS, text);
    assert_eq!(counts(&conflict), (3, 1, 1, 1));
    assert_eq!(conflict.findings.count(Severity::Rejected), 1);
    let first = read(&format!("repeats = \"first\"\n{DEATHS}"), text);
    assert_eq!(counts(&first), (3, 1, 0, 2));
    // One kind of finding, however many rows there are of it.
    let mut expected: Vec<&str> = first.findings.list().iter().map(|f| f.expected.as_str()).collect();
    expected.dedup();
    assert_eq!((first.findings.list().len(), expected.len()), (2, 1), "{expected:?}");
    assert_eq!(first.findings.list()[1].found, "6 where row 2 is about the same");
    let numbered = read(&format!("repeats = \"numbered\"\n{DEATHS}"), text);
    let breakdowns: Vec<&str> = numbered.facts.iter().map(|f| f.breakdown.as_str()).collect();
    assert_eq!(breakdowns, ["", "part=2", "part=3"]);
}

#[test]
fn regions_are_skipped_and_the_world_is_kept() {
    let read = read(
        DEATHS,
        "iso,year,sex,best,low,high\nWLD,2020,all,5,,\nSSF,2020,all,5,,\n",
    );
    assert_eq!(lines(&read), ["WLD killed_total 2020-01-01/2020-12-31 5"]);
    assert_eq!(counts(&read), (2, 1, 0, 1));
}

#[test]
fn a_wide_file_gives_a_value_per_year_and_counts_a_row_once() {
    let layout = r#"
        table = "observations"
        place = { column = "iso3", code = "iso3" }
        recognise = { columns = ["iso3", "hdi_2000"] }
        wide = { pattern = "{name}_{year}", others = true, value = [{ column = "hdi", indicator = "hdi", max = 1 }] }
    "#;
    let read = read(
        layout,
        "iso3,hdi_2000,hdi_2001,hdi_rank,loss_2001\nNOR,0.9,1.2,1,3\nSWE,,0.8,2,\n",
    );
    assert_eq!(
        lines(&read),
        [
            "NOR hdi 2000-01-01/2000-12-31 0.9",
            "NOR demo:loss 2001-01-01/2001-12-31 3",
            "SWE hdi 2001-01-01/2001-12-31 0.8",
        ]
    );
    assert_eq!(counts(&read), (2, 2, 0, 0));
    assert_eq!(read.findings.count(Severity::Warning), 1, "1.2 is no HDI");
}

#[test]
fn year_end_stocks_mid_year_figures_and_lacks_told_as_access_are_turned_as_the_card_says() {
    let layout = r#"
        table = "observations"
        place = { column = "land", code = "name", means = { "Korea" = "KOR", "Elsewhere" = "" } }
        period = { form = "year", column = "year", at = "middle" }
        recognise = { columns = ["land", "year", "people", "access"] }
        value = [
          { column = "people", indicator = "population_midyear", scale = 1000 },
          { column = "people", indicator = "population_yearend", scale = 1000, at = "end", from_year = 2021 },
          { column = "access", indicator = "demo:without_water", unit = "% of people", complement_of = 100 },
        ]
    "#;
    let read = read(
        layout,
        "land,year,people,access\nKorea,2020,1.5,90\nElsewhere,2020,1,1\nKorea,2021,1.6,\n",
    );
    assert_eq!(
        lines(&read),
        [
            "KOR population_midyear 2020-07-01/2020-07-01 1500",
            "KOR demo:without_water 2020-07-01/2020-07-01 10",
            "KOR population_midyear 2021-07-01/2021-07-01 1600",
            "KOR population_yearend 2021-12-31/2021-12-31 1600",
        ]
    );
}

#[test]
fn flows_keep_unknown_and_stateless_origins_and_areas_keep_codes_before_names() {
    let flows = r#"
        table = "flows"
        origin = { column = "from", code = "iso3" }
        destination = { column = "to", code = "iso3" }
        period = { form = "year", column = "year", at = "end" }
        recognise = { columns = ["from", "to", "year", "refugees"] }
        value = [{ column = "refugees", indicator = "refugees" }]
    "#;
    let read_flows = read(
        flows,
        "from,to,year,refugees\nSYR,TUR,2020,3\nUNK,TUR,2020,2\nXXA,TUR,2020,1\n",
    );
    let origins: Vec<&str> = read_flows.facts.iter().map(|f| f.origin.as_str()).collect();
    assert_eq!(origins, ["SYR", "UNK", "XSL"]);

    let areas = r#"
        table = "observations"
        place = { column = "iso", code = "iso3", areas = ["a1", "a2"], area_names = ["n1", "n2"] }
        period = { form = "range", start = "from", end = "to" }
        recognise = { columns = ["iso", "a1", "n1", "people"] }
        value = [{ column = "people", indicator = "population" }]
    "#;
    let text = "iso,a1,n1,a2,n2,from,to,people\n\
        SDN,SD15,Aj Jazirah,SD15034,Al Hasahisa,2024-01-01,2024-12-31,1\n\
        SDN,SD15,UNSPECIFIED,SD15-XXX,UNSPECIFIED,2024-01-01,2024-12-31,2\n\
        SDN,SDN-XXX,UNSPECIFIED,SDN-XXX-XXX,UNSPECIFIED,2024-01-01,2024-12-31,3\n\
        SDN,,North,,Camp A/B,2024-01-01,2024-12-31,4\n\
        SDN,,North,,Camp C,2024-12-31,2024-01-01,5\n";
    let read_areas = read(areas, text);
    let places: Vec<&str> = read_areas.facts.iter().map(|f| f.place.as_str()).collect();
    assert_eq!(places, ["SD15034", "SD15", "SDN", "SDN/North/Camp A-B"]);
    assert!(read_areas.facts.iter().all(|f| f.country.as_deref() == Some("SDN")));
    assert_eq!(counts(&read_areas), (5, 4, 1, 0));
}

#[test]
fn the_vintage_comes_from_a_column_the_files_name_or_the_newest_period() {
    let with = |vintage: &str| format!("vintage = {vintage}\n{DEATHS}");
    let text = "iso,year,sex,best,low,high,version\nNOR,2022,all,5,,,7.1\nNOR,2023,all,,,,7.1\n";
    let told = |read: Read| read.vintage.map(|v| (v.date.to_string(), v.label.unwrap_or_default()));
    let by_column = told(read(&with("{ column = \"version\" }"), text));
    assert_eq!(by_column, Some(("2024-06-30".into(), "7.1".into())));
    let by_name = told(read_named(
        "Deaths_V7.1.csv",
        &with("{ file_name = \"deaths_v{version}.csv*\" }"),
        text,
    ));
    assert_eq!(by_name, Some(("2024-06-30".into(), "7.1".into())));
    // 2023 has no value; 31 December 2022 and a hundred days.
    let inferred = told(read(&with("{ infer = true }"), text));
    assert_eq!(inferred, Some(("2023-04-10".into(), String::new())));
    assert_eq!(told(read(DEATHS, text)), None);
}

#[test]
fn a_row_about_what_is_to_come_tells_nothing_of_when_it_was_said() {
    let layout = r#"
        table = "observations"
        place = { column = "iso", code = "iso3" }
        period = { form = "range", start = "from", end = "to" }
        vintage = { infer = true }
        status = { column = "type" }
        recognise = { columns = ["iso", "type", "from", "to", "people"] }
        value = [{ column = "people", indicator = "people_in_need" }]
    "#;
    let text = "iso,type,from,to,people\nSDN,current,2024-01-01,2024-03-31,1\n\
        SDN,first projection,2024-04-01,2024-06-30,2\nSDN,Second projection,2024-07-01,2025-06-30,3\n";
    let vintage = read(layout, text).vintage.expect("a vintage");
    assert_eq!(vintage.date.to_string(), "2024-07-09", "31 March and a hundred days");
}

#[test]
fn a_year_in_the_files_name_stands_in_where_the_file_has_none() {
    let layout = r#"
        table = "observations"
        place = { column = "iso", code = "iso3" }
        period = { form = "file_name" }
        recognise = { columns = ["iso", "need"] }
        value = [{ column = "need", indicator = "people_in_need" }]
    "#;
    let read = read_named("needs_2024.csv", layout, "iso,need\nSDN,5\n");
    assert_eq!(lines(&read), ["SDN people_in_need 2024-01-01/2024-12-31 5"]);
}

/// A table of the world's countries, as the card has it, and a file that has some of them.
fn read_world(world_from: &str, table: &str, text: &str) -> Read {
    let layout = format!(
        r#"
        {world_from}
        {table}
        period = {{ form = "year", column = "year" }}
        recognise = {{ columns = ["iso3", "year", "people"] }}
        [[layout.value]]
        column = "people"
        indicator = "population"
        "#
    );
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("world.csv");
    std::fs::write(&path, text).expect("the file can be written");
    let card = r#"
        id = "demo"
        title = "Demo"
        publisher = "Nobody"
        licence = "CC0-1.0"
        redistribute = true
        citation = "Nobody"
        homepage = "https://example.org"
        cadence = "never"
        publication_lag_days = 100
        [[layout]]
        name = "table"
        scope = "world"
    "#;
    let mut catalog = Catalog::default();
    catalog
        .add("demo.toml", &format!("{card}{layout}"))
        .unwrap_or_else(|e| panic!("{e}"));
    read_path(&path, &catalog, None).unwrap_or_else(|e| panic!("{e}"))
}

const OF_COUNTRIES: &str = r#"
        table = "observations"
        place = { column = "iso3", code = "iso3" }"#;

#[test]
fn an_extract_of_one_country_is_not_complete_for_the_world_and_says_so() {
    let read = read_world(
        "",
        OF_COUNTRIES,
        "iso3,year,people\nUKR,2022,41000000\nUKR,2023,37000000\n",
    );
    assert_eq!(read.coverage.places.as_deref(), Some(&["UKR".to_string()][..]));
    assert!(!read.coverage.partial);
    let told: Vec<String> = read.findings.list().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("found 1 countries or territories"), "{told:?}");
    assert!(
        told[0].contains("at least 100") && told[0].contains("--complete-for"),
        "{told:?}"
    );
    assert_eq!(read.findings.count(Severity::Note), 1);
}

#[test]
fn a_file_with_as_many_countries_as_the_card_asks_for_is_the_worlds() {
    let text = "iso3,year,people\nUKR,2022,41000000\nSDN,2022,46874204\n";
    let world = read_world("world_from = 2", OF_COUNTRIES, text);
    assert_eq!((world.coverage.places, world.coverage.partial), (None, false));
    assert_eq!(world.findings.list(), []);
    let extract = read_world("world_from = 3", OF_COUNTRIES, text);
    assert_eq!(extract.coverage.places.map(|places| places.len()), Some(2));
}

#[test]
fn an_extract_of_flows_is_complete_for_neither_end_and_both_ends_count() {
    let flows = r#"
        table = "flows"
        origin = { column = "iso3", code = "iso3" }
        destination = { column = "to", code = "iso3" }"#;
    let text = "iso3,to,year,people\nSDN,TCD,2023,900000\nSDN,EGY,2023,400000\n";
    let world = read_world("world_from = 3", flows, text);
    assert_eq!((world.coverage.places, world.coverage.partial), (None, false));
    let extract = read_world("world_from = 4", flows, text);
    assert!(extract.coverage.partial);
}

#[test]
fn rows_about_groups_of_countries_are_told_once_a_group() {
    let layout = r#"
        table = "observations"
        place = { column = "who", code = "name", means = { "DAC countries" = "" } }
        period = { form = "year", column = "year" }
        recognise = { columns = ["who", "year", "people"] }
        [[layout.value]]
        column = "people"
        indicator = "population"
    "#;
    let text = "who,year,people\nDAC countries,2022,1\nDAC countries,2023,2\nSudan,2023,3\n";
    let read = read(layout, text);
    assert_eq!(counts(&read), (3, 1, 0, 2));
    let told: Vec<String> = read.findings.list().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("DAC countries (2 rows)"), "{told:?}");
}

#[test]
fn rows_of_a_long_file_that_name_no_series_are_told_once() {
    let layout = r#"
        table = "observations"
        place = { column = "iso3", code = "iso3" }
        period = { form = "year", column = "year" }
        recognise = { columns = ["iso3", "year", "name", "score"] }
        [layout.long]
        name = "name"
        value = "score"
        others = true
        series = []
    "#;
    let text = "iso3,year,name,score\nSDN,2022,Roads,1\nSDN,2022,,2\nTCD,2022,,3\nTCD,2022,,\n";
    let read = read(layout, text);
    assert_eq!(counts(&read), (4, 1, 0, 3));
    let told: Vec<String> = read.findings.list().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("name is empty (2 rows)"), "{told:?}");
}

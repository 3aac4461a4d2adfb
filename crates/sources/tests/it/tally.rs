//! The quick look into files of events, against the publishers' totals and against a plain reading by the `csv` crate.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

use lysoen_sources::cell;
use lysoen_sources::input::Input;
use lysoen_sources::reader::ReadError;
use lysoen_sources::tally::{Tallied, Tally, tally, tally_in_blocks};
use proptest::prelude::*;

fn threads(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).expect("at least one")
}

fn opened(path: &Path) -> Input {
    let mut inputs = Input::open(path).expect("the file opens");
    assert_eq!(inputs.len(), 1, "one table in {}", path.display());
    inputs.remove(0)
}

fn written(text: impl AsRef<[u8]>) -> (tempfile::TempDir, Input) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("events.csv");
    std::fs::write(&path, text).expect("written");
    let input = opened(&path);
    (folder, input)
}

fn best(tallied: &Tallied) -> u64 {
    tallied.tallies.iter().map(|t| t.best).sum()
}

fn events(tallied: &Tallied) -> u64 {
    tallied.tallies.iter().map(|t| t.events).sum()
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn every_layout_of_the_events_gives_the_publisher_s_totals() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ucdp"));
    // Events and best estimates by the publisher, as in the PROVENANCE.md beside the files.
    let published = [
        ("hdx_conflict_data_sdn_1989_2023.csv.gz", 3_822, 106_270),
        ("ucdp_web_export_sudan_2025-01-04.csv.gz", 3_822, 106_270),
        ("hdx_conflict_data_nga_1990_2019.csv.gz", 4_603, 57_032),
        ("hdx_conflict_data_irq.csv.gz", 7_473, 120_631),
        ("hdx_conflict_data_ukr_2014_2021.csv.gz", 2_989, 7_882),
        ("ged_v23_1_car_482.geojson.gz", 1_848, 14_948),
        ("ged_v23_1_car_482.fgb", 1_848, 14_948),
        ("GEDEvent_v26_0_1.csv.gz", 1_727, 33_867),
    ];
    for (file, count, deaths) in published {
        let tallied = tally(&opened(&folder.join(file)), threads(2)).expect(file);
        assert_eq!((events(&tallied), best(&tallied)), (count, deaths), "{file}");
        assert_eq!((tallied.rows_read, tallied.rows_left_out), (count, 0), "{file}");
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn the_two_exports_of_sudan_agree_country_by_country_and_month_by_month() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ucdp"));
    let of = |file: &str| tally(&opened(&folder.join(file)), threads(2)).expect(file).tallies;
    let hdx = of("hdx_conflict_data_sdn_1989_2023.csv.gz");
    assert_eq!(hdx, of("ucdp_web_export_sudan_2025-01-04.csv.gz"));
    assert!(hdx.iter().all(|t| t.country == "Sudan" && t.country_id == 625));
}

const HEADER: &str = "id,source_article,country,country_id,type_of_violence,date_end,best,high,low";

fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn a_line_break_and_a_comma_within_quotes_end_neither_row_nor_cell() {
    let (_folder, input) = written(file(&[
        "1,\"a \"\"paper\"\", page 3\nand a second line\",Sudan,625,1,2021-05-30 00:00:00.000,4,5,3",
        "2,plain,Sudan,625,1,2021-05-31,10,20,9",
    ]));
    let tallied = tally(&input, threads(2)).expect("read");
    let may = Tally {
        country_id: 625,
        country: "Sudan".into(),
        month: jiff::civil::date(2021, 5, 1),
        violence: 1,
        events: 2,
        best: 14,
        low: Some(12),
        high: Some(25),
    };
    assert_eq!(
        (tallied.tallies, tallied.rows_read, tallied.rows_left_out),
        (vec![may], 2, 0)
    );
}

#[test]
fn a_missing_low_estimate_leaves_the_sum_of_the_low_ones_open_and_never_counts_as_zero() {
    let (_folder, input) = written(file(&[
        "1,a,Mali,432,1,2012-03-01,4,5,",
        "2,a,Mali,432,1,2012-03-02,4,5,1",
    ]));
    let tallied = tally(&input, threads(1)).expect("read");
    assert_eq!(tallied.tallies[0].low, None);
    assert_eq!(tallied.tallies[0].high, Some(10));
}

#[test]
fn rows_without_a_country_a_day_a_type_or_a_best_estimate_are_left_out_and_counted() {
    let (_folder, input) = written(file(&[
        "1,a,Mali,,1,2012-03-01,4,5,1",
        "2,a,Mali,432,1,2012-02-30,4,5,1",
        "3,a,Mali,432,4,2012-03-01,4,5,1",
        "4,a,Mali,432,1,2012-03-01,,5,1",
        "5,a,Mali,432,1,2012-03-01,4,5",
        "6,a,Mali,432,1,2012-03-01,-4,5,1",
        "7,a,Mali,432,1,2012-02-29,7,7,7",
        ",,,,,,,,",
    ]));
    let tallied = tally(&input, threads(1)).expect("read");
    assert_eq!((tallied.rows_read, tallied.rows_left_out, best(&tallied)), (7, 6, 7));
}

#[test]
fn a_row_of_hxl_tags_a_byte_order_mark_and_floats_are_read_as_in_an_import() {
    let text = format!(
        "\u{feff}{HEADER}\r\n,,#country+name,,,#date+end,#affected+killed,,\r\n1.0,a,Mali,432.0,2.0,2012-03-01,4.0,\"1,200\",1\r\n"
    );
    let (_folder, input) = written(text);
    let tallied = tally(&input, threads(2)).expect("read");
    assert_eq!((tallied.rows_read, tallied.rows_left_out), (1, 0));
    assert_eq!((tallied.tallies[0].best, tallied.tallies[0].high), (4, Some(1_200)));
}

#[test]
fn a_stray_quotation_mark_costs_nothing_but_time() {
    let mut rows: Vec<String> = (0..200)
        .map(|n| format!("{n},\"two\nlines, and \"\"more\"\"\",Mali,432,1,2012-03-01,1,1,1"))
        .collect();
    rows.insert(3, "x,5\" gun,Mali,432,1,2012-03-01,1000,1000,1000".into());
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let (_folder, input) = written(file(&rows));
    for block in [256, 1024, 1 << 20] {
        let tallied = tally_in_blocks(&input, threads(2), block).expect("read");
        assert_eq!(
            (tallied.rows_read, best(&tallied)),
            (201, 1_200),
            "blocks of {block} bytes"
        );
    }
}

#[test]
fn a_table_without_a_column_that_is_needed_is_refused_by_the_column_s_name() {
    let (_folder, input) = written("country,year,deaths\nMali,2012,4\n");
    match tally(&input, threads(1)) {
        Err(ReadError::Malformed { found, .. }) => assert_eq!(found, "no column country_id"),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// The same by the `csv` crate, row by row.
fn plainly(text: &str) -> Tallied {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = reader.records().map(|row| row.expect("text in memory"));
    let header: Vec<String> = rows.next().expect("a header").iter().map(str::to_string).collect();
    let at = |name: &str| header.iter().position(|n| n == name).expect(name);
    let (id, country, end) = (at("country_id"), at("country"), at("date_end"));
    let (violence, best, low, high) = (at("type_of_violence"), at("best"), at("low"), at("high"));
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    let mut sums: BTreeMap<(u32, i16, i8, u8), Tally> = BTreeMap::new();
    let mut tallied = Tallied::default();
    for row in rows {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        tallied.rows_read += 1;
        let fits = row.len() == header.len() || (row.len() == header.len() + 1 && row[header.len()].trim().is_empty());
        let whole = |at: usize| row.get(at).and_then(|text| cell::integer(text).ok().flatten());
        let people = |at: usize| whole(at).and_then(|n| u64::try_from(n).ok());
        let key = || {
            let day = cell::date(row.get(end)?).ok().flatten()?;
            let violence = whole(violence).filter(|n| (1..=3).contains(n))? as u8;
            let id = u32::try_from(whole(id)?).ok()?;
            Some(((id, day.year(), day.month(), violence), people(best)?))
        };
        let Some((key, deaths)) = key().filter(|_| fits) else {
            tallied.rows_left_out += 1;
            continue;
        };
        let name = names
            .entry(key.0)
            .or_insert_with(|| row[country].trim().to_string())
            .clone();
        let tally = sums.entry(key).or_insert_with(|| Tally {
            country_id: key.0,
            country: name,
            month: jiff::civil::date(key.1, key.2, 1),
            violence: key.3,
            events: 0,
            best: 0,
            low: Some(0),
            high: Some(0),
        });
        tally.events += 1;
        tally.best += deaths;
        tally.low = tally.low.zip(people(low)).map(|(sum, n)| sum + n);
        tally.high = tally.high.zip(people(high)).map(|(sum, n)| sum + n);
    }
    tallied.tallies = sums.into_values().collect();
    tallied
}

/// A cell's text as it stands in the file: mostly well written, sometimes not.
fn article() -> impl Strategy<Value = String> {
    let quoted = "[a,\n\r; é\"]{0,12}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\"")));
    prop_oneof![
        6 => quoted,
        4 => "[a; é]{0,20}",
        1 => "[a\" é]{0,6}",
        1 => "\"[a,\n]{0,4}\"[a ]{0,3}",
    ]
}

fn row() -> impl Strategy<Value = String> {
    let country = prop_oneof![
        Just("Mali,432"),
        Just("\"Congo, DR\",490"),
        Just("Sudan,625.0"),
        Just("Sudan,\"625\""),
        Just(",")
    ];
    let day = prop_oneof![
        Just("2012-02-28"),
        Just("2012-02-29"),
        Just("2013-02-29"),
        Just("\"2012-12-31\""),
        Just("2012-12-31 00:00:00.000"),
        Just("2012-06-30T00:00:00"),
        Just("31 Dec 2012"),
        Just("soon"),
    ];
    let number = prop_oneof![
        5 => (0u32..2000).prop_map(|n| n.to_string()),
        1 => Just("2.0".to_string()), 1 => Just("\"1,234\"".to_string()), 1 => Just(String::new()),
        1 => Just("2.5".to_string()), 1 => Just(" 7 ".to_string()), 1 => Just("-1".to_string()),
    ];
    let kind = prop_oneof![4 => Just("1"), 2 => Just("2"), 2 => Just("3"), 1 => Just("\"3\""), 1 => Just("3.0"), 1 => Just("4")];
    let end = prop_oneof![8 => Just("\n"), 3 => Just("\r\n"), 1 => Just("\r"), 1 => Just(",\n"), 1 => Just(",,\n"), 1 => Just("\n\n")];
    (
        article(),
        country,
        kind,
        day,
        number.clone(),
        number.clone(),
        number,
        end,
    )
        .prop_map(|(article, country, kind, day, best, high, low, end)| {
            format!("1,{article},{country},{kind},{day},{best},{high},{low}{end}")
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_file_in_blocks_of_any_size_on_any_number_of_threads_gives_what_plain_reading_gives(
        rows in prop::collection::vec(row(), 0..60),
        block in 150usize..4000,
        n in 1usize..4,
    ) {
        let text = format!("{HEADER}\n{}", rows.concat());
        let (_folder, input) = written(&text);
        let found = tally_in_blocks(&input, threads(n), block).expect("read");
        prop_assert_eq!(found, plainly(&text));
    }

    #[test]
    fn well_written_files_too(
        rows in prop::collection::vec(("[a-z\n\", ]{0,30}", 1u32..4, 1u32..5, 0u32..99), 1..200),
        block in 200usize..3000,
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADER.split(',')).expect("in memory");
        for (article, kind, month, best) in &rows {
            let best = best.to_string();
            let day = format!("2020-0{month}-15");
            writer.write_record(["1", article, "Mali", "432", &kind.to_string(), &day, &best, &best, &best]).expect("in memory");
        }
        let text = String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8");
        let (_folder, input) = written(&text);
        let found = tally_in_blocks(&input, threads(3), block).expect("read");
        prop_assert_eq!(events(&found), rows.len() as u64);
        prop_assert_eq!(found, plainly(&text));
    }
}

//! Grows the real events to a file as large as the full GED, and larger.
//!
//! The rows are those of the candidate release of January 2026 and of five of HDX's country extracts, again and again,
//! brought into the 49 columns of the yearly release: with their own texts, places and deaths, but with a number and a
//! name of their own each, on days spread over 1989–2024, and with line breaks in as many articles as the real rows have
//! (`QUOTED_LINE_BREAKS`). The same rows are made every time.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use csv::StringRecord;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use lysoen_sources::cell;
use lysoen_sources::finding::Findings;
use lysoen_sources::input::Input;

/// Rows of the full GED 25.1.
pub(crate) const FULL: u64 = 385_918;

/// Of 100 rows so many have a line break in `source_article`.
const QUOTED_LINE_BREAKS: u64 = 15;

const FILES: [&str; 6] = [
    "GEDEvent_v26_0_1.csv.gz",
    "hdx_conflict_data_nga_1990_2019.csv.gz",
    "hdx_conflict_data_sdn_1989_2023.csv.gz",
    "hdx_conflict_data_ukr_2014_2021.csv.gz",
    "hdx_conflict_data_irq.csv.gz",
    "hdx_conflict_data_bgd_1989_2018.csv.gz",
];

/// The columns of the yearly release, in its order.
const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Columns that are whole numbers in the yearly release and floats in some extracts.
const WHOLE: [&str; 22] = [
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "dyad_dset_id",
    "dyad_new_id",
    "side_a_dset_id",
    "side_a_new_id",
    "side_b_dset_id",
    "side_b_new_id",
    "number_of_sources",
    "where_prec",
    "priogrid_gid",
    "country_id",
    "event_clarity",
    "date_prec",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
];

/// A real row in the columns of the yearly release.
struct Seed {
    cells: Vec<String>,
    start: Date,
    end: Date,
}

/// Writes `rows` rows to `path`.
pub(crate) fn grow(seeds: &Path, path: &Path, rows: u64) {
    let seeds = read(seeds);
    let file = BufWriter::with_capacity(1 << 20, File::create(path).expect("the file can be written"));
    let mut writer = csv::WriterBuilder::new().from_writer(file);
    writer.write_record(COLUMNS).expect("written");
    let at = |name: &str| COLUMNS.iter().position(|column| *column == name).expect(name);
    let (id, relid, year, article) = (at("id"), at("relid"), at("year"), at("source_article"));
    let (start, end) = (at("date_start"), at("date_end"));
    let mut row: Vec<String> = Vec::new();
    // Rows so far with a line break; one is added wherever there are too few.
    let mut broken = 0;
    for number in 0..rows {
        // The seeds in their order, and each time round another year: 37 is prime to the number of years.
        let seed = &seeds[(number % seeds.len() as u64) as usize];
        row.clone_from(&seed.cells);
        let (first, last) = moved(seed, 1989 + (number.wrapping_mul(37) / 11 % 36) as i16);
        row[id] = (number + 1).to_string();
        row[relid] = format!("{}-{number}", row[relid]);
        row[year] = last.year().to_string();
        row[start] = format!("{first} 00:00:00.000");
        row[end] = format!("{last} 00:00:00.000");
        let due = broken * 100 < (number + 1) * QUOTED_LINE_BREAKS;
        if row[article].contains('\n') {
            broken += 1;
        } else if due && let Some(space) = row[article].find(' ') {
            row[article].replace_range(space..=space, "\n");
            broken += 1;
        }
        writer.write_record(&row).expect("written");
    }
    writer.into_inner().expect("written").flush().expect("written");
}

/// The event in another year, as long as it was.
fn moved(seed: &Seed, year: i16) -> (Date, Date) {
    let last = date(year, seed.end.month(), seed.end.day().min(28));
    let length = seed.end.since(seed.start).expect("two days").get_days();
    (last.checked_sub(length.days()).expect("a day"), last)
}

fn read(folder: &Path) -> Vec<Seed> {
    FILES.iter().flat_map(|file| read_file(&folder.join(file))).collect()
}

fn read_file(path: &Path) -> Vec<Seed> {
    let inputs = Input::open(path).expect("the shared events can be read");
    let mut records = inputs[0].records(None).expect("a table");
    let header = records.header().clone();
    let mut findings = Findings::new(inputs[0].name());
    let mut record = StringRecord::new();
    let mut seeds = Vec::new();
    while records.next(&mut record, &mut findings).expect("a row").is_some() {
        let text = |name: &str| header.index(name).and_then(|at| record.get(at)).unwrap_or_default();
        let day = |name: &str| cell::date(text(name)).ok().flatten();
        let (Some(start), Some(end)) = (day("date_start"), day("date_end")) else {
            continue;
        };
        let cells = COLUMNS.iter().map(|column| as_published(column, &text)).collect();
        seeds.push(Seed { cells, start, end });
    }
    seeds
}

/// The cell as the yearly release would have it.
fn as_published<'a>(column: &str, text: &impl Fn(&str) -> &'a str) -> String {
    let own = text(column);
    match column {
        "active_year" => i32::from(matches!(own, "1" | "1.0" | "true" | "True")).to_string(),
        "code_status" => "Clear".into(),
        // The extracts of 2019 lack these.
        "conflict_dset_id" | "dyad_dset_id" | "side_a_dset_id" | "side_b_dset_id" if own.is_empty() => {
            whole(text(&column.replace("dset", "new")))
        }
        "where_description" if own.is_empty() => text("where_coordinates").into(),
        "relid" if own.is_empty() => format!("{}-{}", text("conflict_new_id"), text("id")),
        "gwnoa" | "gwnob" => whole(own),
        column if WHOLE.contains(&column) => whole(own),
        _ => own.into(),
    }
}

fn whole(text: &str) -> String {
    text.strip_suffix(".0").unwrap_or(text).into()
}

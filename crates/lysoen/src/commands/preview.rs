//! `preview`: what files of events add up to, without importing them.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use lysoen_answers::sheet::{Cell, Column, Kind, Sheet};
use lysoen_sources::input::Input;
use lysoen_sources::tally::{Tallied, Tally, tally};

use crate::cli::{Global, PreviewArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::grouped;
use crate::progress::Watch;

/// Runs `preview`.
pub fn run(args: &PreviewArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let threads = args
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let mut tallied: Vec<(String, Tallied)> = Vec::new();
    for path in &args.files {
        for input in Input::open(path)? {
            let watch = Watch::spin(console, &format!("Reading {}", input.name()));
            tallied.push((input.name().to_string(), tally(&input, threads)?));
            drop(watch);
        }
    }
    let sheet = match global.target().is_table() {
        true => by_year(&tallied),
        false => by_month(&tallied),
    };
    let rows = global.target().sheet(console, &sheet)?;
    super::tell_written(rows, global, console)?;
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// The types of violence as UCDP numbers them.
const TYPES: [&str; 3] = ["state-based", "non-state", "one-sided"];

fn kind(tally: &Tally) -> &'static str {
    TYPES[usize::from(tally.violence - 1)]
}

/// For machines: a row to each country, month and type.
fn by_month(tallied: &[(String, Tallied)]) -> Sheet {
    let row = |file: &str, tally: &Tally| -> Vec<Cell> {
        vec![
            file.into(),
            u64::from(tally.country_id).into(),
            tally.country.as_str().into(),
            tally.month.strftime("%Y-%m").to_string().into(),
            kind(tally).into(),
            tally.events.into(),
            tally.best.into(),
            tally.low.into(),
            tally.high.into(),
        ]
    };
    let rows = tallied
        .iter()
        .flat_map(|(file, tallied)| tallied.tallies.iter().map(move |tally| row(file, tally)));
    Sheet {
        title: "Deaths by country, month and type of violence".into(),
        columns: vec![
            column("file", Kind::Text),
            column("country_id", Kind::Count),
            column("country", Kind::Text),
            column("month", Kind::Text),
            column("violence", Kind::Text),
            column("events", Kind::Count),
            column("deaths_best", Kind::Count),
            column("deaths_low", Kind::Count),
            column("deaths_high", Kind::Count),
        ],
        rows: rows.collect(),
        sources: Vec::new(),
        notes: notes(tallied),
    }
}

/// Sums of the best, low and high estimates; none where one of the summands is unknown.
#[derive(Clone, Copy)]
struct Deaths {
    events: u64,
    best: u64,
    low: Option<u64>,
    high: Option<u64>,
}

/// For a person: a row to each year and type.
fn by_year(tallied: &[(String, Tallied)]) -> Sheet {
    let mut years: BTreeMap<(i16, u8), Deaths> = BTreeMap::new();
    for tally in tallied.iter().flat_map(|(_, tallied)| &tallied.tallies) {
        let one = Deaths {
            events: tally.events,
            best: tally.best,
            low: tally.low,
            high: tally.high,
        };
        years
            .entry((tally.month.year(), tally.violence))
            .and_modify(|sum| {
                sum.events += one.events;
                sum.best += one.best;
                sum.low = sum.low.zip(one.low).map(|(a, b)| a + b);
                sum.high = sum.high.zip(one.high).map(|(a, b)| a + b);
            })
            .or_insert(one);
    }
    let row = |((year, violence), deaths): ((i16, u8), Deaths)| -> Vec<Cell> {
        vec![
            year.to_string().into(),
            TYPES[usize::from(violence - 1)].into(),
            deaths.events.into(),
            deaths.best.into(),
            deaths.low.into(),
            deaths.high.into(),
        ]
    };
    Sheet {
        title: "Deaths by year and type of violence".into(),
        columns: vec![
            column("year", Kind::Text),
            column("violence", Kind::Text),
            column("events", Kind::Count),
            column("deaths_best", Kind::Count),
            column("deaths_low", Kind::Count),
            column("deaths_high", Kind::Count),
        ],
        rows: years.into_iter().map(row).collect(),
        sources: Vec::new(),
        notes: notes(tallied),
    }
}

fn notes(tallied: &[(String, Tallied)]) -> Vec<String> {
    let mut notes = vec![
        "Figures as they stand in the files, by the month in which an event ended; nothing was imported or checked."
            .to_string(),
    ];
    for (file, tallied) in tallied {
        let deaths: u64 = tallied.tallies.iter().map(|tally| tally.best).sum();
        let left_out = match tallied.rows_left_out {
            0 => String::new(),
            n => format!(
                "; {} more rows are in no figure, because they lack a country, a day, a type or a best estimate",
                grouped(n as f64)
            ),
        };
        let events = tallied.rows_read - tallied.rows_left_out;
        let (events, deaths) = (grouped(events as f64), grouped(deaths as f64));
        notes.push(format!("{file}: {events} events, {deaths} deaths (best){left_out}."));
    }
    notes
}

//! `sources`: what can be read, what of it is in the observatory, and how fresh it is.

use std::fmt::Write;

use lysoen_answers::sheet::{Cell, Sheet};
use lysoen_answers::{Observatory, sources};
use lysoen_facts::manifest::Release;
use lysoen_sources::card::Card;

use crate::caret::nearest_of;
use crate::cli::{Global, SourcesArgs};
use crate::console::{Console, Paint, fold};
use crate::failure::{Failure, Outcome};
use crate::output::grouped;

/// Runs `sources`.
pub fn run(args: &SourcesArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = super::open(global, console)?;
    let mut sheet = sources(&observatory)?;
    let target = global.target();
    let Some(id) = &args.id else {
        if target.is_table() {
            narrow(&mut sheet);
        }
        target.sheet(console, &sheet)?;
        return Ok(Outcome::Done);
    };
    let known = |row: &Vec<Cell>| row.first() == Some(&Cell::Text(id.clone()));
    if !sheet.rows.iter().any(known) {
        return Err(Failure::Unknown {
            message: format!("there is no source `{id}`"),
            advice: nearest_of(id, observatory.catalog.cards().map(|card| card.id.as_str()))
                .map_or(Some("`lysoen sources` lists them".to_string()), |near| {
                    Some(format!("did you mean `{near}`?"))
                }),
        });
    }
    match observatory.catalog.card(id) {
        Some(card) if target.is_table() => {
            let text = told(card, &observatory, console.paint, console.prose_width());
            target.text(console, &text)?;
        }
        _ => {
            sheet.rows.retain(known);
            sheet.sources.retain(|source| source.id == *id);
            target.sheet(console, &sheet)?;
        }
    }
    Ok(Outcome::Done)
}

/// The columns that a person looks for first.
fn narrow(sheet: &mut Sheet) {
    const SHOWN: [&str; 5] = ["source", "licence", "rows", "newest_vintage", "freshness"];
    let at: Vec<usize> = SHOWN
        .iter()
        .filter_map(|name| sheet.columns.iter().position(|c| c.name == *name))
        .collect();
    sheet.columns = at.iter().map(|i| sheet.columns[*i]).collect();
    for row in &mut sheet.rows {
        *row = at.iter().map(|i| row[*i].clone()).collect();
    }
    sheet
        .notes
        .push("`lysoen sources ID` tells more of one source.".to_string());
}

fn told(card: &Card, observatory: &Observatory, paint: Paint, width: usize) -> String {
    let mut text = format!("{}\n\n", paint.heading(&format!("{}: {}", card.publisher, card.title)));
    let mut line = |name: &str, said: &str| {
        let said = fold(said, width.saturating_sub(13), 0).replace('\n', &format!("\n{:13}", ""));
        writeln!(text, "{}{said}", paint.dim(&format!("{name:<13}"))).ok();
    };
    line("source", &card.id);
    line("licence", &card.licence);
    if let Some(url) = &card.licence_url {
        line("", url);
    }
    line(
        "may leave",
        if card.redistribute {
            "yes, rows and figures"
        } else {
            leaving(card)
        },
    );
    line("citation", &card.citation);
    line("home", &card.homepage);
    line("cadence", &card.cadence);
    line(
        "layouts",
        &card
            .layouts
            .iter()
            .map(|l| l.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    );
    for caveat in &card.caveats {
        line("beware", caveat);
    }
    let releases: Vec<&Release> = observatory
        .lake
        .manifest()
        .releases
        .iter()
        .filter(|release| release.source == card.id)
        .collect();
    if releases.is_empty() {
        line("imported", "nothing yet");
    }
    for release in releases {
        line("imported", &imported(release));
    }
    text
}

fn leaving(card: &Card) -> &'static str {
    match card.derived_may_leave() {
        true => "figures computed from it, but no rows",
        false => "no: neither rows nor figures computed from it",
    }
}

fn imported(release: &Release) -> String {
    let label = release
        .vintage_label
        .as_ref()
        .map(|label| format!(" ({label})"))
        .unwrap_or_default();
    let rows: u64 = release.files.iter().map(|file| file.rows).sum();
    format!(
        "{} of {}{label}: {} rows from {}",
        release.dataset,
        release.vintage,
        grouped(rows as f64),
        release.input.file
    )
}

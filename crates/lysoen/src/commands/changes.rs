//! `changes`: what has been said since a day.

use std::collections::BTreeMap;

use lysoen_answers::changes;
use lysoen_answers::sheet::{Cell, Sheet};

use crate::cli::{ChangesArgs, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::grouped;
use crate::progress::Watch;

/// Figures that a table shows.
const SHOWN: usize = 100;

/// Runs `changes`.
pub fn run(args: &ChangesArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = super::open(global, console)?;
    let watch = Watch::spin(console, "Comparing what was said then with what is said now");
    let changes = changes(&observatory, args.since)?;
    drop(watch);
    let (target, mut figures) = (global.target(), changes.figures);
    let outcome = if figures.rows.is_empty() && figures.notes.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Done
    };
    if !target.is_table() {
        target.sheet(console, &if args.freshness { changes.freshness } else { figures })?;
        return Ok(outcome);
    }
    if args.freshness {
        target.sheet(console, &changes.freshness)?;
        return Ok(Outcome::Done);
    }
    let said = summary(&figures);
    let more = figures.rows.len().saturating_sub(SHOWN);
    figures.rows.truncate(SHOWN);
    if more > 0 {
        let more = grouped(more as f64);
        figures
            .notes
            .push(format!("… and {more} more figures; all of them with --format csv"));
    }
    figures.notes.push(said);
    match figures.rows.is_empty() {
        true => target.text(
            console,
            &format!(
                "{}\n\n{}\n",
                console.paint.heading(&figures.title),
                figures.notes.join("\n")
            ),
        )?,
        false => target.sheet(console, &figures).map(|_| ())?,
    }
    if global.output.is_none() {
        console.print("\n")?;
        target.sheet(console, &changes.freshness)?;
    }
    Ok(outcome)
}

/// How many figures are new, revised and withdrawn.
fn summary(figures: &Sheet) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &figures.rows {
        if let Some(Cell::Text(kind)) = row.first() {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let count = |kind: &str| grouped(counts.get(kind).copied().unwrap_or(0) as f64);
    match counts.is_empty() {
        true => "No figure is new, revised or withdrawn.".to_string(),
        false => format!(
            "{} figures are new, {} revised, {} withdrawn.",
            count("new"),
            count("revised"),
            count("withdrawn")
        ),
    }
}

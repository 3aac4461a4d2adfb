//! `query`: SQL over the lake, streamed.

use std::collections::BTreeMap;

use lysoen_answers::policy::source_note;
use lysoen_answers::{Observatory, SourceNote};
use lysoen_facts::View;

use crate::cli::{Global, QueryArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::Preface;
use crate::progress::Watch;

/// Rows that a table shows.
const SHOWN: usize = 100;

/// Runs `query`.
pub fn run(args: &QueryArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = super::open(global, console)?;
    let mut at = super::view_at(global, args.reconstruct);
    // What is not shown on the screen leaves the observatory.
    if !args.own_use && !global.target().is_table() {
        at.without = observatory.kept_back();
        super::tell_kept_back(&at.without, console)?;
    }
    let view = observatory.view(&at)?;
    let watch = Watch::spin(console, "Asking the lake");
    let batches = view.query(&args.sql)?;
    let mut preface = Preface {
        sources: sources(&observatory, &view),
        ..Preface::default()
    };
    if let Some(day) = global.as_of {
        preface
            .notes
            .push(format!("As of {day}: only what the sources had said by then."));
    }
    if view.is_reconstructed() {
        preface.notes.push(
            "Reconstructed: no vintage is old enough, so the oldest was cut by the source's publication lag.".into(),
        );
    }
    let rows = global.target().batches(console, &preface, batches, SHOWN)?;
    drop(watch);
    super::tell_written(rows, global, console)?;
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Every source that the view shows: which of them a query reads, it does not say.
fn sources(observatory: &Observatory, view: &View) -> Vec<SourceNote> {
    let mut newest = BTreeMap::new();
    for seen in view.releases() {
        let known = newest.entry(&seen.release.source).or_insert(seen.release.vintage);
        *known = (*known).max(seen.release.vintage);
    }
    let note = |(source, vintage): (&String, _)| source_note(&observatory.catalog, source, Some(vintage));
    newest.into_iter().map(note).collect()
}

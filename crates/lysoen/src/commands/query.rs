//! `query`: SQL over the lake, streamed.

use crate::cli::{Global, QueryArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::Preface;
use crate::progress::Watch;

/// Rows that a table shows.
const SHOWN: usize = 100;

/// Runs `query`.
pub fn run(args: &QueryArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let lake = super::open_lake(global, console)?;
    let view = lake.view(&super::view_at(global, args.reconstruct))?;
    let watch = Watch::spin(console, "Asking the lake");
    let batches = view.query(&args.sql)?;
    let mut preface = Preface::default();
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

//! `forecast score`: anyone's draws by what came.

use std::num::NonZeroUsize;

use lysoen_answers::forecast::score::{ScoreRequest, score};

use crate::cli::{Global, ScoreArgs};
use crate::commands::{tell_findings, tell_written};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::Format;
use crate::progress::Watch;

/// Runs `forecast score`.
pub(super) fn run(args: &ScoreArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let target = global.target();
    let machine = || std::thread::available_parallelism().ok();
    let request = ScoreRequest {
        draws: args.draws.clone(),
        actuals: args.actuals.clone(),
        column: args.column.clone(),
        common: args.common,
        all: args.all || target.is_table(),
        threads: args.threads.or_else(machine).unwrap_or(NonZeroUsize::MIN),
    };
    let watch = Watch::spin(console, "Scoring");
    let answer = score(&request)?;
    drop(watch);
    if tell_findings(&answer.findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    let sheet = if target.is_table() {
        answer.told()
    } else {
        answer.sheet()
    };
    let rows = target.sheet(console, &sheet)?;
    tell_written(rows, global, console)?;
    if target.format() == Format::Csv {
        for note in &sheet.notes {
            console.tell(note)?;
        }
    }
    Ok(Outcome::Done)
}

//! `forecast backtest`: every model on windows of the past.

use std::num::NonZeroUsize;

use lysoen_answers::forecast::backtest::{BacktestAnswer, BacktestRequest, backtest};
use lysoen_forecasts::backtest::Window;

use super::series::{beside, series};
use crate::cli::{BacktestArgs, Global};
use crate::commands::{open, tell_findings, tell_kept_back, tell_written};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{Format, backtest as picture, report};
use crate::progress::Watch;

/// Runs `forecast backtest`.
pub(super) fn run(args: &BacktestArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    // A backtest of a table, and of files beside it, needs no observatory.
    let from_files = args.series.series.is_some() && args.beside.iter().all(|(_, file)| file.is_some());
    let observatory = if from_files { None } else { Some(open(global, console)?) };
    let request = BacktestRequest {
        series: series(&args.series, args.actuals_column.as_ref(), observatory.as_ref(), global)?,
        windows: args.windows.0.iter().map(|year| Window::year(*year)).collect(),
        models: args.models.clone(),
        beside: beside(&args.beside, observatory.as_ref())?,
        seed: args.seed,
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    if let Some(folder) = &args.report {
        report::check(folder)?;
    }
    let watch = Watch::begin(console, "Backtesting");
    let answer = backtest(&request, &|done, all, what| {
        watch.steps(done, all);
        watch.say(what);
    })?;
    drop(watch);
    if tell_findings(&answer.about.findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    tell(&answer, args, global, console)
}

fn tell(
    answer: &BacktestAnswer,
    args: &BacktestArgs,
    global: &Global,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let target = global.target();
    let leaves = args.report.is_some() || !target.is_table();
    if leaves && !answer.about.may_leave && !args.own_use {
        let sources: Vec<String> = answer.about.sources.iter().map(|source| source.id.clone()).collect();
        tell_kept_back(&sources, console)?;
        return Ok(Outcome::Nothing);
    }
    if let Some(folder) = &args.report {
        report::write(answer, folder, console)?;
    }
    if target.is_table() {
        let shown = Shown {
            width: Some(console.prose_width()),
            paint: console.paint,
        };
        target.text(console, &picture::told(answer, shown))?;
    } else {
        let sheet = answer.sheet();
        let rows = target.sheet(console, &sheet)?;
        tell_written(rows, global, console)?;
        if target.format() == Format::Csv {
            for note in &sheet.notes {
                console.tell(note)?;
            }
        }
    }
    if let Some(folder) = &args.report {
        console.tell(&format!("Report written to {}", folder.join(report::PAGE).display()))?;
    }
    Ok(Outcome::Done)
}

//! `forecast`: what is done with forecasts, a file to each.

mod backtest;
mod import;
mod live;
mod score;
mod series;

use crate::cli::{ForecastArgs, ForecastCommand, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Runs `forecast`.
pub fn run(args: &ForecastArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    match &args.command {
        None => live::run(&args.live, global, console),
        Some(ForecastCommand::Score(args)) => score::run(args, global, console),
        Some(ForecastCommand::Backtest(args)) => backtest::run(args, global, console),
        Some(ForecastCommand::Import(args)) => import::run(args, global, console),
    }
}

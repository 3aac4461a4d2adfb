//! `forecast`: what is done with forecasts, a file to each.

mod backtest;
mod import;
mod score;
mod series;

use crate::cli::{ForecastArgs, ForecastCommand, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Runs `forecast`.
pub fn run(args: &ForecastArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    match &args.command {
        ForecastCommand::Score(args) => score::run(args, global, console),
        ForecastCommand::Backtest(args) => backtest::run(args, global, console),
        ForecastCommand::Import(args) => import::run(args, global, console),
    }
}

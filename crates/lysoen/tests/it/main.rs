//! The program, tried from outside: what it writes in every form, what it says of mistakes, and what depends on what.

mod acceptance;
mod agenda;
mod agenda_served;
mod arguments;
mod arrows;
mod cap;
mod communities;
mod fetch;
mod forecast;
mod forecast_backtest;
mod forecast_score;
mod formats;
mod hostile_files;
mod impact;
mod impact_served;
mod index;
mod index_files;
mod killed_imports;
mod ladder;
mod ladder_log;
mod ladder_served;
mod mandates;
mod object_stores;
mod observatories;
mod ogc;
mod page;
mod panels;
mod pictures;
mod poverty;
mod serve;
mod served;
mod settings;
mod snapshot_rebuild;

use lysoen::console::{Captured, Console};
use lysoen::failure::{Failure, Outcome};

/// What a command came to, and what it wrote.
pub(crate) struct Ran {
    pub(crate) outcome: Result<Outcome, Failure>,
    pub(crate) wrote: Captured,
}

impl Ran {
    /// The exit code that a script would see.
    pub(crate) fn code(&self) -> u8 {
        match &self.outcome {
            Ok(outcome) => outcome.code(),
            Err(failure) => failure.code(),
        }
    }
}

/// Runs the program in this process, on a fixed day, in the observatory of a folder.
pub(crate) fn run(folder: &std::path::Path, args: &[&str]) -> Ran {
    let now = "2025-07-01T12:00:00Z".parse().expect("a time");
    let (mut console, wrote) = Console::captured(now);
    let observatory = folder.join("observatory").display().to_string();
    let mut whole = vec!["lysoen", "--observatory", &observatory];
    whole.extend(args);
    let outcome = lysoen::run_from(whole, &mut console).expect("arguments that are right");
    Ran { outcome, wrote }
}

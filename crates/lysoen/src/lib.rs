//! The program: its arguments, its commands, and the forms in which it answers. What it answers is computed elsewhere.
//!
//! [`run`] runs one command. Everything that a command writes goes through a [`console::Console`], so that a test can
//! run any command in its own process.

pub mod caret;
pub mod cli;
pub mod commands;
pub mod console;
pub mod failure;
pub mod fetch;
pub mod output;
pub mod progress;
pub mod serve;
pub mod settings;
pub mod snapshot;

use std::ffi::OsString;

use clap::Parser;

use cli::{Cli, Command, When};
use console::{Console, Paint};
use failure::{Failure, Outcome};

/// Runs the command.
pub fn run(cli: &Cli, console: &mut Console) -> Result<Outcome, Failure> {
    console.quiet = cli.global.quiet;
    console.paint = Paint {
        on: colourful(cli.global.color, console),
    };
    match &cli.command {
        Command::Init(args) => commands::init::run(args, &cli.global, console),
        Command::Import(args) => commands::import::run(args, &cli.global, console),
        Command::Sources(args) => commands::sources::run(args, &cli.global, console),
        Command::Assess(args) => commands::assess::run(args, &cli.global, console),
        Command::Index(args) => commands::index::run(args, &cli.global, console),
        Command::Forecast(args) => commands::forecast::run(args, &cli.global, console),
        Command::Agenda(args) => commands::agenda::run(args, &cli.global, console),
        Command::Impact(args) => commands::impact::run(args, &cli.global, console),
        Command::Ladder(args) => commands::ladder::run(args, &cli.global, console),
        Command::Changes(args) => commands::changes::run(args, &cli.global, console),
        Command::Export(args) => commands::export::run(args, &cli.global, console),
        Command::Fetch(args) => commands::fetch::run(args, &cli.global, console),
        Command::Preview(args) => commands::preview::run(args, &cli.global, console),
        Command::Query(args) => commands::query::run(args, &cli.global, console),
        Command::Serve(args) => commands::serve::run(args, &cli.global, console),
        Command::Check(args) => commands::check::run(args, &cli.global, console),
        Command::Snapshot(args) => commands::snapshot::run(args, console),
        Command::Completions { shell } => commands::manual::completions(*shell, console),
        Command::Man { to } => commands::manual::man(to.as_deref(), console),
    }
}

/// Reads the arguments and runs the command, for a test: what clap would print becomes its text.
pub fn run_from<A: Into<OsString> + Clone>(
    args: impl IntoIterator<Item = A>,
    console: &mut Console,
) -> Result<Result<Outcome, Failure>, clap::Error> {
    Ok(run(&Cli::try_parse_from(args)?, console))
}

fn colourful(when: When, console: &Console) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => console.out_is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

//! The program: it reads the arguments, runs the command, and reports.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use lysoen::cli::Cli;
use lysoen::console::Console;
use tracing_subscriber::EnvFilter;

/// A server that has assessed many years gives their memory back; the system's own allocator keeps it.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("LYSOEN_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    // Each error tells its cause in its own words.
    let plain = || miette::MietteHandlerOpts::new().without_cause_chain().build();
    // It is set once, before anything is reported.
    miette::set_hook(Box::new(move |_| Box::new(plain()))).ok();
    let mut console = Console::standard(jiff::Timestamp::now());
    match lysoen::run(&cli, &mut console) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.code();
            let report = miette::Report::new(failure);
            // If not even standard error takes it, the exit code still tells.
            writeln!(std::io::stderr(), "{report:?}").ok();
            ExitCode::from(code)
        }
    }
}

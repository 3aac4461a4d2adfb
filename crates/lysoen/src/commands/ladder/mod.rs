//! `ladder`: what stands, what can still be done, and the log of who did what; a file to each.

mod calibrate;
mod log;
mod view;

use jiff::civil::Date;
use lysoen_answers::ladder::Asked;
use lysoen_answers::{Observatory, policy};
use lysoen_facts::ViewAt;

use crate::cli::{Global, LadderArgs, LadderCommand};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Runs `ladder`.
pub fn run(args: &LadderArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    match &args.command {
        None => view::run(&args.view, global, console),
        Some(LadderCommand::Warn(args)) => log::warn(args, global, console),
        Some(LadderCommand::Propose(args)) => log::propose(args, global, console),
        Some(LadderCommand::Decide(args)) => log::decide(args, global, console),
        Some(LadderCommand::Act(args)) => log::act(args, global, console),
        Some(LadderCommand::Log(args)) => log::show(args, global, console),
        Some(LadderCommand::Verify(args)) => log::verify(args, global, console),
        Some(LadderCommand::Calibrate(args)) => calibrate::run(args, global, console),
    }
}

/// The day that is asked for.
fn asked(global: &Global, reconstruct: bool) -> Result<Asked, Failure> {
    if reconstruct && global.as_of.is_none() {
        return Err(Failure::Usage("--reconstruct goes with --as-of DATE".to_string()));
    }
    Ok(Asked {
        day: global.as_of,
        reconstruct,
    })
}

/// The view from which it is told: what leaves the observatory rests on nothing that may not.
fn at(observatory: &Observatory, leaves: bool) -> ViewAt {
    if leaves {
        policy::public(observatory)
    } else {
        ViewAt::default()
    }
}

/// Refuses a day that has not come.
fn not_to_come(day: Option<Date>, console: &Console) -> Result<(), Failure> {
    match day.filter(|day| *day > console.today()) {
        Some(day) => Err(Failure::Usage(format!(
            "{day} has not come: today is {}",
            console.today()
        ))),
        None => Ok(()),
    }
}

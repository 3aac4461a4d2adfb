//! `impact`: did it protect people?

use std::fmt::Write as _;
use std::sync::Arc;

use lysoen_answers::impact::{
    ClassTold, FileQuestion, ImpactAnswer, ImpactState, Question, Run, Step, ask_file, class_sheet, log_class, log_run,
    policies_sheet, runs, sheet,
};
use lysoen_answers::sheet::Sheet;
use lysoen_answers::{AnswerError, Observatory, policy};
use lysoen_facts::ViewAt;
use lysoen_impact::Rules;
use serde::Serialize;

use crate::cli::{Asked, Global, ImpactArgs};
use crate::commands::{tell_findings, tell_kept_back, tell_written};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{Format, impact};
use crate::progress::Watch;

/// Runs `impact`.
pub fn run(args: &ImpactArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let asked = args.asked()?;
    if let Some(folder) = &args.report {
        impact::report::check(folder)?;
    }
    if let Asked::Table(question) = asked {
        return of_table(args, &question, global, console);
    }
    let observatory = Arc::new(crate::commands::open(global, console)?);
    if let Asked::Runs = asked {
        let rows = runs(&observatory)?;
        let told = global.target().sheet(console, &impact::runs(&rows))?;
        return Ok(outcome(told > 0));
    }
    let at = at(args, global, &observatory);
    tell_kept_back(&at.without, console)?;
    let watch = Watch::spin(console, "Reading the policies");
    let state = ImpactState::of(observatory.clone(), &at)?;
    drop(watch);
    match asked {
        Asked::Class(id) => of_class(args, &state, &id, &observatory, global, console),
        Asked::Policy(id) => {
            let watch = Watch::spin(console, "Comparing with other places");
            let answer = state.policy(&id)?;
            drop(watch);
            logged(log_run(&observatory, &answer, console.now), console)?;
            tell(
                args,
                (&answer, state.rules()),
                &format!("lysoen impact --policy {id}"),
                global,
                console,
            )
        }
        Asked::Record(number) => {
            let question = args.changed(state.of_action(number)?);
            of_facts(args, &state, &question, &observatory, global, console)
        }
        Asked::Facts(question) => of_facts(args, &state, &question, &observatory, global, console),
        Asked::Nothing | Asked::Runs | Asked::Table(_) => list(&state, global, console),
    }
}

/// The view from which it is told: what leaves the observatory rests on nothing that may not.
fn at(args: &ImpactArgs, global: &Global, observatory: &Observatory) -> ViewAt {
    let leaves = (!global.target().is_table() || args.report.is_some()) && !args.own_use;
    let view = crate::commands::view_at(global, false);
    match leaves {
        true => ViewAt {
            without: policy::public(observatory).without,
            ..view
        },
        false => view,
    }
}

/// What can be asked.
fn list(state: &ImpactState, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let target = global.target();
    match target.format() {
        Format::Table => target.text(console, &impact::list(state, shown(console)))?,
        Format::Json => target.text(console, &json(&impact::Offer::of(state))?)?,
        _ => {
            let told = target.sheet(console, &policies_sheet(&state.policies()))?;
            tell_written(told, global, console)?;
        }
    }
    Ok(Outcome::Done)
}

fn of_facts(
    args: &ImpactArgs,
    state: &ImpactState,
    question: &Question,
    observatory: &Observatory,
    global: &Global,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if args.calibrate {
        let watch = Watch::spin(console, "Asking the same of every place without the policy");
        let calibration = state.calibrate(question)?;
        drop(watch);
        let target = global.target();
        match target.format() {
            Format::Table => target.text(console, &impact::calibration(&calibration, shown(console)))?,
            Format::Json => target.text(console, &json(&calibration)?)?,
            _ => write_sheet(&impact::calibration_sheet(&calibration), global, console)?,
        }
        return Ok(Outcome::Done);
    }
    let watch = Watch::spin(console, "Comparing with other places");
    let answer = state.ask(question)?;
    drop(watch);
    logged(log_run(observatory, &answer, console.now), console)?;
    let done = tell(args, (&answer, state.rules()), &command(question), global, console)?;
    // Where the log cannot be read, it was said above that it could not be written.
    if let Some(said) = impact::asked_before(&answer, &runs(observatory).unwrap_or_default()) {
        console.tell(&said)?;
    }
    Ok(done)
}

fn of_table(
    args: &ImpactArgs,
    question: &FileQuestion,
    global: &Global,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let watch = Watch::spin(console, "Comparing with other units");
    let (answer, findings) = ask_file(question, Rules::builtin())?;
    drop(watch);
    if tell_findings(&findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    tell(
        args,
        (&answer, Rules::builtin()),
        &command_of_table(question),
        global,
        console,
    )
}

fn of_class(
    args: &ImpactArgs,
    state: &ImpactState,
    id: &str,
    observatory: &Observatory,
    global: &Global,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let watch = Watch::spin(console, "Comparing every case with other places");
    let told = state.class(id)?;
    drop(watch);
    logged(log_class(observatory, &told, console.now), console)?;
    if let Some(folder) = &args.report {
        impact::report::write_class(&told, state.rules(), folder, console)?;
    }
    let target = global.target();
    match target.format() {
        Format::Table => target.text(console, &impact::class(&told, shown(console)))?,
        Format::Json => target.text(console, &json::<ClassTold>(&told)?)?,
        _ => write_sheet(&class_sheet(&told), global, console)?,
    }
    tell_report(args, console)?;
    Ok(Outcome::Done)
}

/// Tells an answer in the form that was asked for. `again` is the command that asks it, without what changes it.
fn tell(
    args: &ImpactArgs,
    (answer, rules): (&ImpactAnswer, &Rules),
    again: &str,
    global: &Global,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if let Some(folder) = &args.report {
        impact::report::write(answer, rules, folder, console)?;
    }
    let target = global.target();
    match target.format() {
        Format::Table => target.text(console, &impact::answer(answer, again, shown(console)))?,
        Format::Json => target.text(console, &json(answer)?)?,
        _ => write_sheet(&sheet(answer), global, console)?,
    }
    tell_report(args, console)?;
    Ok(Outcome::Done)
}

fn tell_report(args: &ImpactArgs, console: &mut Console) -> Result<(), Failure> {
    if let Some(folder) = &args.report {
        let page = folder.join(impact::report::PAGE);
        console.tell(&format!("Report written to {}", page.display()))?;
    }
    Ok(())
}

/// Writes rows; of CSV, which has no room for it, what a reader must know is told beside.
fn write_sheet(sheet: &Sheet, global: &Global, console: &mut Console) -> Result<(), Failure> {
    let rows = global.target().sheet(console, sheet)?;
    tell_written(rows, global, console)?;
    if global.target().format() == Format::Csv {
        for note in &sheet.notes {
            console.tell(note)?;
        }
    }
    Ok(())
}

/// Says where a run could not be logged: the answer stands, and whoever reads it must know that it is in no log.
fn logged(done: Result<Run, AnswerError>, console: &mut Console) -> Result<(), Failure> {
    match done {
        Ok(_) => Ok(()),
        Err(why) => Ok(console.warn(&format!(
            "This question is in no log, for the log could not be written: {why}"
        ))?),
    }
}

fn json<T: Serialize>(answer: &T) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(answer).map_err(std::io::Error::from)?;
    Ok(format!("{text}\n"))
}

/// The command that asks a question of facts.
fn command(question: &Question) -> String {
    let mut line = format!(
        "lysoen impact --outcome {} --place {} --from {}",
        question.outcome,
        quoted(&question.place),
        question.from
    );
    if let Some(until) = &question.until {
        write!(line, " --until {until}").ok();
    }
    if question.by == Step::Month {
        line.push_str(" --by month");
    }
    if question.because_of_harm {
        line.push_str(" --because-of-harm");
    }
    line
}

/// The command that asks a question of a table.
fn command_of_table(question: &FileQuestion) -> String {
    let [unit, time, outcome, treated, from] = [
        &question.unit,
        &question.time,
        &question.outcome,
        &question.treated,
        &question.from,
    ]
    .map(|text| quoted(text));
    format!(
        "lysoen impact --data {} --unit {unit} --time {time} --outcome {outcome} --treated {treated} --from {from}",
        quoted(&question.path.display().to_string())
    )
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./+".contains(c);
    match word.chars().all(plain) {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

fn shown(console: &Console) -> Shown {
    Shown {
        width: Some(console.prose_width()),
        paint: console.paint,
    }
}

fn outcome(anything: bool) -> Outcome {
    if anything { Outcome::Done } else { Outcome::Nothing }
}

//! `ladder warn`, `propose`, `decide`, `act`, `log` and `verify`.

use lysoen_answers::Observatory;
use lysoen_answers::ladder::log::{self, PROGRAM};
use lysoen_answers::ladder::{LadderCatalog, LadderState, indicators, indicators_sheet, log_sheet, vocabulary};
use lysoen_ladder::log::{Chain, Draft, Head, Record, RecordAnswer, RecordKind};
use lysoen_lexicon::place::PlaceId;

use crate::cli::{ActArgs, ActWord, By, DecideArgs, DecisionWord, Global, LogArgs, ProposeArgs, VerifyArgs, WarnArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::ladder;
use crate::output::terminal::Shown;
use crate::progress::Watch;

/// Runs `ladder warn`.
pub(super) fn warn(args: &WarnArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    super::not_to_come(global.as_of, console)?;
    let asked = super::asked(global, args.reconstruct)?;
    let observatory = crate::commands::open(global, console)?;
    let watch = Watch::spin(console, "Reading what is known");
    let state = LadderState::of(&observatory, &super::at(&observatory, false), asked, &|what| {
        watch.say(what)
    })?;
    drop(watch);
    let chain = log::chain(&observatory)?;
    let (answers, answer) = match (args.update, args.cancel) {
        (Some(number), _) => (Some(number), RecordAnswer::Update),
        (_, Some(number)) => (Some(number), RecordAnswer::Cancel),
        _ => (None, RecordAnswer::Alert),
    };
    let earlier = answers.map(|number| record(&chain, number)).transpose()?;
    let place = match (&args.place, earlier) {
        (_, Some(earlier)) => earlier.place.clone(),
        (Some(typed), None) => observatory.place(typed)?,
        (None, None) => {
            return Err(Failure::Usage(
                "name the country, or --update or --cancel a warning".to_string(),
            ));
        }
    };
    let trigger = args
        .trigger
        .clone()
        .or_else(|| earlier.and_then(|earlier| earlier.trigger.clone()));
    let Some(trigger) = trigger else {
        return Err(Failure::Usage("name the trigger that stands: --trigger ID".to_string()));
    };
    state.catalog.trigger(&trigger)?;
    let stands = state
        .standing
        .iter()
        .find(|warned| warned.place == place && warned.trigger == trigger);
    let mut draft = draft(RecordKind::Warn, &args.by, place);
    draft.trigger = Some(trigger.clone());
    draft.answers = answers;
    draft.answer = Some(answer);
    draft.replay = state.replay || state.reconstructed;
    match stands {
        Some(warned) => {
            draft.said = warned.reasons.clone();
            draft.window = Some((warned.window.from, warned.window.to));
            draft.chance_permille = warned.chance.map(lysoen_answers::ladder::permille);
        }
        // What no longer stands can be cancelled, and nothing else.
        None if answer == RecordAnswer::Cancel => draft.window = earlier.and_then(|earlier| earlier.window),
        None => {
            return Err(Failure::Unknown {
                message: format!(
                    "{trigger} does not stand in {} on {}",
                    observatory.name(&draft.place),
                    state.as_of
                ),
                advice: Some("`lysoen ladder` lists what stands, and what could not be assessed".to_string()),
            });
        }
    }
    write(&observatory, &state.catalog, draft, console)
}

/// Runs `ladder propose`.
pub(super) fn propose(args: &ProposeArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let (observatory, catalog) = opened(global, console)?;
    let mut draft = draft(RecordKind::Propose, &args.by, observatory.place(&args.place)?);
    let option = catalog.options.option(&args.option);
    draft.option = Some(args.option.clone());
    draft.option_version = option.map(|option| option.version);
    draft.answers = args.warning;
    let review = |days: u16| {
        observatory
            .today
            .saturating_add(jiff::Span::new().days(i64::from(days)))
    };
    draft.expires = args
        .expires
        .or_else(|| option.map(|option| review(option.review_after_days)));
    write(&observatory, &catalog, draft, console)
}

/// Runs `ladder decide`.
pub(super) fn decide(args: &DecideArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let answer = match args.answer {
        DecisionWord::Taken => RecordAnswer::Taken,
        DecisionWord::NotTaken => RecordAnswer::NotTaken,
        DecisionWord::Overtaken => RecordAnswer::Overtaken,
        DecisionWord::Publish => RecordAnswer::Publish,
    };
    answered(RecordKind::Decide, args.number, answer, None, &args.by, global, console)
}

/// Runs `ladder act`.
pub(super) fn act(args: &ActArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let answer = match args.answer {
        ActWord::Begun => RecordAnswer::Begun,
        ActWord::Done => RecordAnswer::Done,
        ActWord::Stopped => RecordAnswer::Stopped,
    };
    answered(
        RecordKind::Act,
        args.number,
        answer,
        args.outcome.clone(),
        &args.by,
        global,
        console,
    )
}

/// Writes a record that answers another.
fn answered(
    kind: RecordKind,
    number: u64,
    answer: RecordAnswer,
    outcome: Option<String>,
    by: &By,
    global: &Global,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let (observatory, catalog) = opened(global, console)?;
    let chain = log::chain(&observatory)?;
    let mut draft = draft(kind, by, record(&chain, number)?.place.clone());
    draft.answers = Some(number);
    draft.answer = Some(answer);
    draft.outcome = outcome;
    write(&observatory, &catalog, draft, console)
}

/// Runs `ladder log`.
pub(super) fn show(args: &LogArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = crate::commands::open(global, console)?;
    let chain = log::chain(&observatory)?;
    let place = args.place.as_ref().map(|typed| observatory.place(typed)).transpose()?;
    let of = |record: &Record| place.as_ref().is_none_or(|place| record.place == *place);
    let target = global.target();
    if args.indicators {
        let at = super::at(&observatory, !target.is_table());
        let indicators = indicators(&observatory, &at, &chain)?;
        target.sheet(console, &indicators_sheet(&observatory, &indicators))?;
        return Ok(Outcome::Done);
    }
    let sheet = log_sheet(&observatory, &chain, &of);
    let empty = sheet.rows.is_empty();
    if target.is_table() {
        let shown = Shown {
            width: Some(console.prose_width()),
            paint: console.paint,
        };
        target.text(console, &ladder::log(&observatory, &chain, &of, shown))?;
    } else {
        target.sheet(console, &sheet)?;
    }
    Ok(if empty { Outcome::Nothing } else { Outcome::Done })
}

/// Runs `ladder verify`.
pub(super) fn verify(args: &VerifyArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = crate::commands::open(global, console)?;
    let head = args
        .head
        .as_ref()
        .map(|text| text.replacen(':', " ", 1).parse::<Head>());
    let head = head.transpose().map_err(|e| Failure::Usage(e.to_string()))?;
    let chain = match log::chain(&observatory) {
        Ok(chain) => chain,
        Err(lysoen_answers::AnswerError::Broken(broken)) => {
            for fault in &broken.faults {
                console.print(&format!("{fault}\n"))?;
            }
            console.print("The log is not as it was written. Do not mend it by hand: restore it from a copy.\n")?;
            return Ok(Outcome::Wrong);
        }
        Err(other) => return Err(other.into()),
    };
    if let Some(broken) = head.and_then(|head| chain.verify_against(&head).err()) {
        for fault in &broken.faults {
            console.print(&format!("{fault}\n"))?;
        }
        return Ok(Outcome::Wrong);
    }
    let told = match chain.head() {
        None => "The log is empty.\n".to_string(),
        Some(head) => format!(
            "{} records, each as it was written and in its place. The head is {}:{}\n\
             Keep it: a chain cannot show that its end was cut off, but `lysoen ladder verify --head` can.\n",
            chain.records().len(),
            head.number,
            head.hash
        ),
    };
    console.print(&told)?;
    Ok(Outcome::Done)
}

/// The observatory and its ladder's catalog.
fn opened(global: &Global, console: &mut Console) -> Result<(Observatory, LadderCatalog), Failure> {
    let observatory = crate::commands::open(global, console)?;
    let words = vocabulary(observatory.measures());
    let catalog = LadderCatalog::of(&observatory, &words).map_err(lysoen_answers::AnswerError::from)?;
    Ok((observatory, catalog))
}

fn draft(kind: RecordKind, by: &By, place: PlaceId) -> Draft {
    Draft::new(kind, &by.role, place, &by.reason, PROGRAM)
}

fn record(chain: &Chain, number: u64) -> Result<&Record, Failure> {
    chain.get(number).ok_or_else(|| Failure::Unknown {
        message: format!("there is no record {number}; the log has {}", chain.records().len()),
        advice: Some("`lysoen ladder log` lists the records with their numbers".to_string()),
    })
}

/// Writes the record, and says what was written.
fn write(
    observatory: &Observatory,
    catalog: &LadderCatalog,
    draft: Draft,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let record = log::append(observatory, catalog, &draft, console.now)?;
    console.print(&format!("{}\n", ladder::recorded(observatory, &record)))?;
    Ok(Outcome::Done)
}

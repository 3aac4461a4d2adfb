//! `agenda`: who is bound by what, what is due, and who is late.

use std::collections::BTreeMap;

use lysoen_answers::agenda::{AgendaState, Asked, Horizon, Line, Point};
use lysoen_answers::ladder::{indicators, log};
use lysoen_answers::{AnswerError, AssessRequest, Observatory, assess, policy};
use lysoen_facts::ViewAt;
use lysoen_lexicon::place::PlaceId;

use crate::cli::{AgendaArgs, Global};
use crate::commands::tell_kept_back;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{agenda, ics};
use crate::progress::Watch;

/// Runs `agenda`.
pub fn run(args: &AgendaArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = crate::commands::open(global, console)?;
    let target = global.target();
    let leaves = (!target.is_table() || args.ics) && !args.own_use;
    let at = if leaves {
        policy::public_rows(&observatory)
    } else {
        ViewAt::default()
    };
    let watch = Watch::spin(console, "Reading what states have done and what was listed");
    let state = AgendaState::of(&observatory, &at)?;
    drop(watch);
    tell_kept_back(&at.without, console)?;
    let on = global.as_of.unwrap_or_else(|| console.today());
    let participant = args
        .party
        .as_deref()
        .map(|typed| state.participant(&observatory, typed));
    let asked = Asked {
        participant: participant.transpose()?,
        instrument: args
            .instrument
            .as_deref()
            .map(|id| Ok::<_, Failure>(state.instrument(id)?.id.clone()))
            .transpose()?,
        element: args.element,
    };
    if args.ics {
        let window = args.due.unwrap_or(Horizon::YEAR).from(on);
        let (rows, meetings) = (state.due(&asked, &window, on)?, state.meetings(&asked, &window)?);
        target.text(console, &ics::calendar(&rows, &meetings, on))?;
        return Ok(outcome(!rows.is_empty() || !meetings.is_empty()));
    }
    let window = args.due.map(|due| due.from(on));
    if !target.is_table() {
        let told = target.sheet(console, &state.sheet(&asked, window.as_ref(), on)?)?;
        return Ok(outcome(told > 0));
    }
    let shown = Shown {
        width: Some(console.prose_width()),
        paint: console.paint,
    };
    let text = match (&window, &asked.participant, &asked.instrument, asked.element) {
        (Some(window), ..) => agenda::due(&state, &asked, window, on, args.full, shown)?,
        (None, Some(participant), ..) => agenda::party(&state, participant, &asked, on, args.full, shown)?,
        (None, None, Some(id), _) => agenda::instrument(&state, id, on, args.full, shown)?,
        (None, None, None, Some(number)) => {
            let chain = log::chain(&observatory)?;
            let answered = match chain.records().is_empty() {
                true => None,
                false => Some(indicators(&observatory, &at, &chain)?),
            };
            let worlds = worlds(&observatory, &at)?;
            let of = |measure: &str| worlds.get(measure).cloned();
            agenda::element(&state, number, on, (&of, answered.as_ref()), shown)?
        }
        (None, None, None, None) => agenda::overview(&state, on, shown)?,
    };
    target.text(console, &text)?;
    Ok(Outcome::Done)
}

/// The world's figures of the latest year, by measure.
fn worlds(observatory: &Observatory, at: &ViewAt) -> Result<BTreeMap<String, Line>, Failure> {
    let request = AssessRequest {
        places: vec![PlaceId::WORLD.to_string()],
        at: at.clone(),
        ..AssessRequest::default()
    };
    let assessment = match assess(observatory, &request) {
        Ok(assessment) => assessment,
        // Where nobody counts deaths there is no latest year, and an element is told without figures of the world.
        Err(AnswerError::NoPeriod | AnswerError::NoFigures { .. } | AnswerError::NothingSaid { .. }) => {
            return Ok(BTreeMap::new());
        }
        Err(other) => return Err(other.into()),
    };
    let lines = assessment.figures.iter().filter_map(|figure| {
        let point = Point {
            period: figure.data_period.clone().unwrap_or_else(|| figure.period.to_string()),
            value: figure.value?,
            low: figure.low,
            high: figure.high,
            preliminary: false,
        };
        let line = Line::of(
            &figure.measure,
            "the world",
            &figure.unit,
            vec![point],
            figure.source.clone(),
            figure.as_of,
        );
        Some((figure.measure.clone(), line))
    });
    Ok(lines.collect())
}

fn outcome(anything: bool) -> Outcome {
    if anything { Outcome::Done } else { Outcome::Nothing }
}

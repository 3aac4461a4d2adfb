//! `agenda`: who is bound by what, what is due, and who is late.

use lysoen_answers::agenda::{AgendaState, Asked, Horizon};
use lysoen_answers::policy;
use lysoen_facts::ViewAt;

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
    let at = if leaves { policy::public(&observatory) } else { ViewAt::default() };
    let watch = Watch::spin(console, "Reading what states have done and what was listed");
    let state = AgendaState::of(&observatory, &at)?;
    drop(watch);
    tell_kept_back(&at.without, console)?;
    let on = global.as_of.unwrap_or_else(|| console.today());
    let participant = args.party.as_deref().map(|typed| state.participant(&observatory, typed));
    let asked = Asked {
        participant: participant.transpose()?,
        instrument: args.instrument.as_deref().map(|id| Ok::<_, Failure>(state.instrument(id)?.id.clone())).transpose()?,
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
        (None, None, None, Some(number)) => agenda::element(&observatory, &state, number, on, shown)?,
        (None, None, None, None) => agenda::overview(&state, on, shown)?,
    };
    target.text(console, &text)?;
    Ok(Outcome::Done)
}

fn outcome(anything: bool) -> Outcome {
    if anything { Outcome::Done } else { Outcome::Nothing }
}

//! `ladder` itself: the warnings that stand, or the ladder of a country.

use lysoen_answers::ladder::{LadderState, PlaceLadder, log};
use lysoen_ladder::rules::Status;

use crate::cli::{Global, LadderViewArgs, StatusWord};
use crate::commands::tell_kept_back;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::ladder;
use crate::output::terminal::Shown;
use crate::progress::Watch;

/// Runs `ladder`.
pub(super) fn run(args: &LadderViewArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    super::not_to_come(global.as_of, console)?;
    let asked = super::asked(global, args.reconstruct)?;
    let observatory = crate::commands::open(global, console)?;
    let target = global.target();
    let leaves = !target.is_table() && !args.own_use;
    let at = super::at(&observatory, leaves);
    let watch = Watch::spin(console, "Reading what is known");
    let state = LadderState::of(&observatory, &at, asked, &|what| watch.say(what))?;
    drop(watch);
    tell_kept_back(&at.without, console)?;
    let shown = Shown {
        width: Some(console.prose_width()),
        paint: console.paint,
    };
    if args.place.is_empty() {
        if target.is_table() {
            target.text(console, &ladder::warnings(&state, shown))?;
        } else {
            target.sheet(console, &state.sheet())?;
        }
        return Ok(if state.standing.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Done
        });
    }
    let chain = log::chain(&observatory)?;
    let mut ladders: Vec<PlaceLadder> = Vec::new();
    for typed in &args.place {
        let place = observatory.place(typed)?;
        let mut ladder = state.place(&observatory, &place, &chain)?;
        ladder
            .rungs
            .retain(|rung| args.status.is_empty() || args.status.iter().any(|word| of(*word) == rung.status));
        ladders.push(ladder);
    }
    if target.is_table() {
        let mut text = String::new();
        for told in &ladders {
            text.push_str(&ladder::place(&state, told, &chain, args.full, shown));
        }
        target.text(console, &text)?;
    } else {
        target.sheet(console, &state.rungs_sheet(&ladders))?;
    }
    Ok(Outcome::Done)
}

fn of(word: StatusWord) -> Status {
    match word {
        StatusWord::Open => Status::Open,
        StatusWord::Blocked => Status::Blocked,
        StatusWord::NotAssessed => Status::NotAssessed,
        StatusWord::UnderWay => Status::UnderWay,
        StatusWord::TriedBefore => Status::TriedBefore,
    }
}

//! What can still be done at a place, by whom, and in time: each option's status and timing, with the reasons in sentences.
//!
//! Nothing is decided here. An option of which a consent, a mandate or the evidence is not known is *not assessed*, and never
//! open; a higher level of warning alone closes nothing; only what is recorded does, with its reason. A late option is told
//! and never hidden.

mod condition;
mod evidence;
mod status;
mod timing;
mod words;

use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;
use serde::Serialize;

use crate::option::{LadderOption, Phase, Tier};
use crate::statement::{Answer, Kind, Statement};
use crate::trigger::{Need, Reading};

pub use evidence::Grounds;
pub use status::Status;
pub use timing::{Timing, Waiting, Window};

/// What hard options always say.
pub const HARD: &str = "Collective authority, a human decision and legal review; never armed by a formula.";

/// What is known of a place on a day.
pub struct Situation<'a> {
    /// The place.
    pub place: &'a PlaceId,
    /// The day for which it is told.
    pub today: Date,
    /// What is recorded of the place and of what it lies in.
    pub statements: &'a [Statement],
    /// Whether a warning or an observed breach stands: published figures past a trigger are a pattern.
    pub warned: bool,
    /// The window against which lead times are held.
    pub window: &'a Window,
    /// What was done before.
    pub done: &'a [Done],
    /// The figures that harm checks ask for.
    pub reading: &'a dyn Fn(&Need) -> Reading,
}

/// What was done of an option at the place, by the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Done {
    /// The option.
    pub option: String,
    /// The day on which it began.
    pub since: Date,
    /// The day on which it ended; none while it is under way.
    pub until: Option<Date>,
    /// What came of it; none while it is under way.
    pub outcome: Option<String>,
}

/// An option at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// The option, as it is in the region.
    pub option: LadderOption,
    /// Whether it can be done.
    pub status: Status,
    /// The status in a few words, such as `blocked: host consent refused`.
    pub status_told: String,
    /// Why, in sentences.
    pub reasons: Vec<String>,
    /// For how many sites it is open, where it is agreed site by site.
    pub open_for_sites: Option<usize>,
    /// Whether the place is in a phase for which it is meant; none where the phase is not recorded. It closes nothing.
    pub fits_phase: Option<bool>,
    /// Whether it takes effect in the window.
    pub timing: Timing,
    /// The timing in a sentence, with who estimated the lead time.
    pub timing_told: String,
    /// What waiting costs.
    pub waiting: Waiting,
    /// What was done of it before.
    pub done: Vec<Done>,
    /// The rungs below that were not yet tried: id, title, status in words.
    pub below: Vec<Below>,
    /// Whether each harm check has failed; none where nothing is recorded of it.
    pub harm: Vec<Harm>,
    /// The cards of the sources of what is recorded about it.
    pub sources: Vec<String>,
}

/// A rung below that was not yet tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Below {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its status in words: why it was not tried, as far as that is known.
    pub status_told: String,
}

/// A harm check.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Harm {
    /// The question.
    pub text: String,
    /// Whether it has failed; none where nothing tells.
    pub failed: Option<bool>,
    /// Why.
    pub because: Option<String>,
}

/// Expressions of a catalog's harm checks, parsed by the caller: the option, the check's place in it, the expression.
pub type Checks<'a> = dyn Fn(&str, usize) -> Option<&'a crate::trigger::Expression> + 'a;

/// Every option at a place, in the order given. `unavailable` tells why an option is not to be had in the region.
pub fn rungs(
    options: Vec<(LadderOption, Option<String>)>,
    situation: &Situation<'_>,
    checks: &Checks<'_>,
) -> Vec<Rung> {
    let standing = Standing::of(situation);
    let mut rungs: Vec<Rung> = options
        .into_iter()
        .map(|(option, unavailable)| rung(option, unavailable, situation, &standing, checks))
        .collect();
    let all: Vec<(Tier, bool, Below)> = rungs
        .iter()
        .map(|rung| {
            let below = Below {
                id: rung.option.id.clone(),
                title: rung.option.title.clone(),
                status_told: rung.status_told.clone(),
            };
            (rung.option.tier, rung.done.is_empty(), below)
        })
        .collect();
    for rung in &mut rungs {
        let lower = all
            .iter()
            .filter(|(tier, untried, _)| *tier < rung.option.tier && *untried);
        rung.below = lower.map(|(_, _, below)| below.clone()).collect();
    }
    rungs
}

/// The statements that hold on the day, and the phase.
struct Standing<'s> {
    now: Vec<&'s Statement>,
    expired: Vec<&'s Statement>,
}

impl<'s> Standing<'s> {
    fn of(situation: &Situation<'s>) -> Standing<'s> {
        let begun = situation.statements.iter().filter(|said| said.from <= situation.today);
        let over = |said: &&Statement| said.until.is_some_and(|until| until < situation.today);
        let (expired, now) = begun.partition(over);
        Standing { now, expired }
    }

    /// The cards of what is recorded about an option, and of the evidence.
    fn sources(&self, option: &LadderOption) -> Vec<String> {
        let about =
            |said: &&&Statement| said.kind == Kind::Evidence || condition::is_about(said, condition::names(option));
        let all: std::collections::BTreeSet<&str> =
            self.now.iter().filter(about).map(|said| said.source.as_str()).collect();
        all.into_iter().map(str::to_string).collect()
    }
}

/// The phase that is recorded, and the statement that says so.
pub fn phase(statements: &[Statement], today: Date) -> Option<(Phase, &Statement)> {
    let holds = |said: &&Statement| {
        said.kind == Kind::Phase && said.from <= today && said.until.is_none_or(|until| until >= today)
    };
    let newest = statements
        .iter()
        .filter(holds)
        .max_by_key(|said| (said.from, &said.id))?;
    let phase = match newest.answer {
        Answer::PreCrisis => Phase::PreCrisis,
        Answer::Crisis => Phase::Crisis,
        Answer::Recovery => Phase::Recovery,
        _ => return None,
    };
    Some((phase, newest))
}

fn rung(
    option: LadderOption,
    unavailable: Option<String>,
    situation: &Situation<'_>,
    standing: &Standing<'_>,
    checks: &Checks<'_>,
) -> Rung {
    let harm = status::harm(&option, standing, situation, checks);
    let found = status::found(&option, unavailable, &harm, situation, standing);
    let phase = phase(situation.statements, situation.today).map(|(phase, _)| phase);
    let (timing, timing_told) = timing::timing(&option.lead_time, situation);
    let done = situation.done.iter().filter(|done| done.option == option.id).cloned();
    let mut reasons = found.reasons;
    if option.tier == Tier::Hard {
        reasons.push(HARD.to_string());
    }
    Rung {
        status: found.status,
        status_told: found.told,
        reasons,
        open_for_sites: found.sites,
        fits_phase: phase.map(|phase| option.phase.contains(&phase)),
        timing,
        timing_told,
        waiting: timing::waiting(&option.lead_time, situation),
        done: done.collect(),
        below: Vec::new(),
        harm,
        sources: standing.sources(&option),
        option,
    }
}

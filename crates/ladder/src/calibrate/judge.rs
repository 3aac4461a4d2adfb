//! From firing to episodes, and what became of episodes and events.

use super::EventKind;
use super::ground::{Ground, Happened, Outcome, first_day, in_a_row};

/// A warning that stands for a while.
pub(super) struct Episode {
    pub(super) unit: usize,
    /// The number of the origin that opened it.
    pub(super) origin: usize,
    pub(super) kind: Option<EventKind>,
}

/// What became of an episode.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    Right,
    Late,
    FalseAlarm,
    FollowedByAction,
    Unjudged,
}

/// What an event was to the trigger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Was {
    /// So many days after the data were available.
    Hit(i64),
    InCoolDown,
    Late,
    Missed,
    NotAssessable,
}

/// By place and origin: is the trigger activated there?
pub(super) fn activated(ground: &Ground<'_>, threshold: f64) -> Vec<bool> {
    let origins = ground.slots.len();
    let confirmations = ground.terms.confirmations as usize;
    let units = ground.trial.scores.chunks(origins);
    units
        .flat_map(|scores| (0..origins).map(|at| in_a_row(scores, at, confirmations, |score| score >= threshold)))
        .collect()
}

/// The episodes of all places, or of one, by place and time.
pub(super) fn episodes(ground: &Ground<'_>, activated: &[bool]) -> Vec<Episode> {
    (0..ground.happened.len())
        .flat_map(|unit| episodes_of(ground, activated, unit))
        .collect()
}

/// The episodes of one place.
pub(super) fn episodes_of(ground: &Ground<'_>, activated: &[bool], unit: usize) -> impl Iterator<Item = Episode> {
    let first = unit * ground.slots.len();
    let mut stands_to = None;
    (0..ground.slots.len()).filter_map(move |origin| {
        let month = ground.slots[origin].origin;
        if !activated[first + origin] || stands_to.is_some_and(|last| month <= last) {
            return None;
        }
        stands_to = Some(month.plus(ground.terms.cool_down_months as i32));
        Some(Episode {
            unit,
            origin,
            kind: ground.kinds[first + origin],
        })
    })
}

/// What became of an episode.
pub(super) fn became(ground: &Ground<'_>, episode: &Episode) -> Became {
    let origins = ground.slots.len();
    let opened = ground.slots[episode.origin].origin;
    let last = opened.plus(ground.terms.cool_down_months as i32);
    let mut belong = (episode.origin..origins).take_while(|at| ground.slots[*at].origin <= last);
    if belong.any(|at| ground.followed.contains(&(episode.unit, at))) {
        return Became::FollowedByAction;
    }
    match ground.outcomes[episode.unit * origins + episode.origin] {
        Outcome::Unknown => Became::Unjudged,
        Outcome::Event => Became::Right,
        Outcome::Sooner => Became::Late,
        Outcome::Nothing => Became::FalseAlarm,
    }
}

/// What an event was, to episodes of its own place in order of time.
pub(super) fn was(ground: &Ground<'_>, event: &Happened, episodes: &[Episode]) -> Was {
    if event.asked_at.is_none() {
        return Was::NotAssessable;
    }
    let (mut in_cool_down, mut late) = (false, false);
    for episode in episodes {
        let slot = &ground.slots[episode.origin];
        if slot.from <= event.month && event.month <= slot.to {
            return Was::Hit(first_day(event.month) - slot.available);
        }
        in_cool_down |= slot.to < event.month && event.month <= slot.stands_to;
        late |= slot.origin < event.month && event.month < slot.from;
    }
    match (in_cool_down, late) {
        (true, _) => Was::InCoolDown,
        (false, true) => Was::Late,
        (false, false) => Was::Missed,
    }
}

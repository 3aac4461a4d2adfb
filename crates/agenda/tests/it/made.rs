//! Rows made by hand in the Mine Ban Convention, and how `X` stands by them.

use jiff::civil::Date;
use lysoen_agenda::rules::participation::Participations;
use lysoen_agenda::{Act, Action, Precision, Standing, StandingWord};

use crate::fixture::{action, instrument, origin, told};

pub(crate) fn mine(participant: &str, act: Act, on: &str) -> Action {
    action("26-5", participant, act, on)
}

/// How `X` stands in the Mine Ban Convention by these rows.
pub(crate) fn stands(actions: &[Action], on: Date) -> Standing {
    told(&instrument("apmbc"), actions, &[]).of("X").on(on)
}

pub(crate) fn words(actions: &[Action], days: &[Date]) -> Vec<StandingWord> {
    days.iter().map(|day| stands(actions, *day).word).collect()
}

/// The only finding's message.
pub(crate) fn finding(told: &Participations) -> &str {
    assert_eq!(told.findings.len(), 1, "{:?}", told.findings);
    &told.findings[0].message
}

pub(crate) fn from(mut action: Action, source: &str, as_of: Date, verified: bool) -> Action {
    action.origin = origin(source, as_of, verified);
    action
}

pub(crate) fn effective(mut action: Action, on: Date) -> Action {
    action.effective = Some(on);
    action
}

pub(crate) fn year(mut action: Action) -> Action {
    action.precision = Precision::Year;
    action
}

pub(crate) fn dateless(mut action: Action) -> Action {
    (action.precision, action.date) = (Precision::None, None);
    action
}

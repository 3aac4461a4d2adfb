//! How many warnings were answered, and how soon.
//!
//! - A *warning* is a record `warn` with `alert`. Its updates are the same warning. One that was told from a replay is counted
//!   apart. So is one that was cancelled before its event came and before its window ended: it no longer said anything then.
//! - Its *first action* is the earliest `act` with `begun` that leads back to it by links: it answers a decision, which answers a
//!   proposal, which answers the warning or an update of it; or it answers such a proposal under a standing protocol. What
//!   merely happened at the same place afterwards is none.
//! - A warning is *closed* when its event has come, or its window has ended and the data show none. It is *open* while neither
//!   has happened, and *not known* where the data do not tell.
//! - A closed warning was *answered before* where its first action began on a day before that of the event; without an event,
//!   where it began by the last day of the window as it was told last (any day where there is no window). A closed warning that
//!   was not is *unanswered*.
//! - The *share* is of the closed warnings; none where none is closed. Warnings whose event did not come are in it: the action
//!   may be why.
//! - The *days to action* run from the day of the warning to that of its first action, over all warnings that have one, open
//!   ones too. Half of them took the median or less; where their number is even it lies between the middle two.
//! - A *partner* is the organisation of an act. Its figures are those of the warnings on which it has acted, by its own first
//!   action.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::chain::Chain;
use super::record::{Record, RecordAnswer};

/// What is known of the event of which a warning told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventSeen {
    /// It came on that day.
    On(Date),
    /// Not until now, and the window has not ended.
    NotYet,
    /// The window has ended without it.
    NotByEnd,
    /// The data do not tell.
    Unknown,
}

/// How many warnings were answered, and how soon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicators {
    /// Warnings, without replays and cancelled ones: those answered before, unanswered, open and not known.
    pub warnings: u64,
    /// Closed warnings that were answered before the event.
    pub answered_before: u64,
    /// Their share of the closed warnings; none where none is closed.
    pub share: Option<f64>,
    /// Warnings whose event has not come and whose window runs.
    pub open: u64,
    /// Closed warnings that were not answered before the event.
    pub unanswered: u64,
    /// Warnings of which the data do not tell whether the event came.
    pub not_known: u64,
    /// Warnings that were cancelled before the event; counted nowhere else.
    pub cancelled: u64,
    /// Warnings told from a replay; counted nowhere else.
    pub replays: u64,
    /// The median of the days from a warning to its first action; none where there was no action.
    pub median_days_to_action: Option<f64>,
    /// By place, in the order of the ids.
    pub by_place: Vec<Slice>,
    /// By organisation that acted, in the order of the names.
    pub by_partner: Vec<Slice>,
}

/// The same of some of the warnings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slice {
    /// The id of the place, or the name of the organisation.
    pub name: String,
    /// Warnings; for a partner those on which it has acted.
    pub warnings: u64,
    /// Closed warnings that were answered before the event.
    pub answered_before: u64,
    /// Their share of the closed ones.
    pub share: Option<f64>,
    /// The median of the days from a warning to its first action.
    pub median_days_to_action: Option<f64>,
}

/// A warning, and when somebody first acted.
#[derive(Clone, Copy)]
struct Case {
    told: Date,
    acted: Option<Date>,
    event: EventSeen,
    last: Option<Date>,
}

impl Case {
    fn is_closed(&self) -> bool {
        matches!(self.event, EventSeen::On(_) | EventSeen::NotByEnd)
    }

    fn is_answered_before(&self) -> bool {
        self.acted.is_some_and(|acted| match self.event {
            EventSeen::On(event) => acted < event,
            EventSeen::NotByEnd => self.last.is_none_or(|last| acted <= last),
            EventSeen::NotYet | EventSeen::Unknown => false,
        })
    }
}

impl Chain {
    /// The indicators as of a day. The function tells of a warning, by its first record, whether its event was seen by then.
    pub fn indicators(&self, day: Date, event: &dyn Fn(&Record) -> EventSeen) -> Indicators {
        let alert = |r: &&Record| r.answer == Some(RecordAnswer::Alert) && r.day() <= day;
        let mut all = Vec::new();
        let mut places: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
        let mut partners: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
        let (mut replays, mut cancelled) = (0, 0);
        for warning in self.records().iter().filter(alert) {
            if warning.replay {
                replays += 1;
                continue;
            }
            let actions = self.actions(warning.number, day);
            let case = Case {
                told: warning.day(),
                acted: actions.first().map(|act| act.day()),
                event: event(warning),
                last: self.last_day(warning, day),
            };
            if self.is_withdrawn(warning, &case, day) {
                cancelled += 1;
                continue;
            }
            all.push(case);
            places.entry(warning.place.as_str()).or_default().push(case);
            let mut seen = BTreeSet::new();
            for act in actions.iter().filter(|act| seen.insert(act.organisation.as_str())) {
                let acted = Some(act.day());
                partners
                    .entry(&act.organisation)
                    .or_default()
                    .push(Case { acted, ..case });
            }
        }
        let count = |so: &dyn Fn(&Case) -> bool| all.iter().filter(|case| so(case)).count() as u64;
        let whole = slice("", &all);
        Indicators {
            warnings: whole.warnings,
            answered_before: whole.answered_before,
            share: whole.share,
            open: count(&|case| case.event == EventSeen::NotYet),
            unanswered: count(&|case| case.is_closed() && !case.is_answered_before()),
            not_known: count(&|case| case.event == EventSeen::Unknown),
            cancelled,
            replays,
            median_days_to_action: whole.median_days_to_action,
            by_place: places.iter().map(|(name, cases)| slice(name, cases)).collect(),
            by_partner: partners.iter().map(|(name, cases)| slice(name, cases)).collect(),
        }
    }

    /// The last day of the window of a warning, as it was told last.
    fn last_day(&self, warning: &Record, day: Date) -> Option<Date> {
        let told = self.thread(warning.number).into_iter().rev();
        let mut told = told.filter(|r| r.day() <= day && r.answer != Some(RecordAnswer::Cancel));
        told.next()?.window.map(|(_, to)| to)
    }

    /// Whether a warning was cancelled while its event could still have come.
    fn is_withdrawn(&self, warning: &Record, case: &Case, day: Date) -> bool {
        self.cancelled(warning.number, day)
            .is_some_and(|cancel| match case.event {
                EventSeen::On(event) => cancel.day() < event,
                _ => case.last.is_none_or(|last| cancel.day() <= last),
            })
    }
}

fn slice(name: &str, cases: &[Case]) -> Slice {
    let closed = cases.iter().filter(|case| case.is_closed()).count();
    let answered = cases.iter().filter(|case| case.is_answered_before()).count();
    let days = cases
        .iter()
        .filter_map(|case| Some(days_between(case.told, case.acted?)));
    Slice {
        name: name.to_owned(),
        warnings: cases.len() as u64,
        answered_before: answered as u64,
        share: (closed > 0).then(|| answered as f64 / closed as f64),
        median_days_to_action: median(days.collect()),
    }
}

fn days_between(from: Date, to: Date) -> f64 {
    // Days are whole hours of 24 here: a civil day has no daylight saving.
    (to.duration_since(from).as_hours() / 24) as f64
}

fn median(mut of: Vec<f64>) -> Option<f64> {
    of.sort_by(f64::total_cmp);
    let middle = of.len() / 2;
    match of.len() {
        0 => None,
        n if n % 2 == 1 => Some(of[middle]),
        _ => Some((of[middle - 1] + of[middle]) / 2.0),
    }
}

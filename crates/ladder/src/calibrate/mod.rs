//! The record of a trigger: what it would have done on past origins.
//!
//! **Days.** The data of an *origin* (a month) are *available* on its last day + `lag_days`; nobody could have been warned
//! before. An *event* is a calendar month with `at_least` or more. It is dated to the first day of its month: the earliest
//! that it can have come, and so the choice that never flatters a lead time. A *window* of an origin holds the events dated
//! from available + `prepare_days` to available + `window_days`, both days included.
//!
//! **Firing.** The trigger fires at a place and origin at a threshold where its score there is not below the threshold. It is
//! *activated* where it has fired at `confirmations` origins in a row, this one the last. A place and origin are *assessed*
//! where the scores of the same origins are known.
//!
//! **Episodes.** An activation at a place where no episode stands opens one. Opened at the origin *m*, it stands through the
//! day on which the data of the month *m* + `cool_down_months` are available: activations at origins up to that month belong
//! to it and open nothing.
//!
//! **Onset and continuation.** An event is *onset* where none of the 12 months before it reached `at_least`, *continuation*
//! where one did; where none did and one is absent, its kind is unknown. A place and origin, and an episode opened there, are
//! *at onset risk* where none of the 12 months up to the origin reached it, and so forth. What is of unknown kind is counted
//! and left out.
//!
//! **Events judged.** Counted are the events after the first origin's month, up to the end of the last origin's window. One
//! that lies in no window of an assessed origin of its place is *not assessable*: the trigger was never asked. Of the others,
//! an event is, by whatever episode of its place and the first of these that holds:
//! 1. a *hit* in the window of an episode; its lead runs from the day of available data of the earliest such episode;
//! 2. *in cool-down* after the window of an episode, while that still stands: neither hit nor miss;
//! 3. *late* after the origin's month of an episode and before its available + `prepare_days`: the data came before the
//!    event, the warning too late to prepare for it;
//! 4. *missed*.
//!
//! The hit rate is hits / (hits + late + missed).
//!
//! **Windows and episodes judged.** They can be where the window holds the first day of a month and every month after the
//! origin up to the window's end is known; else an episode is *unjudged*. A window at onset risk is followed by an event
//! where it holds an onset; one at continuation risk where it holds any event. The base rate is the share of windows that
//! are. An episode is right where its window is followed by an event; late where there is such an event after the origin's
//! month and before the window; a *false alarm* otherwise. Episodes that were followed by action prove nothing either way:
//! they are counted apart and not judged. The false-alarm ratio is false alarms / (right + late + false alarms). The rate of
//! false alarms is per place-year of the windows, each of which stands for the time from one origin to the next. The return
//! period is place-years assessed per episode; beside it stand the years of the whole set per episode.
//!
//! **Intervals** are 90 % intervals of percentiles from resampling whole countries and, apart from it, whole calendar years
//! of origins. An event belongs to the year of the first assessed origin in whose window it lies. With fewer than
//! [`FEWEST`] events hit, late or missed there are counts and no rates.
//!
//! **A threshold suggested** ([`Suggestion`]) is chosen on the earlier half of the origins; its record comes from later
//! ones only, after a gap, so that no window of the earlier reaches into the later.
//!
//! **Beside it** stand "last 12 months" and "chance" ([`Beside`]) with as many episodes. For each kind the benchmark takes
//! the trigger's place at the windows of that kind alone; elsewhere the trigger's own activations stay. So it spends its
//! activations where the trigger spends them, and not on wars that everybody knows.

mod beside;
mod counts;
mod export;
mod ground;
mod judge;
mod record;
mod suggest;
mod trial;
mod trigger_record;

pub use beside::Beside;
pub use counts::{Counts, Estimate, FEWEST, Interval};
pub use export::{actuals_csv, origins_csv};
pub use record::{Measured, Own, Record, Settings, Unknown, record};
pub use suggest::{Budgeted, Point, Suggestion};
pub use trial::{Event, Invalid, Terms, Trial};
pub use trigger_record::{BesideRate, CurvePoint, EstimateWithin, KindCounts, TriggerRecord};

/// What an event or a window at risk is: something new, or more of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// After 12 months without.
    Onset,
    /// After a month with one among the last 12.
    Continuation,
}

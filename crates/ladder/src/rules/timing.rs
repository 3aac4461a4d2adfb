//! Whether an option takes effect before the window of a warning is over, and what waiting costs.

use jiff::civil::Date;
use serde::Serialize;

use super::Situation;
use super::words::days;
use crate::option::LeadTime;

/// The days against which lead times are held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Of what it is, in a sentence.
    pub told: String,
}

/// Whether an option takes effect in the window. A late option may still be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// Even the longest lead time ends within the window.
    InTime,
    /// Only the shortest one does.
    MayArriveLate,
    /// Not even the shortest one does.
    AfterWindow,
}

impl Timing {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Timing::InTime => "in-time",
            Timing::MayArriveLate => "may-arrive-late",
            Timing::AfterWindow => "after-window",
        }
    }

    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Timing::InTime => "in time",
            Timing::MayArriveLate => "may arrive late",
            Timing::AfterWindow => "effect after this window",
        }
    }
}

/// What waiting costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The last day on which it can be decided so that it surely takes effect in the window; none where that has passed.
    pub in_time: Option<Date>,
    /// The last day on which it can be decided so that it may; none where that has passed.
    pub at_all: Option<Date>,
    /// In a sentence.
    pub told: String,
}

/// The timing, and a sentence with who estimated the lead time.
pub(super) fn timing(lead: &LeadTime, situation: &Situation<'_>) -> (Timing, String) {
    let left = left(situation);
    let (least, most) = lead.days();
    let (least, most) = (i64::from(least), i64::from(most));
    let timing = if most <= left {
        Timing::InTime
    } else if least <= left {
        Timing::MayArriveLate
    } else {
        Timing::AfterWindow
    };
    let span = if least == most {
        days(most)
    } else {
        format!("{least} to {}", days(most))
    };
    let said = match timing {
        Timing::InTime => "in time",
        Timing::MayArriveLate => "it may arrive late",
        Timing::AfterWindow => "its effect comes after this window, and preparation may start now",
    };
    let over = match left {
        left if left < 0 => format!("the window ended on {}", situation.window.to),
        left => format!("the window ends in {}", days(left)),
    };
    let told = format!(
        "{span} from decision to effect, and {over}: {said} (lead time estimated by {} on {}).",
        lead.estimated_by, lead.estimated_on
    );
    (timing, told)
}

/// What waiting costs.
pub(super) fn waiting(lead: &LeadTime, situation: &Situation<'_>) -> Waiting {
    let before = |days: u32| {
        situation
            .window
            .to
            .checked_sub(jiff::Span::new().days(i64::from(days)))
            .ok()
    };
    let coming = |day: &Date| *day >= situation.today;
    let (least, most) = lead.days();
    let (in_time, at_all) = (before(most).filter(coming), before(least).filter(coming));
    let told = match (in_time, at_all) {
        (Some(sure), Some(last)) if sure == last => {
            format!("Decided by {sure} it takes effect in the window; later it does not.")
        }
        (Some(sure), Some(last)) => {
            format!("Decided by {sure} it takes effect in the window; from then to {last} it may; later it does not.")
        }
        (_, Some(last)) => format!("It can no longer be sure to take effect in the window; decided by {last} it may."),
        (_, None) => "It cannot take effect in this window any more; begun today it is there sooner than begun later."
            .to_string(),
    };
    Waiting { in_time, at_all, told }
}

/// Days from today to the end of the window.
fn left(situation: &Situation<'_>) -> i64 {
    i64::from((situation.window.to - situation.today).get_days())
}

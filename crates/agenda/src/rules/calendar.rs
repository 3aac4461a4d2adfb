//! Days and months, counted and told.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::wait::Wait;

/// A day as it is told: `30 Apr 2026`.
pub(super) fn told(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// A number of things: `1 month`, `7 months`.
pub(super) fn counted(number: i32, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// The whole months from a day to one that is not before it.
pub(super) fn months(from: Date, to: Date) -> i32 {
    let years = i32::from(to.year()) - i32::from(from.year());
    let months = 12 * years + i32::from(to.month()) - i32::from(from.month());
    months - i32::from(to.day() < from.day())
}

/// The days from a day to another; below zero where that is earlier.
pub(super) fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// The last day of a year.
pub(super) fn year_end(year: i16) -> Option<Date> {
    Date::new(year, 12, 31).ok()
}

/// A day that is known to lie between two others; it is known exactly where these are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between {
    /// Not before; none where nothing is known.
    pub(super) earliest: Option<Date>,
    /// Not after; none where nothing is known.
    pub(super) latest: Option<Date>,
}

impl Between {
    /// A day of which nothing is known.
    pub(super) const UNKNOWN: Between = Between {
        earliest: None,
        latest: None,
    };

    /// A day that is known.
    pub(super) fn on(day: Date) -> Between {
        Between {
            earliest: Some(day),
            latest: Some(day),
        }
    }

    /// The day, where it is known exactly.
    pub(super) fn exact(self) -> Option<Date> {
        self.earliest.filter(|_| self.earliest == self.latest)
    }

    /// What follows from it, by a rule that never turns two days around.
    pub(super) fn then(self, rule: impl Fn(Date) -> Option<Date>) -> Between {
        Between {
            earliest: self.earliest.and_then(&rule),
            latest: self.latest.and_then(&rule),
        }
    }

    /// The day that follows after a time.
    pub(super) fn after(self, wait: Wait) -> Between {
        self.then(|day| wait.after(day))
    }

    /// Whether it may lie in a window.
    pub(super) fn may_lie_in(self, window: &RangeInclusive<Date>) -> bool {
        self.earliest.is_none_or(|day| day <= *window.end()) && self.latest.is_none_or(|day| day >= *window.start())
    }
}

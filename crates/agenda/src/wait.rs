//! How long after a day something happens, in the words of the treaties.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A time that a treaty lets pass: `30 days`, `3 months`, `10 years`, `first day of the 6th month`,
/// `first day of the month after 60 days`, `first day of the month after 3 months`,
/// `end of the 5-year period from 1961-01-12 with 6 months' notice`.
///
/// The first day of the 6th month after 20 August is 1 February: the month of the day itself does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Wait {
    /// So many days after.
    Days(u16),
    /// The same day of the month so many months later; the last one where that month is shorter.
    Months(u16),
    /// The first day of a month, counted from the one after the day's own.
    MonthStart(u16),
    /// The first day of the month that follows so many days.
    MonthStartAfterDays(u16),
    /// The first day of the month that follows so many months.
    MonthStartAfterMonths(u16),
    /// The end of a period for which a treaty is in force.
    PeriodEnd {
        /// How many years a period lasts.
        years: u16,
        /// The end of the first one.
        from: Date,
        /// How many months before the end notice must be given.
        notice: u16,
    },
}

/// A time that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no time that a treaty lets pass; write `30 days`, `3 months`, `10 years`, `first day of the 6th month`, \
     `first day of the month after 60 days` or `end of the 5-year period from 1961-01-12 with 6 months' notice`"
)]
pub struct NotAWait(String);

impl Wait {
    /// The day that follows; none where the calendar ends before.
    pub fn after(self, day: Date) -> Option<Date> {
        let month_start = |day: Date, months: u16| {
            let first = day.first_of_month();
            first.checked_add(i32::from(months).months()).ok()
        };
        match self {
            Wait::Days(days) => day.checked_add(i32::from(days).days()).ok(),
            Wait::Months(months) => day.checked_add(i32::from(months).months()).ok(),
            Wait::MonthStart(months) => month_start(day, months),
            Wait::MonthStartAfterDays(days) => month_start(day.checked_add(i32::from(days).days()).ok()?, 1),
            Wait::MonthStartAfterMonths(months) => month_start(day.checked_add(i32::from(months).months()).ok()?, 1),
            Wait::PeriodEnd { years, from, notice } => {
                let known = day.checked_add(i32::from(notice).months()).ok()?;
                let end = |n: i32| from.checked_add(Span::new().try_years(n * i32::from(years)).ok()?).ok();
                let mut ends = (0..).map_while(end);
                ends.find(|end| *end >= known)
            }
        }
    }
}

impl FromStr for Wait {
    type Err = NotAWait;

    fn from_str(text: &str) -> Result<Wait, NotAWait> {
        let unknown = || NotAWait(text.to_string());
        let plain = |text: &str| {
            let (number, unit) = text.split_once(' ').ok_or_else(unknown)?;
            let number: u16 = number.parse().map_err(|_| unknown())?;
            match unit {
                "day" | "days" => Ok(Wait::Days(number)),
                "month" | "months" => Ok(Wait::Months(number)),
                "year" | "years" => number.checked_mul(12).map(Wait::Months).ok_or_else(unknown),
                _ => Err(unknown()),
            }
        };
        if let Some(rest) = text.strip_prefix("first day of the month after ") {
            return match plain(rest)? {
                Wait::Days(days) => Ok(Wait::MonthStartAfterDays(days)),
                Wait::Months(months) => Ok(Wait::MonthStartAfterMonths(months)),
                _ => Err(unknown()),
            };
        }
        if let Some(rest) = text.strip_prefix("first day of the ") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let months: u16 = digits.parse().map_err(|_| unknown())?;
            return match &rest[digits.len()..] {
                "st month" | "nd month" | "rd month" | "th month" if months > 0 => Ok(Wait::MonthStart(months)),
                _ => Err(unknown()),
            };
        }
        if let Some(rest) = text.strip_prefix("end of the ") {
            return period_end(rest).ok_or_else(unknown);
        }
        plain(text)
    }
}

/// Reads `5-year period from 1961-01-12 with 6 months' notice`.
fn period_end(text: &str) -> Option<Wait> {
    let (years, rest) = text.split_once("-year period from ")?;
    let (from, rest) = rest.split_once(" with ")?;
    let notice = rest.strip_suffix(" months' notice")?.parse().ok()?;
    let years = years.parse().ok().filter(|years| *years > 0)?;
    let from = from.parse().ok()?;
    Some(Wait::PeriodEnd { years, from, notice })
}

impl TryFrom<String> for Wait {
    type Error = NotAWait;

    fn try_from(text: String) -> Result<Wait, NotAWait> {
        text.parse()
    }
}

impl From<Wait> for String {
    fn from(wait: Wait) -> String {
        wait.to_string()
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |f: &mut fmt::Formatter<'_>, number: u16, unit: &str| {
            write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
        };
        let months = |f: &mut fmt::Formatter<'_>, months: u16| match months % 12 {
            0 if months > 0 => plain(f, months / 12, "year"),
            _ => plain(f, months, "month"),
        };
        match *self {
            Wait::Days(days) => plain(f, days, "day"),
            Wait::Months(number) => months(f, number),
            Wait::MonthStart(number) => {
                let ending = match (number % 10, number % 100) {
                    (1, tens) if tens != 11 => "st",
                    (2, tens) if tens != 12 => "nd",
                    (3, tens) if tens != 13 => "rd",
                    _ => "th",
                };
                write!(f, "first day of the {number}{ending} month")
            }
            Wait::MonthStartAfterDays(days) => {
                f.write_str("first day of the month after ")?;
                plain(f, days, "day")
            }
            Wait::MonthStartAfterMonths(number) => {
                f.write_str("first day of the month after ")?;
                months(f, number)
            }
            Wait::PeriodEnd { years, from, notice } => write!(
                f,
                "end of the {years}-year period from {from} with {notice} months' notice"
            ),
        }
    }
}

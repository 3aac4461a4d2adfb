//! Periods: a month, a quarter or a year of the Gregorian calendar.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// First year that a period may have.
pub const FIRST_YEAR: i16 = 1;
/// Last year that a period may have.
pub const LAST_YEAR: i16 = 9998;

/// A month (`2024-03`), a quarter (`2024-Q1`) or a year (`2024`), of the years 1 to 9998.
///
/// Ordered by first day, then by length: `2024-01` < `2024-Q1` < `2024` < `2024-02`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// A month.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: u8,
    },
    /// A quarter.
    Quarter {
        /// The year.
        year: i16,
        /// 1 to 4.
        quarter: u8,
    },
    /// A year.
    Year(i16),
}

/// A text or number that is no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPeriod {
    /// The text has another form.
    #[error("`{0}` is not a period; write a month as `2024-03`, a quarter as `2024-Q1` or a year as `2024`")]
    Form(String),
    /// A year, month or quarter out of range.
    #[error("{0} is out of range; years run from 1 to 9998, months from 1 to 12, quarters from 1 to 4")]
    Range(String),
    /// The VIEWS month lies outside the years allowed.
    #[error("VIEWS month {0} is out of range; month 1 is January 1980")]
    ViewsMonth(i32),
}

impl Period {
    /// A month; `month` 1 to 12.
    pub fn month(year: i16, month: u8) -> Result<Self, NotAPeriod> {
        Self::checked(Self::Month { year, month }, year, month, 12)
    }

    /// A quarter; `quarter` 1 to 4.
    pub fn quarter(year: i16, quarter: u8) -> Result<Self, NotAPeriod> {
        Self::checked(Self::Quarter { year, quarter }, year, quarter, 4)
    }

    /// A year.
    pub fn year(year: i16) -> Result<Self, NotAPeriod> {
        Self::checked(Self::Year(year), year, 1, 1)
    }

    fn checked(period: Self, year: i16, part: u8, last: u8) -> Result<Self, NotAPeriod> {
        if (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=last).contains(&part) {
            Ok(period)
        } else {
            Err(NotAPeriod::Range(format!("{period}")))
        }
    }

    /// The month that holds a date of the years 1 to 9998.
    pub fn month_of(date: Date) -> Result<Self, NotAPeriod> {
        Self::month(date.year(), date.month() as u8)
    }

    /// The month of a VIEWS `month_id`: 1 is January 1980, 493 January 2021.
    pub fn from_views_month(month_id: i32) -> Result<Self, NotAPeriod> {
        let refused = || NotAPeriod::ViewsMonth(month_id);
        let months = month_id
            .checked_sub(1)
            .and_then(|n| n.checked_add(1980 * 12))
            .ok_or_else(refused)?;
        let year = i16::try_from(months.div_euclid(12)).map_err(|_| refused())?;
        Self::month(year, months.rem_euclid(12) as u8 + 1).map_err(|_| refused())
    }

    /// The VIEWS `month_id` of the first month: 1 for January 1980, less before.
    pub fn views_month(self) -> i32 {
        i32::from(self.calendar_year()) * 12 + i32::from(self.first_month()) - 1980 * 12
    }

    /// The calendar year.
    pub fn calendar_year(self) -> i16 {
        match self {
            Self::Month { year, .. } | Self::Quarter { year, .. } | Self::Year(year) => year,
        }
    }

    /// The number of months: 1, 3 or 12.
    pub fn length(self) -> u8 {
        match self {
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 3,
            Self::Year(_) => 12,
        }
    }

    fn first_month(self) -> u8 {
        match self {
            Self::Month { month, .. } => month.clamp(1, 12),
            Self::Quarter { quarter, .. } => quarter.clamp(1, 4) * 3 - 2,
            Self::Year(_) => 1,
        }
    }

    /// The first day.
    pub fn start(self) -> Date {
        let year = self.calendar_year().clamp(FIRST_YEAR, LAST_YEAR);
        jiff::civil::date(year, self.first_month() as i8, 1)
    }

    /// The last day, which is part of the period.
    pub fn end(self) -> Date {
        let last = self.first_month() + self.length() - 1;
        let year = self.calendar_year().clamp(FIRST_YEAR, LAST_YEAR);
        jiff::civil::date(year, last as i8, 1).last_of_month()
    }

    /// Does the day lie in the period?
    pub fn contains(self, day: Date) -> bool {
        self.start() <= day && day <= self.end()
    }

    /// Does the whole of the other period lie in this one?
    pub fn covers(self, other: Self) -> bool {
        self.start() <= other.start() && other.end() <= self.end()
    }

    /// The period of the same length that follows; the last one is its own successor.
    pub fn next(self) -> Self {
        self.step(1)
    }

    /// The period of the same length before; the first one is its own predecessor.
    pub fn prev(self) -> Self {
        self.step(-1)
    }

    fn step(self, by: i32) -> Self {
        let year = i32::from(self.calendar_year());
        let moved = match self {
            Self::Month { month, .. } => turn(year, month, 12, by).and_then(|(y, m)| Self::month(y, m).ok()),
            Self::Quarter { quarter, .. } => turn(year, quarter, 4, by).and_then(|(y, q)| Self::quarter(y, q).ok()),
            Self::Year(_) => turn(year, 1, 1, by).and_then(|(y, _)| Self::year(y).ok()),
        };
        moved.unwrap_or(self)
    }

    /// Its months, in order.
    pub fn months(self) -> impl Iterator<Item = Period> {
        let (year, first) = (self.calendar_year(), self.first_month());
        (first..first + self.length()).map(move |month| Self::Month { year, month })
    }
}

/// Year and part (1 to `parts`) after `by` steps.
fn turn(year: i32, part: u8, parts: i32, by: i32) -> Option<(i16, u8)> {
    let total = year * parts + i32::from(part) - 1 + by;
    Some((
        i16::try_from(total.div_euclid(parts)).ok()?,
        total.rem_euclid(parts) as u8 + 1,
    ))
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |p: &Self| (p.calendar_year(), p.first_month(), p.length());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let form = || NotAPeriod::Form(text.to_owned());
        let digits = |part: &str, width: usize| -> Result<i16, NotAPeriod> {
            if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) {
                part.parse().map_err(|_| form())
            } else {
                Err(form())
            }
        };
        let Some((year, rest)) = text.split_once('-') else {
            return Self::year(digits(text, 4)?);
        };
        let year = digits(year, 4)?;
        match rest.strip_prefix('Q') {
            Some(quarter) => Self::quarter(year, digits(quarter, 1)? as u8),
            None => Self::month(year, digits(rest, 2)? as u8),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

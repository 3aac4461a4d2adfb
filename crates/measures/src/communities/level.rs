//! The level at which a country is looked at, and the span of time.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use lysoen_lexicon::period::Period;

/// A level of areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// First-order areas: provinces, states, governorates.
    Admin1,
    /// Second-order areas: districts, sub-prefectures.
    Admin2,
    /// Third-order areas: communes, sub-districts.
    Admin3,
    /// The cells of PRIO-GRID, half a degree each way.
    Grid,
}

impl Level {
    /// Every level, the coarsest first and the grid last.
    pub const ALL: [Level; 4] = [Level::Admin1, Level::Admin2, Level::Admin3, Level::Grid];

    /// 1, 2 or 3; none for the grid.
    pub fn number(self) -> Option<i16> {
        match self {
            Level::Admin1 => Some(1),
            Level::Admin2 => Some(2),
            Level::Admin3 => Some(3),
            Level::Grid => None,
        }
    }

    /// The levels above it, the next coarser first; none above the grid.
    pub fn above(self) -> &'static [Level] {
        match self {
            Level::Admin1 | Level::Grid => &[],
            Level::Admin2 => &[Level::Admin1],
            Level::Admin3 => &[Level::Admin2, Level::Admin1],
        }
    }

    /// The areas of the level in words, many of them.
    pub fn plural(self) -> &'static str {
        match self {
            Level::Admin1 => "first-order areas",
            Level::Admin2 => "second-order areas",
            Level::Admin3 => "third-order areas",
            Level::Grid => "PRIO-GRID cells",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Admin1 => "admin1",
            Level::Admin2 => "admin2",
            Level::Admin3 => "admin3",
            Level::Grid => "grid",
        })
    }
}

/// A period, or the periods from one to another of the same length: `2014`, `1989..2022`, `2013-12..2014-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first period.
    pub from: Period,
    /// The last period, which is part of the span.
    pub to: Period,
}

impl Span {
    /// The first day.
    pub fn start(self) -> Date {
        self.from.start()
    }

    /// The last day, which is part of the span.
    pub fn end(self) -> Date {
        self.to.end()
    }

    /// How long it is, in years of twelve months.
    pub fn years(self) -> f64 {
        let (first, last) = (self.start(), self.end());
        let month = |day: Date| f64::from(day.year()) * 12.0 + f64::from(day.month());
        (month(last) - month(first) + 1.0) / 12.0
    }

    /// Without the periods at its ends that lie wholly outside of some days; none where all of them do.
    pub fn within(self, (first, last): (Date, Date)) -> Option<Span> {
        let (mut from, mut to) = (self.from, self.to);
        if to.end() < first || last < from.start() {
            return None;
        }
        while from.end() < first {
            from = from.next();
        }
        while last < to.start() {
            to = to.prev();
        }
        Some(Span { from, to })
    }

    /// The one period, where it is one.
    pub fn single(self) -> Option<Period> {
        (self.from == self.to).then_some(self.to)
    }
}

impl From<Period> for Span {
    fn from(period: Period) -> Span {
        Span {
            from: period,
            to: period,
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.single() {
            Some(period) => write!(f, "{period}"),
            None => write!(f, "{}..{}", self.from, self.to),
        }
    }
}

/// A text that is no span of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASpan {
    /// One of its ends is no period.
    #[error(transparent)]
    Period(#[from] lysoen_lexicon::period::NotAPeriod),
    /// It runs backwards, or from a year to a month.
    #[error(
        "`{0}` is no span of time; write the first and the last period of one kind, such as 1989..2022 or 2013-12..2014-03"
    )]
    Order(String),
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let Some((from, to)) = text.split_once("..") else {
            return Ok(Span::from(text.parse::<Period>()?));
        };
        let (from, to): (Period, Period) = (from.parse()?, to.parse()?);
        if from.length() == to.length() && from <= to {
            Ok(Span { from, to })
        } else {
            Err(NotASpan::Order(text.to_string()))
        }
    }
}

//! The months in which the deaths of an event stand that spans several.

use jiff::civil::Date;
use lysoen_lexicon::panel::Month;

use super::{last_day, month_of};

/// What is done with events whose days lie in several months. An event within one month stands in that month always.
///
/// Many of these are sums of what was told for a campaign or a siege, dated only to its beginning and its end. An event is
/// *dated to more than a month* where the source says so (UCDP's `date_prec` 5) or it lasts 32 days or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LongSpans {
    /// All deaths stand in the month of the last day, as in UCDP's own monthly sums and in the VIEWS challenge.
    #[default]
    EndMonth,
    /// Deaths are spread evenly over the days, in whole numbers that add up to the event's own.
    Spread,
    /// An event dated to more than a month is left out and counted; another that straddles two stands in the month of its
    /// last day.
    Drop,
}

impl LongSpans {
    /// Its name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            LongSpans::EndMonth => "end-month",
            LongSpans::Spread => "spread",
            LongSpans::Drop => "drop",
        }
    }
}

/// Deaths over the months of a span of days: in proportion to the days, rounded by largest remainder, the earlier month
/// first where remainders are equal. The months are in order; only the last may be without deaths.
pub fn spread(deaths: i64, start: Date, end: Date) -> Vec<(Month, i64)> {
    let (first, last) = (month_of(start.min(end)), month_of(end));
    let days = |month: Month| {
        let from = month
            .period()
            .map_or(start, |period| period.start())
            .max(start.min(end));
        i64::from((last_day(month).min(end) - from).get_days()) + 1
    };
    let months: Vec<(Month, i64)> = (0..=last.since(first))
        .map(|n| first.plus(n))
        .map(|month| (month, days(month)))
        .collect();
    let all: i64 = months.iter().map(|(_, days)| days).sum();
    let mut shares: Vec<(Month, i64)> = months.iter().map(|(m, days)| (*m, deaths * days / all)).collect();
    let over = deaths - shares.iter().map(|(_, share)| share).sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..months.len()).collect();
    by_remainder.sort_by_key(|at| (-(deaths * months[*at].1 % all), *at));
    for at in by_remainder.into_iter().take(usize::try_from(over).unwrap_or(0)) {
        shares[at].1 += 1;
    }
    shares.retain(|(month, share)| *share != 0 || *month == last);
    shares
}

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

/// Deaths over the months of a span of days: in proportion to the days, rounded by largest remainder, the earlier month
/// first where remainders are equal. The months are in order; only the last may be without deaths.
pub(super) fn spread(deaths: i64, start: Date, end: Date) -> Vec<(Month, i64)> {
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

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn deaths_are_spread_by_days_and_the_largest_remainders_are_rounded_up() {
        // 15, 28 and 17 days of 60: 2.5, 4.67 and 2.83 of ten.
        let found = spread(10, date(2022, 1, 17), date(2022, 3, 17));
        assert_eq!(
            found,
            [
                (Month::of(2022, 1), 2),
                (Month::of(2022, 2), 5),
                (Month::of(2022, 3), 3)
            ]
        );
        // A tie goes to the earlier month.
        let found = spread(1, date(2022, 1, 31), date(2022, 2, 1));
        assert_eq!(found, [(Month::of(2022, 1), 1), (Month::of(2022, 2), 0)]);
    }

    proptest! {
        #[test]
        fn spread_deaths_add_up_to_the_events_own(deaths in 0_i64..1_000_000, from in 0_i32..12_000, long in 0_i32..2_000) {
            let start = date(1989, 1, 1).saturating_add(from.days());
            let end = start.saturating_add(long.days());
            let shares = spread(deaths, start, end);
            prop_assert_eq!(shares.iter().map(|(_, n)| n).sum::<i64>(), deaths);
            prop_assert!(shares.iter().all(|(month, n)| *n >= 0 && *month >= month_of(start) && *month <= month_of(end)));
        }
    }
}

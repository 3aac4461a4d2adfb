//! One event, and what events add up to.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;

use super::{Tallied, Tally};
use crate::cell;
use crate::records::Header;

/// Where the columns that are needed stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) country_id: usize,
    pub(super) date_end: usize,
    pub(super) violence: usize,
    pub(super) best: usize,
    pub(super) low: Option<usize>,
    pub(super) high: Option<usize>,
    pub(super) country: Option<usize>,
}

/// One event, as far as it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) country_id: u32,
    pub(super) month: Month,
    pub(super) violence: u8,
    pub(super) best: u64,
    pub(super) low: Option<u64>,
    pub(super) high: Option<u64>,
}

/// Months since the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Month(u32);

impl Month {
    /// None before the year 0. `month` is 1 to 12.
    pub(super) fn new(year: u32, month: u32) -> Month {
        Month(year * 12 + month - 1)
    }

    fn of(day: Date) -> Option<Month> {
        Some(Month::new(
            u32::try_from(day.year()).ok()?,
            day.month().unsigned_abs().into(),
        ))
    }

    fn first_day(self) -> Date {
        // The year came from a date or from four digits, so that both parts fit.
        Date::constant((self.0 / 12) as i16, (self.0 % 12 + 1) as i8, 1)
    }
}

impl Columns {
    /// Finds the columns by name, or names the one that is missing.
    pub(super) fn find(header: &Header) -> Result<Columns, &'static str> {
        let needed = |name: &'static str| header.index(name).ok_or(name);
        let deaths = |name: &str, web: &str| header.index(name).or_else(|| header.index(web));
        Ok(Columns {
            country_id: needed("country_id")?,
            date_end: needed("date_end")?,
            violence: needed("type_of_violence")?,
            best: deaths("best", "best_est").ok_or("best")?,
            low: deaths("low", "low_est"),
            high: deaths("high", "high_est"),
            country: header.index("country"),
        })
    }

    /// The event in a row of text cells; none where it lacks what a tally needs.
    pub(super) fn event<'a>(&self, text: impl Fn(usize) -> &'a str) -> Option<Event> {
        let people = |at: usize| {
            cell::integer(text(at))
                .ok()
                .flatten()
                .and_then(|n| u64::try_from(n).ok())
        };
        let whole = |at: usize| cell::integer(text(at)).ok().flatten();
        Some(Event {
            country_id: whole(self.country_id).and_then(|n| u32::try_from(n).ok())?,
            month: Month::of(day(text(self.date_end))?)?,
            violence: whole(self.violence)
                .and_then(|n| u8::try_from(n).ok())
                .filter(|n| (1..=3).contains(n))?,
            best: people(self.best)?,
            low: self.low.and_then(people),
            high: self.high.and_then(people),
        })
    }

    /// The country's name in a row of text cells.
    pub(super) fn country<'a>(&self, text: impl Fn(usize) -> &'a str) -> String {
        self.country.map(|at| text(at).trim().to_string()).unwrap_or_default()
    }
}

/// The export of UCDP's web page writes the month first; every other layout writes ISO days.
fn day(text: &str) -> Option<Date> {
    let day = if text.contains('/') {
        cell::us_date(text)
    } else {
        cell::date(text)
    };
    day.ok().flatten()
}

/// What the events add up to so far.
#[derive(Debug, Default)]
pub(super) struct Sums {
    by_key: HashMap<Key, Sum>,
    /// The name that a country has in its first row, with the number of the block in which that stands.
    names: HashMap<u32, (u64, String)>,
    pub(super) rows_read: u64,
    pub(super) rows_left_out: u64,
}

type Key = (u32, Month, u8);

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    events: u64,
    best: u64,
    low: u64,
    without_low: u64,
    high: u64,
    without_high: u64,
}

impl Sum {
    fn add(&mut self, other: &Sum) {
        self.events += other.events;
        self.best = self.best.saturating_add(other.best);
        self.low = self.low.saturating_add(other.low);
        self.without_low += other.without_low;
        self.high = self.high.saturating_add(other.high);
        self.without_high += other.without_high;
    }
}

impl Sums {
    /// Adds an event from a block of the file; the name is asked for where it may be the country's first.
    pub(super) fn add(&mut self, event: &Event, block: u64, name: impl FnOnce() -> String) {
        let sum = Sum {
            events: 1,
            best: event.best,
            low: event.low.unwrap_or(0),
            without_low: event.low.is_none().into(),
            high: event.high.unwrap_or(0),
            without_high: event.high.is_none().into(),
        };
        match self.by_key.entry((event.country_id, event.month, event.violence)) {
            Entry::Occupied(mut known) => known.get_mut().add(&sum),
            Entry::Vacant(new) => {
                new.insert(sum);
                self.names.entry(event.country_id).or_insert_with(|| (block, name()));
            }
        }
    }

    /// Adds what another thread has found in other blocks.
    pub(super) fn merge(&mut self, other: Sums) {
        for (key, sum) in other.by_key {
            self.by_key.entry(key).or_default().add(&sum);
        }
        for (country, (block, name)) in other.names {
            match self.names.entry(country) {
                Entry::Occupied(known) if known.get().0 < block => {}
                Entry::Occupied(mut known) => *known.get_mut() = (block, name),
                Entry::Vacant(new) => drop(new.insert((block, name))),
            }
        }
        self.rows_read += other.rows_read;
        self.rows_left_out += other.rows_left_out;
    }

    /// The result, in the order of its keys.
    pub(super) fn tallied(self) -> Tallied {
        let mut tallies: Vec<(Key, Sum)> = self.by_key.into_iter().collect();
        tallies.sort_unstable_by_key(|(key, _)| *key);
        let tally = |((country_id, month, violence), sum): (Key, Sum)| Tally {
            country_id,
            country: self
                .names
                .get(&country_id)
                .map(|(_, name)| name.clone())
                .unwrap_or_default(),
            month: month.first_day(),
            violence,
            events: sum.events,
            best: sum.best,
            low: (sum.without_low == 0).then_some(sum.low),
            high: (sum.without_high == 0).then_some(sum.high),
        };
        Tallied {
            tallies: tallies.into_iter().map(tally).collect(),
            rows_read: self.rows_read,
            rows_left_out: self.rows_left_out,
        }
    }
}

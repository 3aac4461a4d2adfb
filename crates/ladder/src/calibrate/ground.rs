//! What does not depend on the trigger's firing: the days, the events, the windows.

use std::collections::BTreeSet;

use jiff::civil::date;
use lysoen_lexicon::panel::{Month, Panel};

use super::trial::{Terms, Trial};
use super::{EventKind, Invalid};

/// An origin's days, told in months whose first day lies within them.
pub(super) struct Slot {
    /// The origin.
    pub(super) origin: Month,
    /// The day on which its data are available, by number.
    pub(super) available: i64,
    /// The first month of its window.
    pub(super) from: Month,
    /// The last month of its window; before the first where the window holds no first day.
    pub(super) to: Month,
    /// The last month of an episode opened here.
    pub(super) stands_to: Month,
    /// The number of its calendar year among those of the origins.
    pub(super) year: usize,
}

/// A month in which what is warned of came.
pub(super) struct Happened {
    pub(super) unit: usize,
    pub(super) month: Month,
    pub(super) kind: Option<EventKind>,
    /// The first assessed origin in whose window it lies; none where it is not assessable.
    pub(super) asked_at: Option<usize>,
}

/// What the window of a place and origin turned out to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Not all of it is known, or it holds no first day of a month.
    Unknown,
    /// An event in the window.
    Event,
    /// An event before the window, and none in it.
    Sooner,
    /// None.
    Nothing,
}

/// A trial made ready.
pub(super) struct Ground<'a> {
    pub(super) trial: &'a Trial,
    pub(super) terms: &'a Terms,
    pub(super) slots: Vec<Slot>,
    /// By place, in order of time.
    pub(super) happened: Vec<Vec<Happened>>,
    /// By place and origin: as what it is at risk, where that is known.
    pub(super) kinds: Vec<Option<EventKind>>,
    /// By place and origin.
    pub(super) outcomes: Vec<Outcome>,
    /// By place and origin: are all scores known that it takes?
    pub(super) assessed: Vec<bool>,
    pub(super) followed: BTreeSet<(usize, usize)>,
    /// The number of each place's country.
    pub(super) country: Vec<usize>,
    pub(super) countries: usize,
    pub(super) years: usize,
}

impl<'a> Ground<'a> {
    pub(super) fn new(trial: &'a Trial, terms: &'a Terms) -> Result<Ground<'a>, Invalid> {
        trial.check(terms)?;
        let codes: BTreeSet<&String> = trial.countries.iter().collect();
        let codes: Vec<&String> = codes.into_iter().collect();
        let slots = slots(&trial.origins, terms);
        let mut ground = Ground {
            trial,
            terms,
            years: slots.last().map_or(0, |slot| slot.year + 1),
            slots,
            happened: Vec::new(),
            kinds: Vec::new(),
            outcomes: Vec::new(),
            assessed: Vec::new(),
            followed: trial.followed.iter().copied().collect(),
            country: trial
                .countries
                .iter()
                .map(|code| codes.partition_point(|known| *known < code))
                .collect(),
            countries: codes.len(),
        };
        for unit in 0..trial.actuals.units().len() {
            ground.add(unit);
        }
        Ok(ground)
    }

    /// How many years the origins stand for.
    pub(super) fn span_years(&self) -> f64 {
        self.place_years(self.slots.len())
    }

    /// How many years so many places and origins stand for.
    pub(super) fn place_years(&self, windows: usize) -> f64 {
        windows as f64 * f64::from(self.trial.every_months()) / 12.0
    }

    fn add(&mut self, unit: usize) {
        let (trial, slots) = (self.trial, &self.slots);
        let at_least = self.terms.event.at_least;
        let reached = |month| trial.actuals.get(unit, month).is_some_and(|value| value >= at_least);
        let scores = &trial.scores[unit * slots.len()..(unit + 1) * slots.len()];
        let confirmations = self.terms.confirmations as usize;
        let assessed: Vec<bool> = (0..slots.len())
            .map(|at| in_a_row(scores, at, confirmations, |score| !score.is_nan()))
            .collect();
        let first = slots.first().map_or(Month(1), |slot| slot.origin.plus(1));
        let last = slots.last().map_or(Month(0), |slot| slot.to);
        let happened: Vec<Happened> = (first.0..=last.0)
            .map(Month)
            .filter(|month| reached(*month))
            .map(|month| Happened {
                unit,
                month,
                kind: kind(&trial.actuals, unit, month.plus(-1), at_least),
                asked_at: (0..slots.len()).find(|&at| assessed[at] && slots[at].from <= month && month <= slots[at].to),
            })
            .collect();
        for slot in slots {
            let kind = kind(&trial.actuals, unit, slot.origin, at_least);
            let counts = |event: &&Happened| {
                event.month > slot.origin
                    && event.month <= slot.to
                    && (kind == Some(EventKind::Continuation) || event.kind == Some(EventKind::Onset))
            };
            let mut months = (slot.origin.0 + 1..=slot.to.0).map(Month);
            let after = happened.iter().filter(counts);
            let outcome = if slot.from > slot.to || months.any(|month| trial.actuals.get(unit, month).is_none()) {
                Outcome::Unknown
            } else {
                match after.map(|event| event.month).max() {
                    Some(month) if month >= slot.from => Outcome::Event,
                    Some(_) => Outcome::Sooner,
                    None => Outcome::Nothing,
                }
            };
            self.kinds.push(kind);
            self.outcomes.push(outcome);
        }
        self.assessed.extend(assessed);
        self.happened.push(happened);
    }
}

/// Does something hold of the score at an origin and at those before it, so many in all?
pub(super) fn in_a_row(scores: &[f64], at: usize, confirmations: usize, holds: impl Fn(f64) -> bool) -> bool {
    at + 1 >= confirmations && scores[at + 1 - confirmations..=at].iter().all(|score| holds(*score))
}

/// Continuation where one of the 12 months up to `last` reached it, onset where none did, unknown where one is absent.
fn kind(actuals: &Panel, unit: usize, last: Month, at_least: f64) -> Option<EventKind> {
    let mut known = true;
    for month in (last.0 - 11..=last.0).map(Month) {
        match actuals.get(unit, month) {
            Some(value) if value >= at_least => return Some(EventKind::Continuation),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(EventKind::Onset)
}

/// The first day of a month, by number.
pub(super) fn first_day(month: Month) -> i64 {
    // The checks keep the years within 1900 and 2300.
    let first = date(month.year() as i16, month.month() as i8, 1);
    first.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// The day on which the data of a month are available, by number.
pub(super) fn available(month: Month, terms: &Terms) -> i64 {
    first_day(month.plus(1)) - 1 + i64::from(terms.lag_days)
}

fn slots(origins: &[Month], terms: &Terms) -> Vec<Slot> {
    let mut years: Vec<i32> = origins.iter().map(|origin| origin.year()).collect();
    years.dedup();
    let slot = |&origin: &Month| {
        let available = available(origin, terms);
        // The first month after the origin of which the first day is `day` or comes after it.
        let first_from = |day: i64| {
            let mut months = (1..).map(|later| origin.plus(later));
            months.find(|month| first_day(*month) >= day).unwrap_or(origin)
        };
        let end = self::available(origin.plus(terms.cool_down_months as i32), terms);
        Slot {
            origin,
            available,
            from: first_from(available + i64::from(terms.prepare_days)),
            to: first_from(available + i64::from(terms.window_days) + 1).plus(-1),
            stands_to: first_from(end + 1).plus(-1),
            year: years.partition_point(|year| *year < origin.year()),
        }
    };
    origins.iter().map(slot).collect()
}

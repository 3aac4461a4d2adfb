//! Times for which something holds of a participant, laid over each other: on any day the weightiest is how it stands.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::standing::{Basis, Change, SinceBasis, StandingWord};

/// The weight of a time; the later goes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// What holds for who has done nothing.
    Floor,
    /// Signed.
    Signed,
    /// It may have consented.
    Unsure,
    /// Consented.
    Deposited,
    /// Applies it provisionally.
    Provisional,
    /// In force for it.
    Bound,
    /// Gone.
    Withdrawn,
    /// Took its notice back.
    Revoked,
    /// Said that it will leave.
    Announced,
    /// Gave notice.
    Notified,
    /// Its notice takes no effect.
    Suspended,
    /// How it stands is contested.
    Contested,
}

/// A time for which something holds.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// The first day; none from the beginning.
    pub(super) from: Option<Date>,
    /// The first day on which it holds no more; none where it holds on.
    pub(super) until: Option<Date>,
    /// The weight.
    pub(super) weight: Weight,
    /// How it stands.
    pub(super) change: Change,
}

impl Span {
    /// A time from a day on.
    pub(super) fn from(day: Date, weight: Weight, word: StandingWord, basis: Vec<Basis>) -> Span {
        Span {
            from: Some(day),
            until: None,
            weight,
            change: Change {
                from: Some(day),
                word,
                since: Some(day),
                since_basis: None,
                ahead: None,
                basis,
                notes: Vec::new(),
            },
        }
    }

    /// Ends before a day.
    pub(super) fn until(mut self, day: Option<Date>) -> Span {
        self.until = day;
        self
    }

    /// Since when it is in force, for who is bound.
    pub(super) fn since(mut self, day: Date, basis: SinceBasis) -> Span {
        (self.change.since, self.change.since_basis) = (Some(day), Some(basis));
        self
    }

    /// What lies ahead.
    pub(super) fn ahead(mut self, day: Option<Date>) -> Span {
        self.change.ahead = day;
        self
    }

    /// What a reader must know.
    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = String>) -> Span {
        self.change.notes.extend(notes);
        self
    }

    /// The part of it between two days; none where nothing of it lies there.
    pub(super) fn within(mut self, from: Date, until: Option<Date>) -> Option<Span> {
        self.from = Some(self.from.map_or(from, |day| day.max(from)));
        self.until = match (self.until, until) {
            (Some(own), Some(end)) => Some(own.min(end)),
            (own, end) => own.or(end),
        };
        self.until.is_none_or(|until| self.from < Some(until)).then_some(self)
    }

    fn covers(&self, day: Option<Date>) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < Some(until))
    }
}

/// The changes, the oldest first.
pub(super) fn changes(spans: &[Span]) -> Vec<Change> {
    let mut days: BTreeSet<Option<Date>> = spans.iter().map(|span| span.from).collect();
    days.extend(spans.iter().map(|span| span.until).filter(Option::is_some));
    let mut changes = Vec::new();
    let mut last = None;
    for day in days {
        let covering = spans.iter().enumerate().filter(|(_, span)| span.covers(day));
        let Some((at, span)) = covering.max_by_key(|(at, span)| (span.weight, span.from, *at)) else {
            continue;
        };
        if last != Some(at) {
            changes.push(Change {
                from: day,
                ..span.change.clone()
            });
            last = Some(at);
        }
    }
    changes
}

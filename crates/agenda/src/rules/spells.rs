//! For how long a participant owes what an instrument asks: from its entry into force for it to its withdrawal, as it was known
//! on a day.

use jiff::civil::Date;

use super::calendar::{Between, told, year_end};
use crate::instrument::{Instrument, InstrumentKind};
use crate::standing::{Basis, Change, History, SinceBasis, StandingWord};

/// A time without a break for which a participant owes what an instrument asks.
#[derive(Clone, Debug)]
pub(super) struct Spell {
    /// Since when it is in force for it.
    pub(super) since: Between,
    /// The first day on which it no longer owes it; none where there is no such day.
    pub(super) end: Option<Date>,
    /// From when on what is recorded belongs to it; none for the first.
    from: Option<Date>,
    /// From when on what is recorded belongs to the next one.
    next: Option<Date>,
    /// The change by which it began.
    began: Change,
}

/// The changes that were known on a day: those until then, and the one that lay ahead.
pub(super) fn known(history: &History, on: Date) -> Vec<Change> {
    let past = history
        .changes
        .partition_point(|change| change.from.is_none_or(|from| from <= on));
    let mut changes = history.changes[..past].to_vec();
    let next = history.changes.get(past);
    let ahead = changes.last().and_then(|last| ahead(last, next, on));
    changes.extend(ahead);
    changes
}

/// The change that lay ahead on a day. Where something came between, it is the one that was expected then.
fn ahead(last: &Change, next: Option<&Change>, on: Date) -> Option<Change> {
    let day = last.ahead.filter(|day| *day > on)?;
    if let Some(next) = next.filter(|next| next.from == Some(day)) {
        return Some(next.clone());
    }
    let word = match last.word {
        StandingWord::Deposited | StandingWord::Provisional => StandingWord::Bound,
        StandingWord::WithdrawalNotified => StandingWord::Withdrawn,
        _ => return None,
    };
    Some(Change {
        from: Some(day),
        word,
        since: Some(day),
        since_basis: Some(SinceBasis::Rule),
        ahead: None,
        basis: last.basis.clone(),
        notes: Vec::new(),
    })
}

/// How it stands on a day.
pub(super) fn word_on(changes: &[Change], day: Date) -> Option<StandingWord> {
    let last = changes
        .iter()
        .rev()
        .find(|change| change.from.is_none_or(|from| from <= day));
    last.map(|change| change.word)
}

/// The times for which a participant owes what an instrument asks, the oldest first.
pub(super) fn spells(instrument: &Instrument, changes: &[Change]) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    let mut owes = false;
    for change in changes {
        match (owes, change.word.owes()) {
            (false, true) => {
                let since = since(instrument, change);
                if let Some(before) = spells.last_mut() {
                    before.next = since.earliest.or(since.latest);
                }
                spells.push(Spell {
                    since,
                    end: None,
                    from: spells.last().and_then(|before| before.next),
                    next: None,
                    began: change.clone(),
                });
            }
            (true, false) => {
                if let Some(open) = spells.last_mut() {
                    open.end = change.from;
                }
            }
            _ => {}
        }
        owes = change.word.owes();
    }
    spells
}

/// Since when it is in force for a participant. Of a year alone the last possible day is that of who consented on its last.
fn since(instrument: &Instrument, change: &Change) -> Between {
    let begun = instrument.entered_into_force.unwrap_or(instrument.adopted);
    match (change.since, change.since_basis) {
        (Some(day), Some(SinceBasis::YearOnly)) => {
            let end = year_end(day.year());
            let later = |day| {
                instrument
                    .entry
                    .as_ref()
                    .map_or(Some(day), |entry| entry.later.after(day))
            };
            Between {
                earliest: Some(day),
                latest: end.and_then(later).map(|day| day.max(begun)),
            }
        }
        (Some(day), Some(SinceBasis::NoLater)) => Between {
            earliest: Some(begun.min(day)),
            latest: Some(day),
        },
        (Some(day), _) => Between::on(day),
        (None, _) => Between {
            earliest: None,
            latest: change.from,
        },
    }
}

impl Spell {
    /// Whether a day lies before its end.
    pub(super) fn reaches(&self, day: Date) -> bool {
        self.end.is_none_or(|end| day < end)
    }

    /// Whether what was recorded of a day belongs to it and not to another; what has no day belongs to the last.
    pub(super) fn holds(&self, recorded: Option<Date>) -> bool {
        recorded.map_or(self.next.is_none(), |day| {
            self.from.is_none_or(|from| day >= from) && self.next.is_none_or(|next| day < next)
        })
    }

    /// Why its first day is not known exactly; none where it is.
    pub(super) fn unsure(&self) -> Option<String> {
        if self.since.exact().is_some() {
            return None;
        }
        Some(match (self.began.since, self.began.since_basis) {
            (Some(day), Some(SinceBasis::YearOnly)) => format!(
                "The source gives the year alone: it is in force for it since {} at the earliest, on a day that is not known.",
                day.year()
            ),
            (Some(day), _) => format!(
                "It is in force for it since {} at the latest; the day is not known.",
                told(day)
            ),
            (None, _) => "The day is not known on which it entered into force for it.".to_string(),
        })
    }

    /// The entry into force, or that it is asked.
    pub(super) fn basis(&self, instrument: &Instrument) -> Basis {
        let rule = instrument.entry.as_ref().zip(instrument.entered_into_force);
        let article = rule.zip(self.since.exact()).map(|((entry, begun), since)| {
            if since <= begun {
                &entry.article
            } else {
                &entry.later_article
            }
        });
        let recorded = self.began.basis.iter().rev().find_map(|basis| basis.article.clone());
        let act = if instrument.kind == InstrumentKind::Political {
            "asked"
        } else {
            "in force"
        };
        Basis {
            act: act.to_string(),
            date: self.began.since,
            article: recorded.or_else(|| article.cloned()),
            origin: self.began.basis.iter().rev().find_map(|basis| basis.origin.clone()),
        }
    }
}

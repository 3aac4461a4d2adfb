//! How an instrument was joined over time, and how long it took.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::participation::Participations;
use crate::fact::Act;
use crate::instrument::Instrument;
use crate::standing::{Basis, History};

/// How many had joined by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day of a change.
    pub on: Date,
    /// Whose consent stood.
    pub deposited: usize,
    /// For whom it was in force.
    pub in_force: usize,
    /// Who had signed, whether or not they consented later.
    pub signed_ever: usize,
}

/// The accession curve: a point for every day on which a number changes, the oldest first.
pub fn curve(participations: &Participations) -> Vec<Point> {
    let histories: Vec<&History> = participations.histories.values().collect();
    let signed: Vec<Date> = histories.iter().filter_map(|history| signed(history)).collect();
    let mut days: BTreeSet<Date> = signed.iter().copied().collect();
    days.extend(
        histories
            .iter()
            .flat_map(|h| &h.changes)
            .filter_map(|change| change.from),
    );
    let mut points: Vec<Point> = Vec::new();
    for on in days {
        let bound = |history: &&&History| history.change_on(on).is_some_and(|change| change.word.bound());
        let point = Point {
            on,
            deposited: histories.iter().filter(|history| history.consented_on(on)).count(),
            in_force: histories.iter().filter(bound).count(),
            signed_ever: signed.iter().filter(|day| **day <= on).count(),
        };
        let numbers = |point: &Point| (point.deposited, point.in_force, point.signed_ever);
        if points.last().map_or((0, 0, 0), numbers) != numbers(&point) {
            points.push(point);
        }
    }
    points
}

/// The day by which a participant had signed; where its day is not known, the first on which that is certain.
fn signed(history: &History) -> Option<Date> {
    let signature = |row: &&Basis| {
        let act = Act::of(&row.act);
        matches!(
            act,
            Some(Act::Signature | Act::SuccessionToSignature | Act::DefinitiveSignature)
        )
    };
    let days = history.changes.iter().filter_map(|change| {
        let row = change.basis.iter().find(signature)?;
        row.date.or(change.from)
    });
    days.min()
}

/// How long it took from the adoption of an instrument to its entry into force and to the consents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeToEntry {
    /// When it was adopted.
    pub adopted: Date,
    /// When it entered into force.
    pub entry: Option<Date>,
    /// Days from adoption to entry into force.
    pub days: Option<i32>,
    /// Whose consent is dated to the day, successors left out: they did not choose when.
    pub dated: usize,
    /// Days from adoption within which half of these had consented.
    pub median_days_from_adoption_to_consent: Option<i32>,
    /// Days within which a quarter of these had consented, and three quarters.
    pub quartiles: Option<(i32, i32)>,
}

/// How long it took. Each number is the time that one of the participants took (nearest rank), not a mean of two.
pub fn time_to_entry(instrument: &Instrument, participations: &Participations) -> TimeToEntry {
    let adopted = instrument.adopted;
    let days = |day: Date| day.duration_since(adopted).as_hours() / 24;
    let days = |day: Date| i32::try_from(days(day)).ok();
    let chosen = |row: &&Basis| row.act != Act::Succession.word();
    let consents = participations
        .histories
        .values()
        .filter_map(History::first_consent)
        .filter(chosen);
    let mut took: Vec<i32> = consents.filter_map(|row| days(row.date?)).collect();
    took.sort_unstable();
    let rank = |quarters: usize| took.get((took.len() * quarters).div_ceil(4).checked_sub(1)?).copied();
    TimeToEntry {
        adopted,
        entry: participations.entry,
        days: participations.entry.and_then(days),
        dated: took.len(),
        median_days_from_adoption_to_consent: rank(2),
        quartiles: rank(1).zip(rank(3)),
    }
}

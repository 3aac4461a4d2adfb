//! The rows of an instrument, by participant and in order, without those that cannot be so.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Findings;
use crate::fact::{Act, Action, Commitment, CommitmentKind, IN_BRACKETS, Precision};
use crate::instrument::Instrument;
use crate::standing::Basis;

/// Whether a source's number, or an id, is the instrument's.
pub(super) fn belongs(instrument: &Instrument, number: &str) -> bool {
    instrument.id == number || instrument.numbers.iter().any(|own| own == number)
}

/// The rows of the instrument that can be used. An extension to a territory makes nobody a participant.
pub(super) fn usable<'a>(
    instrument: &Instrument,
    actions: &'a [Action],
    findings: &mut Findings,
) -> BTreeMap<&'a str, Vec<&'a Action>> {
    let own = actions.iter().filter(|row| belongs(instrument, &row.instrument));
    let mut rows: Vec<&Action> = own.filter(|row| row.act != Act::TerritorialApplication).collect();
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    rows.dedup();
    let left: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.act == Act::Withdrawal)
        .map(|row| row.participant.as_str())
        .collect();
    let mut by_participant: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
    for row in rows {
        let kept = by_participant.entry(&row.participant).or_default();
        let unexplained = bracketed(row) && !left.contains(row.participant.as_str());
        let why = unexplained.then(|| {
            format!(
                "{} of {} stands in brackets in the depositary's list, which no longer counts it, and no withdrawal is known: \
                 it is not used. The notes of the list tell what became of it",
                row.act,
                when(row)
            )
        });
        match why.or_else(|| wrong(instrument, row)) {
            Some(message) => findings.add(&row.participant, message, Some(&row.origin)),
            None => kept.push(row),
        }
    }
    by_participant
}

/// Whether the depositary no longer counts it.
fn bracketed(row: &Action) -> bool {
    row.act.consents() && row.note.as_deref().is_some_and(|note| note.contains(IN_BRACKETS))
}

fn order(row: &Action) -> (&str, Date, Act, impl Ord + '_) {
    let rest = (&row.origin, row.precision, row.effective, &row.note, &row.instrument);
    (&row.participant, last_day(row), row.act, rest)
}

/// Why a row cannot be so. A day of effect may lie after the source's vintage: the depositary tells it in advance.
fn wrong(instrument: &Instrument, row: &Action) -> Option<String> {
    let (act, as_of, adopted) = (row.act, row.origin.as_of, instrument.adopted);
    let first = first_day(row)?;
    if first > as_of {
        return Some(format!(
            "{act} of {}, which is after {as_of}, up to which {} speaks; it is not used",
            when(row),
            row.origin.source
        ));
    }
    (last_day(row) < adopted).then(|| {
        format!(
            "{act} of {}, before {} was adopted on {adopted}; it is not used",
            when(row),
            instrument.short
        )
    })
}

/// The commitments about the instrument, by party.
pub(super) fn commitments<'a>(
    instrument: &Instrument,
    commitments: &'a [Commitment],
) -> BTreeMap<&'a str, Vec<&'a Commitment>> {
    let mut by_party: BTreeMap<&str, Vec<&Commitment>> = BTreeMap::new();
    for row in commitments {
        // An armed conflict is that of the state, whatever it has joined.
        let own = match row.instrument.as_deref() {
            Some(id) => belongs(instrument, id),
            None => row.kind == CommitmentKind::ArmedConflict,
        };
        if let Some(party) = row.participant.as_deref().filter(|_| own) {
            by_party.entry(party).or_default().push(row);
        }
    }
    for rows in by_party.values_mut() {
        rows.sort_by(|a, b| (a.date, a.kind, &a.origin).cmp(&(b.date, b.kind, &b.origin)));
    }
    by_party
}

/// The day, where it is known.
pub(super) fn exact(row: &Action) -> Option<Date> {
    row.date.filter(|_| row.precision == Precision::Day)
}

/// The first day on which it can have been done; none where no year is known.
pub(super) fn first_day(row: &Action) -> Option<Date> {
    row.date.filter(|_| row.precision != Precision::None)
}

/// The last day on which it can have been done: the day itself, the end of its year, the day up to which the source
/// speaks.
pub(super) fn last_day(row: &Action) -> Date {
    let as_of = row.origin.as_of;
    match (row.date, row.precision) {
        (Some(date), Precision::Day) => date,
        (Some(date), Precision::Year) => date.last_of_year().min(as_of).max(date),
        _ => as_of,
    }
}

/// The day or the year in words.
pub(super) fn when(row: &Action) -> String {
    match (row.date, row.precision) {
        (Some(date), Precision::Day) => date.to_string(),
        (Some(date), Precision::Year) => format!("the year {}", date.year()),
        _ => "an unknown day".to_string(),
    }
}

/// A source with its vintage, in words.
pub(super) fn source(row: &Action) -> String {
    let unverified = if row.origin.verified { "" } else { ", not verified" };
    format!("{} (as of {}{unverified})", row.origin.source, row.origin.as_of)
}

/// A row as that on which something rests. A year or nothing is no day.
pub(super) fn basis(row: &Action, article: Option<&str>) -> Basis {
    Basis {
        act: row.act.word().to_string(),
        date: exact(row),
        article: article.map(str::to_string),
        origin: Some(row.origin.clone()),
    }
}

/// A step that is taken once, of all the rows that tell of it.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    /// The day; where it is not known, the last on which it can have been taken.
    pub(super) day: Date,
    /// The row that stands.
    pub(super) row: &'a Action,
    /// When it takes effect, where a source says so.
    pub(super) effective: Option<(Date, bool)>,
}

impl Step<'_> {
    /// What a reader must know of a day that is not given.
    pub(super) fn note(&self) -> Option<String> {
        let told = || {
            format!(
                "{} gives {} for its {}.",
                source(self.row),
                when(self.row),
                self.row.act
            )
        };
        exact(self.row).is_none().then(told)
    }
}

/// The steps of some kinds, in order. Rows of one day are one step; a row of a year, or without a day, is the same as
/// one with a day that fits to it. What is verified stands, then the newer vintage.
pub(super) fn steps<'a>(rows: &[&'a Action], acts: &[Act]) -> Vec<Step<'a>> {
    let own: Vec<&Action> = rows.iter().copied().filter(|row| acts.contains(&row.act)).collect();
    let days: Vec<Date> = own.iter().filter_map(|row| exact(row)).collect();
    let told = |row: &Action| match first_day(row) {
        _ if exact(row).is_some() => false,
        Some(first) => days.iter().any(|day| day.year() == first.year()),
        None => days.iter().any(|day| *day <= row.origin.as_of),
    };
    let mut by_day: BTreeMap<Date, Vec<&Action>> = BTreeMap::new();
    for row in own.iter().copied().filter(|row| !told(row)) {
        by_day.entry(last_day(row)).or_default().push(row);
    }
    let step = |(day, mut rows): (Date, Vec<&'a Action>)| {
        rows.sort_by_key(|row| (!row.origin.verified, std::cmp::Reverse(row.origin.as_of)));
        let effective = rows.iter().find_map(|row| Some((row.effective?, row.origin.verified)));
        rows.first().map(|row| Step { day, row, effective })
    };
    by_day.into_iter().filter_map(step).collect()
}

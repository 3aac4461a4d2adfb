//! What secretariats' lists say of one participant: reports, days that were set, and how far a register is complete.

use jiff::civil::Date;

use super::calendar::{told, year_end};
use crate::fact::{Commitment, CommitmentKind};
use crate::instrument::{Due, DueDate, Duty, Instrument};
use crate::standing::{Basis, Finding};

/// The rows of the lists that concern a participant's part in an instrument, as known on a day, the oldest first.
pub(super) struct Rows<'c> {
    rows: Vec<&'c Commitment>,
}

/// A register that is complete past a day.
pub(super) struct Register<'c> {
    /// Its row.
    pub(super) row: &'c Commitment,
    /// The last day for which it is complete.
    pub(super) until: Date,
}

/// A day that was set for a party.
#[derive(Clone, Copy)]
pub(super) struct DaySet<'c> {
    /// Its row.
    pub(super) row: &'c Commitment,
    /// The day of the decision.
    pub(super) decided: Date,
    /// The day that was set.
    pub(super) day: Date,
}

/// What a report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covers {
    /// A calendar year.
    Year(i16),
    /// What was due on a day.
    Day(Date),
}

impl Covers {
    /// Reads `2024` or `2025-04-30`.
    pub(super) fn of(text: &str) -> Option<Covers> {
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Covers::Year);
        }
        text.parse().ok().map(Covers::Day)
    }
}

impl<'c> Rows<'c> {
    /// The rows that concern this. What was received or decided after the day is not known on it; a register or a record of
    /// what does not apply names the days for which it holds.
    pub(super) fn of(instrument: &Instrument, participant: &str, all: &'c [Commitment], on: Date) -> Rows<'c> {
        let its = |row: &Commitment| match (&row.instrument, &row.duty) {
            (Some(id), _) => *id == instrument.id,
            (None, Some(duty)) => duty.split('.').next() == Some(instrument.id.as_str()),
            (None, None) => false,
        };
        let concerned = |row: &Commitment| match row.participant.as_deref() {
            Some(named) => named == participant,
            None => row.kind == CommitmentKind::Register,
        };
        let dated = |row: &Commitment| {
            matches!(row.kind, CommitmentKind::Register | CommitmentKind::NotApplicable)
                || row.date.is_none_or(|day| day <= on)
        };
        let mut rows: Vec<&Commitment> = all
            .iter()
            .filter(|row| its(row) && concerned(row) && dated(row))
            .collect();
        rows.sort_by(|a, b| key(a).cmp(&key(b)));
        Rows { rows }
    }

    /// Those of a kind.
    pub(super) fn of_kind(&self, kind: CommitmentKind) -> impl Iterator<Item = &'c Commitment> {
        self.rows.iter().copied().filter(move |row| row.kind == kind)
    }

    /// Those of a kind for a duty or deadline.
    pub(super) fn of_duty(&self, kind: CommitmentKind, duty: &str) -> impl Iterator<Item = &'c Commitment> {
        self.of_kind(kind).filter(move |row| row.duty.as_deref() == Some(duty))
    }

    /// The days that were set for a duty, in the order of the decisions. What lacks its day or its decision is not used.
    pub(super) fn days_set(&self, duty: &str) -> Vec<DaySet<'c>> {
        let read = |row: &'c Commitment| {
            let (decided, day) = row.date.zip(row.until)?;
            (day >= decided).then_some(DaySet { row, decided, day })
        };
        self.of_duty(CommitmentKind::DueSet, duty).filter_map(read).collect()
    }

    /// The last day that reports may answer: for a calendar year the end of the next one.
    pub(super) fn last_covered(&self) -> Option<Date> {
        let reports = self.of_kind(CommitmentKind::Report);
        let covered = reports.filter_map(|row| match Covers::of(row.covers.as_deref()?)? {
            Covers::Day(day) => Some(day),
            Covers::Year(year) => year_end(year.checked_add(1)?),
        });
        covered.max()
    }

    /// Whether a report for a day was received by another.
    pub(super) fn answered(&self, duty: &str, due: Date, by: Date) -> bool {
        let for_day = |row: &Commitment| row.covers.as_deref().and_then(Covers::of) == Some(Covers::Day(due));
        self.of_duty(CommitmentKind::Report, duty)
            .any(|row| for_day(row) && row.date.is_some_and(|day| day <= by))
    }

    /// The register that is complete from a day at the latest until after it; the one that reaches farthest.
    pub(super) fn register(&self, duty: &str, due: Date) -> Option<Register<'c>> {
        let claims = self.of_kind(CommitmentKind::Register).filter_map(|row| {
            let its = row.duty.as_deref().is_none_or(|named| named == duty);
            let (from, until) = row.date.zip(row.until)?;
            (its && from <= due && until > due).then_some(Register { row, until })
        });
        claims.max_by_key(|claim| claim.until)
    }

    /// The record by which a duty does not concern the participant on a day.
    pub(super) fn not_applicable(&self, duty: &str, day: Date) -> Option<&'c Commitment> {
        self.of_duty(CommitmentKind::NotApplicable, duty)
            .find(|row| holds(row, day))
    }

    /// What cannot be used as it stands, and what is odd.
    pub(super) fn findings(&self, instrument: &Instrument) -> Vec<Finding> {
        let told = |row: &&Commitment| {
            let message = wrong(row, instrument)?;
            Some(finding(instrument, row, message))
        };
        self.rows.iter().filter_map(told).collect()
    }
}

/// The days of a duty that are the same for everybody.
pub(super) fn dates(duty: &Duty) -> &[DueDate] {
    match &duty.due {
        Due::Dates { on } => on,
        _ => &[],
    }
}

/// Whether a row holds on a day.
pub(super) fn holds(row: &Commitment, day: Date) -> bool {
    row.date.is_none_or(|from| from <= day) && row.until.is_none_or(|until| day <= until)
}

/// A row as a basis, with its day.
pub(super) fn basis(row: &Commitment, date: Option<Date>, article: Option<&String>) -> Basis {
    Basis {
        act: row.kind.word().to_string(),
        date,
        article: article.cloned(),
        origin: Some(row.origin.clone()),
    }
}

/// What was found in a row.
pub(super) fn finding(instrument: &Instrument, row: &Commitment, message: String) -> Finding {
    Finding {
        instrument: instrument.id.clone(),
        participant: row.participant.clone().unwrap_or_default(),
        message: format!("row `{}`: {message}", row.id),
        origin: Some(row.origin.clone()),
    }
}

/// By what rows are put in order, whatever the order in which they came.
fn key(row: &Commitment) -> impl Ord + use<'_> {
    (
        row.date,
        row.until,
        row.kind,
        &row.id,
        &row.duty,
        &row.covers,
        &row.origin,
    )
}

/// What is wrong with a row about duties; none where nothing is.
fn wrong(row: &Commitment, instrument: &Instrument) -> Option<String> {
    use CommitmentKind::{DueSet, NotApplicable, Register, Report};
    let named = row.duty.as_deref();
    let duty = instrument.duty.iter().find(|duty| Some(duty.id.as_str()) == named);
    let deadline = instrument
        .deadline
        .iter()
        .any(|deadline| Some(deadline.id.as_str()) == named);
    match (row.kind, named, duty) {
        (Register, None, _) => wrong_register(row),
        (NotApplicable, Some(_), None) if deadline => None,
        (Report | DueSet | Register | NotApplicable, _, None) => Some(no_duty(row, instrument)),
        (Report, _, Some(duty)) => wrong_report(row, duty),
        (DueSet, _, Some(duty)) => wrong_day_set(row, duty),
        (Register, _, Some(_)) => wrong_register(row),
        _ => None,
    }
}

fn no_duty(row: &Commitment, instrument: &Instrument) -> String {
    let known: Vec<&str> = instrument.duty.iter().map(|duty| duty.id.as_str()).collect();
    let expected = match known.as_slice() {
        [] => format!("`{}` has none", instrument.id),
        known => format!("`{}` has {}", instrument.id, known.join(", ")),
    };
    let found = row
        .duty
        .as_deref()
        .map_or("no duty".to_string(), |duty| format!("`{duty}`"));
    format!("a row of the kind `{}` names {found}; of duties {expected}", row.kind)
}

fn wrong_report(row: &Commitment, duty: &Duty) -> Option<String> {
    let Some(received) = row.date else {
        return Some(
            "a report without the day on which it was received; whether it was in time is unknown".to_string(),
        );
    };
    let text = match row.covers.as_deref() {
        None if matches!(duty.due, Due::AfterEntry { .. }) => return None,
        None => {
            let expected = "its calendar year or the due day that it answers";
            return Some(format!(
                "a report on `{}` does not tell what it covers; expected {expected}",
                duty.id
            ));
        }
        Some(text) => text,
    };
    if dates(duty).iter().any(|date| date.covers.as_deref() == Some(text)) {
        return None;
    }
    match Covers::of(text) {
        None => Some(format!(
            "a report covers `{text}`; expected a calendar year such as `2024` or the due day, such as `2025-04-30`"
        )),
        Some(Covers::Year(year)) if year_end(year).is_none_or(|end| received <= end) => Some(format!(
            "a report that covers {year} was received on {}, when that year was not over",
            told(received)
        )),
        Some(_) => None,
    }
}

fn wrong_day_set(row: &Commitment, duty: &Duty) -> Option<String> {
    if matches!(duty.due, Due::Yearly { .. } | Due::Dates { .. }) {
        return Some(format!(
            "a day was set for `{}`, whose days are the same for everybody; it is not used",
            duty.id
        ));
    }
    match (row.date, row.until) {
        (_, None) => Some("a day was set, and the row does not tell which; it is not used".to_string()),
        (None, Some(day)) => Some(format!(
            "the day {} was set without the day of the decision, so that it is not known which day it replaces; it is not used",
            told(day)
        )),
        (Some(decided), Some(day)) if day < decided => Some(format!(
            "the day {} was set on {}, after it had passed; it is not used",
            told(day),
            told(decided)
        )),
        _ => None,
    }
}

fn wrong_register(row: &Commitment) -> Option<String> {
    match (row.date, row.until) {
        (Some(from), Some(until)) if from <= until => None,
        (Some(from), Some(until)) => Some(format!(
            "a register is complete from {} to {}, which is earlier; it is not used",
            told(from),
            told(until)
        )),
        _ => Some("a register does not tell from when and until when it is complete; it is not used".to_string()),
    }
}

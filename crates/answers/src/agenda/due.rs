//! What is due: duties and deadlines of participants, in a stretch of days or around one.

use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_agenda::rules::deadlines::deadlines;
use lysoen_agenda::rules::duties::occurrences;
use lysoen_agenda::standing::{DeadlineState, DeadlineWord, DutyWord, Occurrence};
use lysoen_agenda::{Basis, Finding, History, Instrument};

use super::rows::{DueRow, MeetingRow};
use super::state::{AgendaState, basis, place};
use crate::error::AnswerError;

/// How far back the last occurrence of a duty is looked for, in years: the longest period of a committee, and one year.
const BACK: i32 = 9;
/// How far ahead the next occurrence is looked for, in years; the longest deadline.
const AHEAD: i32 = 10;

/// What is asked of the agenda: everything, or what concerns a participant, an instrument, an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    pub participant: Option<String>,
    /// The instrument's id.
    pub instrument: Option<String>,
    /// The element, 1 to 10.
    pub element: Option<u8>,
}

/// A time ahead: days, months or years, such as `90d`, `12m` or `2y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// So many days.
    Days(u16),
    /// So many months.
    Months(u16),
}

impl Horizon {
    /// A year.
    pub const YEAR: Horizon = Horizon::Months(12);

    /// From a day to the end of that time, both included.
    pub fn from(self, on: Date) -> RangeInclusive<Date> {
        let ahead = match self {
            Horizon::Days(days) => on.checked_add(i32::from(days).days()),
            Horizon::Months(months) => on.checked_add(i32::from(months).months()),
        };
        on..=ahead.unwrap_or(Date::MAX)
    }
}

impl FromStr for Horizon {
    type Err = String;

    fn from_str(text: &str) -> Result<Horizon, String> {
        const LONGEST: u16 = 1200;
        let wrong = || format!("`{text}` is no time ahead; write days, months or years, such as 90d, 12m or 2y");
        let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
        let number: u16 = number.parse().map_err(|_| wrong())?;
        let horizon = match unit {
            "d" => Horizon::Days(number),
            "m" => Horizon::Months(number),
            "y" => Horizon::Months(number.checked_mul(12).ok_or_else(wrong)?),
            _ => return Err(wrong()),
        };
        match horizon {
            Horizon::Months(months) if months > LONGEST => Err(format!("{text} is more than a hundred years ahead")),
            horizon => Ok(horizon),
        }
    }
}

impl AgendaState {
    /// The instruments that are asked for, by element and the older first.
    pub fn chosen(&self, asked: &Asked) -> Result<Vec<&Instrument>, AnswerError> {
        if let Some(element) = asked.element.filter(|number| !(1..=10).contains(number)) {
            return Err(AnswerError::NoElement { element });
        }
        let one = asked.instrument.as_deref().map(|id| self.instrument(id)).transpose()?;
        let mut all: Vec<&Instrument> = match one {
            Some(one) => vec![one],
            None => self.catalog.instruments().collect(),
        };
        all.retain(|i| asked.element.is_none_or(|element| i.elements.contains(&element)));
        all.sort_by_key(|i| (i.elements.first().copied(), i.adopted, &i.id));
        Ok(all)
    }

    /// Whom an instrument concerns, of those who are asked for.
    pub fn concerned(&self, asked: &Asked, instrument: &Instrument, on: Date) -> Vec<String> {
        match &asked.participant {
            Some(one) => vec![one.clone()],
            None => self.participants(instrument, on),
        }
    }

    /// What falls due from one day to another, both included, by day; as it stands on a third.
    pub fn due(&self, asked: &Asked, window: &RangeInclusive<Date>, on: Date) -> Result<Vec<DueRow>, AnswerError> {
        let mut rows = Vec::new();
        for instrument in self.chosen(asked)? {
            for participant in self.concerned(asked, instrument, on) {
                rows.extend(self.within(instrument, &participant, window, on));
            }
        }
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(rows)
    }

    /// What falls due of one participant and instrument.
    pub(super) fn within(
        &self,
        instrument: &Instrument,
        participant: &str,
        window: &RangeInclusive<Date>,
        on: Date,
    ) -> Vec<DueRow> {
        let mut rows = self.owed(instrument, participant, window.clone(), on);
        rows.retain(|row| row.due.is_some_and(|due| window.contains(&due)));
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        rows
    }

    /// Of each duty of a participant the last and the next, and what is overdue; and each deadline.
    pub fn around(&self, instrument: &Instrument, participant: &str, on: Date) -> Vec<DueRow> {
        let years = |years: i32| on.checked_add(years.years()).unwrap_or(on);
        let rows = self.owed(instrument, participant, years(-BACK)..=years(AHEAD), on);
        let of = |row: &DueRow| row.duty.clone();
        let last = |duty: &str| {
            rows.iter()
                .filter(|r| r.duty == duty && r.due.is_some_and(|due| due <= on))
                .map(|r| r.due)
                .max()
        };
        let next = |duty: &str| {
            rows.iter()
                .filter(|r| r.duty == duty && r.due.is_some_and(|due| due > on))
                .map(|r| r.due)
                .min()
        };
        let stays = |row: &&DueRow| {
            let duty = of(row);
            row.kind == "deadline"
                || row.due.is_none()
                || row.status == DutyWord::Overdue.word()
                || Some(row.due) == last(&duty)
                || Some(row.due) == next(&duty)
        };
        rows.iter().filter(stays).cloned().collect()
    }

    /// Duties and deadlines of a participant, and what was not understood of them.
    fn owed(&self, instrument: &Instrument, participant: &str, window: RangeInclusive<Date>, on: Date) -> Vec<DueRow> {
        self.told_of(instrument, participant, window, on).0
    }

    /// What was not understood in the records of a participant's duties.
    pub(super) fn findings_of_duties(&self, instrument: &Instrument, participant: &str, on: Date) -> Vec<Finding> {
        let first = on.checked_sub(BACK.years()).unwrap_or(on);
        self.told_of(instrument, participant, first..=on, on).1
    }

    fn told_of(
        &self,
        instrument: &Instrument,
        participant: &str,
        window: RangeInclusive<Date>,
        on: Date,
    ) -> (Vec<DueRow>, Vec<Finding>) {
        let Some(history) = self.history(&instrument.id, participant) else {
            return (Vec::new(), Vec::new());
        };
        let others = |id: &str| self.history(id, participant);
        let (duties, mut findings) = occurrences(
            &self.catalog,
            instrument,
            &history,
            &others,
            &self.commitments,
            window,
            on,
        );
        let (ends, more) = deadlines(instrument, &history, &self.commitments, on);
        findings.extend(more);
        let mut rows: Vec<DueRow> = duties
            .iter()
            .filter_map(|one| self.duty_row(instrument, &history, one))
            .collect();
        rows.extend(
            ends.iter()
                .filter_map(|one| self.deadline_row(instrument, &history, one)),
        );
        (rows, findings)
    }

    fn duty_row(&self, instrument: &Instrument, history: &History, one: &Occurrence) -> Option<DueRow> {
        let duty = instrument.duty.iter().find(|duty| duty.id == one.duty)?;
        let (source, source_as_of) = rests_on(&one.basis, history);
        Some(DueRow {
            kind: "duty",
            instrument: instrument.id.clone(),
            short: instrument.short.clone(),
            duty: one.duty.clone(),
            title: duty.title.clone(),
            article: duty.article.clone(),
            participant: one.participant.clone(),
            place: place(&one.participant).map(|place| place.to_string()),
            name: self.name(&one.participant),
            due: one.due,
            covers: one.covers.clone(),
            status: one.word.word(),
            told: one.told.clone(),
            received: one.received,
            months: one.months,
            voluntary: duty.voluntary,
            extensions: Vec::new(),
            source,
            source_as_of,
            basis: one.basis.iter().map(basis).collect(),
            notes: one.notes.clone(),
        })
    }

    fn deadline_row(&self, instrument: &Instrument, history: &History, one: &DeadlineState) -> Option<DueRow> {
        let deadline = instrument
            .deadline
            .iter()
            .find(|deadline| deadline.id == one.deadline)?;
        let (source, source_as_of) = rests_on(&one.basis, history);
        Some(DueRow {
            kind: "deadline",
            instrument: instrument.id.clone(),
            short: instrument.short.clone(),
            duty: one.deadline.clone(),
            title: deadline.title.clone(),
            article: deadline.article.clone(),
            participant: one.participant.clone(),
            place: place(&one.participant).map(|place| place.to_string()),
            name: self.name(&one.participant),
            due: one.due,
            covers: None,
            status: one.word.word(),
            told: one.told.clone(),
            received: None,
            months: one.months_left,
            voluntary: false,
            extensions: one.extensions.clone(),
            source,
            source_as_of,
            basis: one.basis.iter().map(basis).collect(),
            notes: one.notes.clone(),
        })
    }

    /// The meetings of the instruments that are asked for, from one day to another; those without a day by their year.
    pub fn meetings(&self, asked: &Asked, window: &RangeInclusive<Date>) -> Result<Vec<MeetingRow>, AnswerError> {
        let years = window.start().year()..=window.end().year();
        let mut all = Vec::new();
        for instrument in self.chosen(asked)? {
            let within = instrument.meeting.iter().filter(|meeting| match meeting.date {
                Some(date) => meeting.until.unwrap_or(date) >= *window.start() && date <= *window.end(),
                None => meeting.year.is_some_and(|year| years.contains(&year)),
            });
            all.extend(within.map(|meeting| MeetingRow {
                instrument: instrument.id.clone(),
                short: instrument.short.clone(),
                title: meeting.title.clone(),
                date: meeting.date,
                until: meeting.until,
                year: meeting.date.map(Date::year).or(meeting.year),
                source: meeting.source.clone(),
            }));
        }
        all.sort_by(|a, b| (a.year, a.date, &a.title).cmp(&(b.year, b.date, &b.title)));
        Ok(all)
    }
}

/// By day, duty and name; what has no day comes last.
pub(super) fn order(row: &DueRow) -> (bool, Option<Date>, &str, &str) {
    (row.due.is_none(), row.due, &row.duty, &row.name)
}

/// Whether a row of a calendar still asks for something.
pub fn is_open(row: &DueRow) -> bool {
    let done = [
        DutyWord::OnTime.word(),
        DutyWord::Late.word(),
        DutyWord::NotApplicable.word(),
        DeadlineWord::Met.word(),
    ];
    !done.contains(&row.status)
}

/// The source and vintage on which a status rests: the newest record, else the list by which the party is bound.
fn rests_on(basis: &[Basis], history: &History) -> (Option<String>, Option<Date>) {
    match basis.iter().rev().find_map(|basis| basis.origin.as_ref()) {
        Some(origin) => (Some(origin.source.clone()), Some(origin.as_of)),
        None => match &history.list {
            Some((source, as_of)) => (Some(source.clone()), Some(*as_of)),
            None => (None, None),
        },
    }
}

//! What the agenda tells, as sheets.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use lysoen_agenda::Instrument;

use super::due::Asked;
use super::rows::{DueRow, StandingRow};
use super::state::AgendaState;
use super::told::plain;
use crate::error::AnswerError;
use crate::sheet::{Cell, Column, Kind, Sheet};

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const ROWS: [Column; 9] = [
    column("party", Kind::Text),
    column("instrument", Kind::Text),
    column("standing", Kind::Text),
    column("since", Kind::Date),
    column("duty", Kind::Text),
    column("due", Kind::Date),
    column("status", Kind::Text),
    column("source", Kind::Text),
    column("as_of", Kind::Date),
];

const INSTRUMENTS: [Column; 15] = [
    column("element", Kind::Count),
    column("instrument", Kind::Text),
    column("short", Kind::Text),
    column("kind", Kind::Text),
    column("adopted", Kind::Date),
    column("entered_into_force", Kind::Date),
    column("deposited", Kind::Count),
    column("in_force", Kind::Count),
    column("signed_only", Kind::Count),
    column("withdrawal_notified", Kind::Count),
    column("withdrawn", Kind::Count),
    column("contested", Kind::Count),
    column("unverified", Kind::Count),
    column("source", Kind::Text),
    column("as_of", Kind::Date),
];

/// What must stand beside every list of standings.
pub const BOUNDS: &str = "A standing holds up to the day in as_of, that of the newest action its source has; what changed \
    later is not known. Nobody is late or overdue here without an imported register of what was received.";

impl AgendaState {
    /// How participants stand and what they owe, a row a participant, instrument and duty. With a window, what falls due in it
    /// and nothing else; without one, of each duty the last and the next.
    pub fn sheet(&self, asked: &Asked, window: Option<&RangeInclusive<Date>>, on: Date) -> Result<Sheet, AnswerError> {
        let mut rows = Vec::new();
        let mut sources = BTreeSet::new();
        for instrument in self.chosen(asked)? {
            for participant in self.concerned(asked, instrument, on) {
                let Some(standing) = self.standing(instrument, &participant, on) else {
                    continue;
                };
                let due = match window {
                    Some(window) => self.within(instrument, &participant, window, on),
                    None => self.around(instrument, &participant, on),
                };
                sources.extend(due.iter().filter_map(|due| due.source.clone()));
                if window.is_none() {
                    sources.extend(standing.source.clone());
                }
                if due.is_empty() && window.is_none() {
                    rows.push(row(instrument, &standing, None));
                }
                rows.extend(due.iter().map(|due| row(instrument, &standing, Some(due))));
            }
        }
        Ok(Sheet {
            title: format!("The agenda on {on}"),
            columns: ROWS.to_vec(),
            rows,
            sources: self.sources(sources.iter().map(String::as_str)),
            notes: vec![BOUNDS.to_string()],
        })
    }

    /// The instruments of each element and how many stand how in them.
    pub fn instruments_sheet(&self, asked: &Asked, on: Date) -> Result<Sheet, AnswerError> {
        let mut rows = Vec::new();
        let mut sources = BTreeSet::new();
        for instrument in self.chosen(asked)? {
            let brief = self.brief(instrument, on);
            sources.extend(brief.source.clone());
            let of = brief
                .elements
                .iter()
                .filter(|number| asked.element.is_none_or(|element| element == **number));
            for number in of {
                let count = |take: fn(&super::rows::CountsRow) -> usize| {
                    Cell::from(brief.counts.as_ref().map(|counts| take(counts) as u64))
                };
                rows.push(vec![
                    i64::from(*number).into(),
                    brief.id.clone().into(),
                    brief.short.clone().into(),
                    brief.kind.into(),
                    brief.adopted.into(),
                    brief.entered_into_force.into(),
                    count(|counts| counts.deposited),
                    count(|counts| counts.in_force),
                    count(|counts| counts.signed_only),
                    count(|counts| counts.notified),
                    count(|counts| counts.withdrawn),
                    count(|counts| counts.contested),
                    count(|counts| counts.unverified),
                    brief.source.clone().into(),
                    brief.counts.and_then(|counts| counts.known_to).into(),
                ]);
            }
        }
        rows.sort_by_key(|row| match row.first() {
            Some(Cell::Count(number)) => *number,
            _ => i64::MAX,
        });
        Ok(Sheet {
            title: format!("The instruments of the agenda on {on}"),
            columns: INSTRUMENTS.to_vec(),
            rows,
            sources: self.sources(sources.iter().map(String::as_str)),
            notes: vec![BOUNDS.to_string()],
        })
    }
}

fn row(instrument: &Instrument, standing: &StandingRow, due: Option<&DueRow>) -> Vec<Cell> {
    let (source, as_of) = match due {
        Some(due) => (due.source.clone(), due.source_as_of),
        None => (standing.source.clone(), standing.known_to.or(standing.source_as_of)),
    };
    vec![
        standing.participant.clone().into(),
        instrument.id.clone().into(),
        plain(standing.standing).into(),
        standing.since.into(),
        due.map(|due| due.duty.clone()).into(),
        due.and_then(|due| due.due).into(),
        due.map(status).into(),
        source.into(),
        as_of.into(),
    ]
}

/// How it stands with a duty, as one word in a table, with the months where it is overdue.
pub fn status(due: &DueRow) -> String {
    match due.status {
        // What follows the comma is by which register.
        "overdue" => due.told.split(',').next().unwrap_or(&due.told).to_string(),
        word => plain(word),
    }
}

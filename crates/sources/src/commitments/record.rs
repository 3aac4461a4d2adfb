//! A row's cells as values.

use jiff::civil::Date;
use lysoen_facts::tables::{CommitmentRow, Day};
use lysoen_lexicon::country::{CodeSystem, Crosswalk};

use super::kind::{KINDS, Kind, kinds};
use crate::cell;
use crate::own_records::{Wrong, one_of, word};
use crate::treaties::participant;

/// A row's cells as values.
#[derive(Debug, PartialEq)]
pub(super) struct Record {
    kind: &'static Kind,
    element: Option<i16>,
    instrument: Option<String>,
    duty: Option<String>,
    /// The participant's code and its name in the file.
    participant: Option<(String, String)>,
    date: Option<Date>,
    covers: Option<String>,
    until: Option<Date>,
    document: Option<String>,
    verified: bool,
    note: Option<String>,
}

impl Record {
    /// The cells of a row as values; else which of them is wrong.
    pub(super) fn read<'t>(crosswalk: &Crosswalk, text: &impl Fn(&str) -> &'t str) -> Result<Record, Wrong> {
        let some = |column: &str| Some(text(column).to_string()).filter(|text| !text.is_empty());
        if text("id").is_empty() {
            let expected = "a number or name of the record, by which it can be amended";
            return Err(Wrong::new("id", expected));
        }
        let kind = kind(text("kind"))?;
        let (instrument, duty) = instrument_and_duty(text("instrument"), text("duty"))?;
        needed(kind, text, instrument.is_some())?;
        let day = |column: &'static str| cell::date(text(column)).map_err(|e| Wrong::new(column, e.expected));
        let (date, until) = (day("date")?, day("until")?);
        if let Some((date, _)) = date.zip(until).filter(|(date, until)| until < date) {
            return Err(Wrong::new("until", format!("a day not before {date}")));
        }
        let element = element(text("element"))?;
        if kind.word == "programme" && element.is_none() && instrument.is_none() {
            let expected = "the element of the agenda, 1 to 10, or in the next column the instrument that it serves";
            return Err(Wrong::new("element", expected));
        }
        let verified = cell::boolean(text("verified")).map_err(|e| Wrong::new("verified", e.expected))?;
        Ok(Record {
            kind,
            element,
            instrument,
            duty,
            participant: party(crosswalk, text("participant"), date)?,
            date,
            covers: covers(text("covers"))?,
            until,
            document: some("document"),
            verified: verified.unwrap_or(false),
            note: some("note"),
        })
    }

    /// The record as a row of the lake.
    pub(super) fn fact<'a>(&'a self, id: &'a str, row: u64) -> CommitmentRow<'a> {
        let (participant, name) = self.participant.as_ref().map(|(p, n)| (p.as_str(), n.as_str())).unzip();
        CommitmentRow {
            record_id: id,
            kind: self.kind.word,
            element: self.element,
            instrument: self.instrument.as_deref(),
            duty: self.duty.as_deref(),
            participant,
            participant_name: name,
            date: self.date.map(Day::from),
            covers: self.covers.as_deref(),
            until: self.until.map(Day::from),
            document: self.document.as_deref(),
            verified: self.verified,
            note: self.note.as_deref(),
            row,
        }
    }
}

fn kind(text: &str) -> Result<&'static Kind, Wrong> {
    let said = word(text);
    let known = KINDS.iter().find(|kind| kind.word == said);
    known.ok_or_else(|| Wrong::new("kind", one_of(&said, &kinds())))
}

/// Whether the cells that the kind needs are filled, and those that it cannot have are empty.
fn needed<'t>(kind: &Kind, text: &impl Fn(&str) -> &'t str, has_instrument: bool) -> Result<(), Wrong> {
    let told = |column: &str| !text(column).is_empty() || column == "instrument" && has_instrument;
    if let Some((column, what)) = kind.needs.iter().find(|(column, _)| !told(column)) {
        let expected = format!("{what}; a row of kind {} needs it", kind.word);
        return Err(Wrong::new(column, expected));
    }
    match kind.without.iter().find(|(column, _)| !text(column).is_empty()) {
        Some((column, why)) => Err(Wrong::new(column, format!("{why} (kind {})", kind.word))),
        None => Ok(()),
    }
}

/// The instrument and the duty; a duty names its instrument, whether or not the row does.
fn instrument_and_duty(instrument: &str, duty: &str) -> Result<(Option<String>, Option<String>), Wrong> {
    let plain = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !plain(instrument) {
        let expected = "an id of the agenda's catalog in small letters, digits and hyphens, such as apmbc";
        return Err(Wrong::new("instrument", expected));
    }
    let named = Some(instrument).filter(|id| !id.is_empty());
    if duty.is_empty() {
        return Ok((named.map(str::to_string), None));
    }
    let wrong = || {
        let instrument = named.unwrap_or("apmbc");
        let expected =
            format!("the id of a duty or deadline, which begins with its instrument's, such as {instrument}.5");
        Wrong::new("duty", expected)
    };
    let (of, rest) = duty.split_once('.').ok_or_else(wrong)?;
    let fits = plain(of) && !of.is_empty() && !rest.is_empty() && named.is_none_or(|named| named == of);
    match fits && rest.split('.').all(|part| !part.is_empty() && plain(part)) {
        true => Ok((Some(of.to_string()), Some(duty.to_string()))),
        false => Err(wrong()),
    }
}

fn element(text: &str) -> Result<Option<i16>, Wrong> {
    let wrong = || Wrong::new("element", "an element of the agenda by its number, 1 to 10");
    match cell::integer(text).map_err(|_| wrong())? {
        None => Ok(None),
        Some(number) => match i16::try_from(number) {
            Ok(number @ 1..=10) => Ok(Some(number)),
            _ => Err(wrong()),
        },
    }
}

/// The participant that is meant, and its name in the file.
fn party(crosswalk: &Crosswalk, text: &str, on: Option<Date>) -> Result<Option<(String, String)>, Wrong> {
    if text.is_empty() {
        return Ok(None);
    }
    // No two letters are a name.
    let system = if text.len() == 2 {
        CodeSystem::Iso2
    } else {
        CodeSystem::Any
    };
    match participant(crosswalk, system, text, on) {
        Ok(participant) => Ok(Some((participant, text.to_string()))),
        Err(expected) => Err(Wrong::new("participant", expected)),
    }
}

/// What a report covers: a year, some years, or the due day that it answers.
fn covers(text: &str) -> Result<Option<String>, Wrong> {
    let year = |text: &str| {
        let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i16>().ok().filter(|year| digits && *year >= 1900)
    };
    let years = |text: &str| {
        let (first, last) = text.split_once('-')?;
        Some(year(first)? < year(last)?)
    };
    if text.is_empty() {
        return Ok(None);
    }
    if year(text).is_some() || years(text) == Some(true) {
        return Ok(Some(text.to_string()));
    }
    match cell::date(text) {
        Ok(Some(day)) => Ok(Some(day.to_string())),
        _ => Err(Wrong::new(
            "covers",
            "a year such as 2024, years such as 2024-2025, or the due day that it answers, such as 2025-04-30",
        )),
    }
}

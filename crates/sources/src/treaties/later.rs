//! A list of dated actions, one a row: what happened after a status list was drawn up.

use jiff::civil::Date;
use lysoen_facts::tables::{Day, TreatyActionRow};
use lysoen_lexicon::country::CodeSystem;

use super::{Actions, CONSENT, OTHER, WITHDRAWAL_REVOKED, is_instrument, is_known_action, participant, reject};
use crate::card::{Card, Layout};
use crate::cell;
use crate::finding::Findings;
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};
use crate::records::Header;

/// Reader `treaty-actions`: columns treaty, participant, action, date, effective, note. Its rows are not read off the
/// depositary's list and are marked as unverified. A withdrawal whose note says on which day the notice was revoked is two
/// actions.
#[derive(Debug)]
pub struct DatedActions;

const COLUMNS: [&str; 4] = ["treaty", "participant", "action", "date"];

impl Reader for DatedActions {
    fn name(&self) -> &'static str {
        "treaty-actions"
    }

    fn version(&self) -> u32 {
        2
    }

    /// The day of the newest action, a revocation told in a note among them. A day on which a notice will take effect is known when the notice is given, so it
    /// says nothing about when the list was drawn up.
    fn vintage(&self, input: &Input, _: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let [.., action, date] = columns(input, &header)?;
        let mut findings = Findings::new(input.name());
        let mut record = csv::StringRecord::new();
        let mut newest: Option<Date> = None;
        while records.next(&mut record, &mut findings)?.is_some() {
            let text = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
            newest = newest.max(cell::date(text(Some(date))).ok().flatten());
            let told = [
                text(Some(action)),
                text(header.index("effective")),
                text(header.index("note")),
            ];
            newest = newest.max(revoked(told).ok().flatten());
        }
        Ok(newest.map(|date| Vintage {
            date,
            label: None,
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        columns(input, &header)?;
        let mut actions = Actions::default();
        let mut record = csv::StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            let text = |name: &str| {
                header
                    .index(name)
                    .and_then(|at| record.get(at))
                    .unwrap_or_default()
                    .trim()
            };
            let action = match checked(job, &text) {
                Ok(action) => action,
                Err((column, expected)) => {
                    reject(job.findings, row, column, text(column), expected);
                    continue;
                }
            };
            let fact = TreatyActionRow {
                instrument: text("treaty"),
                participant: &action.participant,
                participant_name: text("participant"),
                action: &action.action,
                date: action.date.map(Day::from),
                date_precision: if action.date.is_some() { "day" } else { "none" },
                effective: action.effective.map(Day::from),
                verified: false,
                note: Some(text("note")).filter(|note| !note.is_empty()),
                row,
                ..TreatyActionRow::default()
            };
            let mut kept = actions.push(job, &fact)?;
            if let Some(day) = action.revoked {
                let revoked = TreatyActionRow {
                    action: WITHDRAWAL_REVOKED,
                    date: Some(Day::from(day)),
                    date_precision: "day",
                    ..fact
                };
                kept |= actions.push(job, &revoked)?;
            }
            match kept {
                true => job.findings.rows_kept += 1,
                false => job.findings.rows_skipped += 1,
            }
        }
        Ok(Coverage {
            partial: true,
            ..Coverage::default()
        })
    }
}

/// Where treaty, participant, action and date stand.
fn columns(input: &Input, header: &Header) -> Result<[usize; 4], ReadError> {
    let mut at = [0; 4];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = header.index(name).ok_or_else(|| ReadError::Malformed {
            file: input.name().to_string(),
            row: Some(1),
            found: format!("columns {}", header.names().join(", ")),
            expected: format!("columns {}", COLUMNS.join(", ")),
        })?;
    }
    Ok(at)
}

struct Checked {
    participant: String,
    action: String,
    date: Option<Date>,
    effective: Option<Date>,
    /// When the notice of a withdrawal was revoked.
    revoked: Option<Date>,
}

/// A row's cells as values; else the column that is wrong and what was expected there.
fn checked<'t>(job: &Job<'_>, text: &impl Fn(&str) -> &'t str) -> Result<Checked, (&'static str, String)> {
    if !is_instrument(text("treaty")) {
        return Err((
            "treaty",
            "the chapter and number of a treaty, such as 26-5, or an id of the catalog".into(),
        ));
    }
    let day = |column: &'static str| cell::date(text(column)).map_err(|e| (column, e.expected.to_string()));
    let (date, effective) = (day("date")?, day("effective")?);
    if date.zip(effective).is_some_and(|(date, effective)| effective < date) {
        return Err((
            "effective",
            format!("a day not before that of the action, {}", text("date")),
        ));
    }
    let action = text("action").to_lowercase();
    if !is_known_action(&action) {
        return Err(("action", format!("one of {}, {}", CONSENT.join(", "), OTHER.join(", "))));
    }
    let revoked = revoked([text("action"), text("effective"), text("note")]).map_err(|expected| ("note", expected))?;
    if date.zip(revoked).is_some_and(|(date, revoked)| revoked < date) {
        let expected = format!("a revocation not before the notice of {}", text("date"));
        return Err(("note", expected));
    }
    let participant = participant(job.crosswalk, CodeSystem::Any, text("participant"), date)
        .map_err(|expected| ("participant", expected))?;
    Ok(Checked {
        participant,
        action,
        date,
        effective,
        revoked,
    })
}

/// When the notice of a withdrawal that has no day of effect was revoked, if the note says so in these words:
/// `notice revoked on 2017-03-07; never took effect`. Any other note is left as it stands.
fn revoked([action, effective, note]: [&str; 3]) -> Result<Option<Date>, String> {
    let told = note
        .trim()
        .strip_prefix("notice revoked on ")
        .and_then(|rest| rest.strip_suffix("; never took effect"));
    match told {
        Some(day) if action.trim().eq_ignore_ascii_case("withdrawal") && effective.trim().is_empty() => {
            cell::date(day).map_err(|e| format!("the day of the revocation: {}", e.expected))
        }
        _ => Ok(None),
    }
}

//! Who did what to which treaty: status lists of the UN Treaty Collection, actions taken since, ratifications by year,
//! and the US Department of Labor's list of conventions.
//!
//! One fact is one action of one participant. Who is a party on a day follows from the actions; it is nowhere stored.

use std::collections::HashSet;

use jiff::civil::Date;
use lysoen_facts::tables::{FactRow, TreatyActionRow};
use lysoen_lexicon::country::{AggregateKind, CodeSystem, Crosswalk, Resolved};

use crate::finding::{Findings, Severity};
use crate::reader::{Job, ReadError};

mod conventions;
mod declarations;
mod depositary;
mod heading;
mod later;
mod status;
mod years;

pub use conventions::ConventionsByCountry;
pub use declarations::DeclarationTexts;
pub use depositary::TreatyFile;
pub use later::DatedActions;
pub use status::StatusList;
pub use years::RatificationYears;

/// The acts by which a state or organisation consents to be bound by a treaty (Vienna Convention on the Law of Treaties,
/// articles 11 to 17), in the words of the UN Treaty Collection's column headings.
const CONSENT: [&str; 10] = [
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "succession",
    "definitive signature",
    "formal confirmation",
    "consent to be bound",
    "participation",
    "ratification or accession",
];

/// Acts that bind nobody by themselves, or that end or suspend what binds.
const OTHER: [&str; 10] = [
    "signature",
    "succession to signature",
    "provisional application",
    "territorial application",
    "withdrawal",
    WITHDRAWAL_REVOKED,
    "withdrawal announced",
    "suspension",
    "suspension ended",
    DECLARATION,
];

const WITHDRAWAL_REVOKED: &str = "withdrawal revoked";
const DECLARATION: &str = "declaration";

/// Whether an action makes its participant a party (once the treaty is in force for it).
pub fn makes_party(action: &str) -> bool {
    CONSENT.contains(&action)
}

/// Whether an action is one that is known by name.
fn is_known_action(action: &str) -> bool {
    makes_party(action) || OTHER.contains(&action)
}

/// Places that are no members of the United Nations and yet join its treaties in their own right.
const JOIN_THOUGH_NO_MEMBERS: [&str; 5] = ["COK", "NIU", "PSE", "VAT", "XKX"];

/// Whether a place can be a party itself; a treaty is only extended to a territory by the state that answers for it.
fn can_be_party(crosswalk: &Crosswalk, place: &str) -> bool {
    JOIN_THOUGH_NO_MEMBERS.contains(&place)
        || crosswalk
            .get(place)
            .is_none_or(|country| country.un_member || country.until.is_some())
}

/// The participant that a source means: a place's code, or the name of an organisation. Else what was expected.
pub(crate) fn participant(
    crosswalk: &Crosswalk,
    system: CodeSystem,
    text: &str,
    on: Option<Date>,
) -> Result<String, String> {
    const EXPECTED: &str = "a state or an organisation of states";
    match crosswalk.resolve(system, text, on) {
        Ok(Resolved::Place(place)) => Ok(place.as_str().to_string()),
        Ok(Resolved::Aggregate(name)) => {
            let joins = |kind| matches!(kind, AggregateKind::Organisation | AggregateKind::Historical);
            match crosswalk.aggregates().iter().any(|a| a.name == name && joins(a.kind)) {
                true => Ok(name),
                false => Err(EXPECTED.into()),
            }
        }
        Ok(Resolved::Unknown) => Err(EXPECTED.into()),
        Err(unresolved) => Err(format!("{EXPECTED}: {unresolved}")),
    }
}

/// Whether a text can name an instrument: a number of the UN Treaty Collection (`26-5`, `18-12-a`) or an id of the
/// catalog (`ilo-c182`).
fn is_instrument(text: &str) -> bool {
    let mut parts = text.split('-');
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.contains('-') && parts.all(plain)
}

/// The instrument that a name tells, chapter and number: `26-5`, `18-12-a`.
fn instrument_named(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.split('-').collect();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let letter = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase());
    let fits = match parts[..] {
        [chapter, treaty] => number(chapter) && number(treaty),
        [chapter, treaty, annex] => number(chapter) && number(treaty) && letter(annex),
        _ => false,
    };
    fits.then_some(name)
}

/// Counts a row of a list of participants, by whether any of its days was filled and any action kept.
fn count_row(findings: &mut Findings, row: u64, name: &str, filled: bool, kept: bool) {
    if kept {
        findings.rows_kept += 1;
    } else if filled {
        reject(
            findings,
            row,
            "Participant",
            format!("{name} without a usable action"),
            "at least one dated action",
        );
    } else {
        findings.rows_skipped += 1;
        findings.add(
            Severity::Note,
            Some(row),
            Some("Participant"),
            format!("{name} without any action"),
            "a date in at least one column; the row says nothing and was passed over",
        );
    }
}

/// Records a rejected row.
fn reject(findings: &mut Findings, row: u64, column: &str, found: impl Into<String>, expected: impl Into<String>) {
    findings.rows_rejected += 1;
    findings.add(Severity::Rejected, Some(row), Some(column), found, expected);
}

/// The actions of a file as they go out, each once.
#[derive(Default)]
struct Actions {
    seen: HashSet<(String, String, String, Option<i32>)>,
}

impl Actions {
    /// Gives an action to the sink unless the file has told it before. Whether it did.
    fn push(&mut self, job: &mut Job<'_>, action: &TreatyActionRow<'_>) -> Result<bool, ReadError> {
        let key = (
            action.instrument.to_string(),
            action.participant.to_string(),
            action.action.to_string(),
            action.date.map(|day| day.0),
        );
        if !self.seen.insert(key) {
            job.findings.add(
                Severity::Warning,
                Some(action.row),
                None,
                format!("{} of {} a second time", action.action, action.participant_name),
                "each action once; the first is kept",
            );
            return Ok(false);
        }
        job.sink.push(&FactRow::TreatyAction(action.clone()))?;
        Ok(true)
    }
}

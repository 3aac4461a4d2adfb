//! What the agenda tells, row by row, as every surface gives it. A word such as `withdrawal-notified` is one of
//! [`lysoen_agenda::StandingWord`], [`lysoen_agenda::standing::DutyWord`] or [`lysoen_agenda::standing::DeadlineWord`].

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// On what something rests.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaBasis)]
pub struct BasisRow {
    /// The action, the record or the rule.
    pub act: String,
    /// Its day.
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
    /// The article that decides.
    pub article: Option<String>,
    /// The source's card; none where it is the catalog's rule.
    pub source: Option<String>,
    /// Its vintage.
    #[schema(value_type = Option<String>, format = Date)]
    pub as_of: Option<Date>,
    /// Whether it was read off the depositary's or secretariat's own list.
    pub verified: Option<bool>,
}

/// How a participant stands in an instrument.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaStanding)]
pub struct StandingRow {
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    pub participant: String,
    /// The country; none for an organisation.
    pub place: Option<String>,
    /// Its name.
    pub name: String,
    /// How it stands, in a word.
    pub standing: &'static str,
    /// How it stands, in words.
    pub told: String,
    /// Since when; for who is bound, since when it is in force for it.
    #[schema(value_type = Option<String>, format = Date)]
    pub since: Option<Date>,
    /// How that day came about: `rule`, `source`, `year-only`, `succession` or `no-later`.
    pub since_basis: Option<&'static str>,
    /// When it will be in force for it, or its notice takes effect.
    #[schema(value_type = Option<String>, format = Date)]
    pub ahead: Option<Date>,
    /// Up to when the source speaks.
    #[schema(value_type = Option<String>, format = Date)]
    pub known_to: Option<Date>,
    /// Whether all that it rests on was read off the depositary's own list.
    pub verified: bool,
    /// Whether a declaration or reservation is known.
    pub declaration: bool,
    /// The source's card.
    pub source: Option<String>,
    /// Its vintage.
    #[schema(value_type = Option<String>, format = Date)]
    pub source_as_of: Option<Date>,
    /// On what it rests.
    pub basis: Vec<BasisRow>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A duty or a deadline of a participant.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaDue)]
pub struct DueRow {
    /// `duty` or `deadline`.
    pub kind: &'static str,
    /// The instrument's id.
    pub instrument: String,
    /// Its short name.
    pub short: String,
    /// The duty's or deadline's id.
    pub duty: String,
    /// What is owed.
    pub title: String,
    /// The article.
    pub article: String,
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    pub participant: String,
    /// The country; none for an organisation.
    pub place: Option<String>,
    /// Its name.
    pub name: String,
    /// When it is due; none where no day is known.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// What it covers.
    pub covers: Option<String>,
    /// How it stands, in a word.
    pub status: &'static str,
    /// How it stands, in words.
    pub told: String,
    /// When it was received.
    #[schema(value_type = Option<String>, format = Date)]
    pub received: Option<Date>,
    /// Whole months overdue of a duty, or left of a deadline (below zero where it is past).
    pub months: Option<i32>,
    /// Whether it is asked and not owed.
    pub voluntary: bool,
    /// The days to which a deadline was extended, the oldest first.
    #[schema(value_type = Vec<String>)]
    pub extensions: Vec<Date>,
    /// The source's card on which it rests.
    pub source: Option<String>,
    /// Its vintage.
    #[schema(value_type = Option<String>, format = Date)]
    pub source_as_of: Option<Date>,
    /// On what it rests.
    pub basis: Vec<BasisRow>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// What was not understood, and not guessed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaFinding)]
pub struct FindingRow {
    /// The instrument's id, or the source's number.
    pub instrument: String,
    /// The participant.
    pub participant: String,
    /// What was found and what was expected.
    pub message: String,
    /// File and row.
    pub source: Option<String>,
}

/// How many stand how in an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgendaCounts)]
pub struct CountsRow {
    /// Consents that stand, in force or not.
    pub deposited: usize,
    /// For whom it is in force.
    pub in_force: usize,
    /// Signed and not consented.
    pub signed_only: usize,
    /// Applied before it is in force.
    pub provisional: usize,
    /// Left.
    pub withdrawn: usize,
    /// Have given notice that has not taken effect.
    pub notified: usize,
    /// How they stand is contested.
    pub contested: usize,
    /// Of the deposited, those that rest on an unverified row.
    pub unverified: usize,
    /// Up to when the list speaks.
    #[schema(value_type = Option<String>, format = Date)]
    pub known_to: Option<Date>,
}

/// An instrument in a few words.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaInstrumentBrief)]
pub struct InstrumentBrief {
    /// Its id.
    pub id: String,
    /// The name by which it is known.
    pub short: String,
    /// Its title.
    pub title: String,
    /// `treaty`, `protocol` or `political`.
    pub kind: &'static str,
    /// The elements that it serves.
    pub elements: Vec<u8>,
    /// When it was adopted.
    #[schema(value_type = String, format = Date)]
    pub adopted: Date,
    /// When it entered into force.
    #[schema(value_type = Option<String>, format = Date)]
    pub entered_into_force: Option<Date>,
    /// Who stands how; none for a political one, and where no list is in the lake.
    pub counts: Option<CountsRow>,
    /// The source of the newest complete list.
    pub source: Option<String>,
}

/// A practical programme that a secretariat lists.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaProgramme)]
pub struct ProgrammeRow {
    /// The list's own number.
    pub id: String,
    /// The country.
    pub place: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub what: String,
    /// Since when.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Until when.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The document.
    pub document: Option<String>,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// Whether the document was read.
    pub verified: bool,
}

/// A meeting of an instrument.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaMeeting)]
pub struct MeetingRow {
    /// The instrument's id.
    pub instrument: String,
    /// Its short name.
    pub short: String,
    /// What it is.
    pub title: String,
    /// The first day, where it is set.
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The year, where no day is set.
    pub year: Option<i16>,
    /// Who says so.
    pub source: String,
}

//! How a participant stands, and what it owes: what the rules tell.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::fact::{Origin, words};

words! {
    /// How a participant stands in an instrument on a day.
    StandingWord {
        /// No list tells.
        Unknown = "unknown",
        /// A decision of the United Nations asks it of every member; none is bound.
        Asked = "asked",
        /// It has done nothing that a list tells.
        NotBound = "not-bound",
        /// It has signed and not consented.
        Signed = "signed",
        /// It has consented, and the instrument is not yet in force for it.
        Deposited = "deposited",
        /// It applies it before it is in force for it.
        Provisional = "provisional",
        /// It is in force for it.
        Bound = "bound",
        /// It has said that it will leave, without notice to the depositary.
        WithdrawalAnnounced = "withdrawal-announced",
        /// It has given notice, which has not taken effect.
        WithdrawalNotified = "withdrawal-notified",
        /// Its notice takes no effect while it is engaged in an armed conflict.
        WithdrawalSuspended = "withdrawal-suspended",
        /// It has taken its notice back.
        WithdrawalRevoked = "withdrawal-revoked",
        /// It has left.
        Withdrawn = "withdrawn",
        /// It says that it does not apply it, or left where no article provides for it; how it stands is contested.
        Contested = "contested",
    }
}

impl StandingWord {
    /// Whether the instrument is in force for it.
    pub fn bound(self) -> bool {
        use StandingWord::{
            Bound, Contested, WithdrawalAnnounced, WithdrawalNotified, WithdrawalRevoked, WithdrawalSuspended,
        };
        matches!(
            self,
            Bound | WithdrawalAnnounced | WithdrawalNotified | WithdrawalSuspended | WithdrawalRevoked | Contested
        )
    }

    /// Whether it owes what the instrument asks.
    pub fn owes(self) -> bool {
        self.bound() || self == StandingWord::Asked
    }

    /// Whether its consent stands, in force or not.
    pub fn consented(self) -> bool {
        self.bound() || matches!(self, StandingWord::Deposited | StandingWord::Provisional)
    }
}

/// On what something rests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Basis {
    /// The action or the decision, in a word.
    pub act: String,
    /// Its day.
    pub date: Option<Date>,
    /// The article of the instrument, where one decides.
    pub article: Option<String>,
    /// Where it stands; none where it is the catalog's.
    pub origin: Option<Origin>,
}

/// How the day came about from which a participant is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SinceBasis {
    /// By the instrument's own rule.
    Rule,
    /// The source gives the day.
    Source,
    /// The source gives the year alone: it is that year at the earliest.
    YearOnly,
    /// A successor is bound from the day on which it succeeded.
    Succession,
    /// No later than that day.
    NoLater,
}

/// How the note ends that is told of every standing on a day after that of its list.
pub const LATER_UNKNOWN: &str = "later changes are not known.";

/// How a participant stands in an instrument on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The instrument's id.
    pub instrument: String,
    /// The participant.
    pub participant: String,
    /// The day that was asked for.
    pub on: Date,
    /// How it stands.
    pub word: StandingWord,
    /// Since when it stands so; for who is bound, since when it is in force for it.
    pub since: Option<Date>,
    /// How that day came about.
    pub since_basis: Option<SinceBasis>,
    /// When it will be in force for it, or its notice takes effect.
    pub ahead: Option<Date>,
    /// Up to when the source speaks: it is not told for later days.
    pub known_to: Option<Date>,
    /// Whether all that it rests on was read off the depositary's own list.
    pub verified: bool,
    /// Whether a declaration or reservation is known.
    pub declaration: bool,
    /// On what it rests, the newest last.
    pub basis: Vec<Basis>,
    /// What a reader must know, in sentences.
    pub notes: Vec<String>,
}

/// A change of how a participant stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The first day; none from the beginning, where no day is known.
    pub from: Option<Date>,
    /// How it stands from then on.
    pub word: StandingWord,
    /// Since when it is in force for it, or it stands so.
    pub since: Option<Date>,
    /// How that day came about.
    pub since_basis: Option<SinceBasis>,
    /// When it will be in force for it, or its notice takes effect, as it looked then.
    pub ahead: Option<Date>,
    /// On what it rests.
    pub basis: Vec<Basis>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// How a participant has stood in an instrument, from the beginning.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// The instrument's id.
    pub instrument: String,
    /// The participant.
    pub participant: String,
    /// The changes, the oldest first; the last holds on.
    pub changes: Vec<Change>,
    /// The newest day up to which a list of the instrument speaks of it.
    pub known_to: Option<Date>,
    /// The source and vintage of that list.
    pub list: Option<(String, Date)>,
    /// Declarations and reservations: day and source.
    pub declarations: Vec<Basis>,
}

/// What was not understood, and not guessed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The instrument's id, or the source's number where the catalog has none.
    pub instrument: String,
    /// The participant.
    pub participant: String,
    /// What was found and what was expected, in a sentence.
    pub message: String,
    /// Where it stands.
    pub origin: Option<Origin>,
}

words! {
    /// How it stands with a duty on a day.
    DutyWord {
        /// Its day is to come, and not soon.
        NotYetDue = "not-yet-due",
        /// Its day is near.
        DueSoon = "due-soon",
        /// Received by its day.
        OnTime = "submitted-on-time",
        /// Received after its day.
        Late = "submitted-late",
        /// Its day is past, and a register that is complete past that day has nothing.
        Overdue = "overdue",
        /// Its day is past, and no register tells.
        Unknown = "submission-unknown",
        /// Its day is set by somebody, and no such day is known.
        NoDate = "no-date",
        /// It is not owed: by a record, or because the party is not bound on its day.
        NotApplicable = "not-applicable",
        /// Whether it is owed is contested.
        Contested = "contested",
    }
}

/// A duty of a participant with its day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Occurrence {
    /// The instrument's id.
    pub instrument: String,
    /// The participant.
    pub participant: String,
    /// The duty's id.
    pub duty: String,
    /// When it is due; none where nobody has set a day.
    pub due: Option<Date>,
    /// What it covers, such as the calendar year `2024`.
    pub covers: Option<String>,
    /// How it stands.
    pub word: DutyWord,
    /// How it stands, in words with the number of months: `overdue by 7 months`.
    pub told: String,
    /// When it was received.
    pub received: Option<Date>,
    /// Whole months since its day, where it is overdue.
    pub months: Option<i32>,
    /// On what it rests: entry into force, article, decision, register.
    pub basis: Vec<Basis>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

words! {
    /// How it stands with a deadline on a day.
    DeadlineWord {
        /// It is running.
        Running = "running",
        /// It is running, and near enough to be warned of.
        Near = "near",
        /// The party has declared that it is done.
        Met = "met",
        /// It is past, and nothing is recorded.
        Passed = "passed-outcome-unknown",
        /// It does not concern the party, by a record.
        NotApplicable = "not-applicable",
        /// Whether it concerns the party is not recorded.
        NotKnown = "not-known-whether-it-applies",
        /// How the party stands is contested.
        Contested = "contested",
    }
}

/// A deadline of a participant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeadlineState {
    /// The instrument's id.
    pub instrument: String,
    /// The participant.
    pub participant: String,
    /// The deadline's id.
    pub deadline: String,
    /// The day by the treaty.
    pub original: Option<Date>,
    /// The day that holds: that of the last extension, or the treaty's.
    pub due: Option<Date>,
    /// The extended days, the oldest first.
    pub extensions: Vec<Date>,
    /// How it stands.
    pub word: DeadlineWord,
    /// How it stands, in words: `11 months left`.
    pub told: String,
    /// Whole months left; below zero where it is past.
    pub months_left: Option<i32>,
    /// The next day of warning.
    pub next_warning: Option<Date>,
    /// On what it rests.
    pub basis: Vec<Basis>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

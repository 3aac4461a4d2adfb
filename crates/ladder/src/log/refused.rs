//! Why a record was not made, and what to do.

use jiff::Timestamp;
use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;

use super::record::{RecordAnswer, RecordKind};
use super::roles::FILE;
use crate::option::Tier;

/// Why a record was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The observatory has no roles.
    #[error("no roles are defined, so nobody may {0}: write {FILE} in the observatory")]
    NoRoles(RecordKind),
    /// No such role.
    #[error("there is no role `{by}`: {}", .nearest.as_ref().map_or(format!("name one of {FILE}"), |near| format!("did you mean `{near}`?")))]
    NoSuchRole {
        /// The role.
        by: String,
        /// The one nearest to it.
        nearest: Option<String>,
    },
    /// The role may not do that.
    #[error("`{by}` may not {kind}; {who} may: have the record made by one that may, or change {FILE}")]
    MayNot {
        /// The role.
        by: String,
        /// What it wanted.
        kind: RecordKind,
        /// Who may.
        who: String,
    },
    /// The role is not for that place.
    #[error(
        "`{by}` is not for {place}; {who} may {kind} there: have the record made by one that may, or change {FILE}"
    )]
    NotThere {
        /// The role.
        by: String,
        /// The place.
        place: PlaceId,
        /// What it wanted.
        kind: RecordKind,
        /// Who may.
        who: String,
    },
    /// The role may not decide on that tier.
    #[error("`{by}` may not decide on {} options such as {option}; {who} may: ask one that may", tier_name(*.tier))]
    NotThatTier {
        /// The role.
        by: String,
        /// The tier.
        tier: Tier,
        /// The option.
        option: String,
        /// Who may.
        who: String,
    },
    /// The role may not publish.
    #[error("`{by}` may not decide that a warning is public; {who} may: ask one that may")]
    MayNotPublish {
        /// The role.
        by: String,
        /// Who may.
        who: String,
    },
    /// A role that decides on its own proposal.
    #[error(
        "`{0}` made proposal {1} and cannot decide on it: have another role decide; only soft options under a standing protocol are excepted"
    )]
    OwnProposal(String, u64),
    /// No reason.
    #[error("no reason is given: write in a sentence of 10 characters or more why")]
    NoReason,
    /// Too short a reason.
    #[error("the reason has {0} characters: write in a sentence of 10 characters or more why")]
    ShortReason(usize),
    /// Too long a text.
    #[error("the {0} has {1} characters: 4,000 are kept; put the rest in a document and name it")]
    TooLong(&'static str, usize),
    /// A text with control characters.
    #[error("the {0} has a character that is not text ({1}): write it on one line, without control characters")]
    Control(&'static str, String),
    /// The clock is behind the log.
    #[error("the clock says {now}, but record {number} was made at {at}: set the clock")]
    Clock {
        /// What the clock says.
        now: Timestamp,
        /// The newest record.
        number: u64,
        /// When it was made.
        at: Timestamp,
    },
    /// It must say what it answers.
    #[error("it answers nothing: give the number of the record that it answers, {0}")]
    AnswersNothing(&'static str),
    /// It cannot answer anything.
    #[error("a new warning answers nothing: leave the number out, or make it an update or a cancel")]
    AlertAnswers,
    /// The log has no such record.
    #[error("there is no record {0}: the log ends with record {1}")]
    NoSuchRecord(u64, u64),
    /// It answers a record of another kind.
    #[error("record {number} is {found}: this must answer {expected}")]
    WrongKind {
        /// The record.
        number: u64,
        /// What it is.
        found: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The answer is missing or not one of that kind.
    #[error("{kind} {}: {}", .answer.map_or("does not say what".to_owned(), |a| format!("cannot answer `{a}`")), expected(*.kind))]
    Answer {
        /// The kind of record.
        kind: RecordKind,
        /// What it says.
        answer: Option<RecordAnswer>,
    },
    /// It is for another place.
    #[error("record {number} is for {theirs}, and this for {own}: answer it for {theirs}")]
    OtherPlace {
        /// The record that it answers.
        number: u64,
        /// Its place.
        theirs: PlaceId,
        /// The place of this.
        own: PlaceId,
    },
    /// It names another option or trigger than the record that it answers.
    #[error("record {number} has the {what} `{theirs}`, and this `{own}`: leave it out, or answer another record")]
    Other {
        /// `option` or `trigger`.
        what: &'static str,
        /// The record that it answers.
        number: u64,
        /// What that has.
        theirs: String,
        /// What this has.
        own: String,
    },
    /// A field that such a record does not have.
    #[error("this record has no {0}: leave it out")]
    Stray(&'static str),
    /// A proposal without an option.
    #[error("the proposal names no option: give the id of one of the ladder, such as `S01`")]
    NoOption,
    /// An unknown option.
    #[error("there is no option `{0}`: give the id of one of the ladder, such as `S01`")]
    UnknownOption(String),
    /// A proposal without an end.
    #[error("the proposal does not say when it expires: give the last day on which it can be answered")]
    NoExpiry,
    /// A proposal that has expired already.
    #[error("the proposal would expire on {0}, and today is {1}: give a later day")]
    ExpiresTooSoon(Date, Date),
    /// The proposal has expired.
    #[error("proposal {0} expired on {1} unanswered: propose anew")]
    Expired(u64, Date),
    /// The proposal was decided.
    #[error("proposal {0} was decided by record {1} ({2}): propose anew")]
    Decided(u64, u64, RecordAnswer),
    /// The proposal was acted on under a standing protocol.
    #[error("proposal {0} was acted on by record {1} under a standing protocol: there is nothing left to decide")]
    ActedOn(u64, u64),
    /// Nobody took the proposal.
    #[error(
        "proposal {0} has no decision that took it: have it decided first; only soft options can be begun without, by a role with a standing protocol"
    )]
    NotTaken(u64),
    /// The decision did not take the proposal.
    #[error("decision {0} says {1}, not taken: there is nothing to act on")]
    DecidedOtherwise(u64, RecordAnswer),
    /// The act has ended.
    #[error("act {0} was closed by record {1}: begin anew")]
    Closed(u64, u64),
    /// An ended act without an outcome.
    #[error("the act ends without an outcome: write in a sentence what came of it")]
    NoOutcome,
    /// The warning was cancelled.
    #[error("warning {0} was cancelled by record {1}: answer one that stands")]
    Cancelled(u64, u64),
    /// The warning was told anew.
    #[error("warning {0} was updated by record {1}: answer that one")]
    Updated(u64, u64),
    /// The warning is public already.
    #[error("warning {0} was made public by record {1} already")]
    Published(u64, u64),
    /// The warning is told from a replay.
    #[error("warning {0} is told from a replay of the past: it is never published")]
    Replay(u64),
    /// One of both is a replay.
    #[error("of warning {0} and its update only one is told from a replay: make a new warning")]
    ReplayMixed(u64),
    /// The window ends before it begins.
    #[error("the window begins on {0} and ends on {1}: exchange the days")]
    Window(Date, Date),
}

pub(crate) fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Soft => "soft",
        Tier::Medium => "medium",
        Tier::Hard => "hard",
    }
}

fn expected(kind: RecordKind) -> String {
    match kind.answers() {
        [] => "leave the answer out".to_owned(),
        answers => {
            let names: Vec<String> = answers.iter().map(|a| format!("`{a}`")).collect();
            format!("write one of {}", names.join(", "))
        }
    }
}

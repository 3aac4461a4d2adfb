//! A record, and the one way in which it is written.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lysoen_lexicon::place::PlaceId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What stands as the hash before the first record.
pub const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// Told a warning.
    Warn,
    /// Proposed an option.
    Propose,
    /// Decided on a proposal, or that a warning is public.
    Decide,
    /// Began an action, or ended one.
    Act,
}

impl RecordKind {
    /// Its name, as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Propose => "propose",
            Self::Decide => "decide",
            Self::Act => "act",
        }
    }

    /// The answers that a record of this kind can give.
    pub fn answers(self) -> &'static [RecordAnswer] {
        use RecordAnswer::*;
        match self {
            Self::Warn => &[Alert, Update, Cancel],
            Self::Propose => &[],
            Self::Decide => &[Taken, NotTaken, Overtaken, Publish],
            Self::Act => &[Begun, Done, Stopped],
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a record says to the one that it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordAnswer {
    /// Warn: a new warning.
    Alert,
    /// Warn: the warning as it is told now.
    Update,
    /// Warn: the warning is withdrawn.
    Cancel,
    /// Decide: the proposal is taken.
    Taken,
    /// Decide: it is not.
    NotTaken,
    /// Decide: events have overtaken it.
    Overtaken,
    /// Decide: the warning is public.
    Publish,
    /// Act: begun.
    Begun,
    /// Act: done, with an outcome.
    Done,
    /// Act: stopped, with an outcome.
    Stopped,
}

impl RecordAnswer {
    /// Its name, as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Update => "update",
            Self::Cancel => "cancel",
            Self::Taken => "taken",
            Self::NotTaken => "not-taken",
            Self::Overtaken => "overtaken",
            Self::Publish => "publish",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }
}

impl fmt::Display for RecordAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A record of the log. The order of the fields is that in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its number, from 1.
    pub number: u64,
    /// The hash of the record before; 64 zeros for the first.
    pub previous: String,
    /// When it was made, in whole seconds.
    pub at: Timestamp,
    /// What somebody did.
    pub kind: RecordKind,
    /// The role that did it.
    pub by: String,
    /// The role's organisation then.
    pub organisation: String,
    /// The place for which it holds.
    pub place: PlaceId,
    /// The trigger that stood; none for a proposal without a warning.
    pub trigger: Option<String>,
    /// The option that is proposed, decided on or done.
    pub option: Option<String>,
    /// The version of the option that was proposed.
    pub option_version: Option<u32>,
    /// The number of the record that it answers.
    pub answers: Option<u64>,
    /// What it says to that.
    pub answer: Option<RecordAnswer>,
    /// Why.
    pub reason: String,
    /// Of an act that has ended: what came of it.
    pub outcome: Option<String>,
    /// Of a proposal: the last day on which it can be answered.
    pub expires: Option<Date>,
    /// Of a warning: the reasons of the trigger as they were told then.
    pub said: Vec<String>,
    /// Of a warning: the first and the last day of which it warns.
    pub window: Option<(Date, Date)>,
    /// Of a warning: the forecast chance that its trigger read, in thousandths.
    pub chance_permille: Option<u16>,
    /// Of a warning: whether it was told from a replay or a reconstruction of the past.
    pub replay: bool,
    /// The program that wrote it, with its version.
    pub program: String,
    /// The SHA-256 of all that stands before, as it is written.
    pub hash: String,
}

impl Record {
    /// The bytes of its file.
    pub fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("a record has text, numbers and days only");
        line.push(b'\n');
        line
    }

    /// The hash that its content has; [`Record::hash`] is the one that is written in it.
    pub fn hash_of_content(&self) -> String {
        let unhashed = Record {
            hash: String::new(),
            ..self.clone()
        };
        let line = unhashed.line();
        let content = line
            .strip_suffix(b",\"hash\":\"\"}\n")
            .expect("the hash is the last key");
        let mut hasher = Sha256::new();
        hasher.update(content);
        hasher.update(b"}");
        format!("{:x}", hasher.finalize())
    }

    /// The record with the hash of its content.
    pub(crate) fn sealed(self) -> Record {
        let hash = self.hash_of_content();
        Record { hash, ..self }
    }

    /// The day on which it was made.
    pub fn day(&self) -> Date {
        day_of(self.at)
    }
}

/// The day of a time.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The name of the file of a record: `00000012.json`.
pub fn file_name(number: u64) -> String {
    format!("{number:08}.json")
}

/// The number in the name of a file; none where no record is called so.
pub fn number_of(name: &str) -> Option<u64> {
    let number = name.strip_suffix(".json")?.parse().ok()?;
    (number > 0 && file_name(number) == name).then_some(number)
}

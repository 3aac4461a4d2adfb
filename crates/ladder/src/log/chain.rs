//! Reads the records, and says where they are not as they were written.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::record::{FIRST, Record, file_name};

/// Records of which each holds the hash of the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    records: Vec<Record>,
    /// The numbers of the records that answer each record.
    replies: Vec<Vec<u64>>,
}

/// Number and hash of the newest record. Written as `12 3fa8…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number.
    pub number: u64,
    /// The hash.
    pub hash: String,
}

/// A text that is no head.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not the head of a log; write the number of a record and its hash of 64 hexadecimal digits, as they were printed: `12 3fa8…`"
)]
pub struct NotAHead(String);

/// Something that is wrong with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the record, as its file is called.
    pub number: u64,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It, and all to this number, are missing.
    Missing(u64),
    /// There are two of this number, or the number is 0.
    Twice,
    /// It is no record; says why.
    NotARecord(String),
    /// It is a record, and not written as the program writes it.
    Rewritten,
    /// It says that it has this number.
    Number(u64),
    /// Its hash is not that of its content.
    Hash,
    /// It does not hold the hash of the record before.
    Previous,
    /// It was made before the one before it, which was made then.
    Time(Timestamp),
    /// It answers a record that is not before it.
    Answers(u64),
    /// It was the newest when its hash was printed, and the log ends with this number.
    Cut(u64),
    /// It had another hash when that was printed.
    NotTheHead,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.number;
        match &self.wrong {
            Wrong::Missing(last) if *last == n => write!(f, "record {n} is missing: there is no {}", file_name(n)),
            Wrong::Missing(last) => write!(f, "records {n} to {last} are missing: there is no {}", file_name(n)),
            Wrong::Twice if n == 0 => write!(f, "there is a record 0: records are numbered from 1"),
            Wrong::Twice => write!(f, "record {n} is there twice: each number stands for one record"),
            Wrong::NotARecord(why) => write!(f, "{} is not a record: {why}", file_name(n)),
            Wrong::Rewritten => write!(
                f,
                "record {n} is not written as the program writes it: it was edited by hand"
            ),
            Wrong::Number(said) => write!(
                f,
                "{} says that it is record {said}: the file was renamed",
                file_name(n)
            ),
            Wrong::Hash => write!(
                f,
                "the hash of record {n} does not fit its content: it was changed after it was written"
            ),
            Wrong::Previous if n == 1 => write!(f, "record 1 follows another record: the beginning of the log was cut"),
            Wrong::Previous => write!(
                f,
                "record {n} does not follow record {}: that one, or this one, was replaced",
                n - 1
            ),
            Wrong::Time(before) => write!(
                f,
                "record {n} was made before record {}, which was made at {before}",
                n - 1
            ),
            Wrong::Answers(other) => write!(f, "record {n} answers record {other}, which is not before it"),
            Wrong::Cut(0) => write!(
                f,
                "records after 0 were cut: record {n} was the newest once, and there is none now"
            ),
            Wrong::Cut(last) => write!(
                f,
                "records after {last} were cut: record {n} was the newest once, and record {last} is now"
            ),
            Wrong::NotTheHead => write!(
                f,
                "record {n} is not the one that it was when its hash was printed: it, or one before it, was replaced"
            ),
        }
    }
}

/// A log that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the log is not as it was written: {}; do not mend it by hand, restore it from a copy", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Broken {
    /// What is wrong, in the order of the numbers; at least one.
    pub faults: Vec<Fault>,
}

impl Chain {
    /// The records of these files, given as number and bytes, in any order. All faults are told together.
    pub fn read(files: impl IntoIterator<Item = (u64, Vec<u8>)>) -> Result<Chain, Broken> {
        let mut files: Vec<(u64, Vec<u8>)> = files.into_iter().collect();
        files.sort();
        let mut faults = Vec::new();
        let mut records: Vec<Record> = Vec::new();
        let mut next = 1;
        // The record before, and whether it is as it was written; none where nothing can be said of it.
        let mut before: Before = Before::Nothing;
        for (number, bytes) in files {
            if number < next {
                faults.push(Fault::new(number, Wrong::Twice));
                continue;
            }
            if number > next {
                faults.push(Fault::new(next, Wrong::Missing(number - 1)));
                before = Before::Unknown;
            }
            next = number.saturating_add(1);
            match serde_json::from_slice::<Record>(&bytes) {
                Err(e) => {
                    faults.push(Fault::new(number, Wrong::NotARecord(e.to_string())));
                    before = Before::Unknown;
                }
                Ok(record) => {
                    let wrong = record_faults(number, &record, &bytes, &before);
                    before = Before::of(&record, wrong.is_empty());
                    faults.extend(wrong.into_iter().map(|wrong| Fault::new(number, wrong)));
                    records.push(record);
                }
            }
        }
        if faults.is_empty() {
            Ok(Chain::of(records))
        } else {
            Err(Broken { faults })
        }
    }

    /// These records, which are known to follow each other.
    fn of(records: Vec<Record>) -> Chain {
        let mut chain = Chain::default();
        records.into_iter().for_each(|record| chain.add(record));
        chain
    }

    fn add(&mut self, record: Record) {
        if let Some(answered) = record.answers {
            self.replies[answered as usize - 1].push(record.number);
        }
        self.records.push(record);
        self.replies.push(Vec::new());
    }

    /// Adds a record that was written, where it follows the newest.
    pub fn push(&mut self, record: Record) -> Result<(), Broken> {
        let before = self
            .records
            .last()
            .map_or(Before::Nothing, |last| Before::of(last, true));
        let number = self.records.len() as u64 + 1;
        let wrong = record_faults(number, &record, &record.line(), &before);
        if wrong.is_empty() {
            self.add(record);
            Ok(())
        } else {
            let faults = wrong.into_iter().map(|wrong| Fault::new(number, wrong));
            Err(Broken {
                faults: faults.collect(),
            })
        }
    }

    /// The records, oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// A record by its number.
    pub fn get(&self, number: u64) -> Option<&Record> {
        self.records.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// The records that answer a record, oldest first.
    pub fn replies(&self, number: u64) -> impl Iterator<Item = &Record> {
        let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        let replies = at.and_then(|at| self.replies.get(at)).map_or(&[][..], Vec::as_slice);
        replies.iter().filter_map(|n| self.get(*n))
    }

    /// The newest record's number and hash, to be printed wherever the log is cited: a chain cannot show a cut tail.
    pub fn head(&self) -> Option<Head> {
        let last = self.records.last()?;
        Some(Head {
            number: last.number,
            hash: last.hash.clone(),
        })
    }

    /// Holds the log against a head that was printed earlier, which must be found in it.
    pub fn verify_against(&self, printed: &Head) -> Result<(), Broken> {
        let wrong = match self.get(printed.number) {
            Some(record) if record.hash == printed.hash => return Ok(()),
            Some(_) => Wrong::NotTheHead,
            None => Wrong::Cut(self.records.len() as u64),
        };
        Err(Broken {
            faults: vec![Fault::new(printed.number, wrong)],
        })
    }
}

impl Fault {
    fn new(number: u64, wrong: Wrong) -> Fault {
        Fault { number, wrong }
    }
}

/// What is known of the record before.
enum Before {
    /// There is none.
    Nothing,
    /// It is missing or cannot be read.
    Unknown,
    /// The hashes that it may have had when the next one was written, and when it was made, where that is not in doubt.
    Known(Vec<String>, Option<Timestamp>),
}

impl Before {
    /// A record that was changed may have had the hash that it says or the one that its content has: the fault is its own, not
    /// that of the next one.
    fn of(record: &Record, whole: bool) -> Before {
        if whole {
            Before::Known(vec![record.hash.clone()], Some(record.at))
        } else if record.hash == record.hash_of_content() {
            Before::Known(vec![record.hash.clone()], None)
        } else {
            Before::Known(vec![record.hash.clone(), record.hash_of_content()], None)
        }
    }
}

fn record_faults(number: u64, record: &Record, bytes: &[u8], before: &Before) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if record.number != number {
        wrong.push(Wrong::Number(record.number));
    }
    if record.line() != bytes {
        wrong.push(Wrong::Rewritten);
    }
    if record.hash != record.hash_of_content() {
        wrong.push(Wrong::Hash);
    }
    let (follows, since) = match before {
        Before::Nothing => (record.previous == FIRST, None),
        Before::Unknown => (true, None),
        Before::Known(hashes, at) => (hashes.contains(&record.previous), *at),
    };
    if !follows {
        wrong.push(Wrong::Previous);
    }
    if let Some(since) = since.filter(|since| record.at < *since) {
        wrong.push(Wrong::Time(since));
    }
    if let Some(answered) = record.answers.filter(|answered| !(1..number).contains(answered)) {
        wrong.push(Wrong::Answers(answered));
    }
    wrong
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.hash)
    }
}

impl FromStr for Head {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Head, NotAHead> {
        let not = || NotAHead(text.to_owned());
        let (number, hash) = text.trim().split_once(' ').ok_or_else(not)?;
        let number = number.parse().ok().filter(|n| *n > 0).ok_or_else(not)?;
        let hash = hash.trim().to_ascii_lowercase();
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(not());
        }
        Ok(Head { number, hash })
    }
}

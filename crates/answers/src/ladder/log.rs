//! The log of an observatory: its records as files, and what they say of a place.

use jiff::Timestamp;
use jiff::civil::Date;
use lysoen_facts::Numbered;
use lysoen_ladder::LadderOption;
use lysoen_ladder::framework::Framework;
use lysoen_ladder::log::{Chain, Draft, History, Record, RecordAnswer, RecordKind};
use lysoen_ladder::rules::Done;
use lysoen_lexicon::place::PlaceId;

use super::catalog::LadderCatalog;
use crate::error::AnswerError;
use crate::observatory::Observatory;

/// The folder of the records.
const FOLDER: &str = "log";
/// How often a record is made anew when others are written first.
const ATTEMPTS: u32 = 100;

/// The program that writes a record, with its version.
pub const PROGRAM: &str = concat!("lysoen ", env!("CARGO_PKG_VERSION"));

/// A chance in thousandths, as a record keeps it.
pub fn permille(chance: f64) -> u16 {
    (chance.clamp(0.0, 1.0) * 1000.0).round() as u16
}

/// The records of an observatory, verified.
pub fn chain(observatory: &Observatory) -> Result<Chain, AnswerError> {
    chain_at(&observatory.lake.location())
}

/// The records of the observatory at a folder or address, verified.
pub fn chain_at(location: &str) -> Result<Chain, AnswerError> {
    Ok(Chain::read(Numbered::at(location, FOLDER)?.read()?)?)
}

/// Writes the next record. On return it is on the disk; another writer's record that comes first is followed.
pub fn append(
    observatory: &Observatory,
    catalog: &LadderCatalog,
    draft: &Draft,
    now: Timestamp,
) -> Result<Record, AnswerError> {
    let files = Numbered::at(&observatory.lake.location(), FOLDER)?;
    let tier = |id: &str| catalog.options.option(id).map(|option| option.tier);
    for _ in 0..ATTEMPTS {
        let chain = Chain::read(files.read()?)?;
        // A record of another writer may have been made in the second that has passed meanwhile.
        let newest = chain.records().last().map_or(now, |last| last.at);
        let waited = newest > now && newest.duration_since(now).as_secs() <= 1;
        let record = chain.append(draft.clone(), if waited { newest } else { now }, &catalog.roles, &tier)?;
        if files.create(record.number, record.line())? {
            return Ok(record);
        }
    }
    Err(lysoen_facts::LakeError::Contended {
        location: files.describe(),
    }
    .into())
}

/// What was done of options at a place up to a day.
pub(super) fn done<'o>(
    chain: &Chain,
    place: &PlaceId,
    options: impl Iterator<Item = &'o LadderOption>,
    today: Date,
) -> Vec<Done> {
    let of = |option: &LadderOption| {
        let History { under_way, tried } = chain.history(place, &option.id, today);
        let done = |since, until, outcome| Done {
            option: option.id.clone(),
            since,
            until,
            outcome,
        };
        let ended = tried
            .into_iter()
            .map(|one| done(one.since, Some(one.until), Some(one.outcome)));
        let running = under_way.into_iter().map(|one| done(one.since, None, None));
        ended.chain(running).collect::<Vec<_>>()
    };
    options.flat_map(of).collect()
}

/// The day of the newest decision by which the role that confirms a framework took one of its options at a place.
pub(super) fn confirmed(chain: &Chain, place: &PlaceId, framework: &Framework, today: Date) -> Option<Date> {
    let confirms = |record: &&Record| {
        record.kind == RecordKind::Decide
            && record.answer == Some(RecordAnswer::Taken)
            && record.place == *place
            && record.by == framework.confirmed_by
            && record.day() <= today
            && record
                .option
                .as_ref()
                .is_some_and(|option| framework.options.contains(option))
    };
    chain.records().iter().rev().find(confirms).map(Record::day)
}

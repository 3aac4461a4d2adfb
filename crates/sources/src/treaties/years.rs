//! Human-rights instruments by member state of the United Nations, with the year of ratification or accession alone.

use jiff::civil::Date;
use lysoen_facts::tables::{Day, TreatyActionRow};
use lysoen_lexicon::country::CodeSystem;

use super::{Actions, participant, reject};
use crate::card::{Card, Layout};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};
use crate::records::Header;

/// The instruments by the last part of the file's name, with their numbers in the UN Treaty Collection.
const INSTRUMENTS: [(&str, &str); 18] = [
    ("cat", "4-9"),
    ("cedaw", "4-8"),
    ("cped", "4-16"),
    ("crc", "4-11"),
    ("crpd", "4-15"),
    ("iccpr", "4-4"),
    ("iccpr_op1", "4-5"),
    ("iccpr_op2", "4-12"),
    ("icerd", "4-2"),
    ("icescr", "4-3"),
    ("icescr_op", "4-3-a"),
    ("icmw", "4-13"),
    ("op_cedaw", "4-8-b"),
    ("op_crc_ac", "4-11-b"),
    ("op_crc_ic", "4-11-d"),
    ("op_crc_sc", "4-11-c"),
    ("op_crpd", "4-15-a"),
    ("opcat", "4-9-b"),
];

const YEAR: &str = "year ratification or accession";
const PARTY: &str = "state party";
const STATUS: &str = "status";

/// Reader `treaty-years`. The file's name tells the instrument: `hr_status_crc.csv`.
#[derive(Debug)]
pub struct RatificationYears;

impl Reader for RatificationYears {
    fn name(&self) -> &'static str {
        "treaty-years"
    }

    fn version(&self) -> u32 {
        1
    }

    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        Ok(format!("{}-{}", layout.dataset(), instrument(input)?))
    }

    /// The first release on the card that is not older than the newest year in the file.
    fn vintage(&self, input: &Input, card: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let mut findings = Findings::new(input.name());
        let mut record = csv::StringRecord::new();
        let mut newest = None;
        while records.next(&mut record, &mut findings)?.is_some() {
            newest = newest.max(cell::year(text(&header, &record, YEAR)).ok().flatten());
        }
        let known = card
            .vintages
            .iter()
            .filter(|(_, day)| newest.is_some_and(|year| day.0.year() >= year));
        Ok(known.min_by_key(|(_, day)| day.0).map(|(label, day)| Vintage {
            date: day.0,
            label: Some(label.clone()),
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let instrument = instrument(input)?;
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let mut actions = Actions::default();
        let mut record = csv::StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            let cell = |name: &str| text(&header, &record, name);
            let act = match act(&cell, job.findings, row) {
                Ok(Some(act)) => act,
                Ok(None) => {
                    job.findings.rows_skipped += 1;
                    continue;
                }
                Err((column, expected)) => {
                    reject(job.findings, row, column, cell(column), expected);
                    continue;
                }
            };
            let resolved = participant(job.crosswalk, CodeSystem::Iso2, cell("iso2"), None)
                .or_else(|_| participant(job.crosswalk, CodeSystem::Name, cell("member"), None));
            let participant = match resolved {
                Ok(participant) => participant,
                Err(expected) => {
                    reject(job.findings, row, "iso2", cell("iso2"), expected);
                    continue;
                }
            };
            let fact = TreatyActionRow {
                instrument,
                participant: &participant,
                participant_name: cell("member"),
                action: act.action,
                date: act.year.map(Day::from),
                date_precision: if act.year.is_some() { "year" } else { "none" },
                verified: false,
                note: Some(cell("note")).filter(|note| !note.is_empty()),
                row,
                ..TreatyActionRow::default()
            };
            match actions.push(job, &fact)? {
                true => job.findings.rows_kept += 1,
                false => job.findings.rows_skipped += 1,
            }
        }
        Ok(Coverage::default())
    }
}

fn text<'r>(header: &Header, record: &'r csv::StringRecord, name: &str) -> &'r str {
    header
        .index(name)
        .and_then(|at| record.get(at))
        .unwrap_or_default()
        .trim()
}

fn instrument(input: &Input) -> Result<&'static str, ReadError> {
    let name = input.file_name().to_ascii_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let short = stem.strip_prefix("hr_status_").unwrap_or(stem);
    INSTRUMENTS
        .iter()
        .find(|(known, _)| *known == short)
        .map(|(_, number)| *number)
        .ok_or_else(|| {
            let known: Vec<&str> = INSTRUMENTS.iter().map(|(known, _)| *known).collect();
            ReadError::Malformed {
                file: input.name().to_string(),
                row: None,
                found: format!("a list of ratifications named {}", input.file_name()),
                expected: format!(
                    "hr_status_<instrument>.csv, the instrument being one of {}",
                    known.join(", ")
                ),
            }
        })
}

/// What a row says: a consent with its year, a signature, or (none) nothing.
struct Act {
    action: &'static str,
    year: Option<Date>,
}

/// The row's act. The status in words decides; where the columns of zeros and ones say otherwise, a finding does too.
fn act<'t>(
    cell: &impl Fn(&str) -> &'t str,
    findings: &mut Findings,
    row: u64,
) -> Result<Option<Act>, (&'static str, String)> {
    let flag = |name: &'static str| cell::boolean(cell(name)).map_err(|e| (name, e.expected.to_string()));
    let year = cell::year(cell(YEAR)).map_err(|e| (YEAR, e.expected.to_string()))?;
    let (party, signed, none) = (flag(PARTY)?, flag("signatory")?, flag("no action")?);
    let status = cell(STATUS).to_lowercase();
    let (expected, act) = match status.as_str() {
        "state party" => {
            if year.is_none() && party != Some(true) {
                return Err((
                    STATUS,
                    "no state party: the column `state party` is 0 and there is no year".into(),
                ));
            }
            let year = match year {
                Some(year) => Some(Date::new(year, 1, 1).map_err(|_| (YEAR, "a year such as 1989".to_string()))?),
                None => None,
            };
            (
                (true, false, false),
                Some(Act {
                    action: "ratification or accession",
                    year,
                }),
            )
        }
        "signatory state" => (
            (false, true, false),
            Some(Act {
                action: "signature",
                year: None,
            }),
        ),
        "no action" => ((false, false, true), None),
        _ => return Err((STATUS, "state party, signatory state or no action".into())),
    };
    // An empty flag contradicts nothing.
    let differs = |flag: Option<bool>, expected: bool| flag.is_some_and(|flag| flag != expected);
    if differs(party, expected.0) || differs(signed, expected.1) || differs(none, expected.2) {
        let digit = |flag: Option<bool>| flag.map_or("empty", |flag| if flag { "1" } else { "0" });
        findings.add(
            Severity::Warning,
            Some(row),
            Some(STATUS),
            format!(
                "{status} beside state party = {}, signatory = {}, no action = {}",
                digit(party),
                digit(signed),
                digit(none)
            ),
            "columns that agree; the status in words was taken",
        );
    }
    Ok(act)
}

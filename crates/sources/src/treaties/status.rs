//! A status list of the UN Treaty Collection: one file per treaty, one row per participant, a column per kind of act.

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

const PARTICIPANT: &str = "Participant";

/// Reader `treaty-status`. The file's name tells the treaty: `26-5.csv` is chapter XXVI, number 5.
#[derive(Debug)]
pub struct StatusList;

impl Reader for StatusList {
    fn name(&self) -> &'static str {
        "treaty-status"
    }

    fn version(&self) -> u32 {
        1
    }

    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        Ok(format!("{}-{}", layout.dataset(), instrument(input)?))
    }

    /// The day of the newest action in the list: later than that it may be, but nothing in it says so.
    fn vintage(&self, input: &Input, _: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let list = List::read(input, &mut Findings::new(input.name()))?;
        Ok(list.newest().map(|date| Vintage {
            date,
            label: None,
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let instrument = instrument(input)?;
        let list = List::read(input, job.findings)?;
        // Names are those of the day of the list, whatever the state was called when it signed.
        let on = list.newest();
        let mut actions = Actions::default();
        for (row, record) in &list.rows {
            let name = record.get(list.participant).unwrap_or_default().trim();
            let participant = match participant(job.crosswalk, CodeSystem::Name, name, on) {
                Ok(participant) => participant,
                Err(expected) => {
                    reject(job.findings, *row, PARTICIPANT, name, expected);
                    continue;
                }
            };
            let (mut filled, mut kept) = (false, false);
            for column in &list.columns {
                let text = record.get(column.at).unwrap_or_default().trim();
                if text.is_empty() {
                    continue;
                }
                filled = true;
                match column.action(text) {
                    Ok((action, date)) => {
                        kept |= actions.push(
                            job,
                            &TreatyActionRow {
                                instrument: &instrument,
                                participant: &participant,
                                participant_name: name,
                                action,
                                date: Some(Day::from(date)),
                                date_precision: "day",
                                verified: true,
                                row: *row,
                                ..TreatyActionRow::default()
                            },
                        )?;
                    }
                    Err(expected) => {
                        job.findings
                            .add(Severity::Warning, Some(*row), Some(&column.name), text, expected);
                    }
                }
            }
            count(job.findings, *row, name, filled, kept);
        }
        Ok(Coverage::default())
    }
}

fn count(findings: &mut Findings, row: u64, name: &str, filled: bool, kept: bool) {
    if kept {
        findings.rows_kept += 1;
    } else if filled {
        reject(
            findings,
            row,
            PARTICIPANT,
            format!("{name} without a usable action"),
            "at least one dated action",
        );
    } else {
        findings.rows_skipped += 1;
        findings.add(
            Severity::Note,
            Some(row),
            Some(PARTICIPANT),
            format!("{name} without any action"),
            "a date in at least one column; the row says nothing and was passed over",
        );
    }
}

/// The instrument that the file's name tells.
fn instrument(input: &Input) -> Result<String, ReadError> {
    let stem = input
        .file_name()
        .rsplit_once('.')
        .map_or(input.file_name(), |(stem, _)| stem)
        .to_ascii_lowercase();
    let parts: Vec<&str> = stem.split('-').collect();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let letter = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase());
    let fits = match parts[..] {
        [chapter, treaty] => number(chapter) && number(treaty),
        [chapter, treaty, annex] => number(chapter) && number(treaty) && letter(annex),
        _ => false,
    };
    match fits {
        true => Ok(stem),
        false => Err(ReadError::Malformed {
            file: input.name().to_string(),
            row: None,
            found: format!("a status list named {}", input.file_name()),
            expected: "the chapter and number of the treaty as the file's name, such as 26-5.csv or 18-12-a.csv; \
                       nothing else in such a list says which treaty it is about"
                .into(),
        }),
    }
}

/// A status list, read.
struct List {
    participant: usize,
    columns: Vec<Column>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl List {
    fn read(input: &Input, findings: &mut Findings) -> Result<List, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let participant = header.index(PARTICIPANT).ok_or_else(|| ReadError::Malformed {
            file: input.name().to_string(),
            row: Some(1),
            found: format!("columns {}", header.names().join(", ")),
            expected: "a column Participant".into(),
        })?;
        let columns = Column::all(&header, participant);
        let mut rows = Vec::new();
        let mut record = csv::StringRecord::new();
        while let Some(row) = records.next(&mut record, findings)? {
            rows.push((row, record.clone()));
        }
        Ok(List {
            participant,
            columns,
            rows,
        })
    }

    fn newest(&self) -> Option<Date> {
        let dates = self.rows.iter().flat_map(|(_, record)| {
            self.columns
                .iter()
                .filter_map(|column| column.action(record.get(column.at)?).ok().map(|(_, date)| date))
        });
        dates.max()
    }
}

/// A column of dates, with the acts that its heading lists: `Ratification, Acceptance(A), Accession(a)`.
struct Column {
    at: usize,
    name: String,
    /// The act of a date without letters, where the heading has one.
    plain: Option<String>,
    /// The acts by their letters. Case matters: `a` is accession, `A` acceptance, `AA` approval.
    by_letters: Vec<(String, String)>,
}

impl Column {
    fn all(header: &Header, participant: usize) -> Vec<Column> {
        let names = header.names().iter().enumerate();
        names
            .filter(|(at, name)| *at != participant && !name.is_empty())
            .map(|(at, name)| Column::new(at, name))
            .collect()
    }

    fn new(at: usize, heading: &str) -> Column {
        let mut column = Column {
            at,
            name: heading.to_string(),
            plain: None,
            by_letters: Vec::new(),
        };
        for act in heading.split(',').map(str::trim).filter(|act| !act.is_empty()) {
            // `Definitive signature(s)` is the letter s; so is `Accession(a)` the letter a.
            match act.strip_suffix(')').and_then(|act| act.rsplit_once('(')) {
                Some((label, letters)) => column.by_letters.push((letters.trim().to_string(), action_name(label))),
                None => column.plain = column.plain.or_else(|| Some(action_name(act))),
            }
        }
        column
    }

    /// The act and the day in a cell such as `11 Sep 2002 a`; else what was expected.
    fn action(&self, text: &str) -> Result<(&str, Date), String> {
        let text = text.trim();
        let (day, letters) = match text.rsplit_once(char::is_whitespace) {
            Some((day, last)) if last.chars().all(char::is_alphabetic) => (day, last),
            _ => (text, ""),
        };
        let date = cell::date(day)
            .ok()
            .flatten()
            .ok_or("a day such as 11 Sep 2002, with the letters of the act")?;
        let action = match letters {
            "" => self.plain.as_deref(),
            _ => self
                .by_letters
                .iter()
                .find(|(known, _)| known == letters)
                .map(|(_, action)| action.as_str()),
        };
        match action {
            Some(action) => Ok((action, date)),
            None => Err(format!(
                "one of the letters that the column's heading explains ({})",
                self.letters()
            )),
        }
    }

    fn letters(&self) -> String {
        let letters = self
            .by_letters
            .iter()
            .map(|(letters, action)| format!("{letters} = {action}"));
        let plain = self.plain.iter().map(|action| format!("none = {action}"));
        letters.chain(plain).collect::<Vec<_>>().join(", ")
    }
}

/// An act by its short name: `Accession to the Convention as amended` is accession.
fn action_name(label: &str) -> String {
    let label = label.trim().to_lowercase();
    // "Definitive signature or participation in the Convention and the Protocol" is the Slavery Convention's heading.
    if label.starts_with("definitive signature") {
        return "definitive signature".into();
    }
    let cut = [" of the ", " to the ", " in the ", " under "]
        .iter()
        .filter_map(|words| label.find(words))
        .min();
    label[..cut.unwrap_or(label.len())].trim().to_string()
}

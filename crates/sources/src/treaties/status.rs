//! A status list of the UN Treaty Collection: one file per treaty, one row per participant, a column per kind of act.

use jiff::civil::Date;
use lysoen_facts::tables::{Day, TreatyActionRow};
use lysoen_lexicon::country::CodeSystem;

use super::heading::Column;
use super::{Actions, count_row, instrument_named, participant, reject};
use crate::card::{Card, Layout};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};

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
            count_row(job.findings, *row, name, filled, kept);
        }
        Ok(Coverage::default())
    }
}

/// The instrument that the file's name tells.
fn instrument(input: &Input) -> Result<String, ReadError> {
    let stem = input
        .file_name()
        .rsplit_once('.')
        .map_or(input.file_name(), |(stem, _)| stem);
    instrument_named(stem).ok_or_else(|| {
        let found = format!("a status list named {}", input.file_name());
        let expected = "the chapter and number of the treaty as the file's name, such as 26-5.csv or 18-12-a.csv; \
                        nothing else in such a list says which treaty it is about";
        input.malformed(found, expected)
    })
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
        let names = header.names().iter().enumerate();
        let columns = names
            .filter(|(at, name)| *at != participant && !name.is_empty())
            .map(|(at, name)| Column::new(at, name))
            .collect();
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

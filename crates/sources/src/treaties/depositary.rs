//! The UN Treaty Collection's own file of a treaty as XML ("Multilateral Treaties Deposited with the Secretary-General"):
//! who signed, ratified and declared what. What its notes tell in prose is shown, and never made into an action.

use std::collections::HashSet;

use jiff::civil::Date;
use lysoen_facts::tables::{Day, TreatyActionRow};
use lysoen_lexicon::country::CodeSystem;

use super::{Actions, DECLARATION, count_row, makes_party, participant, reject};
use crate::card::{Card, Layout};
use crate::finding::Severity;
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};

mod document;
mod prose;
mod xml;

use document::{Document, Table};
use prose::{Marked, bracketed, shortened};

const PARTICIPANT: &str = "Participant";

/// What is noted of an action whose day stands in brackets.
const BRACKETS: &str = "in brackets in the depositary's list";

/// Reader `treaty-xml`. The file's name tells the treaty, as in the status lists, and it is a release of the same data set.
/// A row is a participant of the table, counted from 1; the declarations are counted after them.
#[derive(Debug)]
pub struct TreatyFile;

impl Reader for TreatyFile {
    fn name(&self) -> &'static str {
        "treaty-xml"
    }

    fn version(&self) -> u32 {
        1
    }

    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        Ok(format!("{}-{}", layout.dataset(), Document::read(input)?.instrument))
    }

    /// The day as at which the file says it is; else that of its newest action.
    fn vintage(&self, input: &Input, _: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let document = Document::read(input)?;
        let vintage = |basis| {
            move |date| Vintage {
                date,
                label: None,
                basis,
            }
        };
        let told = document.as_at.as_ref().and_then(|day| day.as_ref().ok()).copied();
        Ok(match told {
            Some(day) => Some(day).map(vintage(VintageBasis::File)),
            None => document.newest().map(vintage(VintageBasis::Inferred)),
        })
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let document = Document::read(input)?;
        let mut taking = Taking {
            // Names are those of the day of the file, whatever the state was called when it signed.
            on: match &document.as_at {
                Some(Ok(day)) => Some(*day),
                _ => document.newest(),
            },
            document: &document,
            actions: Actions::default(),
            row: 0,
            signatories: 0,
            parties: 0,
        };
        for table in &document.tables {
            for entries in &table.rows {
                taking.row(job, table, entries)?;
            }
        }
        taking.declarations(job)?;
        taking.compare(job);
        about_the_file(&document, job);
        Ok(Coverage::default())
    }
}

/// A file on its way into the lake.
struct Taking<'a> {
    document: &'a Document,
    on: Option<Date>,
    actions: Actions,
    row: u64,
    signatories: u64,
    parties: u64,
}

impl Taking<'_> {
    fn next_row(&mut self, job: &mut Job<'_>) -> u64 {
        job.findings.rows_read += 1;
        self.row += 1;
        self.row
    }

    /// Takes a row of the table: an action for each day in it.
    fn row(&mut self, job: &mut Job<'_>, table: &Table, entries: &[Marked]) -> Result<(), ReadError> {
        let row = self.next_row(job);
        let (Some((first, cells)), true) = (entries.split_first(), entries.len() == table.columns.len() + 1) else {
            let found = format!("{} entries", entries.len());
            let expected = format!("{}, as the heading has", table.columns.len() + 1);
            reject(job.findings, row, PARTICIPANT, found, expected);
            return Ok(());
        };
        let name = bracketed(&first.text).unwrap_or(&first.text);
        let who = match participant(job.crosswalk, CodeSystem::Name, name, self.on) {
            Ok(who) => who,
            Err(expected) => {
                reject(job.findings, row, PARTICIPANT, name, expected);
                return Ok(());
            }
        };
        let (mut filled, mut kept, mut signed, mut bound) = (false, false, false, false);
        for (column, cell) in table
            .columns
            .iter()
            .zip(cells)
            .filter(|(_, cell)| !cell.text.is_empty())
        {
            filled = true;
            let within = bracketed(&cell.text);
            let (action, date) = match column.action(within.unwrap_or(&cell.text)) {
                Ok(told) => told,
                Err(expected) => {
                    let findings = &mut *job.findings;
                    findings.add(Severity::Warning, Some(row), Some(&column.name), &cell.text, expected);
                    continue;
                }
            };
            let apart = within.is_some() || bracketed(&first.text).is_some();
            if apart {
                let expected = "a day without brackets, in which the depositary sets what no longer stands or stands \
                                otherwise; kept as an action of its day. What ended it comes from a list of actions";
                let findings = &mut *job.findings;
                findings.add(Severity::Warning, Some(row), Some(&column.name), &cell.text, expected);
            }
            let note = self.note(&[first, cell], apart);
            let fact = TreatyActionRow {
                instrument: &self.document.instrument,
                instrument_title: self.document.title.as_deref(),
                participant: &who,
                participant_name: name,
                action,
                date: Some(Day::from(date)),
                date_precision: "day",
                verified: true,
                note: note.as_deref(),
                row,
                ..TreatyActionRow::default()
            };
            kept |= self.actions.push(job, &fact)?;
            signed |= matches!(action, "signature" | "succession to signature");
            bound |= makes_party(action) && !apart;
        }
        self.signatories += u64::from(signed);
        self.parties += u64::from(bound);
        count_row(job.findings, row, name, filled, kept);
        Ok(())
    }

    /// What is noted of an action: the notes whose numbers it or its participant bears.
    fn note(&self, marked: &[&Marked], apart: bool) -> Option<String> {
        let numbers = marked.iter().flat_map(|marked| &marked.notes);
        let notes = numbers.filter_map(|number| self.document.note(number));
        let mut seen = HashSet::new();
        let notes = notes.chain(apart.then_some(BRACKETS)).filter(|note| seen.insert(*note));
        let all = notes.collect::<Vec<_>>().join("\n");
        Some(all).filter(|all| !all.is_empty())
    }

    /// Takes the declarations: one action of each participant, with all that it has declared.
    fn declarations(&mut self, job: &mut Job<'_>) -> Result<(), ReadError> {
        let mut by_participant: Vec<(String, &str, u64, Vec<&str>)> = Vec::new();
        for declaration in &self.document.declarations {
            let row = self.next_row(job);
            let name = bracketed(&declaration.participant).unwrap_or(&declaration.participant);
            if declaration.text.is_empty() {
                let found = format!("a declaration of {name} without a text");
                job.findings
                    .add(Severity::Note, Some(row), Some("Text"), found, "what was declared");
                job.findings.rows_skipped += 1;
                continue;
            }
            match participant(job.crosswalk, CodeSystem::Name, name, self.on) {
                Err(expected) => reject(job.findings, row, PARTICIPANT, name, expected),
                Ok(who) => {
                    job.findings.rows_kept += 1;
                    match by_participant.iter_mut().find(|(known, ..)| *known == who) {
                        Some((.., texts)) => texts.push(&declaration.text),
                        None => by_participant.push((who, name, row, vec![&declaration.text])),
                    }
                }
            }
        }
        for (who, name, row, texts) in by_participant {
            let note = texts.join("\n");
            let fact = TreatyActionRow {
                instrument: &self.document.instrument,
                instrument_title: self.document.title.as_deref(),
                participant: &who,
                participant_name: name,
                action: DECLARATION,
                date_precision: "none",
                verified: true,
                note: Some(&note),
                row,
                ..TreatyActionRow::default()
            };
            self.actions.push(job, &fact)?;
        }
        Ok(())
    }

    /// Compares what was counted with what the file says.
    fn compare(&self, job: &mut Job<'_>) {
        let told = [
            ("Signatories", &self.document.signatories, self.signatories),
            ("Parties", &self.document.parties, self.parties),
        ];
        for (what, text, counted) in told {
            let Some(text) = text else { continue };
            if text.parse() != Ok(counted) {
                let expected = format!("{counted}, as its table has; the table is what was taken");
                job.findings.add(Severity::Warning, None, Some(what), text, expected);
            }
        }
    }
}

/// What a reader of the file must know that no action says: an unreadable day, notes that speak of a withdrawal, and parts
/// that are not read.
fn about_the_file(document: &Document, job: &mut Job<'_>) {
    if let Some(Err(text)) = &document.as_at {
        let expected = "a day such as 29-11-2025; the file is taken to be as at its newest action";
        job.findings
            .add(Severity::Warning, None, Some("STATUS AS AT"), text, expected);
    }
    for note in &document.notes {
        let told = note.text.to_lowercase();
        if ["withdraw", "withdrew", "denounc", "denunciation"]
            .iter()
            .any(|word| told.contains(word))
        {
            let found = match &note.number {
                Some(number) => format!("note {number}: {}", shortened(&note.text, 400)),
                None => shortened(&note.text, 400),
            };
            let expected = "no action, for prose is not read as one: if it tells of a withdrawal from the treaty, import that \
                            by a list of actions (treaty, participant, action, date, effective, note)";
            job.findings.add(Severity::Note, None, Some("notes"), found, expected);
        }
    }
    if !document.unread.is_empty() {
        let found = format!("<{}>", document.unread.join(">, <"));
        let expected = "parts that are known here; these were not read, and nothing in them was taken";
        job.findings.add(Severity::Note, None, None, found, expected);
    }
}

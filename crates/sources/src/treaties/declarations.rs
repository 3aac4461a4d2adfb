//! Declarations and reservations as text: `#` and the participant on a line, and below it what it has declared.

use std::io::{BufRead, BufReader};

use jiff::civil::Date;
use lysoen_facts::tables::TreatyActionRow;
use lysoen_lexicon::country::CodeSystem;

use super::{Actions, DECLARATION, instrument_named, participant, reject};
use crate::card::Layout;
use crate::finding::Severity;
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader};

/// Names as they were when the copies were made.
const NAMED_ON: Date = jiff::civil::date(2015, 3, 31);

/// Protocols that were open for signature together, and by which words a text names each.
const NAMED: [(&str, &str); 2] = [
    ("4-11-b", "involvement of children in armed conflict"),
    ("4-11-c", "sale of children, child prostitution and child pornography"),
];

/// Reader `treaty-declarations`. The file's name tells the treaty: `4-11-b.txt`. A row is the line that names the
/// participant.
#[derive(Debug)]
pub struct DeclarationTexts;

impl Reader for DeclarationTexts {
    fn name(&self) -> &'static str {
        "treaty-declarations"
    }

    fn version(&self) -> u32 {
        1
    }

    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        Ok(format!("{}-{}", layout.dataset(), instrument(input)?))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let instrument = instrument(input)?;
        let mut actions = Actions::default();
        for Block { row, name, text } in blocks(input)? {
            job.findings.rows_read += 1;
            if text.is_empty() {
                let expected = "what was declared; the row says nothing and was passed over";
                job.findings.add(
                    Severity::Note,
                    Some(row),
                    None,
                    format!("{name} without a text"),
                    expected,
                );
                job.findings.rows_skipped += 1;
                continue;
            }
            if let Some(other) = of_another(&instrument, &text) {
                let found = format!("{name}: a text that names the protocol {other}");
                let expected = format!("a declaration to {instrument}, which the file's name tells");
                reject(job.findings, row, "text", found, expected);
                continue;
            }
            let who = match participant(job.crosswalk, CodeSystem::Name, &name, Some(NAMED_ON)) {
                Ok(who) => who,
                Err(expected) => {
                    reject(job.findings, row, "participant", name, expected);
                    continue;
                }
            };
            let fact = TreatyActionRow {
                instrument: &instrument,
                participant: &who,
                participant_name: &name,
                action: DECLARATION,
                date_precision: "none",
                verified: true,
                note: Some(&text),
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

fn instrument(input: &Input) -> Result<String, ReadError> {
    let stem = input.file_name().split('.').next().unwrap_or_default();
    instrument_named(stem).ok_or_else(|| {
        let found = format!("declarations in a file named {}", input.file_name());
        let expected = "the chapter and number of the treaty as the file's name, such as 4-11-b.txt";
        input.malformed(found, expected)
    })
}

/// The protocol that a text names, where it is another than the file's and the file's is not named.
fn of_another(instrument: &str, text: &str) -> Option<&'static str> {
    let told = text.to_lowercase();
    let named: Vec<&str> = NAMED
        .iter()
        .filter(|(_, words)| told.contains(words))
        .map(|(protocol, _)| *protocol)
        .collect();
    let own = NAMED.iter().any(|(protocol, _)| *protocol == instrument) && !named.contains(&instrument);
    named.into_iter().next().filter(|_| own)
}

/// What a participant has declared, and the line on which it is named.
struct Block {
    row: u64,
    name: String,
    text: String,
}

fn blocks(input: &Input) -> Result<Vec<Block>, ReadError> {
    let mut blocks: Vec<Block> = Vec::new();
    for (row, line) in (1..).zip(BufReader::new(input.text()?).lines()) {
        let line = line.map_err(|e| input.io(e))?;
        match (line.strip_prefix('#'), blocks.last_mut()) {
            (Some(name), _) => blocks.push(Block {
                row,
                name: name.trim().to_string(),
                text: String::new(),
            }),
            (None, Some(block)) => {
                let more = line.trim();
                block.text.push_str(if block.text.is_empty() || more.is_empty() {
                    ""
                } else {
                    "\n"
                });
                block.text.push_str(more);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => return Err(input.malformed(line, "# and a participant on the first line")),
        }
    }
    Ok(blocks)
}

//! What secretariats list beside the treaties: reports received, deadlines extended, duties done, armed conflicts, practical
//! programmes. One row is one record of such a list, as an organisation keeps it.

use std::collections::HashMap;

use csv::StringRecord;
use lysoen_facts::tables::FactRow;

use crate::finding::Severity;
use crate::input::Input;
use crate::own_records::{check, reject};
use crate::reader::{Coverage, Job, ReadError, Reader};

mod kind;
mod record;

pub use kind::kinds;
use record::Record;

/// Columns without which a file says nothing; the others may be absent.
const COLUMNS: [&str; 4] = ["id", "kind", "participant", "date"];

/// Reader `commitments`: columns id, kind, element, instrument, duty, participant, date, covers, until, document, verified,
/// note. The file does not tell its vintage: when a report was received is not when the list was kept.
#[derive(Debug)]
pub struct Commitments;

impl Reader for Commitments {
    fn name(&self) -> &'static str {
        "commitments"
    }

    fn version(&self) -> u32 {
        1
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        check(input, &header, job.card, &COLUMNS, "leave out what may not")?;
        let mut seen: HashMap<String, (u64, Record)> = HashMap::new();
        let mut cells = StringRecord::new();
        while let Some(row) = records.next(&mut cells, job.findings)? {
            let text = |name: &str| {
                let at = header.index(name);
                at.and_then(|at| cells.get(at)).unwrap_or_default().trim()
            };
            let record = match Record::read(job.crosswalk, &text) {
                Ok(record) => record,
                Err(wrong) => {
                    reject(job.findings, row, wrong.column, text(wrong.column), wrong.expected);
                    continue;
                }
            };
            let id = text("id");
            if let Some((first, known)) = seen.get(id) {
                if *known == record {
                    let expected = format!("each record once; it stands in row {first} word for word");
                    job.findings.add(Severity::Note, Some(row), Some("id"), id, expected);
                    job.findings.rows_skipped += 1;
                } else {
                    let expected = format!(
                        "an id of its own, for row {first} has this one and says something else; what changes a record \
                         comes in a later file with the same id"
                    );
                    reject(job.findings, row, "id", id, expected);
                }
                continue;
            }
            job.sink.push(&FactRow::Commitment(record.fact(id, row)))?;
            job.findings.rows_kept += 1;
            seen.insert(id.to_string(), (row, record));
        }
        Ok(Coverage {
            partial: true,
            ..Coverage::default()
        })
    }
}

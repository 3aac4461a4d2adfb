//! Tables with HXL tags in general: the tags say what each column is.
//!
//! Numbers under a tag that the card maps become values of that indicator; all others become values of `hxl:<tag>`, with
//! the unit "as tagged", so that nothing tagged is lost and nothing is taken for what it may not be.

use std::collections::HashSet;

use jiff::civil::Date;
use lysoen_facts::tables::{Day, FactRow, ObservationRow};

use crate::card::{Hxl, Layout};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader};
use crate::records::Records;

mod columns;
mod day;
mod tag;

use columns::{Columns, Value, Wrong};

/// Reader `hxl`.
#[derive(Debug)]
pub struct HxlTable;

impl Reader for HxlTable {
    fn name(&self) -> &'static str {
        "hxl"
    }

    fn version(&self) -> u32 {
        1
    }

    /// Files that share nothing but the standard are no releases of one another; each is a data set by its name.
    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        let stem = input
            .file_name()
            .rsplit_once('.')
            .map_or(input.file_name(), |(stem, _)| stem);
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        Ok(format!(
            "{}-{}",
            layout.dataset(),
            stem.chars().map(plain).collect::<String>()
        ))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let Some(tags) = records.hxl().map(<[String]>::to_vec) else {
            reject_untagged(records.as_mut(), job.findings)?;
            return Ok(Coverage {
                partial: true,
                ..Coverage::default()
            });
        };
        let standard = Hxl::default();
        let mapping = job.layout.hxl.as_ref().unwrap_or(&standard);
        let columns = Columns::new(&tags, mapping, job.layout);
        if columns.values.is_empty() {
            let expected = format!(
                "at least one tag that counts something: {}",
                columns.numbers().join(", ")
            );
            job.findings
                .add(Severity::Warning, None, None, tags.join(", "), expected);
        }
        let mut seen = HashSet::new();
        let mut record = csv::StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            match take(job, &columns, &record, row, &mut seen)? {
                Ok(true) => job.findings.rows_kept += 1,
                Ok(false) => job.findings.rows_skipped += 1,
                Err(wrong) => {
                    job.findings.rows_rejected += 1;
                    job.findings.add(
                        Severity::Rejected,
                        Some(row),
                        wrong.tag.as_deref(),
                        wrong.found,
                        wrong.expected,
                    );
                }
            }
        }
        Ok(Coverage {
            partial: true,
            ..Coverage::default()
        })
    }
}

/// What is told once in a file: place, indicator, period, breakdown.
type Key = (String, String, Date, Date, String);

/// Gives a row's values to the sink. Whether there were any; a row without numbers says nothing and is skipped.
fn take(
    job: &mut Job<'_>,
    columns: &Columns,
    record: &csv::StringRecord,
    row: u64,
    seen: &mut HashSet<Key>,
) -> Result<Result<bool, Wrong>, ReadError> {
    let values = values(job.findings, job.layout, columns, record, row);
    let values = match values {
        Ok(values) if values.is_empty() => return Ok(Ok(false)),
        Ok(values) => values,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let read = columns
        .place(record, job.crosswalk)
        .and_then(|place| Ok((place, columns.period(record)?)));
    let ((place, country), (start, end)) = match read {
        Ok(read) => read,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let groups = columns.groups(record);
    let mut kept = false;
    for (value, number) in values {
        let breakdown = value.breakdown(&groups);
        let key = (place.clone(), value.indicator.clone(), start, end, breakdown.clone());
        if !seen.insert(key) {
            let found = format!(
                "a second {} of {place} for {start} to {end} ({breakdown})",
                value.indicator
            );
            let expected = "one value for each place, period and group; tag the column that tells them apart";
            job.findings
                .add(Severity::Warning, Some(row), Some(&value.tag), found, expected);
            continue;
        }
        job.sink.push(&FactRow::Observation(ObservationRow {
            place: &place,
            country: Some(&country),
            indicator: &value.indicator,
            start: Day::from(start),
            end: Day::from(end),
            value: number,
            unit: &value.unit,
            breakdown: &breakdown,
            row,
            ..ObservationRow::default()
        }))?;
        kept = true;
    }
    if kept {
        return Ok(Ok(true));
    }
    Ok(Err(Wrong {
        tag: None,
        found: "nothing that the rows above do not say".into(),
        expected: "one value for each place, period and group; tag the column that tells them apart".into(),
    }))
}

/// The numbers in a row. A cell that holds none although it should is a finding; if all of them do, the row is wrong.
fn values<'c>(
    findings: &mut Findings,
    layout: &Layout,
    columns: &'c Columns,
    record: &csv::StringRecord,
    row: u64,
) -> Result<Vec<(&'c Value, f64)>, Wrong> {
    let mut values = Vec::new();
    let mut wrong = None;
    for value in &columns.values {
        let text = record.get(value.at).unwrap_or_default().trim();
        if layout.missing.iter().any(|missing| missing == text) {
            continue;
        }
        let expected = match cell::number(text) {
            Ok(None) => continue,
            Ok(Some(number)) if number >= 0.0 || !value.counts_people => {
                values.push((value, number));
                continue;
            }
            Ok(Some(_)) => "a number that is not negative",
            Err(e) => e.expected,
        };
        if let Some(first) = wrong.replace(Wrong {
            tag: Some(value.tag.clone()),
            found: text.into(),
            expected: expected.into(),
        }) {
            findings.add(
                Severity::Warning,
                Some(row),
                first.tag.as_deref(),
                first.found,
                first.expected,
            );
        }
    }
    match wrong {
        Some(wrong) if values.is_empty() => Err(wrong),
        Some(wrong) => {
            findings.add(
                Severity::Warning,
                Some(row),
                wrong.tag.as_deref(),
                wrong.found,
                wrong.expected,
            );
            Ok(values)
        }
        None => Ok(values),
    }
}

/// A file without tags says nothing to this reader; one finding says so, and every row is accounted for.
fn reject_untagged(records: &mut dyn Records, findings: &mut Findings) -> Result<(), ReadError> {
    let mut record = csv::StringRecord::new();
    let mut almost: Option<String> = None;
    while records.next(&mut record, findings)?.is_some() {
        findings.rows_rejected += 1;
        // A row of tags that lost their hashes is the usual mistake.
        let plus = |text: &str| text.contains('+') && !text.contains(' ') && !text.starts_with('+');
        if almost.is_none() && record.iter().filter(|text| plus(text)).count() >= 2 {
            almost = Some(
                record
                    .iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(", "),
            );
        }
    }
    let found = almost.unwrap_or_else(|| "no row of HXL tags near the top".into());
    let expected = "a row of HXL tags below the header, each with its hash, such as #country+code, #adm1, #affected+f; \
                    or describe the columns with --mapping";
    findings.add(Severity::Rejected, None, None, found, expected);
    Ok(())
}

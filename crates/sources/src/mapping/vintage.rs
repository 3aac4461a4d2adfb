//! When a file's publisher said what it holds.

use csv::StringRecord;
use jiff::ToSpan;
use jiff::civil::Date;

use super::period::Span;
use super::plan::{Plan, text_at};
use crate::card::{Card, Layout, VintageFrom};
use crate::cell;
use crate::finding::Findings;
use crate::input::Input;
use crate::reader::{ReadError, Vintage, VintageBasis};

/// The vintage as the file, its name or its newest period tells it.
pub(crate) fn vintage(input: &Input, card: &Card, layout: &Layout) -> Result<Option<Vintage>, ReadError> {
    let Some(from) = &layout.vintage else { return Ok(None) };
    let told = match column(input, layout, from)? {
        Some(text) => Some(text),
        None => from
            .file_name
            .as_deref()
            .and_then(|pattern| version_in(pattern, input.file_name())),
    };
    if let Some(text) = &told
        && let Some(date) = day(card, text)
    {
        return Ok(Some(Vintage {
            date,
            label: Some(text.clone()),
            basis: VintageBasis::File,
        }));
    }
    let newest = if from.infer { newest(input, card, layout)? } else { None };
    // A file with figures of later days than the release is of another one.
    if let Some(label) = &from.fixed
        && let Some(date) = day(card, label)
        && newest.is_none_or(|newest| newest <= date)
    {
        return Ok(Some(Vintage {
            date,
            label: Some(label.clone()),
            basis: VintageBasis::Inferred,
        }));
    }
    let lag = i64::from(card.publication_lag_days);
    Ok(newest
        .and_then(|end| end.checked_add(lag.days()).ok())
        .map(|date| Vintage {
            date,
            label: told,
            basis: VintageBasis::Inferred,
        }))
}

/// The day of a release by its name on the card, or the day that the text itself is.
fn day(card: &Card, text: &str) -> Option<Date> {
    card.vintages
        .get(text)
        .map(|day| day.0)
        .or_else(|| cell::date(text).ok().flatten())
}

/// The first text in the column that names the release.
fn column(input: &Input, layout: &Layout, from: &VintageFrom) -> Result<Option<String>, ReadError> {
    let Some(name) = &from.column else { return Ok(None) };
    let mut records = input.records(layout.recognise.sheet.as_deref())?;
    let Some(index) = records.header().index(name) else {
        return Ok(None);
    };
    let (mut record, mut findings) = (StringRecord::new(), Findings::new(input.name()));
    while records.next(&mut record, &mut findings)?.is_some() {
        let text = text_at(&record, index);
        if !text.is_empty() {
            return Ok(Some(text.to_string()));
        }
    }
    Ok(None)
}

/// What stands for `{version}` in a file's name; case does not matter.
fn version_in(pattern: &str, name: &str) -> Option<String> {
    let (pattern, lower) = (pattern.to_ascii_lowercase(), name.to_ascii_lowercase());
    let (before, after) = pattern.split_once("{version}")?;
    let start = match before.strip_prefix('*') {
        Some(before) => lower.find(before)? + before.len(),
        None => lower.starts_with(before).then_some(before.len())?,
    };
    let end = match after.strip_suffix('*').unwrap_or(after) {
        "" => lower.len(),
        after => start + lower[start..].find(after)?,
    };
    Some(&name[start..end])
        .filter(|version| !version.is_empty())
        .map(str::to_string)
}

/// The last day of the newest period that has a value which is no projection.
fn newest(input: &Input, card: &Card, layout: &Layout) -> Result<Option<Date>, ReadError> {
    let mut records = input.records(layout.recognise.sheet.as_deref())?;
    let plan = Plan::new(input.name(), input.file_name(), &card.id, layout, records.header())?;
    let projection_from = layout
        .status
        .as_ref()
        .and_then(|s| s.projection_from)
        .unwrap_or(i16::MAX);
    let (mut record, mut findings) = (StringRecord::new(), Findings::new(input.name()));
    let mut newest: Option<Date> = None;
    while records.next(&mut record, &mut findings)?.is_some() {
        if !plan.wants(&record) || is_projection(&plan, &record) {
            continue;
        }
        let row: Option<Span> = plan.period.as_ref().and_then(|p| p.of(&record).ok());
        let columns = plan
            .values
            .iter()
            .map(|v| (v.column.0, v.span))
            .chain(plan.long_value().map(|c| (c, None)));
        for (index, span) in columns {
            if let Some(span) = span.or(row)
                && span.end.year() < projection_from
                && !text_at(&record, index).is_empty()
            {
                newest = newest.max(Some(span.end));
            }
        }
    }
    Ok(newest)
}

/// Whether a row's status says that it is about what is still to come, such as IPC's `first projection`.
fn is_projection(plan: &Plan, record: &StringRecord) -> bool {
    let status = plan.status.map_or("", |index| text_at(record, index)).to_lowercase();
    status.contains("projection") || status.contains("projected")
}

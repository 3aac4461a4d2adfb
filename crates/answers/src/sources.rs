//! Which sources there are, what of each is in the lake, and how fresh it is.

use jiff::civil::Date;

use crate::assess::columns;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy::source_note;
use crate::sheet::{Cell, Kind, Sheet};

/// A row a source: its card, and what of it has been imported.
pub fn sources(observatory: &Observatory) -> Result<Sheet, AnswerError> {
    let releases = &observatory.lake.manifest().releases;
    let mut ids: Vec<String> = observatory.catalog.cards().map(|c| c.id.clone()).collect();
    ids.extend(releases.iter().map(|r| r.source.clone()));
    ids.sort();
    ids.dedup();
    let rows = ids.iter().map(|id| {
        let card = observatory.catalog.card(id);
        let own = || releases.iter().filter(|r| r.source == *id);
        let newest = own().map(|r| r.vintage).max();
        let rows: u64 = own().flat_map(|r| &r.files).map(|f| f.rows).sum();
        let count = own().count();
        vec![
            id.as_str().into(),
            card.map(|c| c.title.clone()).into(),
            card.map(|c| c.publisher.clone()).into(),
            card.map(|c| c.licence.clone()).into(),
            card.map_or("no", |c| if c.redistribute { "yes" } else { "no" }).into(),
            card.map(|c| c.cadence.clone()).into(),
            (count as u64).into(),
            if count == 0 { Cell::Missing } else { rows.into() },
            newest.into(),
            freshness(newest, observatory.today).into(),
        ]
    });
    Ok(Sheet {
        title: "Sources".to_string(),
        columns: columns(&[
            ("source", Kind::Text),
            ("title", Kind::Text),
            ("publisher", Kind::Text),
            ("licence", Kind::Text),
            ("redistribute", Kind::Text),
            ("cadence", Kind::Text),
            ("releases", Kind::Count),
            ("rows", Kind::Count),
            ("newest_vintage", Kind::Date),
            ("freshness", Kind::Text),
        ]),
        rows: rows.collect(),
        sources: ids.iter().map(|id| source_note(&observatory.catalog, id, None)).collect(),
        notes: Vec::new(),
    })
}

/// How long ago a vintage was said, in words.
pub(crate) fn freshness(newest: Option<Date>, today: Date) -> String {
    let Some(newest) = newest else { return "not imported".to_string() };
    let days = (today - newest).get_days();
    match days {
        ..=0 => "today".to_string(),
        1..=59 => format!("{days} days old"),
        60..=729 => format!("{} months old", days / 30),
        _ => format!("{} years old", days / 365),
    }
}

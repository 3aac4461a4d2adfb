//! Rows of a table on their way out: the policy decides, and what stays is counted.

use lysoen_facts::{Batches, Table, ViewAt, literal};

use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy::{rows_may_leave, source_note};
use crate::sheet::SourceNote;

/// Rows that may leave, and what does not.
#[derive(Debug)]
pub struct Exported {
    /// The rows, batch by batch.
    pub batches: Batches,
    /// The sources of the rows.
    pub sources: Vec<SourceNote>,
    /// The sources that were left out, each with the reason.
    pub left_out: Vec<(String, String)>,
}

/// The rows of a table that may leave the observatory, in the order of source, vintage, file and row.
pub fn export(observatory: &Observatory, at: &ViewAt, table: Table) -> Result<Exported, AnswerError> {
    let view = observatory.view(at)?;
    let shown = |s: &&lysoen_facts::Seen| s.release.files.iter().any(|f| f.table == table);
    let mut releases: Vec<_> = view.releases().iter().filter(shown).map(|s| (&s.release.source, s.release.vintage)).collect();
    releases.sort();
    let mut newest = std::collections::BTreeMap::new();
    releases.into_iter().for_each(|(source, vintage)| {
        newest.insert(source.clone(), vintage);
    });
    let (kept, left_out): (Vec<_>, Vec<_>) =
        newest.into_iter().partition(|(source, _)| rows_may_leave(&observatory.catalog, source));
    let names: Vec<String> = kept.iter().map(|(source, _)| literal(source)).collect();
    let allowed = if names.is_empty() { "false".to_string() } else { format!("source IN ({})", names.join(", ")) };
    let sql = format!("SELECT * FROM {table} WHERE {allowed} ORDER BY source, as_of, file, row");
    let why = |source: &str| match observatory.catalog.card(source) {
        Some(card) => format!("its licence ({}) does not allow it", card.licence),
        None => "it has no card that allows it".to_string(),
    };
    Ok(Exported {
        batches: view.query(&sql)?,
        sources: kept.iter().map(|(s, day)| source_note(&observatory.catalog, s, Some(*day))).collect(),
        left_out: left_out.iter().map(|(source, _)| (source.clone(), why(source))).collect(),
    })
}

//! Events as they are asked of the lake, request by request: their columns, which of them, and the page of them.

use std::collections::BTreeSet;

use arrow::array::RecordBatch;
use jiff::civil::Date;
use lysoen_answers::policy;
use lysoen_answers::sheet::{Cell, Column, Kind, Sheet, SourceNote};
use lysoen_answers::standing::Standing;
use lysoen_facts::literal;
use lysoen_lexicon::place::PlaceId;

use super::problem::Problem;
use crate::output::cells;

/// The most events that are given at once.
pub(crate) const MOST: usize = 10_000;

/// Columns in which events are told, by name, with what each is in the table.
pub(crate) const COLUMNS: [(&str, &str, Kind); 18] = [
    ("event_id", "event_id", Kind::Text),
    ("country", "country", Kind::Text),
    ("start", "start", Kind::Date),
    ("end", "\"end\"", Kind::Date),
    ("date_precision", "date_precision", Kind::Count),
    ("longitude", "longitude", Kind::Number),
    ("latitude", "latitude", Kind::Number),
    ("where_precision", "where_precision", Kind::Count),
    (
        "where",
        "coalesce(where_description, where_coordinates, adm2, adm1)",
        Kind::Text,
    ),
    ("violence", "violence", Kind::Text),
    ("deaths_best", "deaths_best", Kind::Count),
    ("deaths_low", "deaths_low", Kind::Count),
    ("deaths_high", "deaths_high", Kind::Count),
    ("side_a", "side_a", Kind::Text),
    ("side_b", "side_b", Kind::Text),
    ("source", "source", Kind::Text),
    ("as_of", "as_of", Kind::Date),
    ("report", "report", Kind::Text),
];

/// What must be said beside events of several sources.
const NOTE: &str = "Deaths of different sources are of the same harm and must not be added.";

/// Which events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Which {
    /// Those of these countries; of all where none is named.
    pub(crate) countries: Vec<PlaceId>,
    /// Those that end on this day or later.
    pub(crate) from: Option<Date>,
    /// Those that begin on this day or before.
    pub(crate) to: Option<Date>,
    /// Those in a box of degrees: west, south, east, north. West may be greater than east, across the antimeridian.
    pub(crate) within: Option<[f64; 4]>,
    /// Those with a position.
    pub(crate) located: bool,
    /// Those whose columns have these texts.
    pub(crate) equal: Vec<(&'static str, String)>,
}

impl Which {
    /// The condition, as SQL.
    fn sql(&self) -> String {
        let mut all = vec!["true".to_string()];
        if !self.countries.is_empty() {
            let places: Vec<String> = self.countries.iter().map(|p| literal(p.as_str())).collect();
            all.push(format!("country IN ({})", places.join(", ")));
        }
        all.extend(self.from.map(|from| format!("\"end\" >= DATE '{from}'")));
        all.extend(self.to.map(|to| format!("start <= DATE '{to}'")));
        all.extend(self.within.map(within));
        if self.located {
            all.push("longitude IS NOT NULL AND latitude IS NOT NULL".to_string());
        }
        let equal = self.equal.iter();
        all.extend(equal.map(|(column, text)| format!("\"{column}\" = {}", literal(text))));
        all.join(" AND ")
    }
}

/// Whether an event lies in a box of degrees, as SQL.
fn within([west, south, east, north]: [f64; 4]) -> String {
    let across = if west <= east { "AND" } else { "OR" };
    format!("latitude BETWEEN {south:?} AND {north:?} AND (longitude >= {west:?} {across} longitude <= {east:?})")
}

/// A page of events, the latest first, and how many there are in all.
pub(crate) fn page(standing: &Standing, which: &Which, limit: usize, offset: usize) -> Result<(usize, Sheet), Problem> {
    let observatory = &standing.observatory;
    let condition = which.sql();
    let view = observatory.view(&policy::public_rows(observatory))?;
    let rows = |sql: &str| -> Result<Vec<Vec<Cell>>, Problem> {
        let batches: Vec<RecordBatch> = view.collect(sql).map_err(|e| Problem::inside(&e))?;
        cells(&batches).map_err(|e| Problem::inside(&e))
    };
    let count = rows(&format!("SELECT count(*) FROM events WHERE {condition}"))?;
    let total = match count.first().and_then(|row| row.first()) {
        Some(Cell::Count(count)) => usize::try_from(*count).unwrap_or_default(),
        _ => 0,
    };
    let columns = COLUMNS.map(|(name, sql, _)| format!("{sql} AS \"{name}\"")).join(", ");
    let rows = rows(&format!(
        "SELECT {columns} FROM events WHERE {condition} ORDER BY \"end\" DESC, event_id, source LIMIT {limit} OFFSET {offset}"
    ))?;
    let columns = COLUMNS.iter().map(|(name, _, kind)| Column { name, kind: *kind });
    let sheet = Sheet {
        title: "Events".to_string(),
        columns: columns.collect(),
        sources: sources(standing, &rows),
        rows,
        notes: vec![NOTE.to_string()],
    };
    Ok((total, sheet))
}

/// The sources of events, by their cards.
fn sources(standing: &Standing, rows: &[Vec<Cell>]) -> Vec<SourceNote> {
    let at = COLUMNS.iter().position(|(name, ..)| *name == "source");
    let used: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| match &row[at.unwrap_or_default()] {
            Cell::Text(source) => Some(source.as_str()),
            _ => None,
        })
        .collect();
    used.into_iter().map(|id| source_note(standing, id)).collect()
}

/// What is to be said of a source, with its newest vintage.
pub(crate) fn source_note(standing: &Standing, id: &str) -> SourceNote {
    let vintage = standing.observatory.lake.vintages(id).map(|(_, newest, _)| newest);
    policy::source_note(&standing.observatory.catalog, id, vintage)
}

//! Deaths that a source tells by month already.

use lysoen_facts::{LakeError, View, literal};
use lysoen_lexicon::panel::Month;

use super::{Question, Violence, last_day, month_of};
use crate::store::{Columns, list, sql_day};
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use lysoen_facts::tables::from_days;

/// The sources of months in the order in which they are taken, and their indicators.
pub(super) const BY_MONTH: [(&str, &[(Violence, &str)]); 2] = [
    (
        "views",
        &[
            (Violence::StateBased, "killed_state_based"),
            (Violence::NonState, "killed_non_state"),
            (Violence::OneSided, "killed_one_sided"),
        ],
    ),
    ("ucdp-panel", &[(Violence::All, "killed_total")]),
];

/// The months of one data set and status.
pub(super) struct Rows {
    pub(super) source: String,
    pub(super) dataset: String,
    pub(super) status: String,
    /// What is told, the target first.
    pub(super) layers: Vec<Violence>,
    /// In the order of place, layer and month.
    pub(super) values: Vec<Value>,
    span: (Month, Month),
}

/// The deaths of a place in a month.
pub(super) struct Value {
    pub(super) place: String,
    pub(super) layer: usize,
    pub(super) month: Month,
    pub(super) value: f64,
}

impl Rows {
    /// The first and the last month in which the target is told.
    pub(super) fn span(&self) -> (Month, Month) {
        self.span
    }

    /// How many months there are from the first to the last.
    pub(super) fn months(&self) -> usize {
        usize::try_from(self.span.1.since(self.span.0) + 1).unwrap_or(0)
    }
}

/// What a source tells of the target by month, and of the other types beside it; none where it tells nothing.
pub(super) fn load(
    view: &View,
    source: &str,
    indicators: &[(Violence, &str)],
    question: &Question,
) -> Result<Option<Rows>, LakeError> {
    let target = question.target.unwrap_or(indicators[0].0);
    let Some((_, indicator)) = indicators.iter().find(|(kind, _)| *kind == target) else {
        return Ok(None);
    };
    let mut condition = format!("source = {} AND breakdown = ''", literal(source));
    if let Some(places) = &question.places {
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        condition.push_str(&format!(" AND place IN ({})", list(places.iter())));
    }
    if let Some(from) = question.from.and_then(Month::period) {
        condition.push_str(&format!(" AND start >= {}", sql_day(from.start())));
    }
    if let Some(to) = question.to {
        condition.push_str(&format!(" AND \"end\" <= {}", sql_day(last_day(to))));
    }
    if let Some(status) = &question.status {
        condition.push_str(&format!(" AND status = {}", literal(status)));
    }
    let Some((dataset, status)) = furthest(view, &condition, indicator)? else {
        return Ok(None);
    };
    let mut told: Vec<(Violence, &str)> = vec![(target, indicator)];
    told.extend(indicators.iter().filter(|(kind, _)| *kind != target));
    let named: Vec<String> = told.iter().map(|(_, indicator)| indicator.to_string()).collect();
    let sql = format!(
        "SELECT place, indicator, start, \"end\", value FROM observations WHERE {condition} AND dataset = {} \
         AND status = {} AND indicator IN ({})",
        literal(&dataset),
        literal(&status),
        list(named.iter())
    );
    let mut values: Vec<Value> = Vec::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let c = Columns(&batch);
        let (place, indicator, value) = (c.texts("place"), c.texts("indicator"), c.numbers("value"));
        let (start, end) = (c.dates("start"), c.dates("end"));
        for i in 0..batch.num_rows() {
            let month = month_of(from_days(end.value(i)));
            let is_a_month = month.period().is_some_and(|period| {
                (period.start(), period.end()) == (from_days(start.value(i)), from_days(end.value(i)))
            });
            let layer = told.iter().position(|(_, name)| *name == indicator.value(i));
            if let (true, Some(layer)) = (is_a_month, layer) {
                values.push(Value {
                    place: place.value(i).to_string(),
                    layer,
                    month,
                    value: value.value(i),
                });
            }
        }
    }
    values.sort_by(|a, b| (&a.place, a.layer, a.month).cmp(&(&b.place, b.layer, b.month)));
    // A type of which nothing is told is no layer: the indicators stand in one order, so the numbers close up.
    let is_told: Vec<bool> = (0..told.len())
        .map(|layer| values.iter().any(|v| v.layer == layer))
        .collect();
    let number = |layer: usize| is_told[..layer].iter().filter(|told| **told).count();
    values.iter_mut().for_each(|value| value.layer = number(value.layer));
    let layers = told.iter().zip(&is_told).filter(|(_, is_told)| **is_told);
    let layers: Vec<Violence> = layers.map(|((kind, _), _)| *kind).collect();
    let months = || values.iter().filter(|value| value.layer == 0).map(|value| value.month);
    let Some(span) = months().min().zip(months().max()) else {
        return Ok(None);
    };
    Ok(Some(Rows {
        source: source.to_string(),
        dataset,
        status,
        layers,
        values,
        span,
    }))
}

/// The data set and status that tell most months; of several the first by name.
fn furthest(view: &View, condition: &str, indicator: &str) -> Result<Option<(String, String)>, LakeError> {
    let sql = format!(
        "SELECT dataset, status, count(DISTINCT \"end\") AS months FROM observations WHERE {condition} \
         AND indicator = {} GROUP BY dataset, status ORDER BY months DESC, dataset, status LIMIT 1",
        literal(indicator)
    );
    let mut found = None;
    for batch in view.query(&sql)? {
        let batch = batch?;
        let c = Columns(&batch);
        let (dataset, status) = (c.texts("dataset"), c.texts("status"));
        let months = c.at("months").as_primitive::<Int64Type>();
        let rows = (0..batch.num_rows()).filter(|i| months.value(*i) > 0);
        found = rows
            .map(|i| (dataset.value(i).to_string(), status.value(i).to_string()))
            .next()
            .or(found);
    }
    Ok(found)
}

//! What has been said since a day: figures new, revised and withdrawn, and how fresh each source is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lysoen_facts::{Seen, Table, View, ViewAt, literal};

use crate::assess::columns;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy::source_note;
use crate::sheet::{Cell, Kind, Sheet, SourceNote};
use crate::sources::freshness;

/// What changed, and how fresh the sources are.
#[derive(Clone, Debug)]
pub struct Changes {
    /// A row a figure: the revised first, then the withdrawn, then the new.
    pub figures: Sheet,
    /// A row a source.
    pub freshness: Sheet,
}

/// What sources have said after `since`: the current view against that of the day.
pub fn changes(observatory: &Observatory, since: Date) -> Result<Changes, AnswerError> {
    let before = observatory.view(&ViewAt {
        as_of: Some(since),
        reconstruct: false,
        ..ViewAt::default()
    })?;
    let after = observatory.view(&ViewAt::default())?;
    let (told_before, first_told) = moved(&after, since);
    let (mut rows, mut constant_prices) = (Vec::new(), BTreeSet::new());
    for (source, dataset) in &told_before {
        for table in [Table::Observations, Table::Flows, Table::Events] {
            let mut old = totals(&before, table, source, dataset)?;
            let mut new = totals(&after, table, source, dataset)?;
            if leave_out_constant_prices(&mut old) | leave_out_constant_prices(&mut new) {
                constant_prices.insert(format!("{source}/{dataset}"));
            }
            for (key, was, is) in pairs(old, new) {
                let kind = match (&was, &is) {
                    (None, Some(_)) => "new",
                    (Some(_), None) => "withdrawn",
                    (Some(a), Some(b)) if is_revised(a.value, b.value) => "revised",
                    _ => continue,
                };
                let (before, after) = (was.as_ref().map(|f| f.value), is.as_ref().map(|f| f.value));
                let (unit, as_of) = is.or(was).map(|f| (f.unit, f.as_of)).unzip();
                rows.push(vec![
                    kind.into(),
                    key.place.into(),
                    key.indicator.into(),
                    key.period.into(),
                    before.into(),
                    after.into(),
                    unit.into(),
                    source.as_str().into(),
                    as_of.into(),
                ]);
            }
        }
    }
    // What was said before and is said otherwise matters most: the larger the revision, the earlier.
    let rank = |row: &[Cell]| match &row[0] {
        Cell::Text(kind) if kind == "revised" => 0,
        Cell::Text(kind) if kind == "withdrawn" => 1,
        _ => 2,
    };
    rows.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| revision(b).total_cmp(&revision(a))));
    let figures = Sheet {
        title: format!("What has been said since {since}"),
        columns: columns(&[
            ("change", Kind::Text),
            ("place", Kind::Text),
            ("indicator", Kind::Text),
            ("period", Kind::Text),
            ("before", Kind::Number),
            ("after", Kind::Number),
            ("unit", Kind::Text),
            ("source", Kind::Text),
            ("as_of", Kind::Date),
        ]),
        rows,
        sources: sources_of(observatory, told_before.iter().chain(first_told.keys())),
        notes: first_told
            .iter()
            .map(|(series, first)| first.sentence(series))
            .chain(constant_prices.iter().map(|series| {
                format!("{series}: amounts in constant prices are not compared, for the year of the prices moves with each release.")
            }))
            .collect(),
    };
    Ok(Changes {
        figures,
        freshness: fresh(observatory, since),
    })
}

/// Leaves out amounts in constant prices, and says whether there were any: a release in the prices of another year
/// changes every one of them though nothing was revised.
fn leave_out_constant_prices(totals: &mut BTreeMap<Key, Said>) -> bool {
    let all = totals.len();
    totals.retain(|key, _| !key.indicator.contains("prices=constant"));
    totals.len() < all
}

/// Whether two values differ by more than the rounding of the less precise one, as its shortest decimal text shows it.
/// A zero that is one no longer is always a revision.
fn is_revised(before: f64, after: f64) -> bool {
    if (before == 0.0) != (after == 0.0) {
        return true;
    }
    let coarser = decimals(before).min(decimals(after));
    // A half rounds up at one publisher and to the even digit at another; binary fractions are off by a trifle.
    const TRIFLE: f64 = 1e-9;
    let half = 0.5 * 10f64.powi(-coarser);
    (before - after).abs() > half + TRIFLE * half.max(before.abs() * 1e-3)
}

/// Digits after the point in the shortest decimal text of a number.
fn decimals(value: f64) -> i32 {
    value
        .to_string()
        .split_once('.')
        .map_or(0, |(_, digits)| digits.len() as i32)
}

/// By what part of itself a figure was revised; 0 where there is nothing to compare.
fn revision(row: &[Cell]) -> f64 {
    match (&row[4], &row[5]) {
        (Cell::Number(before), Cell::Number(after)) if *before != 0.0 => ((after - before) / before).abs(),
        (Cell::Number(_), Cell::Number(_)) => f64::INFINITY,
        _ => 0.0,
    }
}

/// A data set of a source.
type Series = (String, String);

/// A data set of which nothing had been said before: told as a whole, for every figure of it is new.
#[derive(Clone, Copy, Debug)]
struct First {
    vintage: Date,
    rows: u64,
}

impl First {
    fn sentence(self, (source, dataset): &Series) -> String {
        let First { vintage, rows } = self;
        format!("{source}/{dataset} is new as a whole: {rows} rows, the first vintage here being of {vintage}.")
    }
}

/// The data sets with a release after `since`: those of which something had been said before, and those new as a whole.
fn moved(view: &View, since: Date) -> (BTreeSet<Series>, BTreeMap<Series, First>) {
    let series = |s: &Seen| (s.release.source.clone(), s.release.dataset.clone());
    let releases = view.releases();
    let known: BTreeSet<Series> = releases
        .iter()
        .filter(|s| s.release.vintage <= since)
        .map(series)
        .collect();
    let (mut told_before, mut first_told) = (BTreeSet::new(), BTreeMap::new());
    for shown in releases.iter().filter(|s| s.release.vintage > since) {
        if known.contains(&series(shown)) {
            told_before.insert(series(shown));
            continue;
        }
        let (vintage, rows) = (
            shown.release.vintage,
            shown.release.files.iter().map(|f| f.rows).sum::<u64>(),
        );
        let first = first_told.entry(series(shown)).or_insert(First { vintage, rows: 0 });
        *first = First {
            vintage: first.vintage.min(vintage),
            rows: first.rows + rows,
        };
    }
    (told_before, first_told)
}

fn sources_of<'a>(observatory: &Observatory, series: impl Iterator<Item = &'a Series>) -> Vec<SourceNote> {
    let ids: BTreeSet<&String> = series.map(|(source, _)| source).collect();
    ids.into_iter()
        .map(|id| source_note(&observatory.catalog, id, None))
        .collect()
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    indicator: String,
    place: String,
    period: String,
}

struct Said {
    value: f64,
    unit: String,
    as_of: Date,
}

/// What was said and what is said of each figure, in the order of the figures.
fn pairs(old: BTreeMap<Key, Said>, mut new: BTreeMap<Key, Said>) -> Vec<(Key, Option<Said>, Option<Said>)> {
    let mut pairs: Vec<_> = old
        .into_iter()
        .map(|(key, was)| {
            let is = new.remove(&key);
            (key, Some(was), is)
        })
        .collect();
    // Of a source that is new, most figures are of this kind: they are moved and not copied.
    pairs.extend(new.into_iter().map(|(key, is)| (key, None, Some(is))));
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs
}

/// The figures of a source: observations as they are; flows and events summed by place and year.
fn totals(view: &View, table: Table, source: &str, dataset: &str) -> Result<BTreeMap<Key, Said>, AnswerError> {
    use arrow::array::AsArray;
    use arrow::datatypes::{Date32Type, Float64Type};
    let (source, dataset) = (literal(source), literal(dataset));
    let sql = match table {
        Table::Observations => format!(
            "SELECT indicator || CASE WHEN breakdown = '' THEN '' ELSE ' (' || breakdown || ')' END || \
             CASE WHEN status = '' THEN '' ELSE ' [' || status || ']' END AS indicator, \
             place, CAST(start AS VARCHAR) || '/' || CAST(\"end\" AS VARCHAR) AS period, value, unit, as_of \
             FROM observations WHERE source = {source} AND dataset = {dataset} ORDER BY file, row"
        ),
        Table::Flows => format!(
            "SELECT indicator || ' from ' || origin AS indicator, destination AS place, \
             CAST(\"end\" AS VARCHAR) AS period, value, unit, as_of FROM flows WHERE source = {source} AND dataset = {dataset} ORDER BY file, row"
        ),
        _ => format!(
            "SELECT 'deaths in ' || violence AS indicator, coalesce(country, 'UNK') AS place, \
             CAST(date_part('year', \"end\") AS VARCHAR) AS period, CAST(sum(deaths_best) AS DOUBLE) AS value, \
             'people' AS unit, max(as_of) AS as_of FROM events WHERE source = {source} AND dataset = {dataset} AND deaths_best IS NOT NULL GROUP BY 1, 2, 3"
        ),
    };
    let mut totals: BTreeMap<Key, Said> = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let text = |name: &str| {
            arrow::compute::cast(
                batch.column_by_name(name).expect("selected"),
                &arrow::datatypes::DataType::Utf8,
            )
        };
        let columns =
            [text("indicator"), text("place"), text("period"), text("unit")].map(|c| c.expect("text casts to text"));
        let (values, dates) = (
            batch["value"].as_primitive::<Float64Type>(),
            batch["as_of"].as_primitive::<Date32Type>(),
        );
        for i in 0..batch.num_rows() {
            let cell = |c: usize| columns[c].as_string::<i32>().value(i).to_string();
            let key = Key {
                indicator: cell(0),
                place: cell(1),
                period: cell(2),
            };
            let as_of = lysoen_facts::tables::from_days(dates.value(i));
            let said = totals.entry(key).or_insert_with(|| Said {
                value: 0.0,
                unit: cell(3),
                as_of,
            });
            said.value += values.value(i);
            said.as_of = said.as_of.max(as_of);
        }
    }
    Ok(totals)
}

fn fresh(observatory: &Observatory, since: Date) -> Sheet {
    let lake = &observatory.lake;
    let rows = lake.sources().into_iter().filter_map(|id| {
        let (_, newest, releases) = lake.vintages(id)?;
        let new = lake
            .manifest()
            .releases
            .iter()
            .filter(|r| r.source == id && r.vintage > since)
            .count();
        let cadence = observatory.catalog.card(id).map(|c| c.cadence.clone());
        Some(vec![
            id.into(),
            newest.into(),
            freshness(Some(newest), observatory.today).into(),
            cadence.into(),
            (releases as u64).into(),
            (new as u64).into(),
        ])
    });
    Sheet {
        title: "How fresh the sources are".to_string(),
        columns: columns(&[
            ("source", Kind::Text),
            ("newest_vintage", Kind::Date),
            ("freshness", Kind::Text),
            ("cadence", Kind::Text),
            ("releases", Kind::Count),
            ("releases_since", Kind::Count),
        ]),
        rows: rows.collect(),
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_revised;

    #[test]
    fn rounding_is_no_revision() {
        assert!(!is_revised(0.277, 0.27682));
        assert!(!is_revised(0.27682, 0.277));
        assert!(!is_revised(0.1 + 0.2, 0.3));
        assert!(!is_revised(0.125, 0.12));
        assert!(is_revised(0.277, 0.278));
        assert!(is_revised(0.277, 0.27582));
        assert!(is_revised(1000.0, 1001.0));
        assert!(is_revised(0.0, 0.3));
    }
}

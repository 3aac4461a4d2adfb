//! The people of each area: the population of one source and year for all areas of a level.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lysoen_facts::{LakeError, View};

use super::areas::Areas;
use super::level::Span;
use crate::figure::{Role, Term};
use crate::store::{Row, list, observation_rows};

/// Sources of population by area, the first where several tell the same year.
const SOURCES: [&str; 2] = ["hdx-cod-ps", "hdx-hapi"];
/// The least share of the best-covered year's areas that another year must have to be taken for being nearer.
const ENOUGH: f64 = 0.9;

/// The population of the areas of a level.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The people of each area in their order, with the rows that add up to them; none where the list has no figure.
    pub of: Vec<Option<(f64, Vec<Term>)>>,
    /// The source, the data set, the vintage and the year; none where no list has any of the areas.
    pub list: Option<List>,
    /// Codes of the list that are those of no area, with their people.
    pub unmatched: Vec<(String, f64)>,
}

/// Which list of population was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct List {
    /// The source's card.
    pub source: String,
    /// The data set within the source.
    pub dataset: String,
    /// The year of the population.
    pub year: i16,
    /// The vintage.
    pub as_of: Date,
}

impl People {
    /// The population of the year nearest to the middle of the span, of the list that has most of the areas. `known` are
    /// the codes of the areas of all levels, by which figures of other levels are told from those that match nothing.
    pub(crate) fn load(
        view: &View,
        countries: &[String],
        areas: &Areas,
        known: &BTreeSet<String>,
        span: Span,
    ) -> Result<People, LakeError> {
        let sql = format!(
            "SELECT place, indicator, start, \"end\", value, low, high, interval_kind, unit, population, breakdown, status, \
             note, source, dataset, as_of, file, row FROM observations WHERE indicator = 'population' \
             AND source IN ({}) AND country IN ({}) AND place <> country",
            list(SOURCES.map(str::to_string).iter()),
            list(countries.iter())
        );
        let mut lists: BTreeMap<List, BTreeMap<String, Vec<Row>>> = BTreeMap::new();
        for batch in view.query(&sql)? {
            for row in observation_rows(&batch?).filter(|row| is_everyone(&row.breakdown)) {
                let list = List {
                    source: row.cited.source.clone(),
                    dataset: row.cited.dataset.clone(),
                    year: row.end.year(),
                    as_of: row.cited.as_of,
                };
                lists
                    .entry(list)
                    .or_default()
                    .entry(row.place.clone())
                    .or_default()
                    .push(row);
            }
        }
        let has = |places: &BTreeMap<String, Vec<Row>>| places.keys().filter(|p| areas.position(p).is_some()).count();
        let most = lists.values().map(has).max().unwrap_or(0);
        let middle = f64::from(span.start().year() + span.end().year()) / 2.0;
        let preference = |list: &List| SOURCES.iter().position(|s| *s == list.source);
        let best = lists
            .into_iter()
            .filter(|(_, places)| most > 0 && has(places) as f64 >= ENOUGH * most as f64)
            .min_by(|(a, _), (b, _)| {
                let away = |list: &List| (f64::from(list.year) - middle).abs();
                let by_year = away(a).total_cmp(&away(b));
                by_year
                    .then(preference(a).cmp(&preference(b)))
                    .then(b.as_of.cmp(&a.as_of))
            });
        let Some((list, mut places)) = best else {
            return Ok(People {
                of: vec![None; areas.list.len()],
                ..People::default()
            });
        };
        let of = areas
            .list
            .iter()
            .map(|area| places.remove(area.place.as_str()).map(added))
            .collect();
        // Codes of one level have one length, by which those of the other levels of the list are told apart.
        let lengths: BTreeSet<usize> = areas.list.iter().map(|a| a.place.as_str().len()).collect();
        let unmatched = places
            .into_iter()
            .filter(|(place, _)| lengths.contains(&place.len()) && !known.contains(place));
        Ok(People {
            of,
            unmatched: unmatched.map(|(place, rows)| (place, added(rows).0)).collect(),
            list: Some(list),
        })
    }
}

/// Whether a figure is of everyone, or of one of the parts in which a list has an area.
fn is_everyone(breakdown: &str) -> bool {
    breakdown.is_empty() || (breakdown.starts_with("part=") && !breakdown.contains(';'))
}

/// The sum of an area's parts, in the order of their rows.
fn added(mut rows: Vec<Row>) -> (f64, Vec<Term>) {
    rows.sort_by(|a, b| (&a.cited.file, a.cited.row).cmp(&(&b.cited.file, b.cited.row)));
    let terms: Vec<Term> = rows.iter().map(|row| row.term(Role::Population)).collect();
    (terms.iter().map(|term| term.value).sum(), terms)
}

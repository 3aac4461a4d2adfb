//! What else is known of the areas: hunger, displacement, poverty, from observations at their P-codes or under their names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use lysoen_facts::{LakeError, View};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;

use super::areas::Areas;
use super::level::Level;
use super::names::{Found as Match, find};
use super::people::People;
use crate::catalog::{Convert, From, Measure, Measures};
use crate::compute::{Computer, Found};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::store::{Row, Store, list, observation_rows, sql_day};

/// Figures of other measures at areas, and the names under which sources tell figures that could not be given to one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Observed {
    /// The figures of each area, in the order of the catalog.
    pub(crate) of: Vec<Vec<Figure>>,
    /// Names in the sources that are those of no area, by source.
    pub(crate) unmatched: Vec<(String, String)>,
}

/// The areas of every level, the coarsest first, and among them those of the level that is asked for.
pub(crate) struct Atlas<'a> {
    pub(crate) areas: &'a Areas,
    pub(crate) levels: &'a [&'a Areas],
}

impl Atlas<'_> {
    /// The area at which a row of `observations` stands, by its P-code or by its names from the country down.
    fn area(&self, place: &str) -> Option<usize> {
        self.areas
            .position(place)
            .or_else(|| by_names(self.areas, self.levels, &names_of(place)))
    }

    /// The area in which a row stands that is told at a finer level.
    fn around(&self, place: &str) -> Option<usize> {
        let names = names_of(place);
        (1..=names.len()).find_map(|depth| by_names(self.areas, self.levels, &names[..depth]))
    }

    /// Whether a place is that of some area of any level, or in one.
    fn knows(&self, place: &str) -> bool {
        let names = names_of(place);
        self.levels
            .iter()
            .any(|level| level.position(place).is_some() || by_names(level, self.levels, &names).is_some())
    }
}

/// The names behind the country's code in `CAF/Ouaka/Grimari`; none where the place is a code.
fn names_of(place: &str) -> Vec<&str> {
    place.split('/').skip(1).collect()
}

/// The area of a level that the last of some names means, the others being those of areas around it.
fn by_names(areas: &Areas, levels: &[&Areas], names: &[&str]) -> Option<usize> {
    let (last, before) = names.split_last()?;
    let among = |areas: &Areas, name: &str| find(name, areas.list.iter().map(|a| &a.names).enumerate());
    let exactly = |areas: &Areas, name: &str| matches!(among(areas, name), Match::One { similar: false, .. });
    let coarser = || levels.iter().copied().filter(|level| level.level < areas.level);
    // A place below an area of the level is no area of the level, and one of a coarser level is none either.
    if before.iter().any(|name| exactly(areas, name)) || (before.is_empty() && coarser().any(|l| exactly(l, last))) {
        return None;
    }
    let around = before.iter().rev().find_map(|name| {
        let mut found = coarser().map(|level| (level, among(level, name)));
        found.find_map(|(level, found)| match found {
            Match::One { at, .. } => Some((level.level, level.list[at].place.to_string())),
            _ => None,
        })
    });
    let found = match &around {
        Some((level, place)) => {
            let inside = areas
                .list
                .iter()
                .enumerate()
                .filter(|(_, a)| lies_in(&a.parent, areas.level, levels, *level, place));
            find(last, inside.map(|(at, a)| (at, &a.names)))
        }
        None => among(areas, last),
    };
    match found {
        Match::One { at, similar } if around.is_some() || before.is_empty() || !similar => Some(at),
        _ => None,
    }
}

/// Whether an area of `level` with this parent lies in the area `place` of a coarser level.
fn lies_in(parent: &Option<String>, level: Level, levels: &[&Areas], coarser: Level, place: &str) -> bool {
    let mut parent = parent.clone();
    for above in level.above() {
        let Some(here) = parent.take() else { return false };
        if *above == coarser {
            return here == place;
        }
        let areas = levels.iter().find(|l| l.level == *above);
        parent = areas.and_then(|areas| areas.list[areas.position(&here)?].parent.clone());
    }
    false
}

impl Observed {
    /// The figures of a period for the areas of an atlas.
    pub(crate) fn load(
        view: &View,
        measures: &Measures,
        crosswalk: &Crosswalk,
        countries: &[String],
        period: Period,
        atlas: &Atlas<'_>,
        people: &People,
    ) -> Result<Observed, LakeError> {
        let (mut told, mut lists, mut at_row) = (Vec::new(), Vec::new(), HashMap::new());
        let mut unmatched = BTreeSet::new();
        for batch in view.query(&sql(measures, countries, period.end()))? {
            for row in observation_rows(&batch?) {
                let is_list = has_locations(&row.breakdown);
                let area = if is_list {
                    atlas.around(&row.place)
                } else {
                    atlas.area(&row.place)
                };
                match area {
                    Some(area) => {
                        at_row.insert((row.cited.file.clone(), row.cited.row), row.place.clone());
                        let place = atlas.areas.list[area].place.to_string();
                        if is_list { &mut lists } else { &mut told }.push(Row { place, ..row });
                    }
                    None if !atlas.knows(&row.place) => {
                        unmatched.insert((row.cited.source, row.place));
                    }
                    None => {}
                }
            }
        }
        let store = Store::of_observations(told.into_iter());
        let computer = Computer::new(&store, measures, crosswalk, period);
        let others: Vec<&Measure> = others(measures).collect();
        let of = atlas.areas.list.iter().enumerate().map(|(at, area)| {
            let people = people.of.get(at).and_then(Option::as_ref);
            let here: Vec<&Row> = lists.iter().filter(|row| row.place == area.place.as_str()).collect();
            let figures = others.iter().filter_map(|measure| {
                let series = measure.from.iter().filter_map(|from| match from.convert {
                    Convert::Count => computer
                        .observed(measure, from, &area.place)
                        .or_else(|| of_locations(&computer, from, &here)),
                    share => of_people(&computer, measure, from, share, at, atlas, people),
                });
                let found = series.reduce(|a, b| if b.coverage < a.coverage { b } else { a })?;
                let mut figure = computer.figure_of(measure, &area.place, Ok(found));
                for term in figure.terms.iter_mut().filter(|t| t.table == "observations") {
                    if let Some(place) = at_row.get(&(term.file.clone(), term.row)) {
                        term.place.clone_from(place);
                    }
                }
                if figure.population.is_none() && measure.per.is_some() {
                    figure.population = people.map(|(count, _)| *count);
                    let rate = figure.value.zip(figure.population).filter(|(_, count)| *count > 0.0);
                    figure.per_100k = rate.map(|(value, count)| value / count * 100_000.0);
                }
                Some(figure)
            });
            figures.collect()
        });
        Ok(Observed {
            of: of.collect(),
            unmatched: unmatched.into_iter().collect(),
        })
    }
}

/// The measures that are read from observations, deaths and population apart: those have rules of their own here.
fn others(measures: &Measures) -> impl Iterator<Item = &Measure> {
    let of_areas =
        |m: &&Measure| m.group != "population" && m.group != "killed" && m.from.iter().any(|f| f.indicator.is_some());
    measures.list.iter().filter(of_areas)
}

fn sql(measures: &Measures, countries: &[String], until: Date) -> String {
    let from = || others(measures).flat_map(|m| &m.from).filter(|f| f.indicator.is_some());
    format!(
        "SELECT place, indicator, start, \"end\", value, low, high, interval_kind, unit, population, breakdown, status, \
         note, source, dataset, as_of, file, row FROM observations WHERE country IN ({}) AND place <> country \
         AND source IN ({}) AND indicator IN ({}) AND start <= {}",
        list(countries.iter()),
        list(from().map(|f| &f.source)),
        list(from().filter_map(|f| f.indicator.as_ref())),
        sql_day(until),
    )
}

/// Whether a figure is of one location in a list of them, as in IOM's master lists.
fn has_locations(breakdown: &str) -> bool {
    breakdown.split(';').any(|part| part.starts_with("location="))
}

/// The sum of an area's locations on the newest day of a list.
fn of_locations(computer: &Computer<'_>, from: &From, rows: &[&Row]) -> Option<Found> {
    let indicator = from.indicator.as_deref()?;
    let of_series = || {
        let last = computer.period.end();
        let own = move |r: &&&Row| r.cited.source == from.source && r.indicator == indicator && r.end <= last;
        rows.iter().filter(own)
    };
    let newest = of_series().map(|r| r.end).max()?;
    let terms: Vec<Term> = of_series()
        .filter(|r| r.end == newest)
        .map(|r| r.term(Role::Added))
        .collect();
    Some(Found {
        value: Formula::Sum.apply(&terms)?,
        low: None,
        high: None,
        interval_kind: "none: the source gives none".to_string(),
        note: format!("the sum of {} locations", terms.len()),
        terms,
        formula: Formula::Sum,
        dates: (newest, newest),
        coverage: computer.age(newest),
        population: None,
        said_by: None,
    })
}

/// A share of the people of an area, as people.
fn of_people(
    computer: &Computer<'_>,
    measure: &Measure,
    from: &From,
    convert: Convert,
    at: usize,
    atlas: &Atlas<'_>,
    people: Option<&(f64, Vec<Term>)>,
) -> Option<Found> {
    let (count, terms) = people?;
    let rows = computer.rows(measure, from, from.indicator.as_deref()?, &atlas.areas.list[at].place)?;
    let row = rows.last()?;
    let formula = match convert {
        Convert::Complement => Formula::ComplementOfPopulation,
        _ => Formula::ShareOfPopulation,
    };
    let people_of = |share: f64| if convert == Convert::Complement { 100.0 - share } else { share } / 100.0 * count;
    let terms: Vec<Term> = [row.term(Role::Share)]
        .into_iter()
        .chain(terms.iter().cloned())
        .collect();
    let (low, high) = match (row.low, row.high) {
        (Some(low), Some(high)) if convert == Convert::Complement => (Some(people_of(high)), Some(people_of(low))),
        (low, high) => (low.map(people_of), high.map(people_of)),
    };
    let interval = row.interval_kind.clone().filter(|_| low.is_some() && high.is_some());
    Some(Found {
        value: formula.apply(&terms)?,
        low,
        high,
        interval_kind: interval.unwrap_or_else(|| "none: the source gives none".to_string()),
        terms,
        formula,
        dates: (row.start, row.end),
        coverage: computer.age(row.end),
        population: Some(*count),
        note: row.note.clone().unwrap_or_default(),
        said_by: None,
    })
}

/// Measures that some area has, each with its title, in the order of the catalog.
pub(crate) fn told<'m>(measures: &'m Measures, figures: &[Vec<Figure>]) -> Vec<&'m Measure> {
    let ids: BTreeMap<&str, ()> = figures
        .iter()
        .flatten()
        .filter(|f| f.value.is_some())
        .map(|f| (f.measure.as_str(), ()))
        .collect();
    others(measures).filter(|m| ids.contains_key(m.id.as_str())).collect()
}

/// Why an area has no figure of a measure that others have.
pub(crate) const NOT_TOLD: (Coverage, &str) = (Coverage::NotCovered, "the source tells nothing of this area");

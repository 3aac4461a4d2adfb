//! What else is known of the areas: hunger, displacement, poverty, from observations at their P-codes or under their names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use lysoen_facts::{LakeError, View};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;

use super::areas::Areas;
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
    /// The area of the level at which a row of `observations` stands, by its P-code or its names from the country down.
    pub(crate) fn area(&self, place: &str) -> Option<usize> {
        let by_names = || {
            self.located(&names_of(place))
                .filter(|(level, _)| level.level == self.areas.level)
        };
        self.areas.position(place).or_else(|| by_names().map(|(_, at)| at))
    }

    /// The area of the level in which a row stands that is told at a finer one.
    fn around(&self, place: &str) -> Option<usize> {
        let names = names_of(place);
        let (mut level, mut at) = (1..=names.len())
            .rev()
            .find_map(|depth| self.located(&names[..depth]))?;
        while level.level != self.areas.level {
            (level, at) = self.parent(level, at)?;
        }
        Some(at)
    }

    /// Whether a place is that of some area of any level.
    fn knows(&self, place: &str) -> bool {
        self.levels.iter().any(|level| level.position(place).is_some()) || self.located(&names_of(place)).is_some()
    }

    /// The area that the last of some names means, the others being those of areas around it, the coarsest first. A name
    /// means the coarsest area of that name within the area before it: in `CAF/Ouaka/Grimari` the sub-prefecture, not
    /// the commune. Where a name before it is that of no area, the last one must be the same to the letter.
    fn located(&self, names: &[&str]) -> Option<(&Areas, usize)> {
        let (mut here, mut certain, mut found) = (None, true, false);
        for name in names {
            let inner = |level: &&&Areas| here.is_none_or(|(outer, _): (&Areas, usize)| level.level > outer.level);
            let next = self.levels.iter().filter(inner).find_map(|level| {
                let inside = level
                    .list
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| self.lies_in(level, *at, here));
                match find(name, inside.map(|(at, area)| (at, &area.names))) {
                    Match::One { at, similar } if certain || !similar => Some((*level, at)),
                    _ => None,
                }
            });
            (found, certain) = (next.is_some(), certain && next.is_some());
            here = next.or(here);
        }
        here.filter(|_| found)
    }

    /// Whether an area lies in another one; everything lies in the country.
    fn lies_in(&self, level: &Areas, at: usize, outer: Option<(&Areas, usize)>) -> bool {
        let Some((outer, wanted)) = outer else { return true };
        let mut around = std::iter::successors(self.parent(level, at), |(level, at)| self.parent(level, *at));
        around.any(|(level, at)| level.level == outer.level && at == wanted)
    }

    /// The area in which an area lies, where it is listed.
    fn parent(&self, level: &Areas, at: usize) -> Option<(&Areas, usize)> {
        let parent = level.list[at].parent.as_ref()?;
        self.levels
            .iter()
            .find_map(|level| Some((*level, level.position(parent)?)))
    }
}

/// The names behind the country's code in `CAF/Ouaka/Grimari`; none where the place is a code.
fn names_of(place: &str) -> Vec<&str> {
    place.split('/').skip(1).collect()
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
        let (mut unmatched, mut lost) = (BTreeSet::new(), Vec::new());
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
                    None => {
                        if !atlas.knows(&row.place) {
                            unmatched.insert((row.cited.source.clone(), row.place.clone()));
                        }
                        lost.extend(is_list.then_some(row));
                    }
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
                        .or_else(|| of_locations(&computer, from, &here, &lost)),
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

/// The sum of an area's locations on the newest day of a list; a minimum where locations of that day are `lost`, being
/// under names that are those of no area.
fn of_locations(computer: &Computer<'_>, from: &From, rows: &[&Row], lost: &[Row]) -> Option<Found> {
    let (indicator, last) = (from.indicator.as_deref()?, computer.period.end());
    let of_series = |r: &Row| r.cited.source == from.source && r.indicator == indicator && r.end <= last;
    let newest = rows.iter().filter(|r| of_series(r)).map(|r| r.end).max()?;
    let then = |r: &Row| of_series(r) && r.end == newest;
    let terms: Vec<Term> = rows.iter().filter(|r| then(r)).map(|r| r.term(Role::Added)).collect();
    let lost: f64 = lost.iter().filter(|r| then(r)).map(|r| r.value).sum();
    let mut note = format!("the sum of {} locations", terms.len());
    if lost > 0.0 {
        note.push_str(&format!(
            "; {lost:.0} people of the list are under names of no area, so that this may be a minimum"
        ));
    }
    Some(Found {
        value: Formula::Sum.apply(&terms)?,
        low: None,
        high: None,
        interval_kind: "none: the source gives none".to_string(),
        note,
        terms,
        formula: Formula::Sum,
        dates: (newest, newest),
        coverage: match computer.age(newest) {
            Coverage::Covered if lost > 0.0 => Coverage::Incomplete,
            age => age,
        },
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

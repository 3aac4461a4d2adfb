//! The units of a table: countries, areas of a level, or a list of places.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use lysoen_facts::{LakeError, View};
use lysoen_indices::data::Unit;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;

use super::{InputNote, InputsError, Places};
use crate::communities::{Areas, Atlas, Level};
use crate::store::{Columns, list, text};

/// More names than these are no condition of a query.
const MOST_NAMES: usize = 1000;

/// The places that may become units, and how rows find them.
pub(super) struct Candidates {
    /// In the order of their codes; for a list in its own order.
    pub(super) units: Vec<Unit>,
    pub(super) by_place: HashMap<String, usize>,
    /// The condition for rows of `observations`.
    pub(super) condition: String,
    /// The level of the areas, where the units are areas of one.
    pub(super) level: Option<Level>,
    pub(super) notes: Vec<InputNote>,
}

impl Candidates {
    pub(super) fn of(
        view: &View,
        crosswalk: &Crosswalk,
        places: &Places,
        periods: &[Period],
        indicators: &BTreeSet<&str>,
    ) -> Result<Candidates, InputsError> {
        match places {
            Places::Countries => Ok(countries(crosswalk, periods)),
            Places::List(codes) => Ok(listed(view, crosswalk, codes)?),
            Places::Areas { level, within } => areas(view, crosswalk, *level, within, periods, indicators),
        }
    }

    fn new(units: Vec<Unit>, condition: String, notes: Vec<InputNote>) -> Candidates {
        Candidates {
            by_place: units.iter().enumerate().map(|(at, u)| (u.code.clone(), at)).collect(),
            units,
            condition,
            level: None,
            notes,
        }
    }
}

fn countries(crosswalk: &Crosswalk, periods: &[Period]) -> Candidates {
    let then = |p: &Period| crosswalk.current(p.end()).map(|c| c.iso3.as_str());
    let joint = crosswalk.all().filter(|c| !c.parts.is_empty()).map(|c| c.iso3.as_str());
    let codes: BTreeSet<&str> = periods.iter().flat_map(then).chain(joint).collect();
    let units = codes.into_iter().map(|code| country(crosswalk, code)).collect();
    Candidates::new(units, "(country IS NULL OR country = place)".to_string(), Vec::new())
}

/// A country by its code, with its region and sub-region (UN M49).
fn country(crosswalk: &Crosswalk, code: &str) -> Unit {
    let entry = crosswalk.get(code);
    Unit {
        code: code.to_string(),
        name: entry.map(|c| c.name.clone()).unwrap_or_default(),
        groups: regions(crosswalk, code),
    }
}

fn regions(crosswalk: &Crosswalk, country: &str) -> BTreeMap<String, String> {
    let entry = crosswalk.get(country);
    let of = |name: &str, value: Option<&String>| Some((name.to_string(), value?.clone()));
    let region = of("region", entry.and_then(|c| c.region.as_ref()));
    region
        .into_iter()
        .chain(of("subregion", entry.and_then(|c| c.subregion.as_ref())))
        .collect()
}

/// An area: its groups are its country and the country's regions.
fn area(crosswalk: &Crosswalk, code: &str, name: &str, country: &str) -> Unit {
    let mut groups = regions(crosswalk, country);
    groups.insert("country".to_string(), country.to_string());
    Unit {
        code: code.to_string(),
        name: name.to_string(),
        groups,
    }
}

fn listed(view: &View, crosswalk: &Crosswalk, codes: &[String]) -> Result<Candidates, LakeError> {
    let known = if codes.iter().all(|code| crosswalk.get(code).is_some()) {
        BTreeMap::new()
    } else {
        rows_of_places(view, &any_of("place", codes))?
    };
    let unit = |code: &String| {
        if let Some(row) = known.get(code) {
            return area(crosswalk, code, &row.name, &row.country);
        }
        match code.split_once('/') {
            Some((of, name)) => area(crosswalk, code, name, of),
            None => country(crosswalk, code),
        }
    };
    let mut seen = BTreeSet::new();
    let units = codes.iter().filter(|code| seen.insert(*code)).map(unit).collect();
    Ok(Candidates::new(units, any_of("place", codes), Vec::new()))
}

fn areas(
    view: &View,
    crosswalk: &Crosswalk,
    number: i16,
    within: &[String],
    periods: &[Period],
    indicators: &BTreeSet<&str>,
) -> Result<Candidates, InputsError> {
    let none = || InputsError::NoAreas {
        level: number,
        within: if within.is_empty() {
            "any country".to_string()
        } else {
            within.join(", ")
        },
    };
    let level = Level::ALL
        .into_iter()
        .find(|l| l.number() == Some(number))
        .ok_or_else(none)?;
    let here = any_of("country", within);
    let told = told_of(view, &here, indicators)?;
    let countries = if within.is_empty() {
        with_areas(view, number)?
            .into_iter()
            .chain(told.keys().cloned())
            .collect()
    } else {
        within.iter().cloned().collect::<BTreeSet<String>>()
    };
    let on = periods.iter().map(|p| p.end()).max().unwrap_or(Date::ZERO);
    let (mut units, mut meant, mut unlisted) = (BTreeMap::new(), Vec::new(), 0);
    for country in &countries {
        // Names of every level tell at which one a figure stands.
        let levels = Level::ALL.into_iter().filter(|l| l.number().is_some());
        let levels = levels.map(|l| Areas::load(view, std::slice::from_ref(country), l, on, false));
        let levels = levels.collect::<Result<Vec<Areas>, LakeError>>()?;
        let listed: Vec<&Areas> = levels.iter().filter(|l| !l.list.is_empty()).collect();
        let atlas = listed
            .iter()
            .find(|l| l.level == level)
            .map(|areas| Atlas { areas, levels: &listed });
        for one in atlas.iter().flat_map(|a| &a.areas.list) {
            let code = one.place.as_str();
            units.insert(code.to_string(), area(crosswalk, code, &one.name, country));
        }
        for place in told.get(country).into_iter().flatten() {
            if units.contains_key(place) {
                continue;
            }
            let depth = place.matches('/').count();
            let named = atlas
                .as_ref()
                .and_then(|a| Some(a.areas.list[a.area(place)?].place.to_string()));
            if depth == 0 {
                unlisted += usize::from(!listed.iter().any(|l| l.position(place).is_some()));
            } else if let Some(code) = named {
                meant.push((place.clone(), code));
            } else if i16::try_from(depth) == Ok(number) {
                // A region without a P-code is named within its country, an area of the second level within its region.
                let name = place.rsplit('/').next().unwrap_or(place);
                units.insert(place.clone(), area(crosswalk, place, name, country));
            }
        }
    }
    if units.is_empty() {
        return Err(none());
    }
    let note = (unlisted > 0).then(|| InputNote {
        input: None,
        period: None,
        text: format!(
            "left out: {unlisted} areas with a P-code that no list of areas has, so that their level is not known"
        ),
    });
    let condition = format!("country <> place AND {here}");
    let mut candidates = Candidates::new(units.into_values().collect(), condition, note.into_iter().collect());
    for (place, code) in meant {
        let unit = candidates.by_place[&code];
        candidates.by_place.insert(place, unit);
    }
    Ok(Candidates {
        level: Some(level),
        ..candidates
    })
}

/// The countries of which areas of a level are listed.
fn with_areas(view: &View, level: i16) -> Result<BTreeSet<String>, LakeError> {
    let sql =
        format!("SELECT DISTINCT country FROM places WHERE kind = 'area' AND level = {level} AND country IS NOT NULL");
    let mut countries = BTreeSet::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let country = Columns(&batch).texts("country");
        countries.extend((0..batch.num_rows()).map(|i| country.value(i).to_string()));
    }
    Ok(countries)
}

/// The areas of which observations tell these indicators, by country.
fn told_of(
    view: &View,
    here: &str,
    indicators: &BTreeSet<&str>,
) -> Result<BTreeMap<String, BTreeSet<String>>, LakeError> {
    let names: Vec<String> = indicators.iter().map(|i| i.to_string()).collect();
    let sql = format!(
        "SELECT DISTINCT place, country FROM observations WHERE country <> place AND {here} AND indicator IN ({})",
        list(names.iter())
    );
    let mut areas: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let columns = Columns(&batch);
        let (place, country) = (columns.texts("place"), columns.texts("country"));
        for i in 0..batch.num_rows() {
            areas
                .entry(country.value(i).to_string())
                .or_default()
                .insert(place.value(i).to_string());
        }
    }
    Ok(areas)
}

struct PlaceRow {
    name: String,
    country: String,
}

/// Rows of `places` by place; of several sources the newest names it.
fn rows_of_places(view: &View, condition: &str) -> Result<BTreeMap<String, PlaceRow>, LakeError> {
    let sql = format!("SELECT place, country, name FROM places WHERE {condition} ORDER BY as_of, source, file, row");
    let mut rows = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let columns = Columns(&batch);
        let (place, country, name) = (columns.texts("place"), columns.texts("country"), columns.texts("name"));
        for i in 0..batch.num_rows() {
            let row = PlaceRow {
                name: name.value(i).to_string(),
                country: text(country, i).unwrap_or_default(),
            };
            rows.insert(place.value(i).to_string(), row);
        }
    }
    Ok(rows)
}

/// The condition that a column is one of some names; none at all, or too many of them to say, is no condition.
fn any_of(column: &str, names: &[String]) -> String {
    if names.is_empty() || names.len() > MOST_NAMES {
        return "TRUE".to_string();
    }
    format!("{column} IN ({})", list(names.iter()))
}

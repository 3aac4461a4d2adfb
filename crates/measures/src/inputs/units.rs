//! The units of a table: countries, areas of a level, or a list of places.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::array::AsArray;
use arrow::datatypes::Int16Type;
use lysoen_facts::{LakeError, View};
use lysoen_indices::data::Unit;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;

use super::{InputNote, InputsError, Places};
use crate::store::{Columns, list, sql_day, text};

/// More names than these are no condition of a query.
const MOST_NAMES: usize = 1000;

/// The places that may become units, and how rows find them.
pub(super) struct Candidates {
    /// In the order of their codes; for a list in its own order.
    pub(super) units: Vec<Unit>,
    pub(super) by_place: HashMap<String, usize>,
    /// The condition for rows of `observations`.
    pub(super) condition: String,
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
    level: i16,
    within: &[String],
    periods: &[Period],
    indicators: &BTreeSet<&str>,
) -> Result<Candidates, InputsError> {
    let here = any_of("country", within);
    let then: Vec<String> = periods.iter().map(|p| existed_on(*p)).collect();
    let then = if then.is_empty() {
        "TRUE".to_string()
    } else {
        format!("({})", then.join(" OR "))
    };
    let on_list = rows_of_places(view, &format!("kind = 'area' AND {here} AND {then}"))?;
    let mut units: BTreeMap<String, Unit> = BTreeMap::new();
    for (code, row) in on_list.iter().filter(|(_, row)| row.level == level) {
        units.insert(code.clone(), area(crosswalk, code, &row.name, &row.country));
    }
    let mut unlisted = 0;
    for (code, country) in told_of(view, &here, indicators)? {
        // A region without a P-code is named within its country, an area of the second level within its region.
        match i16::try_from(code.matches('/').count()) {
            Ok(0) => unlisted += usize::from(!on_list.contains_key(&code)),
            Ok(depth) if depth == level => {
                let name = code.rsplit('/').next().unwrap_or(&code);
                units.insert(code.clone(), area(crosswalk, &code, name, &country));
            }
            _ => {}
        }
    }
    if units.is_empty() {
        let within = if within.is_empty() {
            "any country".to_string()
        } else {
            within.join(", ")
        };
        return Err(InputsError::NoAreas { level, within });
    }
    let note = (unlisted > 0).then(|| InputNote {
        input: None,
        period: None,
        text: format!(
            "left out: {unlisted} areas with a P-code that no list of areas has, so that their level is not known"
        ),
    });
    let condition = format!("country <> place AND {here}");
    Ok(Candidates::new(
        units.into_values().collect(),
        condition,
        note.into_iter().collect(),
    ))
}

fn existed_on(period: Period) -> String {
    let day = sql_day(period.end());
    format!("((valid_from IS NULL OR valid_from <= {day}) AND (valid_to IS NULL OR valid_to >= {day}))")
}

/// The areas of which observations tell these indicators, with their countries.
fn told_of(view: &View, here: &str, indicators: &BTreeSet<&str>) -> Result<BTreeSet<(String, String)>, LakeError> {
    let names: Vec<String> = indicators.iter().map(|i| i.to_string()).collect();
    let sql = format!(
        "SELECT DISTINCT place, country FROM observations WHERE country <> place AND {here} AND indicator IN ({})",
        list(names.iter())
    );
    let mut areas = BTreeSet::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let columns = Columns(&batch);
        let (place, country) = (columns.texts("place"), columns.texts("country"));
        areas.extend((0..batch.num_rows()).map(|i| (place.value(i).to_string(), country.value(i).to_string())));
    }
    Ok(areas)
}

struct PlaceRow {
    name: String,
    country: String,
    level: i16,
}

/// Rows of `places` by place; of several sources the newest names it.
fn rows_of_places(view: &View, condition: &str) -> Result<BTreeMap<String, PlaceRow>, LakeError> {
    let sql =
        format!("SELECT place, country, level, name FROM places WHERE {condition} ORDER BY as_of, source, file, row");
    let mut rows = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = batch?;
        let columns = Columns(&batch);
        let (place, country, name) = (columns.texts("place"), columns.texts("country"), columns.texts("name"));
        let level = columns.at("level").as_primitive::<Int16Type>();
        for i in 0..batch.num_rows() {
            let row = PlaceRow {
                name: name.value(i).to_string(),
                country: text(country, i).unwrap_or_default(),
                level: level.value(i),
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

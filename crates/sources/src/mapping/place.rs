//! Which place a row is about.

use std::collections::HashMap;
use std::rc::Rc;

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::place::PlaceId;

use super::plan::{Trouble, text_at};

/// What a row's place columns came to.
#[derive(Clone, Debug)]
pub(crate) enum Where {
    /// A place, with the country in which it lies where that is known.
    At { place: Rc<str>, country: Option<Rc<str>> },
    /// A region, an organisation, several countries at once: known and no place; the row is skipped.
    Group(String),
}

/// Where in a record the place stands.
#[derive(Clone, Debug)]
pub(crate) struct PlacePlan {
    pub(crate) column: Option<(usize, String)>,
    pub(crate) fixed: Option<Rc<str>>,
    pub(crate) system: CodeSystem,
    /// Place ids by text, from the card.
    pub(crate) means: Vec<(String, Rc<str>)>,
    pub(crate) areas: Vec<(usize, String)>,
    pub(crate) area_names: Vec<(usize, String)>,
    /// Whether an empty cell means a place that the source does not name (flows), rather than a mistake.
    pub(crate) may_be_empty: bool,
}

/// Resolves countries once per code and day.
pub(crate) struct Places<'a> {
    crosswalk: &'a Crosswalk,
    known: HashMap<(CodeSystem, Option<Date>), ByText>,
}

/// What each text came to, or what was expected in its stead.
type ByText = HashMap<String, Result<Country, String>>;

#[derive(Clone, Debug)]
enum Country {
    Is(Rc<str>),
    Group(String),
}

impl<'a> Places<'a> {
    pub(crate) fn new(crosswalk: &'a Crosswalk) -> Self {
        Places {
            crosswalk,
            known: HashMap::new(),
        }
    }

    /// The place of a record on the day of its fact, or what is wrong with it. An area's code that is none is told in
    /// `troubles` where the names beside it can stand in.
    pub(crate) fn of(
        &mut self,
        plan: &PlacePlan,
        record: &StringRecord,
        on: Option<Date>,
        troubles: &mut Vec<Trouble>,
    ) -> Result<Where, Trouble> {
        let country = match (&plan.fixed, &plan.column) {
            (Some(fixed), _) => Some(fixed.clone()),
            (None, Some((index, name))) => match self.country(plan, text_at(record, *index), on) {
                Ok(Country::Is(place)) => Some(place),
                Ok(Country::Group(group)) => return Ok(Where::Group(group)),
                Err(expected) => return Err(Trouble::new(name, text_at(record, *index), expected)),
            },
            (None, None) => None,
        };
        if let Some(area) = area(plan, record, country.as_deref(), troubles)? {
            return Ok(Where::At {
                place: area.into(),
                country,
            });
        }
        match country {
            Some(place) => Ok(Where::At {
                place: place.clone(),
                country: Some(place),
            }),
            None => Err(Trouble::whole_row("a country or an area")),
        }
    }

    fn country(&mut self, plan: &PlacePlan, code: &str, on: Option<Date>) -> Result<Country, String> {
        let known = self.known.entry((plan.system, on)).or_default();
        if let Some(found) = known.get(code) {
            return found.clone();
        }
        let found = look_up(self.crosswalk, plan, code, on);
        known.insert(code.to_string(), found.clone());
        found
    }
}

fn look_up(crosswalk: &Crosswalk, plan: &PlacePlan, code: &str, on: Option<Date>) -> Result<Country, String> {
    if let Some((_, place)) = plan.means.iter().find(|(text, _)| text == code) {
        return Ok(if place.is_empty() {
            Country::Group(code.to_string())
        } else {
            Country::Is(place.clone())
        });
    }
    if code.is_empty() {
        return if plan.may_be_empty {
            Ok(Country::Is(PlaceId::UNKNOWN.into()))
        } else {
            Err("a country; the cell is empty".into())
        };
    }
    match crosswalk.resolve(plan.system, code, on) {
        Ok(Resolved::Place(place)) => Ok(Country::Is(place.as_str().into())),
        Ok(Resolved::Aggregate(name)) if name == "World" => Ok(Country::Is(PlaceId::WORLD.into())),
        Ok(Resolved::Aggregate(name)) => Ok(Country::Group(name)),
        // UNHCR's STA and ISO's user-assigned XXA: people who have no state are not people of whom nothing is known.
        Ok(Resolved::Unknown) if matches!(code, "XXA" | "STA") => Ok(Country::Is(PlaceId::STATELESS.into())),
        Ok(Resolved::Unknown) => Ok(Country::Is(PlaceId::UNKNOWN.into())),
        Err(_) if several(crosswalk, plan.system, code, on) => Ok(Country::Group(code.to_string())),
        Err(unresolved) => Err(unresolved.to_string()),
    }
}

/// Whether the cell lists several countries, as FTS does where money is for more than one.
fn several(crosswalk: &Crosswalk, system: CodeSystem, code: &str, on: Option<Date>) -> bool {
    code.contains(',')
        && code
            .split(',')
            .all(|one| crosswalk.resolve(system, one.trim(), on).is_ok())
}

/// The finest area that is filled; none where the row is about the country.
fn area(
    plan: &PlacePlan,
    record: &StringRecord,
    country: Option<&str>,
    troubles: &mut Vec<Trouble>,
) -> Result<Option<String>, Trouble> {
    let filled = |columns: &[(usize, String)]| -> Vec<(usize, String)> {
        columns
            .iter()
            .filter(|(i, _)| !is_placeholder(text_at(record, *i)))
            .cloned()
            .collect()
    };
    let codes = filled(&plan.areas);
    let names = filled(&plan.area_names);
    // A name on a finer level than the finest code: the source's areas go below those that have codes.
    if let Some((index, column)) = codes.last()
        && codes.len() >= names.len()
    {
        let code = text_at(record, *index);
        match PlaceId::area(code) {
            Ok(place) => return Ok(Some(place.as_str().to_string())),
            Err(wrong) if names.is_empty() => return Err(Trouble::new(column, code, format!("a P-code ({wrong})"))),
            Err(wrong) => troubles.push(Trouble::new(
                column,
                code,
                format!("a P-code ({wrong}); the names were taken"),
            )),
        }
    }
    if names.is_empty() {
        return Ok(None);
    }
    let Some(country) = country else {
        return Err(Trouble::whole_row("a country beside the names of areas"));
    };
    let mut place = country.to_string();
    for (index, _) in &names {
        place.push('/');
        // A slash within a name would read as a finer level.
        place.push_str(&text_at(record, *index).replace('/', "-"));
    }
    Ok(Some(place))
}

/// Empty, or one of HDX HAPI's placeholders (`SDN-XXX`, `SD15-XXX`, `UNSPECIFIED`), by which a row that is about the
/// coarser place is filled up: in the Sudan file the row of `SD15-XXX` is the sum of the areas of SD15.
fn is_placeholder(text: &str) -> bool {
    text.is_empty() || text.ends_with("-XXX") || matches!(text, "UNSPECIFIED" | "Not available" | "None" | "#N/A")
}

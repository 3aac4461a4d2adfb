//! What is asked for of features: the parameters of the standard, checked. An unknown one is an error, as the standard has it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lysoen_answers::standing::Standing;
use lysoen_lexicon::period::Period;

use super::collections::Collection;
use super::crs::Crs;
use crate::serve::asked::{corners, period, there};
use crate::serve::events::MOST;
use crate::serve::problem::Problem;

/// Features given at once where no number is named.
pub(super) const LIMIT: usize = 100;
/// The most that may be left out before.
pub(super) const DEEPEST: usize = 10_000_000;
/// The parameters of a list of features, besides those of its collection.
const OF_ITEMS: [&str; 6] = ["limit", "offset", "bbox", "bbox-crs", "datetime", "crs"];

/// The parameters of an address, in their order.
pub(super) type Pairs = Vec<(String, String)>;

/// What the parameters say, each known and there once.
#[derive(Debug)]
pub(super) struct Parameters<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Parameters<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// A whole number; a standard one where none is named.
    fn number(&self, name: &str, standard: usize, least: usize) -> Result<usize, Problem> {
        let Some(text) = self.get(name) else {
            return Ok(standard);
        };
        let number = text.parse().ok().filter(|number| *number >= least);
        number.ok_or_else(|| Problem::bad(format!("{name} is a whole number from {least}, and not {text}")))
    }

    fn crs(&self, name: &str) -> Result<Crs, Problem> {
        let Some(uri) = self.get(name) else {
            return Ok(Crs::default());
        };
        Crs::named(uri).ok_or_else(|| {
            let known = Crs::ALL.map(Crs::uri).join(", ");
            Problem::bad(format!("{name} is one of {known}, and not {uri}"))
        })
    }
}

/// Checks that every parameter is known, and that JSON is asked for.
pub(super) fn checked<'a>(query: &'a [(String, String)], known: &[&str]) -> Result<Parameters<'a>, Problem> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for (name, value) in query {
        if name == "f" && !["json", "geojson"].contains(&value.as_str()) {
            return Err(Problem::bad(format!("this is given as f=json, and not as {value}")));
        }
        if name != "f" && !known.contains(&name.as_str()) {
            let known = [&["f"][..], known].concat().join(", ");
            return Err(Problem::bad(format!(
                "there is no parameter {name} here; there is {known}"
            )));
        }
        if found.iter().any(|(before, _)| before == name) {
            return Err(Problem::bad(format!("{name} is there twice")));
        }
        found.push((name, value));
    }
    Ok(Parameters(found))
}

/// Which features.
#[derive(Clone, Debug, Default)]
pub(super) struct ItemsAsked {
    /// The one of this id.
    pub(super) id: Option<String>,
    /// How many.
    pub(super) limit: usize,
    /// How many are left out before.
    pub(super) offset: usize,
    /// Those in a box of degrees: west, south, east, north. West may be greater than east, across ±180°.
    pub(super) bbox: Option<[f64; 4]>,
    /// Those of this time.
    pub(super) time: Time,
    /// The system in which they are given.
    pub(super) crs: Crs,
    /// The period of the figures.
    pub(super) period: Option<Period>,
    /// Those whose properties have these values.
    pub(super) equal: Vec<(&'static str, String)>,
}

impl ItemsAsked {
    /// What is asked for of a list.
    pub(super) fn of(
        standing: &Standing,
        collection: Collection,
        query: &[(String, String)],
    ) -> Result<ItemsAsked, Problem> {
        let filters = collection.filters();
        let own = filters.iter().map(|(name, _)| *name).chain(collection.chooses());
        let known: Vec<&str> = OF_ITEMS.into_iter().chain(own).collect();
        let parameters = checked(query, &known)?;
        let offset = parameters.number("offset", 0, 0)?;
        if offset > DEEPEST {
            let narrow = "narrow the time or the bbox instead";
            return Err(Problem::bad(format!("offset is 0 to {DEEPEST}; {narrow}")));
        }
        let bbox_crs = parameters.crs("bbox-crs")?;
        let bbox = parameters.get("bbox");
        let equal = filters.iter();
        let equal = equal.filter_map(|(name, _)| Some((*name, parameters.get(name)?.to_string())));
        Ok(ItemsAsked {
            id: None,
            limit: parameters.number("limit", LIMIT, 1)?.min(MOST),
            offset,
            bbox: bbox.map(|text| bounds(text, bbox_crs)).transpose()?,
            time: Time::of(parameters.get("datetime"))?,
            crs: parameters.crs("crs")?,
            period: of_period(standing, &parameters)?,
            equal: equal.collect(),
        })
    }

    /// What is asked for of one feature.
    pub(super) fn of_one(
        standing: &Standing,
        collection: Collection,
        query: &[(String, String)],
        id: String,
    ) -> Result<ItemsAsked, Problem> {
        let known: Vec<&str> = ["crs"].into_iter().chain(collection.chooses()).collect();
        let parameters = checked(query, &known)?;
        Ok(ItemsAsked {
            id: Some(id),
            limit: 1,
            crs: parameters.crs("crs")?,
            period: of_period(standing, &parameters)?,
            ..ItemsAsked::default()
        })
    }
}

fn of_period(standing: &Standing, parameters: &Parameters<'_>) -> Result<Option<Period>, Problem> {
    let asked = parameters.get("period");
    let there = |text| there(standing, period(standing, Some(text))?);
    asked.map(there).transpose()
}

/// A box of degrees. What goes on beyond ±180°, as a map that is moved does, goes on from the other end.
fn bounds(text: &str, crs: Crs) -> Result<[f64; 4], Problem> {
    let wrong = || {
        Problem::bad(format!(
            "a bbox is four or six numbers, the lower corner first, and not {text}"
        ))
    };
    let [a, b, c, d] = corners(text).ok_or_else(wrong)?;
    let ([west, south], [east, north]) = (crs.to_degrees([a, b]), crs.to_degrees([c, d]));
    let is_sound = [west, south, east, north].iter().all(|degrees| degrees.is_finite()) && south <= north;
    if !is_sound {
        return Err(wrong());
    }
    if east - west >= 360.0 {
        return Ok([-180.0, south, 180.0, north]);
    }
    let on_the_map = |lon: f64| match lon.abs() <= 180.0 {
        true => lon,
        false => (lon + 180.0).rem_euclid(360.0) - 180.0,
    };
    Ok([on_the_map(west), south, on_the_map(east), north])
}

/// A time from one day to another, each in UTC; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    /// The first day.
    pub(super) from: Option<Date>,
    /// The last day.
    pub(super) to: Option<Date>,
}

impl Time {
    /// An instant, or an interval of which `..` or nothing leaves an end open.
    fn of(text: Option<&str>) -> Result<Time, Problem> {
        let Some(text) = text else {
            return Ok(Time::default());
        };
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        let open = |end: &str| (text.contains('/') && ["", ".."].contains(&end)).then_some(None);
        let end = |end: &str| open(end).or_else(|| day(end).map(Some));
        let found = end(from).zip(end(to)).map(|(from, to)| Time { from, to });
        let in_order = |time: &Time| time.from.zip(time.to).is_none_or(|(from, to)| from <= to);
        found.filter(in_order).ok_or_else(|| {
            let such = "2024-01-01T00:00:00Z/2024-06-30T23:59:59Z or 2024-01-01T00:00:00Z/..";
            Problem::bad(format!(
                "datetime is an instant or an interval such as {such}, and not {text}"
            ))
        })
    }

    /// Whether it has a day in common with another.
    pub(super) fn meets(self, first: Date, last: Date) -> bool {
        self.from.is_none_or(|from| from <= last) && self.to.is_none_or(|to| first <= to)
    }
}

/// The day of an instant in UTC; a day alone is one, too.
fn day(text: &str) -> Option<Date> {
    match text.len() {
        10 => text.parse().ok(),
        _ => Some(text.parse::<Timestamp>().ok()?.to_zoned(TimeZone::UTC).date()),
    }
}

//! What is asked for: the parts of an address, checked.

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use jiff::civil::Date;
use lysoen_answers::Assessment;
use lysoen_answers::standing::Standing;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// The parameters behind the `?`; an unknown one is an error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(asked)| Asked(asked))
            .map_err(|e| Problem::bad(reason(&e)))
    }
}

/// Parts of the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named<T>, Problem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(named)| Named(named))
            .map_err(|e| Problem::bad(reason(&e)))
    }
}

/// A body of JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Body(body)),
            Err(e) if e.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Err(Problem::of_status(e.status())),
            Err(e) => Err(Problem::bad(reason(&e))),
        }
    }
}

/// The innermost reason of an error, which says what was wrong with which parameter.
fn reason(error: &dyn std::error::Error) -> String {
    let mut said = error;
    while let Some(deeper) = said.source() {
        said = deeper;
    }
    said.to_string()
}

/// A period; the latest where none is named.
pub(crate) fn period(standing: &Standing, text: Option<&str>) -> Result<Period, Problem> {
    match text {
        None | Some("") => Ok(standing.latest),
        Some(text) => text
            .parse()
            .map_err(|e: lysoen_lexicon::period::NotAPeriod| Problem::bad(e.to_string())),
    }
}

/// A period that is among those here.
pub(crate) fn there(standing: &Standing, period: Period) -> Result<Period, Problem> {
    let found = standing.picture(period).map(|_| period);
    found.ok_or_else(|| absent(standing, period))
}

/// The periods from one to another, `2010..2024`, of those that there are; or one.
pub(crate) fn periods(standing: &Standing, text: Option<&str>) -> Result<Vec<Period>, Problem> {
    let Some((first, last)) = text.and_then(|text| text.split_once("..")) else {
        return Ok(vec![period(standing, text)?]);
    };
    let (first, last) = (period(standing, Some(first))?, period(standing, Some(last))?);
    if last.start() < first.start() {
        return Err(Problem::bad(format!(
            "{first} is after {last}; write the earlier one first"
        )));
    }
    let within = |p: &Period| first.start() <= p.start() && p.end() <= last.end();
    let found: Vec<Period> = standing.periods().filter(within).collect();
    match found.is_empty() {
        true => Err(absent(standing, first)),
        false => Ok(found),
    }
}

/// The assessment of places in a period; of all where none is named.
pub(crate) fn assessment(standing: &Standing, period: Period, places: &[PlaceId]) -> Result<Assessment, Problem> {
    let found = known(standing, period, places)?;
    if let Some(unknown) = places.iter().find(|place| !found.places.contains(place)) {
        let name = standing.observatory.name(unknown);
        return Err(Problem::not_found(format!("nothing is known about {name} in {period}")));
    }
    Ok(found)
}

/// The assessment of those of some places of which something is known in a period; of all where none is named.
pub(crate) fn known(standing: &Standing, period: Period, places: &[PlaceId]) -> Result<Assessment, Problem> {
    let found = standing.assessment(period, places);
    Ok(found.ok_or_else(|| absent(standing, period))??)
}

fn absent(standing: &Standing, period: Period) -> Problem {
    if standing.awaits(period) {
        return Problem::later(format!("{period} is still being computed"), 5);
    }
    let (first, last) = (standing.periods().next(), standing.periods().next_back());
    let ends = first
        .zip(last)
        .map(|(first, last)| format!("; there are the years {first} to {last}"));
    Problem::not_found(format!(
        "{period} is not among the periods here{}",
        ends.unwrap_or_default()
    ))
}

/// A place, by code or name.
pub(crate) fn place(standing: &Standing, text: &str) -> Result<PlaceId, Problem> {
    Ok(standing.observatory.place(text)?)
}

/// Places, with commas between.
pub(crate) fn places(standing: &Standing, text: Option<&str>) -> Result<Vec<PlaceId>, Problem> {
    let named = text
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    named.map(|name| place(standing, name)).collect()
}

/// Measures, with commas between; each must exist.
pub(crate) fn measures(standing: &Standing, text: Option<&str>) -> Result<Vec<String>, Problem> {
    let named = text
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let known = |name: &str| match standing.observatory.measures().get(name) {
        Some(measure) => Ok(measure.id.clone()),
        None => Err(Problem::not_found(format!(
            "there is no measure {name}; /api/v1/measures lists them all"
        ))),
    };
    named.map(known).collect()
}

/// A day.
pub(crate) fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    crate::cli::day(text).map(Some).map_err(Problem::bad)
}

/// A box of degrees: west, south, east, north. West may be greater than east, across the antimeridian.
pub(crate) fn bbox(text: Option<&str>) -> Result<Option<[f64; 4]>, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let wrong = || Problem::bad("a bbox is west,south,east,north in degrees, such as -20,-35,52,38".to_string());
    let [west, south, east, north] = corners(text).ok_or_else(wrong)?;
    let degrees = [west, east].iter().all(|x| x.abs() <= 180.0) && [south, north].iter().all(|y| y.abs() <= 90.0);
    match degrees && south <= north {
        true => Ok(Some([west, south, east, north])),
        false => Err(wrong()),
    }
}

/// The numbers of a box, of which there may be heights between, as the standard allows.
pub(crate) fn corners(text: &str) -> Option<[f64; 4]> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|number| number.trim().parse()).collect();
    match numbers.ok()?[..] {
        [west, south, east, north] | [west, south, _, east, north, _] => Some([west, south, east, north]),
        _ => None,
    }
}

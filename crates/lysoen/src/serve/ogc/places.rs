//! Countries and areas as features: their boundaries by the worldview, and of countries the headline measures of a period.

use std::collections::BTreeSet;

use lysoen_answers::Assessment;
use lysoen_answers::sheet::{Kind, SourceNote};
use lysoen_answers::standing::Standing;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use lysoen_maps::Place;
use lysoen_measures::Figure;
use lysoen_measures::catalog::Measure;
use serde_json::{Map, Value, json};

use super::asked::ItemsAsked;
use super::feature::{Feature, Found, Geometry};
use crate::serve::api::figures::figure;
use crate::serve::asked::known;
use crate::serve::events::source_note;
use crate::serve::form::number_of;
use crate::serve::problem::Problem;

/// What is told of a measure, behind its id; its value and interval are whole where they count people.
const PARTS: [(&str, Kind); 7] = [
    ("", Kind::Number),
    ("_low", Kind::Number),
    ("_high", Kind::Number),
    ("_per_100k", Kind::Number),
    ("_coverage", Kind::Text),
    ("_source", Kind::Text),
    ("_as_of", Kind::Date),
];

/// The measures that stand on countries.
pub(super) fn headline(standing: &Standing) -> impl Iterator<Item = &Measure> {
    standing.observatory.measures().list.iter().filter(|m| m.headline)
}

/// What stands on places of a level.
pub(super) fn fields(standing: &Standing, level: u8) -> Vec<(String, Kind)> {
    let text = |name: &str| (name.to_string(), Kind::Text);
    let mut fields = vec![text("place"), text("name"), ("level".to_string(), Kind::Count)];
    if level > 0 {
        fields.push(text("country"));
        return fields;
    }
    fields.push(text("period"));
    for measure in headline(standing) {
        let counts = measure.unit == "people";
        fields.extend(PARTS.iter().enumerate().map(|(at, (part, kind))| {
            let kind = if counts && at < 3 { Kind::Count } else { *kind };
            (format!("{}{part}", measure.id), kind)
        }));
    }
    fields
}

/// The places of a level that are asked for.
pub(super) fn found(standing: &Standing, level: u8, asked: &ItemsAsked) -> Result<Found, Problem> {
    // Areas have no figures, and so no time: they are of any.
    let period = period(standing, asked).filter(|_| level == 0);
    let (matched, page) = match (level, period) {
        (0, None) => (0, Vec::new()),
        _ => selected(standing, level, asked),
    };
    let assessment = period
        .map(|period| assessed(standing, period, &page))
        .transpose()?
        .flatten();
    let mut notes = vec![standing.worldview.disclaimer.clone()];
    notes.extend(assessment.iter().flat_map(Assessment::notes));
    let mut sources = of_map(standing);
    sources.extend(assessment.iter().flat_map(|assessment| used(standing, assessment)));
    let features = page.iter().filter_map(|place| {
        let mut properties = about(standing, place);
        if let Some(period) = period {
            properties.insert("period".to_string(), period.to_string().into());
            add_figures(&mut properties, standing, assessment.as_ref(), &place.place);
        }
        let polygons = standing.map.geometry(level, &place.place)?;
        let geometry = Geometry::polygons(&polygons, asked.crs);
        Some(Feature::new(place.place.clone(), geometry, properties))
    });
    Ok(Found {
        features: features.collect(),
        matched,
        sources,
        notes,
    })
}

/// The sources of the boundaries.
pub(super) fn of_map(standing: &Standing) -> Vec<SourceNote> {
    let ids = standing.map_sources();
    ids.iter().map(|id| source_note(standing, id)).collect()
}

/// The period of the figures: the one that is asked for, else the latest of the time that is. None where the time has none.
fn period(standing: &Standing, asked: &ItemsAsked) -> Option<Period> {
    let is_then = |period: &Period| asked.time.meets(period.start(), period.end());
    match asked.period {
        Some(period) => Some(period).filter(is_then),
        None => standing.periods().rev().find(is_then),
    }
}

/// How many places of a level are asked for, and the page of them.
fn selected<'s>(standing: &'s Standing, level: u8, asked: &ItemsAsked) -> (usize, Vec<&'s Place>) {
    let map = &standing.map;
    let all: Vec<&Place> = match asked.bbox {
        Some(bbox) => map.in_box(level, bbox),
        None => map.places(level).iter().collect(),
    };
    let is_asked = |place: &&Place| {
        let of_id = asked.id.as_ref().is_none_or(|id| *id == place.place);
        of_id
            && asked
                .equal
                .iter()
                .all(|(name, value)| text(standing, place, name) == *value)
    };
    let all: Vec<&Place> = all.into_iter().filter(is_asked).collect();
    let page = all.iter().skip(asked.offset).take(asked.limit);
    (all.len(), page.copied().collect())
}

/// A property of a place, as text.
fn text(standing: &Standing, place: &Place, name: &str) -> String {
    match about(standing, place).get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// What a place is.
fn about(standing: &Standing, place: &Place) -> Map<String, Value> {
    let known = place.place.parse::<PlaceId>().ok().filter(|_| place.level == 0);
    let name = known.map_or_else(|| place.name.clone(), |id| standing.observatory.name(&id));
    let mut about = Map::new();
    about.insert("place".to_string(), place.place.as_str().into());
    about.insert("name".to_string(), name.into());
    about.insert("level".to_string(), place.level.into());
    if place.level > 0 {
        about.insert("country".to_string(), place.country.clone().into());
    }
    about
}

/// What is known of places in a period; nothing where there are none.
fn assessed(standing: &Standing, period: Period, page: &[&Place]) -> Result<Option<Assessment>, Problem> {
    let ids: Vec<PlaceId> = page.iter().filter_map(|place| place.place.parse().ok()).collect();
    match ids.is_empty() {
        true => Ok(None),
        false => known(standing, period, &ids).map(Some),
    }
}

/// The sources of the headline measures.
fn used<'a>(standing: &'a Standing, assessment: &'a Assessment) -> impl Iterator<Item = SourceNote> + 'a {
    let headline: BTreeSet<&str> = headline(standing).map(|measure| measure.id.as_str()).collect();
    let figures = assessment.figures.iter();
    let figures = figures.filter(move |figure| headline.contains(figure.measure.as_str()));
    let used: BTreeSet<&str> = figures.flat_map(|figure| figure.source.split(" + ")).collect();
    let sources = assessment.sources.iter();
    sources.filter(move |source| used.contains(source.id.as_str())).cloned()
}

/// The sources of the headline measures of all places in the latest period.
pub(super) fn sources(standing: &Standing) -> Result<Vec<SourceNote>, Problem> {
    let assessment = known(standing, standing.latest, &[])?;
    Ok(used(standing, &assessment).collect())
}

/// Adds the headline measures of a place; those of which nothing is known are null.
fn add_figures(properties: &mut Map<String, Value>, standing: &Standing, assessment: Option<&Assessment>, place: &str) {
    let id = place.parse::<PlaceId>().ok();
    for measure in headline(standing) {
        let found = id.as_ref().zip(assessment);
        let found = found.and_then(|(id, assessment)| Some((assessment, assessment.figure(id, &measure.id)?)));
        let values = found.map_or_else(nothing, |(assessment, figure)| told(assessment, figure));
        for ((part, _), value) in PARTS.iter().zip(values) {
            properties.insert(format!("{}{part}", measure.id), value);
        }
    }
}

fn told(assessment: &Assessment, known: &Figure) -> [Value; 7] {
    let figure = figure(assessment, known);
    // Counts of people are whole; rates never look whole, so that a program which looks at some knows the type of all.
    let number = |value: Option<f64>| match (value, figure.unit == "people") {
        (Some(value), true) => number_of(value),
        (value, _) => json!(value),
    };
    [
        number(figure.value),
        number(figure.low),
        number(figure.high),
        json!(figure.per_100k),
        figure.coverage.into(),
        figure.source.into(),
        json!(figure.as_of),
    ]
}

fn nothing() -> [Value; 7] {
    std::array::from_fn(|_| Value::Null)
}

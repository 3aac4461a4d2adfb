//! A place: everything that its page tells.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use lysoen_answers::sheet::{Cell, Sheet};
use lysoen_answers::standing::{Standing, TreatyAction};
use lysoen_answers::{Assessment, policy};
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::{PlaceId, PlaceKind};
use lysoen_measures::panels::Violence;
use lysoen_measures::{Coverage, Formula};
use serde::Serialize;
use utoipa::ToSchema;

use super::SourceNote;
use super::figures::{Figure, PeriodAsked, Shown, ShownFigure, shown_figure};
use super::forecasts::{PlaceForecast, of_unit};
use super::indices::better;
use crate::output::index::decimals_of;
use crate::output::{Format, phrase};
use crate::serve::App;
use crate::serve::asked::{self, Asked, Named};
use crate::serve::form::{Form, Original, Page, json_bytes, sheet};
use crate::serve::problem::Problem;

/// Flows that are told one by one; the rest is told together.
const FLOWS: usize = 10;

/// Everything that is told of a place in a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceAnswer {
    /// Its code.
    place: String,
    /// Its name.
    name: String,
    /// ISO 3166-1 alpha-2, for its name in other languages.
    iso2: Option<String>,
    /// `world`, `country` or `joint`.
    kind: &'static str,
    /// The country, of an area.
    country: Option<String>,
    /// The countries of a joint place.
    parts: Vec<String>,
    /// The joint places of which it is part.
    of: Vec<String>,
    /// The period.
    period: String,
    /// The day on which the data end, where that is long ago.
    #[schema(value_type = Option<String>, format = Date)]
    replay: Option<Date>,
    /// Whether some vintage had to be cut to what was known.
    reconstructed: bool,
    /// Whether the period has not ended.
    unfinished: bool,
    /// What a reader must know of the whole.
    notes: Vec<String>,
    /// The figures, in the order of the measures.
    figures: Vec<ShownFigure>,
    /// How they changed over five years.
    changes: Vec<Change>,
    /// What is missing or old.
    gaps: Vec<Gap>,
    /// Its people's ranks beside its state's.
    beside: Vec<Beside>,
    /// Its measures year by year.
    history: BTreeMap<String, History>,
    /// Deaths by month.
    months: Option<Months>,
    /// Displaced people by where they are, and where they are from.
    flows: Option<Flows>,
    /// Aid that it gave.
    aid: Option<Aid>,
    /// What it did to treaties.
    treaties: Vec<Treaty>,
    /// Where it stands in the indices.
    indices: Vec<InIndex>,
    /// What is forecast.
    forecast: Option<PlaceForecast>,
    /// Its areas, where they are known.
    communities: Option<Communities>,
    /// How many events are known, and where they are told.
    events: Option<Events>,
    /// The sources of all of it.
    sources: Vec<SourceNote>,
}

/// A change over five years.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Change {
    /// The measure.
    measure: String,
    /// The earlier period.
    from: String,
    /// The later period.
    to: String,
    /// The value then.
    before: f64,
    /// The value now.
    after: f64,
}

/// What is missing or old.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Gap {
    /// The measure.
    measure: String,
    /// Its title.
    title: String,
    /// What is the matter.
    coverage: &'static str,
    /// Why.
    why: String,
}

/// A rank by people beside one by an index of the state, among the same places.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Beside {
    /// The index.
    index: String,
    /// The measure of the people.
    measure: String,
    /// The rank by the index; 1 is the worst.
    index_rank: usize,
    /// The rank by the people's rate; 1 is the highest.
    rank: usize,
    /// Among how many places.
    of: usize,
}

/// A measure year by year; periods without a value of their own are left out.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct History {
    /// The periods.
    periods: Vec<String>,
    /// The values.
    value: Vec<f64>,
    /// Lower ends of their intervals.
    low: Vec<Option<f64>>,
    /// Upper ends of them.
    high: Vec<Option<f64>>,
    /// Rates per 100,000 people.
    per_100k: Vec<Option<f64>>,
    /// `covered`, `none recorded` or `incomplete`.
    coverage: Vec<&'static str>,
    /// The values rounded as they are told.
    rounded: Vec<f64>,
    /// What stands before each: `≥ `, `≤ ` or nothing.
    sign: Vec<&'static str>,
    /// Their decimals.
    decimals: usize,
}

/// Deaths by month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Months {
    /// The first month.
    from: String,
    /// The source.
    source: String,
    /// Its newest vintage.
    #[schema(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// What a reader must know.
    note: String,
    /// One a type of violence, or one of all together.
    series: Vec<MonthSeries>,
}

/// Deaths by month of a type of violence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonthSeries {
    /// The measure.
    id: &'static str,
    /// The type in words.
    violence: String,
    /// Deaths of each month; null where they are not known.
    values: Vec<Option<f64>>,
}

/// Displaced people across borders at a year's end.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Flows {
    /// The day.
    period: String,
    /// Where people from here are.
    out: Vec<Flow>,
    /// Where people in it are from.
    #[serde(rename = "in")]
    into: Vec<Flow>,
    /// The source.
    source: String,
    /// Its newest vintage.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
}

/// People in or from a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Flow {
    /// The place; none for all others together.
    place: Option<String>,
    /// Its name.
    name: String,
    /// People.
    people: f64,
}

/// Aid given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Aid {
    /// The years.
    periods: Vec<String>,
    /// One an indicator; they are of different kinds and are never added.
    series: Vec<AidSeries>,
}

/// Aid given, by one indicator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AidSeries {
    /// The indicator.
    id: String,
    /// Its name.
    title: String,
    /// Its unit.
    unit: String,
    /// The source.
    source: String,
    /// The newest vintage.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// What a reader must know.
    note: String,
    /// Values by year.
    values: Vec<Option<f64>>,
}

/// What a state did to an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Treaty {
    /// The instrument's code.
    instrument: String,
    /// Its title, where it is known.
    title: Option<String>,
    /// The last thing done.
    last: String,
    /// When.
    date: Option<String>,
    /// The source.
    source: String,
    /// The vintage: what was done later is not in it.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// What a reader must know.
    note: Option<String>,
}

/// Where a place stands in an index.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InIndex {
    /// The recipe.
    recipe: String,
    /// Its title.
    title: String,
    /// Its unit.
    unit: String,
    /// The period.
    period: String,
    /// The value.
    value: Option<f64>,
    /// Lower end of its interval.
    low: Option<f64>,
    /// Upper end of it.
    high: Option<f64>,
    /// Decimals in which it is told.
    decimals: usize,
    /// The rank.
    rank: Option<u32>,
    /// The best rank in its interval.
    rank_low: Option<u32>,
    /// The worst rank in it.
    rank_high: Option<u32>,
    /// Among how many places.
    of: usize,
    /// `high` or `low`: which end is the better for people.
    better: &'static str,
}

/// The areas of a country.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Communities {
    /// Their level.
    level: String,
    /// The period.
    period: String,
    /// What a reader must know.
    notes: Vec<String>,
    /// Their figures.
    rows: Vec<ShownFigure>,
}

/// The events of a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Events {
    /// How many are known.
    count: i64,
    /// Where they are told.
    href: String,
}

/// A place in a period: figures, history, displacement, indices, forecast.
#[utoipa::path(get, path = "/api/v1/places/{place}", tag = "places", params(("place" = String, Path, description = "A place by code or name."), PeriodAsked), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: its figures, a row a measure.", body = PlaceAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(place): Named<String>,
    Asked(asked): Asked<PeriodAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let standing = &current.standing;
    let place = asked::place(standing, &place)?;
    let period = asked::period(standing, asked.period.as_deref())?;
    if form.0 != Format::Json {
        let assessment = asked::assessment(standing, period, std::slice::from_ref(&place))?;
        let rows = assessment.sheet_for_export(&standing.observatory);
        return sheet(form, rows, Page::ALL, &format!("lysoen-{place}-{period}"), &uri);
    }
    let body = current.kept(&format!("place {place} {period}"), || {
        let answer = answer(standing, &place, period)?;
        serde_json::to_vec(&answer).map_err(|e| Problem::inside(&e))
    })?;
    Ok(json_bytes(body))
}

/// The day on which the data of the latest period end, where that is long ago.
pub(crate) fn replay(standing: &Standing) -> Result<Option<Date>, Problem> {
    Ok(asked::assessment(standing, standing.latest, &[PlaceId::world()])?.replay)
}

fn answer(standing: &Standing, place: &PlaceId, period: Period) -> Result<PlaceAnswer, Problem> {
    let a = asked::assessment(standing, period, std::slice::from_ref(place))?;
    let observatory = &standing.observatory;
    let crosswalk = observatory.crosswalk();
    let country = crosswalk.get(place.as_str());
    let forecast = standing.forecast.as_deref().and_then(|made| made.as_ref().ok());
    let forecast = forecast.and_then(|made| Some(of_unit(standing, made, made.unit(place.as_str())?)));
    let treaties = treaties(standing, place);
    let aid = aid(standing, place);
    let months = months(standing, place);
    let flows = flows(standing, place, period);
    let indices = indices(standing, place);
    // Beside the sources of the figures those of what else is told.
    let mut sources = super::notes(&a.sources);
    let mut others: Vec<(String, Option<Date>)> = Vec::new();
    others.extend(months.iter().map(|m| (m.source.clone(), m.as_of)));
    others.extend(flows.iter().map(|f| (f.source.clone(), Some(f.as_of))));
    others.extend(
        aid.iter()
            .flat_map(|aid| &aid.series)
            .map(|s| (s.source.clone(), Some(s.as_of))),
    );
    others.extend(treaties.iter().map(|t| (t.source.clone(), Some(t.as_of))));
    for (id, as_of) in others {
        if !sources.iter().any(|known| known.id == id) {
            sources.push((&policy::source_note(&observatory.catalog, &id, as_of)).into());
        }
    }
    let events = standing.records.events(place.as_str());
    Ok(PlaceAnswer {
        place: place.to_string(),
        name: observatory.name(place),
        iso2: country.and_then(|c| c.iso2.clone()),
        kind: kind(place),
        country: None,
        parts: parts(place),
        of: joint_places(standing, place),
        period: period.to_string(),
        replay: a.replay,
        reconstructed: a.reconstructed,
        unfinished: a.unfinished,
        notes: a.notes(),
        figures: figures(&a),
        changes: a
            .changes
            .iter()
            .map(|c| Change {
                measure: c.measure.clone(),
                from: c.from.to_string(),
                to: c.to.to_string(),
                before: c.before,
                after: c.after,
            })
            .collect(),
        gaps: gaps(&a),
        beside: a
            .beside
            .iter()
            .map(|b| Beside {
                index: b.index.clone(),
                measure: b.measure.clone(),
                index_rank: b.index_rank,
                rank: b.rank,
                of: b.of,
            })
            .collect(),
        history: history(standing, place),
        months,
        flows,
        aid,
        treaties,
        indices,
        forecast,
        communities: communities(standing, place),
        events: (events > 0).then(|| Events {
            count: events,
            href: format!("/api/v1/events?place={place}"),
        }),
        sources,
    })
}

/// What a place is, in a word.
pub(crate) fn kind(place: &PlaceId) -> &'static str {
    match place.kind() {
        PlaceKind::World => "world",
        PlaceKind::Joint => "joint",
        PlaceKind::Area => "area",
        _ => "country",
    }
}

/// The countries of a joint place.
pub(crate) fn parts(place: &PlaceId) -> Vec<String> {
    match place.kind() {
        PlaceKind::Joint => place.as_str().split('+').map(str::to_string).collect(),
        _ => Vec::new(),
    }
}

fn joint_places(standing: &Standing, place: &PlaceId) -> Vec<String> {
    let places = standing
        .picture(standing.latest)
        .map_or(&[][..], |picture| picture.places());
    let has = |joint: &&PlaceId| parts(joint).iter().any(|part| part == place.as_str());
    places.iter().filter(has).map(|p| p.to_string()).collect()
}

fn figures(a: &Assessment) -> Vec<ShownFigure> {
    let shown = |f: &lysoen_measures::Figure| Some(shown_figure(a, a.measures.get(&f.measure)?, f));
    a.figures.iter().filter_map(shown).collect()
}

fn gaps(a: &Assessment) -> Vec<Gap> {
    let lacking = a
        .figures
        .iter()
        .filter(|f| f.value.is_none() || f.coverage == Coverage::Stale);
    // Gaps stand in the order of the figures that lack something.
    lacking
        .zip(&a.gaps)
        .map(|(figure, gap)| Gap {
            measure: figure.measure.clone(),
            title: gap.measure.clone(),
            coverage: gap.coverage.as_str(),
            why: gap.why.clone(),
        })
        .collect()
}

fn history(standing: &Standing, place: &PlaceId) -> BTreeMap<String, History> {
    let measures = &standing.observatory.measures().list;
    let mut all: BTreeMap<String, History> = BTreeMap::new();
    for period in standing.periods() {
        let values = standing
            .picture(period)
            .map_or(&[][..], |picture| picture.values(place));
        for past in values {
            let measure = &measures[usize::from(past.measure)];
            let history = all.entry(measure.id.clone()).or_default();
            history.decimals = phrase::decimals_of(&measure.unit);
            history
                .rounded
                .push(phrase::rounded_value(&measure.unit, past.formula, past.value));
            history.sign.push(phrase::sign_of(measure, past.coverage));
            history.periods.push(period.to_string());
            history.value.push(past.value);
            history.low.push(past.low());
            history.high.push(past.high());
            history.per_100k.push(past.per_100k());
            history.coverage.push(past.coverage.as_str());
        }
    }
    all
}

fn communities(standing: &Standing, place: &PlaceId) -> Option<Communities> {
    let sheet = standing.areas.get(place.as_str())?;
    let rows: Vec<ShownFigure> = sheet.rows.iter().map(|row| of_area(sheet, row)).collect();
    Some(Communities {
        level: "admin1".to_string(),
        period: rows.first()?.figure.period.clone(),
        notes: sheet.notes.clone(),
        rows,
    })
}

/// A row of areas as a figure with how it is told.
fn of_area(sheet: &Sheet, row: &[Cell]) -> ShownFigure {
    let cell = |name: &str| sheet.columns.iter().position(|c| c.name == name).map(|at| &row[at]);
    let text = |name: &str| match cell(name) {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let number = |name: &str| match cell(name) {
        Some(Cell::Number(number)) => Some(*number),
        Some(Cell::Count(count)) => Some(*count as f64),
        _ => None,
    };
    let figure = Figure {
        place: text("place"),
        place_name: text("place_name"),
        period: text("period"),
        data_period: Some(text("data_period")).filter(|period| !period.is_empty()),
        measure: text("measure"),
        value: number("value"),
        low: number("low"),
        high: number("high"),
        interval_kind: text("interval_kind"),
        unit: text("unit"),
        per_100k: number("per_100k"),
        population: number("population"),
        coverage: text("coverage"),
        source: text("source"),
        as_of: match cell("as_of") {
            Some(Cell::Date(day)) => Some(*day),
            _ => None,
        },
        note: text("note"),
    };
    let told = |value: Option<f64>| value.map(|v| phrase::rounded_value(&figure.unit, Formula::Sum, v));
    let rate = figure.per_100k.map(phrase::rounded_rate);
    ShownFigure {
        shown: Shown {
            sign: if figure.coverage == Coverage::Incomplete.as_str() {
                "≥ "
            } else {
                ""
            },
            mark: "",
            value: told(figure.value),
            low: told(figure.low),
            high: told(figure.high),
            decimals: phrase::decimals_of(&figure.unit),
            rate: rate.map(|rate| rate.value),
            rate_decimals: rate.map_or(0, |rate| rate.decimals),
            rate_under: rate.is_some_and(|rate| rate.under),
        },
        figure,
    }
}

fn months(standing: &Standing, place: &PlaceId) -> Option<Months> {
    let monthly = standing.months.as_deref()?;
    let panel = &monthly.panel;
    let unit = panel.units().iter().position(|code| code == place.as_str())?;
    let known = |value: &f64| Some(*value).filter(|v| !v.is_nan());
    let of_type = |violence: Violence| {
        let layer = panel
            .layers()
            .iter()
            .position(|layer| layer.name == violence.measure())?;
        Some(MonthSeries {
            id: violence.measure(),
            violence: violence.to_string(),
            values: panel.layer(layer, unit).iter().map(known).collect(),
        })
    };
    let mut series: Vec<MonthSeries> = Violence::ALL.into_iter().filter_map(of_type).collect();
    // All together is the sum of the types, and stands alone where these are not told.
    if series.len() > 1 {
        series.retain(|series| series.id != Violence::All.measure());
    }
    let provenance = &monthly.provenance;
    Some(Months {
        from: panel.first().to_string(),
        source: provenance.source.clone(),
        as_of: provenance.vintages.last().copied(),
        note: provenance.notes.join(" "),
        series,
    })
}

fn flows(standing: &Standing, place: &PlaceId, period: Period) -> Option<Flows> {
    let flows = standing.flows.as_deref()?;
    let year = period.calendar_year();
    let told = |all: Vec<(&str, f64)>| {
        let name = |code: &str| {
            code.parse()
                .map_or_else(|_| code.to_string(), |p| standing.observatory.name(&p))
        };
        let rest: f64 = all.iter().skip(FLOWS).map(|(_, people)| people).sum();
        let mut list: Vec<Flow> = all
            .iter()
            .take(FLOWS)
            .map(|(code, people)| Flow {
                place: Some(code.to_string()),
                name: name(code),
                people: *people,
            })
            .collect();
        if rest > 0.0 {
            list.push(Flow {
                place: None,
                name: format!("{} others", all.len() - FLOWS),
                people: rest,
            });
        }
        list
    };
    let (out, into) = (
        told(flows.out_of(place.as_str(), year)),
        told(flows.into(place.as_str(), year)),
    );
    (!out.is_empty() || !into.is_empty()).then(|| Flows {
        period: format!("{year}-12-31"),
        out,
        into,
        source: flows.source.clone(),
        as_of: flows.as_of,
    })
}

fn aid(standing: &Standing, place: &PlaceId) -> Option<Aid> {
    let all = standing.records.aid(place.as_str());
    let (first, last) = (all.iter().map(|a| a.year).min()?, all.iter().map(|a| a.year).max()?);
    let mut series: Vec<AidSeries> = Vec::new();
    for given in all {
        let at = (given.year - first) as usize;
        let known = series
            .iter()
            .position(|s| s.id == given.indicator && s.source == given.source);
        let known = known.unwrap_or_else(|| {
            series.push(AidSeries {
                id: given.indicator.clone(),
                title: super::measures::indicator_name(&given.indicator),
                unit: given.unit.clone(),
                source: given.source.clone(),
                as_of: given.as_of,
                note: given.note.clone(),
                values: vec![None; (last - first) as usize + 1],
            });
            series.len() - 1
        });
        series[known].as_of = series[known].as_of.max(given.as_of);
        series[known].values[at] = Some(given.value);
    }
    Some(Aid {
        periods: (first..=last).map(|year| year.to_string()).collect(),
        series,
    })
}

/// The last thing that a state did to each instrument; a signature does not come after what bound it.
fn treaties(standing: &Standing, place: &PlaceId) -> Vec<Treaty> {
    let mut last: BTreeMap<&str, &TreatyAction> = BTreeMap::new();
    for action in standing.records.treaties(place.as_str()) {
        let known = last.entry(&action.instrument).or_insert(action);
        if (action.date, action.as_of) >= (known.date, known.as_of) {
            *known = action;
        }
    }
    let told = |action: &&TreatyAction| Treaty {
        instrument: action.instrument.clone(),
        title: action.title.clone(),
        last: action.action.clone(),
        date: action.date.map(|day| match action.date_precision.as_str() {
            "year" => day.year().to_string(),
            "month" => format!("{:04}-{:02}", day.year(), day.month()),
            _ => day.to_string(),
        }),
        source: action.source.clone(),
        as_of: action.as_of,
        note: action.note.clone(),
    };
    last.values().map(told).collect()
}

fn indices(standing: &Standing, place: &PlaceId) -> Vec<InIndex> {
    let one = |index: &lysoen_answers::standing::StandingIndex| {
        let built = index.built.as_ref().ok()?;
        let unit = built.units().iter().position(|unit| unit.code == place.as_str())?;
        let outcome = &built.outcomes[0];
        let root = outcome.nodes.len() - 1;
        let node = &outcome.nodes[root];
        if index.kept.as_ref().is_some_and(|kept| !kept.lets_node(&node.id)) {
            return None;
        }
        let value = Some(node.values[unit]).filter(|v| v.is_finite())?;
        let (interval, ranks) = (built.interval(0, root, unit), built.rank_interval(0, root, unit));
        Some(InIndex {
            recipe: index.id.clone(),
            title: index.title.clone(),
            unit: built.recipe.unit.clone(),
            period: outcome.period.map(|p| p.to_string()).unwrap_or_default(),
            value: Some(value),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            decimals: decimals_of(built),
            rank: node.ranks[unit],
            rank_low: ranks.map(|(low, _)| low),
            rank_high: ranks.map(|(_, high)| high),
            of: node.ranks.iter().flatten().count(),
            better: better(built.recipe.more_is),
        })
    };
    standing.indices.iter().filter_map(one).collect()
}

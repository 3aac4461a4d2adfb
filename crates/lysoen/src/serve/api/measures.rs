//! The measures: what each counts, from which sources.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::Observatory;
use lysoen_lexicon::indicator::Indicators;
use lysoen_lexicon::threat::Threats;
use lysoen_measures::catalog::{At, Bound, Measure as Known, Per, Worst};
use serde::Serialize;
use utoipa::ToSchema;

use crate::serve::App;
use crate::serve::form::{JsonOnly, json};
use crate::serve::problem::Problem;

/// The measures, and the threats that "at least one threat" is counted over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Measures {
    /// In the order in which they are shown.
    measures: Vec<Measure>,
    /// The core threats.
    core: Core,
}

/// The core threats, by measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Core {
    /// Of fear.
    fear: Vec<String>,
    /// Of want.
    want: Vec<String>,
}

/// A measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Measure {
    /// Its id.
    id: String,
    /// Its title; that of a part opens with an ellipsis.
    title: String,
    /// The heading under which it is shown.
    group: String,
    /// Its unit.
    unit: String,
    /// What it counts.
    definition: String,
    /// What a zero of its source means.
    none_recorded: Option<String>,
    /// For which part of a period its values are: `period`, `end`, `survey` or `peak`.
    at: &'static str,
    /// The population by which it is divided: `midyear` or `yearend`.
    per: Option<&'static str>,
    /// Whether it is a minimum.
    minimum: bool,
    /// Whether it stands in the table of the world.
    headline: bool,
    /// The measure to which it is an alternative.
    alternative: Option<String>,
    /// The measure of which it is a share.
    share_of: Option<String>,
    /// Whether places add up to the world.
    adds: bool,
    /// Of an index of states, which end is the worse: `highest` or `lowest`.
    worst: Option<&'static str>,
    /// `fear`, `want`, `both` or `neither`.
    sort: &'static str,
    /// Its sources by precedence.
    sources: Vec<String>,
}

/// The measures of the observatory.
#[utoipa::path(get, path = "/api/v1/measures", tag = "figures", responses(
    (status = 200, body = Measures), (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, _: JsonOnly) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    Ok(json(&answer(&current.standing.observatory)))
}

fn answer(observatory: &Observatory) -> Measures {
    let all = observatory.measures();
    let measure = |m: &Known| {
        let sources = sources(all, m);
        Measure {
            id: m.id.clone(),
            title: m.title.clone(),
            group: m.group.clone(),
            unit: m.unit.clone(),
            definition: m.definition.clone(),
            none_recorded: m.none_recorded.clone(),
            at: match m.at {
                At::Period => "period",
                At::End => "end",
                At::Survey => "survey",
                At::Peak => "peak",
            },
            per: m.per.map(|per| match per {
                Per::Midyear => "midyear",
                Per::Yearend => "yearend",
            }),
            minimum: m.minimum,
            headline: m.headline,
            alternative: m.alternative.clone(),
            share_of: m.share_of.clone(),
            adds: m.adds,
            worst: m.worst.map(|worst| match worst {
                Worst::Highest => "highest",
                Worst::Lowest => "lowest",
            }),
            sort: sort(all, m),
            sources,
        }
    };
    Measures {
        measures: all.list.iter().map(measure).collect(),
        core: Core {
            fear: all.core.fear.clone(),
            want: all.core.want.clone(),
        },
    }
}

/// The sources of a measure by precedence; of a sum or a bound, those of what it is made of.
fn sources(all: &lysoen_measures::Measures, measure: &Known) -> Vec<String> {
    let core = || all.core.all().map(str::to_string).chain(all.core.life.clone());
    let parts: Vec<String> = match (
        measure.bound.is_some() || measure.years.is_some(),
        measure.parts.is_empty(),
    ) {
        (true, _) => core().collect(),
        (false, false) => measure.parts.clone(),
        (false, true) => Vec::new(),
    };
    let of_parts = parts
        .iter()
        .filter_map(|id| all.get(id))
        .flat_map(|part| sources(all, part));
    let own = measure.from.iter().map(|from| from.source.clone());
    let mut found: Vec<String> = Vec::new();
    own.chain(of_parts).for_each(|source| {
        if !found.contains(&source) {
            found.push(source);
        }
    });
    found
}

/// Whether a measure tells of fear, of want, of both, or of neither: a bound by what it is over, another by the threat of its
/// first series, or of its first part.
fn sort(all: &lysoen_measures::Measures, measure: &Known) -> &'static str {
    match measure.bound {
        Some(Bound::Fear) => return "fear",
        Some(Bound::Want) => return "want",
        Some(Bound::All | Bound::Independent) => return "both",
        None => {}
    }
    let part = measure.parts.first().and_then(|part| all.get(part));
    let series = part.unwrap_or(measure).from.first();
    let indicator = series.and_then(|from| from.indicator.as_ref().or(from.flow.as_ref()));
    let threat = match series.and_then(|from| from.events.as_ref()) {
        // Events are of violence.
        Some(_) => return "fear",
        None => indicator
            .and_then(|id| Indicators::builtin().get(id))
            .and_then(|i| i.threat.as_deref()),
    };
    match threat
        .and_then(|id| Threats::builtin().get(id))
        .map(|threat| (threat.fear, threat.want))
    {
        Some((true, true)) => "both",
        Some((true, false)) => "fear",
        Some((false, true)) => "want",
        _ => "neither",
    }
}

/// The name of an indicator.
pub(crate) fn indicator_name(id: &str) -> String {
    Indicators::builtin()
        .get(id)
        .map_or_else(|| id.to_string(), |indicator| indicator.name.clone())
}

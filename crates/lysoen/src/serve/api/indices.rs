//! Indices: the recipes, an index ranked, the same by other weights, and on which choices it depends.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::index::{IndexAnswer as Built, Kept, Method};
use lysoen_answers::sheet::Sheet;
use lysoen_answers::standing::{Standing, StandingIndex};
use lysoen_indices::index::NodeOutcome;
use lysoen_indices::recipe::MoreIs;
use lysoen_lexicon::period::Period;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SourceNote;
use super::figures::PeriodAsked;
use crate::output::Format;
use crate::output::index::decimals_of;
use crate::serve::App;
use crate::serve::asked::{self, Asked, Body, Named};
use crate::serve::form::{Form, JsonOnly, Original, Page, json, json_bytes, sheet};
use crate::serve::problem::Problem;

/// The seed of draws, as the command line has it unasked.
const SEED: u64 = 1;
/// Rows of the design by which sensitivity is estimated.
const ROWS: usize = 256;

/// The recipes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Indices {
    /// Each with whether it can be built from the facts here.
    recipes: Vec<Recipe>,
}

/// A recipe.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recipe {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// What it measures.
    description: String,
    /// Whether it is built.
    built: bool,
    /// Why it is not.
    why_not: Option<String>,
}

/// An index, ranked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndexAnswer {
    /// The recipe's id.
    recipe: String,
    /// Its title.
    title: String,
    /// What it measures.
    description: String,
    /// Its unit.
    unit: String,
    /// Decimals in which values are told.
    decimals: usize,
    /// `high` or `low`: which end is the better for people.
    better: &'static str,
    /// The period.
    period: String,
    /// The periods that can be asked for.
    periods: Vec<String>,
    /// What a reader must know.
    notes: Vec<String>,
    /// What the recipe warns of.
    caveats: Vec<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// The nodes in reading order, the index first.
    tree: Vec<Node>,
    /// The places, by rank.
    places: Vec<Ranked>,
    /// What low and high are.
    interval: Option<String>,
    /// How many draws they come from.
    draws: Option<usize>,
    /// Whether the weights are other than the recipe's.
    changed: bool,
}

/// A node of the tree.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Node {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// How far below the index it stands.
    depth: usize,
    /// What it is part of.
    parent: Option<String>,
    /// Its weight as the recipe gives it; 1 where it gives none.
    weight: Option<f64>,
    /// Its share among the parts of what it is part of, 0 to 1.
    share: f64,
    /// Whether it is an input.
    input: bool,
    /// The source from which the recipe takes it, where it names one.
    source: Option<String>,
    /// Whether its weight can be changed.
    adjustable: bool,
}

/// A place in an index.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ranked {
    /// The place.
    place: String,
    /// Its name.
    name: String,
    /// Values of the nodes, in the order of the tree.
    values: Vec<Option<f64>>,
    /// Ranks by the nodes.
    ranks: Vec<Option<u32>>,
    /// Lower end of the index's interval.
    low: Option<f64>,
    /// Upper end of it.
    high: Option<f64>,
    /// The best rank in it.
    rank_low: Option<u32>,
    /// The worst rank in it.
    rank_high: Option<u32>,
    /// Its class.
    class: Option<String>,
}

/// Which weights.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Weights {
    /// Weights by node, zero or more; those that are not named are the recipe's.
    weights: BTreeMap<String, f64>,
    /// The period; the newest where none is named.
    period: Option<String>,
}

/// On which choices an index depends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sensitivity {
    /// The recipe.
    recipe: String,
    /// The period.
    period: String,
    /// What depends on them.
    of: String,
    /// The choices.
    rows: Vec<Factor>,
    /// How it was computed.
    notes: Vec<String>,
}

/// A choice, by the share of the variance that it makes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Factor {
    /// The choice.
    factor: String,
    /// Its share by itself.
    first: Option<f64>,
    /// Lower end of its interval.
    first_low: Option<f64>,
    /// Upper end of it.
    first_high: Option<f64>,
    /// Its share with all in which it plays a part.
    total: Option<f64>,
    /// Lower end of its interval.
    total_low: Option<f64>,
    /// Upper end of it.
    total_high: Option<f64>,
}

/// The recipes, and which of them can be built from the facts here.
#[utoipa::path(get, path = "/api/v1/indices", tag = "indices", responses(
    (status = 200, body = Indices), (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, _: JsonOnly) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let one = |index: &StandingIndex| Recipe {
        id: index.id.clone(),
        title: index.title.clone(),
        description: index.description.clone(),
        built: index.built.is_ok(),
        why_not: index.built.as_ref().err().cloned(),
    };
    let recipes: Vec<Recipe> = all(&current.standing)?.iter().map(one).collect();
    Ok(json(&Indices { recipes }))
}

/// An index in a period.
#[utoipa::path(get, path = "/api/v1/indices/{recipe}", tag = "indices", params(("recipe" = String, Path, description = "A recipe by its id."), PeriodAsked), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a place and node.", body = IndexAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(recipe): Named<String>,
    Asked(asked): Asked<PeriodAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let period = wanted(&current.standing, &recipe, asked.period.as_deref())?;
    let _leave = app.hub.leave().await?;
    let state = current.clone();
    let make = move || {
        let standing = &state.standing;
        let (known, kept) = find(standing, &recipe)?;
        let again = match period {
            Some(period) if known.outcomes[0].period != Some(period) => {
                Some(built(known, Some(period), &BTreeMap::new())?)
            }
            _ => None,
        };
        let shown = again.as_ref().unwrap_or(known);
        if form.0 != Format::Json {
            return sheet(form, rows(shown, kept)?, Page::ALL, &format!("lysoen-{recipe}"), &uri);
        }
        Ok(json(&answer(shown, kept, false)))
    };
    crate::serve::off_thread(make).await?
}

/// An index by other weights, with intervals.
#[utoipa::path(post, path = "/api/v1/indices/{recipe}/build", tag = "indices", params(("recipe" = String, Path, description = "A recipe by its id.")), request_body = Weights, responses(
    (status = 200, body = IndexAnswer),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn build(
    State(app): State<App>,
    Named(recipe): Named<String>,
    _: JsonOnly,
    Body(weights): Body<Weights>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let period = wanted(&current.standing, &recipe, weights.period.as_deref())?;
    let _leave = app.hub.leave().await?;
    let state = current.clone();
    let make = move || {
        let (known, kept) = find(&state.standing, &recipe)?;
        let again = built(known, period, &weights.weights)?;
        Ok::<_, Problem>(json(&answer(&again, kept, !weights.weights.is_empty())))
    };
    crate::serve::off_thread(make).await?
}

/// On which choices an index depends: shares of the variance of the mean change of rank.
#[utoipa::path(get, path = "/api/v1/indices/{recipe}/sensitivity", tag = "indices", params(("recipe" = String, Path, description = "A recipe by its id."), PeriodAsked), responses(
    (status = 200, body = Sensitivity),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn sensitivity(
    State(app): State<App>,
    _: JsonOnly,
    Named(recipe): Named<String>,
    Asked(asked): Asked<PeriodAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let period = wanted(&current.standing, &recipe, asked.period.as_deref())?;
    let _leave = app.hub.leave().await?;
    let state = current.clone();
    let make = move || {
        let name = format!("sensitivity {recipe} {period:?}");
        state.kept(&name, || {
            let (known, _) = find(&state.standing, &recipe)?;
            let again = known.again(period, &BTreeMap::new())?;
            let found = again.sensitivity(Method::Sobol, ROWS, SEED, &|_, _| {});
            let found = found.map_err(|why| Problem::not_found(format!("there is nothing to vary: {why}")))?;
            serde_json::to_vec(&told(&recipe, &again, &found)).map_err(|e| Problem::inside(&e))
        })
    };
    let body = crate::serve::off_thread(make).await??;
    Ok(json_bytes(body))
}

fn told(recipe: &str, answer: &Built, found: &Sheet) -> Sensitivity {
    use lysoen_answers::sheet::Cell;
    let at = |name: &str| found.columns.iter().position(|c| c.name == name);
    let text = |row: &[Cell], name: &str| match at(name).map(|at| &row[at]) {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let number = |row: &[Cell], name: &str| match at(name).map(|at| &row[at]) {
        Some(Cell::Number(number)) => Some(*number),
        Some(Cell::Count(count)) => Some(*count as f64),
        _ => None,
    };
    let factor = |row: &Vec<Cell>| Factor {
        factor: text(row, "factor"),
        first: number(row, "first"),
        first_low: number(row, "first_low"),
        first_high: number(row, "first_high"),
        total: number(row, "total"),
        total_low: number(row, "total_low"),
        total_high: number(row, "total_high"),
    };
    Sensitivity {
        recipe: recipe.to_string(),
        period: answer.outcomes[0].period.map(|p| p.to_string()).unwrap_or_default(),
        of: found.rows.first().map(|row| text(row, "target")).unwrap_or_default(),
        rows: found.rows.iter().map(factor).collect(),
        notes: found.notes.clone(),
    }
}

fn all(standing: &Standing) -> Result<&[StandingIndex], Problem> {
    match standing.indices.is_empty() {
        true => Err(Problem::later("the indices are still being built", 5)),
        false => Ok(&standing.indices),
    }
}

/// A recipe's index, and what of it may not leave.
fn find<'s>(standing: &'s Standing, recipe: &str) -> Result<(&'s Built, Option<&'s Kept>), Problem> {
    let index = all(standing)?.iter().find(|index| index.id == recipe);
    let index = index
        .ok_or_else(|| Problem::not_found(format!("there is no recipe {recipe}; /api/v1/indices lists them all")))?;
    match &index.built {
        Ok(built) => Ok((built, index.kept.as_ref())),
        Err(why) => Err(Problem::not_found(format!("{recipe} cannot be built here: {why}"))),
    }
}

/// The period that is asked for, where the index has it.
fn wanted(standing: &Standing, recipe: &str, text: Option<&str>) -> Result<Option<Period>, Problem> {
    let (known, _) = find(standing, recipe)?;
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let period = asked::period(standing, Some(text))?;
    let has = known.periods();
    match has.contains(&period) {
        true => Ok(Some(period)),
        false => {
            let has: Vec<String> = has.iter().map(|p| p.to_string()).collect();
            Err(Problem::not_found(format!(
                "{recipe} is not built for {period}; it is for {}",
                has.join(", ")
            )))
        }
    }
}

fn built(known: &Built, period: Option<Period>, weights: &BTreeMap<String, f64>) -> Result<Built, Problem> {
    let mut again = known.again(period, weights).map_err(|error| match error {
        lysoen_answers::AnswerError::Mistaken(wrong) => {
            let first = wrong.mistakes.first().map(|m| m.message.clone()).unwrap_or_default();
            Problem::bad(format!("the index cannot be built by these weights: {first}"))
        }
        other => other.into(),
    })?;
    again.draw(None, SEED, &|_, _| {})?;
    Ok(again)
}

/// The rows of an index, without what may not leave.
fn rows(answer: &Built, kept: Option<&Kept>) -> Result<Sheet, Problem> {
    let mut sheet = answer.head();
    answer.each_row(|row| {
        sheet.rows.push(row.to_vec());
        Ok::<(), Problem>(())
    })?;
    Ok(match kept {
        Some(kept) => kept.left_out_of(sheet),
        None => sheet,
    })
}

/// Which end of an index is the better for people.
pub(crate) fn better(more_is: MoreIs) -> &'static str {
    match more_is {
        MoreIs::Better => "high",
        MoreIs::Worse | MoreIs::WorseAndFirst => "low",
    }
}

fn answer(built: &Built, kept: Option<&Kept>, changed: bool) -> IndexAnswer {
    let outcome = &built.outcomes[0];
    let recipe = &built.recipe;
    let order = built.reading_order();
    let mut above: Vec<(usize, String)> = Vec::new();
    let tree = order.iter().map(|(at, depth)| {
        let node = &outcome.nodes[*at];
        above.retain(|(level, _)| level < depth);
        let parent = above.last().map(|(_, id)| id.clone());
        above.push((*depth, node.id.clone()));
        let of = parent.as_ref().and_then(|id| outcome.node(id));
        // A part may be named twice.
        let named = |of: &NodeOutcome| {
            of.parts
                .iter()
                .filter(|(part, _)| part == at)
                .map(|(_, share)| share)
                .sum()
        };
        let own = recipe.node(&node.id);
        Node {
            id: node.id.clone(),
            title: node.name.clone(),
            depth: *depth,
            weight: own.and_then(|own| own.weight),
            share: of.map_or(1.0, named),
            input: node.parts.is_empty(),
            source: own.and_then(|own| own.source.clone()),
            adjustable: parent.is_some() && built.takes_weight(&node.id),
            parent,
        }
    });
    let tree: Vec<Node> = tree.collect();
    let may = |id: &str| kept.is_none_or(|kept| kept.lets_node(id));
    let root = order[0].0;
    let finite = |value: f64| Some(value).filter(|v| v.is_finite());
    let place = |unit: usize| {
        let interval = built.interval(0, root, unit).filter(|_| may(&outcome.nodes[root].id));
        let ranks = built
            .rank_interval(0, root, unit)
            .filter(|_| may(&outcome.nodes[root].id));
        let node = |at: usize| Some(&outcome.nodes[at]).filter(|node| may(&node.id));
        Ranked {
            place: built.units()[unit].code.clone(),
            name: built.name(unit).to_string(),
            values: order
                .iter()
                .map(|(at, _)| node(*at).and_then(|n| finite(n.values[unit])))
                .collect(),
            ranks: order
                .iter()
                .map(|(at, _)| node(*at).and_then(|n| n.ranks[unit]))
                .collect(),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            rank_low: ranks.map(|(low, _)| low),
            rank_high: ranks.map(|(_, high)| high),
            class: outcome.classes.get(unit).cloned().flatten(),
        }
    };
    let mut places: Vec<Ranked> = (0..built.units().len())
        .map(place)
        .filter(|p| p.values.iter().any(Option::is_some))
        .collect();
    places.sort_by(|a, b| {
        let rank = |p: &Ranked| p.ranks[0].unwrap_or(u32::MAX);
        rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name))
    });
    let drawn = built.uncertainty.first();
    IndexAnswer {
        recipe: recipe.id.clone(),
        title: recipe.title.clone(),
        description: recipe.description.trim().to_string(),
        unit: recipe.unit.clone(),
        decimals: decimals_of(built),
        better: better(recipe.more_is),
        period: outcome.period.map(|p| p.to_string()).unwrap_or_default(),
        periods: built.periods().iter().map(|p| p.to_string()).collect(),
        notes: built.notes.clone(),
        caveats: recipe.caveats.clone(),
        sources: super::notes(&built.sources),
        tree,
        places,
        interval: drawn.map(|drawn| format!("{:.0} % of the draws", drawn.level * 100.0)),
        draws: drawn.map(|drawn| drawn.sampled.len()),
        changed,
    }
}

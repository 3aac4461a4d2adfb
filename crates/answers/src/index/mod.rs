//! A composite index by a recipe: from the facts of the observatory, or from files of the user's own.

mod again;
mod coinr;
mod draws;
mod explain;
mod facts;
mod file;
mod inputs;
mod leaving;
mod microdata;
mod notes;
mod recipes;
mod rows;
mod scale;

use std::path::PathBuf;
use std::sync::Arc;

use lysoen_facts::ViewAt;
use lysoen_indices::data::Unit;
use lysoen_indices::index::{Index, NodeOutcome, Outcome};
use lysoen_indices::recipe::{Normalise, Recipe};
use lysoen_indices::uncertainty::Uncertainty;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::mistake::{BrokenFile, Mistake};
use lysoen_lexicon::period::Period;
use lysoen_measures::inputs::{InputsError, Places};
use lysoen_sources::finding::Findings;

use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::sheet::SourceNote;
pub(crate) use file::nearest;
use inputs::Inputs;

pub use draws::{Method, Progress};
pub use inputs::{Origin, OriginRow};
pub use leaving::Kept;
pub use recipes::{RecipeFile, recipe, recipe_problems, recipes, recipes_left_out, recipes_sheet};

/// Where the inputs come from.
#[derive(Debug)]
pub enum InputsFrom<'a> {
    /// The facts of an observatory.
    Facts {
        /// The observatory.
        observatory: &'a Observatory,
        /// Which view of its facts.
        at: ViewAt,
        /// The places that are compared.
        places: Places,
    },
    /// A table of the user's own.
    File(PathBuf),
    /// COINr's pair of tables.
    Coinr {
        /// The values.
        idata: PathBuf,
        /// The tree.
        imeta: PathBuf,
    },
}

/// What is asked.
#[derive(Debug)]
pub struct IndexRequest<'a> {
    /// The recipe; only COINr's pair can do without.
    pub recipe: Option<RecipeFile>,
    /// Where the inputs come from.
    pub from: InputsFrom<'a>,
    /// The first and last period; the newest for which most units have a value where none is given.
    pub periods: Option<(Period, Period)>,
    /// The units that are told, by code or name; every one where none is given. Ranks are among all.
    pub units: Vec<String>,
}

/// An index, built.
#[derive(Clone, Debug)]
pub struct IndexAnswer {
    /// The recipe.
    pub recipe: Recipe,
    /// The index in each period that was asked for, the oldest first.
    pub outcomes: Vec<Outcome>,
    /// How far each outcome is from certain, where that was asked for and can be told; else empty. Its ranks are those of
    /// every variation.
    pub uncertainty: Vec<Uncertainty>,
    /// The same of the variations that leave values on the recipe's own scale, where others do not; values and classes are
    /// told by these.
    on_scale: Vec<Uncertainty>,
    /// What a reader must know: what was read how, what was imputed, treated and left out.
    pub notes: Vec<String>,
    /// What is wrong in the files, by row and column.
    pub findings: Vec<Findings>,
    /// The sources.
    pub sources: Vec<SourceNote>,
    /// The units that are told, by number.
    shown: Vec<usize>,
    inputs: Arc<Inputs>,
    index: Index,
    /// The number of each outcome's period in the table.
    periods: Vec<usize>,
}

/// Builds an index.
pub fn index(request: &IndexRequest<'_>) -> Result<IndexAnswer, AnswerError> {
    let (recipe, inputs) = read(request)?;
    let index = Index::new(&recipe, &inputs.data).map_err(|mistakes| refused(request, mistakes))?;
    let shown = shown(&request.units, inputs.data.units())?;
    let (periods, outcomes, said) = build(&index, &inputs, request.periods)?;
    let mut notes = inputs.notes.clone();
    notes.extend(said);
    notes.extend(each_by_itself(&recipe, outcomes.len()));
    notes.extend(notes::of_periods(&outcomes, inputs.data.units()));
    Ok(IndexAnswer {
        uncertainty: Vec::new(),
        on_scale: Vec::new(),
        notes,
        findings: inputs.findings.clone(),
        sources: inputs.sources.clone(),
        recipe,
        outcomes,
        shown,
        inputs: Arc::new(inputs),
        index,
        periods,
    })
}

fn read(request: &IndexRequest<'_>) -> Result<(Recipe, Inputs), AnswerError> {
    let needed = || request.recipe.as_ref().ok_or(AnswerError::NoRecipe);
    match &request.from {
        InputsFrom::Facts {
            observatory,
            at,
            places,
        } => {
            let recipe = needed()?;
            let inputs = facts::read(observatory, at, places, &recipe.recipe, request.periods);
            Ok((recipe.recipe.clone(), inputs.map_err(|error| misnamed(recipe, error))?))
        }
        InputsFrom::File(path) => {
            let recipe = &needed()?.recipe;
            Ok((recipe.clone(), file::read(path, recipe)?))
        }
        InputsFrom::Coinr { idata, imeta } => coinr::read(idata, imeta, request.recipe.as_ref().map(|r| &r.recipe)),
    }
}

/// An indicator or measure that does not exist is a mistake of the recipe, and is shown in its text.
fn misnamed(recipe: &RecipeFile, error: AnswerError) -> AnswerError {
    let AnswerError::Inputs(InputsError::Unknown {
        node,
        what,
        name,
        nearest,
    }) = &error
    else {
        return error;
    };
    let mut mistake = recipes::unknown_name(&recipe.text, node, what, name, nearest.as_deref());
    let source = recipe.recipe.node(node).and_then(|node| node.source.as_ref());
    mistake.advice = mistake.advice.or(source.map(|source| {
        format!("import a file of `{source}` that has it (`lysoen sources {source}` says where it comes from)")
    }));
    AnswerError::Mistaken(BrokenFile {
        file: recipe.file.clone(),
        text: recipe.text.clone(),
        mistakes: vec![mistake],
    })
}

fn refused(request: &IndexRequest<'_>, mistakes: Vec<Mistake>) -> AnswerError {
    let known = request.recipe.as_ref();
    AnswerError::Mistaken(BrokenFile {
        file: known.map_or("the recipe", |r| &r.file).to_string(),
        text: known.map(|r| r.text.clone()).unwrap_or_default(),
        mistakes,
    })
}

/// The periods that are asked for, the index in each of them, and what is to be said of the choice.
type Built = (Vec<usize>, Vec<Outcome>, Vec<String>);

fn build(index: &Index, inputs: &Inputs, asked: Option<(Period, Period)>) -> Result<Built, AnswerError> {
    let known = inputs.data.periods();
    let Some((first, last)) = asked else {
        return newest(index, inputs);
    };
    let within = |at: &usize| known[*at].is_some_and(|p| first.start() <= p.start() && p.end() <= last.end());
    let mut periods: Vec<usize> = inputs.asked.iter().copied().filter(within).collect();
    periods.sort_unstable();
    if periods.is_empty() {
        let asked = if first == last {
            first.to_string()
        } else {
            format!("{first} to {last}")
        };
        let has: Vec<String> = known.iter().flatten().map(ToString::to_string).collect();
        return Err(AnswerError::NoSuchPeriod { asked, has });
    }
    let outcomes = periods
        .iter()
        .map(|at| index.build(&inputs.data, *at))
        .collect::<Result<_, _>>()?;
    Ok((periods, outcomes, Vec::new()))
}

/// The newest period in which at least half as many units have a value as in the period in which most have.
fn newest(index: &Index, inputs: &Inputs) -> Result<Built, AnswerError> {
    let known = inputs.data.periods();
    let mut built: Vec<_> = inputs.asked.iter().map(|at| index.build(&inputs.data, *at)).collect();
    let count = |outcome: &Outcome| outcome.index().values.iter().filter(|v| !v.is_nan()).count();
    let counts: Vec<usize> = built.iter().map(|b| b.as_ref().map_or(0, count)).collect();
    let most = counts.iter().copied().max().unwrap_or_default();
    let newest = counts.iter().rposition(|n| *n * 2 >= most && *n > 0);
    let chosen = newest.unwrap_or(inputs.asked.len() - 1);
    let at = inputs.asked[chosen];
    let outcome = built.swap_remove(chosen)?;
    let said = known[at].map(|period| match counts.len() {
        1 => format!("{period} is the one period of the inputs."),
        _ => format!(
            "{period} is the newest period for which most units have a value ({} of {}); --period names others.",
            counts[chosen],
            inputs.data.units().len()
        ),
    });
    let said = said.into_iter().chain(inputs.notes_of(at)).collect();
    Ok((vec![at], vec![outcome], said))
}

/// What is to be said of several periods that are normalised by what is in each of them.
fn each_by_itself(recipe: &Recipe, periods: usize) -> Option<String> {
    let own = recipe.nodes.iter().filter(|n| n.is_input());
    let mut methods = own.map(|n| n.normalise.as_ref().unwrap_or(&recipe.defaults.normalise));
    let by_units = |n: &Normalise| !matches!(n, Normalise::None | Normalise::Goalposts { .. });
    (periods > 1 && methods.any(by_units)).then(|| {
        "Each period is normalised by the units of that period: compare ranks between periods, not values.".to_string()
    })
}

/// The numbers of the units that are asked for, by code or name.
fn shown(asked: &[String], units: &[Unit]) -> Result<Vec<usize>, AnswerError> {
    if asked.is_empty() {
        return Ok((0..units.len()).collect());
    }
    let by_text = |text: &str| {
        let is = |name: &str| name.eq_ignore_ascii_case(text.trim());
        let code = units.iter().position(|u| is(&u.code));
        code.or_else(|| units.iter().position(|u| is(name_of(u))))
    };
    let unknown = |text: &String| {
        let names = units.iter().flat_map(|u| [u.code.as_str(), name_of(u)]);
        AnswerError::Unit {
            unit: text.clone(),
            nearest: file::nearest(text, names).map(str::to_string),
        }
    };
    let found = asked.iter().map(|text| by_text(text).ok_or_else(|| unknown(text)));
    let mut found: Vec<usize> = found.collect::<Result<_, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The name of a unit; of a country that its file does not name, the crosswalk's.
fn name_of(unit: &Unit) -> &str {
    if !unit.name.is_empty() {
        return &unit.name;
    }
    let place = unit.code.parse().ok();
    place
        .and_then(|place| Crosswalk::builtin().name(&place))
        .unwrap_or_default()
}

impl IndexAnswer {
    /// All units, in the order of the inputs.
    pub fn units(&self) -> &[Unit] {
        self.inputs.data.units()
    }

    /// The units that are told, by number.
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// The name of a unit; empty where there is none.
    pub fn name(&self, unit: usize) -> &str {
        name_of(&self.units()[unit])
    }

    /// The nodes by number and depth in the order in which a person reads them: the index, and what each is made of below it.
    pub fn reading_order(&self) -> Vec<(usize, usize)> {
        fn walk(nodes: &[NodeOutcome], at: usize, depth: usize, order: &mut Vec<(usize, usize)>) {
            if order.iter().any(|(known, _)| *known == at) {
                return;
            }
            order.push((at, depth));
            nodes[at]
                .parts
                .iter()
                .for_each(|(part, _)| walk(nodes, *part, depth + 1, order));
        }
        let nodes = &self.outcomes[0].nodes;
        let last = nodes.len() - 1;
        let mut order = Vec::new();
        [last]
            .into_iter()
            .chain(0..last)
            .for_each(|at| walk(nodes, at, 0, &mut order));
        order
    }
}

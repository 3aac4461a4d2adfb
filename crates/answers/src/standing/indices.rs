//! The indices whose recipes can be built from the facts of the observatory, built with their intervals.

use lysoen_facts::ViewAt;
use lysoen_measures::inputs::Places;

use crate::error::AnswerError;
use crate::index::{IndexAnswer, IndexRequest, InputsFrom, Kept, RecipeFile, index, recipe, recipes};
use crate::observatory::Observatory;

/// The seed of the draws, as `lysoen index` has it unasked.
const SEED: u64 = 1;

/// A recipe, and the index by it or why there is none.
#[derive(Debug)]
pub struct StandingIndex {
    /// The recipe's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it measures.
    pub description: String,
    /// The index in its newest period, without the rows behind it; or why it cannot be built.
    pub built: Result<IndexAnswer, String>,
    /// What of it may not leave the observatory.
    pub kept: Option<Kept>,
}

impl StandingIndex {
    /// Every recipe of an observatory.
    pub(super) fn all(observatory: &Observatory, at: &ViewAt) -> Result<Vec<StandingIndex>, AnswerError> {
        let folder = observatory.own_catalog();
        let (all, _) = recipes(folder.as_deref())?;
        let ids: Vec<String> = all.list().map(|(id, _)| id.to_string()).collect();
        let one = |id: &String| {
            let file = recipe(id, folder.as_deref())?;
            let (title, description) = (file.recipe.title.clone(), file.recipe.description.trim().to_string());
            let mut built = built(observatory, at, file).map_err(|why| why.to_string());
            let kept = built.as_ref().ok().and_then(|built| built.kept_back(observatory));
            if let Ok(built) = &mut built {
                built.forget_origins();
            }
            Ok(StandingIndex {
                id: id.clone(),
                title,
                description,
                built,
                kept,
            })
        };
        ids.iter().map(one).collect()
    }
}

fn built(observatory: &Observatory, at: &ViewAt, recipe: RecipeFile) -> Result<IndexAnswer, AnswerError> {
    let request = IndexRequest {
        recipe: Some(recipe),
        from: InputsFrom::Facts {
            observatory,
            at: at.clone(),
            places: Places::Countries,
        },
        periods: None,
        units: Vec::new(),
    };
    let mut answer = index(&request)?;
    let known = answer.outcomes[0].index().values.iter().any(|value| !value.is_nan());
    if !known {
        return Err(AnswerError::Kept(
            "no place has a value: its inputs are not imported".to_string(),
        ));
    }
    answer.draw(None, SEED, &|_, _| {})?;
    Ok(answer)
}

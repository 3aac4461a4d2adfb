//! Which recipes there are, and a recipe by its id or its file.

use std::path::{Path, PathBuf};

use lysoen_indices::catalog::Recipes;
use lysoen_indices::recipe::Recipe;
use lysoen_lexicon::indicator::Indicators;
use lysoen_lexicon::mistake::{BrokenFile, Mistake};
use lysoen_measures::Measures;
use lysoen_sources::catalog::Catalog;

use super::file::nearest;
use crate::assess::columns;
use crate::error::AnswerError;
use crate::sheet::{Kind, Sheet};

/// A recipe with the text that it was read from, in which its mistakes can be shown.
#[derive(Clone, Debug)]
pub struct RecipeFile {
    /// The recipe.
    pub recipe: Recipe,
    /// The file.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// A recipe by its id, or by the path of its file. `catalog` is the observatory's `catalog` folder.
pub fn recipe(name: &str, catalog: Option<&Path>) -> Result<RecipeFile, AnswerError> {
    let path = Path::new(name);
    if path.extension().is_some_and(|end| end == "toml") || name.contains(['/', '\\']) {
        let (file, text) = (path.display().to_string(), read(path)?);
        return match Recipe::parse(&text) {
            Ok(recipe) => Ok(RecipeFile { recipe, file, text }),
            Err(mistakes) => Err(BrokenFile { file, text, mistakes }.into()),
        };
    }
    let (all, broken) = recipes(catalog)?;
    // Nothing may take the place of the observatory's own recipe, the one that is built in least of all.
    let is_asked = |error: &BrokenFile| Path::new(&error.file).file_stem().is_some_and(|stem| stem == name);
    if let Some(error) = broken.into_iter().find(is_asked) {
        return Err(error.into());
    }
    match all.entry(name) {
        Some(known) => Ok(RecipeFile {
            recipe: known.recipe.clone(),
            file: known.file.clone(),
            text: known.text.clone(),
        }),
        None => Err(AnswerError::NoSuchRecipe {
            recipe: name.to_string(),
            advice: all.advice(name),
            known: all.list().map(|(id, _)| id.to_string()).collect(),
        }),
    }
}

/// The recipes that come with the program, and the observatory's own in `measures/` of its catalog, which take the place of
/// those with the same id; and what is wrong with files there that are no recipes, which are left out.
pub fn recipes(catalog: Option<&Path>) -> Result<(Recipes, Vec<BrokenFile>), AnswerError> {
    let mut all = Recipes::builtin().clone();
    let mut broken = Vec::new();
    for path in own(catalog)? {
        let added = all.add(&path.display().to_string(), &read(&path)?);
        broken.extend(added.err());
    }
    Ok((all, broken))
}

/// A sentence for each of the observatory's own files that is left out for its mistakes.
pub fn recipes_left_out(catalog: Option<&Path>) -> Result<Vec<String>, AnswerError> {
    let sentence = |error: &BrokenFile| {
        let first = error.mistakes.first().map(|mistake| mistake.message.as_str());
        let first = first.unwrap_or("it cannot be read");
        format!(
            "{} is left out: {first}; `lysoen check` shows what is wrong",
            error.file
        )
    };
    Ok(recipes(catalog)?.1.iter().map(sentence).collect())
}

/// A row a recipe.
pub fn recipes_sheet(catalog: Option<&Path>) -> Result<Sheet, AnswerError> {
    let (all, _) = recipes(catalog)?;
    let rows = all.list().filter_map(|(id, _)| all.entry(id)).map(|known| {
        let recipe = &known.recipe;
        let origin = match Recipes::builtin().get(&recipe.id) == Some(recipe) {
            true => "built in",
            false => "own",
        };
        vec![
            recipe.id.as_str().into(),
            recipe.title.as_str().into(),
            recipe.unit.as_str().into(),
            (recipe.inputs().len() as u64).into(),
            origin.into(),
            recipe.description.trim().into(),
        ]
    });
    Ok(Sheet {
        title: "Recipes".to_string(),
        columns: columns(&[
            ("recipe", Kind::Text),
            ("title", Kind::Text),
            ("unit", Kind::Text),
            ("inputs", Kind::Count),
            ("origin", Kind::Text),
            ("description", Kind::Text),
        ]),
        rows: rows.collect(),
        sources: Vec::new(),
        notes: Vec::new(),
    })
}

/// What is wrong with an observatory's own recipes, file by file, and how many recipes there are with the built-in ones. A
/// recipe for files only need not name what the facts have.
pub fn recipe_problems(
    catalog: Option<&Path>,
    cards: &Catalog,
    measures: &Measures,
) -> Result<(usize, Vec<BrokenFile>), AnswerError> {
    let mut all = Recipes::builtin().clone();
    let mut problems = Vec::new();
    for path in own(catalog)? {
        let (file, text) = (path.display().to_string(), read(&path)?);
        match all.add(&file, &text) {
            Err(error) => problems.push(error),
            Ok(()) => {
                let mistakes = Recipe::parse(&text).map(|recipe| unknown(&recipe, &text, cards, measures));
                let mistakes = mistakes.unwrap_or_default();
                if !mistakes.is_empty() {
                    problems.push(BrokenFile { file, text, mistakes });
                }
            }
        }
    }
    Ok((all.list().len(), problems))
}

/// Indicators, measures and sources that a recipe names and that do not exist.
fn unknown(recipe: &Recipe, text: &str, cards: &Catalog, measures: &Measures) -> Vec<Mistake> {
    let indicators: Vec<&str> = Indicators::builtin().all().map(|i| i.id.as_str()).collect();
    let measures: Vec<&str> = measures.list.iter().map(|m| m.id.as_str()).collect();
    let sources: Vec<&str> = cards.cards().map(|card| card.id.as_str()).collect();
    let mut mistakes = Vec::new();
    for input in recipe.inputs() {
        let node = &input.node;
        let named = [
            ("indicator", &node.indicator, &indicators),
            ("measure", &node.measure, &measures),
            ("source", &node.source, &sources),
        ];
        for (what, name, known) in named {
            // A layout that keeps every column names them `card:column`.
            let of_card = |name: &str| name.split_once(':').is_some_and(|(card, _)| sources.contains(&card));
            let is_known = |name: &str| known.contains(&name) || (what == "indicator" && of_card(name));
            let Some(name) = name.as_ref().filter(|name| !is_known(name)) else {
                continue;
            };
            let near = nearest(name, known.iter().copied());
            mistakes.push(unknown_name(text, &node.id, what, name, near));
        }
    }
    mistakes.dedup();
    mistakes
}

/// The mistake of a node that names something that does not exist, at the name in the text.
pub(super) fn unknown_name(text: &str, node: &str, what: &str, name: &str, near: Option<&str>) -> Mistake {
    let quoted = format!("\"{name}\"");
    Mistake {
        span: text.find(&quoted).map(|at| at..at + quoted.len()),
        message: format!("`{node}` takes the {what} `{name}`, which is not in the catalog and not in the facts"),
        advice: near.map(|near| format!("did you mean `{near}`?")),
    }
}

/// The files in `measures/` of an observatory's catalog, by name.
fn own(catalog: Option<&Path>) -> Result<Vec<PathBuf>, AnswerError> {
    let Some(folder) = catalog
        .map(|catalog| catalog.join("measures"))
        .filter(|folder| folder.is_dir())
    else {
        return Ok(Vec::new());
    };
    let unreadable = |e: std::io::Error| unreadable(&folder, e);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, AnswerError> {
    std::fs::read_to_string(path).map_err(|e| unreadable(path, e))
}

fn unreadable(path: &Path, source: std::io::Error) -> AnswerError {
    AnswerError::Read(lysoen_sources::reader::ReadError::Io {
        file: path.display().to_string(),
        source,
    })
}

//! Which recipes there are, and a recipe by its id or its file.

use std::path::{Path, PathBuf};

use lysoen_indices::recipe::Recipe;

use super::file::nearest;
use crate::assess::columns;
use crate::error::AnswerError;
use crate::sheet::{Kind, Sheet};

/// A recipe with the text that it was read from, in which its mistakes can be shown.
#[derive(Clone, Debug)]
pub struct RecipeFile {
    /// The recipe.
    pub recipe: Recipe,
    /// The file; of a recipe that is built in, its name in the catalog.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Whether it is the observatory's own.
    pub own: bool,
}

/// A recipe by its id, or by the path of its file. `catalog` is the observatory's `catalog` folder.
pub fn recipe(name: &str, catalog: Option<&Path>) -> Result<RecipeFile, AnswerError> {
    let path = Path::new(name);
    if path.extension().is_some_and(|end| end == "toml") || name.contains(['/', '\\']) {
        return read(path, true);
    }
    let all = recipes(catalog)?;
    if let Some(found) = all.iter().find(|known| known.recipe.id == name) {
        return Ok(found.clone());
    }
    let ids = || all.iter().map(|known| known.recipe.id.as_str());
    Err(AnswerError::NoSuchRecipe {
        recipe: name.to_string(),
        nearest: nearest(name, ids()).map(str::to_string),
        known: ids().map(str::to_string).collect(),
    })
}

/// The recipes that come with the program and the observatory's own, which take the place of built-in ones, by id.
pub fn recipes(catalog: Option<&Path>) -> Result<Vec<RecipeFile>, AnswerError> {
    let mut all: std::collections::BTreeMap<String, RecipeFile> = std::collections::BTreeMap::new();
    for path in own(catalog)? {
        let found = read(&path, true)?;
        all.insert(found.recipe.id.clone(), found);
    }
    Ok(all.into_values().collect())
}

/// A row a recipe.
pub fn recipes_sheet(catalog: Option<&Path>) -> Result<Sheet, AnswerError> {
    let all = recipes(catalog)?;
    let rows = all.iter().map(|known| {
        let recipe = &known.recipe;
        vec![
            recipe.id.as_str().into(),
            recipe.title.as_str().into(),
            recipe.unit.as_str().into(),
            (recipe.inputs().len() as u64).into(),
            if known.own { "own" } else { "built in" }.into(),
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

fn read(path: &Path, own: bool) -> Result<RecipeFile, AnswerError> {
    let text = std::fs::read_to_string(path).map_err(|e| unreadable(path, e))?;
    parse(path.display().to_string(), text, own)
}

fn parse(file: String, text: String, own: bool) -> Result<RecipeFile, AnswerError> {
    match Recipe::parse(&text) {
        Ok(recipe) => Ok(RecipeFile {
            recipe,
            file,
            text,
            own,
        }),
        Err(mistakes) => Err(AnswerError::Recipe { file, text, mistakes }),
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> AnswerError {
    AnswerError::Read(lysoen_sources::reader::ReadError::Io {
        file: path.display().to_string(),
        source,
    })
}

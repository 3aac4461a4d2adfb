//! The recipes that are shipped, and how an observatory's own take their place or stand beside them. Text in, recipes out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use lysoen_lexicon::mistake::{BrokenFile, Mistake, nearest};

use crate::recipe::Recipe;

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog/measures");

/// Recipes by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recipes {
    entries: BTreeMap<String, Entry>,
}

/// A recipe and the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The file.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// The recipe.
    pub recipe: Recipe,
}

/// The files of the shipped recipes, by name: `hdi.toml` and its text.
pub fn shipped() -> impl Iterator<Item = (&'static str, &'static str)> {
    let recipe = |name: &&str| name.ends_with(".toml");
    let named = |file: &'static include_dir::File<'static>| Some((file.path().to_str()?, file.contents_utf8()?));
    SHIPPED.files().filter_map(named).filter(move |(name, _)| recipe(name))
}

impl Recipes {
    /// The recipes that are shipped.
    pub fn builtin() -> &'static Recipes {
        static RECIPES: OnceLock<Recipes> = OnceLock::new();
        RECIPES.get_or_init(|| {
            Recipes::of(shipped()).unwrap_or_else(|e| panic!("the shipped recipes are checked by a test: {e}"))
        })
    }

    /// The recipes of these files, given as name and text.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Recipes, BrokenFile> {
        let mut recipes = Recipes::default();
        files.into_iter().try_for_each(|(file, text)| recipes.add(file, text))?;
        Ok(recipes)
    }

    /// These recipes and those of an observatory's own files, which take the place of recipes with the same id.
    pub fn with<'t>(&self, files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Recipes, BrokenFile> {
        let mut recipes = self.clone();
        files.into_iter().try_for_each(|(file, text)| recipes.add(file, text))?;
        Ok(recipes)
    }

    /// Adds a recipe, in place of one with the same id. It is named like its file: `ID.toml`.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), BrokenFile> {
        let refused = |mistakes| BrokenFile::new(file, text, mistakes);
        let recipe = Recipe::parse(text).map_err(refused)?;
        let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        if stem != recipe.id.as_str() {
            return Err(refused(vec![Mistake {
                span: text.find(&recipe.id).map(|at| at..at + recipe.id.len()),
                message: format!("the recipe `{}` is in a file called {stem}", recipe.id),
                advice: Some(format!("call the file {}.toml", recipe.id)),
            }]));
        }
        let entry = Entry {
            file: file.to_string(),
            text: text.to_string(),
            recipe,
        };
        self.entries.insert(entry.recipe.id.clone(), entry);
        Ok(())
    }

    /// Id and title of each recipe, sorted by id.
    pub fn list(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.entries
            .iter()
            .map(|(id, entry)| (id.as_str(), entry.recipe.title.as_str()))
    }

    /// A recipe by its id.
    pub fn get(&self, id: &str) -> Option<&Recipe> {
        Some(&self.entry(id)?.recipe)
    }

    /// A recipe by its id, with its file.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// Advice for an id that no recipe has; none where none is near.
    pub fn advice(&self, unknown: &str) -> Option<String> {
        nearest(unknown, self.entries.keys().map(String::as_str))
    }
}

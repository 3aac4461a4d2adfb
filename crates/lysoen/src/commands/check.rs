//! `check`: whether the catalog and the settings can be read and make sense.

use std::borrow::Cow;
use std::path::Path;

use lysoen_answers::index::recipe_problems;
use lysoen_answers::ladder::{LadderCatalog, vocabulary};
use lysoen_answers::own_measures;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::mistake::BrokenFile;
use lysoen_measures::Measures;
use lysoen_sources::catalog::Catalog;

use crate::caret::Mistake;
use crate::cli::{CheckArgs, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::settings::{Settings, folder_of};

/// Runs `check`.
pub fn run(args: &CheckArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let of_observatory = || folder_of(&global.observatory).map(|folder| folder.join("catalog"));
    let folder = args.catalog.clone().or_else(of_observatory);
    if let Some(missing) = args.catalog.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(Failure::Unknown {
            message: format!("there is no folder {}", missing.display()),
            advice: None,
        });
    }
    let catalog = Catalog::with_overrides(folder.as_deref()).map_err(Mistake::from)?;
    Settings::of(&global.observatory)?;
    let mut problems: Vec<String> = catalog.check().iter().map(ToString::to_string).collect();
    let own = folder
        .as_deref()
        .map_or(Ok(Cow::Borrowed(Measures::builtin())), own_measures);
    problems.extend(own.as_ref().err().map(ToString::to_string));
    let measures = own.as_ref().map_or(0, |own| own.list.len());
    let known = own.as_deref().unwrap_or(Measures::builtin());
    let (recipes, wrong) = recipe_problems(folder.as_deref(), &catalog, known)?;
    problems.extend(wrong.iter().flat_map(BrokenFile::told));
    let (ladder, wrong) = ladder(folder.as_deref(), known);
    problems.extend(wrong);
    let (agenda, wrong) = agenda(folder.as_deref());
    problems.extend(wrong);
    let (policies, wrong) = policies(folder.as_deref(), known);
    problems.extend(wrong);
    for problem in &problems {
        console.print(&format!("{problem}\n"))?;
    }
    let cards = catalog.cards().count();
    let layouts: usize = catalog.cards().map(|card| card.layouts.len()).sum();
    let places = Crosswalk::builtin().all().count();
    let found = match problems.len() {
        0 => "nothing is wrong".to_string(),
        1 => "one thing is wrong".to_string(),
        n => format!("{n} things are wrong"),
    };
    console.print(&format!(
        "{cards} cards with {layouts} layouts, {measures} measures, {recipes} recipes, {ladder}, {agenda}, {policies}, {places} countries: {found}.\n"
    ))?;
    Ok(if problems.is_empty() {
        Outcome::Done
    } else {
        Outcome::Wrong
    })
}

/// How many options and triggers there are, and the mistakes in a file of the ladder, each with its line.
fn ladder(own: Option<&Path>, measures: &Measures) -> (String, Vec<String>) {
    match LadderCatalog::with(own, &vocabulary(measures)) {
        Ok(catalog) => {
            let (options, triggers) = (catalog.options.options().len(), catalog.triggers.len());
            (format!("{options} options, {triggers} triggers"), Vec::new())
        }
        Err(error) => ("no ladder".to_string(), error.told()),
    }
}

/// How many instruments there are, and the mistakes in a file of the agenda, each with its line.
fn agenda(own: Option<&Path>) -> (String, Vec<String>) {
    match lysoen_answers::agenda::catalog(own) {
        Ok(catalog) => (format!("{} instruments", catalog.instruments().len()), Vec::new()),
        Err(error) => ("no agenda".to_string(), error.told()),
    }
}

/// How many policies and classes of them there are, and the mistakes in a file of them, each with its line.
fn policies(own: Option<&Path>, measures: &Measures) -> (String, Vec<String>) {
    match lysoen_answers::impact::catalog(own, measures) {
        Ok(catalog) => {
            let (policies, classes) = (catalog.policies().len(), catalog.classes().len());
            (format!("{policies} policies, {classes} classes"), Vec::new())
        }
        Err(error) => ("no policies".to_string(), error.told()),
    }
}

//! `check`: whether the catalog and the settings can be read and make sense.

use lysoen_answers::own_measures;
use lysoen_lexicon::country::Crosswalk;
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
    let measures = match folder.as_deref().map(own_measures) {
        Some(Err(mistake)) => {
            problems.push(mistake.to_string());
            0
        }
        Some(Ok(own)) => own.list.len(),
        None => Measures::builtin().list.len(),
    };
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
        "{cards} cards with {layouts} layouts, {measures} measures, {places} countries: {found}.\n"
    ))?;
    Ok(if problems.is_empty() {
        Outcome::Done
    } else {
        Outcome::Wrong
    })
}

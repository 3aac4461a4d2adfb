//! `index`: a composite index by a recipe, from facts or from files.

use std::path::PathBuf;

use lysoen_answers::index::{IndexAnswer, IndexRequest, InputsFrom, RecipeFile, index, recipe, recipes_sheet};
use lysoen_answers::sheet::Sheet;
use lysoen_sources::finding::{Findings, Severity};

use crate::cli::{Global, IndexArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{Format, grouped, index as picture};
use crate::progress::Watch;
use crate::settings::folder_of;

/// Findings told one by one; the rest is counted.
const FINDINGS_TOLD: usize = 20;

/// Runs `index`.
pub fn run(args: &IndexArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    if args.recipe.is_none() && args.imeta.is_none() {
        return list(global, console);
    }
    let request = request(args, global)?;
    let watch = Watch::spin(console, "Building the index");
    let answer = index(&request)?;
    drop(watch);
    if tell_findings(&answer.findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    let target = global.target();
    let sheet = chosen(args, &answer);
    if target.is_table() {
        let shown = Shown {
            width: Some(console.prose_width()),
            paint: console.paint,
        };
        let text = match (args.stages, &args.explain) {
            (true, _) => None,
            (_, Some(_)) => Some(picture::explained(&answer, shown)),
            _ => Some(picture::told(&answer, shown)),
        };
        match text {
            Some(text) => target.text(console, &text)?,
            None => target.sheet(console, &sheet).map(|_| ())?,
        }
        return Ok(Outcome::Done);
    }
    let rows = target.sheet(console, &sheet)?;
    super::tell_written(rows, global, console)?;
    // What has no room in the rows is told beside them.
    if target.format() == Format::Csv {
        for note in &answer.notes {
            console.tell(note)?;
        }
    }
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn chosen(args: &IndexArgs, answer: &IndexAnswer) -> Sheet {
    match (args.stages, &args.explain) {
        (true, _) => answer.stages(),
        (_, Some(_)) => answer.explained(),
        _ => answer.sheet(),
    }
}

/// The recipes that there are.
fn list(global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let sheet = recipes_sheet(own_catalog(global).as_deref())?;
    global.target().sheet(console, &sheet)?;
    Ok(Outcome::Done)
}

fn request(args: &IndexArgs, global: &Global) -> Result<IndexRequest, Failure> {
    let catalog = own_catalog(global);
    let recipe: Option<RecipeFile> = args
        .recipe
        .as_ref()
        .map(|name| recipe(name, catalog.as_deref()))
        .transpose()?;
    let from = match (&args.data, &args.idata, &args.imeta) {
        (Some(file), _, _) => InputsFrom::File(file.clone()),
        (_, Some(idata), Some(imeta)) => InputsFrom::Coinr {
            idata: idata.clone(),
            imeta: imeta.clone(),
        },
        _ => return Err(Failure::Usage("name a table with --data".to_string())),
    };
    Ok(IndexRequest {
        recipe,
        from,
        periods: args.period,
        units: args.explain.iter().chain(&args.place).cloned().collect(),
    })
}

/// The observatory's own `catalog`, where it is a folder that has one. An index of files needs no observatory.
fn own_catalog(global: &Global) -> Option<PathBuf> {
    let folder = folder_of(&global.observatory).map(|folder| folder.join("catalog"));
    folder.filter(|folder| folder.is_dir())
}

/// Tells what is wrong in the files, on standard error; gives whether anything is.
fn tell_findings(findings: &[Findings], global: &Global, console: &mut Console) -> Result<bool, Failure> {
    let list = || findings.iter().flat_map(Findings::list);
    for finding in list().take(FINDINGS_TOLD) {
        console.warn(&finding.to_string())?;
    }
    let count = |severity| findings.iter().map(|f| f.count(severity)).sum::<u64>();
    let wrong = count(Severity::Rejected) + count(Severity::Warning);
    let more = (wrong + count(Severity::Note)).saturating_sub(FINDINGS_TOLD as u64);
    if more > 0 {
        console.warn(&format!("… and {} more findings", grouped(more as f64)))?;
    }
    if wrong > 0 && global.strict {
        console.warn("Nothing was computed, for --strict is given.")?;
    }
    Ok(wrong > 0)
}

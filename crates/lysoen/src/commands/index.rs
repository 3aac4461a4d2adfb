//! `index`: a composite index by a recipe, from facts or from files.

use std::path::{Path, PathBuf};

use lysoen_answers::index::{
    IndexAnswer, IndexRequest, InputsFrom, Method, index, recipe, recipes_left_out, recipes_sheet,
};
use lysoen_answers::sheet::{Cell, Sheet};
use lysoen_answers::{AnswerError, Observatory};
use lysoen_lexicon::place::PlaceKind;
use lysoen_measures::inputs::Places;

use crate::cli::{Global, IndexArgs, Sensitivity, UnitLevel};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{Format, OutputError, index as picture};
use crate::progress::Watch;
use crate::settings::folder_of;

/// Parameters that a table shows.
const PARAMETERS_SHOWN: usize = 100;

/// What is asked of an index.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Index,
    Stages,
    Sampled,
    Chances,
    Explained,
}

impl IndexArgs {
    fn asked(&self) -> Asked {
        match self {
            IndexArgs { stages: true, .. } => Asked::Stages,
            IndexArgs { sampled: true, .. } => Asked::Sampled,
            IndexArgs { chances: true, .. } => Asked::Chances,
            IndexArgs { explain: Some(_), .. } => Asked::Explained,
            _ => Asked::Index,
        }
    }
}

/// Runs `index`.
pub fn run(args: &IndexArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let from_files = args.data.is_some() || args.imeta.is_some();
    let catalog = own_catalog(global);
    for left_out in recipes_left_out(catalog.as_deref())? {
        console.warn(&left_out)?;
    }
    if args.recipe.is_none() && !from_files {
        return list(catalog.as_deref(), global, console);
    }
    let recipe = args
        .recipe
        .as_ref()
        .map(|name| recipe(name, catalog.as_deref()))
        .transpose()?;
    // An index of files needs no observatory.
    let observatory = if from_files {
        None
    } else {
        Some(super::open(global, console)?)
    };
    let (from, units) = inputs_from(args, global, observatory.as_ref())?;
    let request = IndexRequest {
        recipe,
        from,
        periods: args.period,
        units,
    };
    let watch = Watch::spin(console, "Building the index");
    let answer = index(&request)?;
    drop(watch);
    if super::tell_findings(&answer.findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    tell(args, global, answer, observatory.as_ref(), console)
}

/// The recipes that there are; what each measures has no room in a table.
fn list(catalog: Option<&Path>, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let mut sheet = recipes_sheet(catalog)?;
    if global.target().is_table() {
        sheet.columns.retain(|column| column.name != "description");
        let width = sheet.columns.len();
        sheet.rows.iter_mut().for_each(|row| row.truncate(width));
    }
    global.target().sheet(console, &sheet)?;
    Ok(Outcome::Done)
}

/// Where the inputs come from, and which units are told.
fn inputs_from<'o>(
    args: &IndexArgs,
    global: &Global,
    observatory: Option<&'o Observatory>,
) -> Result<(InputsFrom<'o>, Vec<String>), Failure> {
    let asked: Vec<String> = args.explain.iter().chain(&args.place).cloned().collect();
    let from = match (observatory, &args.data, &args.idata, &args.imeta) {
        (Some(observatory), ..) => {
            let (places, units) = places(args.level, &asked, observatory)?;
            let at = super::view_at(global, args.reconstruct);
            return Ok((
                InputsFrom::Facts {
                    observatory,
                    at,
                    places,
                },
                units,
            ));
        }
        (_, Some(file), ..) => InputsFrom::File(file.clone()),
        (_, _, Some(idata), Some(imeta)) => InputsFrom::Coinr {
            idata: idata.clone(),
            imeta: imeta.clone(),
        },
        _ => return Err(Failure::Usage("--idata and --imeta go together".to_string())),
    };
    Ok((from, asked))
}

/// The places that are compared, and those of them that are told. Countries named with a level below them are those whose
/// areas are compared.
fn places(level: UnitLevel, asked: &[String], observatory: &Observatory) -> Result<(Places, Vec<String>), Failure> {
    let level = match level {
        UnitLevel::Country => {
            let codes = asked.iter().map(|place| Ok(observatory.place(place)?.to_string()));
            return Ok((Places::Countries, codes.collect::<Result<_, AnswerError>>()?));
        }
        UnitLevel::Admin1 => 1,
        UnitLevel::Admin2 => 2,
        UnitLevel::Admin3 => 3,
        UnitLevel::Admin4 => 4,
    };
    let (mut within, mut units) = (Vec::new(), Vec::new());
    for place in asked {
        match observatory.place(place) {
            Ok(known) if known.kind() == PlaceKind::Country => within.push(known.to_string()),
            _ => units.push(place.clone()),
        }
    }
    Ok((Places::Areas { level, within }, units))
}

/// Tells the answer that was asked for in the form that was asked for.
fn tell(
    args: &IndexArgs,
    global: &Global,
    mut answer: IndexAnswer,
    observatory: Option<&Observatory>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let target = global.target();
    let watch = Watch::begin(console, "Drawing");
    let progress = |done: usize, all: usize| watch.steps(done, all);
    let sensitivity = match args.sensitivity {
        Some(method) => {
            let method = match method {
                Sensitivity::Sobol => Method::Sobol,
                Sensitivity::Exact => Method::Exact,
            };
            Some(answer.sensitivity(method, args.n, args.seed, &progress)?)
        }
        None => {
            if !matches!(args.asked(), Asked::Stages | Asked::Explained) {
                answer.draw(args.uncertainty, args.seed, &progress)?;
            }
            None
        }
    };
    drop(watch);
    // What is not shown on the screen leaves the observatory.
    let leaves = observatory.filter(|_| !args.own_use && !target.is_table());
    let kept = leaves.and_then(|observatory| answer.kept_back(observatory));
    let stays_out = |sheet: Sheet| match &kept {
        Some(kept) => kept.left_out_of(sheet),
        None => sheet,
    };
    if target.is_table() {
        let shown = Shown {
            width: Some(console.prose_width()),
            paint: console.paint,
        };
        let text = match (&sensitivity, args.asked()) {
            (Some(sheet), _) => Some(picture::sensitivity(&answer, sheet, shown)),
            (_, Asked::Chances) => Some(picture::chances(&answer, shown)),
            (_, Asked::Explained) => Some(picture::explained(&answer, shown)),
            (_, Asked::Index) => Some(picture::told(&answer, shown)),
            (_, Asked::Stages | Asked::Sampled) => None,
        };
        if let Some(text) = text {
            target.text(console, &text)?;
            return Ok(Outcome::Done);
        }
    }
    if let Some(sheet) = sensitivity {
        return write(&stays_out(sheet), global, console);
    }
    match args.asked() {
        Asked::Chances => write(&stays_out(answer.chances()), global, console),
        Asked::Explained => write(&stays_out(answer.explained()), global, console),
        asked => {
            let (head, most) = match asked {
                Asked::Stages => (answer.stages_head(), usize::MAX),
                Asked::Sampled => (answer.sampled_head(), PARAMETERS_SHOWN),
                _ => (answer.head(), usize::MAX),
            };
            let head = stays_out(head);
            let rows = target.stream(console, &head, most, |take| {
                let take = |row: &[Cell]| match &kept {
                    Some(kept) if !kept.lets(&head.columns, row) => Ok(()),
                    _ => take(row),
                };
                match asked {
                    Asked::Stages => answer.each_stage(take),
                    Asked::Sampled => answer.each_sampled::<OutputError>(args.seed, take),
                    _ => answer.each_row(take),
                }
            })?;
            told(rows, &head, global, console)
        }
    }
}

fn write(sheet: &Sheet, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let rows = global.target().sheet(console, sheet)?;
    told(rows, sheet, global, console)
}

/// Tells how much was written; of CSV, which has no room for it, also what a reader must know.
fn told(rows: u64, sheet: &Sheet, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    super::tell_written(rows, global, console)?;
    if global.target().format() == Format::Csv {
        for note in &sheet.notes {
            console.tell(note)?;
        }
    }
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The observatory's own `catalog`, where it is a folder that has one.
fn own_catalog(global: &Global) -> Option<PathBuf> {
    let folder = folder_of(&global.observatory).map(|folder| folder.join("catalog"));
    folder.filter(|folder| folder.is_dir())
}

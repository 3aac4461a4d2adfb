//! `assess`: the picture of people's safety, for the world or for some places.

use lysoen_answers::sheet::{Cell, Column, Kind, Sheet};
use lysoen_answers::{AssessRequest, Assessment, Observatory, assess};
use lysoen_lexicon::period::Period;
use lysoen_measures::{Measures, Term};

use crate::caret::nearest_of;
use crate::cli::{AssessArgs, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::{picture, place};
use crate::progress::Watch;
use crate::settings::Settings;

/// Up to so many places are told in depth; more stand in a table.
const IN_DEPTH: usize = 3;

/// Runs `assess`.
pub fn run(args: &AssessArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    if let Some(level) = args.level {
        return super::areas::run(level.into(), args, global, console);
    }
    let period = match args.period.map(|span| (span, span.single())) {
        Some((span, None)) => {
            return Err(Failure::Usage(format!(
                "{span} is a span of time, which only --level can add up; name one period"
            )));
        }
        other => other.and_then(|(_, period)| period),
    };
    let observatory = super::open(global, console)?;
    for id in args.measure.iter().chain(&args.explain) {
        known(observatory.measures(), id)?;
    }
    for id in args.beside.iter().flatten() {
        index_of(observatory.measures(), id)?;
    }
    let settings = Settings::of(&global.observatory)?;
    let watch = Watch::spin(console, "Assessing");
    let assessment = assess(&observatory, &request(args, period, global, &settings))?;
    drop(watch);
    if let Some(measure) = &args.explain {
        return explain(measure, args, global, &observatory, &assessment, console);
    }
    if let Some(index) = &args.beside {
        return beside(index.as_deref(), args, global, &observatory, &assessment, console);
    }
    let target = global.target();
    if !target.is_table() || !args.measure.is_empty() {
        // What is not shown on the screen leaves the observatory.
        let leaves = !args.own_use && !target.is_table();
        let whole = match leaves {
            true => assessment.sheet_for_export(&observatory),
            false => assessment.sheet(),
        };
        if let Some(note) = whole
            .notes
            .iter()
            .find(|note| note.starts_with("Left out"))
            .filter(|_| leaves)
        {
            console.tell(note)?;
        }
        let sheet = chosen(&assessment, whole, &args.measure, target.is_table());
        let rows = target.sheet(console, &sheet)?;
        super::tell_written(rows, global, console)?;
        return Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done });
    }
    let shown = crate::output::terminal::Shown {
        width: Some(console.prose_width()),
        paint: console.paint,
    };
    let in_depth = !assessed_world(args, &settings) && assessment.places.len() <= IN_DEPTH;
    let text = match in_depth {
        true => place::told(&assessment, settings.name.as_deref(), shown),
        false => picture::told(&assessment, settings.name.as_deref(), shown),
    };
    target.text(console, &text)?;
    Ok(Outcome::Done)
}

/// The places that were asked for, however they were named.
pub(super) fn asked(args: &AssessArgs) -> Vec<String> {
    args.places.iter().chain(&args.place).cloned().collect()
}

fn assessed_world(args: &AssessArgs, settings: &Settings) -> bool {
    asked(args).is_empty() && settings.default_places.is_empty()
}

fn request(args: &AssessArgs, period: Option<Period>, global: &Global, settings: &Settings) -> AssessRequest {
    let mut places = asked(args);
    if places.is_empty() {
        places.clone_from(&settings.default_places);
    }
    AssessRequest {
        period,
        places,
        at: super::view_at(global, args.reconstruct),
    }
}

fn known(measures: &Measures, id: &str) -> Result<(), Failure> {
    named(id, "measure", measures.list.iter().map(|measure| measure.id.as_str()))
}

fn index_of(measures: &Measures, id: &str) -> Result<(), Failure> {
    let indices = measures.list.iter().filter(|measure| measure.worst.is_some());
    named(id, "index of states", indices.map(|measure| measure.id.as_str()))
}

/// Refuses an id that is not among the known ones.
fn named<'a>(id: &str, what: &str, ids: impl Iterator<Item = &'a str> + Clone) -> Result<(), Failure> {
    let ids = || ids.clone();
    if ids().any(|known| known == id) {
        return Ok(());
    }
    Err(Failure::Unknown {
        message: format!("there is no {what} `{id}`"),
        advice: Some(match nearest_of(id, ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", ids().collect::<Vec<_>>().join(", ")),
        }),
    })
}

/// People's figures beside an index of their state: a table of one index, or rows of all.
fn beside(
    asked: Option<&str>,
    args: &AssessArgs,
    global: &Global,
    observatory: &Observatory,
    assessment: &Assessment,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let target = global.target();
    if !target.is_table() {
        let mut sheet = assessment.beside_sheet();
        if let (Some(asked), Some(at)) = (asked, sheet.columns.iter().position(|column| column.name == "index")) {
            sheet.rows.retain(|row| row[at] == Cell::Text(asked.to_string()));
        }
        if !args.own_use {
            sheet = lysoen_answers::for_export(sheet, observatory);
        }
        let rows = target.sheet(console, &sheet)?;
        super::tell_written(rows, global, console)?;
        return Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done });
    }
    let shown = crate::output::terminal::Shown {
        width: Some(console.prose_width()),
        paint: console.paint,
    };
    let name = Settings::of(&global.observatory)?.name;
    let indices = assessment
        .measures
        .list
        .iter()
        .filter(|measure| measure.worst.is_some());
    let mut of = indices.filter(|measure| asked.is_none_or(|asked| measure.id == asked));
    let told = of.find_map(|index| crate::output::beside::told(assessment, index, name.as_deref(), shown));
    let Some(text) = told else {
        console.tell("No place has a rank both by its people and by such an index in this period.")?;
        return Ok(Outcome::Nothing);
    };
    target.text(console, &text)?;
    Ok(Outcome::Done)
}

/// The figures as rows, of the measures that were asked for; for a person without the columns that say the same in
/// every row.
fn chosen(assessment: &Assessment, mut sheet: Sheet, measures: &[String], for_person: bool) -> Sheet {
    let at = |sheet: &Sheet, name: &str| sheet.columns.iter().position(|column| column.name == name);
    if let (false, Some(measure)) = (measures.is_empty(), at(&sheet, "measure")) {
        let asked = |cell: &Cell| matches!(cell, Cell::Text(id) if measures.contains(id));
        sheet.rows.retain(|row| asked(&row[measure]));
    }
    if for_person {
        const SHOWN: [&str; 9] = [
            "place_name",
            "measure",
            "value",
            "low",
            "high",
            "per_100k",
            "data_period",
            "coverage",
            "source",
        ];
        let kept: Vec<usize> = SHOWN
            .iter()
            .filter(|name| **name != "measure" || measures.len() > 1)
            .filter_map(|name| at(&sheet, name))
            .collect();
        sheet.columns = kept.iter().map(|i| sheet.columns[*i]).collect();
        for row in &mut sheet.rows {
            *row = kept.iter().map(|i| row[*i].clone()).collect();
        }
        if let ([id], Some(measure)) = (measures, measures.first().and_then(|id| assessment.measures.get(id))) {
            sheet.title = format!("{} ({id}), {}", measure.title.trim(), assessment.period);
            sheet.notes.push(measure.definition.clone());
        }
    }
    sheet
}

/// The rows behind a figure, for each place that was asked for.
fn explain(
    measure: &str,
    args: &AssessArgs,
    global: &Global,
    observatory: &Observatory,
    assessment: &Assessment,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    // Without a place the world's figure is meant, which stands first.
    let places = if asked(args).is_empty() {
        &assessment.places[..1]
    } else {
        &assessment.places[..]
    };
    let target = global.target();
    if !target.is_table() {
        let mut whole: Option<Sheet> = None;
        for place in places {
            let sheet = assessment.explain(place, measure)?;
            match &mut whole {
                None => whole = Some(sheet),
                Some(whole) => {
                    whole.title = format!("{measure}, {}", assessment.period);
                    whole.rows.extend(sheet.rows);
                    whole.sources.extend(sheet.sources);
                    whole.notes.extend(sheet.notes);
                }
            }
        }
        let Some(mut sheet) = whole else {
            return Ok(Outcome::Nothing);
        };
        if !args.own_use {
            sheet = lysoen_answers::rows_for_export(sheet, observatory);
        }
        target.sheet(console, &sheet)?;
        return Ok(Outcome::Done);
    }
    for place in places {
        let Some(figure) = assessment.figure(place, measure) else {
            continue;
        };
        let told = place::explained(assessment, figure, console.prose_width(), console.paint);
        let sheet = terms(&figure.terms, assessment.explain(place, measure)?);
        console.print(&told)?;
        target.sheet(console, &sheet)?;
        console.print("\n")?;
    }
    Ok(Outcome::Done)
}

/// The rows behind a figure, in as few columns as tell them.
fn terms(terms: &[Term], explained: Sheet) -> Sheet {
    let column = |name, kind| Column { name, kind };
    let row = |term: &Term| -> Vec<Cell> {
        let at = if term.row == 0 {
            String::new()
        } else {
            format!(", row {}", term.row)
        };
        let dates = match term.dates {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first} to {last}"),
        };
        vec![
            term.value.into(),
            term.role.as_str().into(),
            term.what.as_str().into(),
            term.place.as_str().into(),
            dates.into(),
            format!("{} {}", term.source, term.as_of).into(),
            format!("{}{at}", term.file).into(),
        ]
    };
    Sheet {
        title: String::new(),
        columns: vec![
            column("value", Kind::Number),
            column("part", Kind::Text),
            column("what", Kind::Text),
            column("place", Kind::Text),
            column("period", Kind::Text),
            column("source", Kind::Text),
            column("row", Kind::Text),
        ],
        rows: terms.iter().map(row).collect(),
        sources: explained.sources,
        notes: Vec::new(),
    }
}

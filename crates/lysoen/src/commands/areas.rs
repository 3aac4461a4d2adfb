//! `assess --level`: one country by its areas, or by the cells of a grid.

use lysoen_answers::sheet::{Cell, Sheet};
use lysoen_answers::{AreasRequest, assess_areas};
use lysoen_measures::communities::Level;

use super::assess::asked;
use crate::cli::{AssessArgs, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::areas;
use crate::progress::Watch;
use crate::settings::Settings;

/// Columns for a person; the other forms have all.
const UNPLACED: [&str; 6] = [
    "event_id",
    "end",
    "deaths_best",
    "where_precision",
    "detail",
    "where_coordinates",
];
const EXPLAINED: [&str; 8] = ["area", "value", "role", "what", "end", "source", "file", "row"];
const MEASURES: [&str; 8] = [
    "place",
    "place_name",
    "measure",
    "value",
    "low",
    "high",
    "data_period",
    "note",
];

/// Runs `assess --level`.
pub fn run(level: Level, args: &AssessArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = super::open(global, console)?;
    let settings = Settings::of(&global.observatory)?;
    let request = AreasRequest {
        place: one_place(args, &settings)?,
        level,
        span: args.period,
        events: args.events.clone(),
        at: super::view_at(global, args.reconstruct),
    };
    let watch = Watch::spin(console, "Placing events");
    let assessment = assess_areas(&observatory, &request)?;
    drop(watch);
    let target = global.target();
    // What is not shown on the screen leaves the observatory.
    let leaves = !args.own_use && !target.is_table();
    let sheet = if args.unplaced {
        for_person(assessment.unplaced_sheet(leaves), &UNPLACED, target.is_table())
    } else if let Some(measure) = &args.explain {
        for_person(assessment.explain(measure, leaves)?, &EXPLAINED, target.is_table())
    } else if target.is_table() && args.measure.is_empty() {
        let shown = crate::output::terminal::Shown {
            width: Some(console.prose_width()),
            paint: console.paint,
        };
        target.text(console, &areas::told(&assessment, settings.name.as_deref(), shown))?;
        return Ok(Outcome::Done);
    } else {
        let whole = match leaves {
            true => assessment.sheet_for_export(&observatory),
            false => assessment.sheet(),
        };
        for_person(of_measures(whole, &args.measure)?, &MEASURES, target.is_table())
    };
    if let Some(note) = sheet.notes.iter().find(|note| note.starts_with("Left out")) {
        console.tell(note)?;
    }
    let rows = target.sheet(console, &sheet)?;
    super::tell_written(rows, global, console)?;
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// As few columns as tell it to a person.
fn for_person(mut sheet: Sheet, shown: &[&str], for_person: bool) -> Sheet {
    if for_person {
        let at = |name: &&str| sheet.columns.iter().position(|column| column.name == *name);
        let kept: Vec<usize> = shown.iter().filter_map(at).collect();
        sheet.columns = kept.iter().map(|i| sheet.columns[*i]).collect();
        for row in &mut sheet.rows {
            *row = kept.iter().map(|i| row[*i].clone()).collect();
        }
    }
    sheet
}

/// The one place that was asked for.
fn one_place(args: &AssessArgs, settings: &Settings) -> Result<String, Failure> {
    let mut places = asked(args);
    if places.is_empty() {
        places.clone_from(&settings.default_places);
    }
    match &places[..] {
        [place] => Ok(place.clone()),
        [] => Err(Failure::Usage(
            "--level needs a place: one country, such as `lysoen assess CAF --level admin1`".to_string(),
        )),
        _ => Err(Failure::Usage(format!(
            "--level takes one country, such as `lysoen assess CAF --level admin1`; {} were named",
            places.len()
        ))),
    }
}

/// The rows of the measures that were asked for; all where none was.
fn of_measures(mut sheet: Sheet, measures: &[String]) -> Result<Sheet, Failure> {
    if measures.is_empty() {
        return Ok(sheet);
    }
    let column = sheet
        .columns
        .iter()
        .position(|column| column.name == "measure")
        .unwrap_or_default();
    let id = |row: &Vec<Cell>| match &row[column] {
        Cell::Text(id) => id.clone(),
        _ => String::new(),
    };
    let known: Vec<String> = sheet.rows.iter().map(id).collect();
    if let Some(unknown) = measures.iter().find(|m| !known.contains(m)) {
        let near = crate::caret::nearest_of(unknown, known.iter().map(String::as_str));
        return Err(Failure::Unknown {
            message: format!("no area has a measure `{unknown}`"),
            advice: near.map(|near| format!("did you mean `{near}`?")),
        });
    }
    sheet.rows.retain(|row| measures.contains(&id(row)));
    Ok(sheet)
}

//! `forecast` itself: the months ahead.

use std::path::{Path, PathBuf};

use lysoen_answers::Observatory;
use lysoen_answers::forecast::live::{LiveAnswer, LiveRequest, ModelCard, live};
use lysoen_answers::forecast::results;
use lysoen_lexicon::place::PlaceId;
use lysoen_lexicon::priogrid::PrioGrid;

use crate::cli::{Global, LiveArgs};
use crate::commands::{tell_findings, tell_written};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{Format, Target, forecast as picture};
use crate::progress::Watch;

/// Runs `forecast`.
pub(super) fn run(args: &LiveArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    // A series from a file needs no observatory.
    let observatory = match args.series.series {
        Some(_) => None,
        None => Some(crate::commands::open(global, console)?),
    };
    let series = super::series::series(&args.series, None, observatory.as_ref(), global)?;
    let kept = observatory.as_ref().and_then(|observatory| kept(args, observatory));
    let request = LiveRequest {
        series,
        months: args.months,
        models: args.models.clone(),
        seed: args.seed,
        beside: super::series::beside(&args.beside, observatory.as_ref())?,
        today: console.today(),
        before: kept.as_deref().and_then(card),
    };
    let watch = Watch::spin(console, "Forecasting");
    let mut answer = live(&request, &|what| watch.say(what))?;
    drop(watch);
    if tell_findings(&answer.about.findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    let name = |code: &str| observatory.as_ref().and_then(|observatory| named(observatory, code));
    if let Some(folder) = kept.filter(|_| !args.no_store) {
        store(&answer, &folder, name, console)?;
    }
    keep_places(args, observatory.as_ref(), &mut answer)?;
    let target = global.target();
    let leaves = !target.is_table() || args.draws.is_some() || args.fan.is_some();
    if leaves && !answer.about.may_leave && !args.own_use {
        let sources = answer
            .about
            .sources
            .iter()
            .map(|source| source.id.clone())
            .collect::<Vec<_>>();
        crate::commands::tell_kept_back(&sources, console)?;
        return Ok(Outcome::Nothing);
    }
    if let Some(file) = &args.draws {
        draws(&answer, file, console)?;
    }
    if let Some(file) = &args.fan {
        fan(&answer, file, name, console)?;
    }
    if target.is_table() {
        let shown = Shown {
            width: Some(console.prose_width()),
            paint: console.paint,
        };
        target.text(console, &picture::told(&answer, name, args.top, shown))?;
        return Ok(Outcome::Done);
    }
    let head = answer.head();
    let rows = target.stream(console, &head, usize::MAX, |take| answer.each_row(name, take))?;
    tell_written(rows, global, console)?;
    if target.format() == Format::Csv {
        for note in &head.notes {
            console.tell(note)?;
        }
    }
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The name of a place by its code.
fn named(observatory: &Observatory, code: &str) -> Option<String> {
    let place: PlaceId = code.parse().ok()?;
    let cell = || {
        // A cell has no name; people find it by its centre.
        let (longitude, latitude) = code.strip_prefix("pg:")?.parse::<PrioGrid>().ok()?.centre();
        let of =
            |degrees: f64, signs: [&str; 2]| format!("{:.2}° {}", degrees.abs(), signs[usize::from(degrees < 0.0)]);
        Some(format!("{} {}", of(latitude, ["N", "S"]), of(longitude, ["E", "W"])))
    };
    observatory.crosswalk().name(&place).map(str::to_string).or_else(cell)
}

/// Leaves out the places that were not asked for.
fn keep_places(args: &LiveArgs, observatory: Option<&Observatory>, answer: &mut LiveAnswer) -> Result<(), Failure> {
    if args.place.is_empty() {
        return Ok(());
    }
    let mut wanted = Vec::new();
    for place in &args.place {
        let code = match observatory {
            _ if answer.unit(place).is_some() => place.clone(),
            Some(observatory) => observatory.place(place)?.to_string(),
            None => place.clone(),
        };
        if answer.unit(&code).is_none() {
            return Err(Failure::Usage(format!(
                "{place} is not among the {} units that are forecast",
                answer.card.units
            )));
        }
        wanted.push(code);
    }
    answer.keep(|unit| wanted.iter().any(|code| code == unit));
    Ok(())
}

/// The folder in which an observatory keeps its forecasts of this kind.
fn kept(args: &LiveArgs, observatory: &Observatory) -> Option<PathBuf> {
    let level = clap::ValueEnum::to_possible_value(&args.series.level)?;
    let within = args
        .series
        .within
        .iter()
        .map(|place| format!("-{}", place.to_uppercase()));
    let name = format!("{}{}", level.get_name(), within.collect::<String>());
    Some(results::folder(observatory)?.join(name))
}

fn card(folder: &Path) -> Option<ModelCard> {
    // What cannot be read is measured anew.
    serde_json::from_slice(&std::fs::read(folder.join("card.json")).ok()?).ok()
}

/// Keeps the forecast and its card; each file gets its name only once it is whole.
fn store(
    answer: &LiveAnswer,
    folder: &Path,
    name: impl Fn(&str) -> Option<String> + Sync,
    console: &mut Console,
) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|source| Failure::File {
        path: folder.to_path_buf(),
        source,
    })?;
    let target = Target {
        format: Some(Format::Parquet),
        file: Some(folder.join("forecast.parquet")),
    };
    target.stream(console, &answer.head(), usize::MAX, |take| answer.each_row(name, take))?;
    let file = folder.join("card.json");
    let text = serde_json::to_string_pretty(&answer.card).map_err(|e| Failure::File {
        path: file.clone(),
        source: e.into(),
    })?;
    text_file(file).text(console, &(text + "\n"))?;
    Ok(())
}

/// A file that is given text.
fn text_file(file: PathBuf) -> Target {
    Target {
        format: Some(Format::Table),
        file: Some(file),
    }
}

fn draws(answer: &LiveAnswer, file: &Path, console: &mut Console) -> Result<(), Failure> {
    let target = Target {
        format: Format::of(file).or(Some(Format::Csv)),
        file: Some(file.to_path_buf()),
    };
    let mut left_out = Vec::new();
    let rows = target.stream(console, &answer.draws_head(), usize::MAX, |take| {
        left_out = answer.each_draw(take)?;
        Ok(())
    })?;
    if !left_out.is_empty() {
        console.warn(&format!(
            "Left out of the draws, for they have no number in the challenge's layout: {}",
            left_out.join(", ")
        ))?;
    }
    console.tell(&format!(
        "{} draws written to {}",
        crate::output::grouped(rows as f64),
        file.display()
    ))?;
    Ok(())
}

fn fan(
    answer: &LiveAnswer,
    file: &Path,
    name: impl Fn(&str) -> Option<String>,
    console: &mut Console,
) -> Result<(), Failure> {
    let units: Vec<&str> = answer.units().collect();
    let [code] = units[..] else {
        return Err(Failure::Usage(format!(
            "--fan draws one place, and {} are told: name one, such as lysoen forecast Ethiopia --fan ethiopia.svg",
            units.len()
        )));
    };
    let Some(unit) = answer.unit(code) else { return Ok(()) };
    let title = name(code).unwrap_or_else(|| code.to_string());
    text_file(file.to_path_buf()).text(console, &answer.fan(unit, &title))?;
    console.tell(&format!("Drawn into {}", file.display()))?;
    Ok(())
}

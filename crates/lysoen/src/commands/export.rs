//! `export`: tables and figures on their way out, without what may not leave, and with their sources beside them.

use std::path::{Path, PathBuf};

use lysoen_answers::sheet::{Cell, Column, Kind, Sheet, SourceNote};
use lysoen_answers::{AssessRequest, Observatory, assess, export};
use lysoen_facts::Table;

use crate::cli::{ExportArgs, ExportWhat, Global};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::{Format, Preface, Target, grouped};
use crate::progress::Watch;

/// Runs `export`.
pub fn run(args: &ExportArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let targets = args
        .to
        .iter()
        .map(|file| target(file, global))
        .collect::<Result<Vec<_>, _>>()?;
    let observatory = super::open(global, console)?;
    let watch = Watch::spin(console, "Exporting");
    let mut rows = 0;
    for target in &targets {
        let (written, sources, notes) = match args.what {
            ExportWhat::Assess => figures(args, global, &observatory, target, console)?,
            what => rows_of(table(what), args, global, &observatory, target, console)?,
        };
        rows = written;
        tell(target, written, &notes, console)?;
        cite(target, sources, notes, console)?;
    }
    drop(watch);
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

type Written = (u64, Vec<SourceNote>, Vec<String>);

fn figures(
    args: &ExportArgs,
    global: &Global,
    observatory: &Observatory,
    target: &Target,
    console: &mut Console,
) -> Result<Written, Failure> {
    let request = AssessRequest {
        period: args.period,
        places: args.place.clone(),
        at: super::view_at(global, args.reconstruct),
    };
    let sheet = assess(observatory, &request)?.sheet_for_export(observatory);
    let rows = target.sheet(console, &sheet)?;
    Ok((rows, sheet.sources, sheet.notes))
}

fn rows_of(
    table: Table,
    args: &ExportArgs,
    global: &Global,
    observatory: &Observatory,
    target: &Target,
    console: &mut Console,
) -> Result<Written, Failure> {
    let exported = export(observatory, &super::view_at(global, args.reconstruct), table)?;
    let mut notes: Vec<String> = global
        .as_of
        .iter()
        .map(|day| format!("As it was known on {day}."))
        .collect();
    let left_out = exported.left_out.iter();
    notes.extend(left_out.map(|(source, why)| format!("Left out: {source}, for {why}.")));
    let preface = Preface {
        title: format!("The table {table}"),
        notes: notes.clone(),
        sources: exported.sources.clone(),
    };
    let rows = target.batches(console, &preface, exported.batches, usize::MAX)?;
    Ok((rows, exported.sources, notes))
}

fn table(what: ExportWhat) -> Table {
    match what {
        ExportWhat::Observations => Table::Observations,
        ExportWhat::Flows => Table::Flows,
        ExportWhat::TreatyActions => Table::TreatyActions,
        ExportWhat::Mandates => Table::Mandates,
        ExportWhat::Commitments => Table::Commitments,
        ExportWhat::Places => Table::Places,
        ExportWhat::Events | ExportWhat::Assess => Table::Events,
    }
}

fn target(file: &Path, global: &Global) -> Result<Target, Failure> {
    match global.format.or_else(|| Format::of(file)) {
        Some(format) => Ok(Target {
            format: Some(format),
            file: Some(file.to_path_buf()),
        }),
        None => Err(Failure::Usage(format!(
            "the name {} does not tell the form; end it in .csv, .json, .parquet or .xlsx, or add --format",
            file.display()
        ))),
    }
}

fn tell(target: &Target, rows: u64, notes: &[String], console: &mut Console) -> Result<(), Failure> {
    if let Some(file) = &target.file {
        console.tell(&format!("{} rows written to {}", grouped(rows as f64), file.display()))?;
    }
    for note in notes {
        console.tell(note)?;
    }
    Ok(())
}

/// A CSV file has no room for licences and citations, so that they stand in a file beside it.
fn cite(target: &Target, sources: Vec<SourceNote>, notes: Vec<String>, console: &mut Console) -> Result<(), Failure> {
    let (Format::Csv, Some(file)) = (target.format(), &target.file) else {
        return Ok(());
    };
    let text = |name| Column { name, kind: Kind::Text };
    let vintage = Column {
        name: "vintage",
        kind: Kind::Date,
    };
    let row = |note: &SourceNote| -> Vec<Cell> {
        vec![
            note.id.as_str().into(),
            note.title.as_str().into(),
            note.as_of.into(),
            note.licence.as_str().into(),
            note.citation.as_str().into(),
        ]
    };
    let sheet = Sheet {
        title: "Sources".to_string(),
        columns: vec![
            text("source"),
            text("title"),
            vintage,
            text("licence"),
            text("citation"),
        ],
        rows: sources.iter().map(row).collect(),
        sources,
        notes,
    };
    let beside = beside(file);
    let target = Target {
        format: Some(Format::Csv),
        file: Some(beside.clone()),
    };
    target.sheet(console, &sheet)?;
    console.tell(&format!("Licences and citations written to {}", beside.display()))?;
    Ok(())
}

/// `picture.csv` → `picture.sources.csv`.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}.sources.csv"))
}

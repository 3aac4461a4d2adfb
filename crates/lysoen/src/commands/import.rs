//! `import`: reads files into the observatory, one commit a file, and says what became of every row.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use lysoen_answers::sheet::{Cell, Column, Kind, Sheet};
use lysoen_facts::LakeError;
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_sources::catalog::{Catalog, read_mapping};
use lysoen_sources::finding::{Finding, Findings, Severity};
use lysoen_sources::import::{ImportOptions, Imported, Outcome as Became, import_file};
use lysoen_sources::input::is_part_of_shapefile;
use lysoen_sources::reader::{ReadError, Vintage, VintageBasis};

use crate::caret::{Mistake, nearest_of};
use crate::cli::{Global, ImportArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::{Format, Target};
use crate::progress::Watch;
use crate::settings::folder_of;

mod told;

/// Runs `import`.
pub fn run(args: &ImportArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let catalog = super::catalog(global)?;
    let options = options(args, global, &catalog, console)?;
    let files = files(&args.paths)?;
    let mut lake = super::open_lake(global, console)?;
    let mut report = Report::default();
    for path in &files {
        let imported = {
            let watch = Watch::begin(console, &path.display().to_string());
            import_file(&mut lake, &catalog, Crosswalk::builtin(), path, &options, &watch)
        };
        report.take(path, imported, global, console)?;
    }
    if let (Some(mapping), true) = (
        &args.mapping,
        report.imported.iter().any(|one| one.outcome == Became::Committed),
    ) {
        keep_mapping(mapping, global, console)?;
    }
    if files.len() > 1 && global.target().is_table() {
        console.tell(&report.summary())?;
    }
    report.write(args, global, console)?;
    Ok(report.outcome(global.strict))
}

/// Keeps the mapping as a card of the observatory's own, so that the licence it names holds for what was imported by it
/// and the next file of its kind is recognised. A card that is there already stays as it is.
fn keep_mapping(mapping: &Path, global: &Global, console: &mut Console) -> Result<(), Failure> {
    let Some(folder) = folder_of(&global.observatory).map(|folder| folder.join("catalog/sources")) else {
        return Ok(());
    };
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Failure::File { path, source }
    };
    let text = std::fs::read_to_string(mapping).map_err(failed(mapping))?;
    let card = read_mapping(&mapping.display().to_string(), &text).map_err(Mistake::from)?;
    let target = folder.join(format!("{}.toml", card.id));
    if target.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
    std::fs::write(&target, text).map_err(failed(&target))?;
    console.tell(&format!("The mapping is kept as {}", target.display()))?;
    Ok(())
}

/// What became of all files.
#[derive(Default)]
struct Report {
    imported: Vec<Imported>,
    failed: u64,
}

impl Report {
    fn take(
        &mut self,
        path: &Path,
        imported: Result<Vec<Imported>, ReadError>,
        global: &Global,
        console: &mut Console,
    ) -> Result<(), Failure> {
        match imported {
            Ok(imported) => {
                for one in &imported {
                    if global.target().is_table() {
                        console.print(&told::file(one, console.paint, console.prose_width()))?;
                    }
                }
                self.imported.extend(imported);
                Ok(())
            }
            // A lake that takes no rows takes those of the next file no better.
            Err(e @ ReadError::Lake(LakeError::DiskFull { .. })) => Err(e.into()),
            Err(ReadError::Mapping(mistake)) => Err(Mistake::from(*mistake).into()),
            Err(e) => {
                self.failed += 1;
                let mark = console.paint.caution("not imported");
                console.warn(&format!("{mark}: {}", told::error(path, &e)))?;
                Ok(())
            }
        }
    }

    fn summary(&self) -> String {
        let count = |became| self.imported.iter().filter(|one| one.outcome == became).count();
        format!(
            "{} imported, {} already there, {} refused, {} not imported.",
            count(Became::Committed),
            count(Became::AlreadyThere),
            count(Became::Refused),
            self.failed
        )
    }

    /// Writes the answer for machines, and the findings where a file for them was named.
    fn write(&self, args: &ImportArgs, global: &Global, console: &mut Console) -> Result<(), Failure> {
        let target = global.target();
        if !target.is_table() {
            target.sheet(console, &sheet(&self.imported))?;
        }
        let Some(file) = &args.findings else { return Ok(()) };
        let target = Target {
            format: Format::of(file).or(Some(Format::Csv)),
            file: Some(file.clone()),
        };
        let all = || self.imported.iter().map(|one| &one.findings);
        let rows = target.sheet(console, &findings_sheet(all().flat_map(Findings::list)))?;
        let found: u64 = all().map(told::number_of_findings).sum();
        let left = match found - rows {
            0 => String::new(),
            more => format!("; {more} more are counted but not kept, as every file has its limit"),
        };
        console.tell(&format!("{rows} findings written to {}{left}", file.display()))?;
        Ok(())
    }

    fn outcome(&self, strict: bool) -> Outcome {
        let refused = self.imported.iter().any(|one| one.outcome == Became::Refused);
        match (self.failed > 0, refused) {
            (true, _) => Outcome::Wrong,
            (false, true) if strict => Outcome::Findings,
            (false, true) => Outcome::Wrong,
            (false, false) => Outcome::Done,
        }
    }
}

fn options<'a>(
    args: &'a ImportArgs,
    global: &Global,
    catalog: &Catalog,
    console: &Console,
) -> Result<ImportOptions<'a>, Failure> {
    let vintage = args.vintage.as_deref();
    Ok(ImportOptions {
        as_: args.as_.as_deref(),
        mapping: args.mapping.as_deref(),
        vintage: vintage.map(|text| vintage_of(text, args, catalog)).transpose()?,
        today: console.today(),
        now: console.now,
        partial: args.partial,
        complete_for: args.complete_for.as_deref().map(places).transpose()?,
        strict: global.strict,
        keep: None,
    })
}

/// A day, or the publisher's name of a release whose day stands on a card.
fn vintage_of(text: &str, args: &ImportArgs, catalog: &Catalog) -> Result<Vintage, Failure> {
    let given = |date: Date, label: Option<&str>| Vintage {
        date,
        label: label.map(str::to_string),
        basis: VintageBasis::Given,
    };
    if let Ok(date) = crate::cli::day(text) {
        return Ok(given(date, None));
    }
    let asked = args.as_.as_deref().and_then(|name| name.split('/').next());
    let cards = || catalog.cards().filter(|card| asked.is_none_or(|id| id == card.id));
    let mut days: Vec<Date> = cards()
        .filter_map(|card| card.vintages.get(text))
        .map(|day| day.0)
        .collect();
    days.sort();
    days.dedup();
    match days.as_slice() {
        [day] => Ok(given(*day, Some(text))),
        [] => Err(Failure::Unknown {
            message: format!("`{text}` is neither a day (YYYY-MM-DD) nor the name of a release on any source's card"),
            advice: nearest_of(text, cards().flat_map(|card| card.vintages.keys().map(String::as_str)))
                .map(|near| format!("did you mean `{near}`?")),
        }),
        _ => Err(Failure::Usage(format!(
            "several sources have a release named `{text}`; say which one with --as CARD"
        ))),
    }
}

/// Places as codes, from codes or names.
fn places(asked: &[String]) -> Result<Vec<String>, Failure> {
    let resolved = asked.iter().map(|text| {
        let unknown = |message: String| Failure::Unknown { message, advice: None };
        match Crosswalk::builtin().resolve(CodeSystem::Any, text.trim(), None) {
            Ok(Resolved::Place(place)) => Ok(place.to_string()),
            Ok(_) => Err(unknown(format!(
                "`{text}` is no single place, so that a file cannot be complete for it"
            ))),
            Err(e) => Err(unknown(e.to_string())),
        }
    });
    resolved.collect()
}

/// The files that were named, and those in the folders that were named and in the folders within them, sorted.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => files.extend(files_in(path)?),
            false => files.push(path.clone()),
        }
    }
    match files.is_empty() {
        true => Err(Failure::Unknown {
            message: "there is no file in the folder".to_string(),
            advice: None,
        }),
        false => Ok(files),
    }
}

/// Hidden files and folders are passed over, texts about data (`*.md`), and the parts of a shapefile, which are read with
/// its `.shp`; so are links to folders, which may lead back.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |source| Failure::File {
        path: folder.to_path_buf(),
        source,
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let about_data = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("md"));
        if !(hidden || about_data && path.is_file() || is_part_of_shapefile(&path)) {
            found.push(path);
        }
    }
    found.sort();
    let mut files = Vec::new();
    for path in found {
        match path.is_dir() {
            true if path.is_symlink() => {}
            true => files.extend(files_in(&path)?),
            false if path.is_file() => files.push(path),
            false => {}
        }
    }
    Ok(files)
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// A row to each file, for machines.
fn sheet(imported: &[Imported]) -> Sheet {
    let columns = vec![
        column("file", Kind::Text),
        column("outcome", Kind::Text),
        column("source", Kind::Text),
        column("layout", Kind::Text),
        column("dataset", Kind::Text),
        column("vintage", Kind::Date),
        column("vintage_label", Kind::Text),
        column("vintage_basis", Kind::Text),
        column("complete_for", Kind::Text),
        column("from", Kind::Date),
        column("to", Kind::Date),
        column("rows_read", Kind::Count),
        column("rows_kept", Kind::Count),
        column("rows_rejected", Kind::Count),
        column("rows_skipped", Kind::Count),
        column("warnings", Kind::Count),
        column("sha256", Kind::Text),
    ];
    Sheet {
        title: "Files imported".to_string(),
        columns,
        rows: imported.iter().map(sheet_row).collect(),
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

fn sheet_row(one: &Imported) -> Vec<Cell> {
    let (coverage, findings) = (&one.coverage, &one.findings);
    let complete_for = match (&coverage.places, coverage.partial) {
        (_, true) => "nothing".to_string(),
        (Some(places), false) => places.join(" "),
        (None, false) => "every place".to_string(),
    };
    vec![
        one.file.as_str().into(),
        told::became(one.outcome).into(),
        one.card.as_str().into(),
        one.layout.as_str().into(),
        one.dataset.as_str().into(),
        one.vintage.date.into(),
        one.vintage.label.clone().into(),
        told::basis(one.vintage.basis).into(),
        complete_for.into(),
        coverage.from.into(),
        coverage.to.into(),
        findings.rows_read.into(),
        findings.rows_kept.into(),
        findings.rows_rejected.into(),
        findings.rows_skipped.into(),
        findings.count(Severity::Warning).into(),
        one.sha256.as_str().into(),
    ]
}

fn findings_sheet<'a>(findings: impl Iterator<Item = &'a Finding>) -> Sheet {
    let names = ["file", "row", "column", "found", "expected", "severity"];
    let kind = |name| if name == "row" { Kind::Count } else { Kind::Text };
    let row = |f: &Finding| -> Vec<Cell> {
        vec![
            f.file.as_str().into(),
            f.row.into(),
            f.column.clone().into(),
            f.found.as_str().into(),
            f.expected.as_str().into(),
            told::severity(f.severity).into(),
        ]
    };
    Sheet {
        title: "Findings".to_string(),
        columns: names.into_iter().map(|name| column(name, kind(name))).collect(),
        rows: findings.map(row).collect(),
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

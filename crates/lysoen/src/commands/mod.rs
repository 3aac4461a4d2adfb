//! A file to each command: it opens the observatory, asks, and hands the answer to [`crate::output`].

pub mod agenda;
pub mod areas;
pub mod assess;
pub mod changes;
pub mod check;
pub mod export;
pub mod fetch;
pub mod forecast;
pub mod impact;
pub mod import;
pub mod index;
pub mod init;
pub mod ladder;
pub mod manual;
pub mod preview;
pub mod query;
pub mod serve;
pub mod snapshot;
pub mod sources;

use lysoen_answers::Observatory;
use lysoen_facts::{Lake, ViewAt};
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::{Findings, Severity};

use crate::caret::Mistake;
use crate::cli::Global;
use crate::console::Console;
use crate::failure::Failure;
use crate::settings::folder_of;
use crate::snapshot::{Created, create};

/// Findings told one by one; the rest is counted.
const FINDINGS_TOLD: usize = 20;

/// Opens the observatory's lake, and creates the observatory from the snapshot where there is none.
fn open_lake(global: &Global, console: &mut Console) -> Result<Lake, Failure> {
    ensure(global, console)?;
    Ok(Lake::open(&global.observatory)?)
}

/// Opens the observatory, and creates it from the snapshot where there is none.
fn open(global: &Global, console: &mut Console) -> Result<Observatory, Failure> {
    ensure(global, console)?;
    Ok(Observatory::open(&global.observatory, console.today())?)
}

/// Creates the observatory where there is none, and says so.
fn ensure(global: &Global, console: &mut Console) -> Result<(), Failure> {
    let created = create(&global.observatory, false)?;
    if created != Created::AlreadyThere {
        console.tell(&init::told(created, &global.observatory))?;
    }
    Ok(())
}

/// The built-in catalog with the observatory's own cards.
fn catalog(global: &Global) -> Result<Catalog, Failure> {
    let folder = folder_of(&global.observatory).map(|folder| folder.join("catalog"));
    Catalog::with_overrides(folder.as_deref()).map_err(|e| Mistake::from(e).into())
}

/// The view that was asked for.
fn view_at(global: &Global, reconstruct: bool) -> ViewAt {
    ViewAt {
        as_of: global.as_of,
        reconstruct,
        ..ViewAt::default()
    }
}

/// Says which sources were left out of what leaves the observatory.
fn tell_kept_back(sources: &[String], console: &mut Console) -> Result<(), Failure> {
    if sources.is_empty() {
        return Ok(());
    }
    let names = sources.join(", ");
    console.tell(&format!(
        "Left out, for their licences do not let them be passed on: {names} (--own-use keeps them, for your own use)"
    ))?;
    Ok(())
}

/// Says how many rows went to the file that was named.
fn tell_written(rows: u64, global: &Global, console: &mut Console) -> Result<(), Failure> {
    if let Some(file) = &global.output {
        let rows = crate::output::grouped(rows as f64);
        console.tell(&format!("{rows} rows written to {}", file.display()))?;
    }
    Ok(())
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
        console.warn(&format!("… and {} more findings", crate::output::grouped(more as f64)))?;
    }
    if wrong > 0 && global.strict {
        console.warn("Nothing was computed, for --strict is given.")?;
    }
    Ok(wrong > 0)
}

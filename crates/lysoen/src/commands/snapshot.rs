//! `snapshot`: rebuilds the world data set that the program carries from the publishers' files.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lysoen_facts::Lake;
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::import::{ImportOptions, Imported, Keep, Outcome as Became, import_file};
use serde::Deserialize;

use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::Watch;

/// Arguments of `snapshot`.
#[derive(Debug, Args)]
pub struct SnapshotArgs {
    /// The folder of the publishers' files.
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
    /// The folder of the snapshot; what it holds is replaced.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// `catalog/snapshot.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    imported_at: Timestamp,
    #[serde(rename = "file")]
    files: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    path: String,
    #[serde(default)]
    keep: Keep,
}

/// Runs `snapshot`.
pub fn run(args: &SnapshotArgs, console: &mut Console) -> Result<Outcome, Failure> {
    let contents: Contents = toml::from_str(include_str!("../../../../catalog/snapshot.toml"))
        .map_err(|e| Failure::Snapshot(format!("catalog/snapshot.toml: {e}")))?;
    let staging = args.to.with_extension(format!("new-{}", std::process::id()));
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Failure::File { path, source }
    };
    let mut lake = Lake::open_or_create(&staging.display().to_string())?;
    for wanted in &contents.files {
        for file in files(&args.from.join(&wanted.path))? {
            let imported = {
                let watch = Watch::begin(console, &file.display().to_string());
                import(&mut lake, &file, &wanted.keep, contents.imported_at, &watch)?
            };
            imported.iter().try_for_each(may_be_embedded)?;
        }
    }
    let manifest = serde_json::to_vec_pretty(lake.manifest()).map_err(|e| Failure::Snapshot(e.to_string()))?;
    let releases = lake.manifest().releases.len();
    drop(lake);
    std::fs::write(staging.join("manifest.json"), manifest).map_err(failed(&staging))?;
    for passing in ["facts/manifests", "facts/staging"] {
        let folder = staging.join(passing);
        std::fs::remove_dir_all(&folder).map_err(failed(&folder))?;
    }
    if args.to.exists() {
        std::fs::remove_dir_all(&args.to).map_err(failed(&args.to))?;
    }
    std::fs::rename(&staging, &args.to).map_err(failed(&args.to))?;
    console.tell(&format!(
        "The snapshot of {releases} releases is in {}",
        args.to.display()
    ))?;
    Ok(Outcome::Done)
}

/// A file, or the files of a folder in the order of their names.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let failed = |source| Failure::File {
        path: path.to_path_buf(),
        source,
    };
    let entries = std::fs::read_dir(path).map_err(failed)?;
    let mut files: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    files.sort();
    Ok(files)
}

fn import(lake: &mut Lake, file: &Path, keep: &Keep, now: Timestamp, watch: &Watch) -> Result<Vec<Imported>, Failure> {
    let options = ImportOptions {
        as_: None,
        mapping: None,
        vintage: None,
        today: now.to_zoned(TimeZone::UTC).date(),
        now,
        partial: false,
        complete_for: None,
        strict: false,
        keep: Some(keep),
    };
    Ok(import_file(
        lake,
        Catalog::builtin(),
        Crosswalk::builtin(),
        file,
        &options,
        watch,
    )?)
}

/// Nothing whose licence forbids it, and nothing that was not read, gets into the program.
fn may_be_embedded(imported: &Imported) -> Result<(), Failure> {
    let allowed = Catalog::builtin()
        .card(&imported.card)
        .is_some_and(|card| card.redistribute);
    match (imported.outcome, allowed) {
        (Became::Committed, true) => Ok(()),
        (_, false) => Err(Failure::Snapshot(format!(
            "{}: the card of {} does not allow it to be redistributed",
            imported.file, imported.card
        ))),
        (became, _) => Err(Failure::Snapshot(format!(
            "{} was not imported: {became:?}",
            imported.file
        ))),
    }
}

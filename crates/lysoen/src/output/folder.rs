//! A report: a folder with a page, its charts and its figures. It gets its name only once all of it is there, and an earlier
//! report goes only then.

use std::fs;
use std::path::{Path, PathBuf};

use lysoen_answers::sheet::Sheet;

use super::{Format, OutputError, Target};
use crate::console::Console;

/// A chart of a report.
pub(super) struct Chart {
    /// The file's name.
    pub(super) file: String,
    /// What it holds.
    pub(super) svg: String,
}

/// What a report holds.
pub(super) struct Report<'a> {
    /// The page's name, by which an earlier report is known.
    pub(super) page: &'static str,
    /// The page.
    pub(super) html: String,
    /// The charts.
    pub(super) charts: Vec<Chart>,
    /// The name of the file of figures, and the figures.
    pub(super) figures: (&'static str, &'a Sheet),
}

/// Refuses a folder that holds anything but an earlier report.
pub(super) fn check(folder: &Path, page: &str) -> Result<(), OutputError> {
    let wrong = |source| OutputError::File {
        path: folder.to_path_buf(),
        source,
    };
    if !folder.exists() {
        return Ok(());
    }
    let empty = fs::read_dir(folder).map_err(wrong)?.next().is_none();
    match empty || folder.join(page).is_file() {
        true => Ok(()),
        false => Err(wrong(std::io::Error::other(
            "the folder holds something else than an earlier report",
        ))),
    }
}

/// Writes a report.
pub(super) fn write(report: &Report<'_>, folder: &Path, console: &mut Console) -> Result<(), OutputError> {
    check(folder, report.page)?;
    let wrong = |source| OutputError::File {
        path: folder.to_path_buf(),
        source,
    };
    let beside = |what: &str| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        folder.with_file_name(format!(".{name}.{what}.{}", std::process::id()))
    };
    let staged = Staged(beside("new"));
    fs::create_dir_all(&staged.0).map_err(wrong)?;
    for chart in &report.charts {
        fs::write(staged.0.join(&chart.file), &chart.svg).map_err(wrong)?;
    }
    fs::write(staged.0.join(report.page), &report.html).map_err(wrong)?;
    let (name, figures) = report.figures;
    let sheet = Target {
        format: Some(Format::Csv),
        file: Some(staged.0.join(name)),
    };
    sheet.sheet(console, figures)?;
    let earlier = Staged(beside("old"));
    if folder.exists() {
        fs::rename(folder, &earlier.0).map_err(wrong)?;
    }
    fs::rename(&staged.0, folder).map_err(wrong)
}

/// A folder under a passing name; removed when dropped.
struct Staged(PathBuf);

impl Drop for Staged {
    fn drop(&mut self) {
        // It is gone already where it was given its name.
        fs::remove_dir_all(&self.0).ok();
    }
}

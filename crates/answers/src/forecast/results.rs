//! Where an observatory keeps what was computed of forecasts: `results/forecasts/`, which can be rebuilt and is never edited by
//! hand.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::AnswerError;
use crate::observatory::Observatory;

/// The folder; none where the observatory is no folder, but at an address.
pub fn folder(observatory: &Observatory) -> Option<PathBuf> {
    let folder = PathBuf::from(observatory.lake.location());
    folder.is_dir().then(|| folder.join("results").join("forecasts"))
}

/// Writes a file that gets its name only once it is whole.
pub(crate) fn write(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), std::io::Error>,
) -> Result<(), AnswerError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staged = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| File::create(&staged))
        .and_then(|mut file| {
            write(&mut file)?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&staged, path));
    written.map_err(|source| {
        std::fs::remove_file(&staged).ok();
        AnswerError::File {
            path: path.to_path_buf(),
            source,
        }
    })
}

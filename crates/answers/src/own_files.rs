//! The files of an observatory's own catalog.

use std::path::{Path, PathBuf};

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot be read: {source}")]
pub(crate) struct Unread {
    /// The file.
    pub(crate) file: String,
    /// What the operating system said.
    pub(crate) source: std::io::Error,
}

/// A file's name and text; none where there is no such file.
pub(crate) fn file(path: &Path) -> Result<Option<(String, String)>, Unread> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((name, text))),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Unread { file: name, source }),
    }
}

/// The TOML files of a folder by name; none where there is no such folder.
pub(crate) fn toml_files(folder: &Path) -> Result<Vec<(String, String)>, Unread> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "toml"));
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        all.extend(file(&path)?);
    }
    Ok(all)
}

//! The files of an observatory's own catalog.

use std::path::{Path, PathBuf};

use lysoen_lexicon::mistake::BrokenFile;

/// A file's name and text; none where there is no such file.
pub(crate) fn file(path: &Path) -> Result<Option<(String, String)>, BrokenFile> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((name, text))),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(BrokenFile::whole(&name, "", format!("cannot be read: {e}"))),
    }
}

/// The TOML files of a folder by name; none where there is no such folder.
pub(crate) fn toml_files(folder: &Path) -> Result<Vec<(String, String)>, BrokenFile> {
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

//! The agenda's catalog as an observatory has it: the built-in elements and instruments, and its own in `catalog/agenda/`.

use std::path::Path;

use lysoen_agenda::Catalog;
use lysoen_lexicon::mistake::BrokenFile;

use crate::own_files::{file, toml_files};

/// The built-in catalog with what stands in a folder `agenda/` of an observatory's own catalog: `elements.toml`, and an
/// instrument a file in `instruments/`.
pub fn catalog(own: Option<&Path>) -> Result<Catalog, BrokenFile> {
    let Some(folder) = own.map(|own| own.join("agenda")).filter(|folder| folder.is_dir()) else {
        return Ok(Catalog::builtin().clone());
    };
    let mut files = toml_files(&folder.join("instruments"))?;
    files.extend(file(&folder.join("elements.toml"))?);
    Catalog::builtin().with_overrides(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

//! The agenda's catalog as an observatory has it: the built-in elements and instruments, and its own in `catalog/agenda/`.

use std::path::Path;

use lysoen_agenda::catalog::{Catalog, CatalogError};
use lysoen_agenda::check::Mistake;

use crate::own_files::{Unread, file, toml_files};

/// The built-in catalog with what stands in a folder `agenda/` of an observatory's own catalog: `elements.toml`, and an
/// instrument a file in `instruments/`.
pub fn catalog(own: Option<&Path>) -> Result<Catalog, CatalogError> {
    let Some(folder) = own.map(|own| own.join("agenda")).filter(|folder| folder.is_dir()) else {
        return Ok(Catalog::builtin().clone());
    };
    let mut files = toml_files(&folder.join("instruments")).map_err(unread)?;
    files.extend(file(&folder.join("elements.toml")).map_err(unread)?);
    Catalog::builtin().with_overrides(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn unread(unread: Unread) -> CatalogError {
    let mistake = Mistake {
        span: None,
        message: unread.to_string(),
        advice: None,
    };
    CatalogError {
        file: unread.file,
        text: String::new(),
        mistakes: vec![mistake],
    }
}

//! The catalog of policies as an observatory has it: what is shipped, and its own in `catalog/policies/`.

use std::path::Path;

use lysoen_impact::catalog::Catalog;
use lysoen_lexicon::mistake::BrokenFile;
use lysoen_measures::Measures;

use crate::own_files::{file, toml_files};

/// The built-in catalog with what stands in a folder `policies/` of an observatory's own catalog, laid out like the one that
/// is shipped: `policies/` and `classes/`, `kinds.toml` and `rules.toml`. Every measure and instrument that is named exists.
pub fn catalog(own: Option<&Path>, measures: &Measures) -> Result<Catalog, BrokenFile> {
    let folder = own.map(|own| own.join("policies")).filter(|folder| folder.is_dir());
    let catalog = match folder {
        None => Catalog::builtin().clone(),
        Some(folder) => {
            let mut files = toml_files(&folder.join("policies"))?;
            files.extend(toml_files(&folder.join("classes"))?);
            files.extend(file(&folder.join("kinds.toml"))?);
            files.extend(file(&folder.join("rules.toml"))?);
            Catalog::builtin().with_overrides(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?
        }
    };
    let agenda = crate::agenda::catalog(own)?;
    let measures: Vec<&str> = measures.list.iter().map(|measure| measure.id.as_str()).collect();
    let instruments: Vec<&str> = agenda.instruments().map(|instrument| instrument.id.as_str()).collect();
    catalog.check_names(&measures, &instruments)?;
    Ok(catalog)
}

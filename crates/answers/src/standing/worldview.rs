//! Whose view of borders the maps follow: the built-in one, or one of the observatory's own.

use lysoen_maps::Worldview;

use crate::error::AnswerError;
use crate::observatory::Observatory;

/// The worldview that comes with the program.
pub const BUILT_IN: &str = "un";

/// A worldview by its id: that of the observatory's own `catalog/worldviews/`, else the built-in one.
pub fn worldview(observatory: &Observatory, id: &str) -> Result<Worldview, AnswerError> {
    let file = observatory
        .own_catalog()
        .map(|folder| folder.join("worldviews").join(format!("{id}.toml")));
    let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let wrong = |why: String| AnswerError::Worldview {
        id: id.to_string(),
        why,
    };
    match file.filter(|file| plain && file.is_file()) {
        Some(file) => {
            let text = std::fs::read_to_string(&file).map_err(|e| wrong(e.to_string()))?;
            Worldview::parse(&text).map_err(|e| wrong(e.to_string()))
        }
        None if id == BUILT_IN => Worldview::built_in().map_err(|e| wrong(e.to_string())),
        None => Err(wrong(format!(
            "there is no such worldview; {BUILT_IN} is built in, and your own is catalog/worldviews/{id}.toml"
        ))),
    }
}

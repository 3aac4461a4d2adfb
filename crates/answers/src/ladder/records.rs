//! The records of triggers: those that an observatory has measured, and those that are shipped.

use std::io::Write;
use std::path::PathBuf;

use lysoen_ladder::catalog::shipped_records;
use lysoen_ladder::trigger::Trigger;

use super::calibrate::KeptRecord;
use crate::error::AnswerError;
use crate::forecast::results;
use crate::observatory::Observatory;
use crate::policy::derived_may_leave;

/// The record of a trigger: the observatory's own, else the shipped one, of this very expression; else why there is none.
pub fn record_of(observatory: &Observatory, trigger: &Trigger) -> Result<KeptRecord, String> {
    let own = path(observatory, &trigger.spec.id).and_then(|path| std::fs::read_to_string(path).ok());
    let shipped = shipped_records()
        .find(|(id, _)| *id == trigger.spec.id)
        .map(|(_, text)| text.to_string());
    let of = |text: String| serde_json::from_str::<KeptRecord>(&text).ok();
    let same = |kept: &KeptRecord| kept.when == trigger.spec.when && kept.version == trigger.spec.version;
    let open = |kept: &KeptRecord| derived_may_leave(&observatory.catalog, &kept.source.id);
    let found = [own, shipped]
        .into_iter()
        .flatten()
        .filter_map(of)
        .find(|kept| same(kept) && open(kept));
    found.ok_or_else(|| match &trigger.spec.event {
        Some(_) => format!(
            "not measured; `lysoen ladder calibrate {}` holds it against the past",
            trigger.spec.id
        ),
        None => "it states no event beforehand, and there are no past readings to hold it against".to_string(),
    })
}

/// Keeps a record in the observatory; gives the file, none where the observatory is no folder.
pub fn keep(observatory: &Observatory, kept: &KeptRecord) -> Result<Option<PathBuf>, AnswerError> {
    let Some(path) = path(observatory, &kept.trigger) else {
        return Ok(None);
    };
    results::write(&path, |file| {
        let mut text = serde_json::to_string_pretty(kept)?;
        text.push('\n');
        file.write_all(text.as_bytes())
    })?;
    Ok(Some(path))
}

fn path(observatory: &Observatory, trigger: &str) -> Option<PathBuf> {
    let folder = results::folder(observatory)?;
    Some(folder.parent()?.join("ladder").join(format!("{trigger}.json")))
}

//! Whether the evidence reaches the floor of an option's tier.

use super::{Situation, Standing};
use crate::option::{Evidence, Standard};
use crate::statement::{Answer, Kind, Statement};

/// The best evidence that is recorded of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// The standard that it meets.
    pub standard: Standard,
    /// Sources independent of each other.
    pub sources: u16,
    /// Who has reviewed it.
    pub reviewed_by: Option<String>,
    /// What says so.
    pub said: String,
}

/// The best of what is recorded, or of the figures where they are past a trigger.
pub(super) fn grounds(situation: &Situation<'_>, standing: &Standing<'_>) -> Option<Grounds> {
    let of = |said: &&Statement| {
        let standard = match said.answer {
            Answer::Pattern => Standard::Pattern,
            Answer::Suspect => Standard::Suspect,
            Answer::Believe => Standard::Believe,
            _ => return None,
        };
        Some(Grounds {
            standard,
            sources: said.independent_sources.unwrap_or(0),
            reviewed_by: said.reviewed_by.clone(),
            said: format!("statement {} of {}", said.id, said.as_of),
        })
    };
    let recorded = standing
        .now
        .iter()
        .filter(|said| said.kind == Kind::Evidence)
        .filter_map(of);
    let best = recorded.max_by(|a, b| {
        (a.standard, a.sources, a.reviewed_by.is_some()).cmp(&(b.standard, b.sources, b.reviewed_by.is_some()))
    });
    best.or_else(|| {
        situation.warned.then(|| Grounds {
            standard: Standard::Pattern,
            sources: 1,
            reviewed_by: None,
            said: "published figures past a trigger".to_string(),
        })
    })
}

/// Why the evidence does not reach the floor, in a few words and in a sentence; nothing where it does.
pub(super) fn below_floor(floor: &Evidence, grounds: Option<&Grounds>) -> Option<(String, String)> {
    let needed = format!(
        "{} from {}{}",
        told(floor.standard),
        sources(floor.independent_sources),
        if floor.reviewed {
            ", reviewed by a second organisation"
        } else {
            ""
        }
    );
    let Some(grounds) = grounds else {
        return Some((
            "evidence not recorded".to_string(),
            format!("No evidence is recorded; it needs {needed}."),
        ));
    };
    let reaches = grounds.standard >= floor.standard
        && grounds.sources >= floor.independent_sources
        && (!floor.reviewed || grounds.reviewed_by.is_some());
    let review = match &grounds.reviewed_by {
        Some(by) => format!(", reviewed by {by}"),
        None => ", not reviewed by a second organisation".to_string(),
    };
    (!reaches).then(|| {
        (
            "evidence below the floor".to_string(),
            format!(
                "It needs {needed}; there is {} from {}{review} ({}).",
                told(grounds.standard),
                sources(grounds.sources),
                grounds.said
            ),
        )
    })
}

/// In words.
fn told(standard: Standard) -> &'static str {
    match standard {
        Standard::Pattern => "a pattern",
        Standard::Suspect => "reasonable grounds to suspect",
        Standard::Believe => "reasonable grounds to believe",
    }
}

fn sources(count: u16) -> String {
    match count {
        0 => "no source that is named".to_string(),
        1 => "1 source".to_string(),
        n => format!("{n} independent sources"),
    }
}

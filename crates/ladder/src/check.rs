//! Reads a file of options or of regions, and says what is wrong with it: where it stands in the file, in a sentence, and what
//! to do.

use std::collections::BTreeSet;

use lysoen_lexicon::mistake::{Checks, Mistake, read};
use lysoen_lexicon::place::PlaceId;

use crate::option::RegionsFile;

mod options;

pub(crate) use options::id_parts;

/// The name in [`crate::option::Regional`] for all places that no other entry names.
pub const ELSEWHERE: &str = "elsewhere";

impl RegionsFile {
    /// Reads a file of regions; all mistakes are told together.
    pub fn parse(text: &str) -> Result<RegionsFile, Vec<Mistake>> {
        let file: RegionsFile = read(text)?;
        let mut checks = Checks::new(text);
        checks.twice("region", file.region.iter().map(|region| region.id.as_str()));
        for (at, region) in file.region.iter().enumerate() {
            let (id, at) = (&region.id, at.to_string());
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if id.is_empty() || !id.chars().all(plain) || id == ELSEWHERE {
                let message = format!(
                    "`{id}` is not a region's id: lower-case letters, digits and hyphens, and not `{ELSEWHERE}`"
                );
                checks.add(
                    &["region", &at, "id"],
                    message,
                    "give it a name such as `african-union`",
                );
            }
            if region.members.is_empty() {
                let message = format!("the region `{id}` has no members");
                checks.add(
                    &["region", &at, "members"],
                    message,
                    "list its countries, such as `KEN`",
                );
            }
            if region.source.trim().is_empty() {
                let message = format!("the region `{id}` does not say who its members are by");
                checks.add(&["region", &at, "source"], message, "say who says so, and as of when");
            }
            let mut seen = BTreeSet::new();
            for (i, member) in region.members.iter().enumerate() {
                let path = ["region", &at, "members", &i.to_string()];
                if let Err(error) = PlaceId::country(member) {
                    checks.add(
                        &path,
                        format!("the region `{id}`: {error}"),
                        "write the country's three letters",
                    );
                }
                if !seen.insert(member) {
                    checks.add(
                        &path,
                        format!("the region `{id}` lists {member} twice"),
                        "leave one out",
                    );
                }
            }
        }
        checks.outcome(file)
    }
}

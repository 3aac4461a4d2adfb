//! Reads a file of options or of regions, and says what is wrong with it: where it stands in the file, in a sentence, and what
//! to do.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use lysoen_lexicon::place::PlaceId;
use serde::de::DeserializeOwned;
use toml::de::DeTable;

use crate::option::RegionsFile;

mod options;

pub(crate) use options::id_parts;

/// The name in [`crate::option::Regional`] for all places that no other entry names.
pub const ELSEWHERE: &str = "elsewhere";

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// Where it stands in the text, in bytes, where that is known.
    pub span: Option<Range<usize>>,
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

/// The known name that is nearest to one that is not known; none where none is near.
pub(crate) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let far = |name: &str| strsim::damerau_levenshtein(&unknown.to_lowercase(), &name.to_lowercase());
    let limit = 2.max(unknown.chars().count() / 3);
    let near = known
        .map(|name| (far(name), name))
        .filter(|(far, _)| *far <= limit)
        .min();
    near.map(|(_, name)| format!("did you mean `{name}`?"))
}

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

/// Reads a file; a key that is not known is told with the nearest one that is.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Mistake>> {
    toml::from_str(text).map_err(|e| {
        let mut names = e.message().split('`').skip(1).step_by(2);
        let unknown = e.message().starts_with("unknown").then(|| names.next()).flatten();
        vec![Mistake {
            span: e.span(),
            message: e.message().to_string(),
            advice: unknown.and_then(|unknown| nearest(unknown, names)),
        }]
    })
}

/// The mistakes found so far, and where things stand in the text.
pub(crate) struct Checks<'t> {
    text: Option<DeTable<'t>>,
    found: Vec<Mistake>,
}

impl<'t> Checks<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text: DeTable::parse(text).ok().map(|t| t.into_inner()),
            found: Vec::new(),
        }
    }

    pub(crate) fn outcome<T>(self, read: T) -> Result<T, Vec<Mistake>> {
        if self.found.is_empty() {
            Ok(read)
        } else {
            Err(self.found)
        }
    }

    pub(crate) fn add(&mut self, path: &[&str], message: String, advice: impl Into<String>) {
        let (span, advice) = (self.span(path), Some(advice.into()));
        self.found.push(Mistake { span, message, advice });
    }

    fn twice<'a>(&mut self, what: &str, ids: impl Iterator<Item = &'a str>) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, id) in ids.enumerate() {
            if let Some(before) = first.insert(id, at) {
                let message = format!(
                    "the {what} `{id}` is given twice, as number {} and {}",
                    before + 1,
                    at + 1
                );
                self.add(&[what, &at.to_string(), "id"], message, "give each an id of its own");
            }
        }
    }

    /// The place of the longest part of a path that the text has.
    fn span(&self, path: &[&str]) -> Option<Range<usize>> {
        let mut table = self.text.as_ref()?;
        let mut span = None;
        let mut keys = path.iter();
        while let Some(key) = keys.next() {
            let Some(mut value) = table.get(*key) else { break };
            span = Some(value.span());
            if let Some(array) = value.get_ref().as_array() {
                let Some(element) = keys.next().and_then(|i| array.get(i.parse::<usize>().ok()?)) else {
                    break;
                };
                value = element;
                span = Some(value.span());
            }
            let Some(inner) = value.get_ref().as_table() else { break };
            table = inner;
        }
        span
    }
}

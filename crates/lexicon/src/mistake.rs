//! Files of the catalog that somebody wrote: what is wrong with one, where it stands, in a sentence, and what to do.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::de::DeTable;

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

/// A file that cannot be used, with all that is wrong with it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {}", mistakes.iter().map(|m| self.with_line(m)).collect::<Vec<_>>().join("; "))]
pub struct BrokenFile {
    /// The file.
    pub file: String,
    /// The file's text, in which the mistakes stand.
    pub text: String,
    /// What is wrong; at least one.
    pub mistakes: Vec<Mistake>,
}

impl BrokenFile {
    /// A file and what is wrong with it.
    pub fn new(file: &str, text: &str, mistakes: Vec<Mistake>) -> BrokenFile {
        BrokenFile {
            file: file.to_string(),
            text: text.to_string(),
            mistakes,
        }
    }

    /// A file of which only one thing can be said.
    pub fn whole(file: &str, text: &str, message: String) -> BrokenFile {
        let mistake = Mistake {
            span: None,
            message,
            advice: None,
        };
        BrokenFile::new(file, text, vec![mistake])
    }

    /// The mistakes, each with file, line and advice: `a.toml, line 3: …; did you mean …?`.
    pub fn told(&self) -> Vec<String> {
        let said = |mistake: &Mistake| {
            let line = self
                .line(mistake)
                .map_or_else(String::new, |line| format!(", line {line}"));
            let advice = mistake
                .advice
                .as_ref()
                .map_or_else(String::new, |advice| format!("; {advice}"));
            format!("{}{line}: {mistake}{advice}", self.file)
        };
        self.mistakes.iter().map(said).collect()
    }

    fn line(&self, mistake: &Mistake) -> Option<usize> {
        let before = self.text.get(..mistake.span.as_ref()?.start)?;
        Some(1 + before.matches('\n').count())
    }

    fn with_line(&self, mistake: &Mistake) -> String {
        self.line(mistake)
            .map_or_else(|| mistake.to_string(), |line| format!("line {line}: {mistake}"))
    }
}

/// Advice for a name that is not known: the nearest that is, where one is near enough to have been meant.
pub fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let far = |name: &str| strsim::damerau_levenshtein(&unknown.to_lowercase(), &name.to_lowercase());
    let limit = 2.max(unknown.chars().count() / 3);
    let near = known
        .map(|name| (far(name), name))
        .filter(|(far, _)| *far <= limit)
        .min();
    near.map(|(_, name)| format!("did you mean `{name}`?"))
}

/// Reads a file of TOML; a key that is not known is told with the nearest one that is.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Mistake>> {
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
#[derive(Debug)]
pub struct Checks<'t> {
    text: Option<DeTable<'t>>,
    found: Vec<Mistake>,
}

impl<'t> Checks<'t> {
    /// No mistake yet in a text.
    pub fn new(text: &'t str) -> Self {
        Self {
            text: DeTable::parse(text).ok().map(toml::Spanned::into_inner),
            found: Vec::new(),
        }
    }

    /// What was read, where nothing is wrong with it.
    pub fn outcome<T>(self, read: T) -> Result<T, Vec<Mistake>> {
        if self.found.is_empty() {
            Ok(read)
        } else {
            Err(self.found)
        }
    }

    /// A mistake at a path of keys and numbers, such as `["duty", "2", "article"]`.
    pub fn add(&mut self, path: &[&str], message: String, advice: impl Into<String>) {
        let span = self.text.as_ref().and_then(|text| span(text, path));
        let advice = Some(advice.into());
        self.found.push(Mistake { span, message, advice });
    }

    /// That no two entries of a list have the same id.
    pub fn twice<'a>(&mut self, what: &str, ids: impl Iterator<Item = &'a str>) {
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
}

/// The place in a text of the longest part of a path that it has.
pub fn span(text: &DeTable<'_>, path: &[&str]) -> Option<Range<usize>> {
    let mut table = text;
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

//! A mistake in a file that the user wrote, shown with a caret under it.

use std::ops::Range;

use lysoen_lexicon::mistake::BrokenFile;
use lysoen_sources::catalog::CatalogError;
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

/// A mistake at a place in a text.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    message: String,
    text: Box<NamedSource<String>>,
    span: Option<Range<usize>>,
    advice: Option<String>,
}

impl Mistake {
    /// A mistake in `file`, whose content is `text`, at `span` in bytes.
    pub fn new(file: &str, text: &str, span: Option<Range<usize>>, message: &str, advice: Option<String>) -> Mistake {
        Mistake {
            message: format!("{file}: {message}"),
            text: Box::new(NamedSource::new(file, text.to_string())),
            span: span.filter(|span| span.end <= text.len()),
            advice,
        }
    }

    /// A mistake found by the TOML reader; an unknown key is told with the nearest known one.
    pub fn in_toml(file: &str, text: &str, error: &toml::de::Error) -> Mistake {
        Mistake::new(file, text, error.span(), error.message(), nearest(error.message()))
    }
}

/// All mistakes of one file.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {}", if list.len() == 1 { "one mistake".to_string() } else { format!("{} mistakes", list.len()) })]
pub struct Mistakes {
    file: String,
    list: Vec<Mistake>,
}

impl From<BrokenFile> for Mistakes {
    fn from(error: BrokenFile) -> Mistakes {
        let shown = |m: &lysoen_lexicon::mistake::Mistake| {
            let advice = m.advice.clone().or_else(|| nearest(&m.message));
            Mistake::new(&error.file, &error.text, m.span.clone(), &m.message, advice)
        };
        Mistakes {
            list: error.mistakes.iter().map(shown).collect(),
            file: error.file,
        }
    }
}

impl Diagnostic for Mistakes {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.list.iter().map(|mistake| mistake as &dyn Diagnostic)))
    }
}

impl From<CatalogError> for Mistake {
    fn from(error: CatalogError) -> Mistake {
        let advice = error.nearest.as_deref().map(did_you_mean);
        Mistake::new(&error.file, &error.text, error.span, &error.message, advice)
    }
}

impl Diagnostic for Mistake {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        let advice = self.advice.as_ref()?;
        Some(Box::new(advice))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.span.as_ref().map(|_| &*self.text as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::underline(span))))
    }
}

fn did_you_mean(known: &str) -> String {
    format!("did you mean `{known}`?")
}

/// Advice out of a message such as "unknown field `a`, expected one of `b`, `c`".
fn nearest(message: &str) -> Option<String> {
    let rest = message
        .strip_prefix("unknown field ")
        .or_else(|| message.strip_prefix("unknown variant "))?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    let known: Vec<&str> = quoted.collect();
    Some(match nearest_of(unknown, known.iter().copied()) {
        Some(near) => did_you_mean(near),
        None => format!("known here: {}", known.join(", ")),
    })
}

/// The known word nearest to an unknown one, if one is near enough to have been meant.
pub fn nearest_of<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let unknown = unknown.to_lowercase();
    let distance = |word: &str| strsim::damerau_levenshtein(&unknown, &word.to_lowercase());
    known
        .map(|word| (distance(word), word))
        .filter(|(far, word)| *far <= 2.max(word.chars().count() / 3))
        .min()
        .map(|(_, word)| word)
}

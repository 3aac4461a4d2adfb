//! What can be wrong with a catalog text.

/// A catalog text that cannot be used. Shown as a sentence; the parser's own message names line and column.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The text is not TOML, or has an unknown or missing key.
    #[error("the catalog text does not have the expected layout: {0}")]
    Layout(#[from] toml::de::Error),
    /// Two entries carry the same id or code where one is allowed.
    #[error("{what} `{id}` stands twice in the catalog; keep one of the two entries")]
    Twice {
        /// The kind of entry, such as "the indicator".
        what: &'static str,
        /// The id that is repeated.
        id: String,
    },
    /// An entry refers to an id that no entry has.
    #[error("{what} `{id}` refers to `{to}`, which no entry of the catalog defines")]
    Dangling {
        /// The kind of entry that refers.
        what: &'static str,
        /// The id of the entry that refers.
        id: String,
        /// The id that is missing.
        to: String,
    },
    /// A code or value is not of the form it must have.
    #[error("{what} `{id}` is not usable: {why}")]
    Value {
        /// The kind of entry.
        what: &'static str,
        /// Its id.
        id: String,
        /// What is wrong and what is expected.
        why: String,
    },
}

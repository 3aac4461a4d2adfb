//! What may leave the observatory: the one point that every export passes.

use jiff::civil::Date;
use lysoen_sources::catalog::Catalog;

use crate::sheet::SourceNote;

/// Whether rows of a source may leave. A source without a card stays: nothing says that it may go.
pub fn rows_may_leave(catalog: &Catalog, source: &str) -> bool {
    catalog.card(source).is_some_and(|card| card.redistribute)
}

/// Whether figures computed from a source may leave. An empty name means that no source is behind the figure.
pub fn derived_may_leave(catalog: &Catalog, source: &str) -> bool {
    source.is_empty() || catalog.card(source).is_some_and(|card| card.derived_may_leave())
}

/// What to say of a source beside figures from it.
pub fn source_note(catalog: &Catalog, source: &str, as_of: Option<Date>) -> SourceNote {
    match catalog.card(source) {
        Some(card) => SourceNote {
            id: card.id.clone(),
            title: format!("{}: {}", card.publisher, card.title),
            licence: card.licence.clone(),
            citation: card.citation.clone(),
            as_of,
        },
        None => SourceNote {
            id: source.to_string(),
            title: format!("{source} (no card)"),
            licence: "unknown".to_string(),
            citation: String::new(),
            as_of,
        },
    }
}

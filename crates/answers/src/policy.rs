//! What may leave the observatory: the one point that every export passes.

use jiff::civil::Date;
use lysoen_facts::ViewAt;
use lysoen_sources::catalog::Catalog;

use crate::observatory::Observatory;
use crate::sheet::SourceNote;

/// The view from which everything is computed that others may see: without sources of which nothing derived may leave.
pub fn public(observatory: &Observatory) -> ViewAt {
    without(observatory, |source| !derived_may_leave(&observatory.catalog, source))
}

/// The view of which rows may be shown to others: without sources whose rows may not leave.
pub fn public_rows(observatory: &Observatory) -> ViewAt {
    without(observatory, |source| !rows_may_leave(&observatory.catalog, source))
}

fn without(observatory: &Observatory, stays: impl Fn(&str) -> bool) -> ViewAt {
    let sources = observatory.lake.sources().into_iter().filter(|source| stays(source));
    ViewAt {
        without: sources.map(str::to_string).collect(),
        ..ViewAt::default()
    }
}

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

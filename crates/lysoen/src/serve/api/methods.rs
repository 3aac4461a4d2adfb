//! How figures are made: the pages of `docs/methods`, as they are in the program.

use axum::response::Response;
use include_dir::{Dir, include_dir};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};
use serde::Serialize;
use utoipa::ToSchema;

use crate::serve::asked::Named;
use crate::serve::form::{JsonOnly, json};
use crate::serve::problem::Problem;

static METHODS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../docs/methods");

/// The pages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Methods {
    /// Each with its title.
    methods: Vec<MethodTitle>,
}

/// A page's title.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MethodTitle {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
}

/// A page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Method {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// Its text, as HTML without scripts.
    html: String,
}

/// The pages on methods.
#[utoipa::path(get, path = "/api/v1/methods", tag = "methods", responses(
    (status = 200, body = Methods), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(_: JsonOnly) -> Response {
    let mut methods: Vec<MethodTitle> = pages()
        .map(|(id, text)| MethodTitle {
            id: id.to_string(),
            title: title(id, text),
        })
        .collect();
    methods.sort_by(|a, b| a.title.cmp(&b.title));
    json(&Methods { methods })
}

/// A page on a method.
#[utoipa::path(get, path = "/api/v1/methods/{method}", tag = "methods", params(("method" = String, Path, description = "A page by its id.")), responses(
    (status = 200, body = Method), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(_: JsonOnly, Named(method): Named<String>) -> Result<Response, Problem> {
    let (id, text) = pages()
        .find(|(id, _)| *id == method)
        .ok_or_else(|| Problem::not_found(format!("there is no page {method}; /api/v1/methods lists them all")))?;
    Ok(json(&Method {
        id: id.to_string(),
        title: title(id, text),
        html: rendered(text),
    }))
}

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    METHODS
        .files()
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
}

fn title(id: &str, text: &str) -> String {
    let head = text.lines().find_map(|line| line.strip_prefix("# "));
    head.unwrap_or(id).trim().replace('`', "")
}

/// The page as HTML: links to other pages of methods lead to them here, and no HTML of the text's own is let through.
fn rendered(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: here(dest_url),
            title,
            id,
        }),
        other => other,
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

/// Where a link of a page leads: `people.md#killed` to the page here. What is outside of the methods is not here.
fn here(link: CowStr<'_>) -> CowStr<'_> {
    match link.split_once(".md") {
        Some((name, anchor)) if !name.contains('/') => format!("/methods/{name}{anchor}").into(),
        _ => link,
    }
}

//! OGC API – Features: places with their boundaries and events, for geographic information systems.
//!
//! Part 1 (Core, GeoJSON, OpenAPI 3.0; OGC 17-069r4) and Part 2 (coordinate reference systems by reference; OGC 18-058r1).
//! Answers are JSON; `f=json` may say so.

mod asked;
mod collections;
mod crs;
mod description;
mod events;
mod feature;
mod places;
mod schema;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use super::App;
use super::asked::{Asked, Named};
use super::form::{Original, json as answer};
use super::hub::Current;
use super::problem::Problem;
use super::tiles::base;
use asked::{ItemsAsked, Pairs, checked};
use collections::Collection;
use crs::Crs;
use feature::{Found, Page};

/// What of the standards is kept.
const CONFORMANCE: [&str; 4] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
];
/// The media type of features.
const GEOJSON: &str = "application/geo+json";
/// The media type of JSON Schema.
const SCHEMA: &str = "application/schema+json";
/// The media type of the description.
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";
/// The header that names the coordinate reference system of an answer.
const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// The addresses of OGC API – Features.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/ogc", get(landing))
        .route("/ogc/", get(landing))
        .route("/ogc/api", get(api))
        .route("/ogc/conformance", get(conformance))
        .route("/ogc/collections", get(list))
        .route("/ogc/collections/{collection}", get(collection))
        .route("/ogc/collections/{collection}/schema", get(schema))
        .route("/ogc/collections/{collection}/queryables", get(queryables))
        .route("/ogc/collections/{collection}/items", get(items))
        .route("/ogc/collections/{collection}/items/{feature}", get(item))
}

/// A link.
fn link(rel: &str, media: &str, href: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": media, "href": href, "title": title })
}

async fn landing(State(app): State<App>, headers: HeaderMap, Asked(query): Asked<Pairs>) -> Result<Response, Problem> {
    checked(&query, &[])?;
    let ogc = format!("{}/ogc", base(&headers));
    let to = |rel: &str, media: &str, path: &str, title: &str| link(rel, media, &format!("{ogc}{path}"), title);
    Ok(answer(&json!({
        "title": app.name,
        "description": "How safe people are: places with their boundaries and figures, and events of harm.",
        "links": [
            to("self", "application/json", "", "This page"),
            to("service-desc", OPENAPI, "/api", "The description of this API"),
            to("conformance", "application/json", "/conformance", "What of the standards is kept"),
            to("data", "application/json", "/collections", "The collections"),
        ],
    })))
}

async fn conformance(Asked(query): Asked<Pairs>) -> Result<Response, Problem> {
    checked(&query, &[])?;
    Ok(answer(&json!({ "conformsTo": CONFORMANCE })))
}

async fn api(State(app): State<App>, headers: HeaderMap, Asked(query): Asked<Pairs>) -> Result<Response, Problem> {
    checked(&query, &[])?;
    let current = app.hub.current()?;
    let description = description::of(&app.name, &Collection::all(&current.standing), &base(&headers));
    Ok(of_media(answer(&description), OPENAPI))
}

async fn list(State(app): State<App>, headers: HeaderMap, Asked(query): Asked<Pairs>) -> Result<Response, Problem> {
    checked(&query, &[])?;
    let current = app.hub.current()?;
    let base = base(&headers);
    let _leave = app.hub.leave().await?;
    let make = move || {
        let all = Collection::all(&current.standing).into_iter();
        let described = all.map(|collection| collections::describe(&current, collection, &base));
        Ok(answer(&json!({
            "links": [link("self", "application/json", &format!("{base}/ogc/collections"), "The collections")],
            "crs": Crs::ALL.map(Crs::uri),
            "collections": described.collect::<Result<Vec<Value>, Problem>>()?,
        })))
    };
    super::off_thread(make).await?
}

async fn collection(
    State(app): State<App>,
    headers: HeaderMap,
    Named(id): Named<String>,
    Asked(query): Asked<Pairs>,
) -> Result<Response, Problem> {
    checked(&query, &[])?;
    let current = app.hub.current()?;
    let collection = Collection::named(&current.standing, &id)?;
    let base = base(&headers);
    let _leave = app.hub.leave().await?;
    let make = move || Ok(answer(&collections::describe(&current, collection, &base)?));
    super::off_thread(make).await?
}

async fn schema(
    State(app): State<App>,
    headers: HeaderMap,
    Named(id): Named<String>,
    Asked(query): Asked<Pairs>,
) -> Result<Response, Problem> {
    checked(&query, &[])?;
    let current = app.hub.current()?;
    let collection = Collection::named(&current.standing, &id)?;
    let told = schema::of(&current.standing, collection, &base(&headers));
    Ok(of_media(answer(&told), SCHEMA))
}

async fn queryables(
    State(app): State<App>,
    headers: HeaderMap,
    Named(id): Named<String>,
    Asked(query): Asked<Pairs>,
) -> Result<Response, Problem> {
    checked(&query, &[])?;
    let current = app.hub.current()?;
    let collection = Collection::named(&current.standing, &id)?;
    let told = schema::queryables(collection, &base(&headers));
    Ok(of_media(answer(&told), SCHEMA))
}

/// An answer with its media type.
fn of_media(mut response: Response, media: &'static str) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

async fn items(
    State(app): State<App>,
    headers: HeaderMap,
    Original(uri): Original,
    Named(id): Named<String>,
    Asked(query): Asked<Pairs>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let collection = Collection::named(&current.standing, &id)?;
    let asked = ItemsAsked::of(&current.standing, collection, &query)?;
    let page = Page {
        base: base(&headers),
        uri,
        collection,
        offset: asked.offset,
    };
    let crs = asked.crs;
    let _leave = app.hub.leave().await?;
    let made = super::off_thread(move || page.of(&found(&current, collection, &asked)?)).await??;
    Ok(geojson(made, crs))
}

async fn item(
    State(app): State<App>,
    headers: HeaderMap,
    Original(uri): Original,
    Named((id, feature)): Named<(String, String)>,
    Asked(query): Asked<Pairs>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let collection = Collection::named(&current.standing, &id)?;
    let asked = ItemsAsked::of_one(&current.standing, collection, &query, feature)?;
    let page = Page {
        base: base(&headers),
        uri,
        collection,
        offset: 0,
    };
    let crs = asked.crs;
    let _leave = app.hub.leave().await?;
    let made = super::off_thread(move || page.one(found(&current, collection, &asked)?)).await??;
    Ok(geojson(made, crs))
}

fn found(current: &Current, collection: Collection, asked: &ItemsAsked) -> Result<Found, Problem> {
    match collection {
        Collection::Places(level) => places::found(&current.standing, level, asked),
        Collection::Events => events::found(&current.standing, asked),
    }
}

fn geojson(body: Vec<u8>, crs: Crs) -> Response {
    let mut response = of_media(body.into_response(), GEOJSON);
    let named = HeaderValue::from_static(crs.in_brackets());
    response.headers_mut().insert(CONTENT_CRS, named);
    response
}

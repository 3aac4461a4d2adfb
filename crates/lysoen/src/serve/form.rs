//! The form in which an answer is given: by the end of the address, else by `Accept`, else JSON.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use lysoen_answers::sheet::{Cell, Sheet};
use serde::Serialize;
use serde_json::{Map, Number, Value};

use super::problem::Problem;
use crate::output::{self, Format};

/// The forms of an answer that has rows, with their media types.
const FORMS: [(Format, &str); 5] = [
    (Format::Json, "application/json"),
    (Format::Csv, "text/csv"),
    (
        Format::Xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (Format::Parquet, "application/vnd.apache.parquet"),
    (Format::Arrow, "application/vnd.apache.arrow.file"),
];

/// A form that an address ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending(Format);

/// The address as it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Original(pub Uri);

impl<S: Send + Sync> FromRequestParts<S> for Original {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Original, Self::Rejection> {
        if let Some(original) = parts.extensions.get::<Original>() {
            return Ok(original.clone());
        }
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, state).await?;
        Ok(Original(uri))
    }
}

/// Takes the ending of a form off an address of the API: `/api/v1/places/UKR.csv` becomes `/api/v1/places/UKR`.
pub(crate) fn ending(uri: &Uri) -> Option<(Uri, Ending)> {
    let path = uri.path().strip_prefix("/api/v1/").map(|_| uri.path())?;
    let (bare, end) = path.rsplit_once('.')?;
    let format = FORMS
        .iter()
        .map(|(format, _)| *format)
        .find(|format| format.as_str() == end)?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some((format!("{bare}{query}").parse().ok()?, Ending(format)))
}

/// The form that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form(pub Format);

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Form, Problem> {
        if let Some(Ending(format)) = parts.extensions.get::<Ending>() {
            return Ok(Form(*format));
        }
        accepted(&parts.headers).map(Form)
    }
}

/// An answer that is JSON and nothing else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonOnly;

impl<S: Send + Sync> FromRequestParts<S> for JsonOnly {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<JsonOnly, Problem> {
        match Form::from_request_parts(parts, state).await? {
            Form(Format::Json) => Ok(JsonOnly),
            Form(other) => Err(Problem::form(format!(
                "this is given as JSON, and not as {}",
                other.as_str()
            ))),
        }
    }
}

/// The first form that the reader takes, in the order of the reader's preference.
fn accepted(headers: &HeaderMap) -> Result<Format, Problem> {
    let Some(accept) = headers.get(header::ACCEPT) else {
        return Ok(Format::Json);
    };
    let accept = accept.to_str().unwrap_or("*/*");
    let mut wanted: Vec<(&str, f32)> = accept.split(',').map(preference).collect();
    wanted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let takes = |range: &str, media: &str| {
        range == "*/*" || range == media || range.strip_suffix("/*").is_some_and(|kind| media.starts_with(kind))
    };
    let known = |(range, weight): &(&str, f32)| {
        let form = FORMS.iter().find(|(_, media)| takes(range, media));
        form.filter(|_| *weight > 0.0).map(|(format, _)| *format)
    };
    // A browser that follows a link asks for a page, and takes anything.
    wanted.iter().find_map(known).ok_or_else(|| {
        let media: Vec<&str> = FORMS.iter().map(|(_, media)| *media).collect();
        Problem::form(format!("this is given as {}", media.join(", ")))
    })
}

fn preference(range: &str) -> (&str, f32) {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let weight = parts
        .find_map(|part| part.strip_prefix("q="))
        .and_then(|q| q.parse().ok());
    (media, weight.unwrap_or(1.0))
}

/// Which rows of a sheet are given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// Rows left out before.
    pub offset: usize,
    /// Rows given; all where none is named.
    pub limit: Option<usize>,
}

impl Page {
    /// All rows.
    pub(crate) const ALL: Page = Page { offset: 0, limit: None };

    /// Keeps the page of a sheet; gives the number of all rows and where the next page begins.
    pub(crate) fn cut(self, sheet: &mut Sheet) -> (usize, Option<usize>) {
        let total = sheet.rows.len();
        let end = self
            .limit
            .map_or(total, |limit| self.offset.saturating_add(limit))
            .min(total);
        let start = self.offset.min(end);
        sheet.rows.truncate(end);
        sheet.rows.drain(..start);
        (total, (end < total).then_some(end))
    }
}

/// A page of a sheet in a form, as a response. `name` is what its file is called; `uri` the address that was asked for.
pub(crate) fn sheet(form: Form, mut sheet: Sheet, page: Page, name: &str, uri: &Uri) -> Result<Response, Problem> {
    let cut = page.cut(&mut sheet);
    page_of(form, &sheet, cut, name, uri)
}

/// A sheet that is one page of several: how many rows there are in all, and where the next page begins.
pub(crate) fn page_of(
    form: Form,
    sheet: &Sheet,
    (total, next): (usize, Option<usize>),
    name: &str,
    uri: &Uri,
) -> Result<Response, Problem> {
    let next = next.map(|offset| with_offset(uri, offset));
    let Form(format) = form;
    let mut response = match format {
        Format::Json => json(&sheet_object(sheet, total, next.as_deref())),
        Format::Csv => {
            let mut body = citation(sheet, uri).into_bytes();
            body.extend(output::bytes(format, sheet)?);
            body.into_response()
        }
        _ => output::bytes(format, sheet)?.into_response(),
    };
    let headers = response.headers_mut();
    let media = FORMS
        .iter()
        .find(|(known, _)| *known == format)
        .map_or("", |(_, media)| *media);
    let media = if format == Format::Csv {
        "text/csv; charset=utf-8; header=present"
    } else {
        media
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    if format != Format::Json {
        let file = format!("attachment; filename=\"{}.{}\"", plain(name), format.as_str());
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&file).map_err(|e| Problem::inside(&e))?,
        );
    }
    if let Some(next) = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()) {
        headers.insert(header::LINK, next);
    }
    Ok(response)
}

/// A name that a header and a file system take.
fn plain(name: &str) -> String {
    let taken = |c: char| {
        if c.is_ascii_alphanumeric() || "-_".contains(c) {
            c
        } else {
            '-'
        }
    };
    name.chars().map(taken).collect()
}

/// The lines above a CSV file's header: what it is, from whom, under which licence, and how to cite it. Each is one cell that
/// opens with `#`, so that a spreadsheet shows it and `comment="#"` skips it.
fn citation(sheet: &Sheet, uri: &Uri) -> String {
    let mut lines = vec![
        sheet.title.clone(),
        format!(
            "Lysoen {}, {}",
            env!("CARGO_PKG_VERSION"),
            uri.path_and_query().map_or("", |p| p.as_str())
        ),
    ];
    lines.extend(sheet.notes.iter().cloned());
    lines.extend(sheet.sources.iter().map(|source| {
        let as_of = source.as_of.map(|day| format!(", as of {day}")).unwrap_or_default();
        format!(
            "Source {}: {}{as_of}. Licence: {}. Cite: {}",
            source.id, source.title, source.licence, source.citation
        )
    }));
    let cell = |line: &String| format!("\"# {}\"\r\n", line.replace('"', "\"\"").replace(['\r', '\n'], " "));
    lines.iter().map(cell).collect()
}

fn sheet_object(sheet: &Sheet, total: usize, next: Option<&str>) -> Value {
    let row = |cells: &Vec<Cell>| {
        let pairs = sheet
            .columns
            .iter()
            .zip(cells)
            .map(|(c, cell)| (c.name.to_string(), value(cell)));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    let mut object = Map::new();
    object.insert("title".to_string(), sheet.title.clone().into());
    object.insert("notes".to_string(), sheet.notes.clone().into());
    object.insert(
        "sources".to_string(),
        serde_json::to_value(&sheet.sources).unwrap_or_default(),
    );
    object.insert("total".to_string(), total.into());
    object.insert("next".to_string(), next.into());
    object.insert("rows".to_string(), sheet.rows.iter().map(row).collect());
    Value::Object(object)
}

/// A cell as JSON has it.
pub(crate) fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::Count(count) => (*count).into(),
        Cell::Number(number) => number_of(*number),
        Cell::Date(date) => date.to_string().into(),
    }
}

/// A number as JSON has it: whole ones without a fraction, as in the other forms.
pub(crate) fn number_of(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 9e15 {
        true => Value::Number((number as i64).into()),
        false => Number::from_f64(number).map_or(Value::Null, Value::Number),
    }
}

/// The address of the page that begins with a row.
pub(crate) fn with_offset(uri: &Uri, offset: usize) -> String {
    let query = uri.query().unwrap_or_default();
    let kept = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "offset");
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    kept.for_each(|(key, value)| {
        pairs.append_pair(&key, &value);
    });
    pairs.append_pair("offset", &offset.to_string());
    format!("{}?{}", uri.path(), pairs.finish())
}

/// An answer as JSON.
pub(crate) fn json<T: Serialize>(answer: &T) -> Response {
    match serde_json::to_vec(answer) {
        Ok(body) => json_bytes(body),
        Err(error) => Problem::inside(&error).into_response(),
    }
}

/// Bytes that are JSON.
pub(crate) fn json_bytes(body: impl IntoResponse) -> Response {
    let media = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media)], body).into_response()
}

//! What a server's answer means.

use std::time::Duration;

use reqwest::header::{CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use super::FetchError;
use super::part::PartOf;

/// What a server's answer means.
pub(super) enum Answer {
    /// The file from its beginning.
    Whole,
    /// The file from where the part ends.
    Rest,
    /// The file is as it was.
    Unchanged,
    /// The part is of no use: it is longer than the file.
    PartTooLong,
}

/// Reads the answer. `had` is the part's length that the server was told.
pub(super) fn read(response: &Response, address: &str, had: Option<u64>) -> Result<Answer, FetchError> {
    let address = || address.to_string();
    let status = response.status();
    match (status, had) {
        (StatusCode::OK, _) if is_page(response) => Err(FetchError::Page { address: address() }),
        (StatusCode::OK, _) => Ok(Answer::Whole),
        (StatusCode::PARTIAL_CONTENT, Some(had)) if range_start(response) == Some(had) => Ok(Answer::Rest),
        (StatusCode::PARTIAL_CONTENT, Some(_)) => Err(FetchError::WrongPart { address: address() }),
        (StatusCode::NOT_MODIFIED, None) => Ok(Answer::Unchanged),
        (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => Ok(Answer::PartTooLong),
        _ => Err(refusal(status, address())),
    }
}

fn refusal(status: StatusCode, address: String) -> FetchError {
    let number = status.as_u16();
    match number {
        408 | 425 | 429 | 500 | 502 | 503 | 504 => FetchError::Busy {
            address,
            status: number,
        },
        404 | 410 => FetchError::Gone {
            address,
            status: number,
        },
        401 | 403 | 407 | 451 => FetchError::Refused {
            address,
            status: number,
        },
        _ => FetchError::Unexpected {
            address,
            status: number,
        },
    }
}

/// Whether the server says that it sends a web page.
fn is_page(response: &Response) -> bool {
    let kind = text(response, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("text/html") || kind.starts_with("application/xhtml")
}

/// Whether the file begins like a web page, whatever the server says.
pub(super) fn begins_like_a_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|text| text.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html")
}

/// What the file is that the server sends.
pub(super) fn part_of(response: &Response, url: &str) -> PartOf {
    PartOf {
        url: url.to_string(),
        etag: text(response, &ETAG),
        last_modified: text(response, &LAST_MODIFIED),
    }
}

/// How long the server asks to wait, in seconds; a date is not read.
pub(super) fn asked_to_wait(response: &Response) -> Option<Duration> {
    text(response, &RETRY_AFTER)?.parse().ok().map(Duration::from_secs)
}

/// `bytes 1000-1999/2000` begins at 1000.
fn range_start(response: &Response) -> Option<u64> {
    let range = text(response, &CONTENT_RANGE)?;
    range.strip_prefix("bytes ")?.split('-').next()?.trim().parse().ok()
}

fn text(response: &Response, name: &HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_string())
}

//! One attempt to get a file.

use std::fs::File;
use std::io::Write;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT_ENCODING, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE};
use reqwest::{Client, RequestBuilder, Response, redirect};

use super::answer::{self, Answer};
use super::part::{self, PartOf};
use super::{Downloaded, FetchError, Fetched, Patience, Progress, Wanted, checksum};

/// Why an attempt failed.
pub(super) struct Failure {
    pub(super) error: FetchError,
    /// What the server asked for.
    pub(super) asked_to_wait: Option<Duration>,
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Failure {
        Failure {
            error,
            asked_to_wait: None,
        }
    }
}

/// The client; it takes proxies from the environment.
pub(super) fn client(patience: &Patience) -> Result<Client, FetchError> {
    const CONNECT: Duration = Duration::from_secs(20);
    const MOST_REDIRECTS: usize = 10;
    let redirects = redirect::Policy::custom(|attempt| {
        let from = attempt.previous().last().map_or("", |url| url.scheme());
        if attempt.previous().len() > MOST_REDIRECTS {
            attempt.error(format!("more than {MOST_REDIRECTS} times"))
        } else if from == "https" && attempt.url().scheme() != "https" {
            attempt.error("from https to an address without encryption")
        } else {
            attempt.follow()
        }
    });
    Client::builder()
        .user_agent(concat!("lysoen/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT.min(patience.silence))
        .read_timeout(patience.silence)
        .redirect(redirects)
        .build()
        .map_err(|e| FetchError::Setup { reason: reason(&e) })
}

/// Asks for the file, or for what is missing of it, and writes what comes.
pub(super) async fn attempt(
    client: &Client,
    wanted: &Wanted<'_>,
    patience: &Patience,
    progress: &dyn Progress,
) -> Result<Downloaded, Failure> {
    let url = wanted.url.as_str();
    let part = part::to_go_on_with(wanted.target, url);
    let known = if part.is_none() { unchanged_on_disk(wanted)? } else { None };
    let request = ask(client, wanted, part.as_ref(), known.as_ref());
    let response = request.send().await.map_err(|e| not_reached(wanted, &e))?;
    let had = part.as_ref().map(|(_, length)| *length);
    let answered = answer::read(&response, url, had).map_err(|error| Failure {
        asked_to_wait: answer::asked_to_wait(&response),
        error,
    });
    if matches!(&answered, Err(failure) if matches!(failure.error, FetchError::WrongPart { .. })) {
        part::drop_part(wanted.target).map_err(|e| FetchError::disk(wanted.target, e))?;
    }
    match (answered?, known) {
        (Answer::Unchanged, Some(known)) => Ok(Downloaded {
            path: wanted.target.to_path_buf(),
            sha256: known.sha256,
            bytes: known.bytes,
            resumed_from: None,
            unchanged: true,
        }),
        (Answer::Unchanged, None) => Err(FetchError::Unexpected {
            address: url.to_string(),
            status: response.status().as_u16(),
        }
        .into()),
        (Answer::PartTooLong, _) => {
            part::drop_part(wanted.target).map_err(|e| FetchError::disk(wanted.target, e))?;
            Err(FetchError::WrongPart {
                address: url.to_string(),
            }
            .into())
        }
        (Answer::Rest, _) => {
            let file = part::go_on(wanted.target).map_err(|e| FetchError::disk(wanted.target, e))?;
            let of = part.map_or_else(|| answer::part_of(&response, url), |(of, _)| of);
            receive(response, file, had, &of, wanted, patience, progress).await
        }
        (Answer::Whole, _) => {
            let of = answer::part_of(&response, url);
            let file = part::begin(wanted.target, &of).map_err(|e| FetchError::disk(wanted.target, e))?;
            receive(response, file, None, &of, wanted, patience, progress).await
        }
    }
}

/// What is known of the file on the disk, if it is still the one that was fetched and the one that is wanted.
fn unchanged_on_disk(wanted: &Wanted<'_>) -> Result<Option<Fetched>, FetchError> {
    let Some(fetched) = part::fetched(wanted.target, wanted.url.as_str()) else {
        return Ok(None);
    };
    if !wanted.target.is_file() {
        return Ok(None);
    }
    let (sha256, _) = checksum(wanted.target).map_err(|e| FetchError::disk(wanted.target, e))?;
    let same = sha256 == fetched.sha256 && wanted.sha256.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&sha256));
    Ok(same.then_some(fetched))
}

fn ask(
    client: &Client,
    wanted: &Wanted<'_>,
    part: Option<&(PartOf, u64)>,
    known: Option<&Fetched>,
) -> RequestBuilder {
    // Bytes are counted as they lie at the publisher's, so that they must not be packed for the way.
    let mut request = client.get(wanted.url.clone()).header(ACCEPT_ENCODING, "identity");
    if let Some((of, length)) = part {
        request = request.header(RANGE, format!("bytes={length}-"));
        if let Some(validator) = of.validator() {
            request = request.header(IF_RANGE, validator);
        }
    }
    if let Some(known) = known {
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(time) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, time);
        }
    }
    request
}

/// Writes what comes, and gives it its name when it is whole.
async fn receive(
    mut response: Response,
    mut file: File,
    had: Option<u64>,
    of: &PartOf,
    wanted: &Wanted<'_>,
    patience: &Patience,
    progress: &dyn Progress,
) -> Result<Downloaded, Failure> {
    let too_large = || FetchError::TooLarge {
        address: wanted.url.to_string(),
        most: patience.most_bytes,
    };
    let disk = |e| FetchError::disk(wanted.target, e);
    let mut done = had.unwrap_or(0);
    let total = response.content_length().map(|rest| rest.saturating_add(done));
    if total.is_some_and(|total| total > patience.most_bytes) {
        drop(file);
        part::drop_part(wanted.target).map_err(disk)?;
        return Err(too_large().into());
    }
    progress.bytes(done, total);
    loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            Err(e) => {
                let error = FetchError::BrokenOff {
                    host: host(wanted),
                    bytes: done,
                    reason: reason(&e),
                };
                return Err(error.into());
            }
        };
        let unwanted = match done {
            0 if answer::begins_like_a_page(&chunk) => Some(FetchError::Page {
                address: wanted.url.to_string(),
            }),
            _ if done + chunk.len() as u64 > patience.most_bytes => Some(too_large()),
            _ => None,
        };
        if let Some(error) = unwanted {
            part::drop_part(wanted.target).map_err(disk)?;
            return Err(error.into());
        }
        file.write_all(&chunk).map_err(disk)?;
        done += chunk.len() as u64;
        progress.bytes(done, total);
    }
    file.sync_all().map_err(disk)?;
    drop(file);
    Ok(finish(had, of, wanted)?)
}

/// Checks the whole file and gives it its name.
fn finish(had: Option<u64>, of: &PartOf, wanted: &Wanted<'_>) -> Result<Downloaded, FetchError> {
    let disk = |e| FetchError::disk(wanted.target, e);
    let (sha256, bytes) = checksum(&part::path(wanted.target)).map_err(disk)?;
    if let Some(expected) = wanted.sha256.filter(|expected| !expected.eq_ignore_ascii_case(&sha256)) {
        part::drop_part(wanted.target).map_err(disk)?;
        return Err(FetchError::Checksum {
            address: wanted.url.to_string(),
            found: sha256,
            expected: expected.to_string(),
        });
    }
    let fetched = Fetched {
        url: wanted.url.to_string(),
        etag: of.etag.clone(),
        last_modified: of.last_modified.clone(),
        sha256: sha256.clone(),
        bytes,
        at: Timestamp::now(),
    };
    part::complete(wanted.target, &fetched).map_err(disk)?;
    Ok(Downloaded {
        path: wanted.target.to_path_buf(),
        sha256,
        bytes,
        resumed_from: had,
        unchanged: false,
    })
}

fn host(wanted: &Wanted<'_>) -> String {
    wanted.url.host_str().unwrap_or_default().to_string()
}

/// The request got no answer.
fn not_reached(wanted: &Wanted<'_>, error: &reqwest::Error) -> Failure {
    let reason = reason(error);
    if error.is_redirect() {
        let address = wanted.url.to_string();
        return FetchError::Redirect { address, reason }.into();
    }
    FetchError::Unreachable {
        host: host(wanted),
        reason,
    }
    .into()
}

/// The innermost cause, which is what tells something: the others say that a request failed.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

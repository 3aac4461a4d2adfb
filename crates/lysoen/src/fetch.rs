//! Downloads a publisher's file: only when asked to, resumed where it broke off, checked, and in place only when whole.
//!
//! While a file comes in, it lies as `NAME.part` beside `NAME.part.json`, which says what it is part of. When it is whole
//! it gets its name, and `NAME.fetched.json` keeps what the server said of it, so that the next fetch can ask whether it
//! has changed. Nothing here knows what the file holds; [`lysoen_sources::import`] does.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use lysoen_facts::hex;
use reqwest::Url;

mod answer;
mod error;
mod part;
mod transfer;

pub use error::FetchError;

/// A file that is to be downloaded.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Where it lies; http or https.
    pub url: &'a Url,
    /// Where it is to lie.
    pub target: &'a Path,
    /// SHA-256 in hexadecimal, where the publisher gives one.
    pub sha256: Option<&'a str>,
}

/// How much patience and disk a download may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often in a row it may fail without one more byte having come.
    pub attempts: u32,
    /// Wait after the first failure; it doubles with each further one.
    pub wait: Duration,
    /// How long the server may be silent.
    pub silence: Duration,
    /// Largest file taken, in bytes.
    pub most_bytes: u64,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            attempts: 4,
            wait: Duration::from_secs(1),
            silence: Duration::from_secs(60),
            // The largest file among the cards is a few hundred megabytes; a hundred times that is a mistake.
            most_bytes: 20 << 30,
        }
    }
}

/// Is told how a download goes.
pub trait Progress {
    /// Bytes of the file that lie on the disk, of all if that is known.
    fn bytes(&self, done: u64, total: Option<u64>);
    /// Something that the user may want to know meanwhile.
    fn message(&self, text: &str);
}

/// A file that lies where it was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// Where it lies.
    pub path: PathBuf,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// How many bytes were there already when the download last went on; none where it began anew.
    pub resumed_from: Option<u64>,
    /// Whether it was there before, and the publisher says that it has not changed since.
    pub unchanged: bool,
}

/// Downloads a file.
///
/// Proxies are taken from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`. A transfer that broke off, now or in
/// an earlier run, goes on where it stopped if the server can tell that the file is still the same, and begins anew if not.
/// A file of another checksum than the one wanted, a web page in its place, and a part of a file never get its name.
///
/// # Errors
/// If the file cannot be had, or is not what was wanted; the sentence says what to do.
pub fn download(wanted: &Wanted<'_>, patience: &Patience, progress: &dyn Progress) -> Result<Downloaded, FetchError> {
    if !matches!(wanted.url.scheme(), "http" | "https") {
        return Err(FetchError::Address {
            address: wanted.url.to_string(),
        });
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| FetchError::disk(wanted.target, source))?;
    runtime.block_on(persist(wanted, patience, progress))
}

/// Tries again while that makes sense.
async fn persist(
    wanted: &Wanted<'_>,
    patience: &Patience,
    progress: &dyn Progress,
) -> Result<Downloaded, FetchError> {
    let client = transfer::client(patience)?;
    let mut failures = 0;
    let mut furthest = part::length(wanted.target);
    loop {
        let failure = match transfer::attempt(&client, wanted, patience, progress).await {
            Ok(downloaded) => return Ok(downloaded),
            Err(failure) => failure,
        };
        let reached = part::length(wanted.target);
        failures = if reached > furthest { 1 } else { failures + 1 };
        furthest = reached.max(furthest);
        if !failure.error.is_passing() || failures >= patience.attempts {
            return Err(failure.error);
        }
        // A server that asks for a longer pause gets it, up to a minute.
        const LONGEST: Duration = Duration::from_secs(60);
        let doubled = patience.wait.saturating_mul(1 << (failures - 1).min(10));
        let wait = failure.asked_to_wait.unwrap_or(doubled).min(LONGEST);
        progress.message(&format!(
            "{}; trying again in {} s ({} of {} attempts)",
            failure.error,
            wait.as_secs_f64().ceil(),
            failures + 1,
            patience.attempts
        ));
        tokio::time::sleep(wait).await;
    }
}

/// What the server said of a file that lies whole on the disk.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Fetched {
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
    sha256: String,
    bytes: u64,
    at: Timestamp,
}

/// SHA-256 and size of a file.
fn checksum(path: &Path) -> std::io::Result<(String, u64)> {
    use sha2::{Digest, Sha256};
    let mut file = std::fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let bytes = std::io::copy(&mut file, &mut hasher)?;
    Ok((hex(&hasher.finalize()), bytes))
}

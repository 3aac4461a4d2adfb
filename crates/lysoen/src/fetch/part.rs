//! What lies beside a file while it comes in and after it has come.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Fetched;

/// What a part is part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartOf {
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl PartOf {
    /// What tells the server which file the part is of: a strong ETag, else the time of change. Without either a part
    /// cannot be gone on with, because the rest may be of another file.
    pub(super) fn validator(&self) -> Option<&str> {
        let strong = self.etag.as_deref().filter(|etag| !etag.starts_with("W/"));
        strong.or(self.last_modified.as_deref())
    }
}

fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(ending);
    target.with_file_name(name)
}

/// Where the file lies while it comes in.
pub(super) fn path(target: &Path) -> PathBuf {
    beside(target, ".part")
}

fn record_path(target: &Path) -> PathBuf {
    beside(target, ".part.json")
}

fn fetched_path(target: &Path) -> PathBuf {
    beside(target, ".fetched.json")
}

/// How many bytes have come so far.
pub(super) fn length(target: &Path) -> u64 {
    fs::metadata(path(target)).map_or(0, |part| part.len())
}

/// The part that a download can go on with, and its length; none where there is none of this address.
pub(super) fn to_go_on_with(target: &Path, url: &str) -> Option<(PartOf, u64)> {
    let part: PartOf = read(&record_path(target))?;
    let length = length(target);
    (part.url == url && part.validator().is_some() && length > 0).then_some((part, length))
}

/// Begins a part anew.
pub(super) fn begin(target: &Path, part: &PartOf) -> io::Result<File> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    // First the old bytes go: a record must never stand beside bytes of something else.
    let file = File::create(path(target))?;
    write(&record_path(target), part)?;
    Ok(file)
}

/// Goes on with a part.
pub(super) fn go_on(target: &Path) -> io::Result<File> {
    File::options().append(true).open(path(target))
}

/// Forgets a part.
pub(super) fn drop_part(target: &Path) -> io::Result<()> {
    for path in [path(target), record_path(target)] {
        match fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

/// Gives the part, which is whole, the file's name, and keeps what the server said of it.
pub(super) fn complete(target: &Path, fetched: &Fetched) -> io::Result<()> {
    // A record of the file before would be wrong between the two steps.
    match fs::remove_file(fetched_path(target)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    fs::rename(path(target), target)?;
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    write(&fetched_path(target), fetched)?;
    drop_part(target)
}

/// What the server said of the file when it was fetched; none unless it came from this address.
pub(super) fn fetched(target: &Path, url: &str) -> Option<Fetched> {
    read(&fetched_path(target)).filter(|fetched: &Fetched| fetched.url == url)
}

/// A record that cannot be read is as good as none: the download then begins anew.
fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn write(path: &Path, record: &impl Serialize) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(&serde_json::to_vec_pretty(record)?)?;
    file.sync_all()
}

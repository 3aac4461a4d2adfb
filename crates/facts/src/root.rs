//! Where a lake lives: a folder, or an object store that is addressed by URL.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::TryStreamExt;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use url::Url;

use crate::error::LakeError;

/// The place of a lake.
#[derive(Clone, Debug)]
pub(crate) enum Root {
    /// A folder.
    Folder(PathBuf),
    /// A prefix in an object store.
    Store {
        url: Url,
        store: Arc<dyn ObjectStore>,
        prefix: Key,
    },
}

/// The settings of an object store in the environment. Only names that begin with `AWS_`: the store would take other
/// variables, such as `TOKEN`, for its own.
fn settings() -> impl Iterator<Item = (String, String)> {
    std::env::vars().filter(|(name, _)| name.starts_with("AWS_"))
}

/// What became of an attempt to create an object that must not exist yet.
pub(crate) enum Created {
    Yes,
    AlreadyThere,
}

impl Root {
    /// A folder, or an address such as `s3://bucket/prefix`; its settings come from the environment (`AWS_…`).
    pub(crate) fn parse(location: &str) -> Result<Root, LakeError> {
        let bad = |reason: String| LakeError::Location {
            location: location.to_string(),
            reason,
        };
        match Url::parse(location) {
            Ok(url) if url.scheme() == "file" => {
                let path = url
                    .to_file_path()
                    .map_err(|()| bad("the file address names no folder".into()))?;
                Root::folder(&path)
            }
            Ok(url) if url.scheme().len() > 1 => {
                let (store, prefix) = object_store::parse_url_opts(&url, settings()).map_err(|e| bad(e.to_string()))?;
                Ok(Root::Store {
                    url,
                    store: Arc::from(store),
                    prefix,
                })
            }
            _ => Root::folder(Path::new(location)),
        }
    }

    fn folder(path: &Path) -> Result<Root, LakeError> {
        std::path::absolute(path)
            .map(Root::Folder)
            .map_err(|e| LakeError::io(path.display(), "found", e))
    }

    pub(crate) fn describe(&self) -> String {
        match self {
            Root::Folder(path) => path.display().to_string(),
            Root::Store { url, .. } => url.to_string(),
        }
    }

    /// The address of `key` as the query engine wants it.
    pub(crate) fn address(&self, key: &str) -> String {
        match self {
            Root::Folder(path) => path.join(key).display().to_string(),
            Root::Store { url, .. } => format!("{}/{key}", url.as_str().trim_end_matches('/')),
        }
    }

    fn store_key(prefix: &Key, key: &str) -> Key {
        key.split('/').fold(prefix.clone(), |path, part| path.join(part))
    }

    /// The names of the objects directly below `folder`; none where it does not exist.
    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<String>, LakeError> {
        match self {
            Root::Folder(path) => {
                let dir = path.join(folder);
                let entries = match std::fs::read_dir(&dir) {
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
                    other => other.map_err(|e| LakeError::io(dir.display(), "read", e))?,
                };
                let names = entries.map(|entry| entry.map(|e| e.file_name().to_string_lossy().into_owned()));
                names
                    .collect::<Result<_, _>>()
                    .map_err(|e| LakeError::io(dir.display(), "read", e))
            }
            Root::Store { store, prefix, .. } => {
                let listed: Vec<_> = store
                    .list(Some(&Root::store_key(prefix, folder)))
                    .try_collect()
                    .await
                    .map_err(|source| LakeError::Store {
                        location: self.address(folder),
                        source,
                    })?;
                Ok(listed
                    .iter()
                    .filter_map(|m| m.location.filename().map(str::to_string))
                    .collect())
            }
        }
    }

    pub(crate) async fn read(&self, key: &str) -> Result<Vec<u8>, LakeError> {
        match self {
            Root::Folder(path) => {
                let file = path.join(key);
                std::fs::read(&file).map_err(|e| LakeError::io(file.display(), "read", e))
            }
            Root::Store { store, prefix, .. } => {
                let failed = |source| LakeError::Store {
                    location: self.address(key),
                    source,
                };
                let object = store.get(&Root::store_key(prefix, key)).await.map_err(failed)?;
                Ok(object.bytes().await.map_err(failed)?.to_vec())
            }
        }
    }

    /// Writes `key` unless it exists; on return it is on the disk, and its folder knows of it.
    pub(crate) async fn create(&self, key: &str, bytes: Vec<u8>) -> Result<Created, LakeError> {
        match self {
            Root::Folder(path) => create_file(&path.join(key), &bytes),
            Root::Store { store, prefix, .. } => {
                let options = PutOptions {
                    mode: PutMode::Create,
                    ..PutOptions::default()
                };
                match store
                    .put_opts(&Root::store_key(prefix, key), PutPayload::from(bytes), options)
                    .await
                {
                    Ok(_) => Ok(Created::Yes),
                    Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => {
                        Ok(Created::AlreadyThere)
                    }
                    Err(source) => Err(LakeError::Store {
                        location: self.address(key),
                        source,
                    }),
                }
            }
        }
    }

    /// Where files are written before they have their name; in a folder the same disk, so that a rename moves them.
    pub(crate) fn staging(&self) -> Result<PathBuf, LakeError> {
        let dir = match self {
            Root::Folder(path) => path.join("facts/staging"),
            Root::Store { .. } => std::env::temp_dir().join("lysoen-staging"),
        };
        std::fs::create_dir_all(&dir).map_err(|e| LakeError::io(dir.display(), "created", e))?;
        sweep(&dir);
        Ok(dir)
    }

    /// Moves a finished file to `key`. A file already there has the same rows, for its name holds their hash.
    pub(crate) async fn adopt(&self, file: &Path, key: &str) -> Result<(), LakeError> {
        match self {
            Root::Folder(path) => {
                let target = path.join(key);
                let folder = target.parent().unwrap_or(path);
                std::fs::create_dir_all(folder).map_err(|e| LakeError::io(folder.display(), "created", e))?;
                std::fs::rename(file, &target).map_err(|e| LakeError::io(target.display(), "written", e))?;
                sync_folder(folder)
            }
            Root::Store { store, prefix, .. } => {
                let io = |e| LakeError::io(file.display(), "read", e);
                let mut upload = object_store::buffered::BufWriter::new(store.clone(), Root::store_key(prefix, key));
                let mut input = tokio::fs::File::open(file).await.map_err(io)?;
                tokio::io::copy(&mut input, &mut upload).await.map_err(io)?;
                tokio::io::AsyncWriteExt::shutdown(&mut upload).await.map_err(io)?;
                std::fs::remove_file(file).map_err(io)
            }
        }
    }
}

fn create_file(target: &Path, bytes: &[u8]) -> Result<Created, LakeError> {
    use std::io::Write;
    let folder = target.parent().unwrap_or(Path::new("."));
    let failed = |e| LakeError::io(target.display(), "written", e);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let staged = folder.join(format!(
        ".{}-{}",
        staging_name(),
        target.file_name().unwrap_or_default().display()
    ));
    let mut file = std::fs::File::create(&staged).map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| std::fs::hard_link(&staged, target));
    std::fs::remove_file(&staged).map_err(failed)?;
    match linked {
        Ok(()) => sync_folder(folder).map(|()| Created::Yes),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(Created::AlreadyThere),
        Err(e) => Err(failed(e)),
    }
}

/// Removes what killed writers have left: files that nobody has written to for longer than any import takes.
fn sweep(staging: &Path) {
    const ABANDONED: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 60 * 60);
    let untouched = |entry: &std::fs::DirEntry| {
        let modified = entry
            .metadata()
            .ok()
            .filter(std::fs::Metadata::is_file)?
            .modified()
            .ok()?;
        modified.elapsed().ok()
    };
    let entries = std::fs::read_dir(staging).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| untouched(entry).is_some_and(|age| age > ABANDONED)) {
        // What cannot be removed takes room and does no other harm: no manifest names it.
        std::fs::remove_file(entry.path()).ok();
    }
}

/// A name that no other writer uses at the same time, in this process or another.
pub(crate) fn staging_name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// A new name in a folder survives a power cut only once the folder itself is on the disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), LakeError> {
    if cfg!(unix) {
        let synced = std::fs::File::open(folder).and_then(|dir| dir.sync_all());
        synced.map_err(|e| LakeError::io(folder.display(), "written", e))?;
    }
    Ok(())
}

//! Opening a lake, committing releases to it, and taking a view of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::runtime::Runtime;

use crate::error::LakeError;
use crate::manifest::{FORMAT, Manifest, Release};
use crate::release::{ReleaseWriter, StagedRelease};
use crate::root::{Created, Root};
use crate::tables::{Origin, Table};
use crate::view::{View, ViewAt};

const MANIFESTS: &str = "facts/manifests";
/// How often a commit starts anew when others keep committing first.
const ATTEMPTS: u32 = 100;

/// An observatory's facts.
///
/// Calls block; a server calls them from a thread that may.
#[derive(Debug)]
pub struct Lake {
    root: Root,
    runtime: Arc<Runtime>,
    manifest: Arc<Manifest>,
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The number of the manifest that holds the releases; of the current one where nothing was new.
    pub manifest: u64,
    /// The releases added, by id.
    pub added: Vec<u64>,
}

impl Lake {
    /// Opens the lake at `location`, a folder or an address such as `s3://bucket/prefix`.
    pub fn open(location: &str) -> Result<Lake, LakeError> {
        let lake = Lake::at(Root::parse(location)?)?;
        if lake.manifest.format == 0 {
            return Err(LakeError::Absent {
                location: lake.root.describe(),
            });
        }
        Ok(lake)
    }

    /// Whether a lake has been created at `location`.
    pub fn exists(location: &str) -> Result<bool, LakeError> {
        Ok(Lake::at(Root::parse(location)?)?.manifest.format > 0)
    }

    /// Opens the lake at `location`, and creates an empty one where there is none.
    pub fn open_or_create(location: &str) -> Result<Lake, LakeError> {
        let mut lake = Lake::at(Root::parse(location)?)?;
        if lake.manifest.format == 0 {
            let empty = Manifest {
                format: FORMAT,
                ..Manifest::default()
            };
            lake.runtime.block_on(create(&lake.root, &empty))?;
            lake.refresh()?;
        }
        Ok(lake)
    }

    fn at(root: Root) -> Result<Lake, LakeError> {
        let runtime = runtime(&root)?;
        let manifest = runtime.block_on(latest(&root))?;
        Ok(Lake {
            root,
            runtime: Arc::new(runtime),
            manifest: Arc::new(manifest),
        })
    }

    /// The folder or address of the lake.
    pub fn location(&self) -> String {
        self.root.describe()
    }

    /// What is committed, as of opening or of the last commit or refresh.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Takes note of what others have committed since.
    pub fn refresh(&mut self) -> Result<(), LakeError> {
        self.manifest = Arc::new(self.runtime.block_on(latest(&self.root))?);
        Ok(())
    }

    /// Whether this very file has been imported by this very reader.
    pub fn has_import(&self, sha256: &str, reader: &str) -> bool {
        holds(&self.manifest, sha256, reader)
    }

    /// Begins a release.
    pub fn begin(&self, origin: Origin) -> Result<ReleaseWriter, LakeError> {
        Ok(ReleaseWriter::new(origin, self.root.staging()?))
    }

    /// Commits releases together: after an interruption either all of them are in the lake or none is.
    ///
    /// Releases whose file and reader the lake knows already are left out.
    pub fn commit(&mut self, staged: Vec<StagedRelease>, now: Timestamp) -> Result<Committed, LakeError> {
        let runtime = self.runtime.clone();
        runtime.block_on(self.commit_all(staged, now))
    }

    async fn commit_all(&mut self, staged: Vec<StagedRelease>, now: Timestamp) -> Result<Committed, LakeError> {
        let mut adopted = Vec::new();
        for release in staged {
            for (file, path) in &release.files {
                self.root.adopt(path.path(), &file.path).await?;
            }
            adopted.push(release);
        }
        for _ in 0..ATTEMPTS {
            let mut next = latest(&self.root).await?;
            next.format = FORMAT;
            let mut added = Vec::new();
            for release in &adopted {
                if holds(&next, &release.meta.input.sha256, &release.meta.reader) {
                    continue;
                }
                let id = next.releases.last().map_or(0, |r| r.id) + 1;
                next.releases.push(record(release, id, now));
                added.push(id);
            }
            if added.is_empty() {
                self.manifest = Arc::new(next);
                return Ok(Committed {
                    manifest: self.manifest.number,
                    added,
                });
            }
            next.number += 1;
            if let Created::Yes = create(&self.root, &next).await? {
                self.manifest = Arc::new(next);
                return Ok(Committed {
                    manifest: self.manifest.number,
                    added,
                });
            }
        }
        Err(LakeError::Contended {
            location: self.root.describe(),
        })
    }

    /// The lake as it is told to be seen.
    pub fn view(&self, at: &ViewAt) -> Result<View, LakeError> {
        // Threads of its own end with the view, and what they have allocated goes back to the system. A store keeps its
        // connections with the threads that opened them.
        let runtime = match &self.root {
            Root::Store { .. } => self.runtime.clone(),
            Root::Folder { .. } => Arc::new(runtime(&self.root)?),
        };
        View::new(&self.root, runtime, &self.manifest, at)
    }

    /// The sources of which the lake has a release.
    pub fn sources(&self) -> BTreeSet<&str> {
        self.manifest.releases.iter().map(|r| r.source.as_str()).collect()
    }

    /// The oldest and newest vintage of a source's releases, and how many there are.
    pub fn vintages(&self, source: &str) -> Option<(Date, Date, usize)> {
        let dates: Vec<Date> = self
            .manifest
            .releases
            .iter()
            .filter(|r| r.source == source)
            .map(|r| r.vintage)
            .collect();
        Some((*dates.iter().min()?, *dates.iter().max()?, dates.len()))
    }

    /// The bytes of a file of the lake, by its path in the manifest.
    pub fn read_file(&self, path: &str) -> Result<Vec<u8>, LakeError> {
        self.runtime.block_on(self.root.read(path))
    }

    /// Puts a file of another lake in place; it counts only once a manifest names it.
    pub fn restore(&self, path: &str, bytes: &[u8]) -> Result<(), LakeError> {
        self.runtime
            .block_on(self.root.create(path, bytes.to_vec()))
            .map(|_| ())
    }

    /// Takes over a manifest whose files have been restored, as the first of an empty lake.
    pub fn restore_manifest(&mut self, manifest: &Manifest) -> Result<(), LakeError> {
        self.runtime.block_on(create(&self.root, manifest))?;
        self.refresh()
    }

    /// Rows of a table over all releases, seen or superseded.
    pub fn rows(&self, table: Table) -> u64 {
        let files = self.manifest.releases.iter().flat_map(|r| &r.files);
        files.filter(|f| f.table == table).map(|f| f.rows).sum()
    }
}

fn holds(manifest: &Manifest, sha256: &str, reader: &str) -> bool {
    manifest
        .releases
        .iter()
        .any(|r| r.input.sha256 == sha256 && r.reader == reader)
}

fn record(staged: &StagedRelease, id: u64, now: Timestamp) -> Release {
    let meta = staged.meta.clone();
    Release {
        id,
        source: staged.origin.source.clone(),
        dataset: staged.origin.dataset.clone(),
        vintage: staged.origin.as_of,
        vintage_label: meta.vintage_label,
        vintage_basis: meta.vintage_basis,
        scope: meta.scope,
        publication_lag_days: meta.publication_lag_days,
        input: meta.input,
        reader: meta.reader,
        imported_at: now,
        counts: meta.counts,
        files: staged.files.iter().map(|(file, _)| file.clone()).collect(),
    }
}

fn manifest_key(number: u64) -> String {
    format!("{MANIFESTS}/{number:08}.json")
}

async fn create(root: &Root, manifest: &Manifest) -> Result<Created, LakeError> {
    let key = manifest_key(manifest.number);
    let text = serde_json::to_vec_pretty(manifest).map_err(|e| LakeError::Manifest {
        location: root.address(&key),
        reason: e.to_string(),
    })?;
    root.create(&key, text).await
}

/// The newest manifest; one of form 0 where there is none.
async fn latest(root: &Root) -> Result<Manifest, LakeError> {
    let names = root.list(MANIFESTS).await?;
    let numbers = names
        .iter()
        .filter_map(|name| name.strip_suffix(".json")?.parse::<u64>().ok());
    let Some(newest) = numbers.max() else {
        return Ok(Manifest::default());
    };
    let key = manifest_key(newest);
    let bytes = root.read(&key).await?;
    let broken = |reason: String| LakeError::Manifest {
        location: root.address(&key),
        reason,
    };
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|e| broken(e.to_string()))?;
    if manifest.format > FORMAT {
        return Err(broken(format!(
            "it is of form {}, this program knows form {FORMAT}",
            manifest.format
        )));
    }
    Ok(manifest)
}

/// Threads on which the lake is read.
pub(crate) fn runtime(root: &Root) -> Result<Runtime, LakeError> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|e| LakeError::io(root.describe(), "opened", e))
}

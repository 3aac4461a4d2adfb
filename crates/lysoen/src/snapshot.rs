//! The world data set that the program carries, and how a new observatory starts from it.

use std::path::Path;

use include_dir::{Dir, include_dir};
use lysoen_facts::Lake;
use lysoen_facts::manifest::Manifest;

use crate::failure::Failure;
use crate::settings::{self, folder_of};

static SNAPSHOT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../snapshot");

/// The embedded snapshot.
#[derive(Debug)]
pub struct Snapshot {
    manifest: Manifest,
}

/// What `create` made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// An observatory with the snapshot's releases.
    FromSnapshot {
        /// How many.
        releases: usize,
    },
    /// An empty observatory.
    Empty,
    /// Nothing: there was one.
    AlreadyThere,
}

impl Snapshot {
    /// The snapshot; none where the program was built without one.
    pub fn embedded() -> Result<Option<Snapshot>, Failure> {
        let Some(file) = SNAPSHOT.get_file("manifest.json") else {
            return Ok(None);
        };
        let manifest =
            serde_json::from_slice(file.contents()).map_err(|e| Failure::Snapshot(format!("its manifest: {e}")))?;
        Ok(Some(Snapshot { manifest }))
    }

    fn restore(&self, lake: &mut Lake) -> Result<(), Failure> {
        for file in self.manifest.releases.iter().flat_map(|release| &release.files) {
            let embedded = SNAPSHOT
                .get_file(&file.path)
                .ok_or_else(|| Failure::Snapshot(format!("it lacks {}", file.path)))?;
            lake.restore(&file.path, embedded.contents())?;
        }
        Ok(lake.restore_manifest(&self.manifest)?)
    }
}

/// Creates an observatory at `location` unless there is one, from the embedded snapshot or empty.
///
/// In a folder the lake is made under a passing name and moved into place at the end, so that an interrupted creation
/// leaves no half of one.
pub fn create(location: &str, empty: bool) -> Result<Created, Failure> {
    if Lake::exists(location)? {
        return Ok(Created::AlreadyThere);
    }
    let snapshot = if empty { None } else { Snapshot::embedded()? };
    match folder_of(location) {
        Some(folder) => in_folder(folder, snapshot.as_ref()),
        None => {
            let mut lake = Lake::open_or_create(location)?;
            fill(&mut lake, snapshot.as_ref())
        }
    }
}

fn fill(lake: &mut Lake, snapshot: Option<&Snapshot>) -> Result<Created, Failure> {
    let Some(snapshot) = snapshot else {
        return Ok(Created::Empty);
    };
    snapshot.restore(lake)?;
    Ok(Created::FromSnapshot {
        releases: snapshot.manifest.releases.len(),
    })
}

fn in_folder(folder: &Path, snapshot: Option<&Snapshot>) -> Result<Created, Failure> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Failure::File { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let staging = Staging(folder.join(format!(".new-{}", std::process::id())));
    let mut lake = Lake::open_or_create(&staging.0.display().to_string())?;
    let created = fill(&mut lake, snapshot)?;
    drop(lake);
    let target = folder.join("facts");
    if let Err(source) = std::fs::rename(staging.0.join("facts"), &target) {
        // Another process was first: its observatory is as good.
        return match Lake::exists(&folder.display().to_string())? {
            true => Ok(Created::AlreadyThere),
            false => Err(Failure::File { path: target, source }),
        };
    }
    let file = folder.join(settings::FILE);
    if !file.exists() {
        std::fs::write(&file, settings::NEW).map_err(failed(&file))?;
    }
    Ok(created)
}

/// A folder that goes away with whatever is still in it.
struct Staging(std::path::PathBuf);

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed is in nobody's way: no manifest of the observatory names it.
        std::fs::remove_dir_all(&self.0).ok();
    }
}

//! Numbered files of an observatory, each created once, on the disk before that is acknowledged, and never changed.

use std::sync::Arc;

use tokio::runtime::Runtime;

use crate::error::LakeError;
use crate::lake::runtime;
use crate::root::{Created, Root, sync_folder};

/// A folder of files `00000001.json`, `00000002.json` …
///
/// Calls block, as those of [`crate::Lake`].
#[derive(Debug)]
pub struct Numbered {
    root: Root,
    runtime: Arc<Runtime>,
    folder: &'static str,
}

impl Numbered {
    /// The files in `folder` of the observatory at `location`, a folder or an address. Nothing is created.
    pub fn at(location: &str, folder: &'static str) -> Result<Numbered, LakeError> {
        let root = Root::parse(location)?;
        let runtime = Arc::new(runtime(&root)?);
        Ok(Numbered { root, runtime, folder })
    }

    /// The names of all files that are there, those of unfinished writers left out, by name.
    pub fn names(&self) -> Result<Vec<String>, LakeError> {
        let mut names = self.runtime.block_on(self.root.list(self.folder))?;
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        Ok(names)
    }

    /// Every numbered file in order of its number, with its bytes.
    pub fn read(&self) -> Result<Vec<(u64, Vec<u8>)>, LakeError> {
        let numbered = |name: String| Some((name.strip_suffix(".json")?.parse::<u64>().ok()?, name));
        let mut files: Vec<(u64, String)> = self.names()?.into_iter().filter_map(numbered).collect();
        files.sort();
        let read = |(number, name): (u64, String)| {
            let bytes = self
                .runtime
                .block_on(self.root.read(&format!("{}/{name}", self.folder)))?;
            Ok((number, bytes))
        };
        files.into_iter().map(read).collect()
    }

    /// Creates the file of a number; whether it is the one that did, and not another writer before.
    pub fn create(&self, number: u64, bytes: Vec<u8>) -> Result<bool, LakeError> {
        let key = format!("{}/{number:08}.json", self.folder);
        let created = self.runtime.block_on(self.root.create(&key, bytes))?;
        if let (Root::Folder(path), 1) = (&self.root, number) {
            sync_folder(path)?;
        }
        Ok(matches!(created, Created::Yes))
    }

    /// Where a file is, for messages.
    pub fn describe(&self) -> String {
        self.root.address(self.folder)
    }
}

//! An observatory from the committed snapshot.

use std::path::Path;

use jiff::civil::date;
use lysoen_answers::Observatory;
use lysoen_facts::Lake;
use lysoen_facts::manifest::Manifest;

/// A new observatory with the snapshot's releases; it goes away with the folder.
pub(crate) fn from_snapshot() -> (tempfile::TempDir, Observatory) {
    let snapshot = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshot"));
    let manifest: Manifest = serde_json::from_slice(&std::fs::read(snapshot.join("manifest.json")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let mut lake = Lake::open_or_create(location).unwrap();
    for file in manifest.releases.iter().flat_map(|r| &r.files) {
        lake.restore(&file.path, &std::fs::read(snapshot.join(&file.path)).unwrap()).unwrap();
    }
    lake.restore_manifest(&manifest).unwrap();
    let observatory = Observatory::open(location, date(2026, 11, 23)).unwrap();
    (folder, observatory)
}

//! Small lakes of real files, for what is done on the ground.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::date;
use lysoen_answers::Observatory;
use lysoen_facts::{Lake, View, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::import::{ImportOptions, Outcome, Progress, import_file};

struct Silent;

impl Progress for Silent {
    fn bytes(&self, _: u64, _: u64) {}
    fn message(&self, _: &str) {}
}

/// A file among the real ones.
pub(crate) fn shared(file: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(file)
}

/// A new observatory with those of the real files; it goes away with the folder.
pub(crate) fn of_files(files: &[&str]) -> (tempfile::TempDir, Observatory) {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let mut lake = Lake::open_or_create(location).unwrap();
    let options = ImportOptions {
        as_: None,
        mapping: None,
        vintage: None,
        today: date(2026, 11, 23),
        now: Timestamp::UNIX_EPOCH,
        partial: false,
        complete_for: None,
        strict: false,
        keep: None,
    };
    for file in files {
        let path = shared(file);
        let done = import_file(
            &mut lake,
            Catalog::builtin(),
            Crosswalk::builtin(),
            &path,
            &options,
            &Silent,
        );
        let done = done.unwrap_or_else(|why| panic!("{file}: {why}"));
        assert!(done.iter().all(|one| one.outcome == Outcome::Committed), "{file}");
    }
    let observatory = Observatory::open(location, date(2026, 11, 23)).unwrap();
    (folder, observatory)
}

/// The newest view.
pub(crate) fn newest(observatory: &Observatory) -> View {
    observatory.view(&ViewAt::default()).unwrap()
}

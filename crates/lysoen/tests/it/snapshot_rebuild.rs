//! The snapshot that is committed is the one that the publishers' files give.

#[cfg(shared_data)]
mod shared {
    use std::collections::BTreeMap;
    use std::path::Path;

    use crate::run;

    /// Every file below a folder with its bytes, by its path.
    fn files(folder: &Path, below: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder.join(below)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = format!("{below}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                files(folder, &path, found);
            } else {
                found.insert(path, std::fs::read(entry.path()).expect("readable"));
            }
        }
    }

    #[test]
    fn a_rebuild_gives_the_committed_snapshot_byte_by_byte() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("snapshot");
        let from = here.join("../../../shared/data").display().to_string();
        let ran = run(
            folder.path(),
            &["snapshot", "--from", &from, "--to", &to.display().to_string()],
        );
        assert_eq!(ran.code(), 0, "{:?}", ran.outcome);
        let (mut committed, mut rebuilt) = (BTreeMap::new(), BTreeMap::new());
        files(&here.join("../../snapshot"), ".", &mut committed);
        files(&to, ".", &mut rebuilt);
        let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&rebuilt), names(&committed));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(
            text(&rebuilt["./manifest.json"]),
            text(&committed["./manifest.json"]),
            "run `lysoen snapshot` and commit what it gives"
        );
        for (name, bytes) in &rebuilt {
            assert!(bytes == &committed[name], "{name} differs");
        }
    }
}

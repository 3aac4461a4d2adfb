//! Commits: all or nothing, once, and never lost.

use jiff::Timestamp;
use jiff::civil::date;
use lysoen_facts::{Lake, LakeError, ViewAt};

use crate::lakes::{commit, draft, empty, shown, stage, years};

#[test]
fn importing_the_same_file_twice_changes_nothing() {
    let (folder, mut lake) = empty();
    let release = draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]);
    assert_eq!(commit(&mut lake, &release), [1]);
    let before = lake.manifest().clone();
    assert_eq!(commit(&mut lake, &release), Vec::<u64>::new());
    assert_eq!(lake.manifest(), &before);
    assert_eq!(Lake::open(folder.path().to_str().unwrap()).unwrap().manifest(), &before);
}

#[test]
fn two_importers_at_once_lose_nothing() {
    let (folder, lake) = empty();
    let location = folder.path().to_str().unwrap().to_string();
    drop(lake);
    let importers: Vec<_> = (0..4)
        .map(|n| {
            let location = location.clone();
            std::thread::spawn(move || {
                let mut lake = Lake::open(&location).unwrap();
                for i in 0..5 {
                    let name = format!("{n}-{i}");
                    commit(
                        &mut lake,
                        &draft(
                            &name,
                            date(2022, 6, 30),
                            years(2020, 2021),
                            &[("ETH", 2021, f64::from(n * 10 + i))],
                        ),
                    );
                }
            })
        })
        .collect();
    importers.into_iter().for_each(|t| t.join().unwrap());
    let lake = Lake::open(&location).unwrap();
    let mut names: Vec<_> = lake
        .manifest()
        .releases
        .iter()
        .map(|r| r.input.sha256.clone())
        .collect();
    names.sort();
    names.dedup();
    assert_eq!((names.len(), lake.manifest().number), (20, 20));
}

#[test]
fn releases_committed_together_appear_together() {
    let (folder, mut lake) = empty();
    let a = stage(
        &lake,
        &draft("a", date(2022, 6, 30), years(2020, 2020), &[("ETH", 2020, 1.0)]),
    );
    let b = stage(
        &lake,
        &draft("b", date(2022, 6, 30), years(2021, 2021), &[("ETH", 2021, 2.0)]),
    );
    let reader = Lake::open(folder.path().to_str().unwrap()).unwrap();
    lake.commit(vec![a, b], Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(
        shown(&reader.view(&ViewAt::default()).unwrap()),
        [],
        "a reader keeps the state it opened"
    );
    assert_eq!(shown(&lake.view(&ViewAt::default()).unwrap()).len(), 2);
    assert_eq!(lake.manifest().number, 1);
}

#[test]
fn a_release_that_is_given_up_leaves_no_file_behind() {
    let (folder, lake) = empty();
    drop(stage(
        &lake,
        &draft("a", date(2022, 6, 30), years(2020, 2020), &[("ETH", 2020, 1.0)]),
    ));
    assert_eq!(
        std::fs::read_dir(folder.path().join("facts/staging")).unwrap().count(),
        0
    );
}

#[test]
fn what_a_killed_import_left_weeks_ago_is_removed_and_what_is_being_written_stays() {
    let (folder, mut lake) = empty();
    let staging = folder.path().join("facts/staging");
    std::fs::create_dir_all(&staging).unwrap();
    let left = |name: &str, days: u64| {
        let path = staging.join(name);
        let file = std::fs::File::create(&path).unwrap();
        let age = std::time::Duration::from_secs(days * 24 * 60 * 60);
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
        path
    };
    let (old, recent) = (left("4711-0-events.parquet", 8), left("4712-0-events.parquet", 6));
    commit(
        &mut lake,
        &draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]),
    );
    assert!(!old.exists());
    assert!(recent.exists());
}

#[test]
fn the_name_of_a_file_depends_on_its_rows_alone() {
    let release = draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]);
    let name = |release| {
        let (_folder, mut lake) = empty();
        commit(&mut lake, release);
        lake.manifest().releases[0].files[0].sha256.clone()
    };
    assert_eq!(name(&release), name(&release));
    let other = draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9001.0)]);
    assert_ne!(name(&release), name(&other));
}

#[test]
fn a_folder_without_a_lake_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let error = Lake::open(folder.path().to_str().unwrap()).unwrap_err();
    assert!(matches!(error, LakeError::Absent { .. }));
    assert!(error.to_string().contains("lysoen init"), "{error}");
}

#[test]
fn a_manifest_of_a_newer_form_is_refused_with_a_reason() {
    let (folder, lake) = empty();
    drop(lake);
    let text = r#"{"format": 99, "number": 7, "releases": []}"#;
    std::fs::write(folder.path().join("facts/manifests/00000007.json"), text).unwrap();
    let error = Lake::open(folder.path().to_str().unwrap()).unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
}

#[test]
fn an_address_of_an_unknown_kind_is_refused_in_a_sentence() {
    let error = Lake::open("gopher://example.org/lake").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("gopher://example.org/lake cannot hold an observatory"),
        "{error}"
    );
}

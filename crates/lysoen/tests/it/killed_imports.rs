//! An import that is killed at any moment leaves the lake as it was before or after a whole commit, and two imports at
//! once lose nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use lysoen_facts::{Lake, ViewAt};

use crate::run;

const FILES: u64 = 4;
const ROWS: u64 = 8_000;
const KILLS: u64 = 100;

/// Events in the columns of the publisher, each file of its own numbers and deaths, so that a sum tells which files a
/// lake holds.
fn write_events(folder: &Path, file: u64) -> PathBuf {
    let path = folder.join(format!("events-{file}.csv"));
    let mut text = String::from(
        "id,relid,year,type_of_violence,conflict_new_id,conflict_name,side_a,side_b,date_start,date_end,date_prec,\
         where_prec,latitude,longitude,country,country_id,best,high,low,geom_wkt\n",
    );
    for row in 0..ROWS {
        let id = 1 + file * ROWS + row;
        let (year, month, day) = (1990 + row % 34, 1 + row % 12, 1 + row % 28);
        let deaths = deaths(file, row);
        text += &format!(
            "{id},SDN-{id},{year},1,{},Sudan: {id},Side {row},Other,{year}-{month:02}-{day:02},{year}-{month:02}-{day:02},1,\
             1,13.{},25.{},Sudan,625,{deaths},{deaths},{deaths},\n",
            row % 40,
            row % 97,
            row % 89
        );
    }
    std::fs::write(&path, text).expect("written");
    path
}

fn deaths(file: u64, row: u64) -> u64 {
    row * 7_919 % 50 + file
}

/// What a lake holds when it holds the first `files` of the files.
fn sums(files: u64) -> [i64; 2] {
    let deaths: u64 = (0..files)
        .flat_map(|file| (0..ROWS).map(move |row| deaths(file, row)))
        .sum();
    [(files * ROWS) as i64, deaths as i64]
}

fn observatory(folder: &Path) -> String {
    folder.join("observatory").display().to_string()
}

/// The number of releases, after looking at every row of them.
fn whole_releases(folder: &Path) -> u64 {
    let lake = Lake::open(&observatory(folder)).expect("the lake opens");
    let releases = lake.manifest().releases.len() as u64;
    assert_eq!(lake.manifest().number, releases, "a commit a file");
    let view = lake.view(&ViewAt::default()).expect("a view");
    let sql = "SELECT count(*) AS n, coalesce(sum(deaths_best), 0) AS deaths, \
        coalesce(sum(character_length(conflict)), 0) AS letters FROM events";
    let batches = view.collect(sql).expect("every file that is committed can be read");
    let number = |name: &str| {
        let column = arrow::compute::cast(
            batches[0].column_by_name(name).expect("selected"),
            &arrow::datatypes::DataType::Int64,
        );
        column.expect("a number").as_primitive::<Int64Type>().value(0)
    };
    assert_eq!(
        [number("n"), number("deaths")],
        sums(releases),
        "whole releases or none"
    );
    releases
}

fn importing(folder: &Path, files: &[PathBuf]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lysoen"));
    command
        .args(["--observatory", &observatory(folder), "--quiet", "import"])
        .args(files)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn empty(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    assert_eq!(run(folder, &["init", "--empty"]).code(), 0);
}

/// Numbers below `bound`, always the same ones.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}

/// Manifests are numbered without a gap, and each of them can be read.
fn manifests_are_whole(folder: &Path) {
    let manifests = folder.join("observatory/facts/manifests");
    let names = std::fs::read_dir(&manifests).expect("a folder");
    let mut names: Vec<String> = names
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for (number, name) in names.iter().enumerate() {
        assert_eq!(*name, format!("{number:08}.json"), "no gap and nothing beside");
        let text = std::fs::read(manifests.join(name)).expect("readable");
        let manifest: lysoen_facts::manifest::Manifest = serde_json::from_slice(&text).expect("whole");
        assert_eq!((manifest.number, manifest.releases.len()), (number as u64, number));
        for file in manifest.releases.iter().flat_map(|release| &release.files) {
            let path = folder.join("observatory").join(&file.path);
            assert!(path.is_file(), "{} is named and there", file.path);
        }
    }
}

#[test]
fn an_import_killed_a_hundred_times_leaves_the_state_before_or_after_a_commit() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<PathBuf> = (0..FILES).map(|file| write_events(folder.path(), file)).collect();
    let round = |number: u64| folder.path().join(format!("round-{number}"));
    empty(&round(0));
    let begun = Instant::now();
    assert!(
        importing(&round(0), &files)
            .status()
            .expect("the program runs")
            .success()
    );
    let whole = begun.elapsed().as_micros() as u64;
    assert_eq!(whole_releases(&round(0)), FILES);

    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut now = 1;
    empty(&round(now));
    let (mut kills, mut held, mut begun_anew, mut seen) = (0, 0, 0, [0_u64; FILES as usize + 1]);
    while kills < KILLS {
        if held == FILES {
            manifests_are_whole(&round(now));
            now += 1;
            begun_anew += 1;
            empty(&round(now));
            held = 0;
        }
        let mut child = importing(&round(now), &files).spawn().expect("the program runs");
        // Over the time that is left to do, evenly, and a little more.
        std::thread::sleep(Duration::from_micros(chance.below(whole * 11 / 10)));
        if child.try_wait().expect("a child").is_none() {
            kills += 1;
        }
        child.kill().ok();
        child.wait().expect("it ends");
        let holds = whole_releases(&round(now));
        assert!(holds >= held, "nothing that was committed is lost");
        held = holds;
        seen[holds as usize] += 1;
    }
    assert!(begun_anew > 0, "kills at all stages: {seen:?}");
    manifests_are_whole(&round(now));
    assert!(
        importing(&round(now), &files)
            .status()
            .expect("the program runs")
            .success()
    );
    assert_eq!(whole_releases(&round(now)), FILES);
    let said = run(&round(now), &["import", &files[0].display().to_string()])
        .wrote
        .out();
    assert!(said.contains("nothing was changed"), "{said}");
    assert_eq!(whole_releases(&round(now)), FILES);
}

#[test]
fn four_imports_at_once_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<PathBuf> = (0..FILES).map(|file| write_events(folder.path(), file)).collect();
    for round in 0..3 {
        let place = folder.path().join(format!("round-{round}"));
        empty(&place);
        let running: Vec<_> = files
            .iter()
            .map(|file| {
                importing(&place, std::slice::from_ref(file))
                    .spawn()
                    .expect("the program runs")
            })
            .collect();
        for mut child in running {
            assert!(child.wait().expect("it ends").success());
        }
        assert_eq!(whole_releases(&place), FILES);
        manifests_are_whole(&place);
    }
}

#[test]
fn the_same_file_imported_by_four_programs_at_once_is_there_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write_events(folder.path(), 0);
    empty(folder.path());
    let same: Vec<_> = (0..4)
        .map(|_| {
            importing(folder.path(), std::slice::from_ref(&file))
                .spawn()
                .expect("the program runs")
        })
        .collect();
    for mut child in same {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(whole_releases(folder.path()), 1);
}

#[test]
fn an_observatory_that_is_created_from_the_snapshot_and_killed_can_be_created_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut chance = Chance(88_172_645_463_325_252);
    let mut whole = 0;
    for round in 0..10 {
        let place = folder.path().join(format!("round-{round}"));
        std::fs::create_dir_all(&place).expect("a folder");
        let mut init = Command::new(env!("CARGO_BIN_EXE_lysoen"));
        init.args(["--observatory", &observatory(&place), "--quiet", "init"]);
        let mut child = init.spawn().expect("the program runs");
        // The first at once, the later ones at leisure.
        std::thread::sleep(Duration::from_micros(chance.below(1 + 25_000 * round)));
        child.kill().ok();
        child.wait().expect("it ends");
        if Lake::exists(&observatory(&place)).expect("readable") {
            whole += 1;
        }
        assert_eq!(run(&place, &["init"]).code(), 0);
        let lake = Lake::open(&observatory(&place)).expect("the lake opens");
        for file in lake.manifest().releases.iter().flat_map(|release| &release.files) {
            let bytes = lake.read_file(&file.path).expect("every file of it is there").len() as u64;
            assert_eq!(bytes, file.bytes, "{}", file.path);
        }
    }
    assert!(whole < 10, "some were killed before they were whole");
}

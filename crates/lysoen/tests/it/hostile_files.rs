//! Files and disks that are not as they should be: the program says what is wrong in a sentence, and the lake is as before.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use lysoen_facts::Lake;

use crate::run;

const BINARY: &str = env!("CARGO_BIN_EXE_lysoen");

/// A mapping for a table of people displaced with a remark that is not read.
const MAPPING: &str = r#"
id = "camps"
title = "Camps"
publisher = "The test"
licence = "CC0-1.0"
redistribute = true
citation = "none"
homepage = "https://example.org"
cadence = "never"
publication_lag_days = 30

[[layout]]
name = "camps"
recognise = { columns = ["country", "day", "people"] }
scope = "countries"
table = "observations"
place = { column = "country", code = "iso3" }
period = { form = "date", column = "day", at = "end" }
[[layout.value]]
column = "people"
indicator = "idps_conflict"
"#;

/// A folder with an empty observatory.
fn empty() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    folder
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path.display().to_string()
}

fn releases(folder: &Path) -> usize {
    let lake = Lake::open(&folder.join("observatory").display().to_string()).expect("the lake opens");
    lake.manifest().releases.len()
}

const HEADER: &str = "id,relid,year,type_of_violence,conflict_new_id,conflict_name,side_a,side_b,date_start,date_end,\
    date_prec,where_prec,latitude,longitude,country,country_id,best,high,low,geom_wkt\n";

/// Events in the columns of the publisher.
fn events(rows: std::ops::Range<u64>) -> String {
    let mut text = String::new();
    for id in rows {
        let (year, month, day) = (1990 + id % 34, 1 + id % 12, 1 + id % 28);
        writeln!(
            text,
            "{id},SDN-{id},{year},1,{},Sudan {},Side {},Other {},{year}-{month:02}-{day:02},{year}-{month:02}-{day:02},\
             1,1,13.{},25.{},Sudan,625,{},{},{},",
            id % 40,
            id.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            id.wrapping_mul(0xbf58_476d_1ce4_e5b9),
            id % 1_013,
            id % 97,
            id % 89,
            id % 7,
            id % 7,
            id % 7
        )
        .expect("memory takes it");
    }
    text
}

fn shell(script: &str) -> Option<Output> {
    Command::new("sh")
        .args(["-c", script])
        .stdin(Stdio::null())
        .output()
        .ok()
}

fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    // Messages are folded to the width of a terminal.
    let text = String::from_utf8_lossy(&both).replace('│', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[cfg_attr(not(own_disk), ignore = "needs the right to mount a disk of its own")]
fn a_full_disk_is_told_as_one_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = folder.path().join("disk");
    std::fs::create_dir_all(&disk).expect("a folder");
    let small = write(folder.path(), "small.csv", HEADER.to_string() + &events(1..51));
    let large = write(folder.path(), "large.csv", HEADER.to_string() + &events(51..60_000));
    let (disk, count) = (disk.display(), "SELECT count(*) FROM events");
    // A disk of 1 MiB of its own, seen by nobody else.
    let script = format!(
        "mount -t tmpfs -o size=1m none {disk} || exit 77
         set -- {BINARY} --observatory {disk}/observatory
         \"$@\" init --empty --quiet && \"$@\" --quiet import {small} >/dev/null || exit 78
         \"$@\" import {large}; echo \"exit $?\"
         \"$@\" query '{count}' --format csv --quiet; ls {disk}/observatory/facts/staging
         \"$@\" --quiet import {small}"
    );
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", &script])
        .output()
        .expect("unshare runs");
    let said = said(&output);
    assert!(said.contains("is full; nothing was changed. Free some space"), "{said}");
    assert!(
        said.contains("exit 1 count(*) 50"),
        "what was there still is, and nothing is left over: {said}"
    );
    assert!(said.contains("this very file is in the observatory"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_of_a_file_changes_nothing() {
    let folder = empty();
    let small = write(folder.path(), "small.csv", HEADER.to_string() + &events(1..51));
    let large = write(folder.path(), "large.csv", HEADER.to_string() + &events(51..60_000));
    assert_eq!(run(folder.path(), &["import", &small]).code(), 0);
    let observatory = folder.path().join("observatory").display().to_string();
    // The system refuses to let any file grow beyond 100 blocks, and the signal that tells of it is ignored.
    let script = format!("trap '' XFSZ; ulimit -f 100; exec {BINARY} --observatory {observatory} import {large}");
    let output = shell(&script).expect("a shell");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = said(&output);
    assert!(text.contains("could not be written"), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    assert_eq!(releases(folder.path()), 1);
    let staged = std::fs::read_dir(folder.path().join("observatory/facts/staging")).expect("a folder");
    assert_eq!(staged.count(), 0, "nothing is left over");
    assert_eq!(
        run(folder.path(), &["import", &large]).code(),
        0,
        "and once there is room it goes"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_told() {
    let folder = empty();
    let small = write(folder.path(), "small.csv", HEADER.to_string() + &events(1..51));
    let observatory = folder.path().join("observatory").display().to_string();
    for arguments in [
        format!("import {small}"),
        "query 'SELECT * FROM events' --format csv".to_string(),
        "sources".to_string(),
    ] {
        let output = shell(&format!("{BINARY} --observatory {observatory} {arguments} > /dev/full")).expect("a shell");
        assert_eq!(output.status.code(), Some(1), "{arguments}: {}", said(&output));
        let text = said(&output);
        assert!(
            text.contains("No space left on device") || text.contains("full"),
            "{arguments}: {text}"
        );
        assert!(!text.contains("panicked"), "{arguments}: {text}");
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_imported() {
    let folder = empty();
    let path = write(folder.path(), "growing.csv", HEADER.to_string() + &events(1..100_000));
    let observatory = folder.path().join("observatory").display().to_string();
    let mut child = Command::new(BINARY)
        .args(["--observatory", &observatory, "import", &path])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut file = std::fs::File::options().append(true).open(&path).expect("writable");
    let mut id = 100_000;
    while child.try_wait().expect("a child").is_none() {
        file.write_all(events(id..id + 1).as_bytes()).expect("written");
        id += 1;
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("changed while it was"), "{}", said(&output));
    assert_eq!(releases(folder.path()), 0);
    assert_eq!(
        run(folder.path(), &["import", &path]).code(),
        0,
        "once it rests it can be imported"
    );
}

#[test]
fn what_is_no_table_is_told_by_name_and_by_what_it_is_and_the_others_are_imported() {
    let folder = empty();
    let good = write(folder.path(), "good.csv", HEADER.to_string() + &events(1..51));
    let mut packed = packed_by_gzip(folder.path(), &good);
    packed.truncate(packed.len() / 2);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for row in 0..200 {
        let sheet = match workbook.worksheet_from_index(0) {
            Ok(sheet) => sheet,
            Err(_) => workbook.add_worksheet(),
        };
        sheet.write(row, 0, format!("name {row}")).expect("in range");
    }
    let workbook = workbook.save_to_buffer().expect("memory takes it");
    let hostile: [(&str, Vec<u8>, &str); 8] = [
        (
            "picture.csv",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec(),
            "it is a picture",
        ),
        (
            "page.csv",
            b"<!DOCTYPE html><html><body>504</body></html>".to_vec(),
            "an HTML page",
        ),
        ("empty.csv", Vec::new(), "an empty file"),
        ("blank.csv", b"\n\n  \n".to_vec(), "an empty file"),
        ("cut.xlsx", workbook[..workbook.len() / 2].to_vec(), "damaged"),
        ("cut.csv.gz", packed, "cut.csv.gz"),
        (
            "binary.csv",
            (0..4_000_u32).map(|n| (n * 31 % 256) as u8).collect(),
            "binary",
        ),
        (
            "words.csv",
            b"Dear colleague,\nplease find attached\n".to_vec(),
            "was not recognised",
        ),
    ];
    for (name, bytes, what) in hostile {
        let path = write(folder.path(), name, bytes);
        let ran = run(folder.path(), &["import", &path]);
        let said = format!("{}{}", ran.wrote.err(), ran.wrote.out());
        assert_eq!(ran.code(), 1, "{name}: {said}");
        assert!(said.contains(name) && said.contains(what), "{name}: {said}");
        assert_eq!(releases(folder.path()), 0, "{name}");
    }
    let all = folder.path().display().to_string();
    let ran = run(folder.path(), &["import", &all]);
    assert_eq!(ran.code(), 1);
    assert!(
        ran.wrote.err().contains("1 imported, 0 already there"),
        "{}",
        ran.wrote.err()
    );
    assert_eq!(releases(folder.path()), 1);
}

/// A file's bytes packed by the machine's own gzip.
fn packed_by_gzip(folder: &Path, file: &str) -> Vec<u8> {
    let to = folder.join("packed");
    let packed = shell(&format!("gzip -c {file} > {}", to.display())).expect("a shell");
    assert!(packed.status.success());
    let bytes = std::fs::read(&to).expect("packed");
    std::fs::remove_file(&to).expect("there");
    bytes
}

#[test]
fn what_cannot_be_opened_is_told() {
    let folder = empty();
    let nothing = folder.path().join("nothing");
    std::fs::create_dir_all(&nothing).expect("a folder");
    let ran = run(folder.path(), &["import", &nothing.display().to_string()]);
    assert_eq!(ran.code(), 4);
    for absent in ["absent.csv", "nothing/absent.csv"] {
        let path = folder.path().join(absent).display().to_string();
        let ran = run(folder.path(), &["import", &path]);
        assert_eq!(ran.code(), 1);
        assert!(ran.wrote.err().contains("absent.csv"), "{}", ran.wrote.err());
        assert!(ran.wrote.err().contains("No such file"), "{}", ran.wrote.err());
    }
    assert_eq!(releases(folder.path()), 0);
}

#[cfg(unix)]
#[test]
#[cfg_attr(
    not(reading_can_be_forbidden),
    ignore = "needs a user who may not read everything, or setpriv"
)]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = empty();
    let path = write(folder.path(), "secret.csv", HEADER.to_string() + &events(1..51));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).expect("ours");
    let observatory = folder.path().join("observatory").display().to_string();
    let mut command = match std::fs::File::open(&path) {
        Err(_) => Command::new(BINARY),
        // The superuser may read everything, unless that power is taken away.
        Ok(_) => {
            let mut command = Command::new("setpriv");
            command.args(["--bounding-set", "-dac_override,-dac_read_search", BINARY]);
            command
        }
    };
    let output = command
        .args(["--observatory", &observatory, "import", &path])
        .output()
        .expect("it runs");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("secret.csv") && said.contains("Permission denied"),
        "{said}"
    );
    assert_eq!(releases(folder.path()), 0);
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_neutralised_wherever_csv_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    let run_me = "=cmd|'/c calc'!A1";
    let row = events(1..2).replace("Side ", run_me).replace("Other ", "@SUM(1+1)*");
    let file = write(folder.path(), "run-me.csv", HEADER.to_string() + &row + &events(2..51));
    // A card of the observatory's own, of a source that the picture reads.
    let card = include_str!("../../../../catalog/sources/ucdp-country-year.toml");
    let card: String = card
        .lines()
        .map(|line| match line.split_once(" = ").map(|(key, _)| key) {
            Some(key @ ("title" | "publisher")) => format!("{key} = \"{run_me}\"\n"),
            Some(key @ "citation") => format!("{key} = \"-2+3+cmd|' /C calc'!A0\"\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let sources = folder.path().join("observatory/catalog/sources");
    std::fs::create_dir_all(&sources).expect("a folder");
    std::fs::write(sources.join("ucdp-country-year.toml"), card).expect("written");
    assert_eq!(run(folder.path(), &["import", &file]).code(), 0);
    let to = folder.path().join("events.csv").display().to_string();
    assert_eq!(run(folder.path(), &["export", "events", "--to", &to]).code(), 0);
    let asked = |args: &[&str]| {
        let ran = run(folder.path(), args);
        assert!(ran.outcome.is_ok(), "{args:?}: {:?}", ran.outcome);
        ran.wrote.bytes()
    };
    let mut neutralised = 0;
    for bytes in [
        asked(&["query", "SELECT * FROM events", "--format", "csv"]),
        asked(&[
            "query",
            "SELECT '=1+1' AS \"=2+2\", side_a FROM events",
            "--format",
            "csv",
        ]),
        asked(&["assess", "SDN", "--period", "2023", "--format", "csv"]),
        asked(&["sources", "--format", "csv"]),
        asked(&["sources", "ucdp-country-year", "--format", "csv"]),
        std::fs::read(&to).expect("exported"),
        std::fs::read(folder.path().join("events.sources.csv")).expect("exported"),
    ] {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes.as_slice());
        for cell in reader.records().flat_map(|row| {
            let row = row.expect("CSV");
            row.iter().map(str::to_string).collect::<Vec<_>>()
        }) {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            assert!(!runs, "a spreadsheet would run {cell}");
            neutralised += usize::from(cell.starts_with("'=cmd"));
        }
    }
    assert!(neutralised >= 3, "the cells are there: {neutralised}");
}

/// Writes a table of more than two thousand million bytes; gives the number of its rows.
fn write_two_gigabytes(path: &Path) -> u64 {
    const BYTES: u64 = 2_200_000_000;
    let mut file = std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(path).expect("writable"));
    file.write_all(b"country,day,people,remark\n").expect("written");
    // As long as the reports of an event can be, and not the same in each row.
    let remark = "a report of what was seen, by whom, and where, ".repeat(200);
    let codes = ["SDN", "TCD", "UKR", "MMR", "COD", "SOM", "YEM", "SYR", "AFG", "ETH"];
    let (mut written, mut rows) = (0, 0_u64);
    while written < BYTES {
        let day = 1 + rows / codes.len() as u64;
        let (year, rest) = (1000 + day / 336, day % 336);
        let row = format!(
            "{},{year}-{:02}-{:02},{},\"{}{rows}\"\n",
            codes[(rows % codes.len() as u64) as usize],
            1 + rest / 28,
            1 + rest % 28,
            rows % 1000,
            &remark[(rows % 97) as usize..]
        );
        file.write_all(row.as_bytes()).expect("written");
        written += row.len() as u64;
        rows += 1;
    }
    file.flush().expect("written");
    rows
}

/// The most memory that a program took while it ran, in bytes, and what it said.
#[cfg(target_os = "linux")]
fn watched(command: &mut Command) -> (u64, Output) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut most = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        most = most.max(kib.unwrap_or(0) * 1024);
        std::thread::sleep(Duration::from_millis(20));
    }
    (most, child.wait_with_output().expect("it ends"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_of_two_gigabytes_is_imported_in_little_memory() {
    const MOST: u64 = 600_000_000;
    let folder = empty();
    let path = folder.path().join("large.csv");
    let rows = write_two_gigabytes(&path);
    assert!(std::fs::metadata(&path).expect("there").len() > 1 << 31);
    let mapping = write(folder.path(), "camps.toml", MAPPING);
    let observatory = folder.path().join("observatory").display().to_string();
    let begun = Instant::now();
    let (memory, output) = watched(Command::new(BINARY).args([
        "--observatory",
        &observatory,
        "import",
        &path.display().to_string(),
        "--mapping",
        &mapping,
        "--vintage",
        "2024-01-01",
        "--format",
        "json",
    ]));
    let took = begun.elapsed();
    assert!(output.status.success(), "{}", said(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let counts = |name: &str| json["rows"][0][name].as_u64();
    assert_eq!(
        (counts("rows_read"), counts("rows_kept")),
        (Some(rows), Some(rows)),
        "{json}"
    );
    assert!(memory > 0 && memory < MOST, "{memory} bytes of memory in {took:?}");
    let lake = Lake::open(&observatory).expect("the lake opens");
    assert_eq!(lake.rows(lysoen_facts::Table::Observations), rows);
}

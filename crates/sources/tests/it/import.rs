//! From a file to a committed release, all or nothing.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::date;
use lysoen_facts::{Lake, Table};
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;
use lysoen_sources::import::{ImportOptions, Imported, Outcome, Progress, import_file};
use lysoen_sources::reader::{ReadError, Vintage, VintageBasis};

use crate::cards::CARD;
use crate::input::{file, folder, zip};

const LAYOUT: &str = r#"
[[layout]]
name = "long"
dataset = "people"
reader = "table"
scope = "countries"
table = "observations"
recognise = { columns = ["iso3", "year", "people"] }
place = { column = "iso3", code = "iso3" }
period = { form = "year", column = "year" }
[[layout.value]]
column = "people"
indicator = "population"
min = 0
"#;

const GOOD: &str = "iso3,year,people\nSDN,2022,46874204\nTCD,2022,17723315\n";

/// A lake, a folder for files, and a mapping.
struct Bench {
    folder: tempfile::TempDir,
    lake: Lake,
    mapping: PathBuf,
    messages: RefCell<Vec<String>>,
    meanwhile: Cell<Option<fn(&Path)>>,
}

impl Progress for Bench {
    fn bytes(&self, done: u64, total: u64) {
        assert!(done <= total, "{done} bytes of {total}");
        if let Some(meanwhile) = self.meanwhile.take() {
            meanwhile(self.folder.path());
        }
    }
    fn message(&self, text: &str) {
        self.messages.borrow_mut().push(text.to_string());
    }
}

fn bench() -> Bench {
    let folder = folder();
    let lake = Lake::open_or_create(&folder.path().join("lake").display().to_string()).expect("a lake");
    let mapping = file(&folder, "mapping.toml", format!("{CARD}{LAYOUT}"));
    Bench {
        folder,
        lake,
        mapping,
        messages: RefCell::default(),
        meanwhile: Cell::default(),
    }
}

fn options() -> ImportOptions<'static> {
    ImportOptions {
        as_: None,
        mapping: None,
        vintage: None,
        today: date(2024, 6, 1),
        now: Timestamp::UNIX_EPOCH,
        partial: false,
        complete_for: None,
        strict: false,
        keep: None,
    }
}

fn import(bench: &mut Bench, path: &Path, options: &ImportOptions<'_>) -> Result<Vec<Imported>, ReadError> {
    let location = bench.lake.location();
    let mut lake = Lake::open(&location)?;
    let mapping = bench.mapping.clone();
    let options = ImportOptions {
        mapping: Some(&mapping),
        ..options.clone()
    };
    let result = import_file(
        &mut lake,
        Catalog::builtin(),
        Crosswalk::builtin(),
        path,
        &options,
        bench,
    );
    bench.lake.refresh()?;
    result
}

fn import_text(bench: &mut Bench, text: &str, options: &ImportOptions<'_>) -> Imported {
    let path = file(&bench.folder, "people.csv", text);
    import(bench, &path, options).expect("it can be read").remove(0)
}

#[test]
fn a_file_becomes_a_release_with_its_counts_and_its_vintage() {
    let mut bench = bench();
    let one = import_text(&mut bench, &format!("{GOOD}XXQ,2022,5\nTCD,2021,many\n"), &options());
    assert_eq!(one.outcome, Outcome::Committed);
    assert_eq!(
        (one.card.as_str(), one.layout.as_str(), one.dataset.as_str()),
        ("example", "long", "example/people")
    );
    assert_eq!(
        one.vintage,
        Vintage {
            date: date(2024, 6, 1),
            label: None,
            basis: VintageBasis::Imported
        }
    );
    assert!(one.findings.add_up());
    assert_eq!((one.findings.rows_read, one.findings.rows_kept), (4, 2));
    assert_eq!(bench.lake.rows(Table::Observations), 2);
    let release = &bench.lake.manifest().releases[0];
    assert_eq!(
        (release.counts.read, release.counts.kept, release.counts.rejected),
        (4, 2, 2)
    );
    assert_eq!(release.input.file, "people.csv");
    assert_eq!(release.publication_lag_days, 30);
    assert!(
        release.reader.starts_with("table@") && release.reader.contains("/long~"),
        "{}",
        release.reader
    );
}

#[test]
fn importing_a_file_twice_changes_nothing() {
    let mut bench = bench();
    import_text(&mut bench, GOOD, &options());
    let before = bench.lake.manifest().clone();
    assert_eq!(import_text(&mut bench, GOOD, &options()).outcome, Outcome::AlreadyThere);
    assert_eq!(*bench.lake.manifest(), before);
}

#[test]
fn a_mended_mapping_imports_the_same_file_again() {
    let mut bench = bench();
    import_text(&mut bench, GOOD, &options());
    std::fs::write(
        &bench.mapping,
        format!("{CARD}{}", LAYOUT.replace("min = 0", "min = 1")),
    )
    .expect("writable");
    assert_eq!(import_text(&mut bench, GOOD, &options()).outcome, Outcome::Committed);
    assert_eq!(bench.lake.manifest().releases.len(), 2);
}

#[test]
fn strict_turns_a_rejected_row_into_a_refusal() {
    let mut bench = bench();
    let strict = ImportOptions {
        strict: true,
        keep: None,
        ..options()
    };
    let one = import_text(&mut bench, &format!("{GOOD}SDN,2023\n"), &strict);
    assert_eq!(
        (one.outcome, one.findings.count(Severity::Rejected)),
        (Outcome::Refused, 1)
    );
    assert!(bench.lake.manifest().releases.is_empty());
    assert_eq!(import_text(&mut bench, GOOD, &strict).outcome, Outcome::Committed);
}

#[test]
fn a_header_alone_is_refused_because_it_would_empty_what_is_known() {
    let mut bench = bench();
    let one = import_text(&mut bench, "iso3,year,people\n", &options());
    assert_eq!(one.outcome, Outcome::Refused);
    assert!(one.findings.list()[0].to_string().contains("found no fact in 0 rows"));
    assert!(bench.lake.manifest().releases.is_empty());
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_imported() {
    let mut bench = bench();
    let rows: String = (0..9000).map(|n| format!("SDN,{},{n}\n", 1000 + n)).collect();
    let path = file(&bench.folder, "people.csv", format!("iso3,year,people\n{rows}"));
    bench.meanwhile.set(Some(|folder| {
        let mut file = std::fs::File::options()
            .append(true)
            .open(folder.join("people.csv"))
            .expect("writable");
        std::io::Write::write_all(&mut file, b"TCD,2022,1\n").expect("writable");
    }));
    let error = import(&mut bench, &path, &options()).expect_err("it changed");
    assert!(matches!(error, ReadError::Changed { .. }), "{error}");
    assert!(bench.lake.manifest().releases.is_empty());
    assert_eq!(
        std::fs::read_dir(bench.folder.path().join("lake/facts/staging")).map_or(0, Iterator::count),
        0
    );
}

#[test]
fn what_the_user_says_of_vintage_and_completeness_goes_before_what_the_file_says() {
    let mut bench = bench();
    let vintage = Vintage {
        date: date(2023, 7, 1),
        label: Some("2023".into()),
        basis: VintageBasis::Given,
    };
    let given = ImportOptions {
        vintage: Some(vintage),
        complete_for: Some(vec!["SDN".into()]),
        ..options()
    };
    import_text(&mut bench, GOOD, &given);
    let partial = ImportOptions {
        partial: true,
        ..options()
    };
    import_text(&mut bench, &GOOD.replace("17723315", "17723316"), &partial);
    let releases = &bench.lake.manifest().releases;
    assert_eq!(
        (releases[0].vintage, releases[0].vintage_basis.as_str()),
        (date(2023, 7, 1), "given")
    );
    assert_eq!(releases[0].vintage_label.as_deref(), Some("2023"));
    assert_eq!(releases[0].scope.places.as_deref(), Some(&["SDN".to_string()][..]));
    assert!(!releases[0].scope.partial && releases[1].scope.partial);
}

#[test]
fn the_members_of_an_archive_are_committed_together_and_a_codebook_is_passed_over() {
    let mut bench = bench();
    let other = GOOD.replace("2022", "2023");
    let members: [(&str, &[u8]); 3] = [
        ("a.csv", GOOD.as_bytes()),
        ("b.csv", other.as_bytes()),
        ("codebook.pdf", b"%PDF-1.7"),
    ];
    let path = file(&bench.folder, "people.zip", zip(&members));
    let all = import(&mut bench, &path, &ImportOptions { as_: None, ..options() }).expect("readable");
    assert_eq!(
        all.iter().map(|one| one.outcome).collect::<Vec<_>>(),
        [Outcome::Committed; 2]
    );
    assert_eq!(bench.lake.manifest().number, 1);
    assert_eq!(bench.lake.manifest().releases.len(), 2);
    assert!(bench.messages.borrow()[0].contains("codebook.pdf was not recognised: it is a PDF document"));
    let again = import(&mut bench, &path, &options()).expect("readable");
    assert!(again.iter().all(|one| one.outcome == Outcome::AlreadyThere));
}

#[test]
fn a_mistake_in_the_mapping_is_told_with_its_place() {
    let mut bench = bench();
    std::fs::write(
        &bench.mapping,
        format!("{CARD}{}", LAYOUT.replace("period =", "peroid =")),
    )
    .expect("writable");
    let path = file(&bench.folder, "people.csv", GOOD);
    let error = import(&mut bench, &path, &options()).expect_err("a mistake");
    let ReadError::Mapping(mistake) = error else {
        panic!("{error}")
    };
    assert_eq!(mistake.nearest.as_deref(), Some("period"));
    assert_eq!(&mistake.text[mistake.span.clone().expect("a place")], "peroid");
}

#[test]
fn what_is_concluded_of_a_files_day_is_not_later_than_the_day_of_its_import() {
    let mut bench = bench();
    let layout = LAYOUT.replace("scope = ", "vintage = { infer = true }\nscope = ");
    bench.mapping = file(&bench.folder, "inferring.toml", format!("{CARD}{layout}"));
    let early = import_text(&mut bench, "iso3,year,people\nSDN,2019,46874204\n", &options()).vintage;
    assert!(early.date < date(2024, 6, 1), "{early:?}");
    let late = import_text(&mut bench, "iso3,year,people\nSDN,2024,46874204\n", &options()).vintage;
    assert_eq!((late.date, late.basis), (date(2024, 6, 1), VintageBasis::Inferred));
}

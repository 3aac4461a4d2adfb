//! The UN Treaty Collection's own files of a treaty, in a file made in their layout.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use lysoen_facts::{Lake, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;
use lysoen_sources::import::{ImportOptions, Outcome, Progress, import_file};
use lysoen_sources::reader::VintageBasis;

use crate::taken::{Taken, file, shared, take, text, written};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/XXVI-8.en.xml")
}

/// The made file with a part of it replaced, read under a name.
fn changed(name: &str, from: &str, to: &str) -> Result<Taken, String> {
    let bytes = std::fs::read(fixture()).expect("the fixture");
    // Every byte of ISO 8859-1 is the letter of that number.
    let whole: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    assert_eq!(whole.matches(from).count(), 1, "{from} once");
    let whole = whole.replace(from, to);
    written(name, &whole, |path| {
        take(Catalog::builtin(), path, None).map_err(|e| e.to_string())
    })
}

#[test]
fn a_file_of_a_treaty_becomes_its_signatures_consents_and_declarations() {
    let taken = file(&fixture());
    assert_eq!(
        (taken.layout.as_str(), taken.dataset.as_str()),
        ("un-treaties/xml", "status-26-8")
    );
    assert!(!taken.coverage.partial);
    assert_eq!(taken.counts(), [8, 8, 0, 0]);
    let mut acts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for action in &taken.actions {
        assert!(action.verified && action.instrument == "26-8");
        acts.entry(&action.action).or_default().push(&action.participant);
    }
    let expected = [
        ("declaration", vec!["MEX", "ISL"]),
        ("provisional application", vec!["ISL", "MEX", "NOR"]),
        ("ratification", vec!["CIV", "ISL", "MEX", "NOR", "PAN"]),
        ("signature", vec!["BDI", "CIV", "ISL", "MEX", "NOR", "PAN"]),
    ];
    assert_eq!(acts.into_iter().collect::<Vec<_>>(), expected);
    let one = |who: &str, what: &str| {
        let found = taken.actions.iter().find(|a| a.participant == who && a.action == what);
        found.unwrap_or_else(|| panic!("no {what} of {who}")).clone()
    };
    // Notes are tied by number, to the participant or to one of its days; a number without a note is none.
    let norway = one("NOR", "ratification");
    assert_eq!(
        (norway.name.as_str(), norway.date, norway.row),
        ("Norway", Some(date(2014, 2, 12)), 5)
    );
    assert_eq!(
        norway.note.as_deref(),
        Some("With a territorial exclusion.\nIn the Norwegian language.")
    );
    assert_eq!(
        one("NOR", "signature").note.as_deref(),
        Some("With a territorial exclusion.")
    );
    assert_eq!(one("ISL", "ratification").note, None);
    // Windows-1252 and ISO 8859-1 are read as what they are, and what stands in brackets says so.
    let ivory_coast = one("CIV", "ratification");
    assert_eq!(ivory_coast.name, "Côte d'Ivoire");
    assert_eq!(
        ivory_coast.note.as_deref(),
        Some("in brackets in the depositary's list")
    );
    let mexico = one("MEX", "declaration");
    assert_eq!((mexico.date, mexico.precision.as_str(), mexico.row), (None, "none", 7));
    assert_eq!(
        mexico.note.as_deref(),
        Some("Provisional application of articles 6 and 7.\nMade upon ratification.")
    );
}

#[test]
fn a_file_of_a_treaty_is_as_at_the_day_that_it_tells_else_as_of_its_newest_action() {
    let vintage = file(&fixture()).vintage.expect("a vintage");
    assert_eq!((vintage.date, vintage.basis), (date(2025, 11, 29), VintageBasis::File));
    let silent = changed("XXVI-8.en.xml", "STATUS AS AT : 29-11-2025 05:00:19 EDT", "").expect("a file");
    let vintage = silent.vintage.clone().expect("a vintage");
    assert_eq!(
        (vintage.date, vintage.basis),
        (date(2015, 2, 26), VintageBasis::Inferred)
    );
    let impossible = changed("XXVI-8.en.xml", "29-11-2025", "31-11-2025").expect("a file");
    assert_eq!(
        impossible.vintage.as_ref().expect("a vintage").basis,
        VintageBasis::Inferred
    );
    assert!(
        impossible
            .texts(Severity::Warning)
            .iter()
            .any(|w| w.contains("STATUS AS AT") && w.contains("31-11-2025"))
    );
}

#[test]
fn what_notes_tell_of_a_withdrawal_is_shown_and_is_no_action() {
    let taken = file(&fixture());
    assert!(taken.actions.iter().all(|a| a.action != "withdrawal"));
    let notes = taken.texts(Severity::Note);
    assert_eq!(notes.len(), 2, "{notes:#?}");
    assert!(notes[0].contains("note 2: On 1 March 2016, Burundi notified") && notes[0].contains("a list of actions"));
    assert!(notes[1].contains("found <Objections>"), "{notes:?}");
    let warnings = taken.texts(Severity::Warning);
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(
        warnings[0].contains("row 2") && warnings[0].contains("[26 Feb 2015 ]"),
        "{warnings:?}"
    );
}

#[test]
fn counts_that_differ_from_the_table_are_told() {
    let taken = changed("XXVI-8.en.xml", "<Parties>4</Parties>", "<Parties>5</Parties>").expect("a file");
    let warnings = taken.texts(Severity::Warning);
    assert!(
        warnings
            .iter()
            .any(|w| w.contains("column Parties: found 5, expected 4, as its table has")),
        "{warnings:?}"
    );
}

#[test]
fn what_is_wrong_in_a_row_is_told_and_the_others_are_kept() {
    let row = "<Row><Entry>Panama</Entry><Entry> 3 Jun\t 2013</Entry><Entry/><Entry>11 Feb\t 2014</Entry></Row>";
    let rejected = |to: &str| {
        let taken = changed("XXVI-8.en.xml", row, to).expect("a file");
        assert_eq!(taken.counts(), [8, 7, 1, 0]);
        taken.texts(Severity::Rejected).remove(0)
    };
    let told = rejected(&row.replace("Panama", "Atlantis"));
    assert!(
        told.contains("row 6, column Participant: found Atlantis, expected a state"),
        "{told}"
    );
    let told = rejected("<Row><Entry>Panama</Entry><Entry>3 Jun 2013</Entry></Row>");
    assert!(
        told.contains("row 6") && told.contains("found 2 entries, expected 4"),
        "{told}"
    );
    let told = rejected("<Row><Entry>Panama</Entry><Entry>30 Feb 2013</Entry><Entry/><Entry/></Row>");
    assert!(told.contains("Panama without a usable action"), "{told}");
    let told = rejected("<Row><Entry>Panama</Entry><Entry/><Entry/><Entry>11 Feb 2014 q</Entry></Row>");
    assert!(told.contains("Panama without a usable action"), "{told}");
    let declaration = changed("XXVI-8.en.xml", "<Participant>Iceland<", "<Participant>Atlantis<").expect("a file");
    assert_eq!(declaration.counts(), [8, 7, 1, 0]);
}

#[test]
fn a_file_that_is_broken_or_of_another_treaty_is_refused_whole() {
    let cases = [
        ("XXVI-8.en.xml", "</Rows>", "</Row>", "well-formed XML to the end"),
        ("XXVI-8.en.xml", "</MTDSG>", "", "the end of the file within <MTDSG>"),
        (
            "XXVI-8.en.xml",
            "<Titlesect>Arms",
            "<Titlesect>&secret;Arms",
            "the entity &secret;",
        ),
        (
            "XXVI-8.en.xml",
            "<Entry>Participant</Entry>",
            "<Entry>State</Entry>",
            "a table headed State, Signature",
        ),
        ("XXVI-8.en.xml", "<Treaty>", "<Treaty/><Treaty>", "2 elements <Treaty>"),
        (
            "XXVII-8.en.xml",
            "<Treaty>",
            "<Treaty>",
            "CHAPTER XXVI in a file named XXVII-8.en.xml",
        ),
        (
            "arms-trade.xml",
            "<Treaty>",
            "<Treaty>",
            "a file of a treaty named arms-trade.xml",
        ),
    ];
    for (name, from, to, said) in cases {
        let message = changed(name, from, to).err().unwrap_or_else(|| panic!("{said}"));
        assert!(message.contains(said), "{said}: {message}");
    }
}

#[test]
fn an_entity_of_the_file_is_never_looked_up() {
    let declared = "<!DOCTYPE MTDSG [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]>\n<MTDSG>";
    let message = changed("XXVI-8.en.xml", "<MTDSG>", declared);
    let taken = message.expect("a file whose entity is never named");
    assert_eq!(taken.counts(), [8, 8, 0, 0]);
    let bytes = std::fs::read(fixture()).expect("the fixture");
    let whole: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let whole = whole
        .replace("<MTDSG>", declared)
        .replace("<Entry>Panama", "<Entry>&secret;Panama");
    let refused = written("XXVI-8.en.xml", &whole, |path| {
        take(Catalog::builtin(), path, None).err()
    });
    assert!(refused.expect("a refusal").to_string().contains("the entity &secret;"));
}

#[test]
fn a_table_without_rows_is_refused_for_it_would_hide_all_that_is_known() {
    let bytes = std::fs::read(fixture()).expect("the fixture");
    let whole: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let (before, rest) = whole.split_once("<Rows>").expect("rows");
    let (_, after) = rest.split_once("</Rows>").expect("rows");
    let refused = written("XXVI-8.en.xml", &format!("{before}<Rows/>{after}"), |path| {
        take(Catalog::builtin(), path, None).err()
    });
    assert!(
        refused
            .expect("a refusal")
            .to_string()
            .contains("no row of a participant")
    );
}

/// Says nothing while a file is imported.
struct Quiet;

impl Progress for Quiet {
    fn bytes(&self, _: u64, _: u64) {}
    fn message(&self, _: &str) {}
}

#[test]
fn the_newer_file_takes_the_place_of_the_older_list_of_the_treaty() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let list = folder.path().join("26-8.csv");
    std::fs::write(
        &list,
        "Participant,Signature,Ratification\nSpain,3 Jun 2013,2 Apr 2014\nPanama,3 Jun 2013,\n",
    )
    .expect("room for the test's file");
    let mut lake = Lake::open_or_create(&folder.path().join("lake").display().to_string()).expect("a lake");
    for path in [&list, &fixture()] {
        let options = ImportOptions {
            as_: None,
            mapping: None,
            vintage: None,
            today: date(2026, 11, 23),
            now: jiff::Timestamp::UNIX_EPOCH,
            partial: false,
            complete_for: None,
            strict: false,
            keep: None,
        };
        let done = import_file(
            &mut lake,
            Catalog::builtin(),
            Crosswalk::builtin(),
            path,
            &options,
            &Quiet,
        );
        assert_eq!(done.expect("an import")[0].outcome, Outcome::Committed);
    }
    let view = lake.view(&ViewAt::default()).expect("a view");
    let told = view
        .collect("SELECT participant FROM treaty_actions WHERE participant IN ('ESP', 'PAN') ORDER BY 1")
        .expect("rows");
    let told = arrow::util::pretty::pretty_format_batches(&told)
        .expect("a table")
        .to_string();
    assert!(!told.contains("ESP") && told.matches("PAN").count() == 2, "{told}");
}

#[test]
fn declarations_as_text_become_one_action_of_each_participant() {
    let taken = text(
        "4-11-b.txt",
        "#Norway\nThe minimum age, under article 3, is 18.\n\nIt is checked.\n\n#Atlantis\nNone.\n#Qatar\n\n\n#Belarus\n\
         On the protocol on the Sale of Children, Child Prostitution and Child Pornography.\n",
    );
    assert_eq!(taken.layout, "un-treaties/declarations");
    assert_eq!((taken.dataset.as_str(), &taken.vintage), ("declarations-4-11-b", &None));
    assert_eq!(taken.counts(), [4, 1, 2, 1]);
    let norway = &taken.actions[0];
    assert_eq!(
        (norway.participant.as_str(), norway.action.as_str(), norway.row),
        ("NOR", "declaration", 1)
    );
    assert_eq!((norway.date, norway.precision.as_str()), (None, "none"));
    assert_eq!(
        norway.note.as_deref(),
        Some("The minimum age, under article 3, is 18.\nIt is checked.")
    );
    let rejected = taken.texts(Severity::Rejected);
    assert!(
        rejected[0].contains("row 6, column participant: found Atlantis"),
        "{rejected:?}"
    );
    assert!(
        rejected[1].contains("row 11") && rejected[1].contains("names the protocol 4-11-c"),
        "{rejected:?}"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_copied_declarations_are_read_whole_but_one_of_another_protocol() {
    let read = |name: &str| file(&shared(&format!("treaties/untc_2015_declarations/{name}.txt")));
    assert_eq!(read("4-1").counts(), [32, 27, 0, 5]);
    assert_eq!(read("5-2").counts(), [61, 52, 0, 9]);
    assert_eq!(read("4-11-b").counts(), [154, 154, 0, 0]);
    let sale = read("4-11-c");
    assert_eq!(sale.counts(), [18, 15, 1, 2]);
    assert!(sale.texts(Severity::Rejected)[0].contains("Belarus: a text that names the protocol 4-11-b"));
}

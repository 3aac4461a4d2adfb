//! What an organisation has recorded of places, through the program: consents, mandates, who is present, what blocks.

use std::path::Path;

use jiff::civil::{Date, date};
use lysoen_answers::{Observatory, ladder, policy};
use lysoen_facts::ViewAt;
use lysoen_ladder::{Answer, Kind, Statement};

use crate::{Ran, run};

const HEADER: &str =
    "id,place,kind,subject,answer,by,from,until,independent_sources,reviewed_by,document,verified,note\n";

/// A row of every kind, and every answer that the kinds have.
const EVERY: &str = "\
c1,Central African Republic,consent,M02,refused,host,2014-01-10,,,,note verbale of 10 January,true,\n\
c2,CAF,consent,monitors M01,given,host,2014-02-01,2014-12-31,,,,,until the end of the year\n\
c3,CAF,consent,S01,withdrawn,community,2014-03-01,,,,,,\n\
c4,CAF,consent,M03,none,parties,2014-03-01,,,,,,looked for in vain\n\
m1,CF,mandate,H03,given,security-council,2014-04-10,2015-04-30,,,S/RES/2149 (2014),yes,\n\
m2,CAF,mandate,M01,none,,2014-01-01,2014-04-09,,,,,\n\
m3,CAF,mandate,H06,Ended,,2014-06-01,,,,,,\n\
f1,MLI,framework,S06,in force,ocha,2014-01-01,,,,,,\n\
f2,MLI,framework,S07,none,,2014-01-01,,,,,,\n\
p1,mli,presence,task-force,in_force,un,2013-04-25,,,,S/RES/2100 (2013),true,\n\
p2,Mali,presence,S05,ended,un,2023-12-31,,,,,,\n\
a1,ML01,agreement,ceasefire,in-force,parties,2014-05-23,,,,,,\n\
a2,pc:ML02,agreement,ceasefire,ended,,2014-06-01,,,,,,\n\
h1,CAF,phase,,crisis,,2013-12-05,,,,,,\n\
h2,MLI,phase,,Pre-crisis,,2011-01-01,2012-01-16,,,,,\n\
h3,MLI,phase,,recovery,,2016-01-01,,,,,,\n\
e1,CAF,evidence,,believe,,2014-06-26,,3,OHCHR,S/2014/928,true,\n\
e2,MLI,evidence,M01,suspect,,2012-02-01,,2,,,,\n\
e3,MLI,evidence,S05,pattern,,2011-02-01,,0,,,,\n\
v1,CAF,violation,killing-and-maiming,verified,,2014-01-16,,2,,,,\n\
v2,CAF,violation,military-use-of-schools,reported,,2014-02-16,,,,,,\n\
k1,CAF,harm-check,S13,failed,,2014-03-01,,,,,,abuse by the unit rises\n\
k2,CAF,harm-check,S01,passed,,2014-03-01,,,,,,\n\
b1,CAF,blocker,S13,blocked,,2014-03-01,2014-09-30,,,,,the road is closed\n\
b2,CAF,blocker,S12,lifted,,2014-03-01,,,,,,\n\
o1,CAF,opt-in,M07,given,Kaga-Bandoro,2014-03-01,,,,,,\n\
o2,CAF,opt-in,M07,withdrawn,Bria,2014-03-01,,,,,,\n";

/// A folder with an empty observatory.
fn empty() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    folder
}

/// Imports a file of these bytes, with more arguments.
fn import(folder: &Path, name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Ran {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    let path = path.display().to_string();
    let mut args = vec!["import", "--quiet", &path];
    args.extend(more);
    run(folder, &args)
}

/// Rows read, kept, rejected and skipped, and the card, as an import tells a program.
fn counts(folder: &Path, name: &str, text: &str) -> (String, [String; 4]) {
    let ran = import(folder, name, text, &["--format", "csv"]);
    assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    let bytes = ran.wrote.bytes();
    let mut told = csv::Reader::from_reader(bytes.as_slice());
    let names = told.headers().expect("names").clone();
    let row = told.records().next().expect("a file").expect("CSV");
    let cell = |name: &str| {
        let at = names.iter().position(|n| n == name);
        row[at.unwrap_or_else(|| panic!("{name} of {names:?}"))].to_string()
    };
    let counted = ["rows_read", "rows_kept", "rows_rejected", "rows_skipped"].map(cell);
    (cell("dataset"), counted)
}

fn statements(folder: &Path, at: &ViewAt) -> Vec<Statement> {
    let view = observatory(folder).view(at).expect("a view");
    ladder::statements(&view).expect("statements")
}

fn observatory(folder: &Path) -> Observatory {
    let location = folder.join("observatory").display().to_string();
    Observatory::open(&location, date(2025, 7, 1)).expect("the observatory opens")
}

fn as_of(day: Date, reconstruct: bool) -> ViewAt {
    ViewAt {
        as_of: Some(day),
        reconstruct,
        ..ViewAt::default()
    }
}

fn ids(statements: &[Statement]) -> Vec<&str> {
    statements.iter().map(|s| s.id.as_str()).collect()
}

#[test]
fn a_file_with_every_kind_and_answer_becomes_the_statements_that_it_says() {
    let folder = empty();
    let (dataset, counted) = counts(folder.path(), "records.csv", &format!("{HEADER}{EVERY}"));
    assert_eq!(dataset, "mandates/statements");
    assert_eq!(counted, ["27", "27", "0", "0"]);
    let told = statements(folder.path(), &ViewAt::default());
    assert_eq!(
        ids(&told),
        [
            "h1", "m2", "c1", "v1", "c2", "v2", "b1", "b2", "c3", "c4", "k1", "k2", "o1", "o2", "m1", "m3", "e1", "a1",
            "a2", "h2", "e3", "e2", "p1", "f1", "f2", "h3", "p2",
        ],
        "in the order of place, first day and id"
    );
    let mandate = Statement {
        id: "m1".into(),
        place: "CAF".parse().expect("a place"),
        kind: Kind::Mandate,
        subject: "H03".into(),
        answer: Answer::Given,
        by: Some("security-council".into()),
        from: date(2014, 4, 10),
        until: Some(date(2015, 4, 30)),
        independent_sources: None,
        reviewed_by: None,
        document: Some("S/RES/2149 (2014)".into()),
        verified: true,
        note: None,
        source: "mandates".into(),
        as_of: date(2025, 7, 1),
    };
    let one = |id: &str| told.iter().find(|s| s.id == id).expect("a statement").clone();
    assert_eq!(one("m1"), mandate);
    let evidence = one("e1");
    assert_eq!(
        (
            evidence.answer,
            evidence.independent_sources,
            evidence.reviewed_by.as_deref()
        ),
        (Answer::Believe, Some(3), Some("OHCHR"))
    );
    assert_eq!((one("p1").answer, one("f1").answer), (Answer::InForce, Answer::InForce));
    assert_eq!(
        (one("c2").subject.as_str(), one("c2").verified),
        ("monitors M01", false)
    );
    assert_eq!((one("a1").place.as_str(), one("a2").place.as_str()), ("ML01", "ML02"));
    let kinds: std::collections::BTreeSet<Kind> = told.iter().map(|s| s.kind).collect();
    assert_eq!(kinds.len(), 11);
}

#[test]
fn what_is_wrong_in_a_row_is_told_by_row_and_column_and_the_good_rows_are_kept() {
    // A row, the column in which something is wrong, and what is said of it.
    let wrong = [
        (
            ",CAF,phase,,crisis,,2014-01-01,,,,,,",
            "id",
            "found nothing, expected a number or name",
        ),
        (
            "a,Atlantis,phase,,crisis,,2014-01-01,,,,,,",
            "place",
            "found Atlantis, expected a country by code or name",
        ),
        (
            "a,MALII,phase,,crisis,,2014-01-01,,,,,,",
            "place",
            "found MALII, expected a country by code or name",
        ),
        (
            "a,Sub-Saharan Africa,phase,,crisis,,2014-01-01,,,,,,",
            "place",
            "expected a country by code or name",
        ),
        (
            "a,QQ01,phase,,crisis,,2014-01-01,,,,,,",
            "place",
            "expected a country by code or name",
        ),
        (
            "a,CAF,consnet,M01,given,host,2014-01-01,,,,,,",
            "kind",
            "did you mean consent?",
        ),
        (
            "a,CAF,weather,M01,given,host,2014-01-01,,,,,,",
            "kind",
            "found weather, expected one of consent, mandate,",
        ),
        (
            "a,CAF,consent,M01,refusd,host,2014-01-01,,,,,,",
            "answer",
            "did you mean refused?",
        ),
        (
            "a,CAF,phase,,given,,2014-01-01,,,,,,",
            "answer",
            "found given, expected one of pre-crisis, crisis, recovery, for that is what a row of kind phase can say",
        ),
        (
            "a,CAF,mandate,M01,,,2014-01-01,,,,,,",
            "answer",
            "found nothing, expected one of given, refused, withdrawn, none, ended",
        ),
        (
            "a,CAF,phase,,crisis,,,,,,,,",
            "from",
            "expected the first day on which it holds",
        ),
        (
            "a,CAF,phase,,crisis,,spring,,,,,,",
            "from",
            "found spring, expected a day such as 2024-01-31",
        ),
        (
            "a,CAF,phase,,crisis,,2014-01-02,2014-01-01,,,,,",
            "until",
            "a day not before the first, 2014-01-02",
        ),
        (
            "a,CAF,evidence,,suspect,,2014-01-01,,,,,,",
            "independent_sources",
            "nothing says how good the evidence is",
        ),
        (
            "a,CAF,evidence,,suspect,,2014-01-01,,-1,,,,",
            "independent_sources",
            "0 or more",
        ),
        (
            "a,CAF,evidence,,suspect,,2014-01-01,,70000,,,,",
            "independent_sources",
            "0 or more",
        ),
        (
            "a,CAF,evidence,,suspect,,2014-01-01,,some,,,,",
            "independent_sources",
            "found some, expected a whole number",
        ),
        (
            "a,CAF,blocker,S01,blocked,,2014-01-01,,,,,,",
            "note",
            "the reason why it is blocked",
        ),
        (
            "a,CAF,harm-check,S01,failed,,2014-01-01,,,,,, ",
            "note",
            "the reason why it is failed",
        ),
        (
            "a,CAF,consent,,given,host,2014-01-01,,,,,,",
            "subject",
            "a row without one would be about everything",
        ),
        (
            "a,CAF,consent,M01;M02,given,host,2014-01-01,,,,,,",
            "subject",
            "words of letters, digits and dashes",
        ),
        (
            "a,CAF,phase,M01,crisis,,2014-01-01,,,,,,",
            "subject",
            "a phase is of the place",
        ),
        (
            "a,CAF,phase,,crisis,,2014-01-01,,,,,perhaps,",
            "verified",
            "found perhaps, expected true or false",
        ),
    ];
    let rows: String = wrong.iter().map(|(row, ..)| format!("{row}\n")).collect();
    let good = "a,CAF,phase,,crisis,,2014-01-01,,,,,,\n\
                a,CAF,phase,,crisis,,2014-01-01,,,,,,\n\
                a,CAF,phase,,recovery,,2014-01-01,,,,,,\n\
                b,CAF,consent,M01,given,,2014-01-01,,,,,,\n";
    let folder = empty();
    let findings = folder.path().join("findings.csv").display().to_string();
    let text = format!("{HEADER}{rows}{good}");
    let ran = import(folder.path(), "records.csv", text, &["--findings", &findings]);
    assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    let told = std::fs::read_to_string(&findings).expect("the findings");
    let mut told = csv::Reader::from_reader(told.as_bytes());
    let told: Vec<csv::StringRecord> = told.records().collect::<Result<_, _>>().expect("CSV");
    let lines: Vec<String> = told
        .iter()
        .map(|record| record.iter().collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(lines.len(), wrong.len() + 3, "{lines:#?}");
    let said = |row: usize, column: &str, part: &str| {
        let (found, expected) = match part.split_once(", expected ") {
            Some((found, expected)) => (found.trim_start_matches("found "), expected),
            None => ("", part.trim_start_matches("expected ")),
        };
        let fits = |cells: &&csv::StringRecord| {
            let has = |text: &str| cells.iter().any(|cell| cell == text);
            has(&row.to_string()) && has(column) && (found.is_empty() || has(found))
        };
        told.iter()
            .filter(fits)
            .any(|cells| cells.iter().any(|cell| cell.contains(expected)))
    };
    for (at, (row, column, part)) in wrong.iter().enumerate() {
        assert!(said(at + 2, column, part), "{row}: no {column}: {part} in {lines:#?}");
    }
    let last = wrong.len() + 2;
    assert!(said(
        last + 1,
        "id",
        &format!("found a, expected each statement once; it stands in row {last}")
    ));
    assert!(said(
        last + 2,
        "id",
        &format!("found a, expected an id of its own, for row {last} has this one")
    ));
    assert!(said(
        last + 3,
        "by",
        "found nothing, expected who has given or refused it"
    ));
    let kept = statements(folder.path(), &ViewAt::default());
    assert_eq!(ids(&kept), ["a", "b"]);
    assert_eq!(kept[0].answer, Answer::Crisis);
}

#[test]
fn a_later_file_amends_by_id_and_an_earlier_day_still_gives_what_was_recorded_then() {
    let folder = empty();
    let first =
        format!("{HEADER}c1,CAF,consent,M02,given,host,2014-01-10,,,,,,\nh1,CAF,phase,,crisis,,2013-12-05,,,,,,\n");
    let second = format!(
        "{HEADER}c1,CAF,consent,M02,given,host,2014-01-10,2014-03-01,,,,,\nc2,CAF,consent,M02,refused,host,2014-03-02,,,,,,\n"
    );
    for (name, text, vintage) in [
        ("first.csv", &first, "2014-02-01"),
        ("second.csv", &second, "2014-03-05"),
    ] {
        let ran = import(folder.path(), name, text, &["--vintage", vintage]);
        assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    }
    let now = statements(folder.path(), &ViewAt::default());
    assert_eq!(ids(&now), ["h1", "c1", "c2"]);
    assert_eq!(now[1].until, Some(date(2014, 3, 1)));
    let before = statements(folder.path(), &as_of(date(2014, 3, 4), false));
    assert_eq!(ids(&before), ["h1", "c1"]);
    assert_eq!((before[1].until, before[1].as_of), (None, date(2014, 2, 1)));
    assert!(statements(folder.path(), &as_of(date(2014, 1, 31), false)).is_empty());
    // Before the first record a reconstructed view knows what held by the day, and nothing that began later.
    assert_eq!(ids(&statements(folder.path(), &as_of(date(2014, 1, 9), true))), ["h1"]);
    // A file that is complete for a place takes the place of all that was recorded of it, and of nothing else.
    let third = format!("{HEADER}h9,CAF,phase,,recovery,,2016-03-30,,,,,,\n");
    let more = format!("{HEADER}h2,MLI,phase,,crisis,,2012-01-17,,,,,,\n");
    import(folder.path(), "more.csv", more, &["--vintage", "2014-03-06"]);
    let ran = import(
        folder.path(),
        "third.csv",
        third,
        &["--vintage", "2016-04-01", "--complete-for", "CAF"],
    );
    assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    assert_eq!(ids(&statements(folder.path(), &ViewAt::default())), ["h9", "h2"]);
}

#[test]
fn restricted_records_are_known_here_and_in_nothing_that_leaves() {
    let folder = empty();
    let open = format!("{HEADER}h1,CAF,phase,,crisis,,2013-12-05,,,,,,\n");
    let restricted = format!(
        "{},handling\nh1,CAF,phase,,recovery,,2013-12-05,,,,,,,need to know\nc1,CAF,consent,M03,given,community,2014-01-01,,,,,,,\n",
        HEADER.trim_end()
    );
    assert_eq!(counts(folder.path(), "open.csv", &open).0, "mandates/statements");
    let (dataset, counted) = counts(folder.path(), "sensitive.csv", &restricted);
    assert_eq!(dataset, "mandates-restricted/statements");
    assert_eq!(counted, ["2", "2", "0", "0"]);
    let here = statements(folder.path(), &ViewAt::default());
    assert_eq!(
        ids(&here),
        ["h1", "h1", "c1"],
        "the same id in another source is another statement"
    );
    let observatory = observatory(folder.path());
    for at in [policy::public_rows(&observatory), policy::public(&observatory)] {
        let leaves = ladder::statements(&observatory.view(&at).expect("a view")).expect("statements");
        assert_eq!((ids(&leaves), leaves[0].source.as_str()), (vec!["h1"], "mandates"));
    }
    let target = folder.path().join("out.csv").display().to_string();
    let ran = run(folder.path(), &["export", "mandates", "--to", &target]);
    assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    let exported = std::fs::read_to_string(&target).expect("the export");
    assert!(
        exported.contains("open.csv") && !exported.contains("sensitive.csv"),
        "{exported}"
    );
    assert!(ran.wrote.err().contains("mandates-restricted"), "{}", ran.wrote.err());
    let sql = "SELECT statement_id, source FROM mandates";
    let ran = run(folder.path(), &["query", sql, "--format", "csv", "--quiet"]);
    assert_eq!(ran.wrote.out(), "statement_id,source\r\nh1,mandates\r\n");
}

#[test]
fn a_restricted_file_is_not_taken_for_one_that_may_leave_whatever_is_said_of_it() {
    let folder = empty();
    let text = format!(
        "{},handling\nh1,CAF,phase,,crisis,,2013-12-05,,,,,,,secret\n",
        HEADER.trim_end()
    );
    let ran = import(folder.path(), "sensitive.csv", text, &["--as", "mandates"]);
    assert_eq!(ran.code(), 1);
    let said = ran.wrote.err();
    assert!(
        said.contains("a column handling") && said.contains("--as mandates-restricted"),
        "{said}"
    );
    assert!(statements(folder.path(), &ViewAt::default()).is_empty());
}

#[test]
fn a_workbook_says_the_same_as_a_csv_file() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in HEADER.trim_end().split(',').enumerate() {
        sheet.write(0, column as u16, name).expect("in range");
    }
    for (column, text) in ["e1", "Mali", "evidence", "M01", "suspect"].iter().enumerate() {
        sheet.write(1, column as u16, *text).expect("in range");
    }
    let from = rust_xlsxwriter::ExcelDateTime::from_ymd(2012, 2, 1).expect("a day");
    sheet.write_with_format(1, 6, &from, &day).expect("in range");
    sheet.write(1, 8, 2).expect("in range");
    sheet.write(1, 11, true).expect("in range");
    let folder = empty();
    let bytes = workbook.save_to_buffer().expect("memory takes it");
    let ran = import(folder.path(), "records.xlsx", bytes, &[]);
    assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    let told = statements(folder.path(), &ViewAt::default());
    assert_eq!(ids(&told), ["e1"]);
    let one = &told[0];
    assert_eq!(
        (
            one.place.as_str(),
            one.from,
            one.independent_sources,
            one.verified,
            one.until
        ),
        ("MLI", date(2012, 2, 1), Some(2), true, None)
    );
}

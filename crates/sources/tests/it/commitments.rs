//! What secretariats list beside the treaties, as an organisation keeps it.

use jiff::civil::date;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::commitments::kinds;
use lysoen_sources::finding::Severity;

use crate::taken::{Commitment, take, text, written};

const HEADER: &str = "id,kind,element,instrument,duty,participant,date,covers,until,document,verified,note\n";

/// A row of every kind.
const EVERY: &str = "\
r1,report,,apmbc,apmbc.7.2,NOR,2025-04-29,2024,,,true,\n\
r2,Report,,apmbc,apmbc.7.2,Norway,30 Apr 2024,2022-2023,,,,\n\
r3,report,,att,att.13.1,NO,2025-05-30,31 May 2025,,,,\n\
g1,register,,apmbc,apmbc.7.2,,1999-08-27,,2025-06-30,,yes,as the office lists them\n\
d1,due-set,,op-crc-ac,op-crc-ac.8.2,Mali,2023-05-01,,2028-05-01,CRC/C/MLI/CO/3,true,\n\
a1,applies,,,apmbc.5.1,AGO,2003-01-01,,,,true,\n\
n1,not applicable,,,apmbc.5.1,Tonga,2025-12-01,,,,,no mined areas\n\
x1,extension,,apmbc,apmbc.5.1,Angola,2024-06-28,,2028-12-31,APLC/CONF/2024/12,true,\n\
c1,completion,,,apmbc.5.1,Oman,2024-11-25,,,,,\n\
w1,armed-conflict,,,,SDN,2023-04-15,,,A/HRC/57/23,true,\n\
q1,contested,,rome,,South Africa,2017-02-22,,2017-03-07,,,a court held the notice void\n\
p1,programme,3,,,MLI,2014-01-01,,2016-12-31,,,training of police in human rights\n\
p2,programme,,palermo,,European Union,2019-01-01,,,,,a fund for shelters\n";

fn ids(taken: &[Commitment]) -> Vec<&str> {
    taken.iter().map(|c| c.id.as_str()).collect()
}

#[test]
fn a_file_with_every_kind_becomes_the_records_that_it_says() {
    let taken = text("records.csv", &format!("{HEADER}{EVERY}"));
    assert_eq!(taken.layout, "commitments/records");
    assert_eq!(taken.dataset, "records");
    assert_eq!(taken.texts(Severity::Rejected), [""; 0]);
    assert_eq!(taken.counts(), [13, 13, 0, 0]);
    assert!(taken.coverage.partial);
    assert_eq!(taken.vintage, None, "the day of the import");
    let mut told: Vec<&str> = taken.commitments.iter().map(|c| c.kind.as_str()).collect();
    told.dedup();
    assert_eq!(told, kinds());
    let one = |id: &str| taken.commitments.iter().find(|c| c.id == id).expect("a record").clone();
    let extension = Commitment {
        id: "x1".into(),
        kind: "extension".into(),
        instrument: Some("apmbc".into()),
        duty: Some("apmbc.5.1".into()),
        participant: Some("AGO".into()),
        name: Some("Angola".into()),
        date: Some(date(2024, 6, 28)),
        until: Some(date(2028, 12, 31)),
        document: Some("APLC/CONF/2024/12".into()),
        verified: true,
        row: 9,
        ..Commitment::default()
    };
    assert_eq!(one("x1"), extension);
    // Three ways to name Norway, and three forms of what a report covers.
    let reports = ["r1", "r2", "r3"].map(one);
    assert!(reports.iter().all(|r| r.participant.as_deref() == Some("NOR")));
    let covered = reports.each_ref().map(|r| r.covers.as_deref());
    assert_eq!(covered, [Some("2024"), Some("2022-2023"), Some("2025-05-31")]);
    // A duty names its instrument.
    assert_eq!(one("c1").instrument.as_deref(), Some("apmbc"));
    let register = one("g1");
    assert_eq!((register.participant, register.name), (None, None));
    assert_eq!((one("p1").element, one("p1").instrument), (Some(3), None));
    assert_eq!(one("p2").participant.as_deref(), Some("European Union"));
}

#[test]
fn what_is_wrong_in_a_row_is_told_by_row_and_column_and_the_good_rows_are_kept() {
    // A row, the column in which something is wrong, and what is said of it.
    let wrong = [
        (
            ",completion,,,apmbc.5.1,OMN,2024-11-25,,,,,",
            "id",
            "found nothing, expected a number or name",
        ),
        (
            "a,reprot,,apmbc,apmbc.7.2,NOR,2025-04-29,2024,,,,",
            "kind",
            "did you mean report?",
        ),
        (
            "a,weather,,apmbc,apmbc.7.2,NOR,2025-04-29,,,,,",
            "kind",
            "found weather, expected one of report, register,",
        ),
        (
            "a,report,,,,NOR,2025-04-29,2024,,,,",
            "instrument",
            "a row of kind report needs it",
        ),
        (
            "a,report,,apmbc,,NOR,2025-04-29,2024,,,,",
            "duty",
            "found nothing, expected the duty or deadline by its id",
        ),
        (
            "a,report,,apmbc,att.13.1,NOR,2025-04-29,,,,,",
            "duty",
            "found att.13.1, expected the id of a duty",
        ),
        ("a,report,,apmbc,apmbc,NOR,2025-04-29,,,,,", "duty", "such as apmbc.5"),
        (
            "a,report,,apmbc,apmbc.,NOR,2025-04-29,,,,,",
            "duty",
            "begins with its instrument's",
        ),
        (
            "a,report,,APMBC,apmbc.7.2,NOR,2025-04-29,,,,,",
            "instrument",
            "found APMBC, expected an id",
        ),
        (
            "a,report,,apmbc,apmbc.7.2,,2025-04-29,2024,,,,",
            "participant",
            "expected the party, by code or name",
        ),
        (
            "a,report,,apmbc,apmbc.7.2,Atlantis,2025-04-29,,,,,",
            "participant",
            "found Atlantis, expected a state",
        ),
        (
            "a,report,,apmbc,apmbc.7.2,NOR,,2024,,,,",
            "date",
            "the day on which the report was received",
        ),
        (
            "a,report,,apmbc,apmbc.7.2,NOR,2025-02-30,,,,,",
            "date",
            "found 2025-02-30, expected a day such as",
        ),
        (
            "a,report,,apmbc,apmbc.7.2,NOR,2025-04-29,last year,,,,",
            "covers",
            "found last year, expected a year such as 2024",
        ),
        (
            "a,report,,apmbc,apmbc.7.2,NOR,2025-04-29,2025-2024,,,,",
            "covers",
            "found 2025-2024",
        ),
        ("a,report,,apmbc,apmbc.7.2,NOR,2025-04-29,24,,,,", "covers", "found 24"),
        (
            "a,report,,apmbc,apmbc.7.2,NOR,2025-04-29,2024,2025-12-31,,,",
            "until",
            "nothing, for it is of one day",
        ),
        (
            "a,register,,apmbc,,NOR,1999-08-27,,2025-06-30,,,",
            "participant",
            "a register is of all parties",
        ),
        (
            "a,register,,apmbc,,,1999-08-27,,,,,",
            "until",
            "the last day for which the register is complete",
        ),
        (
            "a,register,,apmbc,,,,,2025-06-30,,,",
            "date",
            "from which the register is kept",
        ),
        (
            "a,register,,,,,1999-08-27,,2025-06-30,,,",
            "instrument",
            "kind register needs it",
        ),
        (
            "a,register,,apmbc,,,1999-08-27,,1999-08-26,,,",
            "until",
            "found 1999-08-26, expected a day not before 1999-08-27",
        ),
        (
            "a,extension,,,apmbc.5.1,AGO,2024-06-28,,,,,",
            "until",
            "to which the deadline was extended",
        ),
        (
            "a,due-set,,,apmbc.5.1,AGO,2024-06-28,,,,,",
            "until",
            "the day that was set",
        ),
        (
            "a,completion,,,,AGO,2024-06-28,,,,,",
            "duty",
            "kind completion needs it",
        ),
        ("a,applies,,,apmbc.5.1,AGO,,,,,,", "date", "the day from which it holds"),
        (
            "a,not-applicable,,,apmbc.5.1,,2024-06-28,,,,,",
            "participant",
            "kind not-applicable needs it",
        ),
        (
            "a,completion,,,apmbc.5.1,AGO,2024-06-28,2024,,,,",
            "covers",
            "only a report covers a time",
        ),
        (
            "a,armed-conflict,,,,SDN,2023-04-15,,,,,",
            "document",
            "the source that says so",
        ),
        (
            "a,contested,,rome,,ZAF,2017-02-22,,,,,",
            "note",
            "what is contested, and by whom",
        ),
        (
            "a,contested,,,,ZAF,2017-02-22,,,,,void",
            "instrument",
            "kind contested needs it",
        ),
        (
            "a,programme,,,,MLI,2014-01-01,,,,,training",
            "element",
            "the element of the agenda, 1 to 10",
        ),
        (
            "a,programme,11,,,MLI,2014-01-01,,,,,training",
            "element",
            "found 11, expected an element",
        ),
        (
            "a,programme,70000,,,MLI,2014-01-01,,,,,training",
            "element",
            "found 70000, expected an element",
        ),
        ("a,programme,3,,,MLI,2014-01-01,,,,,", "note", "what it is"),
        (
            "a,completion,,,apmbc.5.1,OMN,2024-11-25,,,,perhaps,",
            "verified",
            "found perhaps, expected true or false",
        ),
    ];
    let good = "a,completion,,,apmbc.5.1,OMN,2024-11-25,,,,,\n\
                a,completion,,,apmbc.5.1,OMN,2024-11-25,,,,,\n\
                a,completion,,,apmbc.5.1,OMN,2024-11-26,,,,,\n\
                b,armed-conflict,,,,SDN,2023-04-15,,,A/HRC/57/23,,\n";
    let rows: String = wrong.iter().map(|(row, ..)| format!("{row}\n")).collect();
    let taken = text("records.csv", &format!("{HEADER}{rows}{good}"));
    let count = wrong.len() as u64;
    assert_eq!(taken.counts(), [count + 4, 2, count + 1, 1]);
    assert_eq!(ids(&taken.commitments), ["a", "b"]);
    let rejected = taken.texts(Severity::Rejected);
    for (at, (row, column, said)) in wrong.iter().enumerate() {
        let place = format!("row {}, column {column}: ", at + 2);
        assert!(
            rejected[at].contains(&place) && rejected[at].contains(said),
            "{row}: no {place}{said} in {}",
            rejected[at]
        );
    }
    assert!(rejected[wrong.len()].contains("column id: found a, expected an id of its own"));
    assert!(taken.texts(Severity::Note)[0].contains("each record once"));
}

#[test]
fn a_file_whose_rows_may_not_leave_is_refused() {
    let header = HEADER.trim_end();
    let file = format!("{header},handling\nc1,completion,,,apmbc.5.1,OMN,2024-11-25,,,,,,restricted\n");
    let refused = |as_| written("records.csv", &file, |path| take(Catalog::builtin(), path, as_).err());
    let message = refused(Some("commitments")).expect("a refusal").to_string();
    assert!(
        message.contains("a column handling, which says that the rows may not leave"),
        "{message}"
    );
    // Without a name it is no file that is known at all.
    assert!(
        refused(None)
            .expect("a refusal")
            .to_string()
            .contains("was not recognised")
    );
}

#[test]
fn a_file_without_the_columns_is_refused() {
    let refused = written("records.csv", "id,kind\nc1,completion\n", |path| {
        take(Catalog::builtin(), path, Some("commitments")).err()
    });
    let message = refused.expect("a refusal").to_string();
    assert!(message.contains("no column participant, date"), "{message}");
}

//! The agenda by the command line, on the snapshot and with records of one's own.

use std::collections::BTreeMap;

use crate::{Ran, run};

/// A table of text by the names of its columns.
type Rows = Vec<BTreeMap<String, String>>;

fn snapshot() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    folder
}

fn agenda(folder: &tempfile::TempDir, args: &[&str]) -> Ran {
    let mut whole = vec!["agenda"];
    whole.extend(args);
    run(folder.path(), &whole)
}

fn rows(folder: &tempfile::TempDir, args: &[&str]) -> Rows {
    let mut whole = args.to_vec();
    whole.extend(["--format", "csv"]);
    let ran = agenda(folder, &whole);
    assert!(ran.outcome.is_ok(), "{}", ran.wrote.err());
    let bytes = ran.wrote.bytes();
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let named = table.deserialize::<BTreeMap<String, String>>();
    named.map(|row| row.expect("CSV")).collect()
}

fn standing(rows: &Rows, party: &str) -> String {
    let of = rows.iter().find(|row| row["party"] == party);
    of.unwrap_or_else(|| panic!("{party} is not told"))["standing"].clone()
}

/// Participants of an instrument that stand in one of those ways.
fn count(rows: &Rows, words: &[&str]) -> usize {
    let parties: std::collections::BTreeSet<&String> = rows
        .iter()
        .filter(|row| words.contains(&row["standing"].as_str()))
        .map(|row| &row["party"])
        .collect();
    parties.len()
}

const BOUND: [&str; 5] = [
    "bound",
    "withdrawal announced",
    "withdrawal notified",
    "withdrawal suspended",
    "withdrawal revoked",
];

#[test]
fn the_csv_has_the_columns_that_are_promised_and_every_row_says_its_source_and_day() {
    let folder = snapshot();
    let ran = agenda(&folder, &["--party", "NOR", "--format", "csv"]);
    let text = ran.wrote.out();
    let header = text.lines().next().expect("a header").trim_end();
    assert_eq!(header, "party,instrument,standing,since,duty,due,status,source,as_of");
    let rows = rows(&folder, &["--party", "Norway", "--instrument", "apmbc"]);
    assert!(
        rows.iter()
            .all(|row| row["source"] == "un-treaties" && !row["as_of"].is_empty()),
        "{rows:?}"
    );
    assert!(
        rows.iter()
            .all(|row| row["standing"] == "bound" && row["since"] == "1999-03-01"),
        "{rows:?}"
    );
    let yearly: Vec<&str> = rows
        .iter()
        .filter(|row| row["duty"] == "apmbc.7.2")
        .map(|row| row["due"].as_str())
        .collect();
    assert_eq!(yearly, ["2025-04-30", "2026-04-30"]);
}

#[test]
fn parties_of_the_mine_ban_convention_and_the_rome_statute_are_counted_as_on_their_days() {
    let folder = snapshot();
    let on = |instrument: &str, day: &str| rows(&folder, &["--instrument", instrument, "--as-of", day]);
    let october = on("apmbc", "2025-10-01");
    assert_eq!(count(&october, &BOUND), 165);
    assert_eq!(count(&october, &["deposited"]), 1, "Tonga, in force on 1 December");
    assert_eq!(standing(&october, "EST"), "withdrawal notified");
    for (day, bound) in [("2025-12-28", 163), ("2026-01-11", 162), ("2026-02-21", 161)] {
        assert_eq!(count(&on("apmbc", day), &BOUND), bound, "{day}");
    }
    assert_eq!(
        count(&on("apmbc", "2012-12-27"), &BOUND) + count(&on("apmbc", "2012-12-27"), &["deposited"]),
        161
    );
    for (day, bound) in [("2026-06-01", 125), ("2026-06-03", 124)] {
        assert_eq!(count(&on("rome-statute", day), &BOUND), bound, "{day}");
    }
    let then = on("rome-statute", "2017-01-01");
    assert_eq!(
        [standing(&then, "ZAF"), standing(&then, "GMB")],
        ["withdrawal notified", "withdrawal notified"]
    );
    let now = on("rome-statute", "2018-01-01");
    assert_eq!(
        [standing(&now, "ZAF"), standing(&now, "BDI")],
        ["withdrawal revoked", "withdrawn"]
    );
}

#[test]
fn nobody_is_late_without_a_register_and_with_one_only_up_to_its_day() {
    let folder = snapshot();
    let asked = ["--instrument", "apmbc", "--party", "KHM"];
    let status = |rows: &Rows, due: &str| {
        let row = rows.iter().find(|row| row["duty"] == "apmbc.7.2" && row["due"] == due);
        row.expect("a report is due")["status"].clone()
    };
    let before = rows(&folder, &asked);
    assert_eq!(status(&before, "2025-04-30"), "submission unknown");
    let list = "id,kind,element,instrument,duty,participant,date,covers,until,document,verified,note\n\
                r1,register,,apmbc,apmbc.7.2,,2020-01-01,,2025-06-10,,true,\n\
                r2,report,,apmbc,apmbc.7.2,NOR,2025-05-12,2024,,,true,\n\
                x1,extension,,apmbc,apmbc.5,KHM,2019-11-29,,2025-12-31,APLC/CONF/2019/5/Add.1,true,\n";
    let file = folder.path().join("secretariat.csv");
    std::fs::write(&file, list).expect("written");
    assert_eq!(run(folder.path(), &["import", &file.display().to_string()]).code(), 0);
    let after = rows(&folder, &asked);
    assert_eq!(status(&after, "2025-04-30"), "overdue by 1 month");
    assert_eq!(status(&after, "2026-04-30"), "not yet due");
    let deadline = after.iter().find(|row| row["duty"] == "apmbc.5").expect("a deadline");
    assert_eq!(
        [&deadline["due"], &deadline["status"], &deadline["source"]],
        ["2025-12-31", "near", "commitments"]
    );
    let norway = rows(&folder, &["--instrument", "apmbc", "--party", "NOR"]);
    assert_eq!(status(&norway, "2025-04-30"), "submitted late");
}

/// The entries of a calendar by the names of their properties, lines unfolded (RFC 5545, 3.1).
fn entries(text: &str) -> Vec<BTreeMap<String, String>> {
    let whole = text.replace("\r\n ", "");
    let (mut all, mut entry) = (Vec::new(), None::<BTreeMap<String, String>>);
    for line in whole.lines() {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(entry.replace(BTreeMap::new()).is_none(), "an entry within an entry"),
            ("END", "VEVENT") => all.push(entry.take().expect("an entry that begins")),
            _ => {
                if let Some(entry) = &mut entry {
                    let before = entry.insert(name.to_string(), value.to_string());
                    assert_eq!(before, None, "{name} twice");
                }
            }
        }
    }
    all
}

#[test]
fn what_falls_due_is_a_calendar_of_day_long_entries() {
    let folder = snapshot();
    let text = agenda(&folder, &["--ics", "--party", "Norway", "--due", "2y"])
        .wrote
        .out();
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"),
        "{text}"
    );
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
    let told = entries(&text);
    let rows = rows(&folder, &["--party", "Norway", "--due", "2y"]);
    assert!(
        told.len() >= rows.len() && !rows.is_empty(),
        "{} entries, {} rows",
        told.len(),
        rows.len()
    );
    let ids: std::collections::BTreeSet<&String> = told.iter().map(|entry| &entry["UID"]).collect();
    assert_eq!(ids.len(), told.len(), "each entry has an identifier of its own");
    let report = told
        .iter()
        .find(|entry| entry["UID"] == "apmbc.7.2.NOR.2026-04-30@lysoen")
        .expect("a report");
    assert_eq!(report["DTSTART;VALUE=DATE"], "20260430");
    assert_eq!(report["DTEND;VALUE=DATE"], "20260501");
    assert_eq!(report["DTSTAMP"], "20250701T000000Z");
    assert!(
        report["SUMMARY"].contains("Mine Ban Convention\\, Art. 7(2)"),
        "{}",
        report["SUMMARY"]
    );
    assert_eq!(
        text,
        agenda(&folder, &["--ics", "--party", "Norway", "--due", "2y"])
            .wrote
            .out(),
        "same bytes"
    );
}

#[test]
fn a_person_reads_elements_an_instrument_a_party_and_what_is_due() {
    let folder = snapshot();
    let says = |args: &[&str], words: &[&str]| {
        let ran = agenda(&folder, args);
        // As it is read, wherever a line ends.
        let text = ran.wrote.out().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
        for word in words {
            assert!(text.contains(word), "{args:?} does not say {word}:\n{text}");
        }
    };
    says(
        &[],
        &[
            "Anti-personnel",
            "Mine Ban Convention",
            "2012-12-27",
            "Nobody is late or overdue here",
        ],
    );
    says(
        &["--element", "7"],
        &["Norms", "Practice", "Progress", "attacks by forces of a state", "awsd"],
    );
    says(&["--element", "10"], &["gap to 0.7", "preliminary", "one-oda"]);
    says(
        &["--instrument", "rome-statute", "--as-of", "2026-06-03"],
        &[
            "Art. 126",
            "withdrawn",
            "Burundi*",
            "not read off the depositary's own list",
        ],
    );
    says(
        &["--party", "MLI", "--full"],
        &["Rome Statute", "ratification", "[un-treaties,", "Art. "],
    );
    says(&["--due", "12m"], &["2026-04-30", "apmbc.7.2", "parties"]);
}

#[test]
fn an_instrument_element_or_party_that_is_not_there_is_told_with_the_nearest() {
    let folder = snapshot();
    let wrong = |args: &[&str]| {
        let ran = agenda(&folder, args);
        ran.outcome.expect_err("a failure").to_string()
    };
    assert!(wrong(&["--instrument", "apmbk"]).contains("did you mean `apmbc`?"));
    assert!(wrong(&["--party", "Norwai"]).contains("Norway"));
}

#[test]
fn a_treaty_of_ones_own_is_told_without_a_line_of_code() {
    let folder = snapshot();
    let own = folder.path().join("observatory/catalog/agenda/instruments");
    std::fs::create_dir_all(&own).expect("a folder");
    let treaty = r#"
id = "river-pact"
title = "Pact on the Protection of People along the River"
short = "River Pact"
elements = [8]
kind = "treaty"
numbers = ["99-1"]
adopted = "2020-05-01"

[entry]
article = "9(1)"
consents = 2
original = "3 months"
later_article = "9(2)"
later = "30 days"

[withdrawal]
article = "10"
wait = "1 year"

[[duty]]
id = "river-pact.5"
title = "Report on floods"
article = "5"
due = { rule = "yearly", on = "02-28" }

[[read]]
text = "Made for a test"
"#;
    std::fs::write(own.join("river-pact.toml"), treaty).expect("written");
    let list = "Participant,Signature,\"Ratification, Accession(a)\"\n\
                Chad,5 May 2020,10 Jan 2021\nNiger,,31 Mar 2021 a\nMali,,15 Jan 2022 a\n";
    let left = "treaty,participant,action,date,effective,note\nriver-pact,Mali,withdrawal,2024-06-01,,\n";
    for (name, text) in [("99-1.csv", list), ("river_actions.csv", left)] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("written");
        assert_eq!(
            run(folder.path(), &["import", &file.display().to_string()]).code(),
            0,
            "{name}"
        );
    }
    assert_eq!(run(folder.path(), &["check"]).code(), 0);
    let told = rows(&folder, &["--instrument", "river-pact"]);
    let since = |party: &str| told.iter().find(|row| row["party"] == party).expect("told")["since"].clone();
    // The second consent on 31 March, and three months: 30 June.
    assert_eq!([since("TCD"), since("NER")], ["2021-06-30", "2021-06-30"]);
    assert_eq!(standing(&told, "MLI"), "withdrawn");
    let first: Vec<&String> = told
        .iter()
        .filter(|row| row["party"] == "TCD")
        .map(|row| &row["due"])
        .collect();
    assert_eq!(first, ["2025-02-28", "2026-02-28"]);
}

#[test]
fn a_mistake_in_a_file_of_the_agenda_is_shown_where_it_stands() {
    let folder = snapshot();
    let own = folder.path().join("observatory/catalog/agenda/instruments");
    std::fs::create_dir_all(&own).expect("a folder");
    std::fs::write(own.join("bad.toml"), "id = \"bad\"\ntitel = \"A treaty\"\n").expect("written");
    let ran = agenda(&folder, &[]);
    assert_eq!(ran.code(), 1);
    let checked = run(folder.path(), &["check"]);
    assert_ne!(checked.code(), 0);
    let said = checked.wrote.out();
    assert!(
        said.contains("bad.toml, line 2") && said.contains("did you mean `title`?"),
        "{said}"
    );
}

#[test]
fn every_action_and_every_kind_of_record_that_the_rules_know_can_be_imported() {
    use lysoen_agenda::{Act, CommitmentKind};
    let mut known: Vec<&str> = CommitmentKind::ALL.iter().map(|kind| kind.word()).collect();
    let mut read = lysoen_sources::commitments::kinds().to_vec();
    known.sort_unstable();
    read.sort_unstable();
    assert_eq!(read, known);
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init", "--empty"]).code(), 0);
    let mut list = String::from("treaty,participant,action,date,effective,note\n");
    for act in Act::ALL {
        list.push_str(&format!("26-5,Chad,{act},2001-05-06,,\n"));
    }
    let file = folder.path().join("actions.csv");
    std::fs::write(&file, list).expect("written");
    assert_eq!(run(folder.path(), &["import", &file.display().to_string()]).code(), 0);
    let asked = "SELECT count(*) AS n FROM treaty_actions";
    let told = run(folder.path(), &["query", asked, "--format", "csv"]).wrote.out();
    assert_eq!(
        told.lines().nth(1).map(str::trim_end),
        Some(Act::ALL.len().to_string().as_str()),
        "{told}"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn element_ten_lists_where_the_sources_of_aid_differ_and_what_humanitarian_plans_received() {
    let folder = snapshot();
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let files = [
        "oda/oecd_dac1_table1_2014_2023.parquet",
        "oda/one_oda_gni_ts.csv",
        "funding/fts_requirements_funding_global.csv",
        "funding/fts_requirements_funding_cluster_global.csv",
    ];
    for file in files {
        let path = data.join(file).display().to_string();
        assert_eq!(run(folder.path(), &["import", "--quiet", &path]).code(), 0, "{file}");
    }
    let text = agenda(&folder, &["--element", "10"]).wrote.out();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // 1,131,050,820 asked for and 564,467,765 received by the plan of 2020.
    for said in [
        "requirements that were met, AFG: 49.91",
        "Australia 2019 (",
        "Germany 2023 (",
        "no drop can be told",
    ] {
        assert!(text.contains(said), "it does not say {said}:\n{text}");
    }
}

//! Who did what to which treaty.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use lysoen_facts::{Lake, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;
use lysoen_sources::import::{ImportOptions, Outcome, Progress, import_file};
use lysoen_sources::reader::VintageBasis;
use lysoen_sources::treaties::makes_party;

use crate::taken::{Action, Taken, file, shared, take, text, written};

/// Those that have consented to be bound, less those whose withdrawal has taken effect by `on`.
fn parties(actions: &[Action], instrument: &str, on: Date) -> BTreeSet<String> {
    let of = || actions.iter().filter(|a| a.instrument == instrument);
    let mut parties: BTreeSet<String> = of()
        .filter(|a| makes_party(&a.action))
        .map(|a| a.participant.clone())
        .collect();
    for left in of().filter(|a| a.action == "withdrawal" && a.effective.is_some_and(|day| day <= on)) {
        parties.remove(&left.participant);
    }
    parties
}

fn status(instrument: &str) -> Taken {
    file(&shared(&format!("treaties/untc_2015/{instrument}.csv")))
}

const STATUS: &str = "Participant,\"Signature, Succession to signature(d)\",Provisional application under article 23(n),\
\"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)\"\n\
Norway,3 Dec 1997,,9 Jul 1998\n\
Finland,,,9 Jan 2012 a\n\
Netherlands,3 Dec 1997,4 Dec 1997 n,12 Apr 1999 A\n\
Slovakia,12 Jan 1993 d,,25 Feb 1999 AA\n\
European Union,,,2 Feb 2010 a\n\
China,,,\n\
Atlantis,,,1 Jan 2001\n\
Ghana,,,30 Feb 2000\n\
Mali,3 Dec 1997,,2 Jun 1998 q\n";

#[test]
fn a_status_list_becomes_one_action_for_every_date() {
    let taken = text("26-5.csv", STATUS);
    assert_eq!(taken.layout, "un-treaties/status");
    assert_eq!(taken.dataset, "status-26-5");
    assert!(!taken.coverage.partial);
    let told: Vec<_> = taken
        .actions
        .iter()
        .map(|a| {
            (
                a.participant.as_str(),
                a.action.as_str(),
                a.date.expect("a day").to_string(),
                a.row,
            )
        })
        .collect();
    let expected = [
        ("NOR", "signature", "1997-12-03", 2),
        ("NOR", "ratification", "1998-07-09", 2),
        ("FIN", "accession", "2012-01-09", 3),
        ("NLD", "signature", "1997-12-03", 4),
        ("NLD", "provisional application", "1997-12-04", 4),
        ("NLD", "acceptance", "1999-04-12", 4),
        ("SVK", "succession to signature", "1993-01-12", 5),
        ("SVK", "approval", "1999-02-25", 5),
        ("European Union", "accession", "2010-02-02", 6),
        ("MLI", "signature", "1997-12-03", 10),
    ]
    .map(|(participant, action, day, row)| (participant, action, day.to_string(), row));
    assert_eq!(told, expected);
    assert!(
        taken
            .actions
            .iter()
            .all(|a| a.verified && a.precision == "day" && a.instrument == "26-5")
    );
}

#[test]
fn a_status_list_is_as_of_its_newest_action_and_not_of_the_day_of_the_copy() {
    let vintage = text("26-5.csv", STATUS).vintage.expect("a vintage");
    assert_eq!(
        (vintage.date, vintage.basis),
        (date(2012, 1, 9), VintageBasis::Inferred)
    );
}

#[test]
fn what_is_wrong_in_a_status_list_is_told_by_row_and_column() {
    let taken = text("26-5.csv", STATUS);
    // China did nothing; Atlantis is no state and the 30th of February no day; Mali keeps its signature.
    assert_eq!(taken.counts(), [9, 6, 2, 1]);
    let rejected = taken.texts(Severity::Rejected);
    assert!(
        rejected[0].starts_with("26-5.csv, row 8, column Participant: found Atlantis, expected a state"),
        "{rejected:?}"
    );
    assert!(
        rejected[1].contains("row 9") && rejected[1].contains("at least one dated action"),
        "{rejected:?}"
    );
    let warnings = taken.texts(Severity::Warning);
    assert!(
        warnings[0].contains("row 9") && warnings[0].contains("found 30 Feb 2000, expected a day"),
        "{warnings:?}"
    );
    assert!(
        warnings[1].contains("found 2 Jun 1998 q, expected one of the letters"),
        "{warnings:?}"
    );
    assert_eq!(taken.texts(Severity::Note).len(), 1);
}

#[test]
fn a_status_list_whose_name_tells_no_treaty_is_refused_with_advice() {
    let refused = written("mine-ban.csv", STATUS, |path| {
        take(Catalog::builtin(), path, Some("un-treaties")).err()
    });
    let message = refused.expect("a refusal").to_string();
    assert!(
        message.contains("a status list named mine-ban.csv") && message.contains("26-5.csv"),
        "{message}"
    );
}

#[test]
fn later_actions_are_partial_and_unverified() {
    let taken = text(
        "later.csv",
        "treaty,participant,action,date,effective,note\n\
         26-5,Tonga,accession,2025-06-25,2025-12-01,\n\
         26-5,Poland,withdrawal,2025-08-20,2026-02-20,six months after receipt of the notice (Art. 20(3))\n\
         26-5,Poland,withdrawal,2025-08-20,2026-02-20,again\n\
         26-5,Latvia,withdrawn,2025-06-27,2025-12-27,\n\
         26-5,Latvia,withdrawal,2025-06-27,2025-01-27,\n\
         Mine Ban,Latvia,withdrawal,2025-06-27,,\n",
    );
    assert_eq!(taken.layout, "treaty-later-actions/actions");
    assert!(taken.coverage.partial);
    assert_eq!(taken.counts(), [6, 2, 3, 1]);
    // The day on which Poland's notice takes effect was known before; it does not make the list newer.
    assert_eq!(taken.vintage.as_ref().expect("a vintage").date, date(2025, 8, 20));
    let poland = &taken.actions[1];
    assert_eq!(
        (poland.participant.as_str(), poland.effective),
        ("POL", Some(date(2026, 2, 20)))
    );
    assert!(
        poland
            .note
            .as_deref()
            .is_some_and(|note| note.starts_with("six months"))
    );
    assert!(taken.actions.iter().all(|a| !a.verified));
    let rejected = taken.texts(Severity::Rejected);
    for (finding, column) in rejected.iter().zip(["action", "effective", "treaty"]) {
        assert!(finding.contains(&format!("column {column}:")), "{finding}");
    }
}

#[test]
fn a_withdrawal_whose_note_tells_its_revocation_is_two_actions_and_any_other_note_is_left_alone() {
    let taken = text(
        "later.csv",
        "treaty,participant,action,date,effective,note\n\
         18-10,South Africa,withdrawal,2016-10-19,,notice revoked on 2017-03-07; never took effect\n\
         18-10,Gambia,withdrawal,2016-11-10,,notice revoked on 2017-02-10\n\
         18-10,Burundi,withdrawal,2016-10-27,2017-10-27,notice revoked on 2017-02-10; never took effect\n\
         18-10,Kenya,withdrawal,2016-11-10,,notice revoked on 2016-11-09; never took effect\n\
         18-10,Uganda,withdrawal,2016-11-10,,notice revoked on 2017-02-30; never took effect\n\
         18-10,Chad,suspension,2016-11-10,,\n\
         18-10,Chad,suspension ended,2016-12-10,,\n\
         18-10,Chad,withdrawal announced,2016-12-11,,\n\
         18-10,Chad,declaration,2016-12-12,,\n",
    );
    assert_eq!(taken.counts(), [9, 7, 2, 0]);
    let told: Vec<_> = taken.actions.iter().map(|a| (a.action.as_str(), a.row)).collect();
    let expected = [
        ("withdrawal", 2),
        ("withdrawal revoked", 2),
        ("withdrawal", 3),
        ("withdrawal", 4),
        ("suspension", 7),
        ("suspension ended", 8),
        ("withdrawal announced", 9),
        ("declaration", 10),
    ];
    assert_eq!(told, expected);
    assert_eq!(taken.actions[1].date, Some(date(2017, 3, 7)));
    assert!(taken.actions.iter().all(|a| !makes_party(&a.action)));
    // The revocation is newer than every day in the column.
    assert_eq!(taken.vintage.as_ref().expect("a vintage").date, date(2017, 3, 7));
    let rejected = taken.texts(Severity::Rejected);
    assert!(rejected[0].contains("row 5, column note") && rejected[0].contains("not before the notice of 2016-11-10"));
    assert!(rejected[1].contains("row 6, column note") && rejected[1].contains("the day of the revocation"));
}

const YEARS: &str = "iso2,member,state party,year ratification or accession,signatory,no action,status,note\r\n\
NO,Norway,1,1991,0,0,state party,\r\n\
US,United States of America,0,,1,0,signatory state,\r\n\
NA,Namibia,1,1990,0,0,state party,\r\n\
KZ,Kazakhstan,0,1994,0,0,state party,Fix name\r\n\
FR,France,0,,0,1,no action,\r\n\
ZW,Zimbabwe,0,,0,0,state party,\r\n";

#[test]
fn years_of_ratification_have_the_precision_of_a_year() {
    let taken = text("hr_status_crc.csv", YEARS);
    assert_eq!(
        (taken.layout.as_str(), taken.dataset.as_str()),
        ("hr-treaty-status/years", "status-4-11")
    );
    assert_eq!(taken.counts(), [6, 4, 1, 1]);
    let norway = &taken.actions[0];
    assert_eq!(norway.action, "ratification or accession");
    assert!(makes_party(&norway.action));
    assert_eq!(
        (norway.date, norway.precision.as_str()),
        (Some(date(1991, 1, 1)), "year")
    );
    let america = &taken.actions[1];
    assert_eq!(
        (america.action.as_str(), america.date, america.precision.as_str()),
        ("signature", None, "none")
    );
    assert_eq!(taken.actions[2].participant, "NAM");
    assert!(
        taken.texts(Severity::Warning)[0].contains("row 5, column status: found state party beside state party = 0")
    );
    assert!(taken.texts(Severity::Rejected)[0].contains("row 7, column status"));
    let vintage = taken.vintage.expect("a vintage");
    assert_eq!(
        (vintage.date, vintage.label.as_deref()),
        (date(2022, 8, 31), Some("August 2022"))
    );
}

#[test]
fn a_list_of_years_that_is_newer_than_every_known_release_has_no_vintage() {
    let newer = YEARS.replace("1,1991", "1,2024");
    assert_eq!(text("hr_status_crc.csv", &newer).vintage, None);
}

#[test]
fn conventions_of_the_child_labour_list_are_ratified_without_a_date() {
    let country = |name: &str, c182: &str| {
        format!(
            "<Country><Name>{name}</Name><Description>In 2017, x &amp; y.</Description><Goods><Good><Name>Salt</Name></Good>\
             </Goods><Conventions><C_138_Ratified>N/A</C_138_Ratified><C_182_Ratified>{c182}</C_182_Ratified></Conventions>\
             </Country>"
        )
    };
    let whole = [
        ("C&#244;te d'Ivoire", "Yes"),
        ("Anguilla", "Yes"),
        ("Tonga", "No"),
        ("Mali", "perhaps"),
        ("Oz", "Yes"),
    ]
    .map(|(name, word)| country(name, word))
    .concat();
    let taken = text(
        "countries.xml",
        &format!("<?xml version=\"1.0\"?>\n<Countries>{whole}</Countries>"),
    );
    assert_eq!(taken.layout, "dol-child-labour/countries");
    assert_eq!(taken.counts(), [5, 2, 2, 1]);
    let told: Vec<_> = taken
        .actions
        .iter()
        .map(|a| (a.participant.as_str(), a.action.as_str(), a.date))
        .collect();
    assert_eq!(
        told,
        [("CIV", "ratification", None), ("AIA", "territorial application", None)]
    );
    assert!(
        taken
            .actions
            .iter()
            .all(|a| a.instrument == "ilo-c182" && a.precision == "none" && !a.verified)
    );
    assert_eq!(taken.vintage.expect("a vintage").date, date(2017, 12, 31));
    let broken = text(
        "countries.xml",
        &format!(
            "<?xml version=\"1.0\"?>\n<Countries>{}<Country><Name>",
            country("Mali", "Yes")
        ),
    );
    assert_eq!(broken.counts(), [1, 1, 0, 0]);
    assert!(broken.texts(Severity::Rejected)[0].contains("well-formed XML to the end"));
}

/// Says nothing while a file is imported.
struct Quiet;

impl Progress for Quiet {
    fn bytes(&self, _: u64, _: u64) {}
    fn message(&self, _: &str) {}
}

#[test]
fn lists_of_two_treaties_stand_beside_each_other_and_a_newer_list_replaces_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lake = Lake::open_or_create(&folder.path().join("lake").display().to_string()).expect("a lake");
    let header = "Participant,Signature,\"Ratification, Accession(a)\"\n";
    let lists = [
        ("26-5.csv", "Norway,3 Dec 1997,9 Jul 1998\nMali,,2 Jun 1998\n"),
        ("18-10.csv", "Norway,28 Aug 1998,16 Feb 2000\n"),
        ("26-5.csv", "Norway,3 Dec 1997,9 Jul 1998\nOman,,20 Aug 2014 a\n"),
    ];
    for (name, rows) in lists {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{header}{rows}")).expect("room for the test's file");
        let options = ImportOptions {
            as_: None,
            mapping: None,
            vintage: None,
            today: date(2026, 11, 23),
            now: jiff::Timestamp::UNIX_EPOCH,
            partial: false,
            complete_for: None,
            strict: true,
            keep: None,
        };
        let done = import_file(
            &mut lake,
            Catalog::builtin(),
            Crosswalk::builtin(),
            &path,
            &options,
            &Quiet,
        );
        assert_eq!(done.expect("an import")[0].outcome, Outcome::Committed);
    }
    let view = lake.view(&ViewAt::default()).expect("a view");
    let told = view
        .collect("SELECT instrument || ' ' || participant || ' ' || action AS told FROM treaty_actions ORDER BY told")
        .expect("rows");
    let told = arrow::util::pretty::pretty_format_batches(&told)
        .expect("a table")
        .to_string();
    let expected = [
        "18-10 NOR ratification",
        "18-10 NOR signature",
        "26-5 NOR ratification",
        "26-5 NOR signature",
        "26-5 OMN accession",
    ];
    let lines: Vec<_> = told
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
        .skip(1)
        .collect();
    assert_eq!(lines.iter().map(|line| line.trim()).collect::<Vec<_>>(), expected);
}

/// The numbers of parties on the day of each copy.
const PARTIES: [(&str, usize); 10] = [
    ("26-5", 161),
    ("26-6", 84),
    ("26-8", 41),
    ("18-10", 122),
    ("18-12", 179),
    ("18-12-a", 159),
    ("18-12-b", 138),
    ("18-12-c", 109),
    ("4-11-b", 159),
    ("4-11-c", 169),
];

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_copies_of_the_treaty_collection_hold_the_known_numbers_of_parties() {
    for (instrument, expected) in PARTIES {
        let taken = status(instrument);
        assert_eq!(
            parties(&taken.actions, instrument, Date::MAX).len(),
            expected,
            "{instrument}"
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_mine_ban_list_is_as_of_december_2012() {
    let taken = status("26-5");
    let newest = taken.actions.iter().filter_map(|a| a.date).max();
    assert_eq!(newest, Some(date(2012, 12, 27)));
    assert_eq!(taken.vintage.expect("a vintage").date, date(2012, 12, 27));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn later_actions_bring_the_mine_ban_convention_to_161_and_the_rome_statute_to_124() {
    let mut actions = file(&shared("treaties/later_actions.csv")).actions;
    // Twenty rows, of which South Africa's and Gambia's tell of a notice and of its revocation.
    assert_eq!(actions.len(), 22);
    let revoked = actions.iter().filter(|a| a.action == "withdrawal revoked");
    assert_eq!(
        revoked.map(|a| (a.participant.as_str(), a.date)).collect::<Vec<_>>(),
        [("ZAF", Some(date(2017, 3, 7))), ("GMB", Some(date(2017, 2, 10)))]
    );
    for instrument in ["26-5", "18-10"] {
        actions.extend(status(instrument).actions);
    }
    assert_eq!(parties(&actions, "26-5", date(2026, 2, 20)).len(), 161);
    assert_eq!(parties(&actions, "26-5", date(2026, 2, 19)).len(), 162);
    assert_eq!(parties(&actions, "18-10", date(2026, 6, 2)).len(), 124);
    assert_eq!(parties(&actions, "18-10", date(2026, 6, 1)).len(), 125);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_row_of_every_status_list_is_kept_or_explained() {
    let folder = std::fs::read_dir(shared("treaties/untc_2015")).expect("the folder of status lists");
    let mut read: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    let mut actions = 0;
    for entry in folder {
        let path = entry.expect("a status list").path();
        let taken = file(&path);
        assert_eq!(taken.texts(Severity::Rejected), [""; 0], "{}", path.display());
        assert_eq!(taken.texts(Severity::Warning), [""; 0], "{}", path.display());
        assert!(taken.vintage.is_some());
        actions += taken.actions.len();
        read.insert(taken.dataset.clone(), taken.counts());
    }
    assert_eq!(read.len(), 64);
    let skipped: Vec<_> = read
        .iter()
        .filter(|(_, counts)| counts[3] > 0)
        .map(|(name, _)| name.as_str())
        .collect();
    // China stands in the list of 5-3 (Convention relating to the Status of Stateless Persons) without a date.
    assert_eq!(skipped, ["status-5-3"]);
    // Every filled cell of dates: 7,018 plain and 3,515 with letters.
    assert_eq!(actions, 7_018 + 3_515);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_eighteen_human_rights_lists_are_read_whole() {
    let mut parties_of = BTreeMap::new();
    for entry in std::fs::read_dir(shared("treaties/hr_status_2022")).expect("the folder of lists") {
        let taken = file(&entry.expect("a list").path());
        assert_eq!(taken.counts()[0], 193, "{}", taken.dataset);
        assert_eq!(taken.vintage.as_ref().expect("a vintage").date, date(2022, 8, 31));
        let count = taken.actions.iter().filter(|a| makes_party(&a.action)).count();
        parties_of.insert(taken.dataset.clone(), (count, taken.findings.rows_rejected));
    }
    assert_eq!(parties_of.len(), 18);
    assert_eq!(parties_of["status-4-11"], (192, 0));
    assert_eq!(parties_of["status-4-11-b"], (170, 0));
    assert_eq!(parties_of["status-4-11-c"], (176, 0));
    // Zimbabwe's row contradicts itself and has no year.
    assert_eq!(parties_of["status-4-8-b"], (112, 1));
    // Three parties whose column "state party" says 0 although a year is given.
    assert_eq!(parties_of["status-4-11-d"], (46, 0));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_child_labour_list_tells_each_yes_of_each_country() {
    let taken = file(&shared("treaties/dol_sweat_and_toil_countries_2017.xml.gz"));
    assert_eq!(taken.texts(Severity::Rejected), [""; 0]);
    assert_eq!(taken.findings.rows_read, 142);
    let mut yes: BTreeMap<&str, usize> = BTreeMap::new();
    for action in &taken.actions {
        *yes.entry(action.instrument.as_str()).or_default() += 1;
    }
    let expected = [
        ("18-12-a", 107),
        ("4-11", 129),
        ("4-11-b", 109),
        ("4-11-c", 110),
        ("ilo-c138", 108),
        ("ilo-c182", 120),
    ];
    assert_eq!(yes.into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(taken.vintage.expect("a vintage").date, date(2017, 12, 31));
}

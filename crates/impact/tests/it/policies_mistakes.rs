//! An observatory's own policies and classes, and what is wrong with a file.

use lysoen_impact::policy::{CasesOf, Class, PolicyKind};
use lysoen_impact::{Catalog, Rules};
use lysoen_lexicon::mistake::BrokenFile;

/// A policy that does not exist, as a file would have it.
const OWN: &str = r#"
[[policy]]
id = "lakes-2010"
title = "Ceasefire of the lakes"
kind = "ceasefire"
place = "CHE"
also = ["AUT"]
date = "2010-05-01"
until = "2011-05-01"
conflict = "lakes"
parties = ["ITA"]
source = "An invented agreement"
"#;

/// A class that does not exist.
const CLASS: &str = r#"
id = "lakes"
title = "Lakes"
question = "Did quiet lakes protect people?"
cases = { instrument = "lakes-convention" }
before = 15
after = 5
margin = 0.25
because_of_harm = false
similar = [{ kind = "ceasefire" }]
rationale = "It is invented."

[[outcomes]]
measure = "killed"
primary = true

[[outcomes]]
measure = "killed_one_sided"
"#;

fn with(file: &str, text: &str) -> Result<Catalog, BrokenFile> {
    Catalog::builtin().with_overrides([(file, text)])
}

/// What is told of a file after a change: its only sentence, with line and advice.
fn told(file: &str, whole: &str, from: &str, to: &str) -> String {
    assert!(whole.contains(from), "{from}");
    let broken = with(file, &whole.replacen(from, to, 1)).unwrap_err();
    let told = broken.told();
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

fn policy(from: &str, to: &str) -> String {
    told("policies/own.toml", OWN, from, to)
}

fn class(from: &str, to: &str) -> String {
    told("classes/lakes.toml", CLASS, from, to)
}

#[test]
fn own_policies_stand_beside_those_that_are_shipped_or_take_their_place() {
    let catalog = with("policies/own.toml", OWN).unwrap();
    let shipped = Catalog::builtin().policies().len();
    assert_eq!(catalog.policies().len(), shipped + 1);
    let own = catalog.policy("lakes-2010").unwrap();
    assert_eq!(own.kind, PolicyKind::Ceasefire);
    assert!(own.because_of_harm() && own.checked.is_none());
    assert_eq!(own.cluster(), "lakes");
    assert_eq!(own.places().collect::<Vec<_>>(), ["CHE", "AUT"]);
    assert!(["CHE", "AUT", "ITA", "FRA+ITA"].iter().all(|place| own.touches(place)));
    assert!(!own.touches("DEU") && !own.touches("DEU+FRA"));

    let instead = OWN.replace("lakes-2010", "yemen-2022");
    let catalog = with("policies/own.toml", &instead).unwrap();
    assert_eq!(catalog.policies().len(), shipped);
    assert_eq!(catalog.policy("yemen-2022").unwrap().place, "CHE");
}

#[test]
fn a_policy_holds_from_its_first_day_to_its_last() {
    let catalog = with("policies/own.toml", OWN).unwrap();
    let own = catalog.policy("lakes-2010").unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert!(own.held(day("2010-05-01")) && own.held(day("2011-05-01")));
    assert!(!own.held(day("2010-04-30")) && !own.held(day("2011-05-02")));
}

#[test]
fn own_classes_and_kinds_are_read() {
    let catalog = with("classes/lakes.toml", CLASS).unwrap();
    let lakes = catalog.class("lakes").unwrap();
    assert_eq!(lakes.primary(), Some("killed"));
    assert!(lakes.is_similar(&CasesOf::Kind(PolicyKind::Ceasefire)));
    assert!(lakes.is_similar(&CasesOf::Instrument("lakes-convention".into())));
    assert!(!lakes.is_similar(&CasesOf::Kind(PolicyKind::ArmsEmbargo)));
}

#[test]
fn own_rules_take_the_place_of_the_rules_as_a_whole() {
    let text = include_str!("../../../../catalog/policies/rules.toml");
    let catalog = with("rules.toml", &text.replace("donors = 19", "donors = 30")).unwrap();
    assert_eq!(catalog.rules().donors, 30);
    assert_eq!(Catalog::builtin().rules(), Rules::builtin());
    assert_eq!(Catalog::of([]).unwrap().rules(), Rules::builtin());
    let broken = with("rules.toml", &text.replace("donors = 19", "doners = 19")).unwrap_err();
    assert!(
        broken.told()[0].contains("did you mean `donors`?"),
        "{:?}",
        broken.told()
    );
}

#[test]
fn a_word_that_is_not_known_is_told_with_line_and_the_nearest() {
    assert_eq!(
        policy("\"ceasefire\"", "\"cease-fire\""),
        "policies/own.toml, line 5: unknown variant `cease-fire`, expected one of `treaty-in-force`, `peace-operation`, \
         `ceasefire`, `peace-agreement`, `arms-embargo`, `aid-surge`; did you mean `ceasefire`?"
    );
    assert!(policy("conflict =", "conflit =").ends_with("did you mean `conflict`?"));
    assert!(class("margin", "marge").contains("line 8"));
}

#[test]
fn a_place_must_be_a_country_that_existed_on_the_day() {
    assert_eq!(
        policy("\"CHE\"", "\"CHX\""),
        "policies/own.toml, line 6: `lakes-2010` names the place `CHX`, which is not known; did you mean `CHE`?"
    );
    assert_eq!(
        policy("\"AUT\"", "\"YUG\""),
        "policies/own.toml, line 7: `lakes-2010` names YUG (Yugoslavia), which did not exist on 2010-05-01; name the state \
         that the place belonged to on that day"
    );
    assert!(policy("\"ITA\"", "\"CHE\"").contains("names CHE twice"));
    assert!(policy("\"CHE\"", "\"Switzerland\"").contains("write a country by its three letters"));
    assert!(with("policies/own.toml", &OWN.replace("\"CHE\"", "\"ISR+PSE\"")).is_ok());
    assert!(policy("\"CHE\"", "\"ISR+PSX\"").contains("line 6"));
}

#[test]
fn days_that_cannot_be_are_told() {
    assert_eq!(
        policy("2011-05-01", "2009-05-01"),
        "policies/own.toml, line 9: `lakes-2010` ended on 2009-05-01, before it began on 2010-05-01; one of the two days is \
         wrong"
    );
    assert!(policy("date = \"2010-05-01\"", "date = \"1910-05-01\"").contains("before there were the United Nations"));
    assert!(policy("date = \"2010-05-01\"", "date = \"2010-13-01\"").contains("line 8"));
    assert!(policy("until = \"2011-05-01\"", "checked = \"2010-01-01\"").contains("before it was decided"));
}

#[test]
fn what_must_be_said_and_what_cannot_be_said_together_is_told() {
    assert!(policy("\"An invented agreement\"", "\" \"").contains("`lakes-2010` has an empty source"));
    let both = "source = \"x\"\noutcome = \"killed\"\nno_series = \"y\"";
    assert!(policy("source = \"An invented agreement\"", both).contains("line 14"));
    assert!(policy("lakes-2010", "Lakes 2010").contains("is no id"));
    assert!(policy("kind = \"ceasefire\"", "kind = \"treaty-in-force\"").contains("name the instrument of a treaty"));
    let twice = with("policies/own.toml", &format!("{OWN}{OWN}")).unwrap_err();
    assert!(
        twice.told()[0].contains("line 15: the policy `lakes-2010` is given twice"),
        "{:?}",
        twice.told()
    );
    let files = [("policies/a.toml", OWN), ("policies/b.toml", OWN)];
    let twice = Catalog::builtin().with_overrides(files).unwrap_err();
    assert_eq!(twice.file, "policies/b.toml");
    assert!(
        twice.told()[0].contains("is given in policies/a.toml too"),
        "{:?}",
        twice.told()
    );
}

#[test]
fn a_class_has_one_primary_measure_or_says_why_it_has_none() {
    assert!(class("primary = true", "primary = false").contains("0 primary measures"));
    let both = "measure = \"killed_one_sided\"\nprimary = true";
    assert!(class("measure = \"killed_one_sided\"", both).contains("2 primary measures"));
    assert!(class("killed_one_sided", "killed").contains("names the measure `killed` twice"));
    assert!(class("margin = 0.25", "no_series = \"none\"").contains("and not both"));
    assert!(class("margin = 0.25", "margin = 1.5").contains("line 8: a margin of 1.5 is no share"));
    assert!(class("after = 5", "after = 0").contains("line 7: 0 years are no window"));
    assert!(class("id = \"lakes\"", "id = \"lake\"").contains("the file is called `lakes.toml`"));
    let none = "kinds.toml";
    let kinds = "[[kind]]\nid = \"ceasefire\"\nbefore = 15\nafter = 2\nrationale = \"x\"\n";
    let broken = with(none, kinds).unwrap_err();
    assert!(
        broken.told()[0].contains("write one of `primary` and `no_series`"),
        "{:?}",
        broken.told()
    );
}

#[test]
fn measures_and_instruments_that_do_not_exist_are_told_with_the_nearest() {
    let told = |file: &str, text: &str| {
        with(file, text)
            .unwrap()
            .check_names(MEASURES, INSTRUMENTS)
            .unwrap_err()
            .told()
    };
    let own = OWN.replace("conflict", "outcome = \"kiled\"\nconflict");
    assert_eq!(
        told("policies/own.toml", &own),
        ["policies/own.toml, line 10: there is no measure `kiled`; did you mean `killed`?"]
    );
    assert_eq!(
        told("classes/lakes.toml", CLASS),
        [
            "classes/lakes.toml, line 5: there is no instrument `lakes-convention`; add it to the instruments of the agenda"
        ]
    );
    let why = OWN.replace("conflict", "no_series = \"Nobody counts lakes.\"\nconflict");
    let catalog = with("policies/own.toml", &why).unwrap();
    catalog.check_names(MEASURES, INSTRUMENTS).unwrap();
    assert_eq!(
        catalog.advice("lakes-210").as_deref(),
        Some("did you mean `lakes-2010`?")
    );
}

/// What the shipped files name.
const MEASURES: &[&str] = &[
    "killed",
    "killed_state_based",
    "killed_one_sided",
    "killed_civilians",
    "killed_by_own_government",
    "idps",
];
const INSTRUMENTS: &[&str] = &["rome-statute", "apmbc", "ccw-amended-ii", "ccm", "opac", "att"];

#[test]
fn every_kind_has_a_name_of_its_own() {
    for kind in PolicyKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
        assert!(!kind.title().is_empty());
    }
    assert!(Class::parse("x", "").is_err());
}

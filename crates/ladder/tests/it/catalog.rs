//! Files of options and regions: what is shipped, an observatory's own, and what is wrong with a file.

use lysoen_ladder::catalog::{Catalog, shipped};
use lysoen_ladder::framework::Framework;
use lysoen_ladder::option::{OptionsFile, RegionsFile};
use lysoen_ladder::trigger::TriggerSpec;
use lysoen_lexicon::mistake::BrokenFile;
use lysoen_lexicon::place::PlaceId;

/// A small file of one option that is right.
const OWN: &str = r#"
[[option]]
id = "M31"
version = 1
tier = "medium"
phase = ["crisis"]
title = "Night buses"
description = "Buses bring people home."
actors = ["municipality"]
consent_needed_from = ["host"]
requires = [{ any = [{ kind = "consent", by = ["host"], called = "host consent" }] }]
legal_basis = [{ text = "City law" }]
evidence_floor = { standard = "suspect", independent_sources = 2, reviewed = false }
finance_source = "city"
do_no_harm_checks = [{ text = "Who is left at the stop?" }]
sharing = "public"
reversibility = "reversible"
review_after_days = 30
exit_test = "Nobody needs them."
expected_effect_indicator = "killed"
trigger = { described = "Attacks at night.", confirmations = 1, window_days = 30 }
lead_time = { prepare = [1, 2], act = [0, 3], told = "days", estimated_by = "city", estimated_on = "2026-11-29" }
cost = { band = "under100k", estimated_by = "city", estimated_on = "2026-11-29" }
"#;

fn schema(name: &str, schema: schemars::Schema) {
    let path = format!("{}/../../catalog/schemas/{name}", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == schema,
        "catalog/schemas/{name} is out of date: run this test with UPDATE_SCHEMAS=1"
    );
}

#[test]
fn the_committed_schemas_are_current() {
    schema("ladder-option.schema.json", schemars::schema_for!(OptionsFile));
    schema("ladder-region.schema.json", schemars::schema_for!(RegionsFile));
    schema("ladder-trigger.schema.json", schemars::schema_for!(TriggerSpec));
    schema("ladder-framework.schema.json", schemars::schema_for!(Framework));
}

#[test]
fn every_shipped_file_reads_without_mistake() {
    let names: Vec<&str> = shipped().map(|(name, _)| name).collect();
    let expected = [
        "options/after-conflict.toml",
        "options/hard.toml",
        "options/medium.toml",
        "options/soft.toml",
        "regions.toml",
    ];
    assert_eq!(
        names.iter().copied().collect::<std::collections::BTreeSet<_>>(),
        expected.into()
    );
    Catalog::of(shipped()).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn an_observatory_s_own_option_takes_the_place_of_the_shipped_one_or_stands_beside_it() {
    let ours = OWN.replace("M31", "M02");
    let files = [
        ("catalog/ladder/options/new.toml", OWN),
        ("options/ours.toml", ours.as_str()),
    ];
    let catalog = Catalog::builtin().with_overrides(files).unwrap();
    assert_eq!(catalog.option("M02").unwrap().title, "Night buses");
    assert_eq!(&*catalog.entry("M02").unwrap().file, "options/ours.toml");
    assert_eq!(catalog.options().len(), 39);
    let ids: Vec<&str> = catalog.options().map(|o| o.id.as_str()).collect();
    let at = ids.iter().position(|id| *id == "M31").unwrap();
    assert_eq!((ids[at - 1], ids[at + 1]), ("M16", "H01"));
    assert_ne!(Catalog::builtin().option("M02").unwrap().title, "Night buses");
}

#[test]
fn an_observatory_s_own_region_takes_the_place_of_the_shipped_one_or_stands_beside_it() {
    let regions = r#"
        [[region]]
        id = "african-union"
        name = "A smaller one"
        members = ["KEN"]
        source = "a test, today"
        [[region]]
        id = "lake-chad"
        name = "Lake Chad"
        members = ["TCD", "NGA", "NER", "CMR"]
        source = "a test, today"
    "#;
    let own = format!("{OWN}\n[[option.regional]]\nregion = \"lake-chad\"\nactors = [\"boatmen\"]\n");
    let files = [("own.toml", own.as_str()), ("catalog/ladder/regions.toml", regions)];
    let catalog = Catalog::builtin().with_overrides(files).unwrap();
    let at = |id: &str, place: &str| catalog.at(catalog.option(id).unwrap(), &place.parse().unwrap());
    assert_eq!(at("H07", "KEN").not_available, None);
    assert!(at("H07", "NGA").not_available.is_some());
    assert_eq!(at("M31", "NGA").option.actors, ["boatmen"]);
    assert_eq!(at("M31", "KEN").option.actors, ["municipality"]);
    assert_eq!(catalog.regions().len(), Catalog::builtin().regions().len() + 1);
}

#[test]
fn what_differs_by_region_is_applied_where_the_place_lies() {
    let regional = r#"
        [[option.regional]]
        region = "african-union"
        legal_basis = [{ text = "first" }]
        lead_time = { prepare = [5, 9], act = [1, 1], told = "days", estimated_by = "us", estimated_on = "2026-11-29" }
        [[option.regional]]
        region = "ecowas"
        legal_basis = [{ text = "second" }]
        not_available = "The boats are full."
        [[option.regional]]
        region = "elsewhere"
        actors = ["others"]
    "#;
    let catalog = Catalog::builtin()
        .with_overrides([("own.toml", format!("{OWN}{regional}").as_str())])
        .unwrap();
    let at = |place: &str| catalog.at(catalog.option("M31").unwrap(), &place.parse().unwrap());
    let law = |place: &str| {
        at(place)
            .option
            .legal_basis
            .into_iter()
            .map(|r| r.text)
            .collect::<Vec<_>>()
    };
    // In both regions: added up in the order of the option's entries.
    assert_eq!(law("GHA"), ["City law", "first", "second"]);
    assert_eq!(at("GHA").not_available.as_deref(), Some("The boats are full."));
    assert_eq!(at("GHA").option.lead_time.days(), (6, 10));
    assert_eq!(law("NG002"), law("GHA")); // an area of Nigeria
    assert_eq!(
        (law("KEN"), at("KEN").not_available),
        (vec!["City law".into(), "first".into()], None)
    );
    assert_eq!(at("KEN").option.actors, ["municipality"]);
    assert_eq!(at("PER").option.actors, ["others"]);
    assert_eq!(at("PER").option.lead_time.days(), (1, 5));
    // A place of which nobody knows where it lies is as if nothing differed.
    for place in ["WLD", "UNK", "pg:182652"] {
        assert_eq!(at(place).option.actors, ["municipality"], "{place}");
    }
    assert!(at("GHA").option.regional.is_empty());
}

#[test]
fn the_regions_of_a_place() {
    let regions = |place: &str| -> Vec<String> {
        let place: PlaceId = place.parse().unwrap();
        Catalog::builtin()
            .regions_of(&place)
            .into_iter()
            .map(|r| r.id.clone())
            .collect()
    };
    assert_eq!(regions("NGA"), ["african-union", "ecowas"]);
    assert_eq!(regions("MLI"), ["african-union"]); // it has left ECOWAS
    assert_eq!(regions("FRA"), ["european-union", "osce"]);
    assert_eq!(regions("ESH"), ["african-union"]);
    assert_eq!(regions("CF11"), ["african-union"]);
    assert_eq!(regions("pc:LSA"), ["african-union"]);
    assert_eq!(regions("SDN+SSD"), ["african-union"]);
    assert_eq!(regions("ISR+PSE"), Vec::<String>::new());
    assert_eq!(regions("WLD"), Vec::<String>::new());
}

/// What is wrong with a file: each message, what it points at, and the advice.
fn wrong(file: &str, text: &str) -> Vec<(String, String, String)> {
    let error: BrokenFile = Catalog::builtin().with_overrides([(file, text)]).expect_err(text);
    assert_eq!((error.file.as_str(), error.text.as_str()), (file, text));
    let told = |m: &lysoen_lexicon::mistake::Mistake| {
        let at = m.span.clone().map(|span| text[span].to_string()).unwrap_or_default();
        (m.message.clone(), at, m.advice.clone().unwrap_or_default())
    };
    error.mistakes.iter().map(told).collect()
}

#[test]
fn a_contradiction_is_refused_with_a_sentence_where_it_stands_and_advice() {
    let cases = [
        ("id = \"M31\"", "id = \"X31\"", "`X31` is not an option's id", "\"X31\""),
        ("id = \"M31\"", "id = \"M3\"", "`M3` is not an option's id", "\"M3\""),
        (
            "id = \"M31\"",
            "id = \"S31\"",
            "`S31` has the tier medium, and its letter is another's",
            "\"medium\"",
        ),
        ("version = 1", "version = 0", "`M31` has the version 0", "0"),
        ("[\"crisis\"]", "[]", "`M31` has no `phase`", "[]"),
        ("[\"municipality\"]", "[]", "`M31` has no `actors`", "[]"),
        (
            "[{ text = \"Who is left at the stop?\" }]",
            "[]",
            "`M31` has no `do_no_harm_checks`",
            "[]",
        ),
        (
            "exit_test = \"Nobody needs them.\"",
            "exit_test = \" \"",
            "`M31` has nothing in `exit_test`",
            "\" \"",
        ),
        (
            "review_after_days = 30",
            "review_after_days = 0",
            "`M31` is to be looked at again after 0 days",
            "0",
        ),
        (
            "prepare = [1, 2]",
            "prepare = [3, 2]",
            "`M31` takes at least 3 and at most 2 days in `prepare`",
            "[3, 2]",
        ),
        (
            "act = [0, 3]",
            "act = [4, 3]",
            "`M31` takes at least 4 and at most 3 days in `act`",
            "[4, 3]",
        ),
        (
            "confirmations = 1",
            "confirmations = 0",
            "`M31` has 0 in `trigger.confirmations`",
            "0",
        ),
        (
            "\"suspect\"",
            "\"pattern\"",
            "`M31` is medium and asks for the standard pattern; it needs suspect or better",
            "\"pattern\"",
        ),
        (
            "independent_sources = 2",
            "independent_sources = 1",
            "`M31` is medium and asks for fewer than 2 independent sources",
            "1",
        ),
        (
            "[{ any = [{ kind",
            "[{ any = [] }, { any = [{ kind",
            "`M31` has a requirement without alternatives",
            "{ any = [] }",
        ),
        (
            "consent_needed_from = [\"host\"]",
            "consent_needed_from = []",
            "`M31` requires the consent of `host`, which `consent_needed_from` does not name",
            "[{ any",
        ),
        (
            "consent_needed_from = [\"host\"]",
            "consent_needed_from = [\"host\", \"parties\"]",
            "`M31` needs the consent of `parties`, and no requirement asks for it",
            "[\"host\", \"parties\"]",
        ),
        (
            "actors =",
            "site_by_site = true\nactors =",
            "`M31` is agreed site by site and requires no opt-in",
            "true",
        ),
        (
            "the stop?\" }",
            "the stop?\", fails_when = \"trend rising\" }",
            "`M31` has a harm check with `fails_when` and without `because`",
            "{ text",
        ),
        (
            "the stop?\" }",
            "the stop?\", because = \"It is.\" }",
            "`M31` has a harm check with `because` and without `fails_when`",
            "{ text",
        ),
        (
            "called = \"host consent\"",
            "called = \"\"",
            "`M31` has a condition that is not called anything",
            "{ kind",
        ),
    ];
    for (right, false_, message, at) in cases {
        let text = OWN.replace(right, false_);
        assert_ne!(text, OWN, "{right}");
        let mistakes = wrong("own.toml", &text);
        let [(told, span, advice)] = &mistakes[..] else {
            panic!("{false_}: {mistakes:?}")
        };
        assert!(told.starts_with(message), "{told}");
        assert!(span.starts_with(at), "{told} points at {span}");
        assert!(!advice.is_empty(), "{told}");
    }
}

#[test]
fn no_formula_arms_a_hard_option_and_its_evidence_is_the_best() {
    let text = OWN
        .replace("M31", "H31")
        .replace("\"medium\"", "\"hard\"")
        .replace("confirmations = 1", "when = \"killed ≥ 1\", confirmations = 1");
    let messages: Vec<String> = wrong("own.toml", &text)
        .into_iter()
        .map(|(message, ..)| message)
        .collect();
    assert_eq!(
        messages,
        [
            "`H31` is hard and asks for the standard suspect; it needs believe or better",
            "`H31` is hard and does not ask that a second organisation has reviewed the evidence",
            "`H31` is hard and has `trigger.when`; no formula ever arms a hard option",
        ]
    );
}

#[test]
fn an_option_after_a_conflict_may_be_of_any_tier() {
    let soft = OWN.replace("M31", "R31").replace("\"medium\"", "\"soft\"");
    for text in [OWN.replace("M31", "R31"), soft] {
        assert!(Catalog::builtin().with_overrides([("own.toml", text.as_str())]).is_ok());
    }
}

#[test]
fn a_consent_says_whose_a_violation_of_which_kind_and_an_opt_in_goes_with_sites() {
    let condition = "{ kind = \"consent\", by = [\"host\"], called = \"host consent\" }";
    let other = |condition_: &str, from: &str| {
        let text = OWN.replace(condition, condition_).replace("_from = [\"host\"]", from);
        wrong("own.toml", &text)
            .into_iter()
            .map(|(message, ..)| message)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        other("{ kind = \"consent\", called = \"consent\" }", "_from = []"),
        ["`M31` needs a consent and does not say whose"]
    );
    assert_eq!(
        other("{ kind = \"violation\", called = \"violation\" }", "_from = []"),
        ["`M31` needs a violation and does not say of which kind"]
    );
    assert_eq!(
        other("{ kind = \"opt-in\", called = \"opt-in\" }", "_from = [\"site\"]"),
        ["`M31` requires an opt-in and is not agreed site by site"]
    );
}

#[test]
fn the_same_id_twice_is_refused_in_one_file_and_across_files() {
    let twice = format!("{OWN}{OWN}");
    assert_eq!(
        wrong("own.toml", &twice)[0].0,
        "the option `M31` is given twice, as number 1 and 2"
    );
    let error = Catalog::builtin()
        .with_overrides([("a.toml", OWN), ("b.toml", OWN)])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "b.toml: line 3: the option `M31` is given in a.toml too"
    );
}

#[test]
fn a_region_that_is_not_known_is_answered_with_the_nearest_and_two_entries_for_one_are_refused() {
    let text = format!("{OWN}[[option.regional]]\nregion = \"african-onion\"\n");
    let (message, at, advice) = wrong("own.toml", &text).remove(0);
    assert_eq!(message, "`M31` names the region `african-onion`, which is not known");
    assert_eq!(
        (at.as_str(), advice.as_str()),
        ("\"african-onion\"", "did you mean `african-union`?")
    );
    let text = format!("{OWN}[[option.regional]]\nregion = \"osce\"\n[[option.regional]]\nregion = \"osce\"\n");
    assert_eq!(
        wrong("own.toml", &text)[0].0,
        "`M31` has two entries for the region `osce`"
    );
}

#[test]
fn an_unknown_key_or_word_is_answered_with_the_nearest_known_one() {
    let (message, at, advice) = wrong("own.toml", &OWN.replace("title =", "titel =")).remove(0);
    assert!(message.starts_with("unknown field `titel`"), "{message}");
    assert_eq!((at.as_str(), advice.as_str()), ("titel", "did you mean `title`?"));
    let (_, at, advice) = wrong("own.toml", &OWN.replace("\"medium\"", "\"medum\"")).remove(0);
    assert_eq!((at.as_str(), advice.as_str()), ("\"medum\"", "did you mean `medium`?"));
    assert_eq!(Catalog::builtin().advice("M20").as_deref(), Some("did you mean `M02`?"));
}

#[test]
fn a_region_s_mistakes_are_told() {
    let region = |id: &str, members: &str| {
        let text = format!("[[region]]\nid = \"{id}\"\nname = \"Ours\"\nmembers = {members}\nsource = \"us\"\n");
        wrong("catalog/ladder/regions.toml", &text)
            .into_iter()
            .map(|(message, ..)| message)
            .collect::<Vec<_>>()
    };
    let not_an_id = "is not a region's id: lower-case letters, digits and hyphens, and not `elsewhere`";
    assert_eq!(region("Ours", "[\"KEN\"]"), [format!("`Ours` {not_an_id}")]);
    assert_eq!(region("elsewhere", "[\"KEN\"]"), [format!("`elsewhere` {not_an_id}")]);
    assert_eq!(region("ours", "[]"), ["the region `ours` has no members"]);
    assert_eq!(
        region("ours", "[\"KEN\", \"KEN\"]"),
        ["the region `ours` lists KEN twice"]
    );
    assert!(region("ours", "[\"kenya\"]")[0].contains("`kenya` is not a country code"));
}

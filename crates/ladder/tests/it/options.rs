//! The shipped options against the research page, copied here by hand.

use std::collections::{BTreeMap, BTreeSet};

use lysoen_ladder::Catalog;
use lysoen_ladder::option::{Checked, Condition, LadderOption, Phase, Standard, Tier};
use lysoen_ladder::statement::Kind;
use lysoen_lexicon::place::PlaceId;

const SERIES: &str = include_str!("../../../../catalog/series.toml");

/// Id, phases, lead time as it is told, and its least and most days.
const TABLE: [(&str, &str, &str, u32, u32); 38] = [
    ("S01", "P,C", "hours", 0, 1),
    ("S02", "P,C", "days", 1, 7),
    ("S03", "P", "days", 1, 7),
    ("S04", "P,C", "days–weeks", 1, 28),
    ("S05", "P,C,R", "1–4 weeks", 7, 28),
    ("S06", "P", "2–30 days", 2, 30),
    ("S07", "P", "1–6 months", 30, 180),
    ("S08", "P,C", "weeks", 7, 28),
    ("S09", "P", "weeks–months", 14, 90),
    ("S10", "P", "months", 30, 180),
    ("S11", "P", "months", 30, 180),
    ("S12", "P,R", "1–6 months", 30, 180),
    ("S13", "P,C", "months", 30, 180),
    ("M01", "P,C", "1–4 weeks", 7, 28),
    ("M02", "P,C", "1–3 months", 30, 90),
    ("M03", "P,C", "2–8 weeks", 14, 56),
    ("M04", "P,C", "2–6 months", 60, 180),
    ("M05", "P,C", "days–3 weeks", 1, 21),
    ("M06", "P,C", "1–6 weeks", 7, 42),
    ("M07", "C", "days–weeks", 1, 28),
    ("M08", "C", "days", 1, 7),
    ("M09", "C", "1–12 months", 30, 365),
    ("M10", "P,C", "1–4 months", 30, 120),
    ("M11", "P,C", "days–weeks", 1, 28),
    ("M12", "P,C", "weeks", 7, 28),
    ("M13", "P,C", "weeks–months", 14, 90),
    ("M14", "C", "2–8 weeks to an order", 14, 56),
    ("M15", "P,C", "days (preserve) – years", 1, 1095),
    ("M16", "C", "days–months", 1, 90),
    ("H01", "P,C", "weeks–months", 14, 90),
    ("H02", "P", "1–4 months", 30, 120),
    ("H03", "C", "3–9 months", 90, 270),
    ("H04", "C", "weeks", 7, 28),
    ("H05", "C", "weeks", 7, 28),
    ("H06", "C", "weeks–months", 14, 90),
    ("H07", "C", "weeks–months", 14, 90),
    ("R01", "R", "months–years", 90, 1095),
    ("R02", "R", "3–24 months", 90, 730),
];

fn option(id: &str) -> &'static LadderOption {
    Catalog::builtin()
        .option(id)
        .unwrap_or_else(|| panic!("{id} is missing"))
}

#[test]
fn the_38_options_of_the_research_page_stand_in_its_order_with_its_phases_and_lead_times() {
    let letter = |phase: &Phase| match phase {
        Phase::PreCrisis => "P",
        Phase::Crisis => "C",
        Phase::Recovery => "R",
    };
    let rows: Vec<(&str, String, &str, u32, u32)> = Catalog::builtin()
        .options()
        .map(|o| {
            let phases: Vec<&str> = o.phase.iter().map(letter).collect();
            let (least, most) = o.lead_time.days();
            (o.id.as_str(), phases.join(","), o.lead_time.told.as_str(), least, most)
        })
        .collect();
    let expected: Vec<_> = TABLE
        .iter()
        .map(|(id, phases, told, least, most)| (*id, phases.to_string(), *told, *least, *most))
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn the_tier_is_the_letter_s_and_the_evidence_floor_rises_with_it() {
    for o in Catalog::builtin().options() {
        let tier = match (&o.id[..1], o.id.as_str()) {
            ("S", _) | (_, "R01") => Tier::Soft,
            ("M", _) | (_, "R02") => Tier::Medium,
            _ => Tier::Hard,
        };
        assert_eq!(o.tier, tier, "{}", o.id);
        let floor = (
            o.evidence_floor.standard,
            o.evidence_floor.independent_sources,
            o.evidence_floor.reviewed,
        );
        let expected = match tier {
            Tier::Soft => (Standard::Pattern, 1, false),
            Tier::Medium => (Standard::Suspect, 2, false),
            Tier::Hard => (Standard::Believe, 2, true),
        };
        assert_eq!(floor, expected, "{}", o.id);
    }
}

/// A requirement in one line: `consent by host or mandate`.
fn told(condition: &Condition) -> String {
    let kind = format!("{:?}", condition.kind).to_lowercase();
    let of = if condition.subject.is_empty() {
        String::new()
    } else {
        format!(" of {}", condition.subject.join("/"))
    };
    let by = if condition.by.is_empty() {
        String::new()
    } else {
        format!(" by {}", condition.by.join("/"))
    };
    format!("{kind}{of}{by}")
}

#[test]
fn what_must_be_recorded_is_what_the_worked_example_and_the_legal_bases_ask_for() {
    const SIX: &str = "killing-and-maiming/recruitment/attacks-on-schools-and-hospitals/sexual-violence/abduction/denial-of-humanitarian-access";
    let bodies = "mandate by security-council/european-union/ecowas/african-union";
    let grave = format!("violation of {SIX}; presence of task-force");
    let expected = [
        ("S06", "framework"),
        ("S09", "consent by host"),
        ("S10", "consent by host"),
        ("S13", "consent by host"),
        ("M01", "consent by host or mandate"),
        ("M02", "consent by host"),
        ("M03", "consent by host; consent by community"),
        ("M07", "optin"),
        ("M08", "consent by parties"),
        ("M09", &grave),
        ("M10", "consent by host"),
        ("M12", "agreement of financing-agreement"),
        ("M14", "agreement of jurisdiction or mandate of jurisdiction"),
        ("M16", "consent by receiving-state"),
        ("H01", bodies),
        ("H02", "consent by host; mandate"),
        ("H03", "mandate"),
        ("H04", bodies),
        ("H05", "consent by parties"),
        ("H06", "mandate by security-council"),
        ("H07", "mandate by african-union"),
        ("R01", "agreement of end-of-hostilities/ceasefire/peace-agreement"),
        ("R02", "agreement of ceasefire/peace-agreement"),
    ];
    let found: Vec<(&str, String)> = Catalog::builtin()
        .options()
        .filter(|o| !o.requires.is_empty())
        .map(|o| {
            let any = |conditions: &[Condition]| conditions.iter().map(told).collect::<Vec<_>>().join(" or ");
            let all: Vec<String> = o.requires.iter().map(|r| any(&r.any)).collect();
            (o.id.as_str(), all.join("; "))
        })
        .collect();
    assert_eq!(found, expected.map(|(id, asks)| (id, asks.to_string())));
    let by_site: Vec<&str> = Catalog::builtin()
        .options()
        .filter(|o| o.site_by_site)
        .map(|o| o.id.as_str())
        .collect();
    assert_eq!(by_site, ["M07"]);
}

#[test]
fn what_blocks_an_option_reads_as_a_sentence() {
    let called = |id: &str| -> Vec<&str> {
        option(id)
            .requires
            .iter()
            .flat_map(|r| &r.any)
            .map(|c| c.called.as_str())
            .collect()
    };
    assert_eq!(called("M01"), ["host consent", "mandate"]);
    assert_eq!(called("M02"), ["host consent"]);
    assert_eq!(called("M09"), ["verified grave violation", "task force"]);
    assert_eq!(called("H03"), ["mandate"]);
}

#[test]
fn military_use_of_a_school_is_not_one_of_the_six_grave_violations() {
    let subjects = option("M09")
        .requires
        .iter()
        .flat_map(|r| &r.any)
        .filter(|c| c.kind == Kind::Violation)
        .flat_map(|c| &c.subject);
    let six: Vec<&String> = subjects.collect();
    assert_eq!(six.len(), 6);
    assert!(!six.iter().any(|s| s.contains("military-use")));
}

#[test]
fn readings_call_for_soft_and_medium_options_only_and_rising_abuse_closes_training() {
    let expressions: Vec<(&str, &str)> = Catalog::builtin().expressions().collect();
    assert_eq!(
        expressions,
        [
            ("S02", "incidents in last 14 days ≥ 3"),
            ("S04", "P(killed ≥ 25 within 3 months) ≥ 0.3"),
            ("S06", "acute_food_insecurity ≥ 20 %"),
            ("S13", "trend(killed_one_sided) rising"),
            ("M06", "P(killed ≥ 25 within 3 months) ≥ 0.3 and trend(killed) rising"),
        ]
    );
    let check = option("S13")
        .do_no_harm_checks
        .iter()
        .find(|c| c.fails_when.is_some())
        .unwrap();
    assert!(check.because.as_deref().unwrap().contains("until vetting clears it"));
}

#[test]
fn statements_can_name_each_option_by_words_of_its_own() {
    let mut seen = BTreeSet::new();
    for o in Catalog::builtin().options() {
        assert!(!o.topics.is_empty(), "{} has no topics", o.id);
        for topic in &o.topics {
            assert!(seen.insert(topic), "{topic} stands at two options");
        }
    }
}

#[test]
fn an_effect_is_seen_by_a_measure_of_the_catalog_or_told_in_words() {
    for o in Catalog::builtin().options() {
        let indicator = &o.expected_effect_indicator;
        let known = SERIES.contains(&format!("id = \"{indicator}\"\n"));
        assert!(known || indicator.contains(' '), "{}: {indicator}", o.id);
    }
}

#[test]
fn estimates_say_by_whom_and_when_and_each_option_rests_on_something() {
    for o in Catalog::builtin().options() {
        assert_eq!(o.lead_time.estimated_by, "Lysoen, planning estimate");
        assert_eq!(o.lead_time.estimated_on.to_string(), "2026-11-22");
        assert!(!o.legal_basis.is_empty(), "{}", o.id);
    }
}

#[test]
fn a_checked_reference_says_against_which_public_text_and_the_same_wherever_it_is_cited() {
    let mut first: BTreeMap<&str, Option<&Checked>> = BTreeMap::new();
    for o in Catalog::builtin().options() {
        let regional = o.regional.iter().flat_map(|r| &r.legal_basis);
        for reference in o.legal_basis.iter().chain(regional) {
            let checked = reference.checked.as_ref();
            let before = first.entry(&reference.text).or_insert(checked);
            assert_eq!(*before, checked, "{}: {}", o.id, reference.text);
            assert!(
                checked.is_none_or(|c| c.against.contains("http")),
                "{}: {}",
                o.id,
                reference.text
            );
        }
    }
    assert!(first.values().flatten().count() >= 45);
}

#[test]
fn the_regions_have_as_many_members_as_their_organisations_say() {
    let sizes: Vec<(&str, usize)> = Catalog::builtin()
        .regions()
        .map(|r| (r.id.as_str(), r.members.len()))
        .collect();
    let expected = [
        ("african-union", 55),
        ("ecowas", 12),
        ("european-union", 27),
        ("latin-america", 21),
        ("osce", 57),
    ];
    assert_eq!(sizes, expected);
    let crosswalk = lysoen_lexicon::country::Crosswalk::builtin();
    for region in Catalog::builtin().regions() {
        for member in &region.members {
            assert!(
                crosswalk.get(member).is_some_and(|c| c.until.is_none()),
                "{}: {member}",
                region.id
            );
        }
    }
}

#[test]
fn an_intervention_of_the_african_union_is_not_available_elsewhere() {
    let here = |id: &str, place: &str| Catalog::builtin().at(option(id), &place.parse::<PlaceId>().unwrap());
    let reason = "The African Union intervenes in its member States alone.";
    assert_eq!(here("H07", "UKR").not_available.as_deref(), Some(reason));
    assert_eq!(here("H07", "CAF").not_available, None);
    assert!(
        here("H07", "CAF")
            .option
            .actors
            .contains(&"African Standby Force".to_string())
    );
    assert_eq!(here("H07", "CF11").not_available, None);
    let law = |place: &str| {
        here("M16", place)
            .option
            .legal_basis
            .iter()
            .map(|r| r.text.clone())
            .collect::<Vec<_>>()
    };
    assert!(law("SDN").iter().any(|text| text == "1969 OAU Convention Art. I(2)"));
    assert!(law("COL").iter().any(|text| text.starts_with("Cartagena")));
    assert_eq!(law("MMR").len(), option("M16").legal_basis.len());
}

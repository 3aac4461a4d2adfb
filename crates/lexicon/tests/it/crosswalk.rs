use jiff::civil::date;
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved, Unresolved};

/// The place id, or what else was found, in one word.
pub(crate) fn found(system: CodeSystem, code: &str, on: Option<jiff::civil::Date>) -> String {
    match Crosswalk::builtin().resolve(system, code, on) {
        Ok(Resolved::Place(place)) => place.to_string(),
        Ok(Resolved::Aggregate(name)) => format!("group {name}"),
        Ok(Resolved::Unknown) => "unknown".to_owned(),
        Err(Unresolved::NotFound { .. }) => "not found".to_owned(),
        Err(Unresolved::Ambiguous { candidates, .. }) => {
            format!("ambiguous {}", candidates.join(" "))
        }
    }
}

#[test]
fn the_day_of_the_fact_decides_between_states_that_share_a_gleditsch_ward_number() {
    let on = |code, y, m, d| found(CodeSystem::GleditschWard, code, Some(date(y, m, d)));
    assert_eq!(on("345", 1999, 6, 1), "YUG");
    assert_eq!(on("345", 2004, 6, 1), "SCG");
    assert_eq!(on("345", 2006, 6, 4), "SCG");
    assert_eq!(on("345", 2006, 6, 5), "SRB");
    assert_eq!(on("340", 2010, 1, 1), "SRB");
    assert_eq!(on("365", 1991, 12, 25), "SUN");
    assert_eq!(on("365", 1991, 12, 26), "RUS");
    assert_eq!(on("678", 1990, 5, 21), "YAR");
    assert_eq!(on("678", 1990, 5, 22), "YEM");
    assert_eq!(on("680", 1989, 1, 1), "YMD");
    assert_eq!(on("816", 1989, 1, 1), "VNM");
    assert_eq!(on("816", 1968, 1, 1), "VDR");
    assert_eq!(on("265", 1990, 1, 1), "DDR");
    assert_eq!(on("315", 1992, 1, 1), "CSK");
    assert_eq!(on("626", 2011, 7, 9), "SSD");
    assert_eq!(on("347", 2010, 1, 1), "XKX");
    assert_eq!(on("490", 1994, 1, 1), "COD");
}

#[test]
fn without_a_date_the_state_of_today_is_meant() {
    assert_eq!(found(CodeSystem::GleditschWard, "365", None), "RUS");
    assert_eq!(found(CodeSystem::GleditschWard, "345", None), "SRB");
    assert_eq!(found(CodeSystem::Vdem, "CZE", None), "CZE");
    assert_eq!(found(CodeSystem::GleditschWard, "315", None), "CSK");
}

#[test]
fn number_666_is_never_israel_alone() {
    assert_eq!(found(CodeSystem::GleditschWard, "666", None), "ISR+PSE");
    assert_eq!(found(CodeSystem::Views, "218", None), "ISR+PSE");
    assert_eq!(found(CodeSystem::Iso3, "ISR", None), "ISR");
    assert_eq!(found(CodeSystem::Iso3, "PSE", None), "PSE");
    let joint = "ISR+PSE".parse().expect("a joint place");
    assert_eq!(Crosswalk::builtin().name(&joint), Some("Israel and Palestine (UCDP)"));
}

#[test]
fn codes_are_read_as_data_frames_and_spreadsheets_write_them() {
    assert_eq!(found(CodeSystem::Iso3, "afg", None), "AFG");
    assert_eq!(found(CodeSystem::M49, "004", None), "AFG");
    assert_eq!(found(CodeSystem::M49, "250.0", None), "FRA");
    assert_eq!(found(CodeSystem::M49, "900", None), "group World");
    for kosovo in ["XKX", "XKO", "KSV", "RKS", "kos"] {
        assert_eq!(found(CodeSystem::Iso3, kosovo, None), "XKX");
    }
}

#[test]
fn unhcr_letters_are_not_iso_letters() {
    assert_eq!(found(CodeSystem::Unhcr, "AUS", None), "AUT");
    assert_eq!(found(CodeSystem::Unhcr, "AUL", None), "AUS");
    assert_eq!(found(CodeSystem::Unhcr, "GAZ", None), "PSE");
    assert_eq!(found(CodeSystem::Unhcr, "SRB", None), "SRB+XKX");
    assert_eq!(found(CodeSystem::Unhcr, "STA", None), "unknown");
    assert_eq!(found(CodeSystem::Unhcr, "TIB", None), "group Tibetans");
}

#[test]
fn parts_and_forerunners_are_not_folded_into_a_state_of_today() {
    assert_eq!(found(CodeSystem::Vdem, "PSE", None), "group West Bank (V-Dem)");
    assert_eq!(found(CodeSystem::Vdem, "PSG", None), "group Gaza (V-Dem)");
    assert_eq!(found(CodeSystem::Vdem, "SML", None), "group Somaliland");
    assert_eq!(found(CodeSystem::Vdem, "ZZB", None), "group Zanzibar");
    assert_eq!(found(CodeSystem::Vdem, "VDR", None), "RVN");
    assert_eq!(found(CodeSystem::Vdem, "RUS", Some(date(1980, 12, 31))), "SUN");
    assert_eq!(found(CodeSystem::Name, "Netherlands Antilles", None), "ANT");
    assert_eq!(found(CodeSystem::Name, "Yugoslavia", Some(date(2010, 1, 1))), "YUG");
}

#[test]
fn names_are_compared_without_case_accents_and_articles() {
    for (name, iso3) in [
        ("Côte d'Ivoire", "CIV"),
        ("COTE D’IVOIRE", "CIV"),
        ("Côte dIvoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("The Gambia", "GMB"),
        ("Gambia, The", "GMB"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Serbia 1, 2", "SRB"),
        ("Moldova, Republic of", "MDA"),
        ("St. Vincent And The Grenadines", "VCT"),
        ("Antigua & Barbuda", "ATG"),
        ("Solomon Is.", "SLB"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Congo", "COG"),
        ("DR Congo (Zaire)", "COD"),
        ("Niger", "NER"),
        ("Guinea", "GIN"),
        ("Ireland", "IRL"),
        ("Sudan", "SDN"),
        ("Cape Verde", "CPV"),
        ("Kingdom of eSwatini (Swaziland)", "SWZ"),
        ("State of Palestine", "PSE"),
    ] {
        assert_eq!(found(CodeSystem::Name, name, None), iso3, "{name}");
    }
    assert_eq!(
        found(CodeSystem::Name, "Serbia (Yugoslavia)", Some(date(1995, 7, 11))),
        "YUG"
    );
}

#[test]
fn ambiguous_names_are_refused_with_the_candidates() {
    let refused = Crosswalk::builtin()
        .resolve(CodeSystem::Name, "Korea", None)
        .expect_err("refused");
    assert_eq!(
        refused.to_string(),
        "`Korea` may be KOR or PRK; give the date of the fact or write one of these codes"
    );
    assert_eq!(found(CodeSystem::Name, "Virgin Islands", None), "ambiguous VGB VIR");
    assert_eq!(
        found(CodeSystem::Name, "Micronesia", None),
        "ambiguous FSM Micronesia (region)"
    );
}

#[test]
fn a_near_miss_is_suggested_and_never_taken() {
    let refused = Crosswalk::builtin()
        .resolve(CodeSystem::Name, "Ukrane", None)
        .expect_err("refused");
    assert_eq!(
        refused.to_string(),
        "no place is known as `Ukrane`; if `Ukraine` is meant, correct the file or add an alias in \
         `catalog/places/countries.toml`"
    );
    let far = Crosswalk::builtin().resolve(CodeSystem::Name, "qqqq", None);
    assert_eq!(
        far,
        Err(Unresolved::NotFound {
            code: "qqqq".to_owned(),
            nearest: None
        })
    );
}

#[test]
fn any_takes_an_alpha_3_code_or_a_name() {
    assert_eq!(found(CodeSystem::Any, "UKR", None), "UKR");
    assert_eq!(found(CodeSystem::Any, "Ukraine", None), "UKR");
    assert_eq!(found(CodeSystem::Any, "DAC countries", None), "group DAC countries");
    assert_eq!("gw".parse::<CodeSystem>().map(|s| s.to_string()).as_deref(), Ok("gw"));
    assert!("fips".parse::<CodeSystem>().is_err());
}

#[test]
fn the_countries_of_a_day_are_those_that_existed() {
    let names = |on| {
        Crosswalk::builtin()
            .current(on)
            .map(|c| c.iso3.as_str())
            .collect::<Vec<_>>()
    };
    let before = names(date(1990, 1, 1));
    assert!(before.contains(&"SUN") && before.contains(&"DDR") && !before.contains(&"UKR"));
    let now = names(date(2026, 1, 1));
    assert!(now.contains(&"SSD") && !now.contains(&"ANT") && !now.contains(&"ISR+PSE"));
}

use std::collections::BTreeSet;

use lysoen_lexicon::CatalogError;
use lysoen_lexicon::country::{Crosswalk, Resolved};
use lysoen_lexicon::indicator::{Direction, Indicators, Kind, Timing};
use lysoen_lexicon::threat::{Dimension, Threats};

#[test]
fn the_built_in_catalogs_parse() {
    assert!(Crosswalk::builtin().all().count() > 250);
    assert!(Threats::builtin().all().count() > 20);
    assert!(Indicators::builtin().all().count() > 70);
}

#[test]
fn there_are_193_members_of_the_united_nations() {
    let members = Crosswalk::builtin().all().filter(|c| c.un_member).count();
    assert_eq!(members, 193);
}

#[test]
fn every_iso_country_has_its_codes_and_a_region() {
    let with_iso2 = Crosswalk::builtin()
        .all()
        .filter(|c| c.iso2.is_some() && c.until.is_none() && c.iso3 != "XKX");
    assert_eq!(with_iso2.count(), 249);
    for country in Crosswalk::builtin().all().filter(|c| c.un_member) {
        assert!(
            country.m49.is_some() && country.unhcr.is_some() | (country.iso3 == "SRB"),
            "{}",
            country.iso3
        );
        assert!(
            country.region.is_some() && country.subregion.is_some(),
            "{}",
            country.iso3
        );
        assert!(!country.gw.is_empty() || country.iso3 == "ISR", "{}", country.iso3);
    }
}

#[test]
fn every_threat_belongs_to_one_of_seven_dimensions_and_each_has_some() {
    for dimension in Dimension::ALL {
        assert!(Threats::builtin().of(dimension).next().is_some(), "{dimension}");
    }
}

#[test]
fn every_indicator_that_the_measures_name_is_defined() {
    let needed = "population_midyear population_yearend population life_expectancy expected_schooling mean_schooling \
        gni_per_capita hdi ihdi gii killed_state_based killed_non_state killed_one_sided \
        killed_civilians_state_based killed_civilians_non_state killed_civilians_one_sided \
        killed_unknown_state_based killed_unknown_non_state killed_unknown_one_sided killed_total \
        killed_by_own_government killed_by_any_government killed_by_non_state idps_conflict idps_disaster \
        internal_displacements_conflict internal_displacements_disaster refugees asylum_seekers \
        other_in_need_of_protection stateless returned_refugees returned_idps others_of_concern host_community \
        refugees_unrwa idps_unhcr idps_idmc_unhcr idps_dtm undernourished_share poverty_300_share poverty_215_share \
        basic_water_share basic_sanitation_share ipc_phase homicide_rate homicides under5_mortality \
        infant_mortality mpi mpi_headcount mpi_intensity mpi_vulnerable mpi_severe inform_risk inform_hazard \
        inform_vulnerability inform_coping oda_gni_grant_equivalent oda_gni_net oda_total people_in_need \
        people_targeted people_reached people_affected humanitarian_requirements humanitarian_funding \
        arms_transfers_tiv military_expenditure_gdp vdem_polyarchy vdem_libdem gdp_per_capita";
    for id in needed.split_whitespace() {
        assert!(Indicators::builtin().get(id).is_some(), "{id} is missing");
    }
}

#[test]
fn an_indicator_says_what_it_is() {
    let refugees = Indicators::builtin().get("refugees").expect("refugees");
    assert_eq!((refugees.kind, refugees.timing), (Kind::Count, Timing::YearEnd));
    assert_eq!(refugees.direction, Direction::HigherIsWorse);
    assert_eq!(refugees.unit, "people");
    let phase = Indicators::builtin().get("ipc_phase").expect("ipc_phase");
    assert_eq!(phase.breakdown.as_deref(), Some("phase"));
}

#[test]
fn every_share_is_a_percentage_and_every_rate_has_a_denominator() {
    for indicator in Indicators::builtin().all() {
        match indicator.kind {
            Kind::Share => assert!(indicator.unit.starts_with("% of "), "{}", indicator.id),
            Kind::Rate => assert!(
                indicator.unit.contains(" per ") || indicator.unit == "years",
                "{}",
                indicator.id
            ),
            Kind::Index => assert!(indicator.unit.starts_with("index 0–"), "{}", indicator.id),
            Kind::Count | Kind::Money => assert!(!indicator.unit.contains('%'), "{}", indicator.id),
        }
    }
}

#[test]
fn aggregates_are_named_once() {
    let names: Vec<_> = Crosswalk::builtin()
        .aggregates()
        .iter()
        .map(|group| &group.name)
        .collect();
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(names.len(), distinct.len());
}

#[test]
fn a_code_shared_by_two_living_states_is_refused() {
    let text = "[[country]]\niso3 = \"AAA\"\nname = \"One\"\ngw = [1]\n[[country]]\niso3 = \"AAB\"\nname = \"Two\"\ngw = [1]\n";
    let refused = Crosswalk::parse(text).expect_err("refused");
    assert_eq!(
        refused.to_string(),
        "the code `gw 1` stands twice in the catalog; keep one of the two entries"
    );
}

#[test]
fn an_unknown_key_or_a_dangling_successor_is_refused() {
    assert!(matches!(
        Crosswalk::parse("[[country]]\niso3 = \"AAA\"\nname = \"One\"\ncapital = \"X\"\n"),
        Err(CatalogError::Layout(_))
    ));
    assert!(matches!(
        Crosswalk::parse("[[country]]\niso3 = \"AAA\"\nname = \"One\"\nsuccessors = [\"AAB\"]\n"),
        Err(CatalogError::Dangling { .. })
    ));
    let threats =
        "[[threat]]\nid = \"x\"\nname = \"X\"\ndimension = \"food\"\nfear = false\nwant = false\nnote = \"\"\n";
    assert!(matches!(Threats::parse(threats), Err(CatalogError::Value { .. })));
}

#[test]
fn an_observatory_may_bring_its_own_places() {
    use lysoen_lexicon::country::CodeSystem;
    let own = Crosswalk::parse("[[country]]\niso3 = \"ATL\"\nname = \"Atlantis\"\n").expect("a crosswalk");
    let found = own.resolve(CodeSystem::Name, "ATLANTIS", None);
    assert!(matches!(found, Ok(Resolved::Place(place)) if place.as_str() == "ATL"));
}

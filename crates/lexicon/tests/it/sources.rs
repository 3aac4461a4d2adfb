//! Every place code and name of the real input files: what is no single place is listed here, name by name.

#![cfg_attr(not(shared_data), allow(unused_imports, dead_code))]

use std::collections::BTreeSet;

use lysoen_lexicon::country::CodeSystem;

use crate::crosswalk::found;
#[cfg(shared_data)]
use crate::shared::{distinct, files, text};

/// What a set of codes resolves to.
#[derive(Debug, Default)]
struct Tally {
    places: BTreeSet<String>,
    groups: BTreeSet<String>,
    unknown: BTreeSet<String>,
    refused: BTreeSet<String>,
}

impl Tally {
    fn of<I: IntoIterator<Item = S>, S: AsRef<str>>(system: CodeSystem, codes: I) -> Self {
        let mut tally = Self::default();
        for code in codes {
            let code = code.as_ref();
            match found(system, code, None).as_str() {
                "unknown" => tally.unknown.insert(code.to_owned()),
                "not found" => tally.refused.insert(code.to_owned()),
                other if other.starts_with("ambiguous ") => tally.refused.insert(format!("{code} ({other})")),
                other if other.starts_with("group ") => tally.groups.insert(code.to_owned()),
                place => tally.places.insert(place.to_owned()),
            };
        }
        tally
    }

    #[track_caller]
    fn expect(&self, places: usize, groups: usize, unknown: &[&str], refused: &[&str]) {
        assert_eq!(self.refused.iter().collect::<Vec<_>>(), refused, "refused");
        assert_eq!(self.unknown.iter().collect::<Vec<_>>(), unknown, "unknown");
        assert_eq!(self.groups.len(), groups, "groups: {:?}", self.groups);
        assert_eq!(self.places.len(), places, "places: {:?}", self.places);
    }
}

#[cfg(shared_data)]
fn column(file: &str, column: &str) -> BTreeSet<String> {
    distinct(file, &[column])
        .into_iter()
        .map(|mut row| row.remove(0))
        .filter(|code| !code.is_empty())
        .collect()
}

/// Gapminder calls its first column `geo` in most files only.
#[cfg(shared_data)]
fn first_column(file: &str) -> BTreeSet<String> {
    text(file)
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next().map(str::to_owned))
        .collect()
}

#[cfg(shared_data)]
fn columns(files: &[&str], names: &[&str]) -> BTreeSet<String> {
    files
        .iter()
        .flat_map(|file| names.iter().flat_map(|name| column(file, name)))
        .collect()
}

/// One test per family of files; `ignored` where the data are absent.
macro_rules! with_data {
    ($($name:ident $body:block)+) => {$(
        #[test]
        #[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
        fn $name() {
            #[cfg(shared_data)]
            $body
        }
    )+};
}

with_data! {
    gapminder_ids {
        let mut codes = BTreeSet::new();
        for file in files("socioeconomic", "gapminder_", ".csv").iter().chain(&files("population", "gapminder_", ".csv")) {
            codes.extend(first_column(file));
        }
        let tally = Tally::of(CodeSystem::Iso3, &codes);
        let groups: Vec<_> = tally.groups.iter().map(String::as_str).collect();
        assert_eq!(groups, ["akr_a_dhe", "scg_ex_kos", "stmar"]);
        tally.expect(252, 3, &[], &[]);
    }

    world_bank_codes_and_names {
        let file = "population/worldbank_population.csv.gz";
        Tally::of(CodeSystem::Iso3, column(file, "Country Code")).expect(217, 48, &[], &[]);
        Tally::of(CodeSystem::Name, column(file, "Country Name")).expect(217, 48, &[], &[]);
    }

    world_population_prospects_numbers_and_names {
        let file = "population/wpp2024_popprojMed.tsv.gz";
        Tally::of(CodeSystem::M49, column(file, "country_code")).expect(236, 61, &[], &[]);
        Tally::of(CodeSystem::Name, column(file, "country")).expect(236, 58, &[], &["Micronesia (ambiguous FSM Micronesia (region))"]);
    }

    codes_and_names_of_one_row_are_one_place {
        for (file, system, code, name) in [
            ("population/worldbank_population.csv.gz", CodeSystem::Iso3, "Country Code", "Country Name"),
            ("population/wpp2024_popprojMed.tsv.gz", CodeSystem::M49, "country_code", "country"),
            ("indices/inform_risk_index_trends.csv.gz", CodeSystem::Iso3, "Iso3", "CountryName"),
            ("displacement/idmc_gidd_disaster_displacements.csv.gz", CodeSystem::Iso3, "iso3", "country_name"),
            ("arms/sipri_exports_processed_360info.csv.gz", CodeSystem::Cow, "supplier_cown", "supplier"),
        ] {
            for row in distinct(file, &[code, name]).iter().filter(|row| row.iter().all(|cell| !["", "NA", "Micronesia"].contains(&cell.as_str()))) {
                let by_name = found(CodeSystem::Name, &row[1], None);
                // SIPRI's rebels carry the number of the country they fight in; numbers are not dated here.
                let dated = ["365", "345", "678", "679", "816", "255", "260"].contains(&row[0].as_str());
                if !dated && !by_name.contains(' ') {
                    assert_eq!(found(system, &row[0], None), by_name, "{file}: {row:?}");
                }
            }
        }
    }

    our_world_in_data_names {
        let mut names = BTreeSet::new();
        for file in files("socioeconomic", "owid_", ".csv") {
            names.extend(column(&file, "Entity"));
        }
        Tally::of(CodeSystem::Name, names).expect(235, 63, &[], &["Micronesia (ambiguous FSM Micronesia (region))"]);
    }

    ucdp_numbers_and_names {
        let file = "ucdp/organizedviolencecy_v25_1.csv.gz";
        Tally::of(CodeSystem::GleditschWard, column(file, "country_id_cy")).expect(199, 0, &[], &[]);
        Tally::of(CodeSystem::Name, column(file, "country_cy")).expect(199, 0, &[], &[]);
        let file = "ucdp/GEDEvent_v26_0_1.csv.gz";
        Tally::of(CodeSystem::GleditschWard, column(file, "country_id")).expect(47, 0, &[], &[]);
        Tally::of(CodeSystem::Name, column(file, "country")).expect(47, 0, &[], &[]);
        let panel = "ucdp/ucdp_panel_country_month_1989_2022.csv.gz";
        Tally::of(CodeSystem::Iso3, column(panel, "country_iso3")).expect(123, 0, &[], &[]);
    }

    ucdp_numbers_are_decided_by_the_year_in_every_year {
        for row in distinct("ucdp/organizedviolencecy_v25_1.csv.gz", &["country_id_cy", "year_cy", "country_cy"]) {
            let year: i16 = row[1].parse().expect("a year");
            let on = Some(jiff::civil::date(year, 12, 31));
            let by_number = found(CodeSystem::GleditschWard, &row[0], on);
            assert!(!by_number.contains(' '), "{row:?}: {by_number}");
            if row[0] != "666" {
                assert_eq!(found(CodeSystem::Name, &row[2], on), by_number, "{row:?}");
            }
        }
    }

    views_ids_and_names {
        let list = "views/country_list.csv";
        Tally::of(CodeSystem::Views, column(list, "country_id")).expect(191, 0, &[], &[]);
        Tally::of(CodeSystem::Name, column(list, "name")).expect(190, 0, &[], &["Micronesia (ambiguous FSM Micronesia (region))"]);
        Tally::of(CodeSystem::Views, column("views/cm_ged_sb_1990_2022.csv.gz", "country_id")).expect(191, 0, &[], &[]);
    }

    views_ids_and_names_are_the_same_places {
        for row in distinct("views/country_list.csv", &["country_id", "name"]) {
            if !["Israel", "Micronesia"].contains(&row[1].as_str()) {
                assert_eq!(found(CodeSystem::Views, &row[0], None), found(CodeSystem::Name, &row[1], None), "{row:?}");
            }
        }
    }

    unhcr_codes_in_every_table {
        let mut codes = BTreeSet::new();
        let mut isos = BTreeSet::new();
        let mut names = BTreeSet::new();
        for file in files("displacement", "unhcr_", ".converted.csv").iter().filter(|file| !file.contains("countries")) {
            for row in distinct(file, &["coo", "coo_iso", "coo_name"]).into_iter().chain(distinct(file, &["coa", "coa_iso", "coa_name"])) {
                let place = found(CodeSystem::Unhcr, &row[0], None);
                if place != "SRB+XKX" {
                    assert_eq!(place, found(CodeSystem::Iso3, &row[1], None), "{row:?}");
                }
                codes.insert(row[0].clone());
                isos.insert(row[1].clone());
                names.insert(row[2].clone());
            }
        }
        names.remove("");
        Tally::of(CodeSystem::Unhcr, codes).expect(219, 1, &["STA", "UKN"], &[]);
        Tally::of(CodeSystem::Iso3, isos).expect(219, 1, &["STA", "UKN", "UNK", "XXA"], &[]);
        Tally::of(CodeSystem::Name, names).expect(219, 1, &["Stateless", "Unknown", "Unknown/other"], &[]);
        // UNHCR's own list of countries has two codes without a country or any figure.
        Tally::of(CodeSystem::Unhcr, column("displacement/unhcr_countries.converted.csv.gz", "unhcr_code"))
            .expect(227, 1, &["STA", "UKN"], &["CRB", "CUR"]);
    }

    idmc_codes_and_names {
        for (file, places) in [("displacement/idmc_gidd_conflict_idps.csv", 88), ("displacement/idmc_gidd_disaster_displacements.csv.gz", 211)] {
            Tally::of(CodeSystem::Iso3, column(file, "iso3")).expect(places, 0, &[], &[]);
            // Abyei and Kosovo have a code and no name there.
            Tally::of(CodeSystem::Name, column(file, "country_name")).expect(places - 2, 0, &[], &[]);
        }
        Tally::of(CodeSystem::Iso3, column("displacement/idmc_idu_events_india.csv", "iso3")).expect(1, 0, &[], &[]);
    }

    indices {
        Tally::of(CodeSystem::Iso3, column("indices/HDR23-24_Composite_indices_complete_time_series.csv.gz", "iso3")).expect(195, 11, &[], &[]);
        // Two names were spoilt on their way into this copy of the file; its codes were not.
        Tally::of(CodeSystem::Name, column("indices/HDR23-24_Composite_indices_complete_time_series.csv.gz", "country")).expect(193, 11, &[], &["C魌e d'Ivoire", "T黵kiye"]);
        Tally::of(CodeSystem::Iso3, columns(&["indices/inform_risk_index_trends.csv.gz", "indices/inform_risk_index_indicators.csv.gz"], &["Iso3"])).expect(191, 0, &[], &[]);
        Tally::of(CodeSystem::Iso3, columns(&["indices/ophi_global_mpi.csv", "indices/ophi_global_mpi_trends.csv.gz"], &["Country ISO3"])).expect(112, 0, &[], &[]);
        Tally::of(CodeSystem::Iso3, column("indices/hdx_hapi_poverty_rate_global.csv.gz", "location_code")).expect(112, 0, &[], &[]);
    }

    aid_worker_security_codes_and_names {
        let file = "aid_worker_security/awsd_security_incidents.csv.gz";
        Tally::of(CodeSystem::Iso2, column(file, "Country Code")).expect(93, 0, &[], &[]);
        Tally::of(CodeSystem::Name, column(file, "Country")).expect(93, 2, &[], &[]);
        let file = "aid_worker_security/un_peace_mission_fatalities_dppa_dpo.csv.gz";
        Tally::of(CodeSystem::M49, column(file, "m49_code")).expect(129, 0, &[], &[]);
        Tally::of(CodeSystem::Iso3, column(file, "isocode3")).expect(129, 0, &[], &[]);
        Tally::of(CodeSystem::Name, column(file, "casualty_nationality")).expect(132, 0, &["ZZ [Undetermined]"], &[]);
    }

    treaty_participants {
        let mut names = BTreeSet::new();
        for file in files("treaties/untc_2015", "", ".csv") {
            names.extend(column(&file, "Participant"));
        }
        names.extend(column("treaties/later_actions.csv", "participant"));
        Tally::of(CodeSystem::Name, names).expect(197, 1, &[], &[]);
    }

    human_rights_treaty_status {
        let mut codes = BTreeSet::new();
        let mut names = BTreeSet::new();
        for file in files("treaties/hr_status_2022", "hr_status_", ".csv") {
            codes.extend(column(&file, "iso2"));
            names.extend(column(&file, "member"));
        }
        // `S` is a slip for South Sudan's SS.
        Tally::of(CodeSystem::Iso2, codes).expect(194, 0, &[], &["S"]);
        Tally::of(CodeSystem::Name, names).expect(194, 0, &[], &[]);
    }

    child_labour_country_names {
        let xml = text("treaties/dol_sweat_and_toil_countries_2017.xml.gz");
        let names = xml.split("<Country>").skip(1).map(|country| {
            let name = country.split("<Name>").nth(1).and_then(|rest| rest.split("</Name>").next());
            name.expect("a name").replace("&amp;", "&")
        });
        Tally::of(CodeSystem::Name, names.collect::<BTreeSet<_>>()).expect(142, 0, &[], &[]);
    }

    aid_donors {
        let names = columns(&["oda/one_oda_gni_single_year_ts.csv", "oda/one_oda_gni_single_year_ts_2023.csv"], &["Donor"]);
        // The OECD means the Republic of Korea: a reader of its files says so.
        Tally::of(CodeSystem::Name, names).expect(32, 2, &[], &["Korea (ambiguous KOR PRK)"]);
        Tally::of(CodeSystem::Name, column("oda/one_oda_gni_ts.csv", "name")).expect(32, 2, &[], &["Korea (ambiguous KOR PRK)"]);
let codes = first_column("oda/gapminder_aid_given_percent_of_gni.csv");
        Tally::of(CodeSystem::Iso3, codes).expect(22, 0, &[], &[]);
        let oecd = "Australia|Austria|Azerbaijan|Belgium|Bulgaria|Canada|Chinese Taipei|Croatia|Cyprus|Czechia|DAC EU countries|\
            DAC EU countries and EU Institutions|DAC Members|DAC countries|Denmark|EU Institutions|Estonia|Finland|France|G7|\
            Germany|Greece|Hungary|Iceland|Ireland|Israel|Italy|Japan|Kazakhstan|Kuwait|Latvia|Liechtenstein|Lithuania|\
            Luxembourg|Malta|Monaco|Multilaterals organisations|Netherlands|New Zealand|Non-DAC countries|Norway|Poland|\
            Portugal|Qatar|Romania|Saudi Arabia|Slovak Republic|Slovenia|Spain|Sweden|Switzerland|Thailand|Timor-Leste|\
            Türkiye|United Arab Emirates|United Kingdom|United States";
        Tally::of(CodeSystem::Name, oecd.split('|')).expect(49, 8, &[], &[]);
        Tally::of(CodeSystem::Name, ["EU27 + EU Institutions"]).expect(0, 1, &[], &[]);
    }

    arms_suppliers_and_recipients {
        let file = "arms/sipri_exports_processed_360info.csv.gz";
        let names = columns(&[file], &["supplier", "recipient"]);
        let unknown = ["Unknown recipient(s)", "Unknown supplier(s)"];
        Tally::of(CodeSystem::Name, names).expect(194, 63, &unknown, &["Micronesia (ambiguous FSM Micronesia (region))"]);
    }

    humanitarian_files {
        for (file, name) in [
            ("funding/fts_requirements_funding_global.csv", "countryCode"),
            ("funding/fts_requirements_funding_cluster_global.csv", "countryCode"),
            ("funding/hdx_hapi_funding_global.csv", "location_code"),
            ("food_security/ipc_global_level1_long.csv", "Country"),
            ("food_security/ipc_global_area_long.csv.gz", "Country"),
            ("food_security/hdx_hapi_food_security_global.csv.gz", "location_code"),
            ("displacement/hdx_hapi_idps_global.csv.gz", "location_code"),
            ("population/hdx_hapi_population_global_hrp.csv.gz", "location_code"),
            ("hapi_samples/hdx_hapi_humanitarian_needs_global_2024.csv.gz", "location_code"),
            ("hapi_samples/hdx_hapi_operational_presence_global.csv.gz", "location_code"),
            ("boundaries/global_pcodes_adm_1_2.csv.gz", "Location"),
        ] {
            let tally = Tally::of(CodeSystem::Iso3, column(file, name));
            assert!(!tally.places.is_empty(), "{file}");
            tally.expect(tally.places.len(), 0, &[], &[]);
        }
        let mut locations = BTreeSet::new();
        for file in ["funding/fts_incoming_funding_global.csv.gz", "funding/fts_outgoing_funding_global.csv", "funding/fts_internal_funding_global.csv"] {
            for list in columns(&[file], &["srcLocations", "destLocations"]) {
                locations.extend(list.split(',').map(str::to_owned));
            }
        }
        Tally::of(CodeSystem::Iso3, locations).expect(3, 0, &[], &[]);
        Tally::of(CodeSystem::Name, column("funding/iati_covid_transactions.csv", "Recipient country")).expect(49, 5, &["(Unspecified country)"], &[]);
    }

    v_dem_ids {
        let file = "governance/vdem_simple.converted.csv.gz";
        let tally = Tally::of(CodeSystem::Vdem, column(file, "country_text_id"));
        let parts = ["PSB", "PSE", "PSG", "SML", "ZZB"];
        let forerunners = ["BDN", "BRW", "BVR", "HDM", "HKS", "HRG", "HVR", "MCL", "MDN", "NSS", "OLD", "PPS", "PRM", "SAX", "SPD", "SXN", "TSC", "TWS", "WRG"];
        let groups: BTreeSet<String> = parts.iter().chain(&forerunners).map(|id| (*id).to_owned()).collect();
        assert_eq!(tally.groups, groups);
        tally.expect(178, 24, &[], &[]);
    }
}

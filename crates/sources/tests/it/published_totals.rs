//! Every card makes sense, and every file is recognised as one layout and read to the publisher's own totals.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use lysoen_facts::tables::{FactRow, from_days};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::indicator::Indicators;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::input::Input;
use lysoen_sources::reader::{Coverage, Job, ReadError, Sink, Vintage};
use lysoen_sources::readers::reader;
use lysoen_sources::recognise::recognise;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");

/// One fact as the mapping made it; the origin is empty for an observation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    pub(crate) origin: String,
    pub(crate) place: String,
    pub(crate) country: Option<String>,
    pub(crate) indicator: String,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) value: f64,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) interval: Option<String>,
    pub(crate) unit: String,
    pub(crate) breakdown: String,
    pub(crate) status: String,
    pub(crate) row: u64,
}

#[derive(Default)]
pub(crate) struct Collected(pub(crate) Vec<Fact>);

impl Sink for Collected {
    fn push(&mut self, row: &FactRow<'_>) -> Result<(), ReadError> {
        let day = |d: lysoen_facts::tables::Day| from_days(d.0).to_string();
        let text = |t: &str| t.to_string();
        self.0.push(match row {
            FactRow::Observation(o) => Fact {
                origin: String::new(),
                place: text(o.place),
                country: o.country.map(text),
                indicator: text(o.indicator),
                start: day(o.start),
                end: day(o.end),
                value: o.value,
                low: o.low,
                high: o.high,
                interval: o.interval_kind.map(text),
                unit: text(o.unit),
                breakdown: text(o.breakdown),
                status: text(o.status),
                row: o.row,
            },
            FactRow::Flow(f) => Fact {
                origin: text(f.origin),
                place: text(f.destination),
                country: None,
                indicator: text(f.indicator),
                start: day(f.start),
                end: day(f.end),
                value: f.value,
                low: None,
                high: None,
                interval: None,
                unit: text(f.unit),
                breakdown: text(f.breakdown),
                status: String::new(),
                row: f.row,
            },
            other => panic!("the mapping makes observations and flows, not {other:?}"),
        });
        Ok(())
    }
}

/// A file, read by the layout that it was recognised to have.
pub(crate) struct Read {
    pub(crate) layout: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) findings: Findings,
    pub(crate) coverage: Coverage,
    pub(crate) vintage: Option<Vintage>,
}

pub(crate) fn read_path(path: &Path, catalog: &Catalog, as_: Option<&str>) -> Result<Read, ReadError> {
    let input = Input::open(path)?.remove(0);
    let found = recognise(&input, catalog, as_)?;
    let reader = reader(&found.layout.reader).expect("the layout's reader exists");
    let mut sink = Collected::default();
    let mut findings = Findings::new(input.name());
    let vintage = reader.vintage(&input, found.card, found.layout)?;
    let mut job = Job {
        card: found.card,
        layout: found.layout,
        crosswalk: Crosswalk::builtin(),
        sink: &mut sink,
        findings: &mut findings,
    };
    let coverage = reader.read(&input, &mut job)?;
    assert!(findings.add_up(), "{}: {findings:?}", path.display());
    let layout = format!("{}/{}", found.card.id, found.layout.name);
    Ok(Read {
        layout,
        facts: sink.0,
        findings,
        coverage,
        vintage,
    })
}

fn read(file: &str) -> Read {
    read_path(&Path::new(DATA).join(file), Catalog::builtin(), None).unwrap_or_else(|e| panic!("{file}: {e}"))
}

impl Read {
    /// The sum of an indicator over the whole population, by the year of the period's end.
    fn total(&self, indicator: &str, year: i16) -> f64 {
        let end = format!("{year:04}-");
        let facts = self
            .facts
            .iter()
            .filter(|f| f.indicator == indicator && f.end.starts_with(&end));
        facts
            .filter(|f| f.breakdown.is_empty() && f.place != "WLD")
            .map(|f| f.value)
            .sum()
    }

    fn value(&self, place: &str, indicator: &str, year: i16) -> Option<f64> {
        let end = format!("{year:04}-");
        let is_it = |f: &&Fact| f.place == place && f.indicator == indicator && f.end.starts_with(&end);
        let mut found = self.facts.iter().filter(is_it).filter(|f| f.breakdown.is_empty());
        let value = found.next().map(|f| f.value);
        assert_eq!(found.next(), None, "{place} {indicator} {year} stands twice");
        value
    }

    fn rejected(&self) -> Vec<String> {
        let all = self.findings.list().iter().filter(|f| f.severity == Severity::Rejected);
        all.map(ToString::to_string).collect()
    }
}

#[test]
fn every_card_makes_sense() {
    let problems: Vec<String> = Catalog::builtin().check().iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    assert!(Catalog::builtin().cards().count() >= 20);
}

#[test]
fn every_indicator_on_a_card_is_in_the_catalog_or_is_the_sources_own() {
    for card in Catalog::builtin().cards() {
        for layout in &card.layouts {
            let wide = layout.wide.iter().flat_map(|w| &w.values);
            let long = layout.long.iter().flat_map(|l| &l.series);
            for value in layout.values.iter().chain(wide).chain(long) {
                let own = value.indicator.starts_with(&format!("{}:", card.id)) && value.unit.is_some();
                let known = Indicators::builtin().get(&value.indicator).is_some();
                assert!(own || known, "{}/{}: {}", card.id, layout.name, value.indicator);
            }
        }
    }
}

/// What the files of the folders of tables are recognised as.
const FILES: &[(&str, &str)] = &[
    (
        "ucdp/organizedviolencecy_v25_1.csv.gz",
        "ucdp-country-year/country-year",
    ),
    (
        "ucdp/ucdp_panel_country_month_1989_2022.csv.gz",
        "ucdp-panel/country-month",
    ),
    ("views/cm_features_to_oct2018.parquet", "views/features"),
    ("views/cm_features_to_oct2019.parquet", "views/features"),
    ("views/cm_features_to_oct2020.parquet", "views/features"),
    ("views/cm_ged_sb_1990_2022.csv.gz", "views/target"),
    ("displacement/hdx_hapi_idps_global.csv.gz", "iom-dtm/hdx-hapi"),
    ("displacement/idmc_gidd_conflict_idps.csv", "idmc/conflict"),
    ("displacement/idmc_gidd_disaster_displacements.csv.gz", "idmc/disasters"),
    ("displacement/idmc_idu_events_india.csv", "idmc/updates"),
    ("displacement/iom_dtm_global_admin0_2.csv.gz", "iom-dtm/global"),
    (
        "displacement/iraq_dtm/IDPs_MasterList_dataset_DTM_IOM_Apr_14_2016.csv.gz",
        "iom-dtm/iraq-master-list",
    ),
    (
        "displacement/iraq_dtm/IDPs_MasterList_dataset_DTM_IOM_Apr_15_2018.csv.gz",
        "iom-dtm/iraq-master-list",
    ),
    (
        "displacement/iraq_dtm/IDPs_MasterList_dataset_DTM_IOM_Apr_29_2020.csv.gz",
        "iom-dtm/iraq-master-list",
    ),
    (
        "displacement/iraq_dtm/IDPs_MasterList_dataset_DTM_IOM_Dec_09_2014.csv.gz",
        "iom-dtm/iraq-master-list",
    ),
    (
        "displacement/unhcr_asylum_applications.converted.csv.gz",
        "unhcr/asylum-applications",
    ),
    (
        "displacement/unhcr_asylum_decisions.converted.csv.gz",
        "unhcr/asylum-decisions",
    ),
    ("displacement/unhcr_demographics.converted.csv.gz", "unhcr/demographics"),
    ("displacement/unhcr_flows.converted.csv.gz", "unhcr/flows"),
    ("displacement/unhcr_idmc.converted.csv.gz", "unhcr/idmc"),
    ("displacement/unhcr_population.converted.csv.gz", "unhcr/population"),
    ("displacement/unhcr_solutions.converted.csv.gz", "unhcr/solutions"),
    ("displacement/unhcr_unrwa.converted.csv.gz", "unhcr/unrwa"),
    ("food_security/hdx_hapi_food_security_global.csv.gz", "ipc/hdx-hapi"),
    ("food_security/ipc_afg_area_long.csv.gz", "ipc/area"),
    ("food_security/ipc_caf_area_long.csv.gz", "ipc/area"),
    ("food_security/ipc_eth_area_long.csv.gz", "ipc/area"),
    ("food_security/ipc_global_area_long.csv.gz", "ipc/area"),
    ("food_security/ipc_global_level1_long.csv", "ipc/level1"),
    ("funding/fts_incoming_funding_afg.csv", "fts/flows"),
    ("funding/fts_incoming_funding_global.csv.gz", "fts/flows"),
    ("funding/fts_internal_funding_global.csv", "fts/flows"),
    ("funding/fts_outgoing_funding_global.csv", "fts/flows"),
    (
        "funding/fts_requirements_funding_cluster_global.csv",
        "fts/requirements-by-cluster",
    ),
    ("funding/fts_requirements_funding_global.csv", "fts/requirements"),
    ("funding/hdx_hapi_funding_global.csv", "hdx-hapi/funding"),
    ("governance/vdem_simple.converted.csv.gz", "vdem/country-year"),
    (
        "hapi_samples/hdx_hapi_humanitarian_needs_global_2024.csv.gz",
        "hdx-hapi/humanitarian-needs",
    ),
    ("hapi_samples/hpc_hno_2024.csv", "hpc-hno/needs"),
    ("arms/sipri_exports_processed_360info.csv.gz", "sipri/exports"),
    (
        "indices/HDR23-24_Composite_indices_complete_time_series.csv.gz",
        "hdr/composite-indices",
    ),
    (
        "indices/hdx_hapi_poverty_rate_global.csv.gz",
        "hdx-hapi-poverty/poverty-rate",
    ),
    ("indices/inform_risk_index_indicators.csv.gz", "inform/indicators"),
    ("indices/inform_risk_index_trends.csv.gz", "inform/trends"),
    (
        "oda/gapminder_aid_given_percent_of_gni.csv",
        "gapminder/aid-given-percent-of-gni",
    ),
    ("oda/oecd_dac1_table1_2014_2023.parquet", "oecd-dac1/table1"),
    ("oda/one_oda_gni_single_year_ts.csv", "one-oda/single-year"),
    ("oda/one_oda_gni_single_year_ts_2023.csv", "one-oda/single-year-2023"),
    ("oda/one_oda_gni_ts.csv", "one-oda/time-series"),
    ("population/cod_population_admin0.csv", "hdx-cod-ps/population"),
    ("population/cod_population_admin1.csv", "hdx-cod-ps/population"),
    ("population/cod_population_admin2.csv.gz", "hdx-cod-ps/population"),
    ("population/cod_population_admin3.csv", "hdx-cod-ps/population"),
    (
        "population/gapminder_population_by_country_year.csv.gz",
        "gapminder/population",
    ),
    (
        "population/hdx_hapi_population_global_hrp.csv.gz",
        "hdx-hapi/population",
    ),
    ("population/hdx_hapi_population_sdn.csv.gz", "hdx-hapi/population"),
    ("population/worldbank_population.csv.gz", "world-bank/population"),
    ("population/wpp2024_popproj80l.tsv.gz", "wpp/projection-80l"),
    ("population/wpp2024_popproj80u.tsv.gz", "wpp/projection-80u"),
    ("population/wpp2024_popproj95l.tsv.gz", "wpp/projection-95l"),
    ("population/wpp2024_popproj95u.tsv.gz", "wpp/projection-95u"),
    ("population/wpp2024_popprojHigh.tsv.gz", "wpp/projection-high"),
    ("population/wpp2024_popprojLow.tsv.gz", "wpp/projection-low"),
    ("population/wpp2024_popprojMed.tsv.gz", "wpp/projection-med"),
    ("socioeconomic/owid_armed_forces_share.csv.gz", "owid/armed-forces"),
    (
        "socioeconomic/owid_conflict_deaths_ucdp_ged_2019.csv",
        "owid/conflict-deaths",
    ),
    (
        "socioeconomic/owid_undernourishment_wb2017_sofi2018.csv",
        "owid/undernourishment",
    ),
    (
        "socioeconomic/owid_water_sanitation_who_2021.csv.gz",
        "owid/water-sanitation",
    ),
];

/// Files of these folders that hold no figures of the lake's kind, or that another reader takes.
const LEFT_OUT: &[&str] = &[
    "views/country_list.csv",
    "displacement/unhcr_countries.converted.csv.gz",
    "displacement/dtm_sdn_biweekly_13_2024-12-17.xlsx",
    "funding/cbpf_contributions.csv",
    "funding/cbpf_project_summary.csv",
    "funding/iati_covid_flows.csv",
    "funding/iati_covid_transactions.csv",
    "governance/countrycode_vdem_country_years.csv.gz",
    "governance/polity5.converted.csv.gz",
    "indices/ophi_global_mpi.csv",
    "indices/ophi_global_mpi_trends.csv.gz",
    "indices/ophi_national_results_mpi.xlsx",
    "indices/ophi_subnational_results_mpi.xlsx",
];

/// The files of the folders of tables, with the Gapminder files, whose layouts have the names of the files.
fn expected() -> BTreeMap<String, String> {
    let mut expected: BTreeMap<String, String> = FILES
        .iter()
        .map(|(file, layout)| (file.to_string(), layout.to_string()))
        .collect();
    for path in files("socioeconomic") {
        if let Some(name) = path.strip_prefix("socioeconomic/gapminder_") {
            let name = name.split('.').next().unwrap_or(name).replace('_', "-");
            let of_sipri = name.starts_with("arms-") || name.starts_with("military-");
            let card = if of_sipri { "gapminder-sipri" } else { "gapminder" };
            expected.insert(path.clone(), format!("{card}/{name}"));
        }
    }
    expected
}

fn files(folder: &str) -> Vec<String> {
    let walk = |folder: PathBuf| std::fs::read_dir(folder).expect("the folder can be read").flatten();
    let mut found = Vec::new();
    for entry in walk(Path::new(DATA).join(folder)) {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => found.extend(files(&name)),
            false => found.push(name),
        }
    }
    found.retain(|name| !name.ends_with(".md") && !name.ends_with(".rda"));
    found.sort();
    found
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_table_of_the_shared_data_is_read_by_its_layout_with_counts_that_add_up() {
    let expected = expected();
    let folders = [
        "views",
        "displacement",
        "food_security",
        "funding",
        "governance",
        "arms",
        "indices",
        "oda",
    ];
    for folder in folders.into_iter().chain(["population", "socioeconomic"]) {
        for file in files(folder).iter().filter(|file| !LEFT_OUT.contains(&file.as_str())) {
            assert!(expected.contains_key(file), "{file} is on no list");
        }
    }
    let mut wrong = Vec::new();
    for (file, layout) in &expected {
        let read = match read_path(&Path::new(DATA).join(file), Catalog::builtin(), None) {
            Ok(read) => read,
            Err(e) => {
                wrong.push(format!("{file}: {e}"));
                continue;
            }
        };
        // Every one of these files is whole: none may be taken for an extract.
        let extract = read
            .findings
            .list()
            .iter()
            .find(|f| f.found.contains("in the whole file"));
        if let Some(extract) = extract {
            wrong.push(extract.to_string());
        }
        if &read.layout != layout || read.findings.rows_kept == 0 {
            wrong.push(format!(
                "{file}: {} rows kept as {}",
                read.findings.rows_kept, read.layout
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_country_year_file_has_ucdps_own_totals_and_both_neighbours_of_a_joint_place() {
    let read = read("ucdp/organizedviolencecy_v25_1.csv.gz");
    for (year, deaths) in [
        (1994, 824_156.0),
        (2021, 234_846.0),
        (2022, 309_636.0),
        (2024, 160_900.0),
    ] {
        assert_eq!(read.total("killed_total", year), deaths, "{year}");
        let types = ["killed_state_based", "killed_non_state", "killed_one_sided"];
        assert_eq!(
            types.iter().map(|t| read.total(t, year)).sum::<f64>(),
            deaths,
            "{year} by type"
        );
    }
    let all: f64 = read
        .facts
        .iter()
        .filter(|f| f.indicator == "killed_total")
        .map(|f| f.value)
        .sum();
    assert_eq!(all, 3_957_143.0);
    assert_eq!(read.rejected(), Vec::<String>::new());
    assert!(
        read.value("ISR+PSE", "killed_total", 2023)
            .is_some_and(|deaths| deaths > 20_000.0)
    );
    assert_eq!(read.value("PSE", "killed_total", 2023), None);
    let vintage = read.vintage.expect("the file names its release");
    assert_eq!(vintage.label.as_deref(), Some("25.1"));
    assert_eq!((read.coverage.places, read.coverage.partial), (None, false));
    // 19 rows of the file have best above high or below low: the value stays, the interval goes.
    assert!(read.findings.count(Severity::Warning) > 0);
    assert!(read.facts.iter().all(|f| f.low.is_none_or(|low| low <= f.value)));
    assert!(read.facts.iter().all(|f| f.high.is_none_or(|high| high >= f.value)));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_panels_yearly_totals_equal_the_country_year_file() {
    let panel = read("ucdp/ucdp_panel_country_month_1989_2022.csv.gz");
    let years = read("ucdp/organizedviolencecy_v25_1.csv.gz");
    for year in 1989..=2022 {
        assert_eq!(
            panel.total("killed_total", year),
            years.total("killed_total", year),
            "{year}"
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn unhcrs_world_totals_of_2024_are_its_own_with_unknown_and_stateless_origins_kept() {
    let read = read("displacement/unhcr_population.converted.csv.gz");
    assert_eq!(read.total("refugees", 2024), 30_958_200.0);
    assert_eq!(read.total("asylum_seekers", 2024), 8_352_712.0);
    assert_eq!(read.total("idps_unhcr", 2024), 68_131_711.0);
    assert_eq!(read.total("refugees", 2025), 28_461_306.0);
    assert_eq!(read.total("stateless", 2024), 4_360_087.0);
    let stateless = read
        .facts
        .iter()
        .filter(|f| f.indicator == "stateless" && f.value > 0.0);
    assert!(stateless.clone().count() > 1_000 && stateless.clone().all(|f| f.origin == "XSL"));
    assert!(read.facts.iter().any(|f| f.origin == "UNK" && f.value > 0.0));
    // Before 2018 the cell of other people in need of protection is empty, which is not zero.
    let others: Vec<&Fact> = read
        .facts
        .iter()
        .filter(|f| f.indicator == "other_in_need_of_protection")
        .collect();
    assert_eq!(others.len(), 138_893 - 138_738);
    assert!(
        read.facts
            .iter()
            .filter(|f| f.indicator == "refugees")
            .any(|f| f.value == 0.0)
    );
    assert!(read.facts.iter().all(|f| f.start == f.end && f.end.ends_with("-12-31")));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn idmcs_stock_of_2024_is_its_own_and_an_empty_cell_is_not_zero() {
    let read = read("displacement/idmc_gidd_conflict_idps.csv");
    assert_eq!(read.total("idps_conflict", 2024), 73_505_422.0);
    let stocks: Vec<&Fact> = read.facts.iter().filter(|f| f.indicator == "idps_conflict").collect();
    assert_eq!(stocks.len(), 961 - 63);
    assert_eq!(stocks.iter().filter(|f| f.value == 0.0).count(), 26);
    assert_eq!(read.facts.len(), (961 - 63) + (961 - 165));
    assert!(stocks.iter().all(|f| f.start == f.end && f.end.ends_with("-12-31")));
    assert_eq!(read.value("AGO", "idps_conflict", 2009), None);
    assert_eq!(read.value("AGO", "internal_displacements_conflict", 2009), Some(0.0));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn disasters_are_kept_by_event_and_none_of_an_events_rows_is_lost() {
    let read = read("displacement/idmc_gidd_disaster_displacements.csv.gz");
    let moves = || {
        read.facts
            .iter()
            .filter(|f| f.indicator == "internal_displacements_disaster")
    };
    assert_eq!(moves().count(), 22_119);
    let floods = |f: &&Fact| f.breakdown.contains("event=Angola: Flood - 01/01/2009");
    let angola: Vec<f64> = moves().filter(floods).map(|f| f.value).collect();
    assert_eq!(angola, [415.0, 4_650.0, 81_000.0]);
    assert_eq!(
        moves()
            .filter(floods)
            .filter(|f| f.breakdown.contains("part=2"))
            .count(),
        1
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn population_files_have_their_publishers_world_totals() {
    let gapminder = read("population/gapminder_population_by_country_year.csv.gz");
    assert_eq!(gapminder.total("population_midyear", 2024), 8_161_941_901.0);
    let of_2024 = gapminder.facts.iter().filter(|f| f.end == "2024-07-01");
    assert!(of_2024.clone().count() > 190 && of_2024.clone().all(|f| f.status == "projection"));
    assert!(
        gapminder
            .facts
            .iter()
            .filter(|f| f.end == "2023-07-01")
            .all(|f| f.status.is_empty())
    );

    let wpp = read("population/wpp2024_popprojMed.tsv.gz");
    assert_eq!(wpp.value("WLD", "population_yearend", 2024), Some(8_196_980_849.0));
    let parts = wpp.total("population_yearend", 2024);
    assert!(
        (parts - 8_196_980_849.0).abs() < 300_000.0,
        "countries add up to {parts}"
    );

    let world_bank = read("population/worldbank_population.csv.gz");
    assert_eq!(
        world_bank.value("WLD", "population_midyear", 2024),
        Some(8_141_808_945.0)
    );
    assert_eq!(world_bank.value("ARB", "population_midyear", 2024), None);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn indices_have_their_published_values() {
    let inform = read("indices/inform_risk_index_trends.csv.gz");
    for (country, risk) in [("SSD", 8.5), ("SOM", 8.4), ("YEM", 8.2)] {
        assert_eq!(inform.value(country, "inform_risk", 2024), Some(risk), "{country}");
    }
    assert_eq!(inform.facts.len(), 7_640);
    let hdr = read("indices/HDR23-24_Composite_indices_complete_time_series.csv.gz");
    assert_eq!(hdr.value("NOR", "hdi", 2022), Some(0.966));
    assert_eq!(
        hdr.vintage.as_ref().map(|v| v.date.to_string()).as_deref(),
        Some("2024-03-13")
    );
    assert!(
        hdr.facts
            .iter()
            .any(|f| f.indicator == "hdr:abr" && f.unit == "as published")
    );
    assert!(
        hdr.facts
            .iter()
            .any(|f| f.place == "WLD" && f.indicator == "life_expectancy")
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn four_donors_gave_more_than_0_7_percent_of_their_income_in_2025() {
    let read = read("oda/one_oda_gni_single_year_ts.csv");
    let above = |f: &&Fact| f.indicator == "oda_gni_grant_equivalent" && f.end == "2025-12-31" && f.value > 0.7;
    let mut donors: Vec<&str> = read.facts.iter().filter(above).map(|f| f.place.as_str()).collect();
    donors.sort();
    assert_eq!(donors, ["DNK", "LUX", "NOR", "SWE"]);
    assert!(
        read.facts
            .iter()
            .filter(|f| f.end == "2025-12-31")
            .all(|f| f.status == "preliminary")
    );
    // Net disbursements up to 2017, grant equivalents from 2018 on: two series.
    assert!(
        read.facts
            .iter()
            .filter(|f| f.indicator == "oda_gni_net")
            .all(|f| f.end.as_str() < "2018")
    );
    assert!(
        read.facts
            .iter()
            .filter(|f| f.indicator == "oda_gni_grant_equivalent")
            .all(|f| f.end.as_str() > "2018")
    );
    let norway = |f: &&Fact| f.place == "NOR" && f.indicator == "oda_total" && f.end == "2025-12-31";
    assert_eq!(read.facts.iter().find(norway).map(|f| f.value), Some(5.67e9));
    assert_eq!(read.rejected(), Vec::<String>::new());
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn rows_of_placeholder_areas_are_about_the_coarser_place() {
    let read = read("population/hdx_hapi_population_sdn.csv.gz");
    let all = |place: &str| read.value(place, "population", 2024);
    assert_eq!(all("SDN"), Some(47_481_940.0));
    assert_eq!(all("SD15"), Some(5_124_749.0));
    let areas = |f: &&Fact| f.place.starts_with("SD15") && f.place.len() > 4 && f.breakdown.is_empty();
    assert_eq!(
        read.facts.iter().filter(areas).map(|f| f.value).sum::<f64>(),
        5_124_749.0
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn an_area_in_two_parts_keeps_both() {
    for file in [
        "population/cod_population_admin2.csv.gz",
        "population/hdx_hapi_population_global_hrp.csv.gz",
    ] {
        let read = read(file);
        let of = |breakdown: &str| {
            let is_it = |f: &&Fact| f.place == "CF711" && f.breakdown == breakdown && f.indicator == "population";
            read.facts.iter().filter(is_it).map(|f| f.value).collect::<Vec<_>>()
        };
        assert_eq!((of(""), of("part=2")), (vec![15_716.0], vec![823_365.0]), "{file}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn rows_of_inform_that_name_no_indicator_are_told_once() {
    let read = read("indices/inform_risk_index_indicators.csv.gz");
    let told = |f: &&lysoen_sources::finding::Finding| f.found.contains("IndicatorName is empty");
    let told: Vec<_> = read
        .findings
        .list()
        .iter()
        .filter(told)
        .map(|f| f.found.as_str())
        .collect();
    assert_eq!(told, ["IndicatorName is empty (4344 rows)"]);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_file_of_another_publisher_is_as_old_as_the_release_behind_it() {
    for (file, day) in [
        ("socioeconomic/gapminder_murder_total_deaths.csv", date(2025, 10, 31)),
        (
            "socioeconomic/gapminder_murder_per_100000_people.csv",
            date(2025, 10, 31),
        ),
        (
            "socioeconomic/gapminder_murdered_women_per_100000_people.csv",
            date(2025, 10, 31),
        ),
        (
            "socioeconomic/gapminder_hdi_human_development_index.csv",
            date(2025, 5, 6),
        ),
        ("socioeconomic/owid_armed_forces_share.csv.gz", date(2017, 12, 31)),
        ("oda/one_oda_gni_single_year_ts_2023.csv", date(2025, 1, 31)),
    ] {
        assert_eq!(read(file).vintage.map(|v| v.date), Some(day), "{file}");
    }
}

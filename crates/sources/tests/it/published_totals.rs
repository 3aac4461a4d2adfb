//! Every card makes sense, and every file is recognised as one layout and read to the publisher's own totals.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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
    ("oda/one_oda_gni_single_year_ts_2023.csv", "one-oda/single-year"),
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
            expected.insert(path.clone(), format!("gapminder/{name}"));
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
        if &read.layout != layout || read.findings.rows_kept == 0 {
            wrong.push(format!("{file}: {} rows kept as {}", read.findings.rows_kept, read.layout));
        }
        let f = &read.findings;
        eprintln!(
            "{file}: read {} kept {} rejected {} skipped {}, {} facts, {} warnings; {:?}; {:?}",
            f.rows_read,
            f.rows_kept,
            f.rows_rejected,
            f.rows_skipped,
            read.facts.len(),
            f.count(Severity::Warning),
            read.vintage.as_ref().map(|v| (v.date.to_string(), v.label.clone())),
            (read.coverage.from, read.coverage.to, read.coverage.partial),
        );
        let mut seen = BTreeSet::new();
        for line in f.list() {
            if seen.insert((line.column.clone(), line.severity, line.found.clone())) && seen.len() < 8 {
                eprintln!("    {:?} {line}", line.severity);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

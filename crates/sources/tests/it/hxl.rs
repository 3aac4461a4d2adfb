//! Tables with HXL tags in general.

use jiff::civil::date;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;

use crate::taken::{file, shared, take, text, written};

#[test]
fn tags_tell_places_periods_groups_and_indicators() {
    let taken = text(
        "needs.csv",
        "Country,Province,District,From,To,Sector,Women,Girls under 5,Killed,Households,Remark\n\
         #country+code,#adm1+code,#adm2+name,#date+start,#date+end,#sector,#affected+f,#inneed+f+age_0_4,#affected+killed,#population+hh,#description\n\
         SDN,SD01,,2024-01-01,2024-03-31,Health,\"1,200\",40,7,300,a remark\n\
         SD,,Um Bada,2024-01,2024-03,All,10,,,,\n",
    );
    assert_eq!(
        (taken.layout.as_str(), taken.dataset.as_str()),
        ("hxl/tagged", "hxl-needs")
    );
    assert!(taken.coverage.partial);
    assert_eq!(taken.counts(), [2, 2, 0, 0]);
    let women = taken.one("SD01", "people_affected", "gender=f;sector=Health");
    assert_eq!(
        (women.value, women.unit.as_str(), women.country.as_deref()),
        (1200.0, "people", Some("SDN"))
    );
    assert_eq!((women.start, women.end), (date(2024, 1, 1), date(2024, 3, 31)));
    assert_eq!(
        taken
            .one("SD01", "people_in_need", "age=0-4;gender=f;sector=Health")
            .value,
        40.0
    );
    // Neither people affected nor a population: the tags say more than those words, so they stand for themselves.
    let killed = taken.one("SD01", "hxl:affected+killed", "sector=Health");
    assert_eq!((killed.value, killed.unit.as_str()), (7.0, "as tagged"));
    assert_eq!(taken.one("SD01", "hxl:population+hh", "sector=Health").value, 300.0);
    assert_eq!(
        taken.one("SDN/Um Bada", "people_affected", "gender=f").end,
        date(2024, 3, 31)
    );
    assert_eq!(taken.observations.len(), 5);
}

#[test]
fn what_is_wrong_under_a_tag_is_told_by_row_and_tag() {
    let taken = text(
        "needs.csv",
        "#country,#adm1+code,#date,#affected,#inneed\n\
         Sudan,SD01,2024-01-01,many,5\n\
         Sudan,SD01,2024-01-01,7,5\n\
         Sudan,Khartoum!,2024-01-02,7,5\n\
         Atlantis,,2024-01-02,7,5\n\
         Sudan,,05/06/2024,7,5\n\
         Sudan,,2024-01-02,-7,\n\
         Sudan,,2024-01-02,,\n",
    );
    // Row 3 repeats the people in need of row 2 and adds the people affected.
    assert_eq!(taken.counts(), [7, 2, 4, 1]);
    let warnings = taken.texts(Severity::Warning);
    assert!(
        warnings[0].contains("row 2, column #affected: found many, expected a number"),
        "{warnings:?}"
    );
    assert!(
        warnings[1].contains("row 3, column #inneed: found a second people_in_need of SD01"),
        "{warnings:?}"
    );
    let rejected = taken.texts(Severity::Rejected);
    for (finding, (row, tag)) in
        rejected
            .iter()
            .zip([(4, "#adm1+code"), (5, "#country"), (6, "#date"), (7, "#affected")])
    {
        assert!(finding.contains(&format!("row {row}, column {tag}:")), "{finding}");
    }
    assert!(rejected[2].contains("day and month cannot be confused"));
}

#[test]
fn a_table_without_tags_is_no_hxl_and_every_row_is_accounted_for() {
    let untagged = "Country,People\ncountry+code,affected+f\nSDN,5\n";
    assert!(written("plain.csv", untagged, |path| take(
        Catalog::builtin(),
        path,
        None
    )
    .is_err()));
    let taken = written("plain.csv", untagged, |path| {
        take(Catalog::builtin(), path, Some("hxl"))
    })
    .expect("findings");
    assert_eq!(taken.counts(), [2, 0, 2, 0]);
    assert!(taken.texts(Severity::Rejected)[0].contains("found country+code, affected+f, expected a row of HXL tags"));
}

const FIXED: &str = r##"
id = "project"
title = "A project's monitoring"
publisher = "The project"
licence = "CC-BY-4.0"
redistribute = true
citation = "The project"
homepage = "https://example.org/"
cadence = "once"
publication_lag_days = 0

[[layout]]
name = "tagged"
reader = "hxl"
scope = "partial"
recognise = { tagged = true }
period = { form = "fixed", fixed = "2015" }
missing = ["n/a"]

[[layout.hxl.value]]
tag = "#targeted"
indicator = "people_targeted"
unit = "people"
"##;

#[test]
fn a_mapping_gives_a_file_without_dates_its_period() {
    let mut catalog = Catalog::default();
    catalog.add("project.toml", FIXED).expect("a card");
    let table = "#country,#org,#targeted\nPanamá,ACNUR,100\nColombia,OMS,n/a\n";
    let taken = written("project.csv", table, |path| take(&catalog, path, None)).expect("a table");
    assert_eq!(taken.counts(), [2, 1, 0, 1]);
    let told = taken.one("PAN", "people_targeted", "org=ACNUR");
    assert_eq!((told.start, told.end), (date(2015, 1, 1), date(2015, 12, 31)));
}

/// The standard's own test files, all of one table: a row with a date and three without.
#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_standards_test_files_read_alike_as_csv_json_and_workbook() {
    for name in [
        "input-valid.csv",
        "input-valid.json",
        "input-valid-objects.json",
        "input-valid.xlsx",
    ] {
        let taken = file(&shared(&format!("hapi_samples/hxl/{name}")));
        assert_eq!(taken.layout, "hxl/tagged", "{name}");
        // The second row has no numbers; the third and the fourth have no date.
        assert_eq!(
            taken.counts(),
            [4, 1, 2, 1],
            "{name}: {:?}",
            taken.texts(Severity::Rejected)
        );
        let groups = "org=ACNUR;sector=WASH;subsector=Higiene";
        for (gender, expected) in [("f", 100.0), ("m", 100.0)] {
            let told = taken.one(
                "PAN/Los Santos",
                "people_targeted",
                &format!("gender={gender};{groups}"),
            );
            assert_eq!((told.value, told.start), (expected, date(2015, 3, 1)), "{name}");
        }
        assert!(
            taken.texts(Severity::Rejected)[0].contains("column #date: found no date"),
            "{name}"
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn days_in_many_forms_are_read_where_day_and_month_cannot_be_confused() {
    let taken = file(&shared("hapi_samples/hxl/input-date.csv"));
    assert_eq!(taken.counts(), [8, 6, 0, 2]);
    let days: Vec<_> = taken.observations.iter().map(|o| o.start.to_string()).collect();
    assert_eq!(
        days,
        [
            "2015-03-01",
            "2014-03-18",
            "2015-03-10",
            "2015-03-11",
            "2015-03-19",
            "2015-03-31"
        ]
    );
    let told = taken.one(
        "COL/Chocó",
        "people_targeted",
        "gender=Hombres;org=UNICEF;sector=Educación;subsector=Formación de enseñadores",
    );
    assert_eq!(told.value, 250.0);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_standards_bad_files_yield_findings() {
    let refused = take(Catalog::builtin(), &shared("hapi_samples/hxl/input-invalid.csv"), None).err();
    assert!(refused.expect("no layout").to_string().contains("was not recognised"));
    let taken = take(
        Catalog::builtin(),
        &shared("hapi_samples/hxl/input-invalid.csv"),
        Some("hxl"),
    )
    .expect("findings");
    let [read, kept, ..] = taken.counts();
    assert_eq!((read, kept), (6, 0));
    assert!(!taken.texts(Severity::Rejected).is_empty());
    // No date anywhere: no figure without a period.
    let undated = file(&shared("hapi_samples/hxl/input-whitespace.csv"));
    assert_eq!(undated.counts(), [8, 0, 6, 2]);
    let mut catalog = Catalog::default();
    catalog.add("project.toml", FIXED).expect("a card");
    let dated = take(&catalog, &shared("hapi_samples/hxl/input-whitespace.csv"), None).expect("a table");
    assert_eq!(dated.counts(), [8, 6, 0, 2]);
    // Spaces are one space and none at the ends.
    assert!(dated.observations.iter().any(|o| o.place == "PAN/Los Santos"));
    assert!(
        dated
            .observations
            .iter()
            .any(|o| o.breakdown.ends_with("subsector=Formación de enseñadores"))
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn census_projections_are_read_by_their_tags() {
    let taken = take(
        Catalog::builtin(),
        &shared("population/cod_population_admin1.csv"),
        Some("hxl"),
    )
    .expect("a table");
    let [read, kept, rejected, skipped] = taken.counts();
    assert!(
        kept > 0 && rejected == 0,
        "{read} {kept} {rejected} {skipped}: {:?}",
        taken.texts(Severity::Rejected).first()
    );
    assert_eq!(taken.one("CF11", "population", "").value, 448_465.0);
}

const PLAIN: &str = r#"
id = "shelters"
title = "Shelters"
publisher = "The municipality"
licence = "CC-BY-4.0"
redistribute = true
citation = "The municipality"
homepage = "https://example.org/"
cadence = "monthly"
publication_lag_days = 10

[[layout]]
name = "shelters"
scope = "partial"
table = "observations"
recognise = { columns = ["país", "mes", "personas"] }
place = { column = "país", code = "name" }
period = { form = "month", column = "mes" }
missing = ["s/d"]

[[layout.value]]
column = "personas"
indicator = "people_reached"
unit = "people"
min = 0
"#;

#[test]
fn a_plain_table_becomes_observations_by_a_mapping_of_the_users_own() {
    let mut catalog = Catalog::default();
    catalog.add("shelters.toml", PLAIN).expect("a card");
    assert_eq!(catalog.check(), []);
    let table = "País;Mes;Personas\nColombia;2024-02;1 204\nPanamá;2024-02;s/d\nPanamá;2024-03;-4\n";
    let taken = written("albergues.csv", table, |path| take(&catalog, path, None)).expect("a table");
    assert_eq!(taken.counts(), [3, 1, 1, 1]);
    let told = taken.one("COL", "people_reached", "");
    assert_eq!(
        (told.value, told.start, told.end),
        (1204.0, date(2024, 2, 1), date(2024, 2, 29))
    );
    assert!(taken.texts(Severity::Rejected)[0].contains("row 4, column personas: found -4"));
}

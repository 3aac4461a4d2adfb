//! Panels from tables of one's own: which column is what, and what is wrong in them.

use std::path::Path;

use lysoen_answers::forecast::file::{Columns, Series, series};
use lysoen_lexicon::panel::Month;
use lysoen_sources::finding::Severity;

fn read_with(text: &str, columns: &Columns<'_>) -> Result<Series, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deaths.csv");
    std::fs::write(&path, text).unwrap();
    series(&path, columns).map_err(|e| e.to_string())
}

fn read(text: &str) -> Series {
    read_with(text, &Columns::default()).unwrap()
}

fn refused(text: &str) -> String {
    read_with(text, &Columns::default()).unwrap_err()
}

fn told(series: &Series) -> Vec<String> {
    series
        .findings
        .list()
        .iter()
        .map(|finding| finding.to_string())
        .collect()
}

fn values(series: &Series, unit: usize) -> Vec<Option<f64>> {
    let months = (series.panel.first().0..=series.panel.last().0).map(Month);
    months.map(|month| series.panel.get(unit, month)).collect()
}

#[test]
fn columns_are_found_by_their_usual_names_and_units_stand_in_order() {
    let series = read("month,iso3,deaths\n2024-01,UKR,5\n2024-02,UKR,0\n2024-01,SDN,7\n2024-02,SDN,1\n");
    assert_eq!(series.panel.units(), ["SDN", "UKR"]);
    assert_eq!((series.panel.first(), series.panel.months()), (Month::of(2024, 1), 2));
    assert_eq!(values(&series, 0), [Some(7.0), Some(1.0)]);
    assert_eq!(series.panel.layers()[0].name, "deaths");
    assert!(told(&series).is_empty());
    assert!(
        series.notes[0].contains("deaths by iso3 and month: 2 units, 2024-01 to 2024-02"),
        "{:?}",
        series.notes
    );
    let numbers = read("month_id,priogrid_gid,outcome\n457,10,1\n457,9,2\n457,100.0,3\n");
    assert_eq!(numbers.panel.units(), ["9", "10", "100"]);
}

#[test]
fn months_are_understood_as_they_are_usually_written() {
    for (head, cell) in [
        ("month", "2024-03"),
        ("month", "2024-03-17"),
        ("date", "2024-03-01T00:00:00"),
        ("month", "March 2024"),
        ("month", "202403"),
        ("month_id", "531"),
        ("month_id", "531.0"),
    ] {
        let series = read(&format!("{head},unit,value\n{cell},a,1\n"));
        assert_eq!(series.panel.first(), Month::of(2024, 3), "{head} {cell}");
    }
    let parts = read("year,month,unit,value\n2024,3,a,1\n");
    assert_eq!(parts.panel.first(), Month::of(2024, 3));
    for cell in ["3", "2024", "2024-13", "soon", "", "999999", "2024-W07"] {
        let error = refused(&format!("month,unit,value\n{cell},a,1\n"));
        assert!(error.contains("row 2, column month"), "{cell}: {error}");
    }
}

#[test]
fn columns_can_be_named() {
    let text = "when,adm,n,m,rain\n531,a,1,2,0.5\n532,a,3,4,-1.5\n";
    let beside = ["rain".to_string()];
    let columns = Columns {
        unit: Some("adm"),
        month: Some("when"),
        value: Some("m"),
        beside: &beside,
        ..Columns::default()
    };
    let series = read_with(text, &columns).unwrap();
    assert_eq!(values(&series, 0), [Some(2.0), Some(4.0)]);
    assert_eq!(
        series.panel.layer(1, 0),
        [0.5, -1.5],
        "what stands beside may be below zero"
    );
    let wrong = Columns {
        value: Some("rian"),
        ..columns
    };
    let error = read_with(text, &wrong).unwrap_err();
    assert!(error.contains("there is no column rian; did you mean rain?"), "{error}");
    let error = refused("when,unit,value\n1,a,1\n");
    assert!(
        error.contains("no column is known to hold the month") && error.contains("--month-column"),
        "{error}"
    );
    let error = refused("month,where,value\n2024-01,a,1\n");
    assert!(error.contains("--unit-column"), "{error}");
}

#[test]
fn two_columns_that_can_be_the_value_are_told_and_none_is_taken() {
    let text = "month_id,country_id,country,ged_sb_v2023,ged_sb_final\n457,1,Guyana,1,2\n";
    let error = refused(text);
    assert!(
        error
            .contains("more than one column can be the value: ged_sb_v2023, ged_sb_final; name it with --value-column"),
        "{error}"
    );
    let columns = Columns {
        value: Some("ged_sb_final"),
        ..Columns::default()
    };
    assert_eq!(values(&read_with(text, &columns).unwrap(), 0), [Some(2.0)]);
}

#[test]
fn the_other_violence_of_the_challenges_features_stands_beside_the_target() {
    let series = read("month_id,country_id,ged_sb,ged_ns,ged_os,ged_sb_tlag_1\n457,1,3,0,2,9\n");
    let names: Vec<&str> = series.panel.layers().iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["ged_sb", "ged_ns", "ged_os"]);
    assert_eq!(series.panel.layer(2, 0), [2.0]);
}

#[test]
fn a_gap_is_told_and_is_not_zero() {
    let series = read("month,unit,value\n2024-01,a,1\n2024-02,a,\n2024-04,a,2\n2024-01,b,0\n2024-02,b,0\n");
    assert_eq!(values(&series, 0), [Some(1.0), None, None, Some(2.0)]);
    assert_eq!(
        values(&series, 1),
        [Some(0.0), Some(0.0), None, None],
        "after its last month nothing is lacking"
    );
    let told = told(&series);
    assert_eq!(told.len(), 1);
    let wanted = "no value of a in 2 months between its first and its last, the first of them 2024-02";
    assert!(told[0].contains(wanted), "{told:?}");
    assert_eq!((series.findings.rows_skipped, series.findings.rows_kept), (1, 4));
    assert!(series.findings.add_up());
}

#[test]
fn negative_counts_are_rejected_and_fractions_kept_and_noted() {
    let series = read("month,unit,value\n2024-01,a,-1\n2024-02,a,1.5\n2024-03,a,0.25\n2024-04,a,many\n");
    assert_eq!(values(&series, 0), [Some(1.5), Some(0.25)]);
    let told = told(&series);
    assert!(
        told[0].contains("row 2, column value: found -1, expected 0 or more"),
        "{told:?}"
    );
    assert!(
        told[1].contains("row 5, column value: found many, expected a number"),
        "{told:?}"
    );
    assert!(
        told[2].contains("row 3, column value: found 1.5, and 1 more values with a fraction"),
        "{told:?}"
    );
    assert_eq!(series.findings.count(Severity::Note), 1);
    assert!(series.findings.add_up());
}

#[test]
fn a_month_that_stands_twice_counts_once_or_not_at_all() {
    let series =
        read("month,unit,value\n2024-01,a,1\n2024-01,a,1\n2024-02,a,2\n2024-02,a,3\n2024-02,a,2\n2024-03,a,4\n");
    assert_eq!(values(&series, 0), [Some(1.0), None, Some(4.0)]);
    let told = told(&series);
    assert!(
        told[0].contains("row 3, column unit: found a in 2024-01 a second time, after row 2"),
        "{told:?}"
    );
    assert!(told[0].contains("counts once"), "{told:?}");
    assert!(
        told[1].contains("row 5") && told[1].contains("neither is taken"),
        "{told:?}"
    );
    assert_eq!(
        series.findings.count(Severity::Rejected),
        2,
        "the third row says nothing either"
    );
    assert!(series.findings.add_up());
}

#[test]
fn nothing_one_unit_and_all_zeros_are_what_they_are() {
    let error = refused("month,unit,value\n");
    assert!(
        error.contains("has no row with a unit, a month and a value: below its header there is none"),
        "{error}"
    );
    assert!(!refused("").is_empty());
    let zeros = read("month,unit,value\n2024-01,a,0\n2024-02,a,0\n");
    assert_eq!(values(&zeros, 0), [Some(0.0), Some(0.0)]);
    assert!(told(&zeros).is_empty());
    let namibia = read("month,country,value\n2024-01,NA,0\n");
    assert_eq!(namibia.panel.units(), ["NA"]);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_challenges_files_are_read_as_they_are() {
    let views = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/views"));
    let target = views.join("cm_ged_sb_1990_2022.csv.gz");
    let columns = Columns {
        value: Some("ged_sb_v2023"),
        ..Columns::default()
    };
    let known = series(&target, &columns).unwrap();
    assert_eq!(
        (known.panel.first(), known.panel.last()),
        (Month::of(1990, 1), Month::of(2021, 12))
    );
    assert_eq!(known.panel.units().len(), 191);
    assert_eq!(known.findings.count(Severity::Rejected), 0);
    let features = series(&views.join("cm_features_to_oct2018.parquet"), &Columns::default()).unwrap();
    assert_eq!(
        (features.panel.first(), features.panel.last()),
        (Month::of(2017, 11), Month::of(2018, 10))
    );
    assert_eq!((features.panel.units().len(), features.panel.layers().len()), (191, 3));
    assert!(features.findings.list().is_empty());
}

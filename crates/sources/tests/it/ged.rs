//! UCDP GED in every layout: the publisher's totals first, then what is wrong in files.

use jiff::civil::date;
use lysoen_sources::finding::Severity;
use lysoen_sources::reader::{Coverage, VintageBasis};
use proptest::prelude::*;

use crate::reading::{Reading, recognised, shared, written};

fn ged(path: &str, layout: &str) -> Reading {
    shared(&format!("ucdp/{path}"), "ucdp-ged", layout)
}

fn totals(reading: &Reading) -> (usize, i64) {
    (reading.len(), reading.sum("deaths_best"))
}

fn label(reading: &Reading) -> (&str, VintageBasis) {
    let vintage = reading.vintage.as_ref().unwrap();
    (vintage.label.as_deref().unwrap(), vintage.basis)
}

fn country_until(country: &str, year: i16) -> Coverage {
    Coverage {
        places: Some(vec![country.to_string()]),
        from: Some(date(1989, 1, 1)),
        to: Some(date(year, 12, 31)),
        partial: false,
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn hdx_extracts_give_the_published_totals_and_are_complete_for_their_country() {
    for (file, country, last_year, events, deaths) in [
        ("hdx_conflict_data_sdn_1989_2023.csv.gz", "SDN", 2023, 3_822, 106_270),
        ("hdx_conflict_data_nga_1990_2019.csv.gz", "NGA", 2019, 4_603, 57_032),
        ("hdx_conflict_data_irq.csv.gz", "IRQ", 2018, 7_473, 120_631),
        ("hdx_conflict_data_ukr_2014_2021.csv.gz", "UKR", 2021, 2_989, 7_882),
    ] {
        let reading = ged(file, "hdx");
        assert_eq!(totals(&reading), (events, deaths), "{file}");
        assert_eq!(reading.coverage, country_until(country, last_year), "{file}");
        let expected = format!("{}.1", last_year + 1 - 2000);
        assert_eq!(label(&reading), (expected.as_str(), VintageBasis::Inferred), "{file}");
        assert_eq!(
            reading.vintage.as_ref().unwrap().date,
            date(last_year + 1, 6, 30),
            "{file}"
        );
        assert!(reading.texts("country").iter().all(|c| *c == Some(country)), "{file}");
    }
    let bangladesh = ged("hdx_conflict_data_bgd_1989_2018.csv.gz", "hdx");
    assert_eq!(bangladesh.counts(), [601, 601, 0, 0]);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn geojson_and_flatgeobuf_of_the_central_african_republic_give_identical_events() {
    let json = ged("ged_v23_1_car_482.geojson.gz", "geojson");
    let binary = ged("ged_v23_1_car_482.fgb", "flatgeobuf");
    for reading in [&json, &binary] {
        assert_eq!(totals(reading), (1_848, 14_948));
        assert_eq!(reading.coverage, country_until("CAF", 2022));
        assert_eq!(label(reading), ("23.1", VintageBasis::File));
        assert!(reading.texts("adm1").iter().filter(|area| area.is_none()).count() == 42);
    }
    // The two files need not be in the same order.
    let by_id = |reading: &Reading| {
        let schema = reading.rows.schema();
        let columns: Vec<_> = schema
            .fields()
            .iter()
            .map(|f| f.name().clone())
            .filter(|n| n != "row" && n != "file")
            .collect();
        let mut rows: Vec<String> = (0..reading.len())
            .map(|row| {
                let cell = |name: &String| {
                    let column = reading.rows.column_by_name(name).unwrap();
                    arrow::util::display::array_value_to_string(column, row).unwrap()
                };
                columns.iter().map(cell).collect::<Vec<_>>().join("|")
            })
            .collect();
        rows.sort();
        rows
    };
    assert!(by_id(&json) == by_id(&binary));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_candidate_release_of_january_2026_gives_its_totals_and_its_anomalies() {
    let reading = ged("GEDEvent_v26_0_1.csv.gz", "original");
    assert_eq!(totals(&reading), (1_727, 33_867));
    assert_eq!(reading.counts(), [1_727, 1_727, 0, 0]);
    assert_eq!(label(&reading), ("26.0.1", VintageBasis::File));
    assert_eq!(reading.vintage.as_ref().unwrap().date, date(2026, 2, 28));
    let january = Coverage {
        places: None,
        from: Some(date(2026, 1, 1)),
        to: Some(date(2026, 1, 31)),
        partial: false,
    };
    assert_eq!(reading.coverage, january);
    assert_eq!(reading.findings_on("date_prec", "1 to 5"), 3);
    assert_eq!(reading.findings_on("best", "high estimate"), 4);
    assert_eq!(reading.findings_on("low", "best estimate"), 1);
    assert_eq!(reading.findings.count(Severity::Warning), 8);
    assert_eq!(
        reading.found(Severity::Note),
        ["0 year: 3 rows whose year is not that of date_end"]
    );
    assert_eq!(
        reading
            .texts("code_status")
            .iter()
            .filter(|s| **s == Some("Clear"))
            .count(),
        855
    );
    assert_eq!(reading.texts("adm1").iter().filter(|area| area.is_none()).count(), 46);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn israel_and_palestine_stay_joint_and_are_split_only_by_what_the_source_says() {
    let reading = ged("GEDEvent_v26_0_1.csv.gz", "original");
    let joint: Vec<usize> = (0..reading.len())
        .filter(|row| reading.text("country", *row) == Some("ISR+PSE"))
        .collect();
    assert_eq!(joint.len(), 89);
    let side = |side: &str| {
        joint
            .iter()
            .filter(|row| reading.fields(**row)["split_place"] == side)
            .count()
    };
    // 75 in the Gaza Strip and 8 in the West Bank; 3 in the Southern and 1 in the Haifa district; Jerusalem and the
    // waters off Khan Younis stay joint.
    assert_eq!((side("PSE"), side("ISR")), (83, 4));
    let split = (0..reading.len())
        .filter(|row| !reading.fields(*row)["split_place"].is_null())
        .count();
    assert_eq!(split, 87);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_web_export_of_sudan_holds_the_events_of_the_hdx_extract() {
    let web = ged("ucdp_web_export_sudan_2025-01-04.csv.gz", "web-export");
    let hdx = ged("hdx_conflict_data_sdn_1989_2023.csv.gz", "hdx");
    assert_eq!(totals(&web), (3_822, 106_270));
    assert_eq!(web.coverage, hdx.coverage);
    assert_eq!(web.vintage, hdx.vintage);
    let facts = |reading: &Reading| {
        let mut facts: Vec<_> = (0..reading.len())
            .map(|row| {
                let number = |column| reading.number(column, row);
                (
                    reading.text("event_id", row).unwrap().to_string(),
                    [reading.day("start", row), reading.day("end", row)],
                    [
                        number("deaths_best"),
                        number("deaths_low"),
                        number("deaths_high"),
                        number("deaths_civilian"),
                    ],
                    reading.text("violence", row).unwrap().to_string(),
                )
            })
            .collect();
        facts.sort();
        facts
    };
    assert!(facts(&web) == facts(&hdx));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn selections_and_conversions_add_events_and_are_complete_for_nothing() {
    let syria = ged("ucdp_syria_df_2016_2019.converted.csv.gz", "conversion");
    assert_eq!(syria.counts(), [16_566, 16_566, 0, 0]);
    assert!(syria.coverage.partial);
    let sample = ged("ucdpged_sample1000_v23_1.converted.csv.gz", "original");
    assert_eq!(sample.counts(), [1_000, 1_000, 0, 0]);
    assert!(sample.coverage.partial);
    assert_eq!(label(&sample), ("23.1", VintageBasis::File));
    assert_eq!(sample.findings_on("geom_wkt", "latitude and longitude"), 1);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_word_about_the_reports_can_be_had_back() {
    let reading = ged("hdx_conflict_data_ukr_2014_2021.csv.gz", "hdx");
    // The first event: five reports of Agence France Presse, given back by the one column that is kept.
    let report = reading.text("report", 0).unwrap();
    assert_eq!(report.split("\";\"").count(), 5);
    assert!(reading.fields(0)["source_headline"].is_null());
    assert_eq!(
        reading.text("report_origin", 0),
        Some("Maidan protesters, General Prosecutor of Ukraine")
    );
    assert_eq!(reading.fields(0)["relid"], "UKR-2014-1-14085-0");
    assert_eq!(reading.fields(0)["active_year"], true);
    assert_eq!(reading.fields(0)["region"], "Europe");
    assert_eq!(reading.fields(0)["dyad_dset_id"], serde_json::Value::Null);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_file_of_events_is_known_by_its_content() {
    for (file, layout) in [
        ("ucdp/GEDEvent_v26_0_1.csv.gz", "ucdp-ged/original"),
        ("ucdp/ucdpged_sample1000_v23_1.converted.csv.gz", "ucdp-ged/original"),
        ("ucdp/hdx_conflict_data_bgd_1989_2018.csv.gz", "ucdp-ged/hdx"),
        ("ucdp/hdx_conflict_data_irq.csv.gz", "ucdp-ged/hdx"),
        ("ucdp/hdx_conflict_data_nga_1990_2019.csv.gz", "ucdp-ged/hdx"),
        ("ucdp/hdx_conflict_data_sdn_1989_2023.csv.gz", "ucdp-ged/hdx"),
        ("ucdp/hdx_conflict_data_ukr_2014_2021.csv.gz", "ucdp-ged/hdx"),
        ("ucdp/ucdp_web_export_sudan_2025-01-04.csv.gz", "ucdp-ged/web-export"),
        ("ucdp/ged_v23_1_car_482.geojson.gz", "ucdp-ged/geojson"),
        ("ucdp/ged_v23_1_car_482.fgb", "ucdp-ged/flatgeobuf"),
        ("ucdp/ucdp_syria_df_2016_2019.converted.csv.gz", "ucdp-ged/conversion"),
        ("aid_worker_security/awsd_security_incidents.csv.gz", "awsd/incidents"),
    ] {
        assert_eq!(recognised(file), layout, "{file}");
    }
}

const ORIGINAL: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

/// An event made up for the tests, in the publisher's columns; `changes` are by column.
fn event(id: &str, changes: &[(&str, &str)]) -> String {
    let names: Vec<&str> = ORIGINAL.split(',').collect();
    let plain = [
        id,
        "XXX-1",
        "2020",
        "1",
        "Clear",
        "1",
        "7",
        "100",
        "Country: Government",
        "8",
        "200",
        "Government - Rebels",
        "9",
        "300",
        "Government of Country",
        "10",
        "400",
        "Rebels",
        "1",
        "\"\"\"Paper,2020-03-02,\"\"Quoted\"\" head, line\nof two\"\"\"",
        "Paper",
        "2020-03-02",
        "\"\"\"Quoted\"\" head, line\nof two\"",
        "army",
        "1",
        "Town",
        "near Town",
        "North",
        "Upper",
        "15.25",
        "30.75",
        "POINT (30.75 15.25)",
        "151622",
        "Sudan",
        "625",
        "Africa",
        "1",
        "1",
        "2020-03-01 00:00:00.000",
        "2020-03-02 00:00:00.000",
        "1",
        "2",
        "3",
        "4",
        "10",
        "12",
        "8",
        "625",
        "",
    ];
    assert_eq!(names.len(), plain.len());
    assert!(changes.iter().all(|(column, _)| names.contains(column)));
    let cell = |(name, plain): (&&str, &&str)| {
        changes
            .iter()
            .find(|(column, _)| column == name)
            .map_or(*plain, |c| c.1)
            .to_string()
    };
    names.iter().zip(&plain).map(cell).collect::<Vec<_>>().join(",")
}

fn original(name: &str, rows: &[String]) -> Reading {
    written(
        name,
        format!("{ORIGINAL}\n{}\n", rows.join("\n")),
        "ucdp-ged",
        "original",
    )
    .unwrap()
}

#[test]
fn each_column_of_the_original_layout_finds_its_place() {
    let reading = original(
        "GEDEvent_v21_1.csv",
        &[event("17", &[("gwnoa", "\"645; 651\""), ("gwnob", "2.0")])],
    );
    assert_eq!(reading.counts(), [1, 1, 0, 0]);
    assert_eq!(reading.findings.count(Severity::Warning), 0, "{:?}", reading.findings);
    let text = |column| reading.text(column, 0).unwrap_or("nothing");
    let number = |column| reading.number(column, 0).unwrap_or(i64::MIN);
    assert_eq!(
        (text("event_id"), text("country"), text("violence")),
        ("17", "SDN", "state-based")
    );
    assert_eq!(
        (reading.day("start", 0), reading.day("end", 0)),
        (date(2020, 3, 1), date(2020, 3, 2))
    );
    assert_eq!(
        (reading.float("latitude", 0), reading.float("longitude", 0)),
        (Some(15.25), Some(30.75))
    );
    assert_eq!(
        (number("priogrid"), number("where_precision"), number("date_precision")),
        (151_622, 1, 1)
    );
    assert_eq!(
        (
            text("adm1"),
            text("adm2"),
            text("where_coordinates"),
            text("where_description")
        ),
        ("North", "Upper", "Town", "near Town")
    );
    assert_eq!(
        (number("deaths_best"), number("deaths_low"), number("deaths_high")),
        (10, 8, 12)
    );
    assert_eq!(
        (
            number("deaths_side_a"),
            number("deaths_side_b"),
            number("deaths_civilian"),
            number("deaths_unknown")
        ),
        (1, 2, 3, 4)
    );
    assert_eq!(
        (text("side_a"), number("side_a_id"), text("side_a_states")),
        ("Government of Country", 300, "645;651")
    );
    assert_eq!(
        (text("side_b"), number("side_b_id"), text("side_b_states")),
        ("Rebels", 400, "2")
    );
    assert_eq!(
        (text("conflict"), number("conflict_id"), text("dyad"), number("dyad_id")),
        ("Country: Government", 100, "Government - Rebels", 200)
    );
    assert_eq!(
        (number("clarity"), text("code_status"), number("sources_count")),
        (1, "Clear", 1)
    );
    assert_eq!(
        (text("report"), text("report_origin")),
        ("\"Paper,2020-03-02,\"Quoted\" head, line\nof two\"", "army")
    );
    let fields = serde_json::json!({
        "relid": "XXX-1", "active_year": true, "conflict_dset_id": 7, "dyad_dset_id": 8, "side_a_dset_id": 9,
        "side_b_dset_id": 10, "region": "Africa"
    });
    assert_eq!(reading.fields(0), fields);
    assert_eq!(reading.number("wounded", 0), None);
}

#[test]
fn wrong_cells_are_found_and_the_event_is_kept_where_it_can_be() {
    let rows = [
        event("1", &[("best", "13"), ("deaths_unknown", "7")]),
        event("2", &[("low", "11")]),
        event("3", &[("date_prec", "0")]),
        event("4", &[("latitude", "95")]),
        event("5", &[("longitude", "200")]),
        event("6", &[("priogrid_gid", "1")]),
        event("7", &[("country_id", "999")]),
        event("8", &[("conflict_new_id", "many")]),
        event("9", &[("deaths_unknown", "5")]),
        event("10", &[("number_of_sources", "-1"), ("date_start", "")]),
        event("11", &[("gwnoa", "Sudan"), ("where_prec", "9"), ("deaths_a", "-1")]),
        event("12", &[("geom_wkt", "POINT (30.75 -15.25)")]),
    ];
    let reading = original("some.csv", &rows);
    assert_eq!(reading.counts(), [12, 12, 0, 0]);
    let mut warnings = reading.found(Severity::Warning);
    // Each row has two lines, because of the headline, but is one row of the table.
    for warning in &mut warnings {
        *warning = warning.split_once(' ').unwrap().1.to_string();
    }
    assert_eq!(
        warnings,
        [
            "best: 13",
            "low: 11",
            "date_prec: 0",
            "latitude: 95",
            "longitude: 200",
            "priogrid_gid: 1",
            "country_id: 999",
            "conflict_new_id: many",
            "deaths_a: -1",
            "where_prec: 9",
            "gwnoa: Sudan",
        ]
    );
    assert_eq!(reading.number("deaths_best", 0), Some(13));
    assert_eq!(reading.number("deaths_low", 1), Some(11));
    assert_eq!(reading.number("date_precision", 2), Some(0));
    for row in [3, 4] {
        assert_eq!(
            (reading.float("latitude", row), reading.float("longitude", row)),
            (None, None)
        );
        assert_eq!(reading.fields(row)["geom_wkt"], "POINT (30.75 15.25)");
    }
    assert_eq!(reading.number("priogrid", 5), Some(1));
    assert_eq!(reading.text("country", 6), None);
    assert_eq!(reading.fields(6)["country_id"], 999);
    assert_eq!(reading.fields(6)["country"], "Sudan");
    assert_eq!(reading.number("conflict_id", 7), None);
    assert_eq!(reading.findings_on("best", "added up"), 1);
    assert_eq!(
        (reading.number("sources_count", 9), reading.day("start", 9)),
        (None, date(2020, 3, 2))
    );
    assert_eq!(reading.text("side_a_states", 10), Some("Sudan"));
    assert_eq!(reading.findings_on("geom_wkt", "latitude and longitude"), 1);
}

#[test]
fn a_row_that_is_no_event_is_rejected_by_row_and_column() {
    let rows = [
        event("", &[]),
        event("x", &[]),
        event("-3", &[]),
        event("4", &[("date_end", "2020-02-30")]),
        event("5", &[("best", "")]),
        event("6", &[("best", "-1")]),
        event("7", &[("type_of_violence", "4")]),
        event("8", &[("date_start", "2020-03-03")]),
        event("9", &[]),
    ];
    let reading = original("some.csv", &rows);
    assert_eq!(reading.counts(), [9, 1, 8, 0]);
    assert_eq!(reading.findings.count(Severity::Rejected), 8);
    let columns: Vec<&str> = reading
        .findings
        .list()
        .iter()
        .filter(|f| f.severity == Severity::Rejected)
        .map(|f| f.column.as_deref().unwrap())
        .collect();
    assert_eq!(
        columns,
        [
            "id",
            "id",
            "id",
            "date_end",
            "best",
            "best",
            "type_of_violence",
            "date_start"
        ]
    );
    assert_eq!(reading.texts("event_id"), [Some("9")]);
}

#[test]
fn an_event_that_comes_twice_counts_once() {
    let rows = [
        event("5", &[]),
        event("6", &[]),
        event("5", &[]),
        event("5.0", &[("best", "11")]),
        event("6", &[("best", "x")]),
    ];
    let reading = original("some.csv", &rows);
    assert_eq!(reading.counts(), [5, 2, 2, 1]);
    assert_eq!(reading.texts("event_id"), [Some("5"), Some("6")]);
    assert_eq!(reading.sum("deaths_best"), 20);
    assert_eq!(reading.findings_on("id", "repeats an earlier one"), 1);
    assert_eq!(reading.findings_on("id", "says something else"), 1);
}

#[test]
fn the_country_is_that_of_the_day_on_which_the_event_ended() {
    let on = |id, day: &str| event(id, &[("country_id", "345"), ("date_start", day), ("date_end", day)]);
    let rows = [
        on("1", "1991-07-01"),
        on("2", "2003-03-17"),
        on("3", "2004-03-17"),
        on("4", "2008-06-01"),
    ];
    let reading = original("some.csv", &rows);
    assert_eq!(
        reading.texts("country"),
        [Some("YUG"), Some("SCG"), Some("SCG"), Some("SRB")]
    );
}

#[test]
fn a_yearly_release_under_its_own_name_is_complete_for_the_world_and_a_part_of_it_is_not() {
    let countries: Vec<u16> = lysoen_lexicon::country::Crosswalk::builtin()
        .all()
        .filter(|c| c.until.is_none())
        .filter_map(|c| c.gw.first().copied())
        .collect();
    assert!(countries.len() > 150, "{}", countries.len());
    let rows: Vec<String> = countries
        .iter()
        .enumerate()
        .map(|(at, gw)| event(&at.to_string(), &[("country_id", &gw.to_string())]))
        .collect();
    let world = Coverage {
        places: None,
        from: Some(date(1989, 1, 1)),
        to: Some(date(2020, 12, 31)),
        partial: false,
    };
    assert_eq!(original("GEDEvent_v21_1.csv", &rows).coverage, world);
    assert_eq!(original("ged211.csv", &rows).coverage, world);
    assert!(original("my_ged_v21_1.csv", &rows).coverage.partial);
    assert!(original("GEDEvent_v21_1.csv", &rows[..50]).coverage.partial);
    assert!(original("other.csv", &rows).coverage.partial);
}

#[test]
fn an_hdx_extract_has_a_row_of_tags_an_iso_code_and_numbers_as_floats() {
    let header = ",id,year,start_year,end_year,type_of_violence,conflict_new_id,date_start,date_end,best,high,low,country,country_id,iso3,gwnoa";
    let tags = "0,,#date+year,#date+year+start,#date+year+end,,,#date+start,#date+end,#affected+killed,,,#country+name,,#country+code,";
    let rows = "1,15960.0,2019,2019,2019,1.0,297.0,2019-06-09 00:00:00.000,2019-06-09 00:00:00.000,14.0,14.0,0,Nigeria,475.0,NGA,475.0\n\
                2,15961.0,2018,2019,2020,3.0,297.0,2019-06-09 00:00:00.000,2019-06-09 00:00:00.000,2.0,2.0,2.0,Nigeria,475.0,TCD,\n";
    let reading = written(
        "conflict_data_nga.csv",
        format!("{header}\n{tags}\n{rows}"),
        "ucdp-ged",
        "hdx",
    )
    .unwrap();
    assert_eq!(reading.counts(), [2, 2, 0, 0]);
    assert_eq!(reading.texts("event_id"), [Some("15960"), Some("15961")]);
    assert_eq!(reading.texts("country"), [Some("NGA"); 2]);
    assert_eq!(reading.found(Severity::Warning), ["4 iso3: TCD"]);
    assert_eq!(reading.fields(0), serde_json::Value::Null);
    let second = serde_json::json!({ "end_year": 2020, "year": 2018, "iso3": "TCD" });
    assert_eq!(reading.fields(1), second);
    assert_eq!(reading.text("side_a_states", 0), Some("475"));
    assert_eq!(reading.coverage, country_until("NGA", 2019));
    assert_eq!(label(&reading), ("20.1", VintageBasis::Inferred));
}

#[test]
fn the_web_export_has_a_trailing_comma_and_dates_with_the_month_first() {
    let header =
        "id,type_of_violence,conflict_new_id,date_start,date_end,best_est,high_est,low_est,country_id,active_year";
    let row = "8656,3,480,01/12/2001 00:00:00,02/01/2001 00:00:00,2,3,1,625,True,";
    let reading = written(
        "gedevents-2025-01-04.csv",
        format!("{header}\n{row}\n"),
        "ucdp-ged",
        "web-export",
    )
    .unwrap();
    assert_eq!(reading.counts(), [1, 1, 0, 0]);
    assert_eq!(
        (reading.day("start", 0), reading.day("end", 0)),
        (date(2001, 1, 12), date(2001, 2, 1))
    );
    assert_eq!(
        ["deaths_best", "deaths_high", "deaths_low"].map(|c| reading.number(c, 0)),
        [Some(2), Some(3), Some(1)]
    );
    assert_eq!(reading.fields(0)["active_year"], true);
}

#[test]
fn geojson_gives_its_points_as_coordinates() {
    let json = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":36210,"relid":0,
        "type_of_violence":1,"conflict_new_id":314,"where_prec":5,"country_id":482,"date_prec":1,"adm_1":"",
        "date_start":"2009-02-20T00:00:00","date_end":"2009-02-20T00:00:00","best":3,"high":3,"low":3,"extra":"kept"},
        "geometry":{"type":"Point","coordinates":[26.486881,5.399784]}}]}"#;
    let reading = written("ged.geojson", json, "ucdp-ged", "geojson").unwrap();
    assert_eq!(reading.counts(), [1, 1, 0, 0]);
    assert_eq!(
        (reading.float("latitude", 0), reading.float("longitude", 0)),
        (Some(5.399784), Some(26.486881))
    );
    assert_eq!(
        (reading.text("country", 0), reading.text("adm1", 0)),
        (Some("CAF"), None)
    );
    assert_eq!(reading.fields(0), serde_json::json!({ "extra": "kept" }));
}

#[test]
fn a_file_without_the_columns_of_an_event_is_refused_with_the_column_by_name() {
    let error = written("x.csv", "id,type_of_violence,best\n1,1,1\n", "ucdp-ged", "original")
        .err()
        .unwrap();
    assert!(error.to_string().contains("no column date_end"), "{error}");
}

#[test]
fn a_file_of_the_header_alone_has_no_events_and_no_vintage() {
    let reading = original("some.csv", &[]);
    assert_eq!(
        (reading.len(), reading.vintage.is_none(), reading.coverage.partial),
        (0, true, true)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn arbitrary_bytes_never_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut file = format!("{ORIGINAL}\n{}\n", event("1", &[])).into_bytes();
        file.extend(&bytes);
        let _ = written("GEDEvent_v21_1.csv", &file, "ucdp-ged", "original");
        let _ = written("any.csv", &bytes, "ucdp-ged", "original");
    }

    #[test]
    fn arbitrary_cells_never_stop_the_reader_and_the_counts_add_up(cells in proptest::collection::vec("[^\\p{Cc}\",]{0,12}|[0-9.;/ -]{0,20}", 49)) {
        let rows = [cells.join(","), event("2", &[])];
        let reading = original("some.csv", &rows);
        prop_assert!(reading.findings.add_up());
    }

    #[test]
    fn one_arbitrary_cell_costs_no_other_row(column in 0..49_usize, cell in "[^\\p{Cc}\",]{0,12}|-?[0-9.]{0,25}") {
        let name = ORIGINAL.split(',').nth(column).unwrap();
        let reading = original("some.csv", &[event("1", &[]), event("2", &[(name, &cell)]), event("3", &[])]);
        prop_assert!(reading.findings.add_up());
        prop_assert_eq!(reading.text("event_id", 0), Some("1"));
        prop_assert!(reading.texts("event_id").contains(&Some("3")) || cell.trim().trim_start_matches('0').starts_with('3') || name == "id");
    }
}

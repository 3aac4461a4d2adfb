//! ACLED's current export, on rows made up after its codebook.

use jiff::civil::date;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Severity;
use lysoen_sources::reader::VintageBasis;
use proptest::prelude::*;

use crate::reading::{Reading, written};

const HEADER: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

/// An event made up for the tests; `changes` are by column.
fn event(id: &str, changes: &[(&str, &str)]) -> String {
    let plain = [
        id,
        "2024-03-05",
        "2024",
        "1",
        "Political violence",
        "Battles",
        "Armed clash",
        "Some Forces",
        "",
        "State forces",
        "Some Militia",
        "",
        "Rebel group",
        "State forces-Rebel group",
        "",
        "729",
        "Northern Africa",
        "Sudan",
        "Khartoum",
        "Khartoum",
        "",
        "Omdurman",
        "15.6446",
        "32.4777",
        "1",
        "Some Paper",
        "National",
        "\"A fight, with notes.\"",
        "4",
        "",
        "1710288000",
    ];
    let names: Vec<&str> = HEADER.split(',').collect();
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

fn read(rows: &[String]) -> Reading {
    written(
        "acled.csv",
        format!("{HEADER}\n{}\n", rows.join("\n")),
        "acled",
        "export",
    )
    .unwrap()
}

#[test]
fn an_event_keeps_its_one_figure_of_deaths_and_leaves_its_notes_behind() {
    let reading = read(&[
        event("SDN1", &[]),
        event(
            "SDN2",
            &[
                ("time_precision", "3"),
                ("geo_precision", "2"),
                ("event_date", "05 March 2024"),
            ],
        ),
    ]);
    assert_eq!(reading.counts(), [2, 2, 0, 0]);
    assert_eq!(reading.findings.list(), []);
    assert_eq!(
        ["deaths_best", "deaths_low", "deaths_high", "deaths_civilian"].map(|c| reading.number(c, 0)),
        [Some(4), None, None, None]
    );
    assert_eq!(
        (reading.text("violence", 0), reading.text("country", 0)),
        (Some("Battles"), Some("SDN"))
    );
    assert_eq!(
        ["date_precision", "where_precision"].map(|c| reading.number(c, 1)),
        [Some(4), Some(3)]
    );
    assert_eq!(
        (reading.day("start", 1), reading.day("end", 1)),
        (date(2024, 3, 5), date(2024, 3, 5))
    );
    assert_eq!(
        (reading.text("side_a", 0), reading.text("report", 0)),
        (Some("Some Forces"), Some("Some Paper"))
    );
    assert_eq!(reading.fields(0)["sub_event_type"], "Armed clash");
    assert!(!format!("{:?}", reading.rows).contains("with notes"));
    assert!(reading.coverage.partial);
    let vintage = reading.vintage.unwrap();
    assert_eq!(
        (vintage.date, vintage.basis),
        (date(2024, 3, 13), VintageBasis::Inferred)
    );
}

#[test]
fn neither_rows_nor_figures_of_acled_leave_the_observatory() {
    let card = Catalog::builtin().card("acled").unwrap();
    assert!(!card.redistribute && !card.derived_may_leave());
}

#[test]
fn wrong_cells_are_found() {
    let reading = read(&[
        event("SDN1", &[("iso", "0"), ("country", "Kosovo")]),
        event("SDN2", &[("country", "Chad")]),
        event("SDN3", &[("iso", "999")]),
        event("SDN4", &[("geo_precision", "4")]),
        event("SDN5", &[("longitude", "200")]),
        event("SDN1", &[("fatalities", "9")]),
        event("SDN2", &[("country", "Chad")]),
        event("", &[]),
        event("SDN9", &[("event_date", "soon")]),
        event("SDN10", &[("fatalities", "")]),
        event("SDN11", &[("fatalities", "-1")]),
        event("SDN12", &[("event_type", "")]),
    ]);
    assert_eq!(reading.counts(), [12, 5, 6, 1]);
    assert_eq!(
        reading.texts("country"),
        [Some("XKX"), Some("SDN"), None, Some("SDN"), Some("SDN")]
    );
    assert_eq!(
        reading.found(Severity::Warning),
        [
            "3 country: Chad",
            "4 iso: 999",
            "5 geo_precision: 4",
            "6 longitude: 200"
        ]
    );
    assert_eq!(reading.found(Severity::Rejected).len(), 6);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn arbitrary_bytes_never_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut file = format!("{HEADER}\n{}\n", event("SDN1", &[])).into_bytes();
        file.extend(&bytes);
        let _ = written("acled.csv", &file, "acled", "export");
    }

    #[test]
    fn arbitrary_cells_never_stop_the_reader(cells in proptest::collection::vec("[^\\p{Cc}\",]{0,12}|-?[0-9.]{0,20}", 31)) {
        prop_assert!(read(&[cells.join(","), event("SDN2", &[])]).findings.add_up());
    }
}

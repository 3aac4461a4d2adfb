//! The Aid Worker Security Database.

use jiff::civil::date;
use lysoen_sources::finding::Severity;
use lysoen_sources::reader::{Coverage, VintageBasis};
use proptest::prelude::*;

use crate::reading::{Reading, shared, written};

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn aid_workers_killed_are_those_of_the_publisher_year_by_year() {
    let reading = shared(
        "aid_worker_security/awsd_security_incidents.csv.gz",
        "awsd",
        "incidents",
    );
    assert_eq!(reading.counts(), [4_954, 4_954, 0, 0]);
    let killed = |year: i16| -> i64 {
        let of_year = (0..reading.len()).filter(|row| reading.day("start", *row).year() == year);
        of_year.filter_map(|row| reading.number("deaths_best", row)).sum()
    };
    assert_eq!([2022, 2023, 2024, 2025].map(killed), [118, 293, 385, 265]);
    let vintage = reading.vintage.as_ref().unwrap();
    assert_eq!(
        (vintage.date, vintage.basis),
        (date(2025, 8, 31), VintageBasis::Inferred)
    );
    let world = Coverage {
        places: None,
        from: Some(date(1997, 1, 1)),
        to: Some(date(2025, 8, 31)),
        partial: false,
    };
    assert_eq!(reading.coverage, world);
    assert_eq!(reading.texts("country").iter().filter(|c| c.is_none()).count(), 8);
    assert_eq!(reading.findings_on("Incident ID", "4664-2"), 1);
    let mut ids = reading.texts("event_id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4_954);
    assert_eq!(
        reading
            .texts("code_status")
            .iter()
            .filter(|s| **s == Some("Pending"))
            .count(),
        404
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_free_text_about_incidents_is_not_taken() {
    let reading = shared(
        "aid_worker_security/awsd_security_incidents.csv.gz",
        "awsd",
        "incidents",
    );
    for column in ["report", "where_description", "side_a", "source_fields", "adm1", "adm2"] {
        let told = reading
            .texts(column)
            .into_iter()
            .flatten()
            .filter(|text| text.contains("staff killed"))
            .count();
        assert_eq!(told, 0, "{column}");
    }
    let persons = ["Spouse of a beneficiary", "Ex-wife", "Girlfriend", "Taxi driver"];
    assert!(
        reading
            .texts("side_a")
            .into_iter()
            .flatten()
            .all(|side| !persons.contains(&side))
    );
}

const HEADER: &str = "Incident ID,Year,Month,Day,Country Code,Country,Region,District,City,UN,INGO,ICRC,NRCS and IFRC,NNGO,Other,Nationals killed,Nationals wounded,Nationals kidnapped,Nationals detained,Total nationals,Internationals killed,Internationals wounded,Internationals kidnapped,Internationals detained,Total internationals,Total killed,Total wounded,Total kidnapped,Total detained,Total affected,Gender Male,Gender Female,Gender Unknown,Means of attack,Attack context,Location,Latitude,Longitude,Motive,Actor type,Actor name,Details,Verified,Source";
const TAGS: &str = "#event+id,#date+year,#date+month,#date+day,#country+code,#country+name+i_en,#adm1+name+i_en,#adm2+name+i_en,#adm3+name+i_en,#affected+UN,#affected+INGO,#affected+ICRC,#affected+IFRC,#affected+NGO,#affected+other,#affected+killed+national,#affected+injured+national,#affected+kidnapped+national,#affected+detained+national,#affected+total+national,#affected+killed+international,#affected+injured+international,#affected+kidnapped+international,#affected+detained+international,#affected+total+international,#affected+total+killed,#affected+total+injured,#affected+total+kidnapped,#affected+total+detained,#affected+total,#affected+total+m,#affected+total+f,#affected+total+i,#event+means+i_en,#event+type+i_en,#loc+type+i_en,#geo+lat,#geo+lon,#x_event_motive,#group+type+i_en,#group+name+i_en,#description+i_en,,";

/// An incident made up for the tests; `changes` are by column.
fn incident(id: &str, changes: &[(&str, &str)]) -> String {
    let plain = [
        id,
        "2024",
        "5",
        "17",
        "SD",
        "Sudan",
        "North Darfur",
        "Al Fasher",
        "Al Fasher",
        "1",
        "0",
        "0",
        "0",
        "2",
        "0",
        "2",
        "1",
        "0",
        "0",
        "3",
        "0",
        "0",
        "0",
        "0",
        "0",
        "2",
        "1",
        "0",
        "0",
        "3",
        "2",
        "1",
        "0",
        "Shelling",
        "Combat/Crossfire",
        "Road",
        "13.63",
        "25.35",
        "Incidental",
        "Non-state armed group: National",
        "Some Forces",
        "A person was hit.",
        "Yes",
        "Media",
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
        "incidents.csv",
        format!("{HEADER}\n{TAGS}\n{}\n", rows.join("\n")),
        "awsd",
        "incidents",
    )
    .unwrap()
}

#[test]
fn an_incident_becomes_an_event_with_its_victims() {
    let reading = read(&[incident("7", &[])]);
    assert_eq!(reading.counts(), [1, 1, 0, 0]);
    assert_eq!(reading.findings.list(), []);
    assert_eq!(
        ["deaths_best", "wounded", "kidnapped", "detained"].map(|c| reading.number(c, 0)),
        [Some(2), Some(1), Some(0), Some(0)]
    );
    assert_eq!(
        (reading.text("violence", 0), reading.text("country", 0)),
        (Some("attack-on-aid-workers"), Some("SDN"))
    );
    assert_eq!(
        (
            reading.day("start", 0),
            reading.day("end", 0),
            reading.number("date_precision", 0)
        ),
        (date(2024, 5, 17), date(2024, 5, 17), Some(1))
    );
    assert_eq!(
        (reading.text("side_a", 0), reading.text("code_status", 0)),
        (Some("Some Forces"), Some("Yes"))
    );
    let fields = reading.fields(0);
    assert_eq!(
        (
            &fields["un"],
            &fields["nngo"],
            &fields["internationals_killed"],
            &fields["women"]
        ),
        (&1.into(), &2.into(), &0.into(), &1.into())
    );
    assert_eq!(
        (&fields["means"], &fields["context"]),
        (&"Shelling".into(), &"Combat/Crossfire".into())
    );
    assert_eq!(reading.text("report", 0), None);
}

#[test]
fn an_incident_without_a_day_spans_its_month_and_without_a_month_its_year() {
    let reading = read(&[
        incident("1", &[("Day", "")]),
        incident("2", &[("Month", ""), ("Day", ""), ("Year", "1997")]),
        incident("3", &[("Month", ""), ("Day", "")]),
        incident("4", &[("Day", "31"), ("Month", "2")]),
        incident("5", &[("Month", "13")]),
        incident("6", &[("Year", "")]),
    ]);
    assert_eq!(reading.counts(), [6, 5, 1, 0]);
    let spans: Vec<_> = (0..5)
        .map(|row| {
            (
                reading.day("start", row),
                reading.day("end", row),
                reading.number("date_precision", row).unwrap(),
            )
        })
        .collect();
    // The newest month is May 2024: an incident of that year cannot be later.
    let year_so_far = (date(2024, 1, 1), date(2024, 5, 31), 5);
    assert_eq!(
        spans,
        [
            (date(2024, 5, 1), date(2024, 5, 31), 4),
            (date(1997, 1, 1), date(1997, 12, 31), 5),
            year_so_far,
            (date(2024, 2, 1), date(2024, 2, 29), 4),
            year_so_far,
        ]
    );
    assert_eq!(reading.found(Severity::Warning), ["6 Day: 31", "7 Month: 13"]);
}

#[test]
fn places_numbers_and_totals_that_do_not_hold_are_found() {
    let reading = read(&[
        incident("1", &[("Country Code", ""), ("Country", "Chechnya")]),
        incident("2", &[("Country Code", ""), ("Country", "")]),
        incident("3", &[("Total killed", "3")]),
        incident("4", &[("Latitude", "95")]),
        incident("5", &[("Total wounded", "some")]),
        incident("1", &[]),
        incident("2", &[("Country Code", ""), ("Country", "")]),
        incident("8", &[("Actor type", "Unaffiliated"), ("Actor name", "Ex-wife")]),
        incident("9", &[("Actor type", "Unknown"), ("Actor name", "Unknown")]),
    ]);
    assert_eq!(reading.counts(), [9, 8, 0, 1]);
    assert_eq!(reading.text("country", 0), Some("RUS"));
    assert_eq!(reading.text("country", 1), None);
    assert_eq!(reading.number("deaths_best", 2), Some(3));
    assert_eq!(reading.float("longitude", 3), None);
    assert_eq!(reading.number("wounded", 4), None);
    assert_eq!(reading.text("event_id", 5), Some("1-2"));
    assert_eq!(
        (reading.text("side_a", 6), reading.text("side_a", 7)),
        (Some("Unaffiliated"), None)
    );
    let warnings = [
        "4 Country: an empty cell",
        "5 Total killed: 3",
        "6 Latitude: 95",
        "7 Total wounded: some",
        "8 Incident ID: 1",
    ];
    assert_eq!(reading.found(Severity::Warning), warnings);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn arbitrary_bytes_never_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut file = format!("{HEADER}\n{TAGS}\n{}\n", incident("1", &[])).into_bytes();
        file.extend(&bytes);
        let _ = written("incidents.csv", &file, "awsd", "incidents");
    }

    #[test]
    fn arbitrary_cells_never_stop_the_reader(cells in proptest::collection::vec("[^\\p{Cc}\",]{0,12}|-?[0-9.]{0,20}", 44)) {
        prop_assert!(read(&[cells.join(","), incident("2", &[])]).findings.add_up());
    }
}

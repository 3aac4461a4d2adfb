//! The server, asked as its users and its attackers ask it.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use arrow::array::{Array, AsArray};
use calamine::{Reader, Xlsx};
use jiff::civil::Date;
use lysoen::output::{decimal, grouped};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

use crate::run;
use crate::served::{Answer, Served};

/// Places that differ in what is known of them.
const TEN: [&str; 10] = ["UKR", "SDN", "NOR", "FJI", "ETH", "MEX", "ISR+PSE", "SYR", "COL", "WLD"];

/// The rows of a CSV file below the lines that cite.
fn rows(csv: &str) -> Vec<&str> {
    csv.lines().filter(|line| !line.starts_with("\"#")).collect()
}

/// A figure as the table of a place shows it.
fn as_told(figure: &Value) -> Option<String> {
    let shown = &figure["shown"];
    if figure["coverage"] == "none recorded" {
        return Some("none recorded".to_string());
    }
    let decimals = shown["decimals"].as_u64()? as usize;
    let value = decimal(shown["value"].as_f64()?, decimals);
    Some(format!("{}{value}{}", shown["sign"].as_str()?, shown["mark"].as_str()?))
}

#[test]
fn the_api_says_of_ten_places_what_the_command_line_says_to_the_digit() {
    let served = Served::shared();
    for place in TEN {
        let path = place.replace('+', "%2B");
        let api = served.get(&format!("/api/v1/places/{path}.csv"));
        assert_eq!(api.status, 200, "{place}");
        let api = String::from_utf8(api.body).expect("text");
        let ran = run(served.folder(), &["assess", place, "--format", "csv"]);
        assert_eq!(ran.code(), 0, "{place}: {}", ran.wrote.err());
        assert_eq!(rows(&api), rows(&ran.wrote.out()), "{place}");

        // What the page shows is what the table for people shows.
        let table = run(served.folder(), &["assess", place]).wrote.out();
        let answer = served.get(&format!("/api/v1/places/{path}")).json();
        let figures = answer["figures"].as_array().expect("figures");
        assert!(figures.len() > 30, "{place}");
        for figure in figures {
            let Some(told) = as_told(figure) else { continue };
            let rate = figure["shown"]["rate"].as_f64();
            let decimals = figure["shown"]["rate_decimals"].as_u64().expect("decimals") as usize;
            let under = figure["shown"]["rate_under"] == true;
            let rate = rate.map(|rate| {
                if under {
                    "< 0.01".to_string()
                } else {
                    decimal(rate, decimals)
                }
            });
            let line = table
                .lines()
                .find(|line| line.contains(&told) && rate.as_ref().is_none_or(|r| line.contains(r)));
            assert!(
                line.is_some(),
                "{place}: {told} ({rate:?}) of {} is not in the table",
                figure["measure"]
            );
            if let (Some(low), Some(high)) = (figure["shown"]["low"].as_f64(), figure["shown"]["high"].as_f64())
                && figure["unit"] == "people"
                && figure["interval_kind"] == "source-range"
                && figure["coverage"] != "none recorded"
            {
                let range = format!("{}–{}", grouped(low), grouped(high));
                assert!(
                    table.contains(&range),
                    "{place}: {range} of {} is not in the table",
                    figure["measure"]
                );
            }
        }
    }
}

#[test]
fn every_form_of_a_place_has_the_same_figures() {
    let served = Served::shared();
    let json = served.get("/api/v1/places/UKR").json();
    let killed = |figures: &Value| {
        let all = figures.as_array().expect("figures").iter();
        all.filter(|f| f["measure"] == "killed")
            .map(|f| f["value"].as_f64().expect("a value"))
            .next()
            .expect("killed")
    };
    let expected = killed(&json["figures"]);
    assert!(expected > 60_000.0);

    let list = served.get("/api/v1/figures?place=UKR&measure=killed").json();
    assert_eq!(list["total"], 1);
    assert_eq!(killed(&list["rows"]), expected);

    let accepted = served.get_with("/api/v1/places/UKR", &[("accept", "text/csv")]);
    assert!(accepted.header("content-type").starts_with("text/csv"));
    let line = format!("UKR,Ukraine,2024,2024,killed,{expected},");
    assert!(String::from_utf8_lossy(&accepted.body).contains(&line));

    let parquet = served.get("/api/v1/places/UKR.parquet");
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes(parquet.body))
        .expect("Parquet")
        .build();
    let batches: Vec<_> = reader.expect("a reader").map(|batch| batch.expect("a batch")).collect();
    assert_eq!(value_of_killed(&batches[0]), expected);

    let arrow = served.get("/api/v1/places/UKR.arrow");
    let reader = arrow_ipc::reader::FileReader::try_new(std::io::Cursor::new(arrow.body), None).expect("Arrow");
    let batches: Vec<_> = reader.map(|batch| batch.expect("a batch")).collect();
    assert_eq!(value_of_killed(&batches[0]), expected);

    let xlsx = served.get("/api/v1/places/UKR.xlsx");
    assert!(xlsx.header("content-disposition").contains("lysoen-UKR-2024.xlsx"));
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(xlsx.body)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Data", "Sources"]);
    let data = book.worksheet_range("Data").expect("data");
    let row = data
        .rows()
        .find(|row| row[4] == calamine::Data::String("killed".to_string()))
        .expect("killed");
    assert_eq!(row[5], calamine::Data::Float(expected));
}

fn bytes(body: Vec<u8>) -> axum::body::Bytes {
    body.into()
}

fn value_of_killed(batch: &arrow::array::RecordBatch) -> f64 {
    let measures = batch.column_by_name("measure").expect("measures").as_string::<i32>();
    let row = (0..batch.num_rows())
        .find(|row| measures.value(*row) == "killed")
        .expect("killed");
    let values = batch
        .column_by_name("value")
        .expect("values")
        .as_primitive::<arrow::datatypes::Float64Type>();
    assert!(!values.is_null(row));
    values.value(row)
}

#[test]
fn a_csv_file_opens_with_what_it_is_and_how_to_cite_it() {
    let served = Served::shared();
    let csv = String::from_utf8(served.get("/api/v1/places/UKR.csv").body).expect("text");
    let head: Vec<&str> = csv.lines().take_while(|line| line.starts_with("\"#")).collect();
    assert!(head[0].contains("People's safety, 2024"), "{}", head[0]);
    assert!(head.iter().any(|line| line.contains("Replay as of 2024-12-31")));
    let ucdp = head
        .iter()
        .find(|line| line.contains("Source ucdp-country-year"))
        .expect("its source");
    assert!(ucdp.contains("Licence: CC-BY-4.0") && ucdp.contains("as of 2025-06-30") && ucdp.contains("Cite: Davies"));
    // Each is one cell, so that columns below keep their places in a spreadsheet.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes());
    let widths: Vec<usize> = reader.records().map(|record| record.expect("a record").len()).collect();
    assert!(widths[..head.len()].iter().all(|width| *width == 1));
    assert!(widths[head.len()..].iter().all(|width| *width == 16));
}

#[test]
fn a_figure_leads_to_its_rows_with_file_vintage_and_licence() {
    let served = Served::shared();
    let explained = served.get("/api/v1/places/UKR/explain/killed").json();
    let row = &explained["rows"][0];
    assert_eq!(row["source"], "ucdp-country-year");
    assert_eq!(row["licence"], "CC-BY-4.0");
    assert_eq!(row["as_of"], "2025-06-30");
    assert!(row["row"].as_u64().is_some_and(|row| row > 1));
    assert!(
        row["file"]
            .as_str()
            .is_some_and(|file| file.contains("organizedviolencecy"))
    );
}

#[test]
fn pages_of_a_list_follow_each_other_and_each_row_stands_in_one() {
    let served = Served::shared();
    let mut next = Some("/api/v1/figures?measure=killed&limit=50".to_string());
    let (mut seen, mut total) = (BTreeSet::new(), 0);
    while let Some(address) = next {
        let page = served.get(&address).json();
        total = page["total"].as_u64().expect("a number") as usize;
        for row in page["rows"].as_array().expect("rows") {
            assert!(seen.insert(row["place"].to_string()), "{} stands twice", row["place"]);
        }
        next = page["next"].as_str().map(str::to_string);
    }
    assert_eq!(seen.len(), total);
    assert!(total > 200);
}

#[test]
fn what_cannot_be_answered_is_a_problem_that_says_what_to_do() {
    let served = Served::shared();
    let refused = [
        ("/api/v1/places/XYZ", 404, "XYZ"),
        ("/api/v1/places/Atlantis", 404, "Atlantis"),
        ("/api/v1/places/UKR?period=1066", 404, "1066"),
        ("/api/v1/places/UKR?period=yesterday", 400, "yesterday"),
        ("/api/v1/places/UKR?perod=2024", 400, "perod"),
        ("/api/v1/figures?limit=0", 400, "limit is 1 to"),
        ("/api/v1/figures?limit=99999999999999999999", 400, ""),
        ("/api/v1/figures?measure=kiled", 404, "kiled"),
        ("/api/v1/figures?period=2024..2020", 400, "write the earlier one first"),
        ("/api/v1/places/UKR/explain/kiled", 404, "kiled"),
        ("/api/v1/events?bbox=1,2,3", 400, "west,south,east,north"),
        ("/api/v1/events?bbox=0,0,999,1", 400, "west,south,east,north"),
        ("/api/v1/events?bbox=NaN,0,1,1", 400, "west,south,east,north"),
        ("/api/v1/events?from=2022-13-45", 400, "YYYY-MM-DD"),
        ("/api/v1/events?source=nobody", 404, "nobody"),
        ("/api/v1/events?offset=99999999999", 400, "offset"),
        ("/api/v1/sources/nobody", 404, "nobody"),
        ("/api/v1/methods/..%2f..%2fCargo", 404, ""),
        ("/api/v1/nothing", 404, "nothing at this address"),
        ("/tiles/places/99/0/0.mvt", 404, "zooms are"),
        ("/tiles/places/2/9/9.mvt", 404, "zooms are"),
        ("/tiles/places/a/b/c", 404, "zooms are"),
        ("/tiles/places/0/0/0.mvt?level=7", 404, "level 7"),
        ("/assets/..%2f..%2f..%2fetc%2fpasswd.txt", 404, ""),
    ];
    for (address, status, said) in refused {
        let answer = served.get(address);
        assert_eq!(
            answer.status,
            status,
            "{address}: {}",
            String::from_utf8_lossy(&answer.body)
        );
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{address}");
        let detail = problem["detail"].as_str().expect("a detail");
        assert!(detail.contains(said), "{address}: {detail}");
        assert!(
            !detail.contains(&served.folder().display().to_string()),
            "{address}: {detail}"
        );
    }
    let wrong_form = served.get_with("/api/v1/places/UKR", &[("accept", "image/png")]);
    assert_eq!(wrong_form.status, 406);
    assert_eq!(served.get("/api/v1/status.xlsx").status, 406);
}

#[test]
fn answers_say_when_nothing_has_changed_and_are_compressed() {
    let served = Served::shared();
    served.until_whole();
    let first = served.get("/api/v1/measures");
    let tag = first.header("etag").to_string();
    assert!(!tag.is_empty());
    let again = served.get_with("/api/v1/measures", &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let old = served.get_with("/api/v1/measures", &[("if-none-match", "W/\"other\"")]);
    assert_eq!(old.status, 200);
    for coding in ["gzip", "br"] {
        let packed = served.get_with("/api/v1/world", &[("accept-encoding", coding)]);
        assert_eq!(packed.header("content-encoding"), coding);
        assert!(packed.body.len() * 3 < served.get("/api/v1/world").body.len());
    }
}

#[test]
fn every_answer_protects_its_reader_and_lets_no_other_page_read_it() {
    let served = Served::shared();
    for address in [
        "/",
        "/place/UKR",
        "/api/v1/status",
        "/api/v1/nothing",
        "/borders/world.json",
    ] {
        let answer = served.get_with(address, &[("origin", "https://elsewhere.example")]);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'self'") && !policy.contains("http"),
            "{address}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
    }
    // A line break in an address does not become a header.
    let answer = served.get("/api/v1/places/UKR%0d%0aX-Injected:%201.csv");
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("x-injected"), "");
}

#[test]
fn a_request_that_is_too_large_or_of_another_method_is_refused() {
    let served = Served::shared();
    served.until_whole();
    // It is refused by what it says of its length, before it is sent.
    let address = served.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
    let head = "POST /api/v1/indices/hdi/build HTTP/1.1\r\nHost: large\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sent");
    let mut said = [0; 12];
    stream.read_exact(&mut said).expect("an answer");
    assert_eq!(&said, b"HTTP/1.1 413");
    assert_eq!(served.post("/api/v1/measures", "{}").status, 405);
    assert_eq!(served.post("/api/v1/indices/hdi/build", "{\"weights\": 3}").status, 400);
    assert_eq!(
        served
            .post("/api/v1/indices/hdi/build", "{\"weights\": {\"nobody\": 1}}")
            .status,
        400
    );
    assert_eq!(
        served
            .post("/api/v1/indices/human-security/build", "{\"weights\": {\"fear\": -1}}")
            .status,
        400
    );
}

#[test]
fn an_index_by_its_own_weights_is_the_same_and_by_others_is_not() {
    let served = Served::shared();
    served.until_whole();
    let known = served.get("/api/v1/indices/human-security").json();
    let same = served.post("/api/v1/indices/human-security/build", "{}").json();
    assert_eq!(known["places"], same["places"]);
    assert_eq!(same["changed"], false);
    let adjustable = known["tree"]
        .as_array()
        .expect("a tree")
        .iter()
        .find(|node| node["adjustable"] == true);
    let node = adjustable.expect("a node whose weight can be changed")["id"]
        .as_str()
        .expect("an id");
    let weights = format!("{{\"weights\": {{\"{node}\": 9}}}}");
    let other = served.post("/api/v1/indices/human-security/build", &weights).json();
    assert_eq!(other["changed"], true);
    assert_ne!(known["places"], other["places"]);
    let first = &other["places"][0];
    assert!(first["rank_low"].as_u64() <= first["ranks"][0].as_u64());
    assert!(first["rank_high"].as_u64() >= first["ranks"][0].as_u64());
}

#[test]
fn a_total_over_more_months_is_never_told_to_be_less() {
    let served = Served::shared();
    served.until_whole();
    let forecasts = served.get("/api/v1/forecasts").json();
    let list = forecasts["list"].as_array().expect("a list");
    assert!(list.len() > 100);
    for place in list {
        let code = place["place"].as_str().expect("a code");
        let totals = served.get(&format!("/api/v1/forecasts/{code}")).json()["totals"].clone();
        let totals = totals.as_array().expect("totals");
        let ends: Vec<&Value> = std::iter::once(&place["next"]).chain(totals).collect();
        for told in ["p_1", "p_25", "p_100", "p_1000", "low_90", "median", "high_90", "mean"] {
            let rising: Vec<f64> = ends
                .iter()
                .map(|ahead| ahead[told].as_f64().expect("a number"))
                .collect();
            assert!(
                rising.is_sorted(),
                "{code}: {told} of the next month and of 3, 6 and 12 is {rising:?}"
            );
        }
    }
}

#[test]
fn a_thousand_open_connections_and_slow_clients_keep_nobody_out() {
    let served = Served::shared();
    let address = served.base.trim_start_matches("http://").to_string();
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..1000 {
        // Where the system gives no more, fewer will do.
        let Ok(mut stream) = TcpStream::connect(&address) else {
            break;
        };
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: slow\r\nX-Slow: ")
            .expect("part of a request");
        idle.push(stream);
    }
    assert!(idle.len() > 200, "{}", idle.len());
    assert_eq!(served.get("/healthz").status, 200);
    assert_eq!(served.get("/api/v1/places/NOR").status, 200);
    // Who does not finish its request in time is let go.
    let slow = idle.last_mut().expect("a connection");
    slow.set_read_timeout(Some(Duration::from_secs(90))).expect("a limit");
    let mut said = Vec::new();
    slow.read_to_end(&mut said)
        .expect("the connection is closed, and not kept until the limit");
    assert!(!String::from_utf8_lossy(&said).contains(" 200 "));
    assert_eq!(served.get("/healthz").status, 200);
}

#[test]
fn the_openapi_document_in_docs_is_the_one_that_is_served() {
    let written = format!(
        "{}\n",
        serde_json::to_string_pretty(&lysoen::serve::document()).expect("JSON")
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &written).expect("written");
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        known == written,
        "docs/openapi.json is out of date: UPDATE_DOCS=1 writes it anew"
    );
    let served = Served::shared().get("/api/v1/openapi.json").json();
    assert_eq!(served, serde_json::from_str::<Value>(&written).expect("JSON"));
    assert!(
        served["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
}

/// Every source that an answer names as one that it rests on.
fn named(value: &Value, all: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| named(value, all)),
        Value::Object(object) => {
            if object.contains_key("licence") && object.contains_key("citation") {
                all.extend(object.get("id").and_then(Value::as_str).map(str::to_string));
            }
            let has_value = object.get("value").is_none_or(|value| !value.is_null());
            if let Some(source) = object.get("source").and_then(Value::as_str).filter(|_| has_value) {
                all.extend(source.split(" + ").map(str::to_string));
            }
            object.values().for_each(|value| named(value, all));
        }
        _ => {}
    }
}

/// Addresses of everything that has data in it.
fn doors(served: &Served) -> Vec<String> {
    let mut doors: Vec<String> = [
        "/api/v1/world",
        "/api/v1/world?period=2010",
        "/api/v1/figures?limit=100000",
        "/api/v1/figures?period=2010..2024&limit=100000",
        "/api/v1/events?limit=10000",
        "/api/v1/forecasts",
        "/api/v1/indices",
        "/tiles/places.json",
        "/tiles/places/0/0/0.mvt",
        "/tiles/events.json",
        "/tiles/events/0/0/0.mvt",
        "/tiles/events/0/0/0.mvt?source=awsd",
        "/borders/world.json",
        "/ogc",
        "/ogc/collections",
        "/ogc/collections/places/items?limit=1000",
        "/ogc/collections/events/items?limit=10000",
    ]
    .map(str::to_string)
    .to_vec();
    for place in ["AFG", "SDN", "SSD", "UKR", "WLD"] {
        doors.push(format!("/api/v1/places/{place}"));
        doors.push(format!("/api/v1/forecasts/{place}"));
        for measure in [
            "aid_workers_killed",
            "displaced_in_country",
            "facing_at_least_one_threat",
            "killed",
            "refugees",
        ] {
            doors.push(format!("/api/v1/places/{place}/explain/{measure}"));
        }
    }
    let recipes = served.get("/api/v1/indices").json();
    for recipe in recipes["recipes"]
        .as_array()
        .expect("recipes")
        .iter()
        .filter(|r| r["built"] == true)
    {
        doors.push(format!("/api/v1/indices/{}", recipe["id"].as_str().expect("an id")));
    }
    doors
}

#[test]
fn what_a_licence_keeps_in_goes_out_by_no_door() {
    let served = Served::with(|folder| {
        for card in ["awsd", "unhcr", "ucdp-panel"] {
            let text = std::fs::read_to_string(format!(
                "{}/../../catalog/sources/{card}.toml",
                env!("CARGO_MANIFEST_DIR")
            ));
            let text = text
                .expect("a card")
                .replace("redistribute = true", "redistribute = false");
            let own = folder.join("observatory/catalog/sources");
            std::fs::create_dir_all(&own).expect("a folder");
            std::fs::write(own.join(format!("{card}.toml")), text).expect("a card");
        }
    });
    served.until_whole();
    let restricted = ["awsd", "unhcr", "ucdp-panel"];
    let mut open = BTreeSet::new();
    for door in doors(&served) {
        let answer = served.get(&door);
        assert!(
            answer.status == 200 || answer.status == 404,
            "{door}: {}",
            answer.status
        );
        if answer.status != 200 {
            continue;
        }
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        if answer.header("content-type").contains("json") {
            let mut sources = BTreeSet::new();
            named(&answer.json(), &mut sources);
            for source in restricted {
                assert!(!sources.contains(source), "{door} rests on {source}");
            }
            open.extend(sources);
        } else {
            restricted
                .iter()
                .for_each(|source| assert!(!text.contains(source), "{door} tells of {source}"));
        }
        // The same in the other forms.
        if door.starts_with("/api/v1/") && !door.contains("indices") && !door.contains("world") {
            let (path, query) = door
                .split_once('?')
                .map_or((door.as_str(), String::new()), |(p, q)| (p, format!("?{q}")));
            let csv = served.get(&format!("{path}.csv{query}"));
            if csv.status == 200 {
                assert_no_row_rests_on(&csv, &restricted, &door);
            }
        }
    }
    // The doors are not closed: what may go out does.
    for source in ["ucdp-country-year", "idmc", "hdr"] {
        assert!(open.contains(source), "{source} does not go out either");
    }
    // It is said why a figure is not there.
    let gaps = served.get("/api/v1/places/AFG").json()["gaps"].clone();
    let gap = gaps
        .as_array()
        .expect("gaps")
        .iter()
        .find(|gap| gap["measure"] == "aid_workers_killed")
        .expect("a gap");
    assert!(gap["why"].as_str().is_some_and(|why| why.contains("licence")), "{gap}");
}

fn assert_no_row_rests_on(csv: &Answer, restricted: &[&str], door: &str) {
    let text = String::from_utf8_lossy(&csv.body).into_owned();
    let lines = rows(&text).join("\n");
    let mut reader = csv::Reader::from_reader(lines.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let at = |name: &str| heads.iter().position(|head| head == name);
    for record in reader.records() {
        let record = record.expect("a record");
        let has_value = at("value").is_none_or(|at| !record[at].is_empty());
        let source = at("source").map_or("", |at| &record[at]);
        let rests = source.split(" + ").any(|source| restricted.contains(&source));
        assert!(!(rests && has_value), "{door} as CSV: {record:?}");
    }
    let cited = text.lines().filter(|line| line.starts_with("\"# Source"));
    for line in cited {
        restricted
            .iter()
            .for_each(|source| assert!(!line.contains(&format!("Source {source}:")), "{door}: {line}"));
    }
}

#[test]
fn a_lake_that_changes_is_shown_without_a_restart_and_damaged_results_stop_nothing() {
    let served = Served::with(|folder| {
        let results = folder.join("observatory/results/forecasts");
        std::fs::create_dir_all(results.join("country")).expect("a folder");
        std::fs::write(results.join("backtest-country.json"), b"\x00\xff{ not JSON").expect("written");
        std::fs::write(results.join("country/card.json"), b"\x00\xff{ not JSON").expect("written");
    });
    served.until_whole();
    let before = served.get("/api/v1/status").json();
    assert_eq!(before["has"]["record"], false);
    assert_eq!(before["fault"], Value::Null);
    let tag = served.get("/api/v1/measures").header("etag").to_string();

    let file = served.folder().join("camps.csv");
    std::fs::write(&file, "country,day,people\nTCD,2024-06-30,12345\n").expect("written");
    let mapping = served.folder().join("camps.toml");
    std::fs::write(&mapping, crate::acceptance::mapping(true)).expect("written");
    let (file, mapping) = (file.display().to_string(), mapping.display().to_string());
    let import = ["import", &file, "--mapping", &mapping, "--vintage", "2024-07-31"];
    let ran = run(served.folder(), &import);
    assert_eq!(ran.code(), 0, "{}{}", ran.wrote.out(), ran.wrote.err());

    let after = |served: &Served| served.get("/api/v1/status").json()["manifest"].as_u64();
    served.wait(|served| after(served) > before["manifest"].as_u64());
    assert_ne!(served.get("/api/v1/measures").header("etag"), tag);
    let known = served.get("/api/v1/figures.csv?measure=killed&place=UKR");
    assert_eq!(known.status, 200);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_country_is_told_by_its_areas_as_on_the_command_line() {
    let served = Served::with(|folder| {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
        let boundaries = format!("{data}/boundaries/cod_ab_caf_admin1.parquet");
        let events = format!("{data}/ucdp/ged_v23_1_car_482.geojson.gz");
        let ran = run(folder, &["import", "--quiet", &boundaries, &events]);
        assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    });
    served.wait(|served| !served.get("/api/v1/places/CAF").json()["communities"].is_null());
    let told = served.get("/api/v1/places/CAF").json()["communities"].clone();
    let ran = run(
        served.folder(),
        &["assess", "CAF", "--level", "admin1", "--format", "csv"],
    );
    let text = ran.wrote.out();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let column = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let at = ["level", "place", "measure", "value", "low", "high", "coverage"].map(column);
    let all: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.expect("a record"))
        .map(|record| at.iter().map(|at| record[*at].to_string()).collect())
        .collect();
    let known: Vec<&Vec<String>> = all.iter().filter(|row| row[0] == "admin1").collect();
    let rows = told["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), known.len());
    let areas: BTreeSet<&str> = rows.iter().filter_map(|row| row["place"].as_str()).collect();
    assert_eq!(areas.len(), 17);
    for (row, known) in rows.iter().zip(known) {
        assert_eq!(
            (row["place"].as_str(), row["measure"].as_str()),
            (Some(&*known[1]), Some(&*known[2]))
        );
        for (name, known) in ["value", "low", "high"].iter().zip(&known[3..6]) {
            assert_eq!(row[*name].as_f64(), known.parse().ok(), "{name} of {row}");
        }
        assert_eq!(row["coverage"].as_str(), Some(&*known[6]));
    }
}

#[test]
fn a_server_that_is_killed_under_load_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let observatory = folder.path().join("observatory");
    let start = || {
        let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_lysoen"))
            .args([
                "--observatory",
                &observatory.display().to_string(),
                "serve",
                "--port",
                "0",
            ])
            .stderr(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("the program");
        let mut said = std::io::BufReader::new(server.stderr.take().expect("its words"));
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(
                std::io::BufRead::read_line(&mut said, &mut line).expect("a line") > 0,
                "it ended"
            );
        }
        let address = line.split("http://").nth(1).expect("an address").trim().to_string();
        (server, address)
    };
    let ask = |address: &str, path: &str| -> Option<String> {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .ok()?;
        let mut said = String::new();
        stream.read_to_string(&mut said).ok()?;
        Some(said)
    };
    let ready = |address: &str| {
        let begun = std::time::Instant::now();
        while !ask(address, "/readyz").is_some_and(|said| said.contains(" 200 ")) {
            assert!(begun.elapsed() < Duration::from_secs(120), "it is not ready");
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    let figure = |address: &str| ask(address, "/api/v1/figures.csv?place=UKR&measure=killed").expect("an answer");
    let files = || {
        let mut all: Vec<_> = walk(&observatory).collect();
        all.sort();
        all
    };
    let (mut server, address) = start();
    ready(&address);
    let (known, before) = (figure(&address), files());
    let asking = std::thread::scope(|scope| {
        let load: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    (0..10_000)
                        .take_while(|_| ask(&address, "/api/v1/places/SDN").is_some())
                        .count()
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(500));
        server.kill().expect("killed");
        server.wait().expect("ended");
        load.into_iter()
            .map(|asked| asked.join().expect("asked"))
            .sum::<usize>()
    });
    assert!(asking > 0);
    assert_eq!(files(), before);
    let (mut server, address) = start();
    ready(&address);
    let body = |said: &str| said.split_once("\r\n\r\n").map(|(_, body)| body.to_string());
    assert_eq!(body(&figure(&address)), body(&known));
    server.kill().expect("killed");
    server.wait().expect("ended");
}

fn walk(folder: &std::path::Path) -> Box<dyn Iterator<Item = (std::path::PathBuf, u64)>> {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"));
    Box::new(
        entries.flat_map(|entry| match entry.file_type().expect("a type").is_dir() {
            true => walk(&entry.path()),
            false => Box::new(std::iter::once((
                entry.path(),
                entry.metadata().expect("its size").len(),
            ))),
        }),
    )
}

#[test]
fn a_day_of_the_server_is_a_day() {
    let today = Served::shared().get("/api/v1/status").json()["today"]
        .as_str()
        .map(str::parse::<Date>);
    assert!(matches!(today, Some(Ok(_))));
}

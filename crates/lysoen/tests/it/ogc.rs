//! OGC API – Features, asked over HTTP, and read by GDAL, whose driver geographic information systems use.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::run;
use crate::served::{Answer, Served};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const EPSG_4326: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";
const EPSG_3857: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";

fn items(served: &Served, collection: &str, query: &str) -> Answer {
    served.get(&format!("/ogc/collections/{collection}/items?{query}"))
}

/// A page of features that is sound in itself.
fn page(served: &Served, collection: &str, query: &str) -> Value {
    let answer = items(served, collection, query);
    assert_eq!(answer.status, 200, "{query}: {}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-type"), "application/geo+json");
    let page = answer.json();
    assert_eq!(page["type"], "FeatureCollection");
    assert_eq!(page["numberReturned"], features(&page).len());
    assert!(page["timeStamp"].as_str().is_some_and(|at| at.ends_with('Z')));
    assert!(!page["notes"].as_array().expect("notes").is_empty());
    page
}

fn features(page: &Value) -> &[Value] {
    page["features"].as_array().expect("features")
}

fn matched(page: &Value) -> usize {
    page["numberMatched"].as_u64().expect("a number") as usize
}

fn ids(page: &Value) -> Vec<&str> {
    let ids = features(page).iter().map(|feature| feature["id"].as_str());
    ids.map(|id| id.expect("an id")).collect()
}

fn hrefs<'a>(answer: &'a Value, rel: &str) -> Vec<&'a str> {
    let links = answer["links"].as_array().expect("links").iter();
    let of_rel = links.filter(|link| link["rel"] == rel);
    of_rel.map(|link| link["href"].as_str().expect("an address")).collect()
}

/// Whether a position lies in a geometry: by how often a ray towards the east crosses its rings.
fn is_in(geometry: &Value, [x, y]: [f64; 2]) -> bool {
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let rings = list(&geometry["coordinates"])
        .iter()
        .flat_map(list)
        .collect::<Vec<Value>>();
    let mut crossings = 0;
    for ring in rings {
        let at = |at: &Value| [at[0].as_f64().expect("x"), at[1].as_f64().expect("y")];
        let ring: Vec<[f64; 2]> = list(&ring).iter().map(at).collect();
        assert!(ring.len() >= 4 && ring.first() == ring.last());
        crossings += ring
            .windows(2)
            .filter(|edge| (edge[0][1] > y) != (edge[1][1] > y))
            .filter(|edge| {
                let along = (y - edge[0][1]) / (edge[1][1] - edge[0][1]);
                edge[0][0] + along * (edge[1][0] - edge[0][0]) > x
            })
            .count();
    }
    crossings % 2 == 1
}

#[test]
fn the_landing_page_leads_to_the_description_and_to_every_feature() {
    let served = Served::shared();
    let landing = served.get("/ogc").json();
    assert_eq!(served.get("/ogc/?f=json").json(), landing);
    let description = served.get(hrefs(&landing, "service-desc")[0]);
    assert!(
        description
            .header("content-type")
            .starts_with("application/vnd.oai.openapi+json")
    );
    let description = description.json();
    assert_eq!(description["openapi"], "3.0.3");
    let conformance = served.get(hrefs(&landing, "conformance")[0]).json();
    assert_eq!(conformance["conformsTo"].as_array().map(Vec::len), Some(4));
    let data = served.get(hrefs(&landing, "data")[0]).json();
    let collections = data["collections"].as_array().expect("collections");
    let known: Vec<&str> = collections.iter().filter_map(|c| c["id"].as_str()).collect();
    assert_eq!(known, ["places", "events"]);
    for collection in collections {
        let id = collection["id"].as_str().expect("an id");
        assert_eq!(&served.get(hrefs(collection, "self")[0]).json(), collection);
        assert!(!hrefs(collection, "license").is_empty());
        assert_eq!(collection["crs"], serde_json::json!([CRS84, EPSG_4326, EPSG_3857]));
        assert_eq!(collection["storageCrs"], CRS84);
        assert_eq!(
            collection["extent"]["spatial"]["bbox"][0].as_array().map(Vec::len),
            Some(4)
        );
        assert!(collection["extent"]["temporal"]["interval"][0][0].is_string());
        let first = served.get(hrefs(collection, "items")[0]).json();
        assert_eq!(
            features(&first).len(),
            100,
            "as many as are given where no number is named"
        );
        let path = format!("/collections/{id}/items");
        assert!(description["paths"][path.as_str()]["get"].is_object());
        let feature = &features(&first)[0];
        let one = served.get(&format!("/ogc{path}/{}", feature["id"].as_str().expect("an id")));
        assert_eq!(one.header("content-type"), "application/geo+json");
        assert_eq!(one.json()["properties"], feature["properties"]);
        assert_eq!(one.json()["sources"].as_array().map(Vec::is_empty), Some(false));
    }
}

#[test]
fn every_property_of_a_feature_is_in_the_schema_and_has_its_type() {
    let served = Served::shared();
    for collection in ["places", "events"] {
        let schema = served.get(&format!("/ogc/collections/{collection}/schema")).json();
        let schema = schema["properties"]["properties"]["properties"]
            .as_object()
            .expect("fields");
        let page = page(served, collection, "limit=500");
        for feature in features(&page) {
            let properties = feature["properties"].as_object().expect("properties");
            assert!(properties.keys().eq(schema.keys()));
            for (name, value) in properties.iter().filter(|(_, value)| !value.is_null()) {
                let is_of_type = match schema[name]["type"].as_str() {
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_i64(),
                    _ => value.is_f64(),
                };
                assert!(is_of_type, "{collection} {name}: {value}");
            }
        }
        let queryables = served.get(&format!("/ogc/collections/{collection}/queryables")).json();
        let queryables = queryables["properties"].as_object().expect("fields");
        assert!(queryables.keys().all(|name| schema.contains_key(name)));
    }
}

#[test]
fn a_country_has_its_figures_with_their_sources_and_the_shape_of_the_worldview() {
    let served = Served::shared();
    let one = |place: &str| page(served, "places", &format!("place={place}"));
    let (ukraine, russia) = (one("UKR"), one("RUS"));
    assert_eq!((ids(&ukraine), ids(&russia)), (vec!["UKR"], vec!["RUS"]));
    let crimea = [34.1, 44.95];
    assert!(is_in(&features(&ukraine)[0]["geometry"], crimea));
    assert!(!is_in(&features(&russia)[0]["geometry"], crimea));
    let properties = &features(&ukraine)[0]["properties"];
    let told = served.get("/api/v1/figures?place=UKR&measure=killed").json();
    let told = &told["rows"][0];
    for (ours, theirs) in [
        ("killed", "value"),
        ("killed_low", "low"),
        ("killed_high", "high"),
        ("killed_per_100k", "per_100k"),
        ("killed_coverage", "coverage"),
        ("killed_source", "source"),
        ("killed_as_of", "as_of"),
        ("period", "period"),
        ("name", "place_name"),
    ] {
        assert!(!properties[ours].is_null());
        assert_eq!(properties[ours], told[theirs], "{ours}");
    }
    let sources = ukraine["sources"].as_array().expect("sources");
    let has = |id: &str| {
        sources
            .iter()
            .any(|source| source["id"] == id && source["licence"].is_string())
    };
    assert!(has("natural-earth") && properties["killed_source"].as_str().is_some_and(has));
    let notes = ukraine["notes"].to_string();
    assert!(
        notes.contains("do not imply") && notes.contains("Replay as of"),
        "{notes}"
    );
}

#[test]
fn the_links_to_the_next_page_lead_through_every_place_once() {
    let served = Served::shared();
    let mut all: Vec<String> = Vec::new();
    let mut next = Some("/ogc/collections/places/items?limit=50&f=json".to_string());
    let mut pages = 0;
    while let Some(address) = next {
        let page = served.get(&address).json();
        all.extend(ids(&page).into_iter().map(str::to_string));
        next = hrefs(&page, "next").first().map(ToString::to_string);
        pages += 1;
        assert_eq!(next.is_none(), all.len() == matched(&page));
    }
    assert_eq!(pages, all.len().div_ceil(50));
    let whole = page(served, "places", "limit=10000");
    assert_eq!(ids(&whole), all);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(all.len() > 200);
}

#[test]
fn a_limit_above_the_most_is_cut_and_one_that_is_no_number_refused() {
    let served = Served::shared();
    let whole = page(served, "events", "limit=99999999");
    assert_eq!(features(&whole).len(), matched(&whole));
    assert!(features(&whole).len() > 4000);
    for limit in ["0", "-1", "ten", ""] {
        assert_eq!(
            items(served, "places", &format!("limit={limit}")).status,
            400,
            "{limit}"
        );
    }
    let beyond = page(served, "places", "offset=9999");
    assert!(features(&beyond).is_empty() && hrefs(&beyond, "next").is_empty());
}

#[test]
fn what_is_not_known_is_an_error_that_says_so() {
    let served = Served::shared();
    let wrong = [
        "colour=red",
        "country=UKR",
        "limit=2&limit=3",
        "f=html",
        "crs=EPSG:3857",
        "bbox-crs=nothing",
        "period=soon",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=a,b,c,d",
        "bbox=NaN,0,1,1",
        "bbox=0,10,1,5",
        "bbox=",
        "datetime=soon",
        "datetime=2024-13-01",
        "datetime=2024-01-02/2024-01-01",
        "datetime=2024-01-01/2024-01-02/2024-01-03",
        "datetime=",
    ];
    for query in wrong {
        let answer = items(served, "places", query);
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.json()["detail"].is_string());
    }
    for address in [
        "?x=1",
        "/conformance?x=1",
        "/collections?limit=3",
        "/collections/places/items/UKR?bbox=0,0,1,1",
    ] {
        assert_eq!(served.get(&format!("/ogc{address}")).status, 400, "{address}");
    }
    let nowhere = [
        "/nothing",
        "/collections/nothing",
        "/collections/areas-1",
        "/collections/nothing/items",
        "/collections/places/items/ZZZ",
        "/collections/events/items/awsd.0",
        "/collections/events/items/nothing",
        "/collections/places/items?period=1800",
    ];
    for address in nowhere {
        let answer = served.get(&format!("/ogc{address}"));
        assert_eq!(answer.status, 404, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[test]
fn a_box_may_go_across_the_antimeridian_and_be_in_any_system() {
    let served = Served::shared();
    let found = |query: &str| ids(&page(served, "places", query)).join(" ");
    assert_eq!(found("bbox=177,-20,-178,-15"), "FJI");
    assert_eq!(found("bbox=177,-20,182,-15"), "FJI");
    assert_eq!(found("bbox=177,-20,0,-178,-15,9000"), "FJI");
    assert_eq!(found("bbox=33.9,44.9,34.2,45"), "UKR");
    assert_eq!(found("bbox=-30,0,-29,1"), "");
    assert_eq!(found(&format!("bbox=44.9,33.9,45,34.2&bbox-crs={EPSG_4326}")), "UKR");
    let metres = "3773731.1,5605422.0,3807126.6,5621521.5";
    assert_eq!(found(&format!("bbox={metres}&bbox-crs={EPSG_3857}")), "UKR");
    assert_eq!(
        matched(&page(served, "places", "bbox=-200,-90,200,90")),
        matched(&page(served, "places", ""))
    );
    let all = page(served, "events", "limit=10000");
    for [west, south, east, north] in [[20.0, -10.0, 50.0, 20.0], [170.0, -90.0, -60.0, 90.0]] {
        let is_in = |feature: &&Value| {
            let at = &feature["geometry"]["coordinates"];
            let (x, y) = (at[0].as_f64().expect("x"), at[1].as_f64().expect("y"));
            let between = if west < east {
                west <= x && x <= east
            } else {
                west <= x || x <= east
            };
            between && south <= y && y <= north
        };
        let expected = features(&all).iter().filter(is_in).count();
        let query = format!("bbox={west},{south},{east},{north}");
        assert_eq!(matched(&page(served, "events", &query)), expected);
        assert!(expected > 0);
    }
}

#[test]
fn events_are_found_by_their_time() {
    let served = Served::shared();
    let all = page(served, "events", "limit=10000");
    let meets = |from: &str, to: &str| {
        let days = |feature: &Value| {
            let day = |name: &str| feature["properties"][name].as_str().expect("a day").to_string();
            (day("start"), day("end"))
        };
        let meets = |(start, end): (String, String)| start.as_str() <= to && end.as_str() >= from;
        features(&all).iter().filter(|feature| meets(days(feature))).count()
    };
    let (first, last) = ("0000-01-01", "9999-12-31");
    for (asked, from, to) in [
        ("2024-03-01T00:00:00Z/2024-06-30T23:59:59Z", "2024-03-01", "2024-06-30"),
        ("2024-03-01/2024-06-30", "2024-03-01", "2024-06-30"),
        ("2024-03-01T23:30:00-02:00", "2024-03-02", "2024-03-02"),
        ("../2005-12-31T00:00:00Z", first, "2005-12-31"),
        ("/2005-12-31T00:00:00Z", first, "2005-12-31"),
        ("2024-01-01T00:00:00Z/..", "2024-01-01", last),
        ("2024-01-01T00:00:00Z/", "2024-01-01", last),
        ("../..", first, last),
        ("1900-01-01T00:00:00Z", "1900-01-01", "1900-01-01"),
    ] {
        let found = page(served, "events", &format!("datetime={asked}&limit=1"));
        assert_eq!(matched(&found), meets(from, to), "{asked}");
    }
    assert!(meets("2024-03-01", "2024-06-30") > 50);
}

#[test]
fn events_are_found_by_their_properties_and_only_those_with_a_position_are_given() {
    let served = Served::shared();
    let all = page(served, "events", "limit=10000");
    let with = |name: &str, value: &str| {
        let has = |feature: &&Value| feature["properties"][name] == value;
        features(&all).iter().filter(has).count()
    };
    for (name, value) in [
        ("country", "SDN"),
        ("source", "awsd"),
        ("violence", "attack-on-aid-workers"),
    ] {
        let found = page(served, "events", &format!("{name}={value}&limit=1"));
        assert_eq!(matched(&found), with(name, value));
        assert!(with(name, value) > 0, "{name}");
    }
    assert_eq!(matched(&page(served, "events", "country=SDN'%20OR%20'1'='1")), 0);
    let total = served.get("/api/v1/events?limit=1").json()["total"]
        .as_u64()
        .expect("a number");
    assert!(matched(&all) < total as usize);
    assert!(all["notes"].to_string().contains("without a position"));
    assert!(
        features(&all)
            .iter()
            .all(|feature| feature["geometry"]["type"] == "Point")
    );
    let unique: BTreeSet<&str> = ids(&all).into_iter().collect();
    assert_eq!(unique.len(), matched(&all));
}

#[test]
fn features_are_given_in_the_system_that_is_asked_for() {
    let served = Served::shared();
    let at = |crs: &str| {
        let answer = served.get(&format!("/ogc/collections/events/items/awsd.5180?crs={crs}"));
        assert_eq!(answer.header("content-crs"), format!("<{crs}>"));
        let at = &answer.json()["geometry"]["coordinates"];
        [at[0].as_f64().expect("a number"), at[1].as_f64().expect("a number")]
    };
    let [lon, lat] = at(CRS84);
    assert_eq!([lon, lat], [23.475351, 12.90769]);
    assert_eq!(at(EPSG_4326), [lat, lon]);
    let [x, y] = at(EPSG_3857);
    let quarter = std::f64::consts::FRAC_PI_4;
    assert!((x - lon * 20_037_508.342_789_244 / 180.0).abs() < 1e-3, "{x}");
    assert!(
        (y - 6_378_137.0 * (quarter + lat.to_radians() / 2.0).tan().ln()).abs() < 1e-3,
        "{y}"
    );
    assert_eq!(
        items(served, "places", "limit=1").header("content-crs"),
        format!("<{CRS84}>")
    );
    let whole = page(served, "places", &format!("limit=1000&crs={EPSG_3857}"));
    let numbers = features(&whole).iter().map(|feature| feature["geometry"].to_string());
    assert!(
        numbers.into_iter().all(|text| !text.contains("null")),
        "Antarctica ends at the end of the map"
    );
}

#[test]
fn countries_have_the_figures_of_the_period_or_the_time_that_is_asked_for() {
    let served = Served::shared();
    let latest = features(&page(served, "places", "limit=1"))[0]["properties"]["period"].clone();
    let year: i32 = latest.as_str().and_then(|year| year.parse().ok()).expect("a year");
    let before = (year - 1).to_string();
    served.wait(|served| items(served, "places", &format!("period={before}&limit=1")).status == 200);
    let killed = |query: &str| {
        let page = page(served, "places", &format!("place=UKR&{query}"));
        let of = |feature: &Value| {
            (
                feature["properties"]["period"].clone(),
                feature["properties"]["killed"].clone(),
            )
        };
        features(&page).first().map(of)
    };
    let told = served
        .get(&format!("/api/v1/figures?place=UKR&measure=killed&period={before}"))
        .json();
    let expected = Some((Value::from(before.clone()), told["rows"][0]["value"].clone()));
    assert_eq!(killed(&format!("period={before}")), expected);
    assert_eq!(killed(&format!("datetime={before}-05-01T00:00:00Z")), expected);
    assert_eq!(killed("").map(|(period, _)| period), Some(latest));
    assert_eq!(killed("datetime=1700-01-01T00:00:00Z"), None);
    assert_eq!(
        killed(&format!("period={before}&datetime={year}-05-01T00:00:00Z")),
        None
    );
}

#[test]
fn what_has_not_changed_is_not_given_again() {
    let served = Served::shared();
    let address = "/ogc/collections/places/items?limit=1";
    // While years are still assessed the state may change between the two.
    served.wait(|served| {
        let first = served.get(address);
        let again = served.get_with(address, &[("if-none-match", first.header("etag"))]);
        (again.status, again.body.len()) == (304, 0)
    });
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn areas_are_a_collection_a_level_and_of_any_time() {
    let served = Served::with(|folder| {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/boundaries");
        let files = ["admin1", "admin2"].map(|level| format!("{data}/cod_ab_caf_{level}.parquet"));
        let ran = run(folder, &["import", "--quiet", &files[0], &files[1]]);
        assert_eq!(ran.code(), 0, "{}", ran.wrote.err());
    });
    let collections = served.get("/ogc/collections").json();
    let collections = collections["collections"].as_array().expect("collections");
    let known: Vec<&str> = collections.iter().filter_map(|c| c["id"].as_str()).collect();
    assert_eq!(known, ["places", "areas-1", "areas-2", "events"]);
    assert!(collections[1]["extent"]["temporal"].is_null());
    assert!(collections[1]["description"].to_string().contains("do not imply"));
    let prefectures = page(&served, "areas-1", "country=CAF&datetime=1900-01-01");
    assert_eq!(matched(&prefectures), 17);
    let first = &features(&prefectures)[0]["properties"];
    let keys: Vec<&String> = first.as_object().expect("properties").keys().collect();
    assert_eq!(keys, ["place", "name", "level", "country"]);
    let bangui = page(&served, "areas-1", "bbox=18.55,4.36,18.56,4.37");
    assert_eq!(features(&bangui)[0]["properties"]["name"], "Bangui");
    assert!(is_in(&features(&bangui)[0]["geometry"], [18.555, 4.365]));
    assert!(bangui["sources"].to_string().contains("cod-ab"));
    assert_eq!(items(&served, "areas-1", "period=2024").status, 400);
    assert!(matched(&page(&served, "areas-2", "")) > 70);
}

/// What a program of GDAL says.
fn gdal(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().expect("a program");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success() && !said.contains("ERROR"), "{args:?}: {said}");
    said
}

fn count(said: &str) -> Vec<usize> {
    let counts = said.lines().filter_map(|line| line.strip_prefix("Feature Count: "));
    counts.map(|count| count.parse().expect("a number")).collect()
}

#[test]
#[cfg_attr(not(gdal), ignore = "GDAL is not here")]
fn gdal_lists_every_collection_with_its_count_geometry_and_fields() {
    let served = Served::shared();
    let source = format!("OAPIF:{}/ogc", served.base);
    let listed = gdal("ogrinfo", &["-ro", &source]);
    assert!(
        listed.contains("1: places") && listed.contains("(Multi Polygon)"),
        "{listed}"
    );
    assert!(listed.contains("2: events") && listed.contains("(Point)"), "{listed}");
    let told = gdal("ogrinfo", &["-ro", "-al", "-so", &source]);
    let expected = ["places", "events"].map(|collection| matched(&page(served, collection, "limit=1")));
    assert_eq!(count(&told), expected);
    for field in [
        "place: String",
        "killed: Integer",
        "killed_per_100k: Real",
        "killed_as_of: Date",
        "displaced_in_country_low: Integer",
        "start: Date",
        "deaths_low: Integer",
        "country: String",
    ] {
        assert!(told.contains(&format!("\n{field} (")), "{field} in {told}");
    }
}

#[test]
#[cfg_attr(not(gdal), ignore = "GDAL is not here")]
fn gdal_copies_every_collection_into_a_geopackage_and_projects_it() {
    let served = Served::shared();
    let folder = tempfile::tempdir().expect("a folder");
    let source = format!("OAPIF:{}/ogc", served.base);
    let expected = ["places", "events"].map(|collection| matched(&page(served, collection, "limit=1")));
    let file = folder.path().join("all.gpkg").display().to_string();
    let all = ["-f", "GPKG", "-oo", "PAGE_SIZE=1000", &file, &source];
    gdal("ogr2ogr", &all);
    assert_eq!(count(&gdal("ogrinfo", &["-ro", "-al", "-so", &file])), expected);
    let ukraine = gdal(
        "ogrinfo",
        &["-ro", "-where", "place = 'UKR'", "-geom=NO", &file, "places"],
    );
    let killed = page(served, "places", "place=UKR")["features"][0]["properties"]["killed"].to_string();
    assert!(ukraine.contains(&format!("killed (Integer) = {killed}\n")), "{ukraine}");
    let projected = folder.path().join("projected.gpkg").display().to_string();
    let one = [
        "-f",
        "GPKG",
        "-t_srs",
        "EPSG:3857",
        "-where",
        "place = 'UKR'",
        &projected,
        &source,
        "places",
    ];
    gdal("ogr2ogr", &one);
    let told = gdal("ogrinfo", &["-ro", "-al", "-so", &projected]);
    assert_eq!(count(&told), [1]);
    assert!(told.contains("Extent: (2463"), "{told}");
}

#[test]
#[cfg_attr(not(gdal), ignore = "GDAL is not here")]
fn gdal_finds_features_by_box_and_by_property() {
    let served = Served::shared();
    let source = format!("OAPIF:{}/ogc", served.base);
    let fiji = gdal(
        "ogrinfo",
        &[
            "-ro", "-geom=NO", "-spat", "177", "-20", "179", "-15", &source, "places",
        ],
    );
    assert_eq!(count(&fiji), [1]);
    assert!(fiji.contains("place (String) = FJI"), "{fiji}");
    for (filter, query) in [
        ("country = 'SDN'", "country=SDN"),
        ("country = 'SDN' AND deaths_best > 0", "country=SDN&limit=10000"),
    ] {
        let args = [
            "-ro",
            "-so",
            "-oo",
            "PAGE_SIZE=1000",
            "-where",
            filter,
            &source,
            "events",
        ];
        let page = page(served, "events", query);
        let deadly = |feature: &&Value| {
            feature["properties"]["deaths_best"]
                .as_i64()
                .is_some_and(|deaths| deaths > 0)
        };
        let expected = match filter.contains("AND") {
            true => features(&page).iter().filter(deadly).count(),
            false => matched(&page),
        };
        assert_eq!(count(&gdal("ogrinfo", &args)), [expected], "{filter}");
    }
}

//! Boundaries: the same areas in every format, and what is wrong with some.

use std::io::Write;
use std::path::{Path, PathBuf};

use geo::{Contains, Geometry, LineString, Point, Polygon, polygon};
use geoarrow_schema::Crs;
use geozero::ToGeo;
use geozero::wkb::Wkb;
use jiff::Timestamp;
use jiff::civil::date;
use lysoen_facts::{Lake, ViewAt};
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::{Catalog, read_mapping};
use lysoen_sources::finding::Severity;
use lysoen_sources::import::{ImportOptions, Imported, Outcome, Progress, import_file};
use lysoen_sources::input::{Input, is_part_of_shapefile};
use lysoen_sources::reader::{ReadError, VintageBasis};

use crate::cards::CARD;
use crate::drawn::{self, Drawn, Kept, PRJ};
use crate::input::{file, folder, zip};
use crate::taken::{self, Place, Taken, take_input, written};

fn taken_from(path: &Path) -> Taken {
    taken::file(path)
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// The areas in each format, by what it is called.
fn in_every_format(folder: &tempfile::TempDir, areas: &[Drawn]) -> Vec<(&'static str, PathBuf)> {
    let path = |name: &str| folder.path().join(name);
    let collection = drawn::geojson(areas, "");
    let shp = drawn::shapefile(&path("a.shp"), areas, PRJ, "UTF-8");
    let parts: Vec<(String, Vec<u8>)> = ["shp", "shx", "dbf", "prj", "cpg"]
        .iter()
        .map(|ending| {
            (
                format!("adm1/a.{ending}"),
                std::fs::read(shp.with_extension(ending)).unwrap(),
            )
        })
        .collect();
    let members: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let gpkg = drawn::geopackage(&path("a.gpkg"), &[("adm1", areas)], 4326);
    let packed = zip(&[("a.gpkg", &std::fs::read(&gpkg).unwrap())]);
    let crs = Crs::default;
    vec![
        ("GeoJSON", file(folder, "a.geojson", &collection)),
        ("packed GeoJSON", file(folder, "a.geojson.gz", gzip(&collection))),
        (
            "GeoParquet as WKB",
            drawn::geoparquet(&path("a.parquet"), areas, Kept::Wkb, crs()),
        ),
        (
            "native GeoParquet",
            drawn::geoparquet(&path("b.parquet"), areas, Kept::MultiPolygons, crs()),
        ),
        ("FlatGeobuf", drawn::flatgeobuf(&path("a.fgb"), areas, 4326)),
        ("GeoPackage", gpkg),
        ("packed GeoPackage", file(folder, "gpkg.zip", packed)),
        ("shapefile", shp),
        ("packed shapefile", file(folder, "shp.zip", zip(&members))),
    ]
}

#[test]
fn the_same_areas_give_the_same_rows_in_every_format() {
    let folder = folder();
    let mut first: Option<Taken> = None;
    for (format, path) in in_every_format(&folder, &drawn::areas()) {
        let taken = taken_from(&path);
        assert!(taken.layout.starts_with("cod-ab/areas"), "{format}: {}", taken.layout);
        assert_eq!(taken.dataset, "adm1", "{format}");
        assert_eq!(taken.counts(), [3, 3, 0, 0], "{format}");
        assert!(
            taken.findings.list().is_empty(),
            "{format}: {:?}",
            taken.findings.list()
        );
        assert_eq!(taken.coverage.places, Some(vec!["CAF".to_string()]), "{format}");
        let vintage = taken.vintage.clone().unwrap();
        assert_eq!(
            (vintage.date, vintage.basis),
            (date(2020, 1, 2), VintageBasis::File),
            "{format}"
        );
        match &first {
            Some(first) => assert_eq!(first.places, taken.places, "{format}"),
            None => first = Some(taken),
        }
    }
}

fn outline(place: &Place) -> Geometry<f64> {
    Wkb(place.geometry.clone().unwrap()).to_geo().unwrap()
}

#[test]
fn an_area_has_its_codes_its_size_and_a_point_within() {
    let folder = folder();
    let path = file(&folder, "a.geojson", drawn::geojson(&drawn::areas(), ""));
    let places = taken_from(&path).places;
    let [holed, apart, square] = &places[..] else {
        panic!("{places:?}")
    };
    assert_eq!(
        (
            holed.place.as_str(),
            holed.country.as_deref(),
            holed.kind.as_str(),
            holed.level,
            holed.parent.as_deref()
        ),
        ("CF11", Some("CAF"), "area", 1, Some("CAF"))
    );
    assert_eq!(
        (holed.name.as_str(), holed.other_name.as_deref()),
        ("Ombella-M'Poko", Some("Ombella Mpoko"))
    );
    assert_eq!(
        (apart.name.as_str(), apart.other_name.as_deref()),
        ("Haute-Kotto", Some("Kötö tî Kôtö"))
    );
    assert_eq!((square.name.as_str(), square.other_name.as_deref()), ("Lobaye", None));
    assert_eq!(
        (square.valid_from, square.valid_to, square.row),
        (Some(date(2020, 1, 2)), None, 4)
    );
    // A degree of latitude at 4° N is 110.575 km and one of longitude 111.320 km × cos 4° (0.99756) = 111.05 km.
    let size = square.area_km2.unwrap();
    assert!((size / (110.575 * 111.05) - 1.0).abs() < 1e-3, "{size}");
    assert_eq!((square.longitude, square.latitude), (Some(16.5), Some(4.0)));
    // The centroid of the first lies in its hole, that of the second between its parts.
    for place in &places {
        let point = Point::new(place.longitude.unwrap(), place.latitude.unwrap());
        assert!(outline(place).contains(&point), "{place:?}");
    }
    // A quarter of the first is hole: 0.5° × 0.5° of 1° × 1°.
    assert!((holed.area_km2.unwrap() / size - 0.75).abs() < 2e-3);
    let Geometry::Polygon(one) = outline(holed) else {
        panic!("one polygon")
    };
    assert_eq!((one.exterior().0.len(), one.interiors().len()), (5, 1));
    let Geometry::MultiPolygon(two) = outline(apart) else {
        panic!("two polygons")
    };
    assert_eq!(two.0.len(), 2);
    // Little-endian, and a polygon (3) or several (6).
    assert_eq!(holed.geometry.as_ref().unwrap()[..5], [1, 3, 0, 0, 0]);
    assert_eq!(apart.geometry.as_ref().unwrap()[..5], [1, 6, 0, 0, 0]);
}

#[test]
fn outer_rings_run_counter_clockwise_whatever_the_file_does() {
    use geo::winding_order::{Winding, WindingOrder};
    let folder = folder();
    let path = file(&folder, "a.geojson", drawn::geojson(&drawn::areas(), ""));
    for place in taken_from(&path).places {
        let areas = match outline(&place) {
            Geometry::Polygon(one) => vec![one],
            Geometry::MultiPolygon(several) => several.0,
            other => panic!("{other:?}"),
        };
        for area in areas {
            assert_eq!(area.exterior().winding_order(), Some(WindingOrder::CounterClockwise));
            assert!(
                area.interiors()
                    .iter()
                    .all(|hole| hole.winding_order() == Some(WindingOrder::Clockwise))
            );
        }
    }
}

#[test]
fn polygons_and_points_of_native_geoparquet_are_read() {
    let folder = folder();
    let mut areas = drawn::areas();
    areas.remove(1);
    let as_wkb = drawn::geoparquet(&folder.path().join("w.parquet"), &areas, Kept::Wkb, Crs::default());
    let native = drawn::geoparquet(&folder.path().join("n.parquet"), &areas, Kept::Polygons, Crs::default());
    assert_eq!(taken_from(&native).places, taken_from(&as_wkb).places);
    areas
        .iter_mut()
        .for_each(|area| area.geometry = Point::new(18.5, 4.5).into());
    let points = drawn::geoparquet(&folder.path().join("p.parquet"), &areas, Kept::Points, Crs::default());
    let taken = taken_from(&points);
    let place = &taken.places[1];
    assert_eq!((place.longitude, place.latitude), (Some(18.5), Some(4.5)));
    assert_eq!((&place.geometry, place.area_km2), (&None, None));
    assert_eq!(
        taken.texts(Severity::Note),
        [
            "p.parquet, column geometry: found points in 2 rows, expected boundaries; these places are kept with a \
          position and without an area"
        ]
    );
}

#[test]
fn a_feature_may_stand_alone() {
    let area = &drawn::areas()[0];
    let alone = taken::text("a.geojson", &drawn::feature(area));
    assert_eq!(alone.counts(), [1, 1, 0, 0]);
    let together = taken::text("a.geojson", &drawn::geojson(&drawn::areas(), ""));
    assert_eq!(alone.places[0], together.places[0]);
}

#[test]
fn a_geopackage_has_an_input_for_each_of_its_layers() {
    let folder = folder();
    let areas = drawn::areas();
    let layers: [(&str, &[Drawn]); 2] = [("caf \"adm1\"", &areas[..2]), ("more", &areas[2..])];
    let path = drawn::geopackage(
        &folder.path().join("caf.gpkg"),
        &[("first", layers[0].1), layers[1]],
        4326,
    );
    let inputs = Input::open(&path).unwrap();
    let members: Vec<_> = inputs.iter().map(Input::member).collect();
    assert_eq!(members, [Some("first"), Some("more")]);
    let names: Vec<Vec<String>> = inputs
        .into_iter()
        .map(|input| take_input(Catalog::builtin(), input, None).unwrap())
        .map(|taken| taken.places.into_iter().map(|place| place.name).collect())
        .collect();
    assert_eq!(names, [vec!["Ombella-M'Poko", "Haute-Kotto"], vec!["Lobaye"]]);
}

#[test]
fn a_geopackage_that_another_program_has_open_is_refused() {
    let folder = folder();
    let path = drawn::geopackage(&folder.path().join("a.gpkg"), &[("a", &drawn::areas())], 4326);
    std::fs::write(folder.path().join("a.gpkg-wal"), "changes").unwrap();
    let error = Input::open(&path).expect_err("changes would be missed").to_string();
    assert!(
        error.contains("changes that wait in") && error.contains("close it there"),
        "{error}"
    );
}

#[test]
fn a_file_in_another_reference_system_is_refused_and_the_way_out_is_told() {
    let folder = folder();
    let areas = drawn::areas();
    let path = |name: &str| folder.path().join(name);
    let utm = r#"{"type":"ProjectedCRS","name":"WGS 84 / UTM zone 34N","id":{"authority":"EPSG","code":32634}}"#;
    let utm = Crs::from_projjson(serde_json::from_str(utm).unwrap());
    let projected = r#"PROJCS["WGS_1984_UTM_Zone_34N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]]"#;
    let old = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32634"}},"#;
    for (path, name) in [
        (
            file(&folder, "a.geojson", drawn::geojson(&areas, old)),
            "urn:ogc:def:crs:EPSG::32634",
        ),
        (
            drawn::geoparquet(&path("a.parquet"), &areas, Kept::MultiPolygons, utm),
            "EPSG:32634 (WGS 84 / UTM zone 34N)",
        ),
        (drawn::flatgeobuf(&path("a.fgb"), &areas, 32634), "EPSG:32634"),
        (
            drawn::geopackage(&path("a.gpkg"), &[("a", &areas)], 32634),
            "EPSG:32634",
        ),
        (
            drawn::shapefile(&path("a.shp"), &areas, projected, ""),
            "WGS_1984_UTM_Zone_34N",
        ),
    ] {
        let Err(error) = taken::take(Catalog::builtin(), &path, None) else {
            panic!("{name}")
        };
        let text = error.to_string();
        assert!(
            text.contains(&format!("found coordinates in {name}, expected longitude")),
            "{text}"
        );
        assert!(text.contains("ogr2ogr -t_srs EPSG:4326 boundaries.gpkg a."), "{text}");
    }
}

#[test]
fn wgs_84_may_be_named_in_many_ways_or_not_at_all() {
    let folder = folder();
    let areas = drawn::areas();
    for name in [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4326",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ] {
        let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#);
        assert!(
            taken::text("a.geojson", &drawn::geojson(&areas, &crs))
                .findings
                .list()
                .is_empty(),
            "{name}"
        );
    }
    for prj in [PRJ, r#"GEOGCRS["WGS 84",DATUM["World Geodetic System 1984"]]"#] {
        let path = drawn::shapefile(&folder.path().join("a.shp"), &areas, prj, "");
        assert!(taken_from(&path).findings.list().is_empty(), "{prj}");
    }
    std::fs::remove_file(folder.path().join("a.prj")).unwrap();
    let taken = taken_from(&folder.path().join("a.shp"));
    assert!(
        taken.texts(Severity::Note)[0].contains("found no reference system"),
        "{:?}",
        taken.findings.list()
    );
    assert_eq!(taken.counts(), [3, 3, 0, 0]);
}

/// Features of the Central African Republic with these properties and geometries.
fn collection(features: &[(&str, &str)]) -> String {
    let features: Vec<String> = features
        .iter()
        .map(|(properties, geometry)| {
            format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn polygon(rings: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#)
}

fn found(taken: &Taken, severity: Severity) -> Vec<String> {
    let list = taken
        .findings
        .list()
        .iter()
        .filter(|finding| finding.severity == severity);
    list.map(|finding| {
        let column = finding.column.as_deref().unwrap_or("-");
        format!("{}, {column}: {}", finding.row.unwrap_or_default(), finding.found)
    })
    .collect()
}

const SQUARE: &str = "[[16,4],[17,4],[17,5],[16,5],[16,4]]";

#[test]
fn what_is_wrong_with_a_boundary_is_told_and_costs_the_boundary_at_most() {
    let with = |pcode: &str| format!(r#""adm0_pcode":"CF","adm1_pcode":"{pcode}","adm1_name":"a","valid_on":null"#);
    let geometries = [
        polygon("[[16,4],[17,4],[17,5],[16,5]]"),
        polygon(&format!("{SQUARE},[[16.2,4.2],[16.4,4.2]]")),
        polygon("[[16,4],[17,4]]"),
        polygon("[[1600000,400000],[1700000,400000],[1700000,500000],[1600000,400000]]"),
        polygon("[[16,4],[17,5],[17,4],[16,5],[16,4]]"),
        "null".to_string(),
        polygon(""),
        r#"{"type":"Polygon","coordinates":[[["a",4]]]}"#.to_string(),
        r#"{"type":"LineString","coordinates":[[16,4],[17,4]]}"#.to_string(),
        r#"{"type":"Point","coordinates":[4,160]}"#.to_string(),
    ];
    let pcodes = [
        "CF11", "CF12", "CF13", "CF21", "CF22", "CF23", "CF31", "CF32", "CF33", "CF41",
    ]
    .map(with);
    let features: Vec<(&str, &str)> = pcodes
        .iter()
        .zip(&geometries)
        .map(|(p, g)| (p.as_str(), g.as_str()))
        .collect();
    let taken = taken::text("a.geojson", &collection(&features));
    assert_eq!(
        found(&taken, Severity::Warning),
        [
            "2, geometry: 1 open rings",
            "3, geometry: 1 open rings",
            "3, geometry: 1 rings of fewer than four points",
            "4, geometry: 1 open rings",
            "4, geometry: 1 rings of fewer than four points",
            "4, geometry: an empty geometry",
            "5, geometry: longitude 1600000, latitude 400000",
            "6, geometry: lines that cross each other at longitude 16.50000, latitude 4.50000",
            "7, geometry: no geometry",
            "8, geometry: an empty geometry",
            "9, geometry: no GeoJSON geometry, or damaged coordinates",
            "11, geometry: longitude 4, latitude 160",
        ]
    );
    assert_eq!(found(&taken, Severity::Rejected), ["10, geometry: a LineString"]);
    assert_eq!(taken.counts(), [10, 9, 1, 0]);
    let drawn: Vec<&str> = taken
        .places
        .iter()
        .filter(|p| p.geometry.is_some())
        .map(|p| p.place.as_str())
        .collect();
    assert_eq!(drawn, ["CF11", "CF12", "CF22"]);
    let closed = taken.places[0].area_km2.unwrap();
    let holed = taken.places[1].area_km2.unwrap();
    assert!(
        (closed - holed).abs() < 1e-6,
        "the hole of two points counts for nothing"
    );
}

#[test]
fn what_is_wrong_with_a_code_is_told_by_feature_and_column() {
    let area = |codes: [&str; 3], name: &str| {
        let [country, parent, pcode] = codes;
        format!(
            r#""adm0_pcode":"{country}","adm1_pcode":"{parent}","adm2_pcode":"{pcode}","adm2_name":"{name}","valid_on":"{}""#,
            if pcode == "CF117" { "soon" } else { "" }
        )
    };
    let square = polygon(SQUARE);
    let properties = [
        area(["CF", "CF11", "CF111"], "Bimbo"),
        area(["CF", "CF11", "CF111"], "Bimbo"),
        area(["CF", "CF11", ""], "Damara"),
        area(["CF", "CF11", "Unspecified"], "Damara"),
        area(["CF", "CF11", "CD112"], "Damara"),
        area(["CF", "CF11", "CF513"], "Damara"),
        area(["CF", "", "CF116"], "Damara"),
        area(["CF", "CF11", "CF117"], ""),
        area(["QQ", "CF11", "CF118"], "Damara"),
        area(["", "CF11", "CF119"], "Damara"),
    ];
    let features: Vec<(&str, &str)> = properties.iter().map(|p| (p.as_str(), square.as_str())).collect();
    let taken = taken::text("a.geojson", &collection(&features));
    assert_eq!(taken.dataset, "adm2");
    assert_eq!(
        found(&taken, Severity::Rejected),
        [
            "3, adm2_pcode: CF111 again",
            "4, adm2_pcode: none",
            "5, adm2_pcode: Unspecified",
            "10, adm0_pcode: QQ",
            "11, adm0_pcode: "
        ]
    );
    assert_eq!(
        found(&taken, Severity::Warning),
        [
            "6, adm2_pcode: CD112",
            "8, adm1_pcode: none",
            "9, adm2_name: none",
            "9, valid_on: soon",
            // Told at the end, because in some countries no P-code opens with that of the area around it.
            "6, adm2_pcode: CD112",
            "7, adm2_pcode: CF513"
        ]
        .map(String::from)
    );
    let again = &taken.findings.list()[0];
    assert!(
        again.expected.contains("each place once (it stands in row 2)"),
        "{again}"
    );
    assert_eq!(taken.counts(), [10, 5, 5, 0]);
    assert_eq!(taken.places[0].parent.as_deref(), Some("CF11"));
    assert_eq!(taken.places[4].name, "CF117");
}

#[test]
fn codes_that_never_nest_are_the_country_s_way() {
    let square = polygon(SQUARE);
    let area = |pcode: &str| {
        format!(r#""adm0_pcode":"EC","adm1_pcode":"EC01","adm2_pcode":"{pcode}","adm2_name":"a","valid_on":"""#)
    };
    let (a, b) = (area("EC9001"), area("EC9002"));
    let taken = taken::text("a.geojson", &collection(&[(&a, &square), (&b, &square)]));
    assert!(taken.findings.list().is_empty(), "{:?}", taken.findings.list());
    assert_eq!(taken.places[1].parent.as_deref(), Some("EC01"));
}

const MAPPING: &str = r#"
[[layout]]
name = "districts"
reader = "boundaries"
scope = "countries"
recognise = { geometry = true }
place = { fixed = "TCD" }
[layout.area]
pcode = "code"
name = ["nom", "name"]
parent = "province"
level = 2
"#;

fn mapped(layout: &str, text: &str) -> Result<Taken, ReadError> {
    let catalog = Catalog::of([read_mapping("mapping.toml", &format!("{CARD}{layout}")).unwrap()]);
    assert!(catalog.check().is_empty(), "{:?}", catalog.check());
    written("a.geojson", text, |path| taken::take(&catalog, path, Some("example")))
}

#[test]
fn boundaries_with_columns_of_their_own_are_read_by_a_mapping() {
    let square = polygon(SQUARE);
    let features = [(
        r#""code":"TD0101","nom":"Batha Est","name":"Batha East","province":"TD01""#,
        square.as_str(),
    )];
    let taken = mapped(MAPPING, &collection(&features)).unwrap();
    let place = &taken.places[0];
    assert_eq!(
        (place.place.as_str(), place.country.as_deref(), place.level),
        ("TD0101", Some("TCD"), 2)
    );
    assert_eq!(
        (place.parent.as_deref(), place.other_name.as_deref()),
        (Some("TD01"), Some("Batha East"))
    );
    assert_eq!((taken.dataset.as_str(), taken.vintage), ("districts", None));
    let missing = collection(&[(r#""kode":"TD0101","nom":"Batha Est","province":"TD01""#, &square)]);
    let Err(error) = mapped(MAPPING, &missing) else {
        panic!("no P-codes")
    };
    assert!(error.to_string().contains("found no column code"), "{error}");
}

#[test]
fn areas_without_p_codes_are_known_by_their_names() {
    let layout = MAPPING.replace("pcode = \"code\"\n", "");
    let square = polygon(SQUARE);
    let features = [(r#""nom":"Batha Est/Ouest","province":"Batha""#, square.as_str())];
    let taken = mapped(&layout, &collection(&features)).unwrap();
    let place = &taken.places[0];
    assert_eq!(
        (place.place.as_str(), place.parent.as_deref(), place.name.as_str()),
        ("TCD/Batha/Batha Est-Ouest", Some("TCD/Batha"), "Batha Est/Ouest")
    );
}

#[test]
fn a_level_may_stand_in_a_column() {
    let layout = MAPPING
        .replace("level = 2", "level_column = \"niveau\"")
        .replace("parent = \"province\"\n", "")
        .replace("\"code\"", "\"code{level}\"");
    let square = polygon(SQUARE);
    let features = [
        (r#""niveau":0,"nom":"Tchad","code1":null,"code2":null"#, square.as_str()),
        (
            r#""niveau":"1","nom":"Batha","code1":"TD01","code2":null"#,
            square.as_str(),
        ),
        (
            r#""niveau":2.0,"nom":"Batha Est","code1":"TD01","code2":"TD0101""#,
            square.as_str(),
        ),
        (
            r#""niveau":7,"nom":"Batha Est","code1":"TD01","code2":"TD0102""#,
            square.as_str(),
        ),
    ];
    let taken = mapped(&layout, &collection(&features)).unwrap();
    let told: Vec<(&str, i16, Option<&str>)> = taken
        .places
        .iter()
        .map(|p| (p.place.as_str(), p.level, p.parent.as_deref()))
        .collect();
    assert_eq!(
        told,
        [("TCD", 0, None), ("TD01", 1, Some("TCD")), ("TD0101", 2, Some("TD01"))]
    );
    assert_eq!(
        (taken.places[0].kind.as_str(), taken.places[0].name.as_str()),
        ("country", "Chad")
    );
    assert_eq!(found(&taken, Severity::Rejected), ["5, niveau: 7"]);
}

#[test]
fn a_mapping_that_leaves_out_what_is_needed_is_told() {
    let layout =
        "[[layout]]\nname = \"a\"\nreader = \"boundaries\"\nscope = \"world\"\nrecognise = { geometry = true }\n";
    let problems = |more: &str| -> Vec<String> {
        let card = read_mapping("mapping.toml", &format!("{CARD}{layout}{more}")).unwrap();
        Catalog::of([card]).check().iter().map(ToString::to_string).collect()
    };
    assert!(problems("")[0].contains("needs `area`"));
    let told = problems("area = { pcode = \"code\", level = 7 }").join("; ");
    for part in ["needs `name`", "0 (the country) to 4", "needs `place`"] {
        assert!(told.contains(part), "{told}");
    }
    let told = problems("area = { pcode = \"code\", name = [\"nom\"] }\nplace = { fixed = \"TCD\" }").join("; ");
    assert!(told.contains("needs `level` or `level_column`"), "{told}");
}

#[test]
fn a_table_without_geometries_is_no_file_of_boundaries() {
    let catalog = Catalog::of([read_mapping("m.toml", &format!("{CARD}{MAPPING}")).unwrap()]);
    let text = "code,nom,province\nTD0101,Batha Est,TD01\n";
    let Err(error) = written("a.csv", text, |path| taken::take(&catalog, path, Some("example"))) else {
        panic!("no boundaries")
    };
    assert!(error.to_string().contains("a CSV table without geometries"), "{error}");
}

#[test]
fn names_in_a_shapefile_are_read_as_they_were_written() {
    let folder = folder();
    let path = folder.path().join("a.shp");
    let areas = drawn::areas();
    // Without a .cpg what can be UTF-8 is that.
    drawn::shapefile(&path, &areas, PRJ, "");
    assert_eq!(taken_from(&path).places[1].other_name.as_deref(), Some("Kötö tî Kôtö"));
    // The same in one byte a letter, with a .cpg that says so, without, and with a wrong one.
    let dbf = path.with_extension("dbf");
    let utf8 = std::fs::read(&dbf).unwrap();
    let mut latin = utf8.clone();
    let long = "Kötö tî Kôtö".as_bytes();
    let at = utf8.windows(long.len()).position(|window| window == long).unwrap();
    let mut short: Vec<u8> = encoding_rs::WINDOWS_1252.encode("Kötö tî Kôtö").0.into_owned();
    short.resize(long.len(), b' ');
    latin[at..at + long.len()].copy_from_slice(&short);
    std::fs::write(&dbf, &latin).unwrap();
    for (cpg, notes) in [("ISO-8859-1", 0), ("1252", 0), ("ANSI 1252", 0), ("", 1), ("UTF-8", 1)] {
        std::fs::write(path.with_extension("cpg"), cpg).unwrap();
        let taken = taken_from(&path);
        assert_eq!(taken.places[1].other_name.as_deref(), Some("Kötö tî Kôtö"), "{cpg}");
        assert_eq!(
            taken.texts(Severity::Note).len(),
            notes,
            "{cpg}: {:?}",
            taken.texts(Severity::Note)
        );
    }
}

#[test]
fn holes_of_a_shapefile_belong_to_the_ring_around_them_whatever_their_order() {
    let folder = folder();
    let square = |x: f64| polygon![(x: x, y: 4.0), (x: x, y: 5.0), (x: x + 1.0, y: 5.0), (x: x + 1.0, y: 4.0)];
    let hole = |x: f64| -> Vec<shapefile::Point> {
        let corners = [(0.2, 4.2), (0.4, 4.2), (0.4, 4.4), (0.2, 4.4), (0.2, 4.2)];
        corners
            .iter()
            .map(|(dx, y)| shapefile::Point::new(x + dx, *y))
            .collect()
    };
    let outer = |x: f64| -> Vec<shapefile::Point> {
        square(x)
            .exterior()
            .points()
            .map(|p| shapefile::Point::new(p.x(), p.y()))
            .collect()
    };
    use shapefile::PolygonRing::{Inner, Outer};
    let shape = shapefile::Polygon::with_rings(vec![Outer(outer(16.0)), Outer(outer(18.0)), Inner(hole(16.0))]);
    let path = drawn::shapefile(&folder.path().join("a.shp"), &drawn::areas()[..1], PRJ, "");
    let mut writer = shapefile::ShapeWriter::from_path(&path).unwrap();
    writer.write_shape(&shape).unwrap();
    drop(writer);
    let taken = taken_from(&path);
    let Geometry::MultiPolygon(areas) = outline(&taken.places[0]) else {
        panic!("two polygons")
    };
    let holes: Vec<usize> = areas.iter().map(|area| area.interiors().len()).collect();
    assert_eq!(holes, [1, 0]);
    assert!(taken.findings.list().is_empty(), "{:?}", taken.findings.list());
}

#[test]
fn attributes_never_stand_at_the_boundary_of_another() {
    let folder = folder();
    let path = drawn::shapefile(&folder.path().join("a.shp"), &drawn::areas(), PRJ, "");
    let dbf = path.with_extension("dbf");
    let whole = std::fs::read(&dbf).unwrap();
    let at_first = usize::from(u16::from_le_bytes([whole[8], whole[9]]));
    // A deleted row goes with its geometry.
    let mut deleted = whole.clone();
    deleted[at_first] = b'*';
    std::fs::write(&dbf, &deleted).unwrap();
    let taken = taken_from(&path);
    assert_eq!(taken.counts(), [2, 2, 0, 0]);
    assert!((taken.places[1].longitude, taken.places[1].name.as_str()) == (Some(16.5), "Lobaye"));
    // A row too few or too many.
    for rows in [2_u8, 4] {
        let mut other = whole.clone();
        other[4] = rows;
        other.extend_from_slice(&whole[at_first..]);
        std::fs::write(&dbf, &other).unwrap();
        let Err(error) = taken::take(Catalog::builtin(), &path, None) else {
            panic!("{rows} rows")
        };
        assert!(error.to_string().contains("the .dbf"), "{error}");
    }
    std::fs::remove_file(&dbf).unwrap();
    let Err(error) = taken::take(Catalog::builtin(), &path, None) else {
        panic!("no attributes")
    };
    assert!(error.to_string().contains("found no .dbf beside the .shp"), "{error}");
}

#[test]
fn the_files_of_a_shapefile_are_one_input_with_one_hash() {
    let folder = folder();
    let path = drawn::shapefile(&folder.path().join("a.shp"), &drawn::areas(), PRJ, "");
    let hash = || Input::open(&path).unwrap()[0].sha256().unwrap();
    let before = hash();
    for ending in ["dbf", "shx", "prj", "PRJ"] {
        assert!(is_part_of_shapefile(&path.with_extension(ending)), "{ending}");
    }
    assert!(!is_part_of_shapefile(&path) && !is_part_of_shapefile(&folder.path().join("b.dbf")));
    std::fs::write(path.with_extension("cpg"), "UTF-8").unwrap();
    assert_ne!(before, hash());
}

#[test]
fn a_damaged_file_is_told_and_never_stops_the_program() {
    let folder = folder();
    for (format, path) in in_every_format(&folder, &drawn::areas()) {
        let whole = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut failed = 0;
        // Cut at 40 places, and with a byte turned over at 150.
        for at in (0..40).map(|n| whole.len() * n / 40) {
            std::fs::write(folder.path().join(&name), &whole[..at]).unwrap();
            failed += u32::from(try_to_read(&path).is_err());
        }
        assert!(failed >= 30, "{format}: only {failed} of 40 cut files are refused");
        for at in (0..150).map(|n| whole.len() * n / 150) {
            let mut turned = whole.clone();
            turned[at] = !turned[at];
            std::fs::write(folder.path().join(&name), &turned).unwrap();
            // A name with another letter is no damage that could be seen.
            let _ = try_to_read(&path);
        }
        std::fs::write(&path, &whole).unwrap();
    }
}

fn try_to_read(path: &Path) -> Result<(), ReadError> {
    for input in Input::open(path)? {
        take_input(Catalog::builtin(), input, None)?;
    }
    Ok(())
}

struct Silent;

impl Progress for Silent {
    fn bytes(&self, done: u64, total: u64) {
        assert!(done <= total, "{done} bytes of {total}");
    }
    fn message(&self, text: &str) {
        panic!("{text}");
    }
}

fn import(lake: &mut Lake, path: &Path) -> Vec<Imported> {
    let options = ImportOptions {
        as_: None,
        mapping: None,
        vintage: None,
        today: date(2024, 6, 1),
        now: Timestamp::UNIX_EPOCH,
        partial: false,
        complete_for: None,
        strict: false,
        keep: None,
    };
    import_file(lake, Catalog::builtin(), Crosswalk::builtin(), path, &options, &Silent).unwrap()
}

#[test]
fn areas_of_a_level_replace_those_of_that_level_and_country_only() {
    let folder = folder();
    let mut lake = Lake::open_or_create(&folder.path().join("lake").display().to_string()).unwrap();
    let square = polygon(SQUARE);
    let area = |level: u8, country: &str, pcode: &str, valid: &str| {
        let around: String = (1..level).map(|n| format!(r#""adm{n}_pcode":"{country}1","#)).collect();
        format!(
            r#""adm0_pcode":"{country}",{around}"adm{level}_pcode":"{pcode}","adm{level}_name":"a","valid_on":"{valid}""#
        )
    };
    let mut import = |name: &str, properties: &[String]| {
        let features: Vec<(&str, &str)> = properties.iter().map(|p| (p.as_str(), square.as_str())).collect();
        let imported = import(&mut lake, &file(&folder, name, collection(&features)));
        assert_eq!(imported[0].outcome, Outcome::Committed);
        imported[0].dataset.clone()
    };
    let old = [area(1, "CF", "CF11", "2015-06-15"), area(1, "CF", "CF12", "2015-06-15")];
    assert_eq!(import("a.geojson", &old), "cod-ab/adm1");
    assert_eq!(
        import("b.geojson", &[area(2, "CF", "CF111", "2015-06-15")]),
        "cod-ab/adm2"
    );
    assert_eq!(
        import("c.geojson", &[area(1, "TD", "TD01", "2016-06-15")]),
        "cod-ab/adm1"
    );
    assert_eq!(
        import("d.geojson", &[area(1, "CF", "CF11", "2020-06-15")]),
        "cod-ab/adm1"
    );
    let places = |at: ViewAt| -> Vec<String> {
        let view = lake.view(&at).unwrap();
        let batches = view
            .collect("SELECT place, geometry FROM places ORDER BY place")
            .unwrap();
        let column = |batch: &arrow::array::RecordBatch| {
            let text = arrow::compute::cast(batch.column(0), &arrow::datatypes::DataType::Utf8).unwrap();
            assert_eq!(batch.column(1).null_count(), 0);
            arrow::array::AsArray::as_string::<i32>(&text)
                .iter()
                .flatten()
                .map(String::from)
                .collect::<Vec<_>>()
        };
        batches.iter().flat_map(column).collect()
    };
    assert_eq!(places(ViewAt::default()), ["CF11", "CF111", "TD01"]);
    let before = ViewAt {
        as_of: Some(date(2019, 1, 1)),
        ..ViewAt::default()
    };
    assert_eq!(places(before), ["CF11", "CF111", "CF12", "TD01"]);
}

#[test]
fn a_file_with_a_part_of_a_country_alone_adds_to_the_country() {
    let square = polygon(SQUARE);
    let country =
        |code: &str| format!(r#""ADM0_A3":"{code}","SOV_A3":"{code}","ISO_A3":"-99","NAME_LONG":"a","NAME":"a""#);
    let alone = taken::text("a.geojson", &collection(&[(&country("SOL"), &square)]));
    assert_eq!((alone.coverage.partial, &alone.coverage.places), (true, &None));
    assert_eq!(alone.places[0].place, "SOM/Somaliland");
    let both = taken::text(
        "a.geojson",
        &collection(&[(&country("SOL"), &square), (&country("SOM"), &square)]),
    );
    assert_eq!(
        (both.coverage.partial, both.coverage.places),
        (false, Some(vec!["SOM".to_string()]))
    );
    assert_eq!(both.places[1].other_name.as_deref(), Some("a"));
}

#[test]
fn a_shapefile_and_a_geopackage_are_imported_whole() {
    let folder = folder();
    let mut lake = Lake::open_or_create(&folder.path().join("lake").display().to_string()).unwrap();
    let areas = drawn::areas();
    let shp = drawn::shapefile(&folder.path().join("a.shp"), &areas, PRJ, "");
    assert_eq!(import(&mut lake, &shp)[0].findings.rows_kept, 3);
    let gpkg = drawn::geopackage(
        &folder.path().join("a.gpkg"),
        &[("a", &areas[..1]), ("b", &areas[1..])],
        4326,
    );
    let imported = import(&mut lake, &gpkg);
    let kept: Vec<u64> = imported.iter().map(|one| one.findings.rows_kept).collect();
    assert_eq!(kept, [1, 2]);
    assert!(
        import(&mut lake, &gpkg)
            .iter()
            .all(|one| one.outcome == Outcome::AlreadyThere)
    );
}

proptest::proptest! {
    /// Stars around a centre: the point given for a place is always within.
    #[test]
    fn the_point_of_a_place_lies_within(radii in proptest::collection::vec(0.01_f64..1.0, 5..40)) {
        let corner = |(at, radius): (usize, &f64)| {
            let angle = std::f64::consts::TAU * at as f64 / radii.len() as f64;
            (20.0 + radius * angle.cos(), 6.0 + radius * angle.sin())
        };
        let star = Polygon::new(LineString::from(radii.iter().enumerate().map(corner).collect::<Vec<_>>()), vec![]);
        let area = Drawn { pcode: "CF11", name: "a", other: "", geometry: star.into() };
        let taken = taken::text("a.geojson", &drawn::geojson(&[area], ""));
        let place = &taken.places[0];
        let point = Point::new(place.longitude.unwrap(), place.latitude.unwrap());
        proptest::prop_assert!(outline(place).contains(&point));
        proptest::prop_assert!(taken.findings.list().is_empty(), "{:?}", taken.findings.list());
    }
}

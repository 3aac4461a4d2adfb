//! The world as Natural Earth draws it, with the built-in worldview.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use geo::orient::Direction;
use geo::{Contains, Coord, CoordsIter, GeodesicArea, LineString, MultiPolygon, Orient, Polygon, Validation, Winding};
use lysoen_maps::{Layers, Map, Shape, WORLD_TOLERANCE_KM2, Worldview};
use serde_json::Value;

use crate::made::Point;
use crate::read::{Topology, layers, topology};

/// The worlds at 1:50 and 1:110 million; read once.
static WORLDS: LazyLock<Vec<(&str, Map)>> = LazyLock::new(|| ["50m", "110m"].map(|scale| (scale, world(scale))).into());

fn world(scale: &str) -> Map {
    let (map, findings) = Map::new(shapes(scale), &Worldview::built_in().unwrap());
    assert!(findings.is_empty(), "{scale}: {findings:?}");
    map
}

/// What the card says that the publisher's codes mean.
fn meanings() -> BTreeMap<String, String> {
    let card = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/sources/natural-earth.toml");
    let card: toml::Table = std::fs::read_to_string(card).unwrap().parse().unwrap();
    let means = card["layout"][0]["place"]["means"].as_table().unwrap();
    means
        .iter()
        .map(|(code, place)| (code.clone(), place.as_str().unwrap().to_string()))
        .collect()
}

fn shapes(scale: &str) -> Vec<Shape> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/boundaries");
    let file = File::open(folder.join(format!("ne_{scale}_admin_0_countries.json.gz"))).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let means = meanings();
    let shapes = json["features"].as_array().unwrap().iter().filter_map(|feature| {
        let code = feature["properties"]["ADM0_A3"].as_str().unwrap();
        let place = means.get(code).map_or(code, String::as_str);
        let part = place.split_once('/').map(|(country, _)| country.to_string());
        (!place.is_empty()).then(|| Shape {
            place: place.to_string(),
            name: feature["properties"]["NAME_LONG"].as_str().unwrap().to_string(),
            level: u8::from(part.is_some()),
            country: part,
            geometry: geometry(&feature["geometry"]),
        })
    });
    shapes.collect()
}

fn geometry(json: &Value) -> MultiPolygon<f64> {
    let list = |value: &Value| value.as_array().unwrap().clone();
    let at = |at: &Value| Coord {
        x: at[0].as_f64().unwrap(),
        y: at[1].as_f64().unwrap(),
    };
    let line = |ring: &Value| LineString(list(ring).iter().map(at).collect());
    let polygon = |rings: &Value| {
        let mut rings = list(rings).iter().map(line).collect::<Vec<_>>();
        Polygon::new(rings.remove(0), rings)
    };
    match json["type"].as_str().unwrap() {
        "Polygon" => MultiPolygon(vec![polygon(&json["coordinates"])]),
        _ => MultiPolygon(list(&json["coordinates"]).iter().map(polygon).collect()),
    }
}

/// The arcs of a kind that have a vertex in a box.
fn arcs_in(topology: &Topology, kind: &str, [west, south, east, north]: [f64; 4]) -> usize {
    let is_in = |at: &Point| at[0] > west && at[0] < east && at[1] > south && at[1] < north;
    let arcs = topology.borders().remove(kind).unwrap_or_default();
    arcs.iter().filter(|arc| topology.arcs[**arc].iter().any(is_in)).count()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn crimea_is_ukraine_and_no_line_parts_it_from_the_rest() {
    for (scale, map) in WORLDS.iter() {
        assert_eq!(map.place_at(34.1, 44.95), Some("UKR"), "{scale}");
        assert_eq!(map.place_at(33.55, 45.2), Some("UKR"), "{scale}");
        assert_eq!(map.place_at(30.5, 50.45), Some("UKR"), "{scale}");
        assert_eq!(map.place_at(38.98, 45.04), Some("RUS"), "{scale}: Krasnodar");
        let topology = topology(map, 0, 0.0, &[]);
        assert_eq!(topology.between("UKR", "RUS"), ["international"]);
        for kind in ["international", "undetermined"] {
            assert_eq!(arcs_in(&topology, kind, [32.0, 44.0, 36.6, 46.3]), 0, "{scale} {kind}");
        }
        // Perekop, on the former line.
        assert_eq!(map.place_at(33.67, 46.12), Some("UKR"), "{scale}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn lines_that_are_not_final_are_undetermined() {
    for (scale, map) in WORLDS.iter() {
        let topology = topology(map, 0, 0.0, &[]);
        for (one, other) in [
            ("ESH", "MAR"),
            ("XKX", "SRB"),
            ("SDN", "SSD"),
            ("AB9", "SDN"),
            ("AB9", "SSD"),
            ("ISR", "PSE"),
            ("KOR", "PRK"),
        ] {
            assert_eq!(topology.between(one, other), ["undetermined"], "{scale} {one} {other}");
        }
        for (one, other) in [("IND", "PAK"), ("CHN", "IND")] {
            assert_eq!(
                topology.between(one, other),
                ["international", "undetermined"],
                "{scale} {one} {other}"
            );
        }
        assert_eq!(topology.between("ESH", "MRT"), ["international"]);
        assert_eq!(topology.between("FRA", "DEU"), ["international"]);
        assert_eq!(
            arcs_in(&topology, "international", [73.5, 33.0, 78.0, 36.5]),
            0,
            "{scale}: the Line of Control"
        );
        assert_eq!(
            arcs_in(&topology, "undetermined", [69.0, 24.0, 72.0, 31.0]),
            0,
            "{scale}: Punjab and Rajasthan"
        );
        assert!(
            arcs_in(&topology, "coast", [73.5, 33.0, 78.0, 36.5]) == 0,
            "{scale}: no coast in the Himalaya"
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn places_lie_where_the_view_says() {
    let expected = [
        (-12.9, 24.5, Some("ESH")),
        (-12.9, 27.0, Some("ESH")),
        (-15.0, 23.0, Some("ESH")),
        (-11.0, 28.0, Some("MAR")),
        (21.17, 42.66, Some("XKX")),
        (28.43, 9.6, Some("AB9")),
        (28.4, 10.5, Some("SDN")),
        (28.4, 9.0, Some("SSD")),
        (44.06, 9.56, Some("SOM")),
        (45.34, 2.05, Some("SOM")),
        (74.8, 34.1, Some("IND")),
        (33.3, 35.3, Some("CYP")),
        (33.4, 35.0, Some("CYP")),
        (35.2, 31.95, Some("PSE")),
        (-30.0, 0.0, None),
    ];
    for (scale, map) in WORLDS.iter() {
        for (lon, lat, place) in expected {
            assert_eq!(map.place_at(lon, lat), place, "{scale} {lon} {lat}");
        }
    }
    assert_eq!(
        WORLDS[0].1.place_at(77.2, 35.4),
        None,
        "the Siachen Glacier belongs to no place"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn abyei_has_the_area_of_its_box_north_of_the_border_of_1956() {
    for (scale, map) in WORLDS.iter() {
        let abyei = map.places(0).iter().find(|place| place.place == "AB9").unwrap();
        // The award's area is some 10,460 km².
        assert!(
            (9_000.0..12_000.0).contains(&abyei.area_km2),
            "{scale} {}",
            abyei.area_km2
        );
        assert_eq!(abyei.bbox[2], 29.0);
        assert_eq!(abyei.bbox[3], 10.166_666_7);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn no_place_has_an_edge_that_jumps_across_the_map() {
    for (scale, map) in WORLDS.iter() {
        let topology = topology(map, 0, 0.0, &[]);
        for place in topology.places() {
            for ring in Topology::rings(place) {
                let jumps = |edge: &[Point]| (edge[0][0] - edge[1][0]).abs() > 180.0 && edge[0][1] > -89.9;
                assert!(!topology.line(&ring).windows(2).any(jumps), "{scale} {}", place["id"]);
            }
        }
        for arc in topology.borders().into_values().flatten() {
            let along = |edge: &[Point]| edge[0][0].abs() == 180.0 && edge[1][0].abs() == 180.0;
            assert!(
                !topology.arcs[arc].windows(2).any(along),
                "{scale}: a line along the end of the map"
            );
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn the_world_fits_a_page_and_no_place_is_lost() {
    for (scale, map) in WORLDS.iter() {
        let bytes = map.topojson(0, WORLD_TOLERANCE_KM2, &["ATA"]);
        assert!(bytes.len() < 250_000, "{scale} {}", bytes.len());
        let (world, full) = (
            topology(map, 0, WORLD_TOLERANCE_KM2, &["ATA"]),
            topology(map, 0, 0.0, &["ATA"]),
        );
        assert_eq!(world.places().len(), map.places(0).len() - 1);
        for (place, whole) in world.places().iter().zip(full.places()) {
            let (area, whole) = (world.area(place), full.area(whole));
            assert!(area > 0.0, "{scale} {}", place["id"]);
            assert!(
                whole < 2.0 || (area / whole - 1.0).abs() < 0.15,
                "{scale} {}: {area} {whole}",
                place["id"]
            );
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn areas_are_those_that_are_known() {
    let known = [
        ("FRA", 640_000.0),
        ("RUS", 16_900_000.0),
        ("LSO", 30_355.0),
        ("UKR", 600_000.0),
        ("SOM", 637_000.0),
    ];
    for (place, km2) in known {
        let found = WORLDS[0].1.places(0).iter().find(|at| at.place == place).unwrap();
        assert!((found.area_km2 / km2 - 1.0).abs() < 0.02, "{place} {}", found.area_km2);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn every_place_has_its_label_at_every_low_zoom_and_rings_are_sound() {
    for (scale, map) in WORLDS.iter() {
        for z in 0..4_u8 {
            let mut labels = 0;
            for (x, y) in (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| (x, y))) {
                let layers = layers(&map.tile(&Layers::of(0), z, x, y).unwrap().unwrap());
                labels += layers.get("labels").map_or(0, Vec::len);
                for feature in layers.get("places").into_iter().flatten() {
                    assert!(crate::read::doubled_area(&feature.lines[0]) > 0.0);
                    assert!(
                        feature
                            .lines
                            .iter()
                            .all(|ring| ring.len() >= 4 && ring.first() == ring.last())
                    );
                }
            }
            // All but Antarctica, whose point lies beyond Mercator's end.
            let beyond = map
                .places(0)
                .iter()
                .filter(|place| place.point[1].abs() > 85.05)
                .count();
            assert_eq!(labels, map.places(0).len() - beyond, "{scale} zoom {z}");
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn a_place_that_no_view_changes_keeps_its_area() {
    // Those that gain or lose by the view, and Antarctica, of which the source's ring ends short of the pole.
    let changed = [
        "RUS", "UKR", "SDN", "AB9", "MAR", "ESH", "SOM", "CYP", "GBR", "KAZ", "CUB", "AUS", "FRA", "ATA",
    ];
    for (scale, map) in WORLDS.iter() {
        let mut compared = 0;
        for shape in shapes(scale)
            .into_iter()
            .filter(|shape| !changed.contains(&shape.place.as_str()))
        {
            let Some(place) = map.places(0).iter().find(|place| place.place == shape.place) else {
                continue;
            };
            let km2 = shape.geometry.orient(Direction::Default).geodesic_area_unsigned() / 1e6;
            // A neighbour's vertex parts a long edge, which was a geodesic, in two.
            // Those at ±180° are drawn to it where the source ends some metres beside it.
            let allowed = if place.bbox[0] == -180.0 {
                2.0
            } else {
                1e-3 + 2e-6 * km2
            };
            assert!(
                (place.area_km2 - km2).abs() < allowed,
                "{scale} {}: {} {km2}",
                shape.place,
                place.area_km2
            );
            compared += 1;
        }
        assert!(compared > 150, "{scale} {compared}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn the_polygons_of_a_place_are_valid_turn_as_they_should_and_are_all_of_it() {
    for (scale, map) in WORLDS.iter() {
        for place in map.places(0) {
            let polygons = map.geometry(0, &place.place).unwrap();
            let why = polygons.validation_errors();
            assert!(why.is_empty(), "{scale} {}: {why:?}", place.place);
            for polygon in &polygons {
                assert!(polygon.exterior().is_ccw() && polygon.interiors().iter().all(Winding::is_cw));
            }
            assert!(
                polygons
                    .coords_iter()
                    .all(|at| at.x.abs() <= 180.0 && at.y.abs() <= 90.0)
            );
            let km2 = polygons.geodesic_area_unsigned() / 1e6;
            assert!((km2 - place.area_km2).abs() < 1e-6, "{scale} {}", place.place);
        }
        let crimea = Coord { x: 34.1, y: 44.95 };
        let has = |place: &str| map.geometry(0, place).unwrap().contains(&crimea);
        assert!(has("UKR") && !has("RUS"), "{scale}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "the shared data is not here")]
fn places_are_found_in_a_box_also_across_the_end_of_the_map() {
    let found = |bounds| -> Vec<String> {
        let found = WORLDS[0].1.in_box(0, bounds).into_iter();
        found.map(|place| place.place.clone()).collect()
    };
    assert_eq!(found([177.0, -20.0, -178.0, -15.0]), ["FJI"]);
    // Within a polygon, and within the box that is around France and its overseas departments but far from them.
    assert_eq!(found([2.0, 47.0, 2.1, 47.1]), ["FRA"]);
    assert_eq!(found([-30.0, 0.0, -29.0, 1.0]), Vec::<String>::new());
    assert_eq!(found([34.0, 44.9, 34.2, 45.0]), ["UKR"]);
    assert_eq!(found([-180.0, -90.0, 180.0, 90.0]).len(), WORLDS[0].1.places(0).len());
}

//! Land borders: those of the catalog are the borders of the map from which they were taken.

use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::neighbours::Neighbours;

fn beside(one: &str) -> Vec<&'static str> {
    let of = |(a, b): (&'static str, &'static str)| match one {
        _ if a == one => Some(b),
        _ if b == one => Some(a),
        _ => None,
    };
    Neighbours::builtin().pairs().filter_map(of).collect()
}

#[test]
fn the_central_african_republic_has_six_neighbours_and_iceland_none() {
    assert_eq!(beside("CAF"), ["CMR", "COD", "COG", "SDN", "SSD", "TCD"]);
    assert!(beside("ISL").is_empty());
}

#[test]
fn french_guiana_lies_beside_brazil_and_france_does_not() {
    let (borders, crosswalk) = (Neighbours::builtin(), Crosswalk::builtin());
    assert!(borders.are_beside("GUF", "BRA", crosswalk));
    assert!(!borders.are_beside("FRA", "BRA", crosswalk));
}

#[test]
fn a_joint_place_has_the_borders_of_its_parts_and_a_former_state_those_of_the_states_after_it() {
    let (borders, crosswalk) = (Neighbours::builtin(), Crosswalk::builtin());
    let places = ["EGY", "ISR", "ISR+PSE", "JOR", "LBN", "SAU", "SYR"].map(String::from);
    let found = borders.among(&places, crosswalk);
    // Israel lies in the joint place and is not beside it.
    assert_eq!(found[2], [0, 3, 4, 6]);
    assert_eq!(found[1], [0, 3, 4, 6]);
    assert!(borders.are_beside("SUN", "AFG", crosswalk));
    assert!(borders.are_beside("YUG", "ALB", crosswalk) && !borders.are_beside("YUG", "BIH", crosswalk));
    for (nth, list) in found.iter().enumerate() {
        for other in list {
            assert!(found[*other as usize].contains(&(nth as u32)), "{nth} and {other}");
        }
    }
}

#[test]
fn a_pair_is_refused_where_it_stands_twice_or_backwards_or_with_an_unknown_code() {
    let refused = |text: &str| {
        let parsed = Neighbours::parse(text, Crosswalk::builtin());
        parsed.err().map(|why| why.to_string()).unwrap_or_default()
    };
    assert!(refused("[borders]\nAFG = [\"IRN\", \"IRN\"]").contains("twice"));
    assert!(refused("[borders]\nIRN = [\"AFG\"]").contains("comes first"));
    assert!(refused("[borders]\nAFG = [\"XQX\"]").contains("XQX"));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_borders_are_those_of_natural_earth_but_for_what_the_file_says() {
    #[cfg(shared_data)]
    {
        let text = derived::text();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/places/neighbours.toml");
        if std::env::var_os("UPDATE_NEIGHBOURS").is_some() {
            std::fs::write(path, &text).expect("the catalog can be written");
        }
        let committed = std::fs::read_to_string(path).expect("the borders");
        assert!(
            committed == text,
            "run UPDATE_NEIGHBOURS=1 cargo test --release --workspace neighbours"
        );
    }
}

/// The borders taken anew from the map.
#[cfg(shared_data)]
mod derived {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::Value;

    const HEADER: &str = "\
# Countries that share a land border, each pair once, at the code that is first in the alphabet.
#
# Derived from Natural Earth's admin-0 countries at 1:50m, version 4.0 (public domain, https://www.naturalearthdata.com):
# two countries are neighbours where their outlines have a line in common. A test derives them anew.
#
# What is not as the map draws it:
# - Kosovo is XKX, Palestine PSE, Western Sahara ESH, South Sudan SSD; Somaliland is taken as Somalia's and Northern Cyprus
#   as Cyprus's. The Siachen Glacier is left out: the countries around it touch elsewhere.
# - French Guiana (GUF), which the map draws as France, has the borders with Brazil and Suriname; France has none there,
#   for what is asked of a neighbour is whether harm is near.
# - BWA and ZMB are added: their border of 150 metres is a point on the map. NAM and ZWE, which meet there too, are not.
# - ESP has GIB and, by Ceuta and Melilla, MAR: too small for the map.
# The borders are de facto ones of today and say nothing of whose a territory is.
";

    /// The map's code and the place's.
    const CODES: [(&str, &str); 6] = [
        ("KOS", "XKX"),
        ("PSX", "PSE"),
        ("SAH", "ESH"),
        ("SDS", "SSD"),
        ("SOL", "SOM"),
        ("CYN", "CYP"),
    ];
    const LEFT_OUT: &str = "KAS";
    const ADDED: [(&str, &str); 3] = [("BWA", "ZMB"), ("ESP", "GIB"), ("ESP", "MAR")];

    type Point = (i64, i64);

    pub(super) fn text() -> String {
        let map: Value = serde_json::from_str(&crate::shared::text("boundaries/ne_50m_admin_0_countries.json.gz"))
            .expect("a GeoJSON file");
        let mut sides: BTreeMap<(Point, Point), BTreeSet<String>> = BTreeMap::new();
        for country in map["features"].as_array().expect("features") {
            let own = country["properties"]["ADM0_A3"].as_str().expect("a code");
            if own == LEFT_OUT {
                continue;
            }
            let code = CODES
                .iter()
                .find(|(theirs, _)| *theirs == own)
                .map_or(own, |(_, ours)| ours);
            for ring in rings(&country["geometry"]) {
                for pair in ring.windows(2) {
                    let side = (pair[0].min(pair[1]), pair[0].max(pair[1]));
                    sides.entry(side).or_default().insert(part(code, side.0).to_owned());
                }
            }
        }
        let mut pairs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (one, other) in ADDED {
            pairs.entry(one.to_owned()).or_default().insert(other.to_owned());
        }
        for sharing in sides.values() {
            for one in sharing {
                let others = sharing.iter().filter(|other| one < *other).cloned();
                pairs.entry(one.clone()).or_default().extend(others);
            }
        }
        let mut text = format!("{HEADER}\n[borders]\n");
        for (one, others) in pairs.iter().filter(|(_, others)| !others.is_empty()) {
            let others: Vec<String> = others.iter().map(|other| format!("\"{other}\"")).collect();
            text.push_str(&format!("{one} = [{}]\n", others.join(", ")));
        }
        text
    }

    /// France south of 10° N and west of 50° W is French Guiana.
    fn part(code: &str, (east, north): Point) -> &str {
        if code == "FRA" && north < 10 * GRAIN && east < -50 * GRAIN {
            "GUF"
        } else {
            code
        }
    }

    /// A degree in ten thousandths, about ten metres.
    const GRAIN: i64 = 10_000;

    fn rings(geometry: &Value) -> Vec<Vec<Point>> {
        let polygons = match geometry["type"].as_str() {
            Some("Polygon") => vec![&geometry["coordinates"]],
            _ => geometry["coordinates"].as_array().expect("polygons").iter().collect(),
        };
        let rings = polygons
            .into_iter()
            .flat_map(|polygon| polygon.as_array().expect("rings"));
        let point = |at: &Value| {
            let degree = |axis: usize| (at[axis].as_f64().expect("a degree") * GRAIN as f64).round() as i64;
            (degree(0), degree(1))
        };
        rings
            .map(|ring| ring.as_array().expect("points").iter().map(point).collect())
            .collect()
    }
}

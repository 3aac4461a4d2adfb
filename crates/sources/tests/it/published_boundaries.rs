//! Boundaries as they were published.

use geo::{Contains, Geometry, Point};
use geozero::ToGeo;
use geozero::wkb::Wkb;
use jiff::civil::date;
use lysoen_sources::catalog::{Catalog, read_mapping};
use lysoen_sources::finding::Severity;

use crate::cards::CARD;
use crate::taken::{self, Place, Taken, shared};

fn outline(place: &Place) -> Option<Geometry<f64>> {
    Wkb(place.geometry.clone()?).to_geo().ok()
}

fn square_kilometres(taken: &Taken) -> f64 {
    taken.places.iter().filter_map(|place| place.area_km2).sum()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_areas_of_the_central_african_republic_cover_it_at_every_level() {
    let mut whole = 0.0;
    for (level, areas) in [(0, 1), (1, 17), (2, 72), (3, 175)] {
        let taken = taken::file(&shared(&format!("boundaries/cod_ab_caf_admin{level}.parquet")));
        assert_eq!(
            (taken.layout.as_str(), &taken.dataset),
            ("cod-ab/areas", &format!("adm{level}"))
        );
        assert_eq!(taken.counts(), [areas, areas, 0, 0]);
        assert_eq!(taken.texts(Severity::Warning), [""; 0]);
        assert_eq!(taken.vintage.as_ref().map(|v| v.date), Some(date(2015, 6, 15)));
        assert_eq!(taken.coverage.places, Some(vec!["CAF".to_string()]));
        let sum = square_kilometres(&taken);
        assert!((620_000.0..623_000.0).contains(&sum), "level {level}: {sum} km²");
        if level == 0 {
            whole = sum;
        }
        assert!((sum / whole - 1.0).abs() < 1e-6, "level {level}: {sum} km² of {whole}");
        for place in &taken.places {
            let point = Point::new(place.longitude.unwrap(), place.latitude.unwrap());
            assert!(outline(place).unwrap().contains(&point), "{place:?}");
            assert_eq!((place.country.as_deref(), place.level), (Some("CAF"), level));
            assert_eq!(place.valid_from, Some(date(2015, 6, 15)));
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn each_area_of_the_central_african_republic_lies_in_its_parent() {
    let levels =
        [0, 1, 2, 3].map(|level| taken::file(&shared(&format!("boundaries/cod_ab_caf_admin{level}.parquet"))).places);
    assert_eq!(
        (levels[0][0].place.as_str(), levels[0][0].kind.as_str()),
        ("CAF", "country")
    );
    assert_eq!(levels[0][0].name, "Central African Republic");
    assert_eq!(levels[0][0].other_name.as_deref(), Some("République centrafricaine"));
    for level in 1..=3 {
        for place in &levels[level] {
            let parent = levels[level - 1]
                .iter()
                .find(|other| Some(&other.place) == place.parent.as_ref());
            let parent = parent.unwrap_or_else(|| panic!("{place:?}"));
            let point = Point::new(place.longitude.unwrap(), place.latitude.unwrap());
            assert!(
                outline(parent).unwrap().contains(&point),
                "{} in {}",
                place.place,
                parent.place
            );
            assert_eq!(place.kind, "area");
        }
    }
    let mobaye = levels[3].iter().find(|place| place.place == "CF6111").unwrap();
    assert_eq!(
        (mobaye.name.as_str(), mobaye.parent.as_deref()),
        ("Mobaye", Some("CF611"))
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_points_of_the_central_african_republic_go_one_level_deeper() {
    let taken = taken::file(&shared("boundaries/cod_ab_caf_adminpoints.parquet"));
    assert_eq!(
        (taken.layout.as_str(), taken.dataset.as_str()),
        ("cod-ab/points", "points")
    );
    let of = |level| taken.places.iter().filter(|place| place.level == level).count();
    // Of the 202 points of level 4, 26 have no P-code and four have that of another.
    assert_eq!([of(0), of(1), of(2), of(3), of(4)], [1, 17, 72, 175, 172]);
    assert_eq!(taken.counts(), [467, 437, 30, 0]);
    let again = taken
        .texts(Severity::Rejected)
        .iter()
        .filter(|text| text.contains(" again, "))
        .count();
    assert_eq!(again, 4);
    assert!(
        taken
            .places
            .iter()
            .all(|place| place.geometry.is_none() && place.latitude.is_some())
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn natural_earth_has_a_place_for_each_country() {
    for (name, features, kept) in [
        ("ne_110m_admin_0_countries.json.gz", 177, 177),
        ("ne5_110m_admin_0_all.geojson.gz", 177, 177),
        ("ne_50m_admin_0_countries.json.gz", 241, 239),
    ] {
        let taken = taken::file(&shared(&format!("boundaries/{name}")));
        assert_eq!(
            (taken.layout.as_str(), taken.dataset.as_str()),
            ("natural-earth/admin0", "admin0")
        );
        assert_eq!(
            taken.counts(),
            [features, kept, 0, features - kept],
            "{:?}",
            taken.findings.list()
        );
        let complete = taken.coverage.places.clone().unwrap();
        // Complete for each country, and for none because of a part of it.
        assert_eq!(
            complete.len() as u64,
            taken.places.iter().filter(|place| place.level == 0).count() as u64
        );
        assert!(["SOM", "CYP"].iter().all(|id| complete.iter().any(|place| place == id)));
        let place = |id: &str| {
            taken
                .places
                .iter()
                .find(|place| place.place == id)
                .unwrap_or_else(|| panic!("{id}"))
        };
        for id in ["FRA", "NOR", "XKX", "SSD", "PSE", "ESH", "CYP", "SOM"] {
            assert_eq!((place(id).level, place(id).kind.as_str()), (0, "country"), "{id}");
        }
        let somaliland = place("SOM/Somaliland");
        assert_eq!((somaliland.level, somaliland.country.as_deref()), (1, Some("SOM")));
        // Land and inland water of Norway's mainland with Svalbard: 385,207 km² (Kartverket).
        let norway = place("NOR").area_km2.unwrap();
        assert!((norway / 385_207.0 - 1.0).abs() < 0.08, "{norway}");
        // Land and ice shelves of Antarctica: about 14 million km².
        let antarctica = place("ATA").area_km2.unwrap() / 1e6;
        assert!((11.5..14.5).contains(&antarctica), "{antarctica}");
        // The Earth's land is 149 million km², lakes included.
        let land = square_kilometres(&taken) / 1e6;
        assert!((144.0..152.0).contains(&land), "{land}");
        for place in &taken.places {
            let point = Point::new(place.longitude.unwrap(), place.latitude.unwrap());
            assert!(outline(place).unwrap().contains(&point), "{} {point:?}", place.place);
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn natural_earth_has_states_and_provinces_of_four_countries() {
    let taken = taken::file(&shared("boundaries/ne_50m_admin_1_states_provinces.json.gz"));
    assert_eq!(
        (taken.layout.as_str(), taken.dataset.as_str()),
        ("natural-earth/admin1", "admin1")
    );
    // Jervis Bay Territory has no code of ISO 3166-2: AU-X02~.
    assert_eq!(taken.counts(), [100, 99, 1, 0]);
    assert!(taken.texts(Severity::Rejected)[0].contains("AU-X02~"));
    let countries = ["AUS", "BRA", "CAN", "USA"].map(String::from).to_vec();
    assert_eq!(taken.coverage.places, Some(countries));
    let western = taken.places.iter().find(|place| place.place == "AU-WA").unwrap();
    assert_eq!(
        (western.parent.as_deref(), western.name.as_str()),
        (Some("AUS"), "Western Australia")
    );
    // 2,527,013 km² (Geoscience Australia).
    assert!(
        (western.area_km2.unwrap() / 2_527_013.0 - 1.0).abs() < 0.02,
        "{:?}",
        western.area_km2
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn areas_of_the_ipc_are_read_by_a_mapping() {
    let layout = r#"
[[layout]]
name = "areas"
reader = "boundaries"
scope = "countries"
place = { fixed = "AFG" }
recognise = { columns = ["aar_id", "title", "overall_phase"], geometry = true }
area = { name = ["title"], level = 1 }
"#;
    let catalog = Catalog::of([read_mapping("mapping.toml", &format!("{CARD}{layout}")).unwrap()]);
    let taken = taken::take(&catalog, &shared("boundaries/ipc_afg_areas.geojson.gz"), None).unwrap();
    assert_eq!(taken.counts(), [45, 45, 0, 0], "{:?}", taken.findings.list());
    let drawn: Vec<&Place> = taken.places.iter().filter(|place| place.geometry.is_some()).collect();
    assert_eq!((drawn.len(), taken.places.len()), (34, 45));
    let jawzjan = drawn.iter().find(|place| place.place == "AFG/Jawzjan").unwrap();
    assert_eq!((jawzjan.level, jawzjan.parent.as_deref()), (1, Some("AFG")));
    let point = Point::new(jawzjan.longitude.unwrap(), jawzjan.latitude.unwrap());
    assert!(outline(jawzjan).unwrap().contains(&point));
}

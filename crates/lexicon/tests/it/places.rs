use lysoen_lexicon::place::{PlaceId, PlaceKind};
use lysoen_lexicon::priogrid::PrioGrid;

#[test]
fn a_place_id_says_what_it_stands_for() {
    for (text, kind) in [
        ("WLD", PlaceKind::World),
        ("UKR", PlaceKind::Country),
        ("ISR+PSE", PlaceKind::Joint),
        ("CF11", PlaceKind::Area),
        ("pc:LSA", PlaceKind::Area),
        ("pc:3501000", PlaceKind::Area),
        ("AB9", PlaceKind::Area),
        ("pg:182652", PlaceKind::Cell),
        ("UNK", PlaceKind::Unknown),
        ("XSL", PlaceKind::Unknown),
    ] {
        let place: PlaceId = text.parse().unwrap_or_else(|why| panic!("{why}"));
        assert_eq!((place.as_str(), place.kind()), (text, kind));
    }
}

#[test]
fn what_is_no_place_is_refused_with_what_to_write() {
    for text in [
        "",
        "ukr",
        "Ukraine",
        "UK",
        "pg:0",
        "pg:259201",
        "ISR+",
        "ISR+ISR",
        "ISR+WLD",
        "pc:",
        "3501000",
        "ECNO APLICA",
        "Unspecified",
    ] {
        assert!(text.parse::<PlaceId>().is_err(), "{text}");
    }
    assert_eq!(
        "Ukraine".parse::<PlaceId>().expect_err("refused").to_string(),
        "`Ukraine` is not a place; write a country as `UKR`, an area as `CF11`, a grid cell as `pg:182652` or the world as `WLD`"
    );
    assert!(PlaceId::country("WLD").is_err());
}

#[test]
fn one_place_has_one_text() {
    assert_eq!("PSE+ISR".parse::<PlaceId>(), "ISR+PSE".parse());
    assert_eq!("pc:CF11".parse::<PlaceId>(), "CF11".parse());
    assert_eq!("pg:0182652".parse::<PlaceId>(), "pg:182652".parse());
}

#[test]
fn a_p_code_that_looks_like_a_country_stays_an_area() {
    let leribe = PlaceId::area("LSC").expect("an area");
    assert_eq!(
        (leribe.as_str(), leribe.kind(), leribe.pcode()),
        ("pc:LSC", PlaceKind::Area, Some("LSC"))
    );
    assert_eq!(PlaceId::area("CF11").expect("an area").pcode(), Some("CF11"));
    assert_eq!(PlaceId::world().pcode(), None);
}

#[test]
fn a_joint_place_and_a_cell_open_up() {
    let joint = PlaceId::joint(&["PSE", "ISR"]).expect("a joint place");
    let parts: Vec<String> = joint.parts().iter().map(ToString::to_string).collect();
    assert_eq!(parts, ["ISR", "PSE"]);
    let cell = PrioGrid::new(182_652).expect("a cell");
    assert_eq!(PlaceId::cell(cell).as_cell(), Some(cell));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_p_code_of_the_global_list_is_an_area_but_for_two_placeholders() {
    #[cfg(shared_data)]
    {
        let rows = crate::shared::distinct("boundaries/global_pcodes_adm_1_2.csv.gz", &["P-Code"]);
        let refused: Vec<_> = rows
            .iter()
            .map(|row| row[0].as_str())
            .filter(|code| PlaceId::area(code).is_err())
            .collect();
        assert_eq!(refused, ["ECNO APLICA", "Unspecified"]);
        assert!(rows.len() > 33_000);
        for row in rows.iter().filter(|row| !refused.contains(&row[0].as_str())) {
            let area = PlaceId::area(&row[0]).expect("an area");
            assert_eq!(area.kind(), PlaceKind::Area);
            assert_eq!(area.as_str().parse::<PlaceId>().expect("the same area"), area);
        }
    }
}

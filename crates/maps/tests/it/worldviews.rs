//! Worldviews applied to made-up places.

use lysoen_maps::{Map, Shape, Worldview};

use crate::made::{block, country, map, square, view};
use crate::read::topology;

#[test]
fn the_built_in_view_says_whose_it_is_and_disclaims() {
    let view = Worldview::built_in().unwrap();
    assert!(view.title.contains("United Nations"));
    assert!(view.disclaimer.contains("do not imply"));
    assert!(!view.disclaimer.contains('\n'));
    let reasons = view.reasons();
    assert!(
        reasons[0].contains("68/262") && reasons.iter().all(|why| !why.contains('\n')),
        "{reasons:?}"
    );
}

#[test]
fn a_view_with_an_entry_that_is_not_known_or_gives_no_reason_is_an_error() {
    assert!(Worldview::parse("title = 'x'").is_err());
    assert!(Worldview::parse("title = 'x'\ndisclaimer = 'x'\n[[moved]]\n").is_err());
    let without_why = "title = 'x'\ndisclaimer = 'x'\n[[line]]\nbetween = ['A', 'B']\nkind = 'undetermined'";
    assert!(Worldview::parse(without_why).unwrap_err().to_string().contains("why"));
}

/// A mainland beside a peninsula that another place has, as two parts of it.
fn peninsula() -> Vec<Shape> {
    let parts = vec![
        vec![square([10.0, 0.0, 20.0, 10.0])],
        vec![square([0.0, -2.0, 5.0, 0.0])],
        vec![square([6.0, -1.0, 6.1, -0.9])],
    ];
    vec![block("UKR", [0.0, 0.0, 10.0, 10.0]), country("RUS", parts)]
}

#[test]
fn parts_around_a_point_or_in_a_box_go_to_the_other_place_and_the_line_between_goes() {
    let at = "[[transfer]]\nfrom = 'RUS'\nto = 'UKR'\nat = [2.0, -1.0]\nwhy = 'x'";
    let map_at = map(peninsula(), &view(at));
    assert_eq!(map_at.place_at(2.0, -1.0), Some("UKR"));
    assert_eq!(map_at.place_at(6.05, -0.95), Some("RUS"));
    let within = "[[transfer]]\nfrom = 'RUS'\nto = 'UKR'\nwithin = [-1.0, -3.0, 7.0, 0.5]\nwhy = 'x'";
    let map = map(peninsula(), &view(within));
    assert_eq!(map.place_at(6.05, -0.95), Some("UKR"));
    assert_eq!(map.place_at(15.0, 5.0), Some("RUS"));
    let topology = topology(&map, 0, 0.0, &[]);
    assert_eq!(topology.between("UKR", "RUS"), ["international"]);
    let on_the_isthmus = |at: &[f64; 2]| at[1] == 0.0 && at[0] > 0.0 && at[0] < 5.0;
    assert!(!topology.arcs.iter().flatten().any(on_the_isthmus));
    assert_eq!(topology.area(topology.place("UKR")).round(), 110.0);
}

#[test]
fn an_area_that_lies_in_what_was_transferred_is_of_the_other_country() {
    let mut shapes = peninsula();
    shapes.push(Shape {
        level: 1,
        country: Some("RUS".to_string()),
        ..block("RU91", [0.0, -2.0, 5.0, 0.0])
    });
    let within = "[[transfer]]\nfrom = 'RUS'\nto = 'UKR'\nwithin = [-1.0, -3.0, 7.0, 0.5]\nwhy = 'x'";
    assert_eq!(map(shapes, &view(within)).places(1)[0].country.as_deref(), Some("UKR"));
}

#[test]
fn places_are_drawn_as_one_with_or_without_the_line_that_was_between_them() {
    let part = Shape {
        level: 1,
        country: Some("SOM".to_string()),
        ..block("SOM/Somaliland", [1.0, 0.0, 2.0, 1.0])
    };
    let shapes = vec![part, block("SOM", [0.0, 0.0, 1.0, 1.0])];
    for (line, count) in [("none", 0), ("undetermined", 1)] {
        let merge = format!("[[merge]]\nfrom = 'SOM/Somaliland'\ninto = 'SOM'\nline = '{line}'\nwhy = 'x'");
        let map = map(shapes.clone(), &view(&merge));
        assert_eq!(map.place_at(1.5, 0.5), Some("SOM"));
        assert_eq!(map.places(0)[0].name, "Land of SOM");
        assert_eq!(map.levels().collect::<Vec<_>>(), [0]);
        let topology = topology(&map, 0, 0.0, &[]);
        assert_eq!(topology.borders().get("undetermined").map_or(0, Vec::len), count);
        assert_eq!(topology.area(topology.place("SOM")), 2.0);
    }
}

#[test]
fn an_area_is_cut_out_of_one_side_and_the_neighbours_still_meet_it_line_by_line() {
    // The southern border slants, so that the box cuts it between its vertices.
    let north = vec![[0.0, 0.0], [10.0, 1.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
    let south = vec![[0.0, 0.0], [0.0, -10.0], [10.0, -10.0], [10.0, 1.0], [0.0, 0.0]];
    let shapes = vec![country("SDN", vec![vec![north]]), country("SSD", vec![vec![south]])];
    let carve =
        "[[carve]]\nplace = 'AB9'\nname = 'Abyei Area'\nof = 'SDN'\nwithin = [3.3333333, -5.0, 6.1, 2.0]\nwhy = 'x'
        [[line]]\nbetween = ['AB9', 'SSD']\nkind = 'undetermined'\nwhy = 'x'
        [[line]]\nbetween = ['AB9', 'SDN']\nkind = 'undetermined'\nwhy = 'x'";
    let map = map(shapes, &view(carve));
    assert_eq!(map.place_at(5.0, 1.0), Some("AB9"));
    assert_eq!(map.place_at(5.0, 2.1), Some("SDN"));
    assert_eq!(map.place_at(5.0, 0.0), Some("SSD"));
    let topology = topology(&map, 0, 0.0, &[]);
    assert_eq!(topology.between("AB9", "SSD"), ["undetermined"]);
    assert_eq!(topology.between("AB9", "SDN"), ["undetermined"]);
    assert_eq!(topology.between("SDN", "SSD"), ["international"]);
    let coast: usize = topology.borders()["coast"].len();
    assert_eq!(coast, 2, "no gap along the cut");
    let total: f64 = topology.places().iter().map(|place| topology.area(place)).sum();
    assert!((total - 200.0).abs() < 0.01, "{total}");
}

#[test]
fn what_is_cut_out_may_go_to_a_place_that_is_there() {
    let shapes = vec![
        block("MAR", [0.0, 0.0, 10.0, 10.0]),
        block("ESH", [10.0, 0.0, 20.0, 5.0]),
    ];
    let carve = "[[carve]]\nplace = 'ESH'\nname = 'x'\nof = 'MAR'\nwithin = [0.0, 0.0, 10.0, 5.0]\nwhy = 'x'";
    let map = map(shapes, &view(carve));
    assert_eq!(map.place_at(5.0, 4.0), Some("ESH"));
    assert_eq!(map.places(0)[0].name, "Land of ESH");
    let topology = topology(&map, 0, 0.0, &[]);
    assert_eq!(topology.area(topology.place("ESH")), 100.0);
    assert_eq!(topology.area(topology.place("MAR")), 50.0);
    assert_eq!(topology.borders()["international"].len(), 1);
}

#[test]
fn a_part_of_a_border_is_undetermined_and_the_rest_international() {
    let shapes = vec![
        country(
            "IND",
            vec![vec![vec![
                [0.0, 0.0],
                [1.0, 0.0],
                [1.0, 1.0],
                [1.0, 2.0],
                [0.0, 2.0],
                [0.0, 0.0],
            ]]],
        ),
        country(
            "PAK",
            vec![vec![vec![
                [1.0, 0.0],
                [2.0, 0.0],
                [2.0, 2.0],
                [1.0, 2.0],
                [1.0, 1.0],
                [1.0, 0.0],
            ]]],
        ),
    ];
    let line = "[[line]]\nbetween = ['PAK', 'IND']\nwithin = [0.0, 1.0, 2.0, 3.0]\nkind = 'undetermined'\nwhy = 'x'";
    let topology = topology(&map(shapes, &view(line)), 0, 0.0, &[]);
    let borders = topology.borders();
    assert_eq!(topology.arcs[borders["undetermined"][0]], [[1.0, 1.0], [1.0, 2.0]]);
    assert_eq!(topology.arcs[borders["international"][0]], [[1.0, 0.0], [1.0, 1.0]]);
}

#[test]
fn an_operation_on_places_that_are_not_there_changes_nothing() {
    let (map, findings) = Map::new(
        vec![block("AAA", [0.0, 0.0, 1.0, 1.0])],
        &Worldview::built_in().unwrap(),
    );
    assert!(findings.is_empty());
    assert_eq!(map.places(0).len(), 1);
}

//! Vector tiles of events.

use lysoen_maps::{EXACT_ZOOM, Event, Value, point_tile};

use crate::read::{Feature, layers};

fn event(lon: f64, lat: f64, deaths: i64) -> Event {
    let properties = vec![("id".to_string(), Value::Text(format!("{lon} {lat}")))];
    Event {
        lon,
        lat,
        deaths,
        properties,
    }
}

fn tile(events: &[Event], z: u8, x: u32, y: u32) -> Vec<Feature> {
    let bytes = point_tile(events, z, x, y).unwrap().unwrap();
    layers(&bytes).remove("events").unwrap_or_default()
}

#[test]
fn events_of_a_cell_are_one_point_at_low_zooms_and_points_of_their_own_at_high_ones() {
    let events = [event(10.01, 10.0, 3), event(10.02, 10.0, 4), event(60.0, 50.0, -1)];
    let world = tile(&events, 0, 0, 0);
    let counted: Vec<(i64, i64)> = world
        .iter()
        .map(|at| (at.integer("count"), at.integer("deaths")))
        .collect();
    assert_eq!(counted, [(1, -1), (2, 7)], "from north to south");
    assert_eq!(world[0].text("id"), "60 50");
    assert!(!world[1].properties.contains_key("id"));
    let exact = tile(&events, EXACT_ZOOM, 67, 60);
    assert_eq!(exact.iter().map(|at| at.integer("deaths")).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(exact[1].text("id"), "10.02 10");
    assert_ne!(exact[0].lines, exact[1].lines);
}

#[test]
fn no_event_is_lost_or_counted_twice_at_any_zoom() {
    let at = |n: i64| {
        event(
            (n * 7919 % 3600) as f64 / 10.0 - 180.0,
            (n * 104_729 % 1700) as f64 / 10.0 - 85.0,
            n % 5,
        )
    };
    let mut events: Vec<Event> = (0..500).map(at).collect();
    events.extend([event(180.0, 0.0, 1), event(-180.0, 0.0, 1), event(0.0, 0.0, 1)]);
    let deaths: i64 = events.iter().map(|event| event.deaths).sum();
    for z in 0..5_u8 {
        let tiles = (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| (x, y)));
        let features: Vec<Feature> = tiles.flat_map(|(x, y)| tile(&events, z, x, y)).collect();
        let sum = |name: &str| features.iter().map(|feature| feature.integer(name)).sum::<i64>();
        assert_eq!((sum("count"), sum("deaths")), (503, deaths), "zoom {z}");
        assert!(
            features
                .iter()
                .flat_map(|feature| feature.lines.iter().flatten())
                .flatten()
                .all(|at| (0.0..=4096.0).contains(at))
        );
    }
}

#[test]
fn positions_that_are_none_are_not_shown_and_tiles_that_are_none_are_none() {
    let events = [
        event(f64::NAN, 0.0, 1),
        event(0.0, f64::INFINITY, 1),
        event(0.0, 89.0, 1),
    ];
    assert_eq!(point_tile(&events, 0, 0, 0).unwrap(), Some(Vec::new()));
    assert_eq!(point_tile(&events, 1, 2, 0).unwrap(), None);
}

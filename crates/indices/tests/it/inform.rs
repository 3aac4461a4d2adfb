//! INFORM Risk against its published values.

use std::collections::BTreeMap;

use lysoen_indices::data::{Data, Unit};
use lysoen_indices::index::{Index, round};
use lysoen_lexicon::period::Period;

use crate::tables::{Table, build, build_plain, shipped};

/// The nodes of the tree and the columns of the release; and how many roundings a value computed from published parts may
/// be away.
const LEVELS: [(&str, &str); 11] = [
    ("natural", "Natural"),
    ("human", "Human"),
    ("hazard-and-exposure", "HAZARD & EXPOSURE"),
    ("socio-economic-vulnerability", "Socio-Economic Vulnerability"),
    ("other-vulnerable-groups", "Other Vulnerable Groups"),
    ("vulnerable-groups", "Vulnerable Groups"),
    ("vulnerability", "VULNERABILITY"),
    ("institutional", "Institutional"),
    ("infrastructure", "Infrastructure"),
    ("lack-of-coping-capacity", "LACK OF COPING CAPACITY"),
    ("risk", "INFORM RISK"),
];

fn release_of_2020() -> Table {
    Table::read("inform_reference/inform_gri_2020_v040.csv")
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn inform_risk_2020_is_reproduced_exactly_at_every_level_for_191_countries() {
    let table = release_of_2020();
    let outcome = build_plain(shipped("inform"), &table, "ISO3", &[]);
    assert_eq!(table.len(), 191);
    for (node, column) in LEVELS {
        let values = &outcome.node(node).unwrap().values;
        for (row, value) in values.iter().enumerate() {
            let published = table.number(row, column);
            let country = table.text(row, "ISO3");
            assert!(
                (value - published).abs() < 1e-9,
                "{country}, {column}: {value}, published {published}"
            );
        }
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn classes_and_ranks_of_inform_risk_2020_are_the_published_ones() {
    let table = release_of_2020();
    let outcome = build_plain(shipped("inform"), &table, "ISO3", &[]);
    for row in 0..table.len() {
        let class = outcome.classes[row].as_deref().unwrap();
        assert_eq!(
            class,
            table.text(row, "RISK CLASS").to_lowercase(),
            "{}",
            table.text(row, "ISO3")
        );
        let rank = outcome.index().ranks[row].map(f64::from);
        assert_eq!(rank, Some(table.number(row, "Rank")), "{}", table.text(row, "ISO3"));
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn without_rounding_at_each_level_inform_risk_2020_differs_by_less_than_a_tenth_and_in_44_countries() {
    let table = release_of_2020();
    let mut recipe = shipped("inform").clone();
    recipe.nodes.iter_mut().for_each(|node| node.round = None);
    let outcome = build_plain(&recipe, &table, "ISO3", &[]);
    let published = |row: usize| table.number(row, "INFORM RISK");
    let values = outcome.index().values.iter().enumerate();
    let differ = values
        .clone()
        .filter(|(row, v)| (round(**v, 1) - published(*row)).abs() > 1e-9);
    assert_eq!(differ.count(), 44);
    let largest = values.map(|(row, v)| (v - published(row)).abs()).fold(0.0, f64::max);
    assert!(largest < 0.1, "{largest}");
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn the_trend_of_inform_risk_follows_from_its_dimensions_in_1910_country_years() {
    let table = Table::read("indices/inform_risk_index_trends.csv.gz");
    let mut scores: BTreeMap<(String, i16, String), f64> = BTreeMap::new();
    for row in 0..table.len() {
        let year = table.text(row, "GNAYear").parse().unwrap();
        let key = (
            table.text(row, "Iso3").to_string(),
            year,
            table.text(row, "IndicatorId").to_string(),
        );
        scores.insert(key, table.number(row, "IndicatorScore"));
    }
    let mut places: Vec<String> = scores.keys().map(|(place, _, _)| place.clone()).collect();
    places.dedup();
    let recipe = shipped("inform-dimensions");
    let unit = |code: &String| Unit {
        code: code.clone(),
        ..Unit::default()
    };
    let periods = (2015..=2024).map(|y| Some(Period::year(y).unwrap())).collect();
    let inputs = recipe.inputs();
    let keys = inputs.iter().map(|i| i.key.clone()).collect();
    let mut data = Data::new(places.iter().map(unit).collect(), periods, keys);
    let score = |place: &str, year: i16, id: &str| scores[&(place.to_string(), year, id.to_string())];
    for (period, year) in (2015..=2024).enumerate() {
        for (i, input) in inputs.iter().enumerate() {
            for (unit, place) in places.iter().enumerate() {
                data.set(
                    period,
                    i,
                    unit,
                    score(place, year, input.node.column.as_deref().unwrap()),
                );
            }
        }
    }
    let mut equal = 0;
    for (period, year) in (2015..=2024).enumerate() {
        let outcome = build(recipe, &data, period);
        for (place, value) in places.iter().zip(&outcome.index().values) {
            let published = score(place, year, "INFORM");
            assert!(
                (value - published).abs() < 1e-9,
                "{place} {year}: {value}, published {published}"
            );
            equal += 1;
        }
    }
    assert_eq!(equal, 1_910);
}

#[test]
fn the_inverted_geometric_mean_lets_one_high_value_through() {
    // Natural hazards of 9 and 1 otherwise: y = (10 − x)·0.9 + 1 is 1.9 and 9.1; their geometric mean of two is
    // √(1.9·9.1) = 4.1581, so 10 − 3.1581·10/9 = 6.4910; rounded 6.5. The mean would be 5.
    let recipe = shipped("inform");
    let inputs = recipe.inputs();
    let keys: Vec<String> = inputs.iter().map(|i| i.key.clone()).collect();
    let mut data = Data::new(
        vec![Unit {
            code: "AAA".into(),
            ..Unit::default()
        }],
        vec![None],
        keys.clone(),
    );
    for (i, key) in keys.iter().enumerate() {
        let value = match key.as_str() {
            "earthquake" => 9.0,
            "flood" => 1.0,
            "tsunami" | "tropical-cyclone" | "drought" | "epidemic" => f64::NAN,
            _ => 5.0,
        };
        data.set(0, i, 0, value);
    }
    let outcome = Index::new(recipe, &data).unwrap().build(&data, 0).unwrap();
    assert!((outcome.node("natural").unwrap().values[0] - 6.5).abs() < 1e-9);
    // Current intensity 5 against 0.7 × 5.
    assert!((outcome.node("human").unwrap().values[0] - 5.0).abs() < 1e-9);
}

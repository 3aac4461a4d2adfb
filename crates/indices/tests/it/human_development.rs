//! The indices of the Human Development Report against the values that it publishes.

use lysoen_indices::data::Data;
use lysoen_indices::index::Outcome;
use lysoen_indices::recipe::Recipe;

use crate::tables::{Table, build, shipped};

const FIRST: i16 = 1990;
const LAST: i16 = 2022;

/// The countries of the publisher's file: groups of countries and the world have no code of ISO 3166.
fn countries() -> Table {
    Table::read("indices/HDR23-24_Composite_indices_complete_time_series.csv.gz")
        .only(|table, row| !table.text(row, "iso3").starts_with("ZZ"))
}

fn inputs(table: &Table, recipe: &Recipe) -> Data {
    let years: Vec<Option<i16>> = (FIRST..=LAST).map(Some).collect();
    table.inputs(recipe, "iso3", &[], &years, |column, year| {
        format!("{column}_{}", year.unwrap())
    })
}

/// What a recipe gives beside what is published.
#[derive(Debug, Default, PartialEq)]
struct Compared {
    /// Country-years with both, equal at three decimals.
    equal: usize,
    /// Those with both, and different.
    different: Vec<(String, i16, f64, f64)>,
    /// Published, and not computed.
    only_published: Vec<(String, i16)>,
    /// Computed, and not published.
    only_computed: Vec<(String, i16, f64)>,
}

fn compare(id: &str) -> Compared {
    let (table, recipe) = (countries(), shipped(id));
    let data = inputs(&table, recipe);
    let mut compared = Compared::default();
    for (period, year) in (FIRST..=LAST).enumerate() {
        let outcome = build(recipe, &data, period);
        let column = format!("{id}_{year}");
        for (row, value) in outcome.index().values.iter().enumerate() {
            let country = || data.units()[row].code.clone();
            let published = if table.has(&column) {
                table.number(row, &column)
            } else {
                f64::NAN
            };
            match (value.is_nan(), published.is_nan()) {
                (false, false) if (value - published).abs() < 1e-9 => compared.equal += 1,
                (false, false) => compared.different.push((country(), year, *value, published)),
                (true, false) => compared.only_published.push((country(), year)),
                (false, true) => compared.only_computed.push((country(), year, *value)),
                (true, true) => {}
            }
        }
    }
    compared
}

fn of_2022(id: &str) -> (Table, Outcome) {
    let (table, recipe) = (countries(), shipped(id));
    let data = inputs(&table, recipe);
    (table, build(recipe, &data, usize::try_from(LAST - FIRST).unwrap()))
}

/// Countries whose rank differs from the published one.
fn ranks_that_differ(table: &Table, outcome: &Outcome, column: &str) -> Vec<String> {
    let ranks = outcome.index().ranks.iter().enumerate();
    ranks
        .filter(|(row, rank)| rank.map_or(f64::NAN, f64::from) != table.number(*row, column) && rank.is_some())
        .map(|(row, _)| table.text(row, "iso3").to_string())
        .collect()
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn the_hdi_equals_the_published_one_at_three_decimals_in_5808_country_years() {
    let compared = compare("hdi");
    assert_eq!((compared.equal, compared.different.len()), (5_808, 0), "{compared:?}");
    assert_eq!(compared.only_published, []);
    // UNDP gives Rwanda none for 1990–1994; in 1994 life expectancy was 14.1 years, below the goalpost of 20.
    let unpublished: Vec<(&str, i16)> = compared
        .only_computed
        .iter()
        .map(|(c, y, _)| (c.as_str(), *y))
        .collect();
    assert_eq!(unpublished, [1990, 1991, 1992, 1993, 1994].map(|year| ("RWA", year)));
    assert_eq!(compared.only_computed[4].2, 0.0);
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn the_ihdi_equals_the_published_one_at_three_decimals_in_1963_country_years() {
    let compared = compare("ihdi");
    assert_eq!((compared.equal, compared.different.len()), (1_963, 0), "{compared:?}");
    assert_eq!((compared.only_published, compared.only_computed), (vec![], vec![]));
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn the_gii_equals_the_published_one_at_three_decimals_in_4405_country_years() {
    let compared = compare("gii");
    assert_eq!((compared.equal, compared.different.len()), (4_405, 0), "{compared:?}");
    assert_eq!((compared.only_published, compared.only_computed), (vec![], vec![]));
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn groups_of_human_development_are_the_published_ones_of_193_countries() {
    let (table, outcome) = of_2022("hdi");
    let mut known = 0;
    for (row, class) in outcome.classes.iter().enumerate() {
        assert_eq!(
            class.clone().unwrap_or_default(),
            table.text(row, "hdicode").to_lowercase(),
            "{}",
            table.text(row, "iso3")
        );
        known += usize::from(class.is_some());
    }
    assert_eq!(known, 193);
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn ranks_are_the_published_ones_but_for_four_of_the_gii_which_is_ranked_before_rounding() {
    let (table, outcome) = of_2022("hdi");
    assert_eq!(ranks_that_differ(&table, &outcome, "hdi_rank_2022"), [""; 0]);
    let (table, outcome) = of_2022("gii");
    // Each shares its rounded value with the country just before it.
    assert_eq!(
        ranks_that_differ(&table, &outcome, "gii_rank_2022"),
        ["MUS", "NER", "PAN", "ROU"]
    );
}

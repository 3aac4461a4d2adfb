//! The shipped recipes of human security on the committed snapshot: whether their goalposts are what they are said to
//! be, and whether the picture is one that an analyst can stand behind.

use std::collections::BTreeMap;

use lysoen_facts::{Lake, ViewAt};
use lysoen_indices::catalog::Recipes;
use lysoen_indices::index::{Index, Outcome};
use lysoen_indices::recipe::{Normalise, Recipe};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;
use lysoen_measures::Measures;
use lysoen_measures::inputs::{Inputs, Places, inputs};

use crate::inputs::snapshot;

fn shipped(id: &str) -> &'static Recipe {
    Recipes::builtin().get(id).unwrap()
}

fn taken(lake: &Lake, recipe: &Recipe, years: impl IntoIterator<Item = i16>) -> Inputs {
    let view = lake.view(&ViewAt::default()).unwrap();
    let periods: Vec<Period> = years.into_iter().map(Period::Year).collect();
    let measures = Measures::builtin();
    inputs(
        &view,
        measures,
        Crosswalk::builtin(),
        recipe,
        &periods,
        &Places::Countries,
    )
    .unwrap()
}

/// A recipe's nodes in a year, by place; without the places that have none.
struct Picture {
    outcome: Outcome,
    codes: Vec<String>,
}

impl Picture {
    fn of(lake: &Lake, recipe: &Recipe, year: i16) -> Picture {
        let inputs = taken(lake, recipe, [year]);
        let index = Index::new(recipe, &inputs.data).unwrap();
        Picture {
            outcome: index.build(&inputs.data, inputs.asked[0]).unwrap(),
            codes: inputs.data.units().iter().map(|u| u.code.clone()).collect(),
        }
    }

    fn node(&self, node: &str) -> BTreeMap<&str, f64> {
        let values = &self.outcome.node(node).unwrap().values;
        let known = self.codes.iter().map(String::as_str).zip(values.iter().copied());
        known.filter(|(_, value)| !value.is_nan()).collect()
    }

    /// The places from the least secure on.
    fn least_secure_first(&self, node: &str) -> Vec<&str> {
        let values = self.node(node);
        let mut places: Vec<&str> = values.keys().copied().collect();
        places.sort_by(|a, b| values[a].total_cmp(&values[b]));
        places
    }
}

#[test]
fn goalposts_are_about_the_worst_country_year_in_a_hundred_on_record() {
    let (_folder, lake) = snapshot();
    // Every input in every year, each of its own year only, and the people who live there.
    let mut raw = shipped("hdr-1994").clone();
    let killed = shipped("human-security").node("organised-violence").unwrap();
    raw.nodes.push(killed.clone());
    let personal = raw.nodes.iter_mut().find(|n| n.id == "personal").unwrap();
    personal.parts.push(killed.id.clone());
    raw.nodes.iter_mut().for_each(|node| node.within = Some(0));
    let inputs = taken(&lake, &raw, 1989..=2024);
    let input = |id: &str| inputs.data.input(id).unwrap();
    let large = |period: usize, unit: usize| inputs.data.column(period, input("people"))[unit] >= 100_000.0;
    // The displaced within are told only of places where there are some: 31 of 100 in the worst of these.
    for (id, record) in [
        ("economic", 0.10),
        ("undernourishment", 0.10),
        ("child-survival", 0.10),
        ("maternal-survival", 0.10),
        ("without-basic-water", 0.10),
        ("disaster-displacement", 0.10),
        ("organised-violence", 0.10),
        ("homicide", 0.15),
        ("displaced-abroad", 0.15),
    ] {
        let mut all: Vec<f64> = Vec::new();
        for &period in &inputs.asked {
            let people = inputs.data.column(period, input("people"));
            let values = inputs.data.column(period, input(id));
            let shares = values
                .iter()
                .enumerate()
                .filter(|(unit, v)| !v.is_nan() && large(period, *unit));
            all.extend(shares.map(|(unit, v)| if id == "displaced-abroad" { v / people[unit] } else { *v }));
        }
        all.sort_by(f64::total_cmp);
        let percentile = all[all.len() * 99 / 100];
        let node = raw.node(id).unwrap();
        let Some(Normalise::Goalposts { low, high, .. }) = node.normalise else {
            panic!("{id} has no goalposts")
        };
        assert_eq!(low, 0.0, "{id}");
        let off = (high / percentile - 1.0).abs();
        assert!(
            off < record,
            "{id}: the goalpost is {high}, the 99th percentile of {} is {percentile}",
            all.len()
        );
    }
}

#[test]
fn the_two_recipes_share_their_goalposts() {
    let (own, seven) = (shipped("human-security"), shipped("hdr-1994"));
    let goalposts = |recipe: &Recipe, id: &str| recipe.node(id).unwrap().normalise.clone().unwrap();
    for id in [
        "homicide",
        "displaced-within",
        "displaced-abroad",
        "acute-hunger",
        "without-basic-water",
        "child-survival",
    ] {
        assert_eq!(goalposts(own, id), goalposts(seven, id), "{id}");
    }
    assert_eq!(goalposts(own, "poverty"), goalposts(seven, "economic"));
    for id in [
        "state-based-conflict",
        "one-sided-violence",
        "non-state-conflict",
        "killed-by-own-government",
    ] {
        assert_eq!(goalposts(own, "organised-violence"), goalposts(seven, id), "{id}");
    }
}

#[test]
fn places_at_war_and_in_the_deepest_want_come_last_and_quiet_rich_ones_first() {
    let (_folder, lake) = snapshot();
    let picture = Picture::of(&lake, shipped("human-security"), 2024);
    let places = picture.least_secure_first("human-security");
    assert_eq!(places.len(), 185);
    for place in ["SSD", "CAF", "UKR", "SDN", "COD", "SYR", "HTI", "SOM"] {
        let rank = places.iter().position(|p| *p == place).unwrap();
        assert!(rank < 15, "{place} is {rank} from below");
    }
    for place in ["NOR", "DEU", "ISL", "SGP", "JPN"] {
        let rank = places.iter().rev().position(|p| *p == place).unwrap();
        assert!(rank < 25, "{place} is {rank} from above");
    }
    // No fear is outweighed by want: Ukraine has little want, DR Congo is less at war than in need; both are far down.
    let (fear, want) = (picture.node("fear"), picture.node("want"));
    assert!(fear["UKR"] < 0.2 && want["UKR"] > 0.9 && fear["COD"] > 0.8 && want["COD"] < 0.2);
}

#[test]
fn a_war_and_a_flight_are_seen_in_the_year_in_which_they_come() {
    let (_folder, lake) = snapshot();
    let recipe = shipped("human-security");
    let index = |year, place: &str| Picture::of(&lake, recipe, year).node("human-security")[place];
    for (place, before, after, fall) in [
        ("SYR", 2010, 2014, 0.6),
        ("UKR", 2021, 2022, 0.4),
        ("SDN", 2022, 2024, 0.2),
    ] {
        let (earlier, later) = (index(before, place), index(after, place));
        assert!(
            earlier - later > fall,
            "{place}: {earlier} in {before}, {later} in {after}"
        );
    }
}

#[test]
fn fear_is_told_of_israel_and_palestine_together_and_want_of_each() {
    let (_folder, lake) = snapshot();
    let picture = Picture::of(&lake, shipped("human-security"), 2024);
    let (fear, want, index) = (
        picture.node("fear"),
        picture.node("want"),
        picture.node("human-security"),
    );
    assert!(fear["ISR+PSE"] < 0.051, "{}", fear["ISR+PSE"]);
    for part in ["ISR", "PSE"] {
        assert!(!fear.contains_key(part), "homicides alone are no freedom from fear");
        assert!(want.contains_key(part) && !index.contains_key(part));
    }
}

#[test]
fn homicides_or_the_displaced_alone_are_no_freedom_from_fear() {
    let (_folder, lake) = snapshot();
    let picture = Picture::of(&lake, shipped("human-security"), 2024);
    let (fear, violence) = (picture.node("fear"), picture.node("violent-death"));
    let deaths = picture.node("organised-violence");
    assert!(
        fear.keys()
            .all(|place| violence.contains_key(place) && deaths.contains_key(place))
    );
    assert!(picture.node("homicide").len() > violence.len());
}

#[test]
fn an_indicator_more_never_makes_people_look_safer() {
    let (_folder, lake) = snapshot();
    let whole = shipped("human-security");
    let whole = Picture::of(&lake, whole, 2019);
    for (dropped, part) in [("homicide", "violent-death"), ("displaced-abroad", "forced-flight")] {
        let mut fewer = shipped("human-security").clone();
        let node = fewer.nodes.iter_mut().find(|n| n.id == part).unwrap();
        node.parts.retain(|p| p != dropped);
        node.needs = None;
        let without = |id: &str| id == dropped || (dropped == "displaced-abroad" && id == "people");
        fewer.nodes.retain(|n| !without(&n.id));
        let fewer = Picture::of(&lake, &fewer, 2019);
        let (before, after) = (fewer.node(part), whole.node(part));
        let both: Vec<&&str> = before.keys().filter(|p| after.contains_key(**p)).collect();
        assert!(both.len() > 50, "{}", both.len());
        assert!(both.iter().all(|p| after[**p] <= before[**p]), "{dropped}");
    }
}

#[test]
fn a_dimension_of_1994_without_data_is_missing_and_said_to_be() {
    let (_folder, lake) = snapshot();
    let recipe = shipped("hdr-1994");
    let picture = Picture::of(&lake, recipe, 2022);
    assert!(picture.node("food").is_empty());
    assert_eq!(picture.node("hdr-1994").len(), 186);
    let inputs = taken(&lake, recipe, [2022]);
    let food = inputs.data.input("undernourishment");
    let note = inputs.notes.iter().find(|n| n.input == food).unwrap();
    assert_eq!(
        note.text,
        "`undernourishment`: no value of undernourished_share in 2022 or up to 3 years before; owid has it from 1991 to 2017"
    );
    let then = Picture::of(&lake, recipe, 2014);
    assert!(then.node("food").len() > 100);
    assert!(then.least_secure_first("hdr-1994")[..10].contains(&"SYR"));
}

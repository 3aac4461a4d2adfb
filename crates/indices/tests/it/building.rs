//! Building an index: the order of the steps, what is told, and what cannot be built.

use lysoen_indices::data::{Data, Unit};
use lysoen_indices::index::{Index, Outcome, round};
use lysoen_indices::recipe::Recipe;
use lysoen_lexicon::period::Period;

const HEAD: &str = r#"
id = "example"
title = "Example"
description = "An example."
unit = "index 0–1"
more_is = "better"
"#;

fn recipe(nodes: &str) -> Recipe {
    Recipe::parse(&format!("{HEAD}{nodes}")).expect("a recipe without mistakes")
}

/// A table of one period; each input with one value a unit.
fn table(units: &[&str], inputs: &[(&str, &[f64])]) -> Data {
    let unit = |code: &&str| Unit {
        code: code.to_string(),
        ..Unit::default()
    };
    let units: Vec<Unit> = units.iter().map(unit).collect();
    let mut data = Data::new(
        units,
        vec![None],
        inputs.iter().map(|(key, _)| key.to_string()).collect(),
    );
    for (input, (_, values)) in inputs.iter().enumerate() {
        values
            .iter()
            .enumerate()
            .for_each(|(unit, value)| data.set(0, input, unit, *value));
    }
    data
}

fn build(nodes: &str, data: &Data) -> Outcome {
    Index::new(&recipe(nodes), data)
        .expect("ready")
        .build(data, 0)
        .expect("built")
}

fn fails(nodes: &str, data: &Data) -> String {
    Index::new(&recipe(nodes), data)
        .expect("ready")
        .build(data, 0)
        .expect_err("cannot be built")
        .to_string()
}

/// What is told of a unit.
fn notes(outcome: &Outcome, unit: usize) -> Vec<&str> {
    let of_unit = outcome.notes.iter().filter(|n| n.unit == Some(unit));
    of_unit.map(|n| n.text.as_str()).collect()
}

const MEAN: &str = r#"
[[node]]
id = "index"
parts = ["a", "b"]
[[node]]
id = "a"
[[node]]
id = "b"
weight = 3
"#;

const NAN: f64 = f64::NAN;

#[test]
fn a_missing_part_drops_out_and_the_weights_of_the_others_grow() {
    let data = table(&["X", "Y", "Z"], &[("a", &[1.0, 1.0, NAN]), ("b", &[3.0, NAN, NAN])]);
    let outcome = build(MEAN, &data);
    // X: (1·1 + 3·3) / 4 = 2.5.
    assert_eq!(outcome.index().values[..2], [2.5, 1.0]);
    assert!(outcome.index().values[2].is_nan());
    assert_eq!(outcome.index().ranks, [Some(1), Some(2), None]);
    assert_eq!(outcome.index().parts, [(0, 0.25), (1, 0.75)]);
    let of_z = notes(&outcome, 2);
    assert_eq!(of_z, ["no value: too many parts are missing"]);
    let of_y: Vec<&str> = notes(&outcome, 1);
    assert_eq!(of_y, ["without b", "rests on 1 of 2 inputs"]);
    assert!(notes(&outcome, 0).is_empty());
}

#[test]
fn needs_says_how_many_parts_may_be_missing() {
    let data = table(&["X", "Y"], &[("a", &[1.0, 1.0]), ("b", &[3.0, NAN])]);
    let outcome = build(&MEAN.replace("parts =", "needs = 1\nparts ="), &data);
    assert_eq!(outcome.index().values[0], 2.5);
    assert!(outcome.index().values[1].is_nan());
}

#[test]
fn a_unit_screened_out_takes_no_part_in_the_normalisation_of_the_others() {
    let nodes = format!("[screen]\nat_least = 1\n[defaults]\nnormalise = {{ min-max = {{}} }}\n{MEAN}");
    let data = table(&["X", "Y", "Z"], &[("a", &[0.0, 10.0, 100.0]), ("b", &[5.0, 7.0, NAN])]);
    let outcome = build(&nodes, &data);
    assert_eq!(outcome.index().values[..2], [0.0, 1.0]);
    assert!(outcome.index().values[2].is_nan());
    assert!(
        outcome
            .notes
            .iter()
            .any(|n| n.unit == Some(2) && n.text == "left out: 50 % of the inputs have a value")
    );
}

#[test]
fn direction_turns_an_indicator_round_before_it_is_normalised() {
    let nodes = MEAN.replace(
        "id = \"a\"",
        "id = \"a\"\ndirection = \"down\"\nnormalise = { min-max = {} }",
    );
    let data = table(&["X", "Y"], &[("a", &[2.0, 4.0]), ("b", &[0.0, 0.0])]);
    let outcome = build(&nodes, &data);
    assert_eq!(outcome.node("a").unwrap().values, [1.0, 0.0]);
    assert_eq!(outcome.node("a").unwrap().ranks, [Some(1), Some(2)]);
}

#[test]
fn a_node_that_is_more_and_less_of_the_index_has_no_rank() {
    let nodes = r#"
[[node]]
id = "index"
aggregate = "ratio"
parts = ["up", "down"]
[[node]]
id = "up"
parts = ["a", "b"]
[[node]]
id = "down"
parts = ["b", "c"]
[[node]]
id = "a"
[[node]]
id = "b"
[[node]]
id = "c"
"#;
    let data = table(
        &["X", "Y"],
        &[("a", &[1.0, 2.0]), ("b", &[1.0, 2.0]), ("c", &[1.0, 5.0])],
    );
    let outcome = build(nodes, &data);
    assert_eq!(outcome.node("a").unwrap().ranks, [Some(2), Some(1)]);
    assert_eq!(outcome.node("b").unwrap().ranks, [None, None]);
    assert_eq!(outcome.node("c").unwrap().ranks, [Some(1), Some(2)]);
}

#[test]
fn an_input_is_divided_by_another_that_is_no_part() {
    let nodes = "[[node]]\nid = \"index\"\nparts = [\"deaths\"]\n[[node]]\nid = \"deaths\"\nper = \"people\"\n\
                 transform = [{ times = 100000 }]\n[[node]]\nid = \"people\"\n";
    let data = table(
        &["X", "Y"],
        &[("deaths", &[10.0, 5.0]), ("people", &[1_000_000.0, 100_000.0])],
    );
    assert_eq!(build(nodes, &data).index().values, [1.0, 5.0]);
    let zero = table(&["X"], &[("deaths", &[10.0]), ("people", &[0.0])]);
    let message = fails(nodes, &zero);
    assert!(
        message.starts_with("`deaths`, unit `X`: a division (`per`) needs a divisor other than zero"),
        "{message}"
    );
}

#[test]
fn every_step_is_told_for_every_unit() {
    let nodes = format!("[defaults]\nimpute = \"mean\"\nnormalise = {{ min-max = {{}} }}\n{MEAN}");
    let data = table(&["X", "Y", "Z"], &[("a", &[0.0, NAN, 10.0]), ("b", &[5.0, 7.0, 6.0])]);
    let outcome = build(&nodes, &data);
    let steps: Vec<(&str, usize)> = outcome.stages.iter().map(|s| (s.step, s.node)).collect();
    assert_eq!(
        steps,
        [
            ("raw", 0),
            ("imputed", 0),
            ("raw", 1),
            ("imputed", 1),
            ("normalised", 0),
            ("normalised", 1),
            ("aggregated", 2)
        ]
    );
    assert_eq!(outcome.stages[1].values, [0.0, 5.0, 10.0]);
    let notes: Vec<(Option<usize>, &str)> = outcome.notes.iter().map(|n| (n.unit, n.text.as_str())).collect();
    assert!(notes.contains(&(Some(1), "imputed by the mean of the units")));
    assert!(notes.contains(&(None, "nothing to impute: no value is missing")));
}

#[test]
fn a_profile_gives_its_places_other_weights_and_inputs() {
    let profile = "[[profile]]\nregion = \"Here\"\nplaces = [\"Y\", \"KEN\"]\n[[profile.node]]\nid = \"b\"\nweight = 1\ncolumn = \"c\"\n";
    let text = format!("{MEAN}{profile}");
    let mut data = table(
        &["X", "Y", "K1"],
        &[
            ("a", &[1.0, 1.0, 1.0]),
            ("b", &[3.0, 3.0, 3.0]),
            ("b@Here", &[9.0, 5.0, 7.0]),
        ],
    );
    let mut units = data.units().to_vec();
    units[2].groups.insert("country".into(), "KEN".into());
    let mut again = Data::new(units, vec![None], data.inputs().to_vec());
    for input in 0..3 {
        (0..3).for_each(|unit| again.set(0, input, unit, data.column(0, input)[unit]));
    }
    data = again;
    // X: (1 + 3·3)/4; Y, and the area K1 of a country that the profile names: (1 + 5)/2 and (1 + 7)/2.
    assert_eq!(build(&text, &data).index().values, [2.5, 3.0, 4.0]);
}

#[test]
fn a_profile_may_order_its_parts_otherwise_and_take_other_steps() {
    let profile = "[[profile]]\nregion = \"Here\"\nplaces = [\"Y\"]\n[[profile.node]]\nid = \"index\"\nparts = [\"b\", \"a\"]\n\
                   [[profile.node]]\nid = \"a\"\nimpute = \"mean\"\n";
    let data = table(&["X", "Y"], &[("a", &[1.0, NAN]), ("b", &[3.0, 5.0])]);
    let outcome = build(&format!("{MEAN}{profile}"), &data);
    // Y: a is imputed by the mean of the units, which is X's 1: (1 + 3·5)/4.
    assert_eq!(outcome.index().values, [2.5, 4.0]);
    assert_eq!(outcome.node("a").unwrap().values, [1.0, 1.0]);
    assert_eq!(outcome.node("b").unwrap().values, [3.0, 5.0]);
    let a = outcome.nodes.iter().position(|n| n.id == "a");
    let imputed = outcome
        .stages
        .iter()
        .find(|s| s.step == "imputed")
        .expect("a stage of the profile's own");
    assert_eq!((Some(imputed.node), imputed.values[1]), (a, 1.0));
    assert!(imputed.values[0].is_nan());
    let note = outcome
        .notes
        .iter()
        .find(|n| n.text == "imputed by the mean of the units")
        .expect("a note");
    assert_eq!((note.node, note.unit), (a, Some(1)));
}

#[test]
fn a_panel_is_filled_from_the_nearest_year_of_the_same_unit() {
    let nodes = format!("[defaults]\nimpute = {{ nearest = {{ within = 2 }} }}\n{MEAN}");
    let year = |y| Some(Period::year(y).unwrap());
    let unit = Unit {
        code: "X".into(),
        ..Unit::default()
    };
    let mut data = Data::new(
        vec![unit],
        vec![year(2020), year(2021), year(2023)],
        vec!["a".into(), "b".into()],
    );
    for (period, (a, b)) in [(1.0, 1.0), (NAN, 1.0), (5.0, NAN)].into_iter().enumerate() {
        data.set(period, 0, 0, a);
        data.set(period, 1, 0, b);
    }
    let index = Index::new(&recipe(&nodes), &data).unwrap();
    let outcome = index.build(&data, 1).unwrap();
    // 2020 is nearer to 2021 than 2023.
    assert_eq!(outcome.node("a").unwrap().values, [1.0]);
    assert!(
        outcome
            .notes
            .iter()
            .any(|n| n.text == "filled from other years" && n.unit == Some(0))
    );
}

#[test]
fn what_cannot_be_built_is_told_with_node_unit_and_advice() {
    let geometric = MEAN.replace("parts =", "aggregate = \"geometric\"\nparts =");
    let message = fails(
        &geometric,
        &table(&["X", "Y"], &[("a", &[1.0, 0.0]), ("b", &[1.0, 1.0])]),
    );
    assert!(
        message.starts_with("`index`, unit `Y`: ") && message.contains("value is 0"),
        "{message}"
    );

    let min_max = format!("[defaults]\nnormalise = {{ min-max = {{}} }}\n{MEAN}");
    let constant = fails(&min_max, &table(&["X", "Y"], &[("a", &[3.0, 3.0]), ("b", &[1.0, 2.0])]));
    assert!(
        constant.starts_with("`a`: all 2 values are the same (3)") && constant.contains("goalposts"),
        "{constant}"
    );
    let single = fails(&min_max, &table(&["X"], &[("a", &[3.0]), ("b", &[1.0])]));
    assert!(
        single.starts_with("`a`, unit `X`: only one unit has a value"),
        "{single}"
    );

    let infinite = fails(
        MEAN,
        &table(&["X", "Y"], &[("a", &[3.0, f64::INFINITY]), ("b", &[1.0, 1.0])]),
    );
    assert!(
        infinite.starts_with("`a`, unit `Y`: the value is infinite"),
        "{infinite}"
    );
}

#[test]
fn an_input_that_the_table_lacks_is_told() {
    let data = table(&["X"], &[("a", &[1.0])]);
    let found = Index::new(&recipe(MEAN), &data).expect_err("b is missing");
    assert_eq!(found[0].message, "there is no input for `b`");
}

#[test]
fn halves_are_rounded_away_from_zero_as_in_published_tables() {
    assert_eq!(
        [round(2.45, 1), round(-2.45, 1), round(0.1234, 3), round(2.5, 0)],
        [2.5, -2.5, 0.123, 3.0]
    );
}

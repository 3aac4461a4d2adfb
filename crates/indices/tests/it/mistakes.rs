//! Mistakes in recipes: each is told where it stands, in a sentence, with what to do.

use lysoen_indices::recipe::Recipe;
use lysoen_lexicon::mistake::Mistake;

const HEAD: &str = r#"
id = "example"
title = "Example"
description = "An example."
unit = "index 0–1"
more_is = "better"
"#;

/// The mistakes of a recipe with these nodes, each with the text under its caret.
fn mistakes(nodes: &str) -> Vec<(String, Mistake)> {
    let text = format!("{HEAD}{nodes}");
    let found = Recipe::parse(&text).expect_err("the recipe has a mistake");
    let under = |m: &Mistake| text[m.span.clone().expect("a place in the text")].to_string();
    found.into_iter().map(|m| (under(&m), m)).collect()
}

/// The only mistake.
fn mistake(nodes: &str) -> (String, String, String) {
    let mut found = mistakes(nodes);
    assert_eq!(found.len(), 1, "{found:#?}");
    let (under, mistake) = found.remove(0);
    (under, mistake.message, mistake.advice.unwrap_or_default())
}

const TREE: &str = r#"
[[node]]
id = "index"
parts = ["health", "income"]
[[node]]
id = "health"
[[node]]
id = "income"
"#;

#[test]
fn a_tree_without_mistakes_is_read_with_its_defaults() {
    let recipe = Recipe::parse(&format!("{HEAD}{TREE}")).expect("no mistake");
    assert_eq!(recipe.index().map(|n| n.id.as_str()), Some("index"));
    let keys: Vec<String> = recipe.inputs().into_iter().map(|i| i.key).collect();
    assert_eq!(keys, ["health", "income"]);
    assert!(recipe.uncertainty.inputs);
}

#[test]
fn a_misspelt_key_is_told_with_the_keys_that_there_are() {
    let (under, message, _) = mistake(&TREE.replace("id = \"income\"", "id = \"income\"\nnormalize = \"rank\""));
    assert_eq!(under, "normalize");
    assert!(
        message.contains("unknown field `normalize`") && message.contains("`normalise`"),
        "{message}"
    );
}

#[test]
fn an_unknown_part_is_told_with_the_nearest_name() {
    let (under, message, advice) =
        mistake(&TREE.replace("[\"health\", \"income\"]", "[\"helth\", \"health\", \"income\"]"));
    assert_eq!(under, "[\"helth\", \"health\", \"income\"]");
    assert_eq!(message, "`index` names the node `helth`, which does not exist");
    assert_eq!(advice, "did you mean `health`?");
}

#[test]
fn a_cycle_is_told_with_its_way() {
    let nodes = "[[node]]\nid = \"index\"\nparts = [\"a\"]\n[[node]]\nid = \"a\"\nparts = [\"b\"]\n[[node]]\nid = \"b\"\nparts = [\"a\"]\n";
    let (under, message, _) = mistake(nodes);
    assert_eq!(under, "[\"b\"]");
    assert_eq!(message, "a cycle: a → b → a");
}

#[test]
fn a_recipe_in_which_every_node_is_part_of_another_is_a_cycle() {
    let nodes = "[[node]]\nid = \"a\"\nparts = [\"b\"]\n[[node]]\nid = \"b\"\nparts = [\"a\"]\n";
    let (_, message, _) = mistake(nodes);
    assert_eq!(message, "a cycle: a → b → a");
}

#[test]
fn weights_that_sum_to_zero_are_told() {
    let zero = |id: &str| (format!("id = \"{id}\"\n"), format!("id = \"{id}\"\nweight = 0\n"));
    let (health, income) = (zero("health"), zero("income"));
    let nodes = TREE.replace(&health.0, &health.1).replace(&income.0, &income.1);
    let (_, message, advice) = mistake(&nodes);
    assert_eq!(message, "the weights of the parts of `index` sum to zero");
    assert!(advice.contains("above zero"));
}

#[test]
fn a_negative_weight_points_to_direction() {
    let (under, message, advice) = mistake(&TREE.replace("id = \"income\"\n", "id = \"income\"\nweight = -0.5\n"));
    assert_eq!(
        (under.as_str(), message.as_str()),
        ("-0.5", "`income` has the weight -0.5; a weight is zero or more")
    );
    assert!(advice.contains("direction"));
}

#[test]
fn goalposts_upside_down_are_told_with_both() {
    let goalposts = "id = \"income\"\nnormalise = { goalposts = { low = 85, high = 20 } }\n";
    let (under, message, advice) = mistake(&TREE.replace("id = \"income\"\n", goalposts));
    assert_eq!(under, "{ goalposts = { low = 85, high = 20 } }");
    assert_eq!(message, "the goalposts are upside down: low 85 is not below high 20");
    assert!(advice.contains("direction"));
}

#[test]
fn a_logarithm_needs_a_goalpost_above_zero() {
    let goalposts = "id = \"income\"\nnormalise = { goalposts = { low = 0, high = 20, log = true } }\n";
    let (_, message, _) = mistake(&TREE.replace("id = \"income\"\n", goalposts));
    assert_eq!(message, "the low goalpost is 0, and has no logarithm");
}

#[test]
fn a_share_in_per_cent_is_told_as_a_share() {
    let (under, message, advice) = mistake(&format!("[defaults]\nneeds = 50\n{TREE}"));
    assert_eq!(
        (under.as_str(), message.as_str()),
        ("50", "`needs` is 50; it is a share from 0 to 1")
    );
    assert_eq!(advice, "write 0.5 for 50 %");
}

#[test]
fn a_node_takes_its_values_from_one_place() {
    let two = "id = \"income\"\nindicator = \"gni_per_capita\"\nmeasure = \"killed\"\n";
    let (under, message, _) = mistake(&TREE.replace("id = \"income\"\n", two));
    assert_eq!(under, "\"killed\"");
    assert_eq!(
        message,
        "`income` has indicator and measure; values come from one of them"
    );
}

#[test]
fn steps_of_inputs_and_of_parts_are_not_mixed_up() {
    let (_, message, _) = mistake(&TREE.replace("id = \"income\"\n", "id = \"income\"\naggregate = \"geometric\"\n"));
    assert_eq!(
        message,
        "`income` is an input, and `aggregate` is a step of a node with `parts`"
    );
    let (_, message, advice) = mistake(&TREE.replace("id = \"index\"\n", "id = \"index\"\ntransform = [\"log\"]\n"));
    assert_eq!(message, "`index` is no input, and `transform` is a step of an input");
    assert_eq!(advice, "use `then`");
}

#[test]
fn a_step_of_what_others_are_only_divided_by_is_refused() {
    let divided = TREE.replace("id = \"income\"\n", "id = \"income\"\nper = \"people\"\n");
    let nodes = format!("{divided}[[node]]\nid = \"people\"\ntransform = [{{ times = 0.001 }}]\n");
    let (under, message, _) = mistake(&nodes);
    assert_eq!(under, "[{ times = 0.001 }]");
    assert_eq!(
        message,
        "others are only divided by `people`, and `transform` would do nothing"
    );
}

#[test]
fn two_indices_in_one_recipe_are_told() {
    let (under, message, _) = mistake(&format!("{TREE}[[node]]\nid = \"left_over\"\n"));
    assert_eq!(under, "\"left_over\"");
    assert_eq!(message, "index, left_over are parts of no other; only the index is");
}

#[test]
fn a_node_given_twice_is_told_with_both_numbers() {
    let found = mistakes(&format!("{TREE}[[node]]\nid = \"income\"\n"));
    assert_eq!(
        found[0].1.message,
        "the node `income` is given twice, as number 3 and 4"
    );
}

#[test]
fn classes_go_up() {
    let classes = "[[class]]\nname = \"Low\"\nfrom = 0.5\n[[class]]\nname = \"High\"\nfrom = 0.2\n";
    let (_, message, advice) = mistake(&format!("{TREE}{classes}"));
    assert_eq!(message, "the class `High` does not begin above `Low`");
    assert!(advice.contains("from the lowest value up"));
}

#[test]
fn a_profile_is_checked_as_the_recipe_that_it_makes() {
    let profile = "[[profile]]\nregion = \"Sahel\"\nplaces = [\"MLI\"]\n";
    let unknown = format!("{TREE}{profile}[[profile.node]]\nid = \"incom\"\nweight = 2\n");
    let (_, message, advice) = mistake(&unknown);
    assert_eq!(message, "the profile Sahel: there is no node `incom` to change");
    assert_eq!(advice, "did you mean `income`?");
    let wrong = format!("{TREE}{profile}[[profile.node]]\nid = \"income\"\nweight = -0.5\n");
    let (_, message, _) = mistake(&wrong);
    assert_eq!(
        message,
        "the profile Sahel: `income` has the weight -0.5; a weight is zero or more"
    );
}

#[test]
fn a_profile_that_takes_an_input_from_elsewhere_asks_for_it() {
    let profile =
        "[[profile]]\nregion = \"Sahel\"\nplaces = [\"MLI\"]\n[[profile.node]]\nid = \"income\"\ncolumn = \"cattle\"\n";
    let recipe = Recipe::parse(&format!("{HEAD}{TREE}{profile}")).expect("no mistake");
    let inputs = recipe.inputs();
    let asked: Vec<(&str, Option<&str>)> = inputs
        .iter()
        .map(|i| (i.key.as_str(), i.node.column.as_deref()))
        .collect();
    assert_eq!(
        asked,
        [("health", None), ("income", None), ("income@Sahel", Some("cattle"))]
    );
}

#[test]
fn a_cycle_through_a_divisor_is_told() {
    let divided = TREE.replace("id = \"income\"\n", "id = \"income\"\nper = \"health\"\n");
    let nodes = divided.replace("id = \"health\"\n", "id = \"health\"\nper = \"income\"\n");
    let (_, message, _) = mistake(&nodes);
    assert_eq!(message, "a cycle: health → income → health");
    let (_, message, _) = mistake(&TREE.replace("id = \"income\"\n", "id = \"income\"\nper = \"income\"\n"));
    assert_eq!(message, "a cycle: income → income");
}

#[test]
fn numbers_that_are_none_are_told_where_they_stand() {
    for (key, expected) in [
        ("transform = [{ plus = nan }]", "`income` has a step with NaN"),
        ("then = [{ times = inf }]", "`income` has a step with inf"),
        (
            "then = [{ clamp = { min = 3, max = 1 } }]",
            "`income` is clamped from 3 to 1, which is upside down",
        ),
        (
            "normalise = { goalposts = { low = -inf, high = 3 } }",
            "a number of the normalisation is -inf",
        ),
        (
            "normalise = { min-max = { low = 0, high = inf } }",
            "a number of the normalisation is inf",
        ),
    ] {
        let (under, message, advice) =
            mistake(&TREE.replace("id = \"income\"\n", &format!("id = \"income\"\n{key}\n")));
        assert_eq!(message, expected);
        assert!(key.ends_with(&under) && !advice.is_empty(), "{under}");
    }
    let zero = "normalise = { goalposts = { low = 0, high = 3, scale = 0 } }";
    let (_, message, _) = mistake(&TREE.replace("id = \"income\"\n", &format!("id = \"income\"\n{zero}\n")));
    assert!(message.starts_with("the goalposts' scale is 0"), "{message}");
}

//! The shipped recipes and an observatory's own.

use lysoen_indices::catalog::{Recipes, shipped};
use lysoen_indices::recipe::Recipe;

use crate::tables::{Table, build_plain};

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/schemas/measure.schema.json");

#[test]
fn the_committed_schema_of_recipes_is_current() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Recipe)).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(SCHEMA, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(SCHEMA).unwrap_or_default();
    assert!(
        committed == schema,
        "catalog/schemas/measure.schema.json is out of date: run this test with UPDATE_SCHEMAS=1"
    );
}

#[test]
fn every_shipped_recipe_reads_without_mistake_and_says_whose_method_it_is() {
    for (file, text) in shipped() {
        let recipe = Recipe::parse(text).unwrap_or_else(|m| panic!("{file}: {m:?}"));
        assert!(!recipe.references.is_empty(), "{file} has no references");
        assert!(!recipe.caveats.is_empty(), "{file} has no caveats");
    }
    let ids: Vec<&str> = Recipes::builtin().list().map(|(id, _)| id).collect();
    for id in ["asem", "gii", "hdi", "ihdi", "inform", "inform-dimensions", "mpi"] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
}

/// The shipped recipes, of which one was taken out and added as a file of an observatory.
fn with_own(id: &str) -> Recipes {
    let name = format!("{id}.toml");
    let (_, text) = shipped().find(|(file, _)| *file == name).unwrap();
    let without = Recipes::of(shipped().filter(|(file, _)| *file != name)).unwrap();
    assert!(without.get(id).is_none());
    without
        .with([(format!("catalog/measures/{name}").as_str(), text)])
        .unwrap()
}

#[test]
fn every_shipped_recipe_taken_out_and_added_as_an_observatory_s_own_is_the_same_recipe() {
    for (id, _) in Recipes::builtin().list() {
        assert_eq!(with_own(id).get(id), Recipes::builtin().get(id));
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn a_shipped_recipe_taken_out_and_added_as_an_observatory_s_own_gives_the_same() {
    let inform = Table::read("inform_reference/inform_gri_2020_v040.csv");
    let asem = Table::read("asem/raw_iData.csv");
    for (id, table, code, groups) in [
        ("inform", &inform, "ISO3", &[][..]),
        ("asem", &asem, "uCode", &["EurAsia_group"][..]),
    ] {
        let outcome = |recipes: &Recipes| build_plain(recipes.get(id).unwrap(), table, code, groups);
        // As text, for a missing value equals no other.
        let (own, built_in) = (outcome(&with_own(id)), outcome(Recipes::builtin()));
        assert_eq!(format!("{own:?}"), format!("{built_in:?}"), "{id}");
    }
}

#[test]
fn an_observatory_s_own_recipe_takes_the_place_of_the_shipped_one_or_stands_beside_it() {
    let (_, hdi) = shipped().find(|(file, _)| *file == "hdi.toml").unwrap();
    let other = hdi.replace("title = \"Human Development Index\"", "title = \"Ours\"");
    let added = hdi.replace(
        "id = \"hdi\"\ntitle = \"Human Development Index\"\ndesc",
        "id = \"ours\"\ntitle = \"New\"\ndesc",
    );
    let recipes = Recipes::builtin()
        .with([("catalog/measures/hdi.toml", other.as_str()), ("ours.toml", &added)])
        .unwrap();
    assert_eq!(recipes.get("hdi").unwrap().title, "Ours");
    assert_eq!(recipes.entry("hdi").unwrap().file, "catalog/measures/hdi.toml");
    assert_eq!(recipes.list().len(), Recipes::builtin().list().len() + 1);
    assert!(recipes.list().any(|listed| listed == ("ours", "New")));
    assert_eq!(Recipes::builtin().get("hdi").unwrap().title, "Human Development Index");
}

#[test]
fn a_recipe_is_called_like_its_file_and_its_mistakes_are_told_with_the_file() {
    let (_, hdi) = shipped().find(|(file, _)| *file == "hdi.toml").unwrap();
    let error = Recipes::default().add("catalog/measures/ihd.toml", hdi).unwrap_err();
    assert!(
        error.to_string().contains("the recipe `hdi` is in a file called ihd"),
        "{error}"
    );
    assert_eq!(error.mistakes[0].advice.as_deref(), Some("call the file hdi.toml"));
    assert_eq!(&error.text[error.mistakes[0].span.clone().unwrap()], "hdi");

    let broken = hdi.replace("parts = [\"health\"", "parts = [\"helth\"");
    let error = Recipes::default().add("hdi.toml", &broken).unwrap_err();
    assert!(error.to_string().starts_with("hdi.toml: "), "{error}");
    let mistakes: Vec<&str> = error.mistakes.iter().map(|m| m.message.as_str()).collect();
    assert!(mistakes.iter().any(|m| m.contains("`helth`")), "{mistakes:?}");
}

#[test]
fn an_unknown_recipe_is_answered_with_the_nearest_one() {
    assert_eq!(
        Recipes::builtin().advice("infrom").as_deref(),
        Some("did you mean `inform`?")
    );
    assert_eq!(Recipes::builtin().advice("something-else"), None);
}

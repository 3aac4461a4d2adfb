//! Impact by the server: what the API tells is what the command line tells, and wrong questions are answered in sentences.

use serde_json::Value;

use crate::run;
use crate::served::Served;

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key} of {value}"))
}

/// The lines of a table from its header on; what stands before cites the sources.
fn table(text: &str) -> Vec<&str> {
    text.lines()
        .skip_while(|line| line.starts_with("\"# "))
        .map(str::trim_end)
        .collect()
}

#[test]
fn the_overview_has_an_answer_to_every_policy_and_class_and_says_by_which_rules() {
    let served = Served::shared();
    served.until_whole();
    let told = served.get("/api/v1/impact").json();
    assert!(told["doing"].is_null());
    assert!(!list(&told, "policies").is_empty() && !list(&told, "classes").is_empty());
    for policy in list(&told, "policies") {
        let word = policy["verdict"]["word"].as_str().expect("an answer");
        assert!(
            ["fewer", "more", "none-larger", "cannot-be-told"].contains(&word),
            "{policy}"
        );
        for key in ["id", "title", "kind", "kind_title", "date", "source"] {
            assert!(policy[key].is_string(), "{key} of {policy}");
        }
        assert!(policy["place"]["code"].is_string() && policy["place"]["name"].is_string());
    }
    for class in list(&told, "classes") {
        assert!(class["verdict"]["word"].is_string(), "{class}");
        assert!(class["answered"].as_u64() <= class["cases"].as_u64(), "{class}");
    }
    for key in [
        "donors",
        "periods_before",
        "hold_out",
        "band",
        "widest",
        "alpha",
        "level",
        "anticipation_months",
        "peak",
        "episodes",
    ] {
        assert!(told["rules"][key].is_number(), "{key}");
    }
    assert_eq!(list(&told, "methods").len(), 7);
    assert!(
        list(&told, "outcomes")
            .iter()
            .any(|outcome| outcome["id"] == "killed" && outcome["months"] == true)
    );
}

#[test]
fn policies_and_classes_are_those_of_the_command_line() {
    let served = Served::shared();
    served.until_whole();
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["init"]).code(), 0);
    let told = served.get("/api/v1/impact").json();
    let brief = list(&told, "policies")
        .iter()
        .find(|policy| !policy["outcome"].is_null())
        .expect("a policy with an outcome");
    let id = brief["id"].as_str().expect("an id");
    let answer = served.get(&format!("/api/v1/impact/policies/{id}")).json();
    assert_eq!(answer["verdict"], brief["verdict"]);
    let here = run(folder.path(), &["impact", "--policy", id, "--format", "json"])
        .wrote
        .bytes();
    let here: Value = serde_json::from_slice(&here).expect("JSON");
    assert_eq!(
        (&answer["verdict"], &answer["donors"]),
        (&here["verdict"], &here["donors"])
    );
    let there = served.get(&format!("/api/v1/impact/policies/{id}?format=csv"));
    assert_eq!(
        (there.status, there.header("content-type").starts_with("text/csv")),
        (200, true)
    );
    let text = String::from_utf8(there.body).expect("text");
    let own = run(folder.path(), &["impact", "--policy", id, "--format", "csv"])
        .wrote
        .out();
    assert_eq!(table(&text), table(&own));
    assert_eq!(table(&text)[0], "kind,name,time,value,low,high");
    let class = list(&told, "classes")[0]["id"].as_str().expect("an id").to_string();
    let class = served.get(&format!("/api/v1/impact/classes/{class}")).json();
    let answered = list(&class, "cases")
        .iter()
        .filter(|case| case["answered"] == true)
        .count();
    assert_eq!(Some(answered as u64), list(&told, "classes")[0]["answered"].as_u64());
    assert_eq!(
        list(&class, "outcomes")
            .iter()
            .filter(|outcome| outcome["primary"] == true)
            .count(),
        1
    );
    for case in list(&class, "cases") {
        assert_eq!(case["answered"].as_bool(), Some(case["why_not"].is_null()), "{case}");
    }
}

#[test]
fn a_place_has_its_policies() {
    let served = Served::shared();
    served.until_whole();
    let told = served.get("/api/v1/impact").json();
    let place = list(&told, "policies")[0]["place"]["code"]
        .as_str()
        .expect("a code")
        .to_string();
    let of_place = served.get(&format!("/api/v1/impact/places/{place}")).json();
    assert_eq!(of_place["place"]["code"], place.as_str());
    let own = list(&told, "policies")
        .iter()
        .filter(|policy| policy["place"]["code"] == place.as_str())
        .count();
    assert_eq!(list(&of_place, "policies").len(), own);
    let nothing = served.get("/api/v1/impact/places/Iceland").json();
    assert!(list(&nothing, "policies").is_empty());
}

#[test]
fn a_question_is_answered_when_it_is_asked_and_wrong_ones_are_told() {
    let served = Served::shared();
    served.until_whole();
    let asked = "/api/v1/impact/ask?outcome=killed&place=COL&from=2016&until=2022&method=did";
    let first = served.get(asked);
    assert_eq!(first.status, 200, "{}", String::from_utf8_lossy(&first.body));
    let told = first.json();
    assert_eq!(
        (told["method"].as_str(), told["place"]["code"].as_str()),
        (Some("did"), Some("COL"))
    );
    assert_eq!(served.get(asked).body, served.get(&format!("{asked}&donors=")).body);
    let csv = served.get(&asked.replace("/ask?", "/ask.csv?"));
    let text = String::from_utf8(csv.body).expect("text");
    assert_eq!(table(&text)[0], "kind,name,time,value,low,high");
    for (address, status, said) in [
        ("ask?place=COL&from=2016", 400, "`outcome` is missing"),
        ("ask?outcome=killed&from=2016", 400, "`place` is missing"),
        ("ask?outcome=killed&place=COL", 400, "`from` is missing"),
        ("ask?outcome=killed&place=COL&from=lately", 400, "no date"),
        ("ask?outcome=killed&place=COL&from=2016&method=magic", 400, "sdid"),
        (
            "ask?outcome=killed&place=COL&from=2016&margin=20",
            400,
            "share between 0 and 1",
        ),
        ("ask?outcome=killed&place=COL&from=2016&by=week", 400, "month"),
        (
            "ask?outcome=killed&place=COL&from=2016&because_of_harm=perhaps",
            400,
            "true or false",
        ),
        (
            "ask?outcome=killed&place=COL&from=2016&donors=COL",
            400,
            "compared with itself",
        ),
        ("ask?outcome=killed&place=COL&from=2016&format=pdf", 406, "csv"),
        ("ask?outcome=kiled&place=COL&from=2016", 400, "killed"),
        ("ask?outcome=killed&place=Colombya&from=2016", 404, "Colombia"),
        ("ask?outcome=killed&place=COL&from=2016&colour=red", 400, "colour"),
        ("policies/no-such-policy", 404, "there is no policy no-such-policy"),
        ("classes/no-such-class", 404, "there is no class no-such-class"),
        ("places/Atlantis", 404, "Atlantis"),
    ] {
        let answer = served.get(&format!("/api/v1/impact/{address}"));
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, status, "{address}: {body}");
        assert!(body.contains(said), "{address}: {body}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
    }
}

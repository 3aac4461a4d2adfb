//! Questions of policies on the committed snapshot, and of small tables.

use std::io::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use lysoen_answers::AnswerError;
use lysoen_answers::impact::{FileQuestion, ImpactAnswer, ImpactState, Question, Step, ask_file, log_run, runs, sheet};
use lysoen_facts::ViewAt;
use lysoen_impact::{Method, Rules, Word};

use crate::observatories::from_snapshot;

fn state() -> (tempfile::TempDir, ImpactState) {
    let (folder, observatory) = from_snapshot();
    (
        folder,
        ImpactState::of(Arc::new(observatory), &ViewAt::default()).unwrap(),
    )
}

fn question(outcome: &str, place: &str, from: &str) -> Question {
    Question {
        outcome: outcome.to_string(),
        place: place.to_string(),
        from: from.to_string(),
        ..Question::default()
    }
}

fn why_not<'a>(answer: &'a ImpactAnswer, place: &str) -> Option<&'a str> {
    let row = answer.donors.iter().find(|row| row.place.code == place).unwrap();
    row.why_not.as_deref()
}

#[test]
fn the_year_in_which_a_policy_begins_is_set_aside_unless_it_begins_with_it() {
    let (_folder, state) = state();
    let of = |from: &str| {
        let answer = state.ask(&question("killed", "Mali", from)).unwrap();
        (
            answer.set_aside,
            answer.first_after.unwrap(),
            answer.last_after.unwrap(),
        )
    };
    let year = |year: &str| year.to_string();
    assert_eq!(of("2013-04-25"), (vec![year("2013")], year("2014"), year("2024")));
    assert_eq!(of("2013"), (vec![], year("2013"), year("2024")));
    assert_eq!(of("2013-01-01"), (vec![], year("2013"), year("2024")));
    assert_eq!(of("2013-01"), (vec![], year("2013"), year("2024")));
    let months = Question {
        by: Step::Month,
        until: Some("2015".to_string()),
        ..question("killed", "MLI", "2013-04-25")
    };
    let answer = state.ask(&months).unwrap();
    assert_eq!(answer.set_aside, ["2013-04"]);
    assert_eq!(answer.first_after.as_deref(), Some("2013-05"));
    assert_eq!(answer.last_after.as_deref(), Some("2015-12"));
    assert_eq!(answer.outcome.unit, "per 100,000 people a month");
}

#[test]
fn neighbours_places_without_data_and_places_where_nothing_varies_are_no_donors_and_each_says_why() {
    let (_folder, state) = state();
    let answer = state.ask(&question("killed", "Mali", "2013-04-25")).unwrap();
    for neighbour in ["NER", "BFA", "MRT", "DZA", "SEN", "GIN", "CIV"] {
        assert!(
            why_not(&answer, neighbour).unwrap().contains("neighbour by land"),
            "{neighbour}"
        );
    }
    assert!(
        why_not(&answer, "SSD")
            .unwrap()
            .contains("nothing is known of it in 1989")
    );
    assert!(why_not(&answer, "ISL").unwrap().contains("0 in every period before"));
    assert_eq!(why_not(&answer, "COL"), None);
    let named = Question {
        donors: ["Chad", "Colombia", "India"].map(str::to_string).to_vec(),
        ..question("killed", "Mali", "2013-04-25")
    };
    let answer = state.ask(&named).unwrap();
    let used: Vec<&str> = answer
        .donors
        .iter()
        .filter(|row| row.used)
        .map(|row| row.place.code.as_str())
        .collect();
    assert_eq!(used.len(), 3);
    assert_eq!(answer.verdict.word, Word::CannotBeTold, "three donors cannot tell");
    let itself = Question {
        donors: vec!["MLI".to_string()],
        ..question("killed", "Mali", "2013")
    };
    assert!(
        state
            .ask(&itself)
            .unwrap_err()
            .to_string()
            .contains("cannot be compared with itself")
    );
}

#[test]
fn an_effect_in_people_is_the_rates_times_those_who_live_there() {
    let (_folder, state) = state();
    let answer = state.ask(&question("killed", "Colombia", "2003")).unwrap();
    let found = answer.examination.as_ref().unwrap();
    let (people, fit) = (found.people.as_ref().unwrap(), found.fit.as_ref().unwrap());
    // UCDP's deaths in Colombia from 2003 to 2024, read from the snapshot's rows.
    let (_again, observatory) = from_snapshot();
    use arrow::array::AsArray;
    use arrow::datatypes::Float64Type;
    let sql = "SELECT sum(value) FROM observations WHERE source = 'ucdp-country-year' AND indicator = 'killed_total' \
               AND place = 'COL' AND \"end\" >= DATE '2003-12-31'";
    let batches = observatory.query(&ViewAt::default(), sql).unwrap();
    let killed: f64 = batches
        .map(|b| b.unwrap().column(0).as_primitive::<Float64Type>().value(0))
        .sum();
    assert!((people.observed - killed).abs() < 1e-6, "{} {killed}", people.observed);
    assert!((people.observed - people.counterfactual - people.effect).abs() < 1e-6);
    assert_eq!(fit.effect.signum(), people.effect.signum());
    assert_eq!(found.times.len(), found.observed.len());
    let told = sheet(&answer);
    let names: Vec<&str> = told.columns.iter().map(|column| column.name).collect();
    assert_eq!(names, ["kind", "name", "time", "value", "low", "high"]);
}

#[test]
fn a_policy_adopted_because_harm_was_high_is_held_against_episodes_or_cannot_be_told() {
    let (_folder, state) = state();
    let mut with_episodes = 0;
    for policy in state.policies() {
        if !["ceasefire", "arms-embargo"].contains(&policy.kind.as_str()) {
            continue;
        }
        let answer = state.policy(&policy.id).unwrap();
        with_episodes += usize::from(answer.episodes);
        if !answer.episodes {
            assert_eq!(answer.verdict.word, Word::CannotBeTold, "{}", policy.id);
            assert!(!answer.verdict.reasons.is_empty(), "{}", policy.id);
        }
        for row in answer.donors.iter().filter(|row| row.used && answer.episodes) {
            assert!(row.place.code.contains('@'), "{} of {}", row.place.code, policy.id);
            assert!(!row.place.code.starts_with(policy.place.code.as_str()), "{}", policy.id);
        }
    }
    assert!(
        with_episodes > 0,
        "no policy of the catalog stands at a point that others have stood at"
    );
}

// The figures stand in docs/methods/impact.md.
#[allow(clippy::print_stdout)]
#[test]
fn sham_dates_on_the_real_series_find_no_more_than_the_stated_rate() {
    let (_folder, state) = state();
    let alpha = state.rules().alpha;
    for (outcome, method) in [
        ("killed", Method::Synthetic),
        ("killed", Method::Did),
        ("killed_one_sided", Method::Synthetic),
        ("refugees", Method::Did),
        ("displaced_abroad", Method::Did),
    ] {
        let (mut asked, mut found) = (0, 0);
        for from in ["2004", "2010", "2016"] {
            let question = Question {
                method: Some(method),
                until: Some((from.parse::<i32>().unwrap() + 5).to_string()),
                ..question(outcome, "Iceland", from)
            };
            // Iceland has nobody killed, so that the places asked are all others.
            let question = Question {
                place: if outcome.starts_with("killed") {
                    "Mali"
                } else {
                    "Iceland"
                }
                .to_string(),
                ..question
            };
            let told = state.calibrate(&question).unwrap();
            asked += told.asked;
            found += told.fewer + told.more;
        }
        println!("{outcome} by {method}: {found} findings of {asked} asked");
        assert!(asked > 100, "{outcome}: {asked}");
        assert!(
            found as f64 <= alpha * asked as f64,
            "{outcome} by {method}: {found} of {asked}"
        );
    }
}

#[test]
fn wrong_questions_are_answered_with_a_sentence() {
    let (_folder, state) = state();
    let told = |question: Question| state.ask(&question).unwrap_err().to_string();
    assert!(told(question("kiled", "Mali", "2013")).contains("did you mean killed?"));
    assert!(told(question("hdi", "Mali", "2013")).contains("counts people"));
    assert!(told(question("killed", "Mali", "soon")).contains("write a year as 1999"));
    assert!(told(question("killed", "Atlantis", "2013")).contains("Atlantis"));
    let months = Question {
        by: Step::Month,
        ..question("refugees", "Mali", "2013")
    };
    assert!(told(months).contains("not known by months"));
    let margin = Question {
        margin: Some(20.0),
        ..question("killed", "Mali", "2013")
    };
    assert!(told(margin).contains("such as 0.2"));
    let ends = Question {
        until: Some("2010".to_string()),
        ..question("killed", "Mali", "2013")
    };
    assert!(told(ends).contains("before the first one after"));
    let late = state.ask(&question("killed", "Mali", "2025")).unwrap();
    assert!(
        late.verdict.reasons[0].contains("No period after 2025"),
        "{:?}",
        late.verdict.reasons
    );
    assert!(matches!(state.policy("unmil-2004"), Err(AnswerError::NoPolicy { .. })));
    assert!(state.class("ceasefire").unwrap_err().to_string().contains("ceasefires"));
}

#[test]
fn a_question_without_a_series_ends_in_cannot_be_told() {
    let (_folder, state) = state();
    let told = state.class("opac-child-soldiers").unwrap();
    assert_eq!(told.verdict().unwrap().word, Word::CannotBeTold);
    assert!(told.cases.len() > 100 && told.cases.iter().all(|case| !case.answered && case.why_not.is_some()));
    let without = state
        .policies()
        .into_iter()
        .find(|policy| policy.outcome.is_none())
        .unwrap();
    let answer = state.policy(&without.id).unwrap();
    assert_eq!(answer.verdict.word, Word::CannotBeTold);
    assert!(answer.examination.is_none() && !answer.verdict.reasons[0].is_empty());
}

#[test]
fn the_states_of_a_treaty_are_its_cases_each_from_the_day_on_which_it_was_in_force_for_it() {
    let (_folder, state) = state();
    let told = state.class("rome-statute-own-government").unwrap();
    let of = |place: &str| {
        told.cases
            .iter()
            .find(|case| case.place.code == place)
            .map(|case| case.date.to_string())
    };
    // The Statute's first sixty, and later ones by Article 126: the first day of the month after the sixtieth day.
    assert_eq!(of("NOR").as_deref(), Some("2002-07-01"));
    assert_eq!(of("COL").as_deref(), Some("2002-11-01"));
    assert_eq!(of("AFG").as_deref(), Some("2003-05-01"));
    assert_eq!(of("USA"), None);
    assert!(told.cases.len() > 120);
    let answered = told.cases.iter().filter(|case| case.answered).count();
    assert!(told.cases.iter().all(|case| case.answered != case.why_not.is_some()));
    assert!(answered < told.cases.len());
}

#[test]
fn every_run_is_logged_once_and_none_takes_the_place_of_another() {
    let (folder, state) = state();
    let answer = state.ask(&question("killed", "Mali", "2013")).unwrap();
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let observatory = state.observatory();
    assert!(runs(observatory).unwrap().is_empty());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..5).for_each(|_| drop(log_run(observatory, &answer, now).unwrap())));
        }
    });
    let all = runs(observatory).unwrap();
    let numbers: Vec<u64> = all.iter().map(|run| run.number).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<u64>>());
    assert_eq!(
        (all[0].place.as_deref(), all[0].outcome.as_str()),
        (Some("MLI"), "killed")
    );
    assert_eq!(std::fs::read_dir(folder.path().join("runs")).unwrap().count(), 20);
}

/// A made-up table: thirty units, twenty years, the first under a policy from 2012 on that takes ten off.
fn table(more: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    writeln!(file, "region;year;harmed;people").unwrap();
    for unit in 0..30 {
        for year in 2000..2020 {
            let wave = 40.0 + f64::from(unit) + f64::from((unit * 7 + year * 13) % 11) + f64::from(year % 5);
            let harmed = if unit == 0 && year >= 2012 { wave - 10.0 } else { wave };
            writeln!(file, "R{unit:02};{year};{harmed};1000000").unwrap();
        }
    }
    write!(file, "{more}").unwrap();
    file
}

fn of_table(file: &tempfile::NamedTempFile) -> FileQuestion {
    FileQuestion {
        path: file.path().to_path_buf(),
        unit: "region".to_string(),
        time: "year".to_string(),
        outcome: "harmed".to_string(),
        treated: "R00".to_string(),
        from: "2012".to_string(),
        until: None,
        method: Method::Did,
        donors: Vec::new(),
        predictors: Vec::new(),
        people: None,
        margin: None,
        because_of_harm: false,
    }
}

#[test]
fn a_table_with_another_separator_is_asked_and_its_people_are_counted() {
    let file = table("");
    let question = FileQuestion {
        people: Some("people".to_string()),
        ..of_table(&file)
    };
    let (answer, findings) = ask_file(&question, Rules::builtin()).unwrap();
    assert!(findings.iter().all(|findings| findings.list().is_empty()));
    let found = answer.examination.as_ref().unwrap();
    let fit = found.fit.as_ref().unwrap();
    assert!((fit.effect + 10.0).abs() < 2.0, "{}", fit.effect);
    let people = found.people.as_ref().unwrap();
    assert!(
        (people.effect - fit.effect * 10.0 * 8.0).abs() < 1e-6,
        "8 years of a million people"
    );
    assert_eq!((found.pre, found.times.len()), (12, 20));
}

#[test]
fn what_is_wrong_in_a_table_is_told_by_row_and_the_good_rows_are_kept() {
    let file = table("R05;2019;many;1\n;2001;3;1\nR06;soon;3;1\nR07;2003;1;1\n");
    let (answer, findings) = ask_file(&of_table(&file), Rules::builtin()).unwrap();
    let told: Vec<String> = findings[0].list().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].contains("602") && told[0].contains("many"), "{told:?}");
    assert!(told[3].contains("again, with other values than in row"), "{told:?}");
    // What contradicts itself is missing, so the unit has a gap and is no donor.
    assert!(why_not(&answer, "R07").unwrap().contains("2003"));
    assert_eq!(answer.donors.iter().filter(|row| row.used).count(), 28);
}

#[test]
fn wrong_questions_of_a_table_name_the_nearest_column_unit_and_period() {
    let file = table("");
    let told = |question: FileQuestion| ask_file(&question, Rules::builtin()).unwrap_err().to_string();
    let ask = of_table(&file);
    let column = FileQuestion {
        outcome: "harm".to_string(),
        ..ask.clone()
    };
    assert!(told(column).contains("did you mean harmed?"));
    let unit = FileQuestion {
        treated: "R0".to_string(),
        ..ask.clone()
    };
    assert!(told(unit).contains("did you mean R0"));
    let from = FileQuestion {
        from: "soon".to_string(),
        ..ask.clone()
    };
    assert!(told(from).contains("the table's run from 2000 to 2019"));
    let itself = FileQuestion {
        donors: vec!["R00".to_string()],
        ..ask.clone()
    };
    assert!(told(itself).contains("cannot be compared with itself"));
    let late = FileQuestion {
        method: Method::Predictors,
        predictors: vec!["people@2010..2014".to_string()],
        ..ask.clone()
    };
    assert!(told(late).contains("does not lie before the policy"));
    let first = FileQuestion {
        from: "2000".to_string(),
        ..ask
    };
    let (answer, _) = ask_file(&first, Rules::builtin()).unwrap();
    assert_eq!(answer.verdict.word, Word::CannotBeTold);
    assert!(
        answer.verdict.reasons[0].contains("before 2000"),
        "{:?}",
        answer.verdict.reasons
    );
}

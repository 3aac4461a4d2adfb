//! What a view shows: supersession by scope, amendment by key, any day's view, reconstruction, push-down.

use arrow::array::AsArray;
use jiff::civil::{Date, date};
use lysoen_facts::manifest::Scope;
use lysoen_facts::tables::{FactRow, MandateRow, Origin, TreatyActionRow};
use lysoen_facts::{Lake, ViewAt};
use proptest::prelude::*;

use crate::lakes::{Draft, commit, draft, empty, meta, of, partial, shown, years};

fn current(lake: &Lake) -> Vec<(String, i16, f64)> {
    shown(&lake.view(&ViewAt::default()).unwrap())
}

fn as_of(lake: &Lake, day: Date) -> Vec<(String, i16, f64)> {
    shown(
        &lake
            .view(&ViewAt {
                as_of: Some(day),
                reconstruct: false,
                ..ViewAt::default()
            })
            .unwrap(),
    )
}

fn row(place: &str, year: i16, value: f64) -> (String, i16, f64) {
    (place.to_string(), year, value)
}

#[test]
fn a_revision_changes_the_current_view_and_an_earlier_day_still_gives_the_old_figures() {
    let (_folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft(
            "a",
            date(2022, 6, 30),
            years(2020, 2021),
            &[("ETH", 2021, 9000.0), ("MLI", 2021, 1800.0)],
        ),
    );
    commit(
        &mut lake,
        &draft(
            "b",
            date(2023, 6, 30),
            years(2020, 2022),
            &[("ETH", 2021, 20000.0), ("ETH", 2022, 102_000.0)],
        ),
    );
    assert_eq!(
        current(&lake),
        [row("ETH", 2021, 20000.0), row("ETH", 2022, 102_000.0)],
        "Mali was withdrawn"
    );
    let old = [row("ETH", 2021, 9000.0), row("MLI", 2021, 1800.0)];
    assert_eq!(as_of(&lake, date(2022, 6, 30)), old);
    assert_eq!(as_of(&lake, date(2023, 6, 29)), old);
    assert_eq!(as_of(&lake, date(2022, 6, 29)), []);
}

#[test]
fn an_older_vintage_that_is_imported_late_does_not_overwrite_a_newer_one() {
    let (_folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft("new", date(2023, 6, 30), years(2020, 2022), &[("ETH", 2021, 20000.0)]),
    );
    commit(
        &mut lake,
        &draft("old", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]),
    );
    assert_eq!(current(&lake), [row("ETH", 2021, 20000.0)]);
    assert_eq!(as_of(&lake, date(2022, 12, 31)), [row("ETH", 2021, 9000.0)]);
}

#[test]
fn a_release_hides_only_what_lies_within_its_places_and_dates() {
    let (_folder, mut lake) = empty();
    let all = [
        ("ETH", 2020, 1.0),
        ("ETH", 2021, 2.0),
        ("MLI", 2020, 3.0),
        ("MLI", 2021, 4.0),
    ];
    commit(&mut lake, &draft("all", date(2022, 6, 30), years(2020, 2021), &all));
    commit(
        &mut lake,
        &draft(
            "mali",
            date(2022, 7, 30),
            of(&["MLI"], years(2021, 2021)),
            &[("MLI", 2021, 40.0)],
        ),
    );
    let expected = [
        row("ETH", 2020, 1.0),
        row("ETH", 2021, 2.0),
        row("MLI", 2020, 3.0),
        row("MLI", 2021, 40.0),
    ];
    assert_eq!(current(&lake), expected);
}

#[test]
fn two_layouts_of_one_release_count_once() {
    let (_folder, mut lake) = empty();
    let scope = || of(&["SDN"], years(1989, 2023));
    commit(
        &mut lake,
        &draft(
            "hdx",
            date(2024, 6, 30),
            scope(),
            &[("SDN", 2020, 1.0), ("SDN", 2021, 2.0)],
        ),
    );
    commit(
        &mut lake,
        &draft(
            "web",
            date(2024, 6, 30),
            scope(),
            &[("SDN", 2020, 1.0), ("SDN", 2021, 2.0)],
        ),
    );
    assert_eq!(current(&lake), [row("SDN", 2020, 1.0), row("SDN", 2021, 2.0)]);
}

#[test]
fn a_partial_release_amends_by_key_and_leaves_the_rest() {
    let (_folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft(
            "a",
            date(2022, 6, 30),
            years(2020, 2021),
            &[("ETH", 2020, 1.0), ("ETH", 2021, 2.0)],
        ),
    );
    commit(
        &mut lake,
        &draft(
            "b",
            date(2022, 7, 30),
            partial(),
            &[("ETH", 2021, 22.0), ("MLI", 2021, 5.0)],
        ),
    );
    assert_eq!(
        current(&lake),
        [row("ETH", 2020, 1.0), row("ETH", 2021, 22.0), row("MLI", 2021, 5.0)]
    );
    assert_eq!(
        as_of(&lake, date(2022, 7, 1)),
        [row("ETH", 2020, 1.0), row("ETH", 2021, 2.0)]
    );
}

#[test]
fn a_view_is_reconstructed_by_cutting_the_oldest_vintage_at_the_publication_lag() {
    let (_folder, mut lake) = empty();
    let rows = [("ETH", 2017, 1.0), ("ETH", 2018, 2.0), ("ETH", 2019, 3.0)];
    commit(&mut lake, &draft("a", date(2022, 6, 30), years(2017, 2021), &rows));
    let at = |reconstruct| ViewAt {
        as_of: Some(date(2019, 4, 11)),
        reconstruct,
        ..ViewAt::default()
    };
    assert_eq!(shown(&lake.view(&at(false)).unwrap()), []);
    // The fixture's lag is 100 days: on 11 April 2019 the year 2018 had just come out.
    let view = lake.view(&at(true)).unwrap();
    assert_eq!(shown(&view), [row("ETH", 2017, 1.0), row("ETH", 2018, 2.0)]);
    assert!(view.is_reconstructed());
    assert_eq!(view.releases()[0].reconstructed_to, Some(date(2019, 1, 1)));
    let day_before = ViewAt {
        as_of: Some(date(2019, 4, 9)),
        reconstruct: true,
        ..ViewAt::default()
    };
    assert_eq!(shown(&lake.view(&day_before).unwrap()), [row("ETH", 2017, 1.0)]);
}

#[test]
fn a_newer_complete_record_of_mandates_replaces_the_older_and_a_reconstructed_view_knows_none_of_a_later_day() {
    let (_folder, mut lake) = empty();
    let mut record = |file: &str, day, statements: &[(&str, Date)]| {
        let origin = Origin {
            source: "fixture".into(),
            dataset: "statements".into(),
            as_of: day,
            file: file.into(),
        };
        let mut writer = lake.begin(origin).unwrap();
        for (id, from) in statements {
            let row = MandateRow {
                statement_id: id,
                place: "CAF",
                country: Some("CAF"),
                kind: "phase",
                answer: "crisis",
                valid_from: (*from).into(),
                ..MandateRow::default()
            };
            writer.push(&FactRow::Mandate(row)).unwrap();
        }
        let staged = writer.finish(meta(file, Scope::default())).unwrap();
        lake.commit(vec![staged], jiff::Timestamp::UNIX_EPOCH).unwrap();
    };
    let (early, late) = (date(2013, 12, 5), date(2014, 4, 10));
    record("a", date(2015, 1, 1), &[("early", early), ("late", late)]);
    record(
        "b",
        date(2016, 1, 1),
        &[("late", late), ("announced", date(2099, 1, 1))],
    );
    let told = |as_of: Option<Date>, reconstruct| {
        let at = ViewAt {
            as_of,
            reconstruct,
            ..ViewAt::default()
        };
        let sql = "SELECT statement_id FROM mandates ORDER BY 1";
        let batches = lake.view(&at).unwrap().collect(sql).unwrap();
        let ids = batches
            .iter()
            .flat_map(|b| b.column(0).as_string::<i32>().iter().flatten().collect::<Vec<_>>());
        ids.map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        told(None, false),
        ["announced", "late"],
        "announced for the future, and known"
    );
    assert_eq!(told(Some(date(2015, 6, 1)), false), ["early", "late"]);
    // A hundred days of publication lag before the day, only the early one held.
    assert_eq!(told(Some(date(2014, 4, 9)), true), ["early"]);
    assert_eq!(told(Some(date(2014, 4, 9)), false), Vec::<String>::new());
}

#[test]
fn a_reconstructed_view_knows_no_treaty_action_of_a_later_day() {
    let (_folder, mut lake) = empty();
    let origin = Origin {
        source: "fixture".into(),
        dataset: "status-26-5".into(),
        as_of: date(2015, 3, 1),
        file: "26-5.csv".into(),
    };
    let mut writer = lake.begin(origin).unwrap();
    for (participant, day) in [
        ("NOR", Some(date(1998, 7, 9))),
        ("OMN", Some(date(2014, 8, 20))),
        ("XKX", None),
    ] {
        let row = TreatyActionRow {
            instrument: "26-5",
            participant,
            participant_name: participant,
            action: "ratification",
            date: day.map(Into::into),
            date_precision: "day",
            verified: true,
            ..TreatyActionRow::default()
        };
        writer.push(&FactRow::TreatyAction(row)).unwrap();
    }
    let staged = writer.finish(meta("26-5", Scope::default())).unwrap();
    lake.commit(vec![staged], jiff::Timestamp::UNIX_EPOCH).unwrap();
    let bound = |reconstruct| {
        let at = ViewAt {
            as_of: Some(date(2010, 1, 1)),
            reconstruct,
            ..ViewAt::default()
        };
        let batches = lake
            .view(&at)
            .unwrap()
            .collect("SELECT participant FROM treaty_actions ORDER BY 1")
            .unwrap();
        let names = batches
            .iter()
            .flat_map(|b| b.column(0).as_string::<i32>().iter().flatten().collect::<Vec<_>>());
        names.map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(bound(true), ["NOR"]);
    assert_eq!(bound(false), Vec::<String>::new());
}

#[test]
fn predicates_and_projections_reach_the_files() {
    let (_folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft(
            "a",
            date(2022, 6, 30),
            years(2020, 2021),
            &[("ETH", 2020, 1.0), ("MLI", 2021, 2.0)],
        ),
    );
    let view = lake.view(&ViewAt::default()).unwrap();
    let plan = view
        .explain("SELECT value FROM observations WHERE place = 'ETH'")
        .unwrap();
    let scan = plan
        .lines()
        .find(|l| l.contains("DataSourceExec"))
        .unwrap_or_else(|| panic!("{plan}"));
    assert!(scan.contains("predicate=place@"), "{plan}");
    assert!(
        scan.contains("projection=[value]") && !scan.contains("breakdown"),
        "{plan}"
    );
}

#[test]
fn a_hidden_file_is_not_read_at_all() {
    let (folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]),
    );
    commit(
        &mut lake,
        &draft("b", date(2023, 6, 30), years(2020, 2022), &[("ETH", 2021, 20000.0)]),
    );
    let old = &lake.manifest().releases[0].files[0].path;
    std::fs::remove_file(folder.path().join(old)).unwrap();
    assert_eq!(current(&lake), [row("ETH", 2021, 20000.0)]);
}

/// The same rules, told over rows in memory.
fn model(drafts: &[Draft], day: Option<Date>) -> Vec<(String, i16, f64)> {
    let known: Vec<(usize, &Draft)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| day.is_none_or(|day| d.vintage <= day))
        .collect();
    let mut rows = Vec::new();
    for (i, draft) in &known {
        let newer = || known.iter().filter(|(j, d)| (d.vintage, *j) > (draft.vintage, *i));
        for (place, year, value) in &draft.rows {
            let hidden = newer().any(|(_, d)| match &d.scope {
                Scope { partial: true, .. } => d.rows.iter().any(|(p, y, _)| p == place && y == year),
                scope => {
                    let end = date(*year, 12, 31);
                    scope
                        .places
                        .as_ref()
                        .is_none_or(|places| places.iter().any(|p| p == place))
                        && scope.from.is_none_or(|from| from <= end)
                        && scope.to.is_none_or(|to| end <= to)
                }
            });
            if !hidden {
                rows.push((place.to_string(), *year, *value));
            }
        }
    }
    rows.sort_by(|a, b| a.partial_cmp(b).unwrap());
    rows
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let place = prop::sample::select(vec!["ETH", "MLI", "SDN"]);
    let rows = prop::collection::btree_map((place.clone(), 2018i16..2022), 0u8..50, 0..8);
    let places = prop::option::of(prop::collection::vec(place, 1..3));
    let scope = (any::<bool>(), places, 2018i16..2022, 0i16..3).prop_map(|(partial, places, from, length)| Scope {
        partial,
        places: places.map(|p| p.into_iter().map(str::to_string).collect()),
        ..years(from, from + length)
    });
    let one = (2019i16..2024, rows, scope).prop_map(|(year, rows, scope)| Draft {
        name: String::new(),
        vintage: date(year, 6, 30),
        scope,
        rows: rows.into_iter().map(|((p, y), v)| (p, y, f64::from(v))).collect(),
    });
    prop::collection::vec(one, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_of_releases_shows_what_the_rules_say_on_any_day(mut drafts in drafts(), day in 2018i16..2025) {
        let (_folder, mut lake) = empty();
        for (i, draft) in drafts.iter_mut().enumerate() {
            draft.name = format!("release {i}");
            commit(&mut lake, draft);
        }
        prop_assert_eq!(current(&lake), model(&drafts, None));
        prop_assert_eq!(as_of(&lake, date(day, 6, 30)), model(&drafts, Some(date(day, 6, 30))));
    }
}

#[test]
fn a_query_only_asks() {
    let (folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]),
    );
    let view = lake.view(&ViewAt::default()).unwrap();
    let target = folder.path().join("leak.csv");
    let statements = [
        format!("COPY (SELECT * FROM observations) TO '{}'", target.display()),
        "CREATE EXTERNAL TABLE secrets (line VARCHAR) STORED AS CSV LOCATION '/etc/hostname'".to_string(),
        "SET datafusion.execution.batch_size = 1".to_string(),
    ];
    for statement in statements {
        assert!(view.query(&statement).is_err(), "{statement}");
    }
    assert!(!target.exists());
}

#[test]
fn a_source_that_is_left_out_is_not_seen() {
    let (_folder, mut lake) = empty();
    commit(
        &mut lake,
        &draft("a", date(2022, 6, 30), years(2020, 2021), &[("ETH", 2021, 9000.0)]),
    );
    let at = ViewAt {
        without: vec!["fixture".into()],
        ..ViewAt::default()
    };
    assert_eq!(shown(&lake.view(&at).unwrap()), []);
}

//! Every figure leads back to its rows, and adds up from them again.

use std::collections::HashMap;

use arrow::array::AsArray;
use arrow::datatypes::{Date32Type, Float64Type, Int64Type, UInt64Type};
use lysoen_answers::{AssessRequest, assess};
use lysoen_facts::tables::from_days;
use lysoen_facts::{View, ViewAt, literal};
use lysoen_measures::{Role, Term};

use crate::observatories::from_snapshot;

/// Figures drawn at random are added up again from rows that are read anew from the lake.
#[test]
fn fifty_figures_drawn_at_random_add_up_exactly_from_their_rows() {
    let (_folder, observatory) = from_snapshot();
    let view = observatory.view(&ViewAt::default()).unwrap();
    let mut draw = 0x5eed_1999_u64;
    let mut next = move |n: usize| {
        // A linear congruential generator is random enough to pick figures, and the same every time.
        draw = draw
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (draw >> 33) as usize % n
    };
    let mut checked = 0;
    for period in ["2024", "2017", "2009", "1994"] {
        let request = AssessRequest {
            period: Some(period.parse().unwrap()),
            ..AssessRequest::default()
        };
        let assessment = assess(&observatory, &request).unwrap();
        let figures: Vec<_> = assessment.figures.iter().filter(|f| f.value.is_some()).collect();
        for _ in 0..15 {
            let figure = figures[next(figures.len())];
            let mut terms = figure.terms.clone();
            for term in &mut terms {
                if term.table == "measures" {
                    let part = assessment.figure(&term.place.parse().unwrap(), &term.what).unwrap();
                    let again = part.formula.apply(&part.terms);
                    if term.role != Role::Compared {
                        assert_eq!(again, Some(term.value), "{} of {}", term.what, term.place);
                    }
                } else {
                    assert_eq!(value_in_lake(&view, term), Some(term.value), "{term:?}");
                }
            }
            let again = if terms.is_empty() {
                Some(0.0)
            } else {
                figure.formula.apply(&terms)
            };
            assert_eq!(
                again, figure.value,
                "{} of {} in {period}",
                figure.measure, figure.place
            );
            let sheet = assessment.explain(&figure.place, &figure.measure).unwrap();
            assert_eq!(sheet.rows.len(), figure.terms.len());
            checked += 1;
        }
    }
    assert!(checked >= 50);
}

/// The value of the very row that a term names: its source, vintage, file, row, place and indicator.
fn value_in_lake(view: &View, term: &Term) -> Option<f64> {
    let same = format!(
        "source = {} AND dataset = {} AND as_of = DATE '{}' AND file = {} AND row = {}",
        literal(&term.source),
        literal(&term.dataset),
        term.as_of,
        literal(&term.file),
        term.row
    );
    let (indicator, breakdown) = match term.what.split_once(" (") {
        Some((indicator, breakdown)) => (indicator, breakdown.trim_end_matches(')')),
        None => (term.what.as_str(), ""),
    };
    let sql = match term.table {
        "events" => {
            let column = term.what.rsplit(": ").next().unwrap();
            format!("SELECT CAST({column} AS DOUBLE) AS value, \"end\" FROM events WHERE {same}")
        }
        table => format!(
            "SELECT value, \"end\" FROM {table} WHERE {same} AND indicator = {} AND breakdown = {}",
            literal(indicator),
            literal(breakdown)
        ),
    };
    let mut values: HashMap<String, f64> = HashMap::new();
    for batch in view.collect(&sql).unwrap() {
        let (value, end) = (
            batch.column(0).as_primitive::<Float64Type>(),
            batch.column(1).as_primitive::<Date32Type>(),
        );
        (0..batch.num_rows()).for_each(|i| {
            values.insert(from_days(end.value(i)).to_string(), value.value(i));
        });
    }
    values.get(&term.dates.1.to_string()).copied()
}

#[test]
fn an_explanation_names_source_vintage_licence_file_and_row() {
    let (_folder, observatory) = from_snapshot();
    let request = AssessRequest {
        period: Some("2024".parse().unwrap()),
        ..AssessRequest::default()
    };
    let assessment = assess(&observatory, &request).unwrap();
    let sheet = assessment.explain(&"UKR".parse().unwrap(), "killed").unwrap();
    let cell = |name: &str| {
        let at = sheet.columns.iter().position(|c| c.name == name).unwrap();
        format!("{:?}", sheet.rows[0][at])
    };
    assert_eq!(sheet.rows.len(), 1);
    assert!(cell("value").contains("68116"), "{}", cell("value"));
    assert!(
        cell("file").contains("organizedviolencecy_v25_1.csv"),
        "{}",
        cell("file")
    );
    assert!(cell("licence").contains("CC-BY-4.0"), "{}", cell("licence"));
    let error = assessment
        .explain(&"UKR".parse().unwrap(), "kiled")
        .unwrap_err()
        .to_string();
    assert!(error.contains("did you mean killed?"), "{error}");
}

#[test]
fn every_term_names_a_release_of_the_manifest() {
    let (_folder, observatory) = from_snapshot();
    let request = AssessRequest {
        period: Some("2024".parse().unwrap()),
        ..AssessRequest::default()
    };
    let assessment = assess(&observatory, &request).unwrap();
    let releases = &observatory.lake.manifest().releases;
    let known = |t: &Term| {
        releases
            .iter()
            .any(|r| r.source == t.source && r.dataset == t.dataset && r.vintage == t.as_of && r.input.file == t.file)
    };
    let terms = assessment
        .figures
        .iter()
        .flat_map(|f| &f.terms)
        .filter(|t| t.table != "measures");
    assert!(terms.clone().count() > 1000);
    let unknown: Vec<_> = terms.filter(|t| !known(t)).take(3).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn sums_of_events_are_sums_of_integers() {
    let (_folder, observatory) = from_snapshot();
    let sql = "SELECT sum(deaths_best) AS killed, count(*) AS events, max(row) FROM events WHERE source = 'awsd'";
    let batch = observatory
        .query(&ViewAt::default(), sql)
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert!(batch.column(0).as_primitive::<Int64Type>().value(0) > 2000);
    assert_eq!(batch.column(1).as_primitive::<Int64Type>().value(0), 4954);
    assert!(batch.column(2).as_primitive::<UInt64Type>().value(0) >= 4954);
}

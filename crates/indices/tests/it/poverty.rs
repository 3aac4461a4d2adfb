//! Alkire and Foster's method by its authors' example, the technical note of the Human Development Report, and published
//! intervals.

use lysoen_indices::alkire_foster::{Poverty, Survey, alkire_foster, logit_interval};

use crate::near::assert_near;

const NAN: f64 = f64::NAN;

fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
    columns.iter().map(Vec::as_slice).collect()
}

/// Rows of one place as columns of indicators.
fn one_place(rows: &[&[f64]], weights: &[f64], people: &[f64], cutoff: f64) -> Poverty {
    let columns: Vec<Vec<f64>> = (0..weights.len())
        .map(|k| rows.iter().map(|row| row[k]).collect())
        .collect();
    let survey = Survey {
        deprived: &slices(&columns),
        indicator_weights: weights,
        people,
        places: &vec![0; rows.len()],
        place_count: 1,
        cutoff,
    };
    alkire_foster(&survey).expect("a survey without mistakes").remove(0)
}

#[test]
fn alkire_and_fosters_own_example() {
    // Four persons, four dimensions, cutoff 2 of 4 (Alkire & Foster 2011, section 4): the persons lack 0, 2, 4 and 1.
    let rows: [&[f64]; 4] = [&[0.0; 4], &[0.0, 1.0, 0.0, 1.0], &[1.0; 4], &[0.0, 1.0, 0.0, 0.0]];
    let found = one_place(&rows, &[1.0; 4], &[1.0; 4], 0.5);
    assert_near(
        &[found.headcount.value, found.intensity.value, found.mpi.value],
        &[0.5, 0.75, 0.375],
        1e-12,
    );
    // The fourth person lacks the second dimension but is not poor.
    let censored: Vec<f64> = found.censored.iter().map(|share| share.value).collect();
    let uncensored: Vec<f64> = found.uncensored.iter().map(|share| share.value).collect();
    assert_near(&censored, &[0.25, 0.5, 0.25, 0.5], 1e-12);
    assert_near(&uncensored, &[0.25, 0.75, 0.25, 0.5], 1e-12);
    // 0.25 · 0.25 / 0.375 and 0.25 · 0.5 / 0.375
    assert_near(
        &found.contributions,
        &[1.0 / 6.0, 1.0 / 3.0, 1.0 / 6.0, 1.0 / 3.0],
        1e-12,
    );
    // H of four equal rows: se² = 4/3 · 4 · 0.25 / 16 = 1/12
    assert_near(&[found.headcount.se], &[(1.0f64 / 12.0).sqrt()], 1e-12);
}

#[test]
fn the_four_households_of_the_human_development_reports_technical_note() {
    // Schooling, attendance | nutrition, mortality | electricity, water, sanitation, floor, fuel, assets. Scores 22.2, 72.2,
    // 38.9 and 50.0 per cent; with 4, 7, 5 and 4 members H = 16/20, MPI = (7·13/18 + 5·7/18 + 4·1/2)/20 = 0.45.
    let rows: [&[f64]; 4] = [
        &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
        &[1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0],
        &[0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0],
        &[1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0],
    ];
    let weights: Vec<f64> = [[1.0 / 6.0; 4].as_slice(), &[1.0 / 18.0; 6]].concat();
    let found = one_place(&rows, &weights, &[4.0, 7.0, 5.0, 4.0], 1.0 / 3.0);
    assert_near(&[found.headcount.value, found.mpi.value], &[0.8, 0.45], 1e-12);
    assert_near(&[found.intensity.value], &[0.5625], 1e-12);
    let of = |indicators: std::ops::Range<usize>| found.contributions[indicators].iter().sum::<f64>();
    // Education 33.3, health 29.6, standard of living 37.0 per cent.
    assert_near(
        &[of(0..2), of(2..4), of(4..10)],
        &[3.0 / 9.0, 8.0 / 27.0, 10.0 / 27.0],
        1e-12,
    );
}

#[test]
fn a_score_that_is_the_cutoff_but_for_rounding_is_poor() {
    // 1/6 + 3/18 is a third, and in floating point a little less or more.
    let weights: Vec<f64> = [[1.0 / 6.0; 4].as_slice(), &[1.0 / 18.0; 6]].concat();
    let row = [1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0];
    let almost = [1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    assert_near(
        &[one_place(&[&row, &almost], &weights, &[1.0; 2], 1.0 / 3.0)
            .headcount
            .value],
        &[0.5],
        0.0,
    );
}

#[test]
fn rows_with_a_missing_indicator_are_left_out_and_counted() {
    let survey = Survey {
        deprived: &[&[1.0, NAN, 0.0, 1.0], &[1.0, 1.0, 0.0, 1.0]],
        indicator_weights: &[1.0, 1.0],
        people: &[3.0, 9.0, 1.0, NAN],
        places: &[0, 0, 0, 2],
        place_count: 3,
        cutoff: 1.0,
    };
    let found = alkire_foster(&survey).unwrap();
    assert_eq!((found[0].rows, found[0].left_out, found[0].people), (2, 1, 4.0));
    assert_near(&[found[0].headcount.value], &[0.75], 1e-12);
    assert_eq!((found[1].rows, found[1].left_out), (0, 0));
    assert_eq!((found[2].rows, found[2].left_out), (0, 1));
    assert!(found[1].mpi.value.is_nan() && found[1].mpi.interval.is_none());
}

#[test]
fn where_nobody_is_poor_there_is_no_intensity_and_no_interval() {
    let found = one_place(&[&[0.0], &[0.0]], &[1.0], &[1.0; 2], 1.0);
    assert_eq!(
        (found.headcount.value, found.mpi.value, found.mpi.interval),
        (0.0, 0.0, None)
    );
    assert!(found.intensity.value.is_nan() && found.contributions[0].is_nan());
}

#[test]
fn regions_weighted_by_their_people_make_the_nation() {
    let row = |i: u32| [f64::from(i % 2), f64::from(i / 3 % 2), f64::from(i / 5 % 2)];
    let rows: Vec<[f64; 3]> = (0..60).map(row).collect();
    let columns: Vec<Vec<f64>> = (0..3).map(|k| rows.iter().map(|row| row[k]).collect()).collect();
    let people: Vec<f64> = (0..60).map(|i| 1.0 + f64::from(i % 7)).collect();
    let survey = |places: &[usize], place_count| {
        let survey = Survey {
            deprived: &slices(&columns),
            indicator_weights: &[0.5, 0.25, 0.25],
            people: &people,
            places,
            place_count,
            cutoff: 0.5,
        };
        alkire_foster(&survey).unwrap()
    };
    let regions = survey(&(0..60).map(|i| i / 20).collect::<Vec<_>>(), 3);
    let nation = survey(&[0; 60], 1).remove(0);
    let all: f64 = regions.iter().map(|region| region.people).sum();
    let sum = |of: fn(&Poverty) -> f64| regions.iter().map(|region| region.people * of(region)).sum::<f64>() / all;
    assert_near(
        &[sum(|p| p.mpi.value), sum(|p| p.headcount.value)],
        &[nation.mpi.value, nation.headcount.value],
        1e-12,
    );
    assert_near(
        &[nation.headcount.value * nation.intensity.value],
        &[nation.mpi.value],
        1e-12,
    );
    assert_near(&[nation.contributions.iter().sum()], &[1.0], 1e-12);
}

#[test]
fn mistakes_are_told_with_the_row() {
    let survey = |column: &[f64], people: &[f64], cutoff| {
        let survey = Survey {
            deprived: &[column],
            indicator_weights: &[1.0],
            people,
            places: &[0, 0],
            place_count: 1,
            cutoff,
        };
        alkire_foster(&survey).unwrap_err()
    };
    assert_eq!(survey(&[0.0, 2.0], &[1.0, 1.0], 0.5).unit(), Some(1));
    assert_eq!(survey(&[0.0, 1.0], &[1.0, -1.0], 0.5).unit(), Some(1));
    assert!(
        survey(&[0.0, 1.0], &[1.0, 1.0], 33.0)
            .to_string()
            .contains("must be above 0 and up to 1")
    );
}

#[test]
fn published_intervals_are_those_of_the_logit_scale() {
    // MPI, its standard error and interval of the global MPI 2024, table 1.5. The publisher takes Student's t with the
    // degrees of freedom of the survey's design (1.9601 for India, 1.9844 at most), so the ends differ a little.
    let published = [
        (
            "IND",
            0.0688105643495396,
            0.0004544997360598,
            0.0679250447516516,
            0.0697067648587936,
        ),
        (
            "NER",
            0.6012798122205687,
            0.005625415983645,
            0.5901750283569104,
            0.6122813740322043,
        ),
        (
            "TCD",
            0.517011206983083,
            0.0051675388080413,
            0.50686048471809,
            0.5271479100947492,
        ),
        (
            "AFG",
            0.3603053189049837,
            0.0057673363784105,
            0.3490657910799043,
            0.3717000926612744,
        ),
        (
            "SRB",
            0.0004331141474629,
            0.0001724828196388,
            0.0001979365298749,
            0.0009474524600946,
        ),
    ];
    for (country, mpi, se, low, high) in published {
        let found = logit_interval(mpi, se).unwrap_or_else(|| panic!("{country} has an interval"));
        assert_near(&[found.0, found.1], &[low, high], 5e-5);
    }
    assert_eq!(logit_interval(0.0, 0.0), None);
    assert_eq!(logit_interval(1.0, 0.0), None);
}

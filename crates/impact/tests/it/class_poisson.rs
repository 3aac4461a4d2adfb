//! Poisson regression with effects of places and periods, against closed forms and another program.

use lysoen_impact::class::poisson::{Cell, fit};

fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() < within, "{found} is not {expected}");
}

fn cell(unit: usize, period: usize, count: f64, exposure: f64, under: f64) -> Cell {
    Cell {
        unit,
        period,
        count,
        exposure,
        covariates: vec![under],
    }
}

#[test]
fn two_places_and_two_periods_are_the_ratio_of_ratios() {
    let cells = [
        cell(0, 0, 40.0, 1000.0, 0.0),
        cell(0, 1, 15.0, 1100.0, 1.0),
        cell(1, 0, 30.0, 500.0, 0.0),
        cell(1, 1, 33.0, 510.0, 0.0),
    ];
    let found = fit(&cells, 2, 2, &[0, 1]).unwrap();
    let rates = [40.0 / 1000.0, 15.0 / 1100.0, 30.0 / 500.0, 33.0 / 510.0_f64];
    close(
        found.coefficients[0],
        ((rates[1] / rates[0]) / (rates[3] / rates[2])).ln(),
        1e-9,
    );
    // Without the policy the first place would have gone as the second.
    close(
        found.expected(0, 1, 1100.0),
        1100.0 * rates[0] * rates[3] / rates[2],
        1e-7,
    );
}

/// Five places, six periods; people harmed and people who live there.
const HARMED: [[f64; 6]; 5] = [
    [12.0, 15.0, 9.0, 20.0, 8.0, 7.0],
    [30.0, 28.0, 41.0, 39.0, 20.0, 17.0],
    [5.0, 0.0, 7.0, 6.0, 9.0, 4.0],
    [100.0, 120.0, 90.0, 150.0, 160.0, 130.0],
    [3.0, 4.0, 2.0, 8.0, 6.0, 5.0],
];
const PEOPLE: [[f64; 6]; 5] = [
    [100.0, 101.0, 102.0, 103.0, 104.0, 105.0],
    [250.0, 250.0, 255.0, 260.0, 262.0, 266.0],
    [80.0, 79.0, 80.0, 81.0, 82.0, 84.0],
    [900.0, 905.0, 910.0, 915.0, 930.0, 940.0],
    [60.0, 60.0, 61.0, 61.0, 62.0, 62.0],
];

fn five() -> Vec<Cell> {
    let places = 0..5;
    places
        .flat_map(|unit| {
            (0..6).map(move |period| {
                let under = f64::from(unit < 2 && period >= 3);
                cell(unit, period, HARMED[unit][period], PEOPLE[unit][period], under)
            })
        })
        .collect()
}

#[test]
fn five_places_equal_another_program() {
    // statsmodels 0.15, GLM Poisson with dummies of places and periods, offset log(people), errors clustered by place
    // (without its small-sample factor, times √(5/4)).
    let found = fit(&five(), 5, 6, &[0, 1, 2, 3, 4]).unwrap();
    let units = [
        -2.075_890_493_8,
        -2.092_607_932_3,
        -2.969_128_036_1,
        -2.209_188_564_1,
        -2.787_171_598_3,
    ];
    for (found, expected) in found.units.iter().zip(units) {
        close(found.unwrap(), expected, 1e-7);
    }
    let periods = [
        0.0,
        0.103_213_486_8,
        -0.020_113_188_8,
        0.511_986_342_8,
        0.403_396_334_0,
        0.172_589_076_0,
    ];
    for (found, expected) in found.periods.iter().zip(periods) {
        close(found.unwrap(), expected, 1e-7);
    }
    close(found.coefficients[0], -0.576_920_818_3, 1e-7);
    close(found.errors[0], 0.084_326_641_5, 1e-7);
    assert!(found.notes.is_empty());
}

#[test]
fn a_place_and_a_period_where_nobody_was_harmed_change_nothing() {
    let whole = fit(&five(), 5, 6, &[0, 1, 2, 3, 4]).unwrap();
    let mut cells = five();
    cells.extend((0..6).map(|period| cell(5, period, 0.0, 70.0, 0.0)));
    cells.extend((0..6).map(|unit| cell(unit, 6, 0.0, 70.0, 0.0)));
    let found = fit(&cells, 6, 7, &[0, 1, 2, 3, 4, 5]).unwrap();
    close(found.coefficients[0], whole.coefficients[0], 1e-10);
    assert_eq!((found.units[5], found.periods[6]), (None, None));
    assert_eq!(found.expected(5, 0, 70.0), 0.0);
    assert_eq!(found.notes.len(), 2);
}

#[test]
fn what_has_no_finite_answer_is_a_sentence() {
    let told = |cells: &[Cell], units, periods| {
        let cluster: Vec<usize> = (0..units).collect();
        fit(cells, units, periods, &cluster).unwrap_err().to_string()
    };
    let mut none_under = five();
    for cell in none_under.iter_mut().filter(|cell| cell.covariates[0] > 0.0) {
        cell.count = 0.0;
    }
    assert!(told(&none_under, 5, 6).contains("nobody was harmed under the policy"));
    let mut nobody = five();
    for cell in &mut nobody {
        cell.count = 0.0;
    }
    assert!(told(&nobody, 5, 6).contains("nobody was harmed in any place"));
    // Places that share no period cannot be told from the periods.
    let apart = [cell(0, 0, 5.0, 10.0, 0.0), cell(1, 1, 5.0, 10.0, 1.0)];
    assert!(told(&apart, 2, 2).contains("cannot be told apart"));
    let mut odd = five();
    odd[3].exposure = 0.0;
    assert!(told(&odd, 5, 6).contains("no such number"));
}

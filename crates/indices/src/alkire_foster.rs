//! Multidimensional poverty from persons or households, by the method of Alkire and Foster (2011, J. Public Econ. 95:
//! 476–487) as the global MPI uses it.

use crate::step::StepError;

const STEP: &str = "Alkire and Foster's method";
/// How far a sum of weights may be off by rounding; three weights of 1/18 and one of 1/6 are a third.
const ROUNDING: f64 = 1e-9;
/// The standard normal deviate of a 95 % interval.
const Z95: f64 = 1.959_963_984_540_054;

/// Rows that are persons or households.
#[derive(Clone, Copy, Debug)]
pub struct Survey<'a> {
    /// For each indicator a column with 1 where a row is deprived, 0 where not, NaN where that is not known.
    pub deprived: &'a [&'a [f64]],
    /// The weight of each indicator, zero or more; they need not sum to 1.
    pub indicator_weights: &'a [f64],
    /// How many people each row stands for (sampling weight times members of the household), zero or more.
    pub people: &'a [f64],
    /// The place of each row, from 0.
    pub places: &'a [usize],
    /// How many places there are.
    pub place_count: usize,
    /// The weighted share of deprivations from which a row is poor, above 0 and up to 1.
    pub cutoff: f64,
}

/// A share of people with its sampling error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share, 0–1; NaN where it cannot be computed.
    pub value: f64,
    /// The standard error; NaN of a single row.
    pub se: f64,
    /// The 95 % interval on the logit scale; none where the share is 0 or 1, or has no standard error.
    pub interval: Option<(f64, f64)>,
}

/// What the rows say of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Poverty {
    /// The rows that counted.
    pub rows: usize,
    /// The rows left out because an indicator, the weight or the place's people are missing, or because they stand for
    /// nobody.
    pub left_out: usize,
    /// The people that the rows stand for.
    pub people: f64,
    /// H, the share of people who are poor.
    pub headcount: Share,
    /// A, the mean weighted share of deprivations among the poor; NaN where nobody is poor.
    pub intensity: Share,
    /// The MPI, H·A.
    pub mpi: Share,
    /// For each indicator the share of people deprived in it.
    pub uncensored: Vec<Share>,
    /// For each indicator the share of people who are poor and deprived in it.
    pub censored: Vec<Share>,
    /// For each indicator its share of the MPI, w·CH/MPI; NaN where nobody is poor.
    pub contributions: Vec<f64>,
}

/// What the rows say of each place, in the order of the places.
///
/// A row is poor if its deprivation score c = Σ w·deprived is the cutoff or more. A row with a missing indicator is left
/// out and counted, as in the global MPI. A place without rows has NaN for every share.
///
/// Standard errors are linearised (Taylor) under simple weighted sampling with replacement: for a ratio Σ w y / Σ w z the
/// variance is n/(n − 1) Σ (w (y − R z))² / (Σ w z)². Clusters and strata of a survey's design are not known here, so
/// where they matter the standard errors are too small. Intervals are expit(logit p ∓ 1.96 se / (p (1 − p))).
///
/// # Errors
/// Where a value is neither 0 nor 1 nor missing (its row is named as the unit), where weights are negative or sum to zero,
/// and where the cutoff is not above 0 and up to 1.
///
/// # Panics
/// Where columns differ in length or a place's number is not below the number of places.
pub fn alkire_foster(survey: &Survey<'_>) -> Result<Vec<Poverty>, StepError> {
    let weights = checked_weights(survey)?;
    check_rows(survey)?;

    let mut rows_of = vec![Vec::new(); survey.place_count];
    let mut left_out = vec![0; survey.place_count];
    for (row, &place) in survey.places.iter().enumerate() {
        let whole = survey.deprived.iter().all(|column| !column[row].is_nan());
        if whole && survey.people[row] > 0.0 {
            rows_of[place].push(row);
        } else {
            left_out[place] += 1;
        }
    }
    Ok(rows_of
        .iter()
        .zip(left_out)
        .map(|(rows, left_out)| poverty(survey, &weights, rows, left_out))
        .collect())
}

fn checked_weights(survey: &Survey<'_>) -> Result<Vec<f64>, StepError> {
    assert_eq!(
        survey.deprived.len(),
        survey.indicator_weights.len(),
        "one weight for each indicator"
    );
    if !(survey.cutoff > 0.0 && survey.cutoff <= 1.0) {
        let needs = "above 0 and up to 1";
        return Err(StepError::Setting {
            step: STEP,
            setting: "the cutoff",
            value: survey.cutoff,
            needs,
        });
    }
    let weights = survey.indicator_weights;
    if let Some(part) = weights.iter().position(|weight| !(0.0..f64::INFINITY).contains(weight)) {
        return Err(StepError::Weight {
            part,
            weight: weights[part],
        });
    }
    let sum: f64 = weights.iter().sum();
    if sum == 0.0 {
        return Err(StepError::NoWeight);
    }
    Ok(weights.iter().map(|weight| weight / sum).collect())
}

fn check_rows(survey: &Survey<'_>) -> Result<(), StepError> {
    let rows = survey.places.len();
    assert_eq!(survey.people.len(), rows, "one weight for each row");
    assert!(
        survey.deprived.iter().all(|column| column.len() == rows),
        "one value for each row"
    );
    let fails = |values: &[f64], allowed: fn(f64) -> bool| values.iter().position(|&x| !x.is_nan() && !allowed(x));
    for column in survey.deprived {
        if let Some(unit) = fails(column, |x| x == 0.0 || x == 1.0) {
            let (needs, advice) = (
                "1 for deprived and 0 for not",
                "recode it, or leave it empty where it is not known",
            );
            return Err(StepError::Domain {
                step: STEP,
                unit,
                value: column[unit],
                needs,
                advice,
            });
        }
    }
    if let Some(unit) = fails(survey.people, |x| (0.0..f64::INFINITY).contains(&x)) {
        let (needs, advice) = (
            "sampling weights of zero or more",
            "mend the data, or leave the row out",
        );
        return Err(StepError::Domain {
            step: STEP,
            unit,
            value: survey.people[unit],
            needs,
            advice,
        });
    }
    Ok(())
}

fn poverty(survey: &Survey<'_>, weights: &[f64], rows: &[usize], left_out: usize) -> Poverty {
    let people: Vec<f64> = rows.iter().map(|&row| survey.people[row]).collect();
    let scores: Vec<f64> = rows
        .iter()
        .map(|&row| {
            survey
                .deprived
                .iter()
                .zip(weights)
                .map(|(column, weight)| weight * column[row])
                .sum()
        })
        .collect();
    let poor: Vec<f64> = scores
        .iter()
        .map(|&c| if c >= survey.cutoff - ROUNDING { 1.0 } else { 0.0 })
        .collect();
    let censored_scores: Vec<f64> = scores.iter().zip(&poor).map(|(c, poor)| c * poor).collect();
    let all = vec![1.0; rows.len()];

    let mpi = share(&people, &censored_scores, &all);
    let deprived = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<f64>>();
    let censored: Vec<Share> = survey
        .deprived
        .iter()
        .map(|column| {
            let both: Vec<f64> = deprived(column)
                .iter()
                .zip(&poor)
                .map(|(deprived, poor)| deprived * poor)
                .collect();
            share(&people, &both, &all)
        })
        .collect();
    Poverty {
        rows: rows.len(),
        left_out,
        people: people.iter().sum(),
        headcount: share(&people, &poor, &all),
        intensity: share(&people, &censored_scores, &poor),
        contributions: censored
            .iter()
            .zip(weights)
            .map(|(ch, weight)| weight * ch.value / mpi.value)
            .collect(),
        uncensored: survey
            .deprived
            .iter()
            .map(|column| share(&people, &deprived(column), &all))
            .collect(),
        censored,
        mpi,
    }
}

/// The ratio Σ w y / Σ w z with its linearised standard error.
fn share(people: &[f64], y: &[f64], z: &[f64]) -> Share {
    let n = people.len() as f64;
    let base: f64 = people.iter().zip(z).map(|(w, z)| w * z).sum();
    let value = people.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / base;
    let residual = |((w, y), z): ((&f64, &f64), &f64)| (w * (y - value * z)).powi(2);
    let squares: f64 = people.iter().zip(y).zip(z).map(residual).sum();
    let se = (n / (n - 1.0) * squares).sqrt() / base;
    Share {
        value,
        se,
        interval: logit_interval(value, se),
    }
}

/// The 95 % interval of a share on the logit scale, which stays within 0–1; none where the share is 0 or 1.
#[must_use]
pub fn logit_interval(share: f64, se: f64) -> Option<(f64, f64)> {
    if !(share > 0.0 && share < 1.0 && se.is_finite()) {
        return None;
    }
    let centre = (share / (1.0 - share)).ln();
    let reach = Z95 * se / (share * (1.0 - share));
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    Some((expit(centre - reach), expit(centre + reach)))
}

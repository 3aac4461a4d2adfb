//! Years of life that are lived free from the threats counted, if today's rates held. Pure functions.
//!
//! King and Murray (2002, "Rethinking human security", Political Science Quarterly 116:585–610) count a person's expected
//! years of life outside generalised poverty. For a period this is Sullivan's method (1971): the years of a life table,
//! each weighted by the share of people of that age who are free from the threats ([`sullivan`]). Where the share is
//! known for all ages together only, [`crude`] is what is left of it.
//!
//! A prevalence is a *stock*, the share of people who face a threat at a moment; a yearly flow, such as those who
//! were displaced in the course of a year, is none. Those whom a threat kills are in the life table already.

/// An age interval of a life table, with the prevalence of the threats in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgeInterval {
    /// First age x of the interval, in years; it ends where the next one begins, and the last one is open.
    pub from: f64,
    /// Those of the table who are alive at that age, lₓ.
    pub survivors: f64,
    /// The years that they live in the interval, Lₓ.
    pub years: f64,
    /// The share who face the threats, πₓ, between 0 and 1.
    pub prevalence: f64,
    /// The effective size of the sample behind the share, Nₓ: πₓ(1 − πₓ) over its variance. None where it is not known.
    pub sample: Option<f64>,
}

/// Years of life, those free from the threats and the others, from the first age of a table on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifeYears {
    /// All expected years, discounted likewise.
    pub life: f64,
    /// Those free from the threats.
    pub secure: f64,
    /// Those under at least one of them: `life` less `secure`.
    pub insecure: f64,
    /// The standard error of `secure`, which is also that of `insecure` where the error of `life` is left out; none
    /// where the error of an input is not known.
    pub standard_error: Option<f64>,
}

/// Why a life table cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LifeTableError {
    /// No interval.
    #[error("the life table is empty: it needs at least the open interval from one age on")]
    Empty,
    /// An interval that cannot be.
    #[error("the life table from age {from}: {what}")]
    Interval {
        /// The first age of the interval.
        from: f64,
        /// What is wrong, and what to do.
        what: String,
    },
}

/// Sullivan's expectancy at the first age of the table: Σ Lₓ(1 − πₓ)/l₀.
///
/// Its squared standard error is Σ Lₓ²πₓ(1 − πₓ)/Nₓ/l₀²; it leaves out the error of the deaths, which is small in national
/// tables. A share of 0 or 1 adds nothing to it, however small its sample.
///
/// `discount` is the rate r a year at which later years count less, 0 for none: Lₓ is multiplied by e^(−r·t), t being
/// the time from the first age to the middle of the interval; for the open one to x + eₓ, eₓ = Lₓ/lₓ.
///
/// ```
/// use lysoen_measures::secure_life::{AgeInterval, sullivan};
/// let interval = |from, survivors, years, prevalence| AgeInterval { from, survivors, years, prevalence, sample: Some(400.0) };
/// // Of 100 born, 90 reach 20 and live 45 more years each; a tenth of the young and a third of the others face a threat.
/// let table = [interval(0.0, 100.0, 1900.0, 0.1), interval(20.0, 90.0, 4050.0, 1.0 / 3.0)];
/// let years = sullivan(&table, 0.0).unwrap();
/// assert!((years.life - 59.5).abs() < 1e-9 && (years.secure - 44.1).abs() < 1e-9);
/// ```
pub fn sullivan(table: &[AgeInterval], discount: f64) -> Result<LifeYears, LifeTableError> {
    let first = table.first().ok_or(LifeTableError::Empty)?;
    check(table)?;
    let weight = |(i, age): (usize, &AgeInterval)| {
        let middle = match table.get(i + 1) {
            Some(next) => f64::midpoint(age.from, next.from),
            None => age.from + age.years / age.survivors,
        };
        (-discount * (middle - first.from)).exp() * age.years / first.survivors
    };
    let years: Vec<f64> = table.iter().enumerate().map(weight).collect();
    let variances = table.iter().zip(&years).map(|(age, years)| {
        let variance = |n: f64| years * years * age.prevalence * (1.0 - age.prevalence) / n;
        age.sample.map(variance)
    });
    let life: f64 = years.iter().sum();
    let insecure: f64 = table
        .iter()
        .zip(&years)
        .map(|(age, years)| years * age.prevalence)
        .sum();
    Ok(LifeYears {
        life,
        secure: life - insecure,
        insecure,
        standard_error: variances.sum::<Option<f64>>().map(f64::sqrt),
    })
}

fn check(table: &[AgeInterval]) -> Result<(), LifeTableError> {
    for (i, age) in table.iter().enumerate() {
        let next = table.get(i + 1);
        let positive = |x: f64| x > 0.0 && x.is_finite();
        let what = if !(0.0..=1.0).contains(&age.prevalence) {
            format!(
                "the prevalence {} is no share between 0 and 1; divide per cent by 100",
                age.prevalence
            )
        } else if !positive(age.survivors) || !positive(age.years) {
            "survivors and years must be above zero; end the table with the last age that someone reaches".to_string()
        } else if age.sample.is_some_and(|n| !positive(n)) {
            "the size of a sample must be above zero; leave it out where it is not known".to_string()
        } else if next.is_some_and(|next| next.from <= age.from) {
            "the ages must rise from interval to interval".to_string()
        } else if next.is_some_and(|next| next.survivors > age.survivors) {
            "more people are alive at the next age than at this one".to_string()
        } else if next.is_some_and(|next| age.years > age.survivors * (next.from - age.from) * (1.0 + 1e-6)) {
            "more years are lived than the survivors can live in the interval; are the columns exchanged?".to_string()
        } else {
            continue;
        };
        return Err(LifeTableError::Interval { from: age.from, what });
    }
    Ok(())
}

/// A number and its standard error, where it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The number.
    pub value: f64,
    /// Its standard error.
    pub standard_error: Option<f64>,
}

/// The crude version, e₀(1 − π), from the life expectancy and one prevalence of all ages.
///
/// It is exact only where the prevalence is the same at every age, or is weighted by Lₓ and not by the people there are:
/// in a young population under a threat of the old it is too high. With independent errors SE² = (1 − π)²SE(e₀)² +
/// e₀²SE(π)²; this standard error is of the secure years.
///
/// ```
/// use lysoen_measures::secure_life::{Measured, crude};
/// let life = Measured { value: 60.0, standard_error: Some(0.5) };
/// let share = Measured { value: 0.25, standard_error: Some(0.02) };
/// let years = crude(life, share);
/// // 0.75² × 0.5² + 60² × 0.02² = 0.140625 + 1.44 = 1.580625.
/// assert_eq!((years.secure, years.insecure), (45.0, 15.0));
/// assert!((years.standard_error.unwrap() - 1.580625_f64.sqrt()).abs() < 1e-12);
/// ```
pub fn crude(life: Measured, prevalence: Measured) -> LifeYears {
    let insecure = life.value * prevalence.value;
    let squared = |of_life: f64, of_share: f64| {
        let (by_life, by_share) = ((1.0 - prevalence.value) * of_life, life.value * of_share);
        by_life * by_life + by_share * by_share
    };
    LifeYears {
        life: life.value,
        secure: life.value - insecure,
        insecure,
        standard_error: life
            .standard_error
            .zip(prevalence.standard_error)
            .map(|(of_life, of_share)| squared(of_life, of_share).sqrt()),
    }
}

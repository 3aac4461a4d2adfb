//! Years of life at birth, parted by the core threats: crude bounds, for the shares are of all ages together.
//!
//! A life expectancy e₀ and shares pₖ of one population give e₀(1 − min(1, Σ pₖ)) to e₀(1 − max pₖ) years free from all
//! of the threats, and the rest of e₀ under at least one: [`crate::secure_life::crude`] at both ends of the bounds of
//! [`crate::bounds::frechet`], under the same rules of what may enter them.

use lysoen_lexicon::estimate::IntervalKind;
use lysoen_lexicon::place::{PlaceId, PlaceKind};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::bounds::{Prevalence, beside, compared, frechet, widened};
use crate::catalog::{Measure, Years};
use crate::compute::{Computer, Found, join};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::secure_life::{Measured, crude};

impl Computer<'_> {
    /// The secure or the insecure years of life at a place.
    pub(crate) fn years_of_life(&self, measure: &Measure, place: &PlaceId) -> Result<Found, (Coverage, String)> {
        if place.kind() == PlaceKind::World {
            let why = "told place by place: where lives are short more people face the threats, so the world's average \
                       life and its average share do not make the world's years";
            return Err((Coverage::NotCovered, why.to_string()));
        }
        let life = self.life(place)?;
        let threats: Vec<&str> = self.measures.core.all().collect();
        let (known, missing) = self.prevalences(&threats, place);
        if known.is_empty() {
            return Err((
                Coverage::NotCovered,
                join("no core threat is known", &missing.join("; ")),
            ));
        }
        let complete = missing.is_empty() && known.iter().all(|(p, _)| !p.open);
        let shares: Vec<(f64, f64)> = known.iter().map(|(p, _)| (p.low, p.high)).collect();
        let (_, upper) = frechet(&shares);
        let mut terms: Vec<Term> = known.iter().filter_map(|(p, f)| compared(p, f)).collect();
        let row = life.terms.first().map(|t| Term {
            role: Role::Life,
            ..t.clone()
        });
        terms.extend(row);
        let secure = measure.years == Some(Years::Secure);
        let formula = if secure {
            Formula::SecureYears
        } else {
            Formula::InsecureYears
        };
        let value = formula
            .apply(&terms)
            .ok_or((Coverage::NotCovered, "no life expectancy".to_string()))?;
        let other = |all: f64| {
            if secure {
                all * (100.0 - upper) / 100.0
            } else {
                all * upper / 100.0
            }
        };
        let other = life.value.map(other).filter(|_| complete);
        let (low, high) = if secure {
            (other, Some(value))
        } else {
            (Some(value), other)
        };
        let interval_kind = match (complete, secure) {
            (true, _) => "bounds",
            (false, true) => "upper bound only",
            (false, false) => "lower bound only",
        };
        terms.extend(beside(&known));
        let mut note = "if today's rates held; crude: as if the threats were alike at every age".to_string();
        let when = life.data_period.as_ref().filter(|_| life.coverage == Coverage::Earlier);
        let when = when.map_or_else(String::new, |period| format!("life expectancy of {period}"));
        for more in [when, self.largest(&known), missing.join("; ")] {
            note = join(&note, &more);
        }
        note = join(&widened(&known, note), &error(&life, &known));
        Ok(Found {
            value,
            low,
            high,
            interval_kind: interval_kind.to_string(),
            terms,
            formula,
            dates: life
                .terms
                .first()
                .map_or((self.period.start(), self.period.end()), |t| t.dates),
            coverage: if complete { life.coverage } else { Coverage::Incomplete },
            population: None,
            note,
            said_by: None,
        })
    }

    /// The life expectancy at a place, not stale.
    fn life(&self, place: &PlaceId) -> Result<Figure, (Coverage, String)> {
        let measure = self.measures.core.life.as_deref().and_then(|id| self.measures.get(id));
        let measure = measure.ok_or((Coverage::NoSource, "no measure of life expectancy".to_string()))?;
        let figure = self.figure(measure, place);
        match (figure.value, figure.coverage, &figure.data_period) {
            (Some(_), Coverage::Stale, Some(period)) => Err((
                Coverage::NotCovered,
                format!("the newest life expectancy, of {period}, is more than three years old"),
            )),
            (Some(_), ..) => Ok(figure),
            (None, coverage, _) => Err((coverage, join("no life expectancy", &figure.note))),
        }
    }
}

/// The standard error of the years at the largest share, or why there is none.
fn error(life: &Figure, known: &[(Prevalence, Figure)]) -> String {
    let largest = known.iter().reduce(|a, b| if b.0.low > a.0.low { b } else { a });
    let years = largest.zip(life.value).map(|((p, figure), years)| {
        let life = Measured {
            value: years,
            standard_error: standard_error(life),
        };
        let people = figure.population.unwrap_or(f64::NAN);
        let share = Measured {
            value: p.share / 100.0,
            standard_error: standard_error(figure).map(|of_count| of_count / people),
        };
        crude(life, share)
    });
    match years.and_then(|years| years.standard_error) {
        Some(error) => format!("standard error of the crude years {error:.2}"),
        None => "no standard error: the life expectancy or the largest share has no interval of error".to_string(),
    }
}

/// The standard error that a figure's interval has, taken as a normal one; none where it is no interval of error.
fn standard_error(figure: &Figure) -> Option<f64> {
    let level = match figure.interval_kind.parse().ok()? {
        IntervalKind::Confidence { level } | IntervalKind::Credible { level } => level,
        _ => return None,
    };
    let width = figure.high? - figure.low?;
    Some(width / 2.0 / Normal::standard().inverse_cdf(f64::midpoint(1.0, level)))
}

//! Conformal inference (Chernozhukov, Wüthrich & Zhu 2021, JASA 116:1849, sections 2.2 and 2.3; moving blocks).
//!
//! A null effect is taken away from the periods after, the counterfactual is fitted on all T periods as if there had been
//! no policy, and the errors are shifted cyclically: p is the share of the T shifts, the identity among them, with a mean
//! absolute error in the place of the periods after at least as large as the one there is. It needs errors that are
//! stationary and weakly dependent, and a method of which a fit on all periods says something: it is none for the
//! interrupted time series and for synthetic difference-in-differences, in which the periods after have a part of their
//! own, nor with predictors, whose optimum is not dependable.
//!
//! The set of effects that are not rejected is found from the estimate outwards: steps that double until two in a row are
//! rejected, then halving between the last that is not and the first that is. The end told is the rejected one, so that the
//! interval errs on the wide side; a set with a gap is told as the interval around it. Where 1/T is above 1 − level, or the
//! periods after are so many that any effect is taken up by the fit, nothing is rejected and there is no interval.

use rayon::prelude::*;

use super::{Conformal, Interval, fitted};
use crate::design::Design;
use crate::methods::{Fit, Method, mean};
use crate::rules::Rules;

/// Errors closer than this share of the largest value are the same.
const TIE: f64 = 1e-9;
/// Most doublings of a step before an effect is held to be unbounded.
const DOUBLINGS: usize = 24;
/// How often a bracket is halved: the end is then known to 1/256 of the last step.
const HALVINGS: usize = 8;

/// Conformal p, the interval of an effect that is the same in every period after, and the intervals of each period by itself;
/// none where the method or its fit on all periods says nothing, and in event time.
pub fn conformal(method: Method, design: &Design, fit: &Fit, rules: &Rules) -> Option<Conformal> {
    let whole = whole(method, design, fit, rules)?;
    let each = (0..design.post()).into_par_iter();
    let periods = each.map(|after| of_period(method, design, after, fit, rules)).collect();
    Some(Conformal { periods, ..whole })
}

/// The same without the periods one by one.
pub fn whole(method: Method, design: &Design, fit: &Fit, rules: &Rules) -> Option<Conformal> {
    // Errors about a mean of episodes are skewed, and their shifts are no measure of a median.
    if design.after != 1.0 {
        return None;
    }
    let test = Test::new(method, design)?;
    Some(Conformal {
        p: test.p(0.0)?,
        smallest: 1.0 / design.times.len() as f64,
        interval: test.interval(fit, rules.level).map(|(low, high)| Interval {
            low,
            high,
            level: rules.level,
            kind: "conformal".to_string(),
        }),
        periods: Vec::new(),
    })
}

/// One period after by itself: those before and it alone.
fn of_period(method: Method, design: &Design, after: usize, fit: &Fit, rules: &Rules) -> Option<(f64, f64)> {
    let alone = with_one_after(design, after);
    let time = design.pre + after;
    let gap = design.observed[time] - fit.counterfactual[time];
    let fit = Fit {
        effect: gap,
        ..fit.clone()
    };
    Test::new(method, &alone)?.interval(&fit, rules.level)
}

fn with_one_after(design: &Design, after: usize) -> Design {
    let time = design.pre + after;
    let mut alone = design.cut(design.pre, design.pre + 1);
    alone.times[design.pre] = design.times[time].clone();
    alone.at[design.pre] = design.at[time];
    alone.observed[design.pre] = design.observed[time];
    for (alone, donor) in alone.donors.iter_mut().zip(&design.donors) {
        alone.values[design.pre] = donor.values[time];
    }
    alone
}

/// A question to which null effects are put.
struct Test<'a> {
    method: Method,
    design: &'a Design,
    /// All periods as if they lay before, and the last of them once more, as a period after that no fit looks at: a design
    /// must have one.
    imposed: Design,
    tie: f64,
}

impl Test<'_> {
    fn new(method: Method, design: &Design) -> Option<Test<'_>> {
        if matches!(method, Method::Its | Method::Sdid | Method::Predictors) || design.donors.is_empty() {
            return None;
        }
        let mut imposed = design.clone();
        imposed.pre = design.times.len();
        imposed.times.push("after".to_string());
        imposed.at.push(design.at.last()? + 1.0);
        imposed.observed.push(*design.observed.last()?);
        for donor in &mut imposed.donors {
            donor.values.push(*donor.values.last()?);
        }
        let largest = design
            .observed
            .iter()
            .fold(0.0_f64, |most, value| most.max(value.abs()));
        Some(Test {
            method,
            design,
            imposed,
            tie: TIE * largest,
        })
    }

    /// The p of an effect that is the same in every period after; none where it cannot be fitted.
    fn p(&self, effect: f64) -> Option<f64> {
        let periods = self.design.times.len();
        let mut imposed = self.imposed.clone();
        for value in &mut imposed.observed[self.design.pre..] {
            *value -= effect;
        }
        let fit = fitted(self.method, &imposed).ok()?;
        let errors: Vec<f64> = fit.gaps(&imposed)[..periods].iter().map(|gap| gap.abs()).collect();
        let shifted = |shift: usize| {
            let places = (self.design.pre..periods).map(|time| errors[(time + shift) % periods]);
            places.sum::<f64>() / self.design.post() as f64
        };
        let observed = shifted(0);
        let at_least = (0..periods)
            .filter(|&shift| shifted(shift) >= observed - self.tie)
            .count();
        Some(at_least as f64 / periods as f64)
    }

    fn interval(&self, fit: &Fit, level: f64) -> Option<(f64, f64)> {
        // Nothing is rejected where even the smallest p is above what rejects; a fit fails as it were not rejected.
        let rejects = 1.0 - level + 1e-12;
        let accepts = |effect: f64| self.p(effect).is_none_or(|p| p > rejects);
        if 1.0 / self.design.times.len() as f64 > rejects {
            return None;
        }
        let step = self.step(fit);
        let centre = self.centre(fit.effect, step, &accepts)?;
        Some((outwards(centre, -step, &accepts)?, outwards(centre, step, &accepts)?))
    }

    /// A first step: the errors before, or what the series moves by where they are none.
    fn step(&self, fit: &Fit) -> f64 {
        let before = &self.design.observed[..self.design.pre];
        let middle = mean(before);
        let moves = mean(&before.iter().map(|value| (value - middle).abs()).collect::<Vec<_>>());
        fit.pre_rmspe
            .max(1e-3 * moves)
            .max(1e3 * self.tie)
            .max(f64::MIN_POSITIVE)
    }

    /// An effect that is not rejected, the estimate or one near it.
    fn centre(&self, estimate: f64, step: f64, accepts: &impl Fn(f64) -> bool) -> Option<f64> {
        let near = [0.0, 0.25, -0.25, 0.5, -0.5, 1.0, -1.0, 2.0, -2.0, 4.0, -4.0];
        near.iter()
            .map(|share| estimate + share * step)
            .find(|&effect| accepts(effect))
    }
}

/// The first effect rejected on one side of one that is not; none where there is none within many doublings.
fn outwards(centre: f64, step: f64, accepts: &impl Fn(f64) -> bool) -> Option<f64> {
    let mut inner = centre;
    let mut outer = None;
    for doubling in 0..DOUBLINGS {
        let next = centre + step * f64::powi(2.0, doubling as i32);
        match (accepts(next), outer) {
            (true, _) => (inner, outer) = (next, None),
            (false, None) => outer = Some(next),
            (false, Some(_)) => break,
        }
    }
    let mut outer = outer?;
    for _ in 0..HALVINGS {
        let middle = inner + (outer - inner) / 2.0;
        match accepts(middle) {
            true => inner = middle,
            false => outer = middle,
        }
    }
    Some(outer)
}

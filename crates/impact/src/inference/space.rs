//! Placebos in space: every donor as if it had had the policy (Abadie, Diamond & Hainmueller 2010, JASA 105:493, section 3.4).
//!
//! Each donor is fitted from the other donors; the unit under the policy is never among them. Donors that cannot be fitted
//! are in neither the rank nor the count (a place with the same value in every period before, say). All that is undecided
//! speaks against the unit: a donor with the same ratio counts as larger, and so does one whose fit before is perfect, for
//! it has no ratio.

use rayon::prelude::*;

use super::quantiles::{ascending, band, range_or_band};
use super::{Interval, Placebo, Space, fitted, is_perfect};
use crate::design::Design;
use crate::methods::{Fit, Method, mean, mean_square};
use crate::rules::Rules;
use crate::unfit::Unfit;

/// Ratios that differ by less than this share are the same; solvers do not agree to the last digit.
const TIE: f64 = 1e-9;

/// Every donor as if it had had the policy, in the donors' order; none where it cannot be fitted.
pub fn placebos(method: Method, design: &Design) -> Vec<Option<Placebo>> {
    let donors = (0..design.donors.len()).into_par_iter();
    donors.map(|donor| placebo(method, &design.as_if(donor)).ok()).collect()
}

/// A design's unit as a placebo.
///
/// # Errors
/// Where it cannot be fitted.
pub fn placebo(method: Method, design: &Design) -> Result<Placebo, Unfit> {
    fitted(method, design).map(|fit| of_fit(design, &fit))
}

fn of_fit(design: &Design, fit: &Fit) -> Placebo {
    let gaps = fit.gaps(design);
    let pre_mspe = mean_square(&gaps[..design.pre]);
    let post_mspe = mean_square(&gaps[design.pre..]);
    let ratio = Some(post_mspe / pre_mspe).filter(|ratio| ratio.is_finite());
    Placebo {
        unit: design.unit.clone(),
        pre_mspe,
        post_mspe,
        ratio: ratio.filter(|_| !is_perfect(design, pre_mspe.sqrt())),
        effect: mean(&gaps[design.pre..]),
        gaps,
    }
}

/// The unit among the placebos of its donors, as [`placebos`] gives them.
///
/// # Errors
/// Where no donor could be fitted, or the unit's own fit before is perfect: then there is no ratio to rank, and a fit that
/// follows every period has learned its noise.
pub fn rank(design: &Design, fit: &Fit, placebos: &[Option<Placebo>], rules: &Rules) -> Result<Space, Unfit> {
    let own = of_fit(design, fit);
    let Some(ratio) = own.ratio else {
        return Err(Unfit::Form(format!(
            "the fit of {} before the policy is perfect, so that its gap after cannot be measured against it; a fit that \
             follows every period has learned its noise",
            design.unit
        )));
    };
    let donors: Vec<Placebo> = placebos.iter().flatten().cloned().collect();
    if donors.is_empty() {
        return Err(Unfit::Form(format!(
            "none of the {} places without the policy could be fitted as if it had had it",
            design.donors.len()
        )));
    }
    let larger = |placebo: &&Placebo| placebo.ratio.is_none_or(|other| other >= ratio * (1.0 - TIE));
    let rank = 1 + donors.iter().filter(larger).count();
    let of = 1 + donors.len();
    Ok(Space {
        rank,
        of,
        p: rank as f64 / of as f64,
        ratio,
        band: band_of_gaps(design.times.len(), &donors, rules.band),
        interval: interval(own.effect, donors.iter().map(|donor| donor.effect), rules.level),
        donors,
    })
}

/// The estimate less the quantiles of what the donors show where there was no policy: an effect is held as often as the
/// level says where the unit's error is one of the donors' kind. None where there are too few donors for the level (19 for
/// 90 %).
pub(crate) fn interval(effect: f64, placebos: impl Iterator<Item = f64>, level: f64) -> Option<Interval> {
    let (low, high) = band(&ascending(placebos), level)?;
    Some(Interval {
        low: effect - high,
        high: effect - low,
        level,
        kind: "placebo".to_string(),
    })
}

fn band_of_gaps(periods: usize, donors: &[Placebo], share: f64) -> Vec<(f64, f64)> {
    let of_period = |time: usize| range_or_band(donors.iter().map(|donor| donor.gaps[time]), share);
    (0..periods).filter_map(of_period).collect()
}

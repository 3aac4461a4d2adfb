//! Whether the policy came at a peak of harm, or because harm was high: from there it would fall without any policy.
//!
//! On this project's data sham policies dated at a country's own 12-month peak of deaths "reduce" them by a fifth. Such a
//! question needs other places at the same point of their own episodes ([`crate::episodes`]).
//!
//! Read is the unit's outcome less the donors' median, which a single donor's outbreak does not move; its last value, and
//! its mean over the last twelve months where a period is shorter than a year, each against all earlier ones of the unit.
//! What counts is the higher of the two.

use super::Check;
use crate::design::Design;
use crate::examine::About;
use crate::inference::median;
use crate::methods::mean;
use crate::rules::Rules;

/// Where the unit stands, and whether there are episodes to hold it against if it must be.
pub(super) fn checks(before: &Design, rules: &Rules, about: &About) -> Vec<Check> {
    let stand = stand(before, about.months);
    let high = stand.is_some_and(|stand| stand >= rules.peak);
    let episodes = about.shams.as_ref().map_or(0, |shams| shams.episodes);
    let enough = episodes >= rules.episodes;
    let mut checks = vec![Check {
        id: "peak".to_string(),
        holds: stand.is_some() && (!high || enough),
        found: stand,
        limit: Some(rules.peak),
        told: told(before, stand, high),
    }];
    if high || about.because_of_harm {
        let why = match about.because_of_harm {
            true => "The policy was adopted because harm was high",
            false => "The policy came at a peak of harm",
        };
        checks.push(Check {
            id: "episodes".to_string(),
            holds: enough,
            found: Some(episodes as f64),
            limit: Some(rules.episodes as f64),
            told: format!(
                "{why}, from where it falls without any policy: that needs {} other places at the same point of their own \
                 episodes, and there are {episodes}.",
                rules.episodes
            ),
        });
    }
    checks
}

fn told(before: &Design, stand: Option<f64>, high: bool) -> String {
    let Some(stand) = stand else {
        return format!(
            "Whether {} stands at a peak before the policy is not known.",
            before.unit
        );
    };
    let share = (stand * 100.0).round();
    match high {
        true => format!(
            "Against the other places {} stands at or above {share} % of its own values when the policy begins: at a peak, \
             from where harm falls without any policy.",
            before.unit
        ),
        false => format!(
            "Against the other places {} stands at or above {share} % of its own values when the policy begins: at no peak.",
            before.unit
        ),
    }
}

/// The share of the unit's own earlier values, against the donors, that its last lies at or above; none where there is no
/// earlier one.
fn stand(before: &Design, months: Option<u32>) -> Option<f64> {
    let periods = before.times.len();
    let against = |time: usize| {
        let donors = median(before.donors.iter().map(|donor| donor.values[time]));
        before.observed[time] - donors.unwrap_or(0.0)
    };
    let values: Vec<f64> = (0..periods).map(against).collect();
    let year = months.map_or(1, |months| (12 / months.max(1)).max(1) as usize);
    let of_year: Vec<f64> = values.windows(year).map(mean).collect();
    let stands = [share_below(&values), share_below(&of_year)];
    stands.into_iter().flatten().max_by(f64::total_cmp)
}

/// The share of the earlier values that the last lies at or above; none where there is no earlier one.
pub(super) fn share_below(values: &[f64]) -> Option<f64> {
    let (last, earlier) = values.split_last()?;
    let below = earlier.iter().filter(|value| *value <= last).count();
    (!earlier.is_empty()).then(|| below as f64 / earlier.len() as f64)
}

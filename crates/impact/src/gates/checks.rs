//! The checks one by one, each with its sentence.

use super::{Check, Detectable, HoldOut};
use crate::design::Design;
use crate::examine::About;
use crate::methods::mean;
use crate::rules::Rules;
use crate::spoken::{count, number, percent};

/// The fewest people expected to be harmed in a period after.
const FEWEST: f64 = 5.0;
/// The two-sided 90 % quantile of the normal distribution, for the noise of counts alone.
const NOISE: f64 = 1.6449;

fn check(id: &str, holds: bool, found: Option<f64>, limit: Option<f64>, told: String) -> Check {
    let id = id.to_string();
    Check {
        id,
        holds,
        found,
        limit,
        told,
    }
}

/// Enough donors: with n of them no placebo p is below 1/(n+1).
pub(super) fn donors(before: &Design, rules: &Rules) -> Check {
    let found = before.donors.len();
    let holds = found >= rules.donors;
    let places = count(found, "place");
    let told = match holds {
        true => format!("{} can be compared with {places} without the policy.", before.unit),
        false => format!(
            "{} can be compared with {places} without the policy; {} are needed, for with fewer no difference could stand \
             out from those that come by chance.",
            before.unit, rules.donors
        ),
    };
    check("donors", holds, Some(found as f64), Some(rules.donors as f64), told)
}

/// Enough periods to learn from.
pub(super) fn periods_before(before: &Design, rules: &Rules) -> Check {
    let found = before.times.len();
    let holds = found >= rules.periods_before;
    let told = match holds {
        true => format!("{} before the policy are known.", count(found, "period")),
        false => format!(
            "Only {} before the policy can be used; {} are needed.",
            count(found, "period"),
            rules.periods_before
        ),
    };
    let limit = rules.periods_before as f64;
    check("periods-before", holds, Some(found as f64), Some(limit), told)
}

/// An outcome that moves at all.
pub(super) fn varies(before: &Design) -> Check {
    let first = before.observed[0];
    let holds = before.observed.iter().any(|value| *value != first);
    let told = match holds {
        true => format!("The outcome of {} varies before the policy.", before.unit),
        false => format!(
            "{} has the same value, {}, in every period before the policy: nothing can be learned from it.",
            before.unit,
            number(first)
        ),
    };
    check("varies", holds, None, None, told)
}

/// A unit that is foretold no worse than the donors are.
pub(super) fn hold_out(before: &Design, found: Option<&HoldOut>) -> Check {
    let unit = &before.unit;
    let Some(found) = found else {
        let told = format!("The last periods before the policy cannot be foretold for {unit} from those before them.");
        return check("hold-out", false, None, None, told);
    };
    let holds = found.rmspe <= found.donors_median;
    let told = format!(
        "Foretold from the {} before them, the last {} before the policy are missed by {} for {unit}, against {} for the \
         median place without it{}",
        count(found.fitted, "period"),
        count(found.held, "period"),
        number(found.rmspe),
        number(found.donors_median),
        match holds {
            true => ".",
            false => ": its counterfactual cannot be trusted.",
        }
    );
    check("hold-out", holds, Some(found.rmspe), Some(found.donors_median), told)
}

/// Chance differences that are small against what would have been.
pub(super) fn detectable(before: &Design, found: Option<&Detectable>, rules: &Rules) -> Check {
    let id = "detectable";
    let Some(found) = found else {
        let told = format!("What effect could have been seen in {} is not known.", before.unit);
        return check(id, false, None, Some(rules.widest), told);
    };
    let Some(share) = found.share else {
        let told = format!(
            "Without the policy {} would have had {} a period, so that no share of it can be told.",
            before.unit,
            number(found.counterfactual)
        );
        return check(id, false, None, Some(rules.widest), told);
    };
    let holds = share <= rules.widest;
    let mut told = could_be_seen(found, rules);
    if !holds {
        told.push_str(&format!(
            " That band is {} of the counterfactual wide, more than {}.",
            percent(share),
            percent(rules.widest)
        ));
    }
    check(id, holds, Some(share), Some(rules.widest), told)
}

/// What effect could have been seen, in a sentence.
pub(crate) fn could_be_seen(found: &Detectable, rules: &Rules) -> String {
    let end = |value: f64, way: &str| match found.counterfactual > 0.0 {
        true => format!(
            "{way} of {} ({} a period)",
            percent(value / found.counterfactual),
            number(value)
        ),
        false => format!("{way} of {} a period", number(value)),
    };
    format!(
        "Only a {} or a {} could have been told from what happens without a policy in {} of cases.",
        end((-found.low).max(0.0), "fall"),
        end(found.high.max(0.0), "rise"),
        percent(rules.band)
    )
}

/// Enough people harmed that counting them is more than noise; nothing is checked where the people are not known.
pub(super) fn people(before: &Design, after: usize, rules: &Rules, about: &About) -> Option<Check> {
    let people = about.people.as_ref()?;
    let people = people
        .get(before.times.len() - 1)
        .copied()
        .filter(|people| people.is_finite())?;
    let last = before.pre.min(before.times.len() - 1);
    let rate = mean(&before.observed[last..]);
    let a_period = rate * people / 100_000.0;
    let total = a_period * after as f64;
    // The square root of a count is its standard deviation where people are harmed one by one; really they come in clusters.
    let noise = 2.0 * NOISE / total.max(f64::MIN_POSITIVE).sqrt();
    let holds = a_period >= FEWEST && noise <= rules.widest;
    let expected = format!(
        "About {} people a period were harmed in {} before the policy",
        number(a_period),
        before.unit
    );
    let told = match holds {
        true => format!("{expected}, enough that counting them is more than noise."),
        false => format!(
            "{expected}: so few that chance alone moves their number by {} of it over {}.",
            percent(noise / 2.0),
            count(after, "period")
        ),
    };
    Some(check("people", holds, Some(a_period), Some(FEWEST), told))
}

/// An outcome that is reported in the same way throughout.
pub(super) fn reporting(before: &Design, about: &About) -> Check {
    let changes = &about.reporting;
    let told = match changes.is_empty() {
        true => format!("No change in how the outcome of {} is reported is known.", before.unit),
        false => format!(
            "How the outcome is reported changed, which looks like an effect: {}",
            changes.join(" ")
        ),
    };
    check(
        "reporting",
        changes.is_empty(),
        Some(changes.len() as f64),
        Some(0.0),
        told,
    )
}

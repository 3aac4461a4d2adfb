//! Effects, intervals and p in words, as the screen and the report have them.

use lysoen_answers::impact::ImpactAnswer;
use lysoen_impact::inference::Interval;
use lysoen_impact::people::People;
use lysoen_impact::{Examination, Word};

use crate::output::number::{decimal, grouped};

/// Where there is nothing to tell.
pub(super) const NONE: &str = "–";
/// What is said where a number is given that is no finding.
pub(super) const NO_FINDING: &str = "What the method gives, not a finding";
/// The smallest weight that is told.
pub(super) const LEAST_WEIGHT: f64 = 0.0005;

/// A value of an outcome in three to four digits.
pub(super) fn figure(value: f64) -> String {
    Scale(value.abs()).told(value)
}

/// How large the values of a table are: all of them have as many decimals as the largest needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale(f64);

impl Scale {
    /// The scale of values of which some may not be known.
    pub(super) fn of<'v>(values: impl IntoIterator<Item = &'v f64>) -> Scale {
        let known = values.into_iter().filter(|value| value.is_finite());
        Scale(known.fold(0.0, |largest, value| largest.max(value.abs())))
    }

    /// A value in the scale's decimals.
    pub(super) fn told(self, value: f64) -> String {
        if !value.is_finite() {
            return NONE.to_string();
        }
        let decimals = match self.0 {
            0.0 => return "0".to_string(),
            s if s >= 1000.0 => 0,
            s if s >= 100.0 => 1,
            s if s >= 1.0 => 2,
            s => (2.0 - s.log10().floor()).min(9.0) as usize,
        };
        decimal(value, decimals)
    }

    /// A value that may not be there.
    pub(super) fn maybe(self, value: Option<f64>) -> String {
        value.map_or_else(|| NONE.to_string(), |value| self.told(value))
    }

    /// A difference with its sign.
    pub(super) fn signed(self, value: f64) -> String {
        match value > 0.0 {
            true => format!("+{}", self.told(value)),
            false => self.told(value),
        }
    }

    /// `−25.1 to −13.2`.
    pub(super) fn span(self, low: f64, high: f64) -> String {
        format!("{} to {}", self.told(low), self.told(high))
    }
}

/// A value that may not be there.
pub(super) fn maybe(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_string(), figure)
}

/// A difference with its sign.
pub(super) fn signed(value: f64) -> String {
    match value > 0.0 {
        true => format!("+{}", figure(value)),
        false => figure(value),
    }
}

/// A p.
pub(super) fn p(value: f64) -> String {
    match value {
        v if !v.is_finite() => NONE.to_string(),
        v if v < 0.001 => "< 0.001".to_string(),
        v => decimal(v, 3),
    }
}

/// A p that may not be there.
pub(super) fn maybe_p(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_string(), p)
}

/// A share in per cent.
pub(super) fn per_cent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 0))
}

/// A logarithm of a rate ratio as a change in per cent.
pub(super) fn change(log: f64) -> String {
    let per_cent = log.exp_m1() * 100.0;
    let decimals = usize::from(per_cent.abs() < 10.0);
    let sign = if per_cent > 0.0 { "+" } else { "" };
    format!("{sign}{} %", decimal(per_cent, decimals))
}

/// `−40 % to +5 %`, where both ends are there.
pub(super) fn changes(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", change(low), change(high)),
        _ => NONE.to_string(),
    }
}

/// `−25.1 to −13.2`.
pub(super) fn span(low: f64, high: f64) -> String {
    format!("{} to {}", figure(low), figure(high))
}

/// An interval with its level and how it was made.
pub(super) fn interval(interval: &Interval) -> String {
    format!(
        "{}, {} {} interval",
        span(interval.low, interval.high),
        per_cent(interval.level),
        interval.kind
    )
}

/// So many more or fewer.
fn more_or_fewer(effect: f64) -> String {
    let which = if effect < 0.0 { "fewer" } else { "more" };
    format!("{} {which}", grouped(effect.abs()))
}

/// Between so many more and so many fewer.
fn between(low: f64, high: f64) -> String {
    match low * high > 0.0 {
        // The smaller number first, whichever way it goes.
        true => {
            let (near, far) = if low < 0.0 { (high, low) } else { (low, high) };
            format!("{} to {}", grouped(near.abs()), more_or_fewer(far))
        }
        false => format!("{} to {}", more_or_fewer(low), more_or_fewer(high)),
    }
}

/// An effect in people with its interval.
pub(super) fn in_people(people: &People, counted: &str) -> String {
    let range = match (people.low, people.high) {
        (Some(low), Some(high)) => format!(" (interval: {})", between(low, high)),
        _ => " (no interval)".to_string(),
    };
    format!(
        "{} {counted}{range}: {} were counted, and {} would have been",
        more_or_fewer(people.effect),
        grouped(people.observed),
        grouped(people.counterfactual)
    )
}

/// An effect in people in a cell of a table.
pub(super) fn people_cell(people: Option<&People>) -> String {
    people.map_or_else(|| NONE.to_string(), |people| more_or_fewer(people.effect))
}

/// The effect in people and as a rate, each with what speaks for how sure it is.
pub(super) fn effect(answer: &ImpactAnswer, examination: &Examination) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(people) = &examination.people {
        said.push(in_people(people, &answer.outcome.counted));
    }
    if let Some(fit) = &examination.fit {
        let made = match &examination.interval {
            Some(made) => interval(made),
            None => "no interval".to_string(),
        };
        said.push(format!(
            "{} {} on average after it began ({made})",
            signed(fit.effect),
            answer.outcome.unit
        ));
    }
    if let Some(space) = &examination.space {
        said.push(format!(
            "p {} by placebos in space: rank {} of {} by how far the gap grew",
            p(space.p),
            space.rank,
            space.of
        ));
    }
    if let Some(conformal) = &examination.conformal {
        said.push(format!(
            "p {} by conformal inference; the smallest that so many periods allow is {}",
            p(conformal.p),
            p(conformal.smallest)
        ));
    }
    said
}

/// What could have been seen.
pub(super) fn detectable(answer: &ImpactAnswer, examination: &Examination) -> Option<String> {
    let band = examination.gates.detectable.as_ref()?;
    let wide = band
        .share
        .map_or_else(String::new, |share| format!(", a band of {} of it", per_cent(share)));
    Some(format!(
        "What could have been seen: a mean gap below {} or above {} {}, against a counterfactual of {}{wide}.",
        figure(band.low),
        figure(band.high),
        answer.outcome.unit,
        figure(band.counterfactual)
    ))
}

/// How the last periods before were foretold.
pub(super) fn held_out(examination: &Examination) -> Option<String> {
    let held = examination.gates.hold_out.as_ref()?;
    Some(format!(
        "The last {} periods before, foretold from the {} before them: a root mean squared gap of {}; the donors' median is {}.",
        held.held,
        held.fitted,
        figure(held.rmspe),
        figure(held.donors_median)
    ))
}

/// Between what the effect lies without each donor in turn.
pub(super) fn left_out(answer: &ImpactAnswer, examination: &Examination) -> Option<String> {
    let by =
        |a: &&lysoen_impact::inference::LeftOut, b: &&lysoen_impact::inference::LeftOut| a.effect.total_cmp(&b.effect);
    let low = examination.left_out.iter().min_by(by)?;
    let high = examination.left_out.iter().max_by(by)?;
    Some(format!(
        "Without each donor in turn the effect lies between {} (without {}) and {} (without {}).",
        figure(low.effect),
        name(answer, &low.unit),
        figure(high.effect),
        name(answer, &high.unit)
    ))
}

/// The name of a donor by its code.
pub(super) fn name<'a>(answer: &'a ImpactAnswer, unit: &'a str) -> &'a str {
    let donor = answer.donors.iter().find(|donor| donor.place.code == unit);
    donor.map_or(unit, |donor| donor.place.name.as_str())
}

/// A place by name and code.
pub(super) fn called(place: &lysoen_answers::impact::PlaceName) -> String {
    match place.code == place.name {
        true => place.name.clone(),
        false => format!("{} ({})", place.name, place.code),
    }
}

/// Whether numbers may be told as a finding.
pub(super) fn is_finding(word: Word) -> bool {
    word != Word::CannotBeTold
}

/// When it is compared, in a sentence.
pub(super) fn window(answer: &ImpactAnswer) -> Option<String> {
    let (first, last) = (answer.first_after.as_ref()?, answer.last_after.as_ref()?);
    let aside = match answer.set_aside.is_empty() {
        true => String::new(),
        false => format!(
            "; {} belongs to neither side, for it began within it",
            answer.set_aside.join(", ")
        ),
    };
    let before = answer.examination.as_ref().map_or_else(String::new, |examination| {
        let begins = examination.times.first().map_or("", String::as_str);
        format!("{} periods before from {begins} on, and ", examination.pre)
    });
    Some(format!("Compared: {before}{first} to {last} after{aside}."))
}

/// Who is not compared with, by the reason.
pub(super) fn excluded(answer: &ImpactAnswer) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for donor in answer.donors.iter().filter(|donor| !donor.used) {
        let why = donor.why_not.as_deref().unwrap_or("no reason is given");
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, names)) => names.push(&donor.place.name),
            None => reasons.push((why, vec![&donor.place.name])),
        }
    }
    reasons
}

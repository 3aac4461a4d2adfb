//! The verdict on a class.

use super::ClassAnswer;
use super::pretrends::PreTrends;
use super::random_effects::Pooled;
use crate::episodes::Shams;
use crate::rules::Rules;
use crate::verdict::{Verdict, Word};

/// The verdict: what forbids one first, then what was found. `because_of_harm` asks for sham dates.
pub(super) fn judge(answer: &ClassAnswer, because_of_harm: bool, margin: Option<f64>, rules: &Rules) -> Verdict {
    let against = forbids(answer, because_of_harm, margin, rules);
    let pooled = answer.pooled.as_ref();
    let (Some(pooled), true) = (pooled, against.is_empty()) else {
        return verdict(Word::CannotBeTold, cannot(&against), against, margin);
    };
    let mut rests = rests_on(answer, pooled);
    if let Some(margin) = margin.filter(|margin| within(pooled, *margin)) {
        let sentence = format!(
            "Over the cases of this class no effect is larger than {}: the {} % interval is {}.",
            percent(margin),
            pooled.level * 100.0,
            interval(pooled.low, pooled.high)
        );
        return verdict(Word::NoneLarger, sentence, rests, Some(margin));
    }
    let missing = falls_short(answer, pooled, rules);
    if !missing.is_empty() {
        rests.splice(0..0, missing);
        return verdict(Word::CannotBeTold, cannot(&rests), rests, margin);
    }
    let (word, what) = match pooled.effect < 0.0 {
        true => (Word::Fewer, "fewer"),
        false => (Word::More, "more"),
    };
    let sentence = format!(
        "Over the cases of this class {} {what} people were harmed than would have been ({} % interval {}; p by \
         re-assigned dates {}).",
        percent(share(pooled.effect).abs()),
        pooled.level * 100.0,
        interval(pooled.low, pooled.high),
        answer.reassigned.as_ref().map_or(f64::NAN, |dates| dates.holm)
    );
    verdict(word, sentence, rests, margin)
}

fn verdict(word: Word, sentence: String, reasons: Vec<String>, margin: Option<f64>) -> Verdict {
    Verdict {
        word,
        sentence,
        reasons,
        margin,
    }
}

fn cannot(reasons: &[String]) -> String {
    match reasons.first() {
        Some(first) => format!("It cannot be told, because {first}."),
        None => "It cannot be told.".to_string(),
    }
}

/// What forbids an answer, whatever was found.
fn forbids(answer: &ClassAnswer, because_of_harm: bool, margin: Option<f64>, rules: &Rules) -> Vec<String> {
    let mut reasons = answer.unfit.clone();
    let clusters = answer.pooled.as_ref().map_or(0, |pooled| pooled.clusters);
    if answer.answerable < rules.cases {
        reasons.push(format!(
            "{} of {} cases can be answered, and at least {} are needed",
            answer.answerable,
            answer.cases.len(),
            rules.cases
        ));
    } else if clusters < rules.cases {
        reasons.push(format!(
            "the {} cases that can be answered lie in {clusters} countries or shared conflicts, and at least {} are needed",
            answer.answerable, rules.cases
        ));
    }
    if because_of_harm {
        reasons.extend(by_shams(answer, rules));
    }
    match answer.group_time.as_ref().map(|group_time| &group_time.pre_trends) {
        Some(Some(trends)) => reasons.extend(by_trends(answer, trends, margin, rules)),
        _ => reasons.push("whether the places went apart before the policy already cannot be tested".to_string()),
    }
    if answer.reassigned.is_none() {
        reasons.push(
            "its dates cannot be dealt out anew: there is no place that was never under the policy, or no case to follow"
                .to_string(),
        );
    }
    reasons
}

fn by_shams(answer: &ClassAnswer, rules: &Rules) -> Option<String> {
    let fall = |shams: &Shams| {
        let pooled = answer.pooled.as_ref()?;
        let beyond = (share(pooled.effect) - shams.median) * pooled.effect.signum() > 0.0;
        (!beyond).then(|| {
            format!(
                "sham policies at other places' peaks \"change\" harm by {} in the median, and the cases by no more",
                signed(shams.median)
            )
        })
    };
    match &answer.shams {
        None => Some(
            "the policy was adopted because harm was high, and no sham dates at other places' peaks are compared with"
                .to_string(),
        ),
        Some(shams) if shams.episodes < rules.episodes => Some(format!(
            "the policy was adopted because harm was high, and {} episodes of other places are too few; at least {} are \
             needed",
            shams.episodes, rules.episodes
        )),
        Some(shams) if shams.p > rules.alpha => Some(format!(
            "sham policies at other places' peaks show as much without any policy (p {:.3})",
            shams.p
        )),
        Some(shams) => fall(shams),
    }
}

/// Whether places went apart before, or whether a trend that matters would have gone unseen.
fn by_trends(answer: &ClassAnswer, trends: &PreTrends, margin: Option<f64>, rules: &Rules) -> Option<String> {
    if trends.p <= rules.alpha {
        return Some(format!(
            "the places went apart before the policy already (p {:.3} of no difference in the {} periods before)",
            trends.p, trends.periods
        ));
    }
    let Some(bias) = trends.bias else {
        return Some("no trend before the policy could have been seen, however steep".to_string());
    };
    let pooled = answer.pooled.as_ref()?;
    let none_larger = margin.filter(|margin| within(pooled, *margin));
    // What must be told apart from a trend: the effect that was found, or the largest that counts as none.
    let matters = match none_larger {
        Some(margin) => (1.0 + margin).ln(),
        None => pooled.effect.abs().min(average(answer).unwrap_or(f64::INFINITY)),
    };
    (bias.abs() >= matters).then(|| {
        format!(
            "a trend before the policy that makes an effect of {} by itself would have been seen with a chance of 80 % only, \
             and one that makes the effect found ({}) with less: the places may have gone apart already",
            signed(share(bias.abs())),
            signed(share(pooled.effect))
        )
    })
}

/// The average after by staggered difference-in-differences, where it is of logarithms like the pooled effect.
fn average(answer: &ClassAnswer) -> Option<f64> {
    let group_time = answer.group_time.as_ref()?;
    (group_time.scale == super::Scale::LogRate).then(|| group_time.average.effect.abs())
}

/// What an effect lacks to be a finding.
fn falls_short(answer: &ClassAnswer, pooled: &Pooled, rules: &Rules) -> Vec<String> {
    let mut missing = Vec::new();
    let beyond = pooled.low > 0.0 || pooled.high < 0.0;
    if !beyond || pooled.p > rules.alpha {
        missing.push(format!(
            "the pooled effect, {}, has a {} % interval of {} (p {:.3}); one beyond {} or {} would have been seen",
            signed(share(pooled.effect)),
            pooled.level * 100.0,
            interval(pooled.low, pooled.high),
            pooled.p,
            signed(share(pooled.low - pooled.effect)),
            signed(share(pooled.high - pooled.effect))
        ));
    }
    if let Some(dates) = &answer.reassigned {
        if dates.holm > rules.alpha {
            missing.push(format!(
                "dates dealt out anew make as much in {:.1} % of the draws{}",
                dates.holm * 100.0,
                match dates.outcomes {
                    1 => String::new(),
                    outcomes => format!(" (after Holm, {outcomes} outcomes having been asked)"),
                }
            ));
        }
        if dates.average * pooled.effect < 0.0 {
            missing.push("the cases one by one and the average by difference-in-differences point apart".to_string());
        }
    }
    missing
}

fn rests_on(answer: &ClassAnswer, pooled: &Pooled) -> Vec<String> {
    let mut rests = vec![format!(
        "{} of {} cases in {} countries or shared conflicts can be answered; pooled by random effects they come to {} \
         ({} % interval {})",
        answer.answerable,
        answer.cases.len(),
        pooled.clusters,
        signed(share(pooled.effect)),
        pooled.level * 100.0,
        interval(pooled.low, pooled.high)
    )];
    if let Some((low, high)) = pooled.prediction {
        rests.push(format!(
            "a further case would lie between {} and {} (τ {:.2})",
            signed(share(low)),
            signed(share(high)),
            pooled.tau
        ));
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for without in &pooled.without {
        (low, high) = (low.min(without.effect), high.max(without.effect));
    }
    if low <= high {
        rests.push(format!(
            "without any one case it lies between {} and {}",
            signed(share(low)),
            signed(share(high))
        ));
    }
    rests
}

/// Whether the whole interval lies within a share of the counterfactual, on both sides.
fn within(pooled: &Pooled, margin: f64) -> bool {
    pooled.low > (1.0 - margin).max(0.0).ln() && pooled.high < (1.0 + margin).ln()
}

/// A difference of logarithms as a share.
fn share(log: f64) -> f64 {
    log.exp_m1()
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn signed(share: f64) -> String {
    // With a true minus, as everywhere.
    format!("{:+.0} %", share * 100.0).replace('-', "−")
}

fn interval(low: f64, high: f64) -> String {
    format!("{} to {}", signed(share(low)), signed(share(high)))
}

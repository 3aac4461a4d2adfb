//! One of four answers.
//!
//! *Fewer* or *more*: every gate holds, the placebo p is at most [`Rules::alpha`], the interval leaves out zero on that side,
//! and nothing that was asked beside it speaks against it: the sign stays without any one donor and without the months in
//! which the policy may have been anticipated, no sham date finds the same, the unit was not already moving the same way
//! before, nor was it at its low, and a policy that came at a peak of harm does more than sham policies at others' peaks.
//! *None larger*: only where d was stated beforehand, and the whole interval lies within it. Everything else *cannot be
//! told*; a large p is never "no effect".

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::design::Design;
use crate::examine::About;
use crate::gates::{Gates, could_be_seen};
use crate::inference::{Interval, LeftOut, Sham, Space};
use crate::methods::{Fit, mean};
use crate::people::People;
use crate::rules::Rules;
use crate::spoken::{self, count, number, percent};

/// The four answers. A large p is never "no effect".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Fewer people were harmed than would have been.
    Fewer,
    /// More people were harmed than would have been.
    More,
    /// The effect is no larger than d, which was stated beforehand.
    NoneLarger,
    /// It cannot be told, and why.
    CannotBeTold,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Verdict {
    /// Which of the four.
    pub word: Word,
    /// The answer in a sentence.
    pub sentence: String,
    /// What it rests on, or why it cannot be told, in sentences.
    pub reasons: Vec<String>,
    /// d, the largest effect that would have counted as none, as a share of the counterfactual; none where none was stated.
    pub margin: Option<f64>,
}

impl Word {
    /// Its name in files.
    pub fn id(self) -> &'static str {
        match self {
            Word::Fewer => "fewer",
            Word::More => "more",
            Word::NoneLarger => "none-larger",
            Word::CannotBeTold => "cannot-be-told",
        }
    }

    /// The answer in words.
    pub fn title(self) -> &'static str {
        match self {
            Word::Fewer => "fewer people harmed",
            Word::More => "more people harmed",
            Word::NoneLarger => "no effect larger than d",
            Word::CannotBeTold => "cannot be told",
        }
    }
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence<'a> {
    pub(crate) design: &'a Design,
    pub(crate) rules: &'a Rules,
    pub(crate) about: &'a About,
    pub(crate) gates: &'a Gates,
    pub(crate) fit: Option<&'a Fit>,
    pub(crate) space: Option<&'a Space>,
    pub(crate) interval: Option<&'a Interval>,
    pub(crate) time: &'a [Sham],
    pub(crate) left_out: &'a [LeftOut],
    pub(crate) without_anticipation: Option<f64>,
    pub(crate) people: Option<&'a People>,
}

/// Gives the answer.
pub(crate) fn judge(evidence: &Evidence<'_>) -> Verdict {
    if !evidence.gates.hold() {
        return cannot(evidence, evidence.gates.reasons().map(str::to_string).collect());
    }
    let Some(fit) = evidence.fit else {
        return cannot(evidence, vec!["The counterfactual could not be made.".to_string()]);
    };
    let Some(space) = evidence.space else {
        let why = "There are no placebos in space to hold the effect against.".to_string();
        return cannot(evidence, vec![why]);
    };
    let Some(interval) = evidence.interval else {
        let why = "The effect has no interval: its uncertainty is not bounded.".to_string();
        return cannot(evidence, vec![why]);
    };
    let stated = Stated {
        evidence,
        fit,
        space,
        interval,
        counterfactual: mean(&fit.counterfactual[evidence.design.pre..]),
    };
    stated.judge()
}

fn cannot(evidence: &Evidence<'_>, mut reasons: Vec<String>) -> Verdict {
    let seen = evidence.gates.detectable.as_ref();
    let seen = seen.map(|detectable| could_be_seen(detectable, evidence.rules));
    // The check of the same name tells it where it is itself the reason.
    let new = seen.filter(|seen| !reasons.iter().any(|reason| reason.starts_with(seen.as_str())));
    reasons.extend(new);
    Verdict {
        word: Word::CannotBeTold,
        sentence: format!(
            "Whether the policy protected people in {} cannot be told.",
            evidence.design.unit
        ),
        reasons,
        margin: evidence.about.margin,
    }
}

/// Evidence with an effect, placebos and an interval.
struct Stated<'a> {
    evidence: &'a Evidence<'a>,
    fit: &'a Fit,
    space: &'a Space,
    interval: &'a Interval,
    counterfactual: f64,
}

impl Stated<'_> {
    fn judge(&self) -> Verdict {
        let side = match self.interval {
            interval if interval.high < 0.0 => Some(Word::Fewer),
            interval if interval.low > 0.0 => Some(Word::More),
            _ => None,
        };
        match side {
            Some(side) if self.space.p <= self.evidence.rules.alpha => match self.objections(side) {
                objections if objections.is_empty() => self.finding(side),
                objections => cannot(self.evidence, objections),
            },
            _ => match self.within_margin() {
                Some(margin) => self.none_larger(margin),
                None => cannot(self.evidence, self.undecided(side)),
            },
        }
    }

    /// What speaks against a difference that stands out.
    fn objections(&self, side: Word) -> Vec<String> {
        let about = self.evidence.about;
        let same = |effect: f64| match side {
            Word::Fewer => effect < 0.0,
            _ => effect > 0.0,
        };
        let mut objections: Vec<String> = Vec::new();
        for left in self.evidence.left_out.iter().filter(|left| !same(left.effect)) {
            objections.push(format!(
                "Without {} among the places compared with, the effect is {} a period: it hangs on that one place.",
                left.unit,
                number(left.effect)
            ));
        }
        if let Some(effect) = self.evidence.without_anticipation.filter(|&effect| !same(effect)) {
            objections.push(format!(
                "Without the {} months before the policy, in which it may have been anticipated, the effect is {} a period.",
                self.evidence.rules.anticipation_months,
                number(effect)
            ));
        }
        let alpha = self.evidence.rules.alpha;
        for sham in self.evidence.time.iter().filter(|sham| same(sham.effect)) {
            if let Some(p) = sham.p.filter(|&p| p <= alpha) {
                objections.push(format!(
                    "The same is found at {}, when there was no policy: {} a period, p = {}.",
                    sham.time,
                    number(sham.effect),
                    spoken::p(p)
                ));
            }
        }
        let hold_out = self.evidence.gates.hold_out.as_ref();
        if let Some(held) = hold_out.filter(|held| same(held.slope) && held.drift <= self.evidence.rules.drift) {
            objections.push(format!(
                "It was moving the same way already before the policy: by {} more each period over the {} held out.",
                number(held.slope),
                count(held.held, "period")
            ));
        }
        // Always where they are given; the gates ask for them where harm was high.
        if let Some(shams) = about.shams.as_ref().filter(|shams| shams.p.is_nan() || shams.p > alpha) {
            objections.push(format!(
                "Sham policies at the same point of {} other episodes show a change of {} in the median; the effect does not stand out from them (p = {}).",
                shams.episodes,
                percent(shams.median),
                spoken::p(shams.p)
            ));
        }
        // Both ways: from a low it rises by itself, and what was falling into it goes on falling. Against the other places
        // alone a long fall is a low, which a synthetic control may well follow; against its counterfactual alone the
        // periods that it was fitted on are no measure.
        let low = 1.0 - self.evidence.rules.peak;
        let against_others = self.stand().is_some_and(|stand| stand <= low);
        if against_others && hold_out.is_some_and(|held| held.last <= low) {
            objections.push(match side {
                Word::More => "The policy came at a low of the unit, from where it rises by itself.".to_string(),
                _ => "The policy came at a low of the unit: the fall had begun before.".to_string(),
            });
        }
        objections
    }

    /// Where the unit stands against the other places when the policy begins.
    fn stand(&self) -> Option<f64> {
        let checks = &self.evidence.gates.checks;
        checks.iter().find(|check| check.id == "peak")?.found
    }

    fn finding(&self, side: Word) -> Verdict {
        let unit = &self.evidence.design.unit;
        let (many, way) = match side {
            Word::Fewer => ("Fewer", "below"),
            _ => ("More", "above"),
        };
        let mut sentence = format!(
            "{many} people were harmed in {unit} than would have been without the policy: {} a period {way} it",
            number(self.fit.effect.abs())
        );
        if self.counterfactual > 0.0 {
            let share = percent(self.fit.effect.abs() / self.counterfactual);
            sentence.push_str(&format!(", {share} of the {}", number(self.counterfactual)));
        }
        if let Some(people) = self.evidence.people {
            let periods = count(self.evidence.design.post(), "period");
            let people = spoken::people(people.effect.abs());
            sentence.push_str(&format!("; about {people} people over {periods}"));
        }
        sentence.push('.');
        let mut reasons = vec![self.interval_told(), self.place_told()];
        reasons.push("The sign stays the same without any one of the places compared with.".to_string());
        if self.evidence.without_anticipation.is_some() {
            let months = self.evidence.rules.anticipation_months;
            reasons.push(format!(
                "It stays the same without the {months} months before the policy."
            ));
        }
        if self.within_margin().is_some() {
            reasons.push("It is smaller than the d that was stated beforehand as none.".to_string());
        }
        self.verdict(side, sentence, reasons)
    }

    fn none_larger(&self, margin: f64) -> Verdict {
        let sentence = format!(
            "The policy changed harm in {} by no more than {} of what would have been, which was stated beforehand as none.",
            self.evidence.design.unit,
            percent(margin)
        );
        let reasons = vec![
            self.interval_told(),
            format!("d is {} a period.", number(margin * self.counterfactual)),
        ];
        self.verdict(Word::NoneLarger, sentence, reasons)
    }

    fn verdict(&self, word: Word, sentence: String, reasons: Vec<String>) -> Verdict {
        Verdict {
            word,
            sentence,
            reasons,
            margin: self.evidence.about.margin,
        }
    }

    /// d, where it was stated and the whole interval lies within it.
    fn within_margin(&self) -> Option<f64> {
        let margin = self.evidence.about.margin.filter(|margin| *margin > 0.0)?;
        let most = margin * self.counterfactual;
        (self.interval.low >= -most && self.interval.high <= most).then_some(margin)
    }

    /// Why a difference is not decided.
    fn undecided(&self, side: Option<Word>) -> Vec<String> {
        let mut reasons = vec![match side {
            None => format!("{} It holds zero.", self.interval_told()),
            Some(_) => self.interval_told(),
        }];
        reasons.push(self.place_told());
        if let Some(margin) = self.evidence.about.margin {
            let most = number(margin * self.counterfactual);
            reasons.push(format!(
                "The interval is not within ±{most} a period, the d that was stated beforehand."
            ));
        }
        reasons
    }

    fn interval_told(&self) -> String {
        format!(
            "The effect is {} a period, {} interval {} to {}.",
            number(self.fit.effect),
            percent(self.interval.level),
            number(self.interval.low),
            number(self.interval.high)
        )
    }

    fn place_told(&self) -> String {
        format!(
            "Against its own fit before, its gap after is number {} of {} places, the others without the policy: p = {}.",
            self.space.rank,
            self.space.of,
            spoken::p(self.space.p)
        )
    }
}

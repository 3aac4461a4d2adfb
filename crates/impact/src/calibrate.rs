//! How often the rule finds an effect where there was no policy: every donor of a design asked as if it had had it, with all
//! gates and the verdict, at the policy's date and at earlier ones.
//!
//! The hold-outs and placebos of the donors are made once a date and shared by all who are asked, so that n places cost 2n
//! fits and not 2n². A place that is asked thereby stays among those from which the other donors are fitted; as there was
//! no policy there, nothing is carried from it to them. The unit under the policy is in none of it. What is asked beside
//! (sham dates, one donor left out) is made for each place that would otherwise be a finding, without any sharing.

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::design::Design;
use crate::examine::{self, About};
use crate::gates::{self, Held};
use crate::inference::{Placebo, space};
use crate::methods::Method;
use crate::rules::Rules;
use crate::verdict::Word;

/// Most dates that are asked.
const DATES: usize = 5;

/// What the rule says where there was no policy.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Calibration {
    /// How many times it was asked: places × dates.
    pub asked: usize,
    /// How often the gates let it be answered.
    pub answered: usize,
    /// How often it found fewer people harmed.
    pub fewer: usize,
    /// How often more.
    pub more: usize,
    /// How often an effect no larger than d.
    pub none_larger: usize,
    /// How often it could not be told, the gates or not.
    pub cannot: usize,
    /// Findings, fewer or more, as a share of those asked; none where nobody was.
    pub false_positive_rate: Option<f64>,
    /// The same as a share of those that the gates let be answered.
    pub of_answered: Option<f64>,
    /// Date by date, the policy's own first.
    pub dates: Vec<AtDate>,
}

/// One date.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AtDate {
    /// The first period after it.
    pub time: String,
    /// How many periods lie before it.
    pub pre: usize,
    /// How many places were asked.
    pub asked: usize,
    /// How many of them the gates let be answered.
    pub answered: usize,
    /// The findings: the place and what was found, in the donors' order.
    pub findings: Vec<(String, Word)>,
    /// How many had an effect no larger than d.
    pub none_larger: usize,
}

/// Asks every donor of a design as if it had had the policy, at its date and at up to four earlier ones, which lie evenly
/// between it and the first that has [`Rules::periods_before`] periods before it; as many periods lie after each.
///
/// Of `about` the margin, the months and whether harm was the reason are taken; what is said of the unit's own people,
/// reporting and episodes is not true of others.
pub fn calibrate(design: &Design, method: Method, rules: &Rules, about: &About) -> Calibration {
    let about = About {
        because_of_harm: about.because_of_harm,
        margin: about.margin,
        months: about.months,
        ..About::default()
    };
    let dates = dates(design.pre, rules);
    let dates: Vec<AtDate> = dates
        .into_iter()
        .map(|pre| at_date(&design.cut(pre, pre + design.post()), method, rules, &about))
        .collect();
    summed(dates)
}

fn dates(pre: usize, rules: &Rules) -> Vec<usize> {
    let earlier = pre.saturating_sub(rules.periods_before.max(1));
    let steps = earlier.min(DATES - 1);
    (0..=steps).map(|step| pre - earlier * step / steps.max(1)).collect()
}

fn at_date(design: &Design, method: Method, rules: &Rules, about: &About) -> AtDate {
    let before = gates::before(design, rules);
    let held = gates::of_donors(method, &before);
    let placebos = space::placebos(method, design);
    let asked: Vec<(bool, Word)> = (0..design.donors.len())
        .into_par_iter()
        .map(|donor| ask(donor, design, &before, &held, &placebos, method, rules, about))
        .collect();
    let named = design.donors.iter().zip(&asked);
    AtDate {
        time: design.times[design.pre].clone(),
        pre: design.pre,
        asked: asked.len(),
        answered: asked.iter().filter(|(answered, _)| *answered).count(),
        findings: named
            .filter(|(_, (_, word))| matches!(word, Word::Fewer | Word::More))
            .map(|(donor, (_, word))| (donor.unit.clone(), *word))
            .collect(),
        none_larger: asked.iter().filter(|(_, word)| *word == Word::NoneLarger).count(),
    }
}

/// Asks one donor with what is shared: whether the gates let it be answered, and the answer.
#[expect(clippy::too_many_arguments, reason = "what is shared, and what is asked")]
fn ask(
    donor: usize,
    design: &Design,
    before: &Design,
    held: &[Option<Held>],
    placebos: &[Option<Placebo>],
    method: Method,
    rules: &Rules,
    about: &About,
) -> (bool, Word) {
    let others = others(held, donor);
    let before = before.as_if(donor);
    let gates = gates::judge(&before, design.post(), held[donor].as_ref(), &others, rules, about);
    if !gates.hold() {
        return (false, Word::CannotBeTold);
    }
    let design = design.as_if(donor);
    let verdict = examine::answer_of(&design, method, rules, about, &gates, || self::others(placebos, donor));
    (true, verdict.word)
}

fn others<T: Clone>(all: &[T], one: usize) -> Vec<T> {
    let others = all.iter().enumerate().filter(|(number, _)| *number != one);
    others.map(|(_, other)| other.clone()).collect()
}

fn summed(dates: Vec<AtDate>) -> Calibration {
    let asked: usize = dates.iter().map(|date| date.asked).sum();
    let answered: usize = dates.iter().map(|date| date.answered).sum();
    let found = |word: Word| {
        let findings = dates.iter().flat_map(|date| &date.findings);
        findings.filter(|(_, found)| *found == word).count()
    };
    let (fewer, more) = (found(Word::Fewer), found(Word::More));
    let none_larger = dates.iter().map(|date| date.none_larger).sum();
    let share = |of: usize| (of > 0).then(|| (fewer + more) as f64 / of as f64);
    Calibration {
        asked,
        answered,
        fewer,
        more,
        none_larger,
        cannot: asked - fewer - more - none_larger,
        false_positive_rate: share(asked),
        of_answered: share(answered),
        dates,
    }
}

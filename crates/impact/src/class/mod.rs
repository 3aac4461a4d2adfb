//! A whole kind of policy asked at once: every place that came under it, each at its own date.
//!
//! [`group_time`] holds the cases' changes against those of places without the policy, date by date, and `pretrends` asks
//! whether they went apart before. `cases` makes a counterfactual for each case by itself; [`random_effects`] pools them.
//! `harmed` counts the people by Poisson regression ([`poisson`]). `reassign` deals the dates out anew, [`multiple`]
//! allows for several outcomes. Of all that `judge` makes one of the four answers.

mod cases;
mod chance;
pub mod group_time;
mod harmed;
mod judge;
pub mod multiple;
mod outcome;
pub mod poisson;
mod pretrends;
pub mod random_effects;
mod reassign;
mod sham_dates;
mod spread;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use cases::{Case, CaseEffect};
pub use group_time::{Average, Base, Dropped, Event, Group, GroupTime, staggered};
pub use harmed::{CasePeople, ClassPeople};
pub use outcome::Scale;
pub use pretrends::{POWER, PreTrends};
pub use random_effects::{Part, Pooled, Without, pool};
pub use reassign::Reassigned;
pub use sham_dates::of_cases as shams_of_cases;

use crate::episodes::Shams;
use crate::methods::Method;
use crate::panel::Panel;
use crate::rules::Rules;
use crate::unfit::Unfit;
use crate::verdict::Verdict;
use outcome::Outcome;

/// A place that came under the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Adopted {
    /// Its number in the panel.
    pub unit: usize,
    /// The first period under the policy.
    pub first: usize,
    /// The country or shared conflict that it is a case of.
    pub cluster: String,
}

/// Who a case may be compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// Places never under the policy alone.
    Never,
    /// Those, and places that come under it only after the case's whole window.
    #[default]
    NotYet,
}

/// What is asked of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The cases.
    pub adopted: Vec<Adopted>,
    /// Places never under the policy that could have been.
    pub never: Vec<usize>,
    /// How many periods before its date each case is looked at.
    pub before: usize,
    /// How many periods from its date on.
    pub after: usize,
    /// d, as a share of the counterfactual, stated beforehand.
    pub margin: Option<f64>,
    /// Whether the policy is adopted because harm is high.
    pub because_of_harm: bool,
    /// What sham dates at other places' peaks showed; needed where the policy is adopted because harm is high.
    pub shams: Option<Shams>,
    /// How many times dates are dealt out anew, and signs drawn.
    pub draws: usize,
    /// The seed of both.
    pub seed: u64,
    /// By case, places that it may not be compared with: neighbours, parties to the same conflict, similar policies.
    pub excluded: BTreeMap<usize, BTreeSet<usize>>,
    /// The shared conflicts of places never under the policy; one that is not named is a cluster by itself.
    pub clusters: BTreeMap<usize, String>,
    /// By place, the stratum within which dates are dealt out, such as its region; those not named are one stratum.
    pub strata: BTreeMap<usize, String>,
    /// The scale on which changes are compared.
    pub scale: Scale,
    /// What they are counted from.
    pub base: Base,
    /// Who is compared with.
    pub against: Against,
    /// How the counterfactual of each case is made.
    pub method: Method,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked {
            adopted: Vec::new(),
            never: Vec::new(),
            before: 5,
            after: 5,
            margin: None,
            because_of_harm: false,
            shams: None,
            draws: 999,
            seed: 1,
            excluded: BTreeMap::new(),
            clusters: BTreeMap::new(),
            strata: BTreeMap::new(),
            scale: Scale::default(),
            base: Base::default(),
            against: Against::default(),
            method: Method::Synthetic,
        }
    }
}

/// The answer to a class, for one outcome.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ClassAnswer {
    /// Every case, in the order in which they were named.
    pub cases: Vec<Case>,
    /// How many of them can be answered.
    pub answerable: usize,
    /// Their effects, pooled; none of fewer than two clusters.
    pub pooled: Option<Pooled>,
    /// Staggered difference-in-differences; none where no case can be followed.
    pub group_time: Option<GroupTime>,
    /// The effect in people; none where no case can be counted.
    pub people: Option<ClassPeople>,
    /// The p of dates dealt out anew.
    pub reassigned: Option<Reassigned>,
    /// What sham dates showed, where they were given.
    pub shams: Option<Shams>,
    /// Why no more can be asked, in sentences without an end.
    pub unfit: Vec<String>,
    /// The answer.
    pub verdict: Verdict,
    /// What a reader must know, in sentences.
    pub caveats: Vec<String>,
}

/// Asks a class of one outcome: a rate per 100,000 with the people it is a rate of. What cannot be answered is told in
/// the answer.
pub fn ask(panel: &Panel, asked: &Asked, rules: &Rules) -> ClassAnswer {
    let mut answer = found(panel, asked, rules);
    answer.verdict = judge::judge(&answer, asked.because_of_harm, asked.margin, rules);
    answer
}

/// Asks a class of several outcomes of the same places and periods, in their order, each with what sham dates showed of it;
/// the p of each allows for all of them.
pub fn ask_outcomes(outcomes: &[(&Panel, Option<Shams>)], asked: &Asked, rules: &Rules) -> Vec<ClassAnswer> {
    let one = |(panel, shams): &(&Panel, Option<Shams>)| ClassAnswer {
        shams: shams.clone(),
        ..found(panel, asked, rules)
    };
    let mut answers: Vec<ClassAnswer> = outcomes.iter().map(one).collect();
    together(&mut answers);
    for answer in &mut answers {
        answer.verdict = judge::judge(answer, asked.because_of_harm, asked.margin, rules);
    }
    answers
}

/// The p of dates dealt out anew alone, which needs no counterfactual of any case; none where nothing can be dealt.
///
/// # Errors
/// Where the question is none.
pub fn deal(panel: &Panel, asked: &Asked) -> Result<Option<Reassigned>, Unfit> {
    asked.check(panel).map_err(Unfit::Form)?;
    Ok(reassign::reassign(&Outcome::new(panel, asked)))
}

/// The effect in people alone; none where no case can be counted.
///
/// # Errors
/// Where the question is none.
pub fn count_people(panel: &Panel, asked: &Asked, rules: &Rules) -> Result<Option<ClassPeople>, Unfit> {
    asked.check(panel).map_err(Unfit::Form)?;
    Ok(harmed::people(&Outcome::new(panel, asked), rules))
}

/// Allows for all outcomes that were asked; one without a p counts as asked.
fn together(answers: &mut [ClassAnswer]) {
    let outcomes = answers.len();
    let p = |answer: &ClassAnswer| answer.reassigned.as_ref().map_or(f64::NAN, |dates| dates.p);
    let holm = multiple::holm(&answers.iter().map(p).collect::<Vec<_>>());
    let dated: Vec<&Reassigned> = answers.iter().filter_map(|answer| answer.reassigned.as_ref()).collect();
    let extremes: Vec<f64> = dated.iter().map(|dates| dates.extreme).collect();
    let draws: Vec<Vec<f64>> = dated.iter().map(|dates| dates.extremes.clone()).collect();
    let mut stepped = multiple::romano_wolf(&extremes, &draws).into_iter();
    for (answer, holm) in answers.iter_mut().zip(holm) {
        if let Some(dates) = &mut answer.reassigned {
            dates.holm = holm;
            dates.outcomes = outcomes;
            dates.romano_wolf = stepped.next().unwrap_or(1.0);
        }
    }
}

fn found(panel: &Panel, asked: &Asked, rules: &Rules) -> ClassAnswer {
    let mut answer = ClassAnswer {
        cases: Vec::new(),
        answerable: 0,
        pooled: None,
        group_time: None,
        people: None,
        reassigned: None,
        shams: asked.shams.clone(),
        unfit: Vec::new(),
        verdict: Verdict {
            word: crate::verdict::Word::CannotBeTold,
            sentence: String::new(),
            reasons: Vec::new(),
            margin: asked.margin,
        },
        caveats: Vec::new(),
    };
    if let Err(why) = asked.check(panel) {
        answer.unfit.push(why);
        return answer;
    }
    let outcome = Outcome::new(panel, asked);
    match group_time::of_outcome(&outcome, rules) {
        Ok(group_time) => answer.group_time = Some(group_time),
        Err(unfit) => answer.unfit.push(unfit.to_string()),
    }
    answer.cases = cases::all(&outcome, rules);
    let parts: Vec<Part> = answer.cases.iter().filter_map(Case::part).collect();
    answer.answerable = parts.len();
    answer.pooled = pool(&parts, rules.level);
    answer.people = harmed::people(&outcome, rules);
    answer.reassigned = reassign::reassign(&outcome);
    answer.caveats = caveats(&answer, asked);
    answer
}

fn caveats(answer: &ClassAnswer, asked: &Asked) -> Vec<String> {
    let mut caveats = Vec::new();
    let dropped = answer
        .group_time
        .as_ref()
        .map_or(0, |group_time| group_time.dropped.len());
    if dropped > 0 {
        caveats.push(format!(
            "{dropped} cases are in no event-time average, which is of the same cases at every event time."
        ));
    }
    if answer.answerable < answer.cases.len() {
        caveats.push(format!(
            "{} cases cannot be answered and are in no pooled effect; those that can may differ from them.",
            answer.cases.len() - answer.answerable
        ));
    }
    if !asked.excluded.is_empty() {
        caveats.push(
            "Places excluded for one case alone are compared with where dates are dealt out anew, for in a dealing any place \
             may be a case."
                .to_string(),
        );
    }
    if let Some(unit) = answer.people.as_ref().and_then(|people| people.most_of_it.as_ref()) {
        caveats.push(format!("Of the effect in people {unit} makes up more than half."));
    }
    let signs = answer.people.as_ref().zip(answer.pooled.as_ref());
    if signs.is_some_and(|(people, pooled)| people.people.effect * pooled.effect < 0.0) {
        caveats.push(
            "The sum of people and the mean of the cases point apart: where most people live it went another way than in \
             most cases."
                .to_string(),
        );
    }
    caveats
}

impl Asked {
    /// The cluster of a place.
    pub(crate) fn cluster_of<'a>(&'a self, panel: &'a Panel, unit: usize) -> &'a str {
        let adopted = self.adopted.iter().find(|case| case.unit == unit);
        let named = adopted.map(|case| &case.cluster).or_else(|| self.clusters.get(&unit));
        named.unwrap_or(&panel.units[unit])
    }

    /// Whether the question is one; else why not, in a sentence without an end.
    pub(crate) fn check(&self, panel: &Panel) -> Result<(), String> {
        if self.adopted.is_empty() {
            return Err("no place of these came under the policy".to_string());
        }
        if self.before == 0 || self.after == 0 {
            return Err("a class looks at one period before the policy and one after at least".to_string());
        }
        if let Some(margin) = self.margin.filter(|margin| !(margin.is_finite() && *margin > 0.0)) {
            return Err(format!(
                "d, the largest effect that counts as none, is {margin}, which is no share above zero"
            ));
        }
        let mut named = BTreeSet::new();
        for unit in self
            .adopted
            .iter()
            .map(|case| case.unit)
            .chain(self.never.iter().copied())
        {
            let Some(code) = panel.units.get(unit) else {
                return Err(format!(
                    "place number {unit} is none of the {} of the panel",
                    panel.units.len()
                ));
            };
            if !named.insert(unit) {
                return Err(format!(
                    "{code} is named twice: a place comes under the policy once, or never did"
                ));
            }
        }
        let beyond = |case: &&Adopted| case.first >= panel.times.len();
        match self.adopted.iter().find(beyond) {
            Some(case) => Err(format!(
                "the policy began in {} after the last period that is known",
                panel.units[case.unit]
            )),
            None if self.adopted.iter().all(|case| case.first == 0) => Err(
                "every place was under the policy from the first period on, so that nothing is known of before"
                    .to_string(),
            ),
            None => Ok(()),
        }
    }
}

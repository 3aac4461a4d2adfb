//! A whole class of policies, asked at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lysoen_impact::class::{self, Adopted, ClassAnswer};
use lysoen_impact::episodes::{self, Shams};
use lysoen_impact::people::People;
use lysoen_impact::policy::Class;
use lysoen_impact::{Panel, Verdict, Word};
use lysoen_lexicon::neighbours::Neighbours;
use lysoen_lexicon::place::PlaceId;

use super::ask::Asked;
use super::donors::{Screen, named};
use super::policies::{Held, place, usual_method};
use super::question::{Began, Step};
use super::rows::{CaseRow, ClassBrief, ClassTold, EventRow, LeftOutRow, OutcomeOfClass, PooledRow};
use super::series::{Outcome, title};
use super::state::ImpactState;
use crate::error::AnswerError;

/// How often dates are dealt out anew.
const DRAWS: usize = 999;
/// The seed of the dealings.
const SEED: u64 = 1999;

/// Why a change and its people may differ in sign.
const CENTRED: &str = "The change of a case is told less what the same comparison shows of places without the policy, which \
    is seldom nothing where harm comes in outbreaks; its people are those counted less those foretold. So the two may differ \
    in sign, and neither of a single case is a finding.";

/// The cases of a class in a panel, and those that are none in it with the reason.
struct Cases {
    held: Vec<Held>,
    /// The number of each adopted case among `held`, in the order of `asked.adopted`.
    of: Vec<usize>,
    why_not: BTreeMap<usize, String>,
    asked: class::Asked,
}

impl ImpactState {
    /// The classes of the catalog, without their answers.
    pub fn classes(&self) -> Vec<ClassBrief> {
        let brief = |class: &Class| ClassBrief {
            id: class.id.clone(),
            title: class.title.clone(),
            question: class.question.clone(),
            cases: self.holding(&class.cases).len(),
            answered: None,
            because_of_harm: class.because_of_harm,
            verdict: None,
        };
        self.catalog().classes().map(brief).collect()
    }

    /// Asks of a class.
    pub fn class(&self, id: &str) -> Result<ClassTold, AnswerError> {
        let class = self.catalog().class(id).ok_or_else(|| AnswerError::NoClass {
            class: id.to_string(),
            advice: self.catalog().advice(id),
        })?;
        let mut told = ClassTold {
            id: class.id.clone(),
            title: class.title.clone(),
            question: class.question.clone(),
            rationale: class.rationale.clone(),
            because_of_harm: class.because_of_harm,
            before: class.before,
            after: class.after,
            margin: class.margin,
            cases: Vec::new(),
            outcomes: Vec::new(),
            caveats: class.caveats.clone(),
            sources: Vec::new(),
            notes: Vec::new(),
        };
        let mut wanted: Vec<&str> = class.outcomes.iter().map(|outcome| outcome.measure.as_str()).collect();
        // The primary comes first.
        wanted.sort_by_key(|measure| class.primary() != Some(measure));
        if let Some(why) = class.no_series.as_ref().filter(|_| wanted.is_empty()) {
            told.cases = self
                .holding(&class.cases)
                .iter()
                .map(|held| self.row(held, Some(why.clone())))
                .collect();
            told.outcomes = vec![without_series(class, why)];
            return Ok(told);
        }
        let outcomes = wanted
            .iter()
            .map(|measure| self.outcome(measure, Step::Year))
            .collect::<Result<Vec<_>, _>>()?;
        let panels: Vec<Panel> = outcomes.iter().map(|outcome| like(outcome, &outcomes[0])).collect();
        let cases = self.cases(class, &outcomes[0])?;
        let with_shams = panels.iter().zip(&outcomes).map(|(panel, outcome)| {
            let shams = class.because_of_harm.then(|| self.shams_of(class, &cases, outcome));
            (panel, shams.flatten())
        });
        let answers = class::ask_outcomes(&with_shams.collect::<Vec<_>>(), &cases.asked, self.rules());
        told.cases = self.case_rows(&cases, answers.first());
        if answers.iter().any(|answer| answer.answerable > 0) {
            told.notes.push(CENTRED.to_string());
        }
        let measures = self.observatory().measures();
        let name = |code: &str| named(code, self.observatory().crosswalk()).name;
        for (answer, measure) in answers.iter().zip(&wanted) {
            let words = measures.get(measure).map_or_else(|| (*measure).to_string(), title);
            told.caveats.extend(
                answer
                    .caveats
                    .iter()
                    .filter(|caveat| !told.caveats.contains(caveat))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
            told.outcomes.push(outcome_told(
                answer,
                (measure, &words),
                class.primary() == Some(measure),
                name,
            ));
        }
        for outcome in &outcomes {
            let new = outcome.sources.iter().filter(|source| !told.sources.contains(source));
            told.sources.extend(new.cloned().collect::<Vec<_>>());
            let new = outcome.notes.iter().filter(|note| !told.notes.contains(note));
            told.notes.extend(new.cloned().collect::<Vec<_>>());
        }
        Ok(told)
    }

    /// The cases of a class in a panel of years, with whom each may be compared.
    fn cases(&self, class: &Class, outcome: &Outcome) -> Result<Cases, AnswerError> {
        let panel = &outcome.panel;
        let mut held = self.holding(&class.cases);
        held.sort_by(|a, b| (a.from, &a.place).cmp(&(b.from, &b.place)));
        let similar = self.similar(class);
        let (mut adopted, mut of, mut why_not) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut first_of: BTreeMap<usize, String> = BTreeMap::new();
        for (number, case) in held.iter().enumerate() {
            let (first, _) = Began::on(case.from).first_after(Step::Year);
            let unit = panel.unit(&case.place);
            match (unit, outcome.column(first)) {
                (None, _) => {
                    why_not.insert(number, "nothing is known of the outcome there".to_string());
                }
                (Some(unit), _) if first_of.contains_key(&unit) => {
                    let earlier = first_of[&unit].clone();
                    why_not.insert(number, format!("the place was under such a policy before: {earlier}"));
                }
                (Some(unit), None) => {
                    first_of.insert(unit, format!("{} ({})", case.title, case.from));
                    why_not.insert(number, format!("no year after {} is known of the outcome", case.from));
                }
                (Some(unit), Some(first)) => {
                    first_of.insert(unit, format!("{} ({})", case.title, case.from));
                    of.push(number);
                    adopted.push(Adopted {
                        unit,
                        first,
                        cluster: case.cluster.clone(),
                    });
                }
            }
        }
        let touched: BTreeSet<usize> = similar.iter().filter_map(|held| panel.unit(&held.place)).collect();
        let never = (0..panel.units.len()).filter(|unit| !touched.contains(unit)).collect();
        let excluded = adopted.iter().zip(&of);
        let excluded = excluded
            .map(|(case, number)| Ok((case.unit, self.not_donors(panel, case, &held[*number])?)))
            .collect::<Result<BTreeMap<_, _>, AnswerError>>()?;
        Ok(Cases {
            asked: class::Asked {
                never,
                before: class.before as usize,
                after: class.after as usize,
                margin: class.margin,
                because_of_harm: class.because_of_harm,
                draws: DRAWS,
                seed: SEED,
                excluded,
                adopted,
                ..class::Asked::default()
            },
            held,
            of,
            why_not,
        })
    }

    /// What sham classes show: every case that stands at a point of an episode, against sham policies at the same point of
    /// other episodes.
    fn shams_of(&self, class: &Class, cases: &Cases, outcome: &Outcome) -> Option<Shams> {
        let similar = self.similar(class);
        let of_case = |number: &usize| {
            let asked = self.asked_of_case(class, &cases.held[*number], outcome).ok()?;
            let unit = outcome.panel.unit(asked.place.as_str())?;
            let window = asked.window(outcome, unit);
            if window.before.is_empty() || window.after.is_empty() {
                return None;
            }
            let (design, _) = self.at_the_same_point(&asked, outcome, unit, &window, &similar)?.ok()?;
            episodes::shams(&design, asked.method).ok()
        };
        let shams: Vec<Shams> = cases.of.iter().filter_map(of_case).collect();
        class::shams_of_cases(&shams, DRAWS, SEED)
    }

    /// Every place under a policy of the class or a similar one.
    fn similar(&self, class: &Class) -> Vec<Held> {
        let like = std::iter::once(&class.cases).chain(&class.similar);
        like.flat_map(|like| self.holding(like)).collect()
    }

    fn asked_of_case(&self, class: &Class, held: &Held, outcome: &Outcome) -> Result<Asked, AnswerError> {
        let policy = held.policy.as_ref().and_then(|id| self.catalog().policy(id));
        Ok(Asked {
            title: held.title.clone(),
            policy_words: held.title.clone(),
            policy: None,
            outcome: outcome.told.id.clone(),
            place: place(&held.place)?,
            from: held.from.to_string(),
            began: Began::on(held.from),
            until: None,
            before: Some(class.before as usize),
            after: Some(class.after as usize),
            by: Step::Year,
            method: usual_method(class.because_of_harm),
            margin: class.margin,
            because_of_harm: class.because_of_harm,
            similar: Vec::new(),
            screen: Screen {
                named: Vec::new(),
                barred: policy.map(|policy| self.touched(policy)).unwrap_or_default(),
            },
        })
    }

    /// The places that a case may not be compared with: its neighbours, and those touched by its policy or its conflict.
    fn not_donors(&self, panel: &Panel, case: &Adopted, held: &Held) -> Result<BTreeSet<usize>, AnswerError> {
        let crosswalk = self.observatory().crosswalk();
        let own: PlaceId = place(&panel.units[case.unit])?;
        let beside = |code: &String| Neighbours::builtin().are_beside(own.as_str(), code, crosswalk);
        let policy = held.policy.as_ref().and_then(|id| self.catalog().policy(id));
        let touched = policy.map(|policy| self.touched(policy)).unwrap_or_default();
        let units = panel.units.iter().enumerate();
        let barred = units.filter(|(unit, code)| *unit != case.unit && (beside(code) || touched.contains_key(*code)));
        Ok(barred.map(|(unit, _)| unit).collect())
    }

    fn row(&self, held: &Held, why_not: Option<String>) -> CaseRow {
        CaseRow {
            place: named(&held.place, self.observatory().crosswalk()),
            date: held.from,
            policy: held.policy.clone(),
            answered: false,
            why_not,
            cluster: held.cluster.clone(),
            effect: None,
            low: None,
            high: None,
            people: None,
        }
    }

    fn case_rows(&self, cases: &Cases, answer: Option<&ClassAnswer>) -> Vec<CaseRow> {
        let mut rows: Vec<CaseRow> = cases
            .held
            .iter()
            .enumerate()
            .map(|(number, held)| self.row(held, cases.why_not.get(&number).cloned()))
            .collect();
        let Some(answer) = answer else { return rows };
        for (case, number) in answer.cases.iter().zip(&cases.of) {
            let row = &mut rows[*number];
            row.answered = case.effect.is_some();
            let code = format!("{}: ", case.unit);
            row.why_not = case
                .why_not
                .as_ref()
                .map(|why| why.strip_prefix(&code).unwrap_or(why).to_string());
            if let Some(effect) = &case.effect {
                row.effect = Some(effect.log_ratio);
                let (low, high) = effect.interval(self.rules().level);
                (row.low, row.high) = (Some(low), Some(high));
                row.people = Some(People {
                    effect: effect.observed - effect.counterfactual,
                    low: None,
                    high: None,
                    observed: effect.observed,
                    counterfactual: effect.counterfactual,
                });
            }
        }
        rows
    }
}

impl ClassTold {
    /// The answer on the primary outcome.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.outcomes
            .iter()
            .find(|outcome| outcome.primary)
            .map(|outcome| &outcome.verdict)
    }
}

fn outcome_told(
    answer: &ClassAnswer,
    (measure, title): (&str, &str),
    primary: bool,
    name: impl Fn(&str) -> String,
) -> OutcomeOfClass {
    let pooled = answer.pooled.as_ref();
    let events = answer.group_time.iter().flat_map(|group_time| &group_time.events);
    let followed = answer
        .group_time
        .as_ref()
        .map_or(0, |group_time| group_time.cases.len());
    OutcomeOfClass {
        measure: measure.to_string(),
        title: title.to_string(),
        primary,
        p: answer.reassigned.as_ref().map(|dates| dates.p),
        p_adjusted: answer.reassigned.as_ref().map(|dates| dates.holm),
        pooled: pooled.map(|pooled| PooledRow {
            effect: pooled.effect,
            low: pooled.low,
            high: pooled.high,
            tau: pooled.tau,
            prediction_low: pooled.prediction.map(|ends| ends.0),
            prediction_high: pooled.prediction.map(|ends| ends.1),
            cases: pooled.cases,
            clusters: pooled.clusters,
        }),
        left_out: pooled
            .iter()
            .flat_map(|pooled| &pooled.without)
            .map(|without| LeftOutRow {
                cluster: name(&without.unit),
                effect: without.effect,
            })
            .collect(),
        events: events
            .map(|event| EventRow {
                relative: event.at as i32,
                effect: per_cent(event.average.effect),
                low: event.average.low.map(per_cent),
                high: event.average.high.map(per_cent),
                cases: followed,
            })
            .collect(),
        people: answer.people.as_ref().map(|counted| counted.people.clone()),
        verdict: answer.verdict.clone(),
    }
}

/// A difference of logarithms of rates as a change in per cent.
fn per_cent(logs: f64) -> f64 {
    logs.exp_m1() * 100.0
}

fn without_series(class: &Class, why: &str) -> OutcomeOfClass {
    OutcomeOfClass {
        measure: String::new(),
        title: "What it was to protect from".to_string(),
        primary: true,
        p: None,
        p_adjusted: None,
        pooled: None,
        left_out: Vec::new(),
        events: Vec::new(),
        people: None,
        verdict: Verdict {
            word: Word::CannotBeTold,
            sentence: format!("It cannot be told: {}", class.question),
            reasons: vec![why.to_string()],
            margin: class.margin,
        },
    }
}

/// The panel of an outcome with the units and periods of another.
fn like(outcome: &Arc<Outcome>, other: &Arc<Outcome>) -> Panel {
    let mut panel = Panel::new(other.panel.units.clone(), other.panel.times.clone());
    for (unit, code) in other.panel.units.iter().enumerate() {
        let Some(from) = outcome.panel.unit(code) else { continue };
        for (time, label) in other.panel.times.iter().enumerate() {
            let Some(at) = outcome.panel.time(label) else { continue };
            panel.set(unit, time, outcome.panel.series(from)[at]);
            if let Some(people) = outcome.panel.people(from) {
                panel.set_people(unit, time, people[at]);
            }
        }
    }
    panel
}

//! One question, from the series to the answer.

use std::ops::Range;

use lysoen_impact::episodes::{self, Alignment, EpisodeRules, Point, Scale};
use lysoen_impact::policy::CasesOf;
use lysoen_impact::{About, Calibration, Design, Examination, Method, Unfit, Verdict, Word, calibrate, examine};
use lysoen_lexicon::place::PlaceId;

use super::donors::{Screen, named};
use super::policies::Held;
use super::question::{Began, Question, Step, label};
use super::rows::{DonorRow, ImpactAnswer, PlaceName, PolicyBrief};
use super::series::Outcome;
use super::state::ImpactState;
use crate::error::AnswerError;

/// A question with everything that is known of the policy.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) title: String,
    /// What is asked of, as a part of a sentence: `the arms embargo against Liberia`.
    pub(super) policy_words: String,
    pub(super) policy: Option<PolicyBrief>,
    pub(super) outcome: String,
    pub(super) place: PlaceId,
    pub(super) from: String,
    pub(super) began: Began,
    /// The number of the last period, where one is set.
    pub(super) until: Option<i32>,
    /// The most periods before and after that are compared.
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
    pub(super) by: Step,
    pub(super) method: Method,
    pub(super) margin: Option<f64>,
    pub(super) because_of_harm: bool,
    /// What counts as a similar policy.
    pub(super) similar: Vec<CasesOf>,
    pub(super) screen: Screen,
}

/// The columns of a panel before and after a policy, and the periods in neither.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Window {
    pub(super) before: Vec<usize>,
    pub(super) after: Vec<usize>,
    pub(super) set_aside: Vec<String>,
    pub(super) notes: Vec<String>,
}

impl Asked {
    /// The periods in which the outcome of the place is known without a gap, from the policy on in both directions.
    pub(super) fn window(&self, outcome: &Outcome, unit: usize) -> Window {
        let (first_after, aside) = self.began.first_after(self.by);
        let series = outcome.panel.series(unit);
        let known = |period: i32| outcome.column(period).filter(|column| series[*column].is_finite());
        let last_before = aside.unwrap_or(first_after) - 1;
        let mut before: Vec<usize> = (0..)
            .map_while(|back| known(last_before - back))
            .take(self.before.unwrap_or(usize::MAX))
            .collect();
        before.reverse();
        let last = self.until.unwrap_or(i32::MAX).min(outcome.last());
        let after: Vec<usize> = (first_after..=last)
            .map_while(known)
            .take(self.after.unwrap_or(usize::MAX))
            .collect();
        let mut notes = Vec::new();
        let reached = first_after + after.len() as i32;
        let full = self.after.is_some_and(|most| after.len() == most);
        if !after.is_empty() && !full && reached <= last {
            notes.push(format!(
                "The outcome is not known in {}, so that the periods after end before it.",
                label(reached, self.by)
            ));
        }
        Window {
            before,
            after,
            set_aside: aside.iter().map(|period| label(*period, self.by)).collect(),
            notes,
        }
    }
}

/// What is compared: a design with what is known beside it, and who is in it.
pub(super) struct Compared {
    pub(super) design: Design,
    pub(super) about: About,
    /// The codes of the donors.
    used: Vec<String>,
    /// The places that are none.
    others: Vec<DonorRow>,
}

impl ImpactState {
    /// Answers a question.
    pub(super) fn answer(&self, asked: &Asked) -> Result<ImpactAnswer, AnswerError> {
        let outcome = self.outcome(&asked.outcome, asked.by)?;
        let mut answer = self.unanswered(asked, &outcome);
        let compared = match self.compare(asked, &outcome, &mut answer) {
            Ok(compared) => compared,
            Err(why) => return Ok(cannot(answer, vec![why])),
        };
        let examined = examine(&compared.design, asked.method, self.rules(), &compared.about);
        let crosswalk = self.observatory().crosswalk();
        let name = |code: &str| named(code, crosswalk);
        answer.donors = donor_rows(&compared.used, examined.as_ref().ok(), compared.others, name);
        Ok(told(answer, examined))
    }

    /// Asks the same of every place that a question compares with, as if it had had the policy: how often the rule finds an
    /// effect where there was none.
    pub fn calibrate(&self, question: &Question) -> Result<Calibration, AnswerError> {
        let asked = self.asked(question)?;
        let outcome = self.outcome(&asked.outcome, asked.by)?;
        let mut answer = self.unanswered(&asked, &outcome);
        let compared = self
            .compare(&asked, &outcome, &mut answer)
            .map_err(AnswerError::Impact)?;
        Ok(calibrate(&compared.design, asked.method, self.rules(), &compared.about))
    }

    /// What is compared, or why nothing can be, in a sentence; the periods and what must be known of them go into the answer.
    fn compare(&self, asked: &Asked, outcome: &Outcome, answer: &mut ImpactAnswer) -> Result<Compared, String> {
        let Some(unit) = outcome.panel.unit(asked.place.as_str()) else {
            return Err(format!(
                "Nothing is known of {} in {}.",
                lower_first(&outcome.told.title),
                answer.place.name
            ));
        };
        let window = asked.window(outcome, unit);
        answer.set_aside.clone_from(&window.set_aside);
        answer.notes.extend(window.notes.iter().cloned());
        let at = |column: Option<&usize>| column.map(|column| outcome.panel.times[*column].clone());
        answer.first_after = at(window.after.first());
        answer.last_after = at(window.after.last());
        let (Some(&first), Some(&last)) = (window.before.first(), window.after.last()) else {
            let which = if window.before.is_empty() { "before" } else { "after" };
            return Err(format!(
                "No period {which} {} is known of {} in {}: the series runs from {} to {}.",
                asked.from,
                lower_first(&outcome.told.title),
                answer.place.name,
                outcome.panel.times[0],
                label(outcome.last(), asked.by)
            ));
        };
        let period = |column: usize| outcome.first + column as i32;
        let columns = window.before.iter().chain(&window.after);
        let people = outcome.panel.people(unit);
        let mut about = About {
            because_of_harm: asked.because_of_harm,
            margin: asked.margin,
            months: Some(asked.by.months()),
            people: people.map(|people| columns.map(|column| people[*column]).collect()),
            reporting: outcome.reporting(asked.place.as_str(), period(first), period(last)),
            shams: None,
        };
        let similar: Vec<Held> = asked.similar.iter().flat_map(|like| self.holding(like)).collect();
        match self.at_the_same_point(asked, outcome, unit, &window, &similar) {
            Some(Ok((mut design, others))) => {
                let shams = episodes::shams(&design, asked.method).ok();
                // A fall to nothing in the median leaves nothing to compare with.
                let left = shams
                    .as_ref()
                    .map(|shams| 1.0 + shams.median)
                    .filter(|left| *left > 0.0);
                design.after = left.unwrap_or(1.0);
                about.shams = shams.filter(|_| left.is_some());
                design.unit.clone_from(&answer.place.name);
                answer.episodes = true;
                return Ok(Compared {
                    used: design.donors.iter().map(|donor| donor.unit.clone()).collect(),
                    design,
                    about,
                    others,
                });
            }
            Some(Err(unfit)) => answer.notes.push(format!("{unfit}.")),
            None => {}
        }
        let mut screen = asked.screen.clone();
        let days = outcome.days(&(first..last + 1));
        for held in similar.iter().filter(|held| held.overlaps(days)) {
            let why = format!("it was under a similar policy: {} ({})", held.title, held.from);
            screen.barred.entry(held.place.clone()).or_insert(why);
        }
        let crosswalk = self.observatory().crosswalk();
        let screened = screen.complete(&outcome.panel, &asked.place, crosswalk, &window.before, &window.after);
        let mut design = Design::of_panel(&outcome.panel, unit, &screened.donors, &window.before, &window.after)
            .map_err(|unfit| format!("{unfit}."))?;
        design.unit.clone_from(&answer.place.name);
        Ok(Compared {
            design,
            about,
            used: screened
                .donors
                .iter()
                .map(|donor| outcome.panel.units[*donor].clone())
                .collect(),
            others: screened.others,
        })
    }

    /// Of a policy that was adopted because harm was high: the design in event time, against other places at the same point
    /// of their own episodes, and the places that are none of them. None of other policies.
    pub(super) fn at_the_same_point(
        &self,
        asked: &Asked,
        outcome: &Outcome,
        unit: usize,
        window: &Window,
        similar: &[Held],
    ) -> Option<Result<(Design, Vec<DonorRow>), Unfit>> {
        if !asked.because_of_harm {
            return None;
        }
        let crosswalk = self.observatory().crosswalk();
        let untouched = asked.screen.untouched(&outcome.panel, &asked.place, crosswalk);
        let excluded = |unit: usize, columns: Range<usize>| {
            let days = outcome.days(&columns);
            let held = similar.iter().filter(|held| held.place == outcome.panel.units[unit]);
            held.into_iter().any(|held| held.overlaps(days))
        };
        let aligned = episodes::aligned(Alignment {
            panel: &outcome.panel,
            point: Point {
                unit,
                time: window.after[0],
            },
            window: episodes::Window {
                before: window.before.len(),
                aside: window.set_aside.len(),
                after: window.after.len(),
                months: asked.by.months(),
            },
            eligible: &untouched.donors,
            excluded: &excluded,
            scale: Scale::default(),
            rules: &EpisodeRules::default(),
        });
        Some(aligned.map(|(design, _)| (design, untouched.others)))
    }

    /// The answer before anything is found.
    fn unanswered(&self, asked: &Asked, outcome: &Outcome) -> ImpactAnswer {
        let place = named(asked.place.as_str(), self.observatory().crosswalk());
        ImpactAnswer {
            title: asked.title.clone(),
            question: format!(
                "{} in {}: was it less with {} than it would have been without?",
                outcome.told.title, place.name, asked.policy_words
            ),
            policy: asked.policy.clone(),
            outcome: outcome.told.clone(),
            place,
            from: asked.from.clone(),
            by: asked.by.to_string(),
            first_after: None,
            last_after: None,
            set_aside: Vec::new(),
            method: asked.method,
            episodes: false,
            donors: Vec::new(),
            examination: None,
            verdict: unknown(asked.margin),
            sources: outcome.sources.clone(),
            notes: outcome.notes.clone(),
        }
    }
}

/// The donors with their weights, the heaviest first, and then the places that are none.
pub(super) fn donor_rows(
    used: &[String],
    examination: Option<&Examination>,
    others: Vec<DonorRow>,
    named: impl Fn(&str) -> PlaceName,
) -> Vec<DonorRow> {
    let fit = examination.and_then(|examination| examination.fit.as_ref());
    let weight = |unit: &str| {
        let weights = fit.iter().flat_map(|fit| &fit.weights);
        weights
            .into_iter()
            .find(|weight| weight.unit == unit)
            .map(|weight| weight.weight)
    };
    let row = |code: &String| DonorRow {
        place: named(code),
        used: true,
        weight: weight(code),
        why_not: None,
    };
    let mut rows: Vec<DonorRow> = used.iter().map(row).collect();
    rows.sort_by(|a, b| b.weight.unwrap_or(0.0).total_cmp(&a.weight.unwrap_or(0.0)));
    rows.extend(others);
    rows
}

/// The answer with what was found, or why nothing could be.
pub(super) fn told(mut answer: ImpactAnswer, examined: Result<Examination, Unfit>) -> ImpactAnswer {
    match examined {
        Ok(examination) => {
            answer.verdict = examination.verdict.clone();
            answer.examination = Some(examination);
            answer
        }
        Err(unfit) => cannot(answer, vec![format!("{unfit}.")]),
    }
}

/// The answer before anything is found.
pub(super) fn unknown(margin: Option<f64>) -> Verdict {
    Verdict {
        word: Word::CannotBeTold,
        sentence: String::new(),
        reasons: Vec::new(),
        margin,
    }
}

/// The answer that it cannot be told, and why.
pub(super) fn cannot(mut answer: ImpactAnswer, reasons: Vec<String>) -> ImpactAnswer {
    answer.verdict = Verdict {
        word: Word::CannotBeTold,
        sentence: format!(
            "Whether the policy protected people in {} cannot be told.",
            answer.place.name
        ),
        reasons,
        margin: answer.verdict.margin,
    };
    answer
}

/// A title within a sentence.
pub(super) fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    let rest = letters.as_str();
    match first {
        // An abbreviation keeps its letters.
        Some(_) if rest.starts_with(|next: char| next.is_uppercase()) => title.to_string(),
        Some(first) => format!("{first}{rest}"),
        None => String::new(),
    }
}

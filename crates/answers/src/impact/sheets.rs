//! What is told of a policy, as sheets.

use lysoen_impact::Examination;

use super::rows::{ClassTold, ImpactAnswer, PolicyBrief};
use crate::sheet::{Cell, Column, Kind, Sheet};

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// One line a figure: what it is, of whom, when, and how much.
const FIGURES: [Column; 6] = [
    column("kind", Kind::Text),
    column("name", Kind::Text),
    column("time", Kind::Text),
    column("value", Kind::Number),
    column("low", Kind::Number),
    column("high", Kind::Number),
];

const POLICIES: [Column; 16] = [
    column("policy", Kind::Text),
    column("kind", Kind::Text),
    column("title", Kind::Text),
    column("place", Kind::Text),
    column("date", Kind::Date),
    column("until", Kind::Date),
    column("because_of_harm", Kind::Text),
    column("outcome", Kind::Text),
    column("verdict", Kind::Text),
    column("people", Kind::Number),
    column("people_low", Kind::Number),
    column("people_high", Kind::Number),
    column("sentence", Kind::Text),
    column("why", Kind::Text),
    column("source", Kind::Text),
    column("checked", Kind::Date),
];

const CASES: [Column; 14] = [
    column("class", Kind::Text),
    column("place", Kind::Text),
    column("date", Kind::Date),
    column("policy", Kind::Text),
    column("cluster", Kind::Text),
    column("answered", Kind::Text),
    column("log_ratio", Kind::Number),
    column("log_ratio_low", Kind::Number),
    column("log_ratio_high", Kind::Number),
    column("people", Kind::Number),
    column("people_low", Kind::Number),
    column("people_high", Kind::Number),
    column("why_not", Kind::Text),
    column("verdict_of_class", Kind::Text),
];

/// Lines of [`FIGURES`] that are being gathered.
#[derive(Default)]
struct Lines(Vec<Vec<Cell>>);

impl Lines {
    fn add(&mut self, kind: &str, name: &str, time: &str, value: Option<f64>, ends: Option<(f64, f64)>) {
        let finite = |value: f64| Cell::from(Some(value).filter(|value| value.is_finite()));
        let time = if time.is_empty() { Cell::Missing } else { time.into() };
        let end = |end: Option<f64>| end.map_or(Cell::Missing, finite);
        self.0.push(vec![
            kind.into(),
            name.into(),
            time,
            value.map_or(Cell::Missing, finite),
            end(ends.map(|ends| ends.0)),
            end(ends.map(|ends| ends.1)),
        ]);
    }
}

/// An answer, a line a figure. Kinds: `verdict`, `effect`, `people`, `p`, `weight`, `time-weight`, `observed`,
/// `counterfactual`, `gap` (with the band of the placebos), `period` (with the conformal interval), `fit`, `gate`, `placebo`,
/// `sham`, `left-out`, `method`, `coefficient`.
pub fn sheet(answer: &ImpactAnswer) -> Sheet {
    let mut lines = Lines::default();
    lines.add("verdict", answer.verdict.word.id(), "", None, None);
    if let Some(examination) = &answer.examination {
        figures(&mut lines, answer, examination);
    }
    let mut notes = vec![answer.question.clone(), answer.verdict.sentence.clone()];
    notes.extend(answer.verdict.reasons.iter().cloned());
    notes.extend(answer.notes.iter().cloned());
    notes.retain(|note| !note.is_empty());
    Sheet {
        title: answer.title.clone(),
        columns: FIGURES.to_vec(),
        rows: lines.0,
        sources: answer.sources.clone(),
        notes,
    }
}

fn figures(lines: &mut Lines, answer: &ImpactAnswer, found: &Examination) {
    let interval = |interval: &lysoen_impact::inference::Interval| (interval.low, interval.high);
    if let Some(fit) = &found.fit {
        let ends = found.interval.as_ref().map(interval);
        lines.add("effect", fit.method.id(), "", Some(fit.effect), ends);
        if let Some(people) = &found.people {
            let ends = people.low.zip(people.high);
            lines.add("people", &answer.outcome.counted, "", Some(people.effect), ends);
        }
        if let Some(space) = &found.space {
            lines.add("p", "placebo", "", Some(space.p), None);
        }
        if let Some(conformal) = &found.conformal {
            lines.add("p", "conformal", "", Some(conformal.p), None);
        }
        lines.add("fit", "pre_rmspe", "", Some(fit.pre_rmspe), None);
        lines.add("fit", "intercept", "", Some(fit.intercept), None);
        for weight in &fit.weights {
            lines.add("weight", &weight.unit, "", Some(weight.weight), None);
        }
        for weight in &fit.time_weights {
            lines.add("time-weight", "", &weight.unit, Some(weight.weight), None);
        }
        for coefficient in &fit.coefficients {
            lines.add("coefficient", &coefficient.name, "", Some(coefficient.value), None);
        }
        for (time, value) in found.times.iter().zip(&found.observed) {
            lines.add("observed", &answer.place.code, time, Some(*value), None);
        }
        for (time, value) in found.times.iter().zip(&fit.counterfactual) {
            lines.add("counterfactual", &answer.place.code, time, Some(*value), None);
        }
        let band = |at: usize| found.space.as_ref().and_then(|space| space.band.get(at).copied());
        for (at, (time, gap)) in found.times.iter().zip(&found.gaps).enumerate() {
            lines.add("gap", &answer.place.code, time, Some(*gap), band(at));
        }
        let periods = found.conformal.iter().flat_map(|conformal| &conformal.periods);
        for ((time, gap), ends) in found.times.iter().zip(&found.gaps).skip(found.pre).zip(periods) {
            lines.add("period", &answer.place.code, time, Some(*gap), *ends);
        }
    }
    for check in &found.gates.checks {
        let held = if check.holds { "holds" } else { "does not hold" };
        lines.add("gate", &format!("{} {held}", check.id), "", check.found, None);
    }
    if let Some(hold_out) = &found.gates.hold_out {
        lines.add("fit", "hold_out_rmspe", "", Some(hold_out.rmspe), None);
        lines.add("fit", "hold_out_donors_median", "", Some(hold_out.donors_median), None);
    }
    if let Some(seen) = &found.gates.detectable {
        lines.add("fit", "detectable", "", seen.share, Some((seen.low, seen.high)));
    }
    if let Some(space) = &found.space {
        lines.add("placebo", &answer.place.code, "rank", Some(space.rank as f64), None);
        lines.add("placebo", &answer.place.code, "of", Some(space.of as f64), None);
        lines.add("placebo", &answer.place.code, "ratio", Some(space.ratio), None);
        for donor in &space.donors {
            lines.add("placebo", &donor.unit, "ratio", donor.ratio, None);
            lines.add("placebo", &donor.unit, "effect", Some(donor.effect), None);
        }
    }
    for sham in &found.time {
        lines.add("sham", &answer.place.code, &sham.time, Some(sham.effect), None);
    }
    for left in &found.left_out {
        lines.add("left-out", &left.unit, "", Some(left.effect), None);
    }
    for other in &found.others {
        lines.add("method", other.method.id(), "", other.effect, None);
    }
}

/// The policies, a line each.
pub fn policies_sheet(policies: &[PolicyBrief]) -> Sheet {
    let row = |policy: &PolicyBrief| {
        let verdict = policy.verdict.as_ref();
        let people = policy.people.as_ref();
        vec![
            policy.id.as_str().into(),
            policy.kind.as_str().into(),
            policy.title.as_str().into(),
            policy.place.code.as_str().into(),
            policy.date.into(),
            policy.until.into(),
            yes_no(policy.because_of_harm),
            policy.outcome.clone().into(),
            verdict.map(|verdict| verdict.word.id().to_string()).into(),
            people.map(|people| people.effect).into(),
            people.and_then(|people| people.low).into(),
            people.and_then(|people| people.high).into(),
            verdict.map(|verdict| verdict.sentence.clone()).into(),
            verdict.map(|verdict| verdict.reasons.join(" ")).into(),
            policy.source.as_str().into(),
            policy.checked.into(),
        ]
    };
    Sheet {
        title: "The policies of the catalog".to_string(),
        columns: POLICIES.to_vec(),
        rows: policies.iter().map(row).collect(),
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

/// The cases of a class, a line each.
pub fn class_sheet(class: &ClassTold) -> Sheet {
    let primary = class.outcomes.iter().find(|outcome| outcome.primary);
    let word = primary.map_or(lysoen_impact::Word::CannotBeTold, |outcome| outcome.verdict.word);
    let rows = class.cases.iter().map(|case| {
        let people = case.people.as_ref();
        vec![
            class.id.as_str().into(),
            case.place.code.as_str().into(),
            case.date.into(),
            case.policy.clone().into(),
            case.cluster.as_str().into(),
            yes_no(case.answered),
            case.effect.into(),
            case.low.into(),
            case.high.into(),
            people.map(|people| people.effect).into(),
            people.and_then(|people| people.low).into(),
            people.and_then(|people| people.high).into(),
            case.why_not.clone().into(),
            word.id().into(),
        ]
    });
    let mut notes = vec![class.question.clone()];
    notes.extend(
        class
            .outcomes
            .iter()
            .map(|outcome| format!("{}: {}", outcome.title, outcome.verdict.sentence)),
    );
    notes.extend(class.caveats.iter().chain(&class.notes).cloned());
    Sheet {
        title: class.title.clone(),
        columns: CASES.to_vec(),
        rows: rows.collect(),
        sources: class.sources.clone(),
        notes,
    }
}

fn yes_no(yes: bool) -> Cell {
    if yes { "yes" } else { "no" }.into()
}

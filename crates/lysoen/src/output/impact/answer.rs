//! One answer on the screen: the verdict first, then everything by which an expert could disagree.

use std::fmt::Write;

use lysoen_answers::impact::ImpactAnswer;
use lysoen_impact::inference::Placebo;
use lysoen_impact::{Examination, Verdict};

use super::words::{
    LEAST_WEIGHT, NO_FINDING, NONE, Scale, called, effect, excluded, figure, is_finding, left_out, maybe, maybe_p,
    name, p, signed, window,
};
use crate::console::fold;
use crate::output::number::decimal;
use crate::output::phrase::{foot, hanging, section, width};
use crate::output::terminal::{Shown, ruled};

/// Periods before that are told one by one.
const BEFORE: usize = 10;
/// Periods after that are told one by one.
const AFTER: usize = 36;
/// Names of one list that are told before it is said how many there are more.
const NAMES: usize = 12;
/// Donors whose placebos are told.
const PLACEBOS: usize = 5;

/// Tells an answer. `again` is the command that asks it.
pub fn answer(answer: &ImpactAnswer, again: &str, shown: Shown) -> String {
    let mut text = format!("{}\n\n", shown.paint.heading(&answer.title));
    writeln!(text, "{}", fold(&answer.question, width(shown), 0)).ok();
    verdict(&answer.verdict, shown, &mut text);
    if let Some(examination) = &answer.examination {
        effects(answer, examination, shown, &mut text);
        checks(examination, shown, &mut text);
        series(answer, examination, shown, &mut text);
    }
    donors(answer, shown, &mut text);
    if let Some(examination) = &answer.examination {
        placebos(answer, examination, shown, &mut text);
        others(examination, shown, &mut text);
        sentences("What a reader must know", &examination.caveats, shown, &mut text);
    }
    about(answer, shown, &mut text);
    if !answer.sources.is_empty() {
        text.push_str(&foot(&answer.sources, shown));
    }
    text.push_str(&section("Next", shown.paint));
    writeln!(text, "  {again}").ok();
    for (option, what) in [
        ("--report DIR", "a page with charts, to read and to print"),
        ("--format csv", "kind,name,time,value,low,high"),
    ] {
        writeln!(text, "    {option:<14} {}", shown.paint.dim(what)).ok();
    }
    text
}

/// The verdict, and on what it rests.
pub(super) fn verdict(verdict: &Verdict, shown: Shown, text: &mut String) {
    let wide = width(shown);
    let said = fold(&verdict.sentence, wide, 0);
    let told = match is_finding(verdict.word) {
        true => shown.paint.bold(&said),
        false => shown.paint.caution(&said),
    };
    writeln!(text, "\n{told}").ok();
    for reason in &verdict.reasons {
        writeln!(
            text,
            "  {}",
            hanging(&format!("• {reason}"), wide.saturating_sub(2), 2, 2)
        )
        .ok();
    }
    if let Some(margin) = verdict.margin {
        let said = format!(
            "d, stated beforehand: {} % of what would have been.",
            decimal(margin * 100.0, 1)
        );
        writeln!(text, "{}", shown.paint.dim(&said)).ok();
    }
}

/// A list of sentences below a heading; nothing where there are none.
pub(super) fn sentences(title: &str, list: &[String], shown: Shown, text: &mut String) {
    if list.is_empty() {
        return;
    }
    text.push_str(&section(title, shown.paint));
    for said in list {
        let line = hanging(&format!("• {said}"), width(shown).saturating_sub(2), 2, 2);
        writeln!(text, "  {line}").ok();
    }
}

fn effects(answer: &ImpactAnswer, examination: &Examination, shown: Shown, text: &mut String) {
    let said = effect(answer, examination);
    let title = match is_finding(answer.verdict.word) {
        true => "The effect",
        false => NO_FINDING,
    };
    sentences(title, &said, shown, text);
}

fn checks(examination: &Examination, shown: Shown, text: &mut String) {
    text.push_str(&section("Checked before the effect was seen", shown.paint));
    let wide = width(shown).saturating_sub(2);
    for check in &examination.gates.checks {
        let mark = if check.holds { "✓" } else { "✗" };
        writeln!(text, "  {}", hanging(&format!("{mark} {}", check.told), wide, 2, 2)).ok();
    }
}

fn series(answer: &ImpactAnswer, examination: &Examination, shown: Shown, text: &mut String) {
    let Some(fit) = &examination.fit else { return };
    let title = format!("Observed and without the policy, {}", answer.outcome.unit);
    text.push_str(&section(&title, shown.paint));
    if let Some(said) = window(answer) {
        writeln!(text, "{}\n", fold(&said, width(shown), 0)).ok();
    }
    text.push_str(&lines(
        &examination.observed,
        &fit.counterfactual,
        examination.pre,
        width(shown),
    ));
    let pre = examination.pre;
    let (first, last) = (pre.saturating_sub(BEFORE), examination.times.len().min(pre + AFTER));
    let scale = Scale::of(examination.observed.iter().chain(&fit.counterfactual));
    let band = |at: usize| {
        let band = examination.space.as_ref().and_then(|space| space.band.get(at));
        band.map_or_else(|| NONE.to_string(), |(low, high)| scale.span(*low, *high))
    };
    let row = |at: usize| {
        let gap = examination.gaps.get(at);
        vec![
            examination.times[at].clone(),
            scale.maybe(examination.observed.get(at).copied()),
            scale.maybe(fit.counterfactual.get(at).copied()),
            gap.map_or_else(|| NONE.to_string(), |gap| scale.signed(*gap)),
            band(at),
            if at == pre { "← the first after" } else { "" }.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = (first..last).map(row).collect();
    let names = ["period", "observed", "without it", "gap", "gaps of placebos", ""];
    let right = [false, true, true, true, true, false];
    writeln!(text, "{}", ruled(&names, &right, &rows, shown.width, shown.paint)).ok();
    let more = first + (examination.times.len() - last);
    if more > 0 {
        let said = format!("… and {more} more periods; all of them with --format csv");
        writeln!(text, "{}", shown.paint.dim(&said)).ok();
    }
}

/// Both series as two lines of blocks on one scale, with a bar where the policy begins.
fn lines(observed: &[f64], without: &[f64], pre: usize, width: usize) -> String {
    let known = observed
        .iter()
        .chain(without)
        .copied()
        .filter(|value| value.is_finite());
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low >= high || observed.len() < 2 {
        return String::new();
    }
    // Of more periods than there is room for, each block stands for the mean of a few.
    let room = width.saturating_sub(14).max(10);
    let each = observed.len().div_ceil(room);
    let block = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let at = (mean - low) / (high - low) * (blocks.len() - 1) as f64;
        if at.is_finite() {
            blocks[at.round() as usize]
        } else {
            ' '
        }
    };
    let line = |values: &[f64]| {
        let (before, after) = values.split_at(pre.min(values.len()));
        let side = |side: &[f64]| side.chunks(each).map(block).collect::<String>();
        format!("{}│{}", side(before), side(after))
    };
    format!(
        "  observed    {}\n  without it  {}\n  {} to {}\n\n",
        line(observed),
        line(without),
        figure(low),
        figure(high)
    )
}

fn donors(answer: &ImpactAnswer, shown: Shown, text: &mut String) {
    if answer.donors.is_empty() {
        return;
    }
    let title = match answer.episodes {
        true => "Compared with other places at the same point of their own episodes",
        false => "Compared with",
    };
    text.push_str(&section(title, shown.paint));
    let used = || answer.donors.iter().filter(|donor| donor.used);
    let weighty = |weight: Option<f64>| weight.is_some_and(|weight| weight.abs() >= LEAST_WEIGHT);
    let mut heavy: Vec<_> = used().filter(|donor| weighty(donor.weight)).collect();
    heavy.sort_by(|a, b| b.weight.unwrap_or(0.0).total_cmp(&a.weight.unwrap_or(0.0)));
    let told = if heavy.len() > 2 * NAMES { NAMES } else { heavy.len() };
    let rows: Vec<Vec<String>> = heavy[..told]
        .iter()
        .map(|donor| vec![called(&donor.place), decimal(donor.weight.unwrap_or(0.0), 3)])
        .collect();
    if !rows.is_empty() {
        let table = ruled(&["donor", "weight"], &[false, true], &rows, shown.width, shown.paint);
        writeln!(text, "{table}").ok();
    }
    let rest: Vec<&str> = used()
        .filter(|donor| !weighty(donor.weight))
        .chain(heavy[told..].iter().copied())
        .map(|donor| donor.place.name.as_str())
        .collect();
    let wide = width(shown);
    if !rest.is_empty() {
        let what = if rows.is_empty() {
            "Each the same"
        } else {
            "With little or no weight"
        };
        writeln!(text, "{}", fold(&format!("{what}: {}.", listed(&rest)), wide, 2)).ok();
    }
    for (why, names) in excluded(answer) {
        let said = format!("Not compared with, {}: {}.", why.trim_end_matches('.'), listed(&names));
        writeln!(text, "{}", fold(&said, wide, 2)).ok();
    }
}

/// Names, and how many there are more.
pub(super) fn listed(names: &[&str]) -> String {
    let told = names[..names.len().min(NAMES)].join(", ");
    match names.len() > NAMES {
        true => format!("{told} and {} more", names.len() - NAMES),
        false => told,
    }
}

fn placebos(answer: &ImpactAnswer, examination: &Examination, shown: Shown, text: &mut String) {
    let mut said = Vec::new();
    if let Some(space) = &examination.space {
        let mut by: Vec<&Placebo> = space.donors.iter().collect();
        by.sort_by(|a, b| {
            b.ratio
                .unwrap_or(f64::NEG_INFINITY)
                .total_cmp(&a.ratio.unwrap_or(f64::NEG_INFINITY))
        });
        let far = by.iter().take(PLACEBOS).map(|placebo| {
            format!(
                "{} {} ({})",
                name(answer, &placebo.unit),
                maybe(placebo.ratio),
                signed(placebo.effect)
            )
        });
        said.push(format!(
            "In space: the gap after against that before is {} here. Where there was no policy it is at most, with the \
             \"effect\" there: {}.",
            figure(space.ratio),
            far.collect::<Vec<_>>().join(", ")
        ));
    }
    for sham in &examination.time {
        said.push(format!(
            "In time: as if it had begun in {}, after {} periods, the \"effect\" before the policy is {} (p {}).",
            sham.time,
            sham.pre,
            signed(sham.effect),
            maybe_p(sham.p)
        ));
    }
    said.extend(left_out(answer, examination));
    if let Some(conformal) = &examination.conformal {
        let held = conformal
            .interval
            .as_ref()
            .map_or_else(|| "unbounded".to_string(), super::words::interval);
        said.push(format!("Conformal: p {}, effect {held}.", p(conformal.p)));
    }
    if let Some(effect) = examination.without_anticipation {
        said.push(format!(
            "Without the time in which it may have been anticipated the effect is {}.",
            signed(effect)
        ));
    }
    sentences(
        "The same where there was no policy, and on other data",
        &said,
        shown,
        text,
    );
}

fn others(examination: &Examination, shown: Shown, text: &mut String) {
    if examination.others.is_empty() {
        return;
    }
    text.push_str(&section("By other methods", shown.paint));
    let row = |other: &lysoen_impact::examine::Other| {
        vec![
            format!("{} ({})", other.method.title(), other.method),
            other.effect.map_or_else(|| NONE.to_string(), signed),
            maybe(other.pre_rmspe),
            other.why_not.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = examination.others.iter().map(row).collect();
    let names = ["method", "effect", "RMSPE before", "why it has none"];
    writeln!(
        text,
        "{}",
        ruled(&names, &[false, true, true, false], &rows, shown.width, shown.paint)
    )
    .ok();
}

/// The policy and the outcome, and notes.
fn about(answer: &ImpactAnswer, shown: Shown, text: &mut String) {
    let mut said = vec![format!(
        "{}: {}, {}.",
        answer.outcome.title,
        answer.outcome.definition.trim().trim_end_matches('.'),
        answer.outcome.unit
    )];
    said.push(format!("The counterfactual is a {}.", answer.method.title()));
    if let Some(policy) = &answer.policy {
        let read = match policy.checked {
            Some(day) => format!("the document was read on {day}"),
            None => "nobody has read the document; the entry is from general knowledge".to_string(),
        };
        said.push(format!(
            "{}, {}, {}: {} ({read}).",
            policy.title,
            called(&policy.place),
            policy.date,
            policy.source
        ));
    }
    said.extend(answer.notes.iter().cloned());
    sentences("What was asked", &said, shown, text);
}

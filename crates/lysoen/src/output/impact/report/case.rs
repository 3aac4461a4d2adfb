//! The page of one answer.

use lysoen_answers::impact::ImpactAnswer;
use lysoen_impact::inference::{Conformal, Placebo, Sham, Space};
use lysoen_impact::picture::{self, Words};
use lysoen_impact::{Examination, Fit, Rules};

use super::super::words::{
    NO_FINDING, NONE, Scale, called, detectable, effect, excluded, figure, held_out, interval, is_finding, left_out,
    maybe, maybe_p, name, p, signed, window,
};
use super::{caption, foot, of_rules, opened, sentences, verdict};
use crate::output::folder::Chart;
use crate::output::html::{heading, heads, list, paragraph, show, table};
use crate::output::number::decimal;

/// The page.
pub(super) fn page(answer: &ImpactAnswer, rules: &Rules, charts: &[Chart]) -> String {
    let mut page = opened(&answer.title, &answer.question);
    verdict(&mut page, &answer.verdict);
    if let Some(found) = &answer.examination {
        effects(&mut page, answer, found);
        series(&mut page, answer, found, charts);
        gates(&mut page, answer, found);
    }
    donors(&mut page, answer, charts);
    if let Some(found) = &answer.examination {
        placebos(&mut page, answer, found, charts);
        others(&mut page, answer, found);
        heading(&mut page, "caveats", "What a reader must know");
        list(&mut page, &found.caveats);
    }
    asked(&mut page, answer);
    of_rules(&mut page, rules);
    foot(&mut page, &answer.sources);
    page
}

fn effects(page: &mut String, answer: &ImpactAnswer, found: &Examination) {
    let finding = is_finding(answer.verdict.word);
    heading(page, "effect", if finding { "The effect" } else { NO_FINDING });
    list(page, effect(answer, found));
}

/// Observed against counterfactual, and the gap with the band of the placebos.
fn series(page: &mut String, answer: &ImpactAnswer, found: &Examination, charts: &[Chart]) {
    let Some(fit) = &found.fit else { return };
    heading(page, "series", "Observed and without the policy");
    if let Some(said) = window(answer) {
        paragraph(page, &said);
    }
    show(page, charts, "observed");
    show(page, charts, "gaps");
    let scale = Scale::of(found.observed.iter().chain(&fit.counterfactual));
    let span = |ends: Option<&(f64, f64)>| ends.map_or_else(|| NONE.to_string(), |(low, high)| scale.span(*low, *high));
    let band = |at: usize| span(found.space.as_ref().and_then(|space| space.band.get(at)));
    let by_period = |at: usize| {
        let after = at.checked_sub(found.pre);
        span(after.and_then(|after| found.conformal.as_ref()?.periods.get(after)?.as_ref()))
    };
    let row = |at: usize| {
        let gap = found.gaps.get(at);
        vec![
            found.times[at].clone(),
            if at < found.pre { "before" } else { "after" }.to_string(),
            scale.maybe(found.observed.get(at).copied()),
            scale.maybe(fit.counterfactual.get(at).copied()),
            gap.map_or_else(|| NONE.to_string(), |gap| scale.signed(*gap)),
            band(at),
            by_period(at),
        ]
    };
    let names = heads([
        "period",
        "",
        "observed",
        "without it",
        "gap",
        "gaps of placebos",
        "conformal interval",
    ]);
    let caption = format!("By period, {}", answer.outcome.unit);
    page.push_str(&table(&caption, &names, (0..found.times.len()).map(row)));
    fitted(page, fit);
}

/// What the counterfactual was made of beside the donors.
fn fitted(page: &mut String, fit: &Fit) {
    paragraph(
        page,
        &format!(
            "The counterfactual is a {}; the root of its mean squared gap before is {}, its intercept {}.",
            fit.method.title(),
            figure(fit.pre_rmspe),
            figure(fit.intercept)
        ),
    );
    if !fit.coefficients.is_empty() {
        let rows = fit
            .coefficients
            .iter()
            .map(|one| vec![one.name.clone(), figure(one.value), maybe(one.error)]);
        page.push_str(&table(
            "Coefficients",
            &heads(["", "value", "robust standard error"]),
            rows,
        ));
    }
    let times: Vec<Vec<String>> = fit
        .time_weights
        .iter()
        .filter(|one| one.weight.abs() >= super::super::words::LEAST_WEIGHT)
        .map(|one| vec![one.unit.clone(), decimal(one.weight, 4)])
        .collect();
    if !times.is_empty() {
        page.push_str(&table(
            "Weights of the periods before",
            &heads(["period", "weight"]),
            times,
        ));
    }
    list(page, &fit.notes);
}

fn gates(page: &mut String, answer: &ImpactAnswer, found: &Examination) {
    heading(page, "gates", "Checked before the effect was seen");
    let rows = found.gates.checks.iter().map(|check| {
        vec![
            check.id.clone(),
            if check.holds { "✓ holds" } else { "✗ does not hold" }.to_string(),
            maybe(check.found),
            maybe(check.limit),
            check.told.clone(),
        ]
    });
    page.push_str(&sentences(
        "What must hold, by the periods before alone",
        &heads(["check", "", "found", "limit", "in words"]),
        rows,
    ));
    list(page, [held_out(found), detectable(answer, found)].into_iter().flatten());
    if let Some(held) = &found.gates.hold_out {
        let rows = held.donors.iter().map(|donor| {
            vec![
                name(answer, &donor.unit).to_string(),
                figure(donor.rmspe),
                signed(donor.gap),
            ]
        });
        page.push_str(&table(
            "The donors over the periods held out",
            &heads(["donor", "RMSPE", "mean gap"]),
            rows,
        ));
    }
}

fn donors(page: &mut String, answer: &ImpactAnswer, charts: &[Chart]) {
    heading(page, "donors", "Compared with");
    if answer.episodes {
        paragraph(
            page,
            "The policy was adopted because harm was high. It is compared with other places at the same point of their own \
             episodes; each is named with its first period after.",
        );
    }
    show(page, charts, "weights");
    let used: Vec<Vec<String>> = answer
        .donors
        .iter()
        .filter(|donor| donor.used)
        .map(|donor| {
            let weight = donor
                .weight
                .map_or_else(|| NONE.to_string(), |weight| decimal(weight, 4));
            vec![called(&donor.place), weight]
        })
        .collect();
    match used.is_empty() {
        true => paragraph(page, "There is nobody to compare with."),
        false => page.push_str(&table("Donors and weights", &heads(["donor", "weight"]), used)),
    }
    let rows = excluded(answer)
        .into_iter()
        .map(|(why, names)| vec![why.to_string(), names.join(", ")]);
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        page.push_str(&sentences("Not compared with", &heads(["why", "places"]), rows));
    }
}

fn placebos(page: &mut String, answer: &ImpactAnswer, found: &Examination, charts: &[Chart]) {
    heading(page, "placebos", "The same where there was no policy");
    show(page, charts, "placebos");
    if let Some(space) = &found.space {
        in_space(page, answer, space);
    }
    if !found.time.is_empty() {
        let row = |sham: &Sham| {
            vec![
                sham.time.clone(),
                sham.pre.to_string(),
                signed(sham.effect),
                maybe_p(sham.p),
            ]
        };
        page.push_str(&table(
            "In time: as if it had begun earlier, by what was known before the policy",
            &heads(["as if from", "periods before", "\"effect\"", "p"]),
            found.time.iter().map(row),
        ));
    }
    if !found.left_out.is_empty() {
        heading(page, "left-out", "Without each donor in turn");
        list(page, left_out(answer, found));
        let rows = found.left_out.iter().map(|one| {
            vec![
                name(answer, &one.unit).to_string(),
                signed(one.effect),
                figure(one.pre_rmspe),
            ]
        });
        page.push_str(&table(
            "The effect without a donor",
            &heads(["without", "effect", "RMSPE before"]),
            rows,
        ));
    }
    if let Some(conformal) = &found.conformal {
        heading(page, "conformal", "Conformal inference");
        paragraph(page, &of_conformal(conformal));
    }
}

fn in_space(page: &mut String, answer: &ImpactAnswer, space: &Space) {
    let held = space.interval.as_ref().map_or_else(String::new, |held| {
        format!(
            " The effect less the quantiles of the donors' \"effects\": {}.",
            interval(held)
        )
    });
    paragraph(
        page,
        &format!(
            "The mean squared gap after is {} times that before: rank {} of {}, p {}.{held}",
            figure(space.ratio),
            space.rank,
            space.of,
            p(space.p)
        ),
    );
    let mut by: Vec<&Placebo> = space.donors.iter().collect();
    by.sort_by(|a, b| {
        b.ratio
            .unwrap_or(f64::NEG_INFINITY)
            .total_cmp(&a.ratio.unwrap_or(f64::NEG_INFINITY))
    });
    let rows = by.into_iter().map(|placebo| {
        vec![
            name(answer, &placebo.unit).to_string(),
            signed(placebo.effect),
            figure(placebo.pre_mspe),
            figure(placebo.post_mspe),
            maybe(placebo.ratio),
        ]
    });
    page.push_str(&table(
        "In space: every donor as if it had had the policy",
        &heads(["donor", "\"effect\"", "MSPE before", "MSPE after", "ratio"]),
        rows,
    ));
}

fn of_conformal(conformal: &Conformal) -> String {
    let held = conformal
        .interval
        .as_ref()
        .map_or_else(|| "is unbounded".to_string(), |held| format!("is {}", interval(held)));
    format!(
        "p {}, where the smallest that so many periods allow is {}. The effect that is not rejected {held}.",
        p(conformal.p),
        p(conformal.smallest)
    )
}

fn others(page: &mut String, answer: &ImpactAnswer, found: &Examination) {
    heading(page, "methods", "By other methods");
    let rows = found.others.iter().map(|other| {
        vec![
            format!("{} ({})", other.method.title(), other.method),
            other.effect.map_or_else(|| NONE.to_string(), signed),
            maybe(other.pre_rmspe),
            other.why_not.clone().unwrap_or_default(),
        ]
    });
    let caption = format!("The effect by every other method, {}", answer.outcome.unit);
    page.push_str(&table(
        &caption,
        &heads(["method", "effect", "RMSPE before", "why it has none"]),
        rows,
    ));
    if let Some(effect) = found.without_anticipation {
        paragraph(
            page,
            &format!(
                "Without the time in which it may have been anticipated: {}.",
                signed(effect)
            ),
        );
    }
}

/// What was asked: the outcome, the policy and its document, notes.
fn asked(page: &mut String, answer: &ImpactAnswer) {
    heading(page, "asked", "What was asked");
    let mut said = vec![
        format!(
            "{}: {}, {}.",
            answer.outcome.title,
            answer.outcome.definition.trim().trim_end_matches('.'),
            answer.outcome.unit
        ),
        format!("{}, from {}, by {}.", called(&answer.place), answer.from, answer.by),
    ];
    if let Some(policy) = &answer.policy {
        said.push(format!("{}, {}: {}.", policy.title, policy.date, policy.source));
        said.push(match policy.checked {
            Some(day) => format!("The document was read on {day}."),
            None => "Nobody has read the document; the entry is from general knowledge.".to_string(),
        });
        if policy.because_of_harm {
            said.push("The policy was adopted because harm was high.".to_string());
        }
    }
    said.extend(answer.notes.iter().cloned());
    list(page, said);
}

/// The charts.
pub(super) fn charts(answer: &ImpactAnswer) -> Vec<Chart> {
    let Some(found) = &answer.examination else {
        return Vec::new();
    };
    let found = with_names(answer, found);
    let caption = caption(&answer.sources);
    let outcome = format!("{}, {}", answer.outcome.title, answer.outcome.unit);
    let finding = if is_finding(answer.verdict.word) {
        ""
    } else {
        " (no finding)"
    };
    let place = &answer.place.name;
    let mut charts = Vec::new();
    let mut add = |file: &str, title: String, draw: fn(&Examination, Words<'_>) -> String| {
        let words = Words {
            title: &title,
            caption: &caption,
            outcome: &outcome,
        };
        let svg = draw(&found, words);
        charts.push(Chart {
            file: format!("{file}.svg"),
            svg,
        });
    };
    add(
        "observed",
        format!("{place}: observed, and without the policy{finding}"),
        picture::observed,
    );
    if found.fit.is_some() {
        add(
            "gaps",
            format!("{place}: the gap, and those of the placebos{finding}"),
            picture::gaps,
        );
    }
    if found.fit.as_ref().is_some_and(|fit| !fit.weights.is_empty()) {
        add(
            "weights",
            format!("Of what the other {place} is made"),
            picture::weights,
        );
    }
    if found.space.is_some() {
        add(
            "placebos",
            "How far the gap grew, here and where there was no policy".to_string(),
            picture::placebos,
        );
    }
    charts
}

/// The examination with the places by name, as a reader of a chart knows them.
fn with_names(answer: &ImpactAnswer, found: &Examination) -> Examination {
    let mut found = found.clone();
    let called = |unit: &mut String| *unit = name(answer, unit).to_string();
    found.unit.clone_from(&answer.place.name);
    found
        .fit
        .iter_mut()
        .flat_map(|fit| &mut fit.weights)
        .for_each(|weight| called(&mut weight.unit));
    found
        .space
        .iter_mut()
        .flat_map(|space| &mut space.donors)
        .for_each(|donor| called(&mut donor.unit));
    found
}

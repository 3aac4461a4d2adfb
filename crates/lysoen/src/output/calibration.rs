//! The record of a trigger for a person: onset first, continuation apart, benchmarks beside, and the threshold suggested.

use std::fmt::Write;

use lysoen_answers::ladder::{KeptRecord, percent};
use lysoen_answers::sheet::{Cell, Column, Kind, Sheet};
use lysoen_ladder::calibrate::{Counts, Estimate, EventKind, FEWEST, Measured, Point, Suggestion};

use super::number::decimal;
use super::phrase::{foot, section, width};
use super::terminal::{Shown, ruled};
use crate::console::fold;

/// The record.
pub fn told(kept: &KeptRecord, shown: Shown) -> String {
    let (mut text, wide) = (String::new(), width(shown));
    let record = &kept.record;
    writeln!(
        text,
        "{}\n",
        shown
            .paint
            .heading(&format!("{}: what it would have done", kept.trigger))
    )
    .ok();
    writeln!(text, "{}", fold(&format!("when {}", kept.when), wide, 5)).ok();
    writeln!(
        text,
        "{}",
        fold(
            &format!("Measured on {}; {}.", record.measured_on, record.vintage),
            wide,
            2
        )
    )
    .ok();
    let terms = &record.terms;
    let event = format!(
        "Event, stated beforehand: {} or more in a calendar month, dated to its first day. In time: from {} to {} days after the data can \
         be had, which is {} days after the end of their last month. An activation stands for {} months.",
        terms.event.at_least, terms.prepare_days, terms.window_days, terms.lag_days, terms.cool_down_months
    );
    writeln!(text, "{}\n", fold(&event, wide, 2)).ok();
    writeln!(text, "{}", shown.paint.bold(&fold(&record.shown().told, wide, 0))).ok();
    measured(&record.at_own, shown, &mut text);
    // Without a forecast there is no threshold to choose.
    if kept.when.contains("P(") {
        suggested(&record.suggestion, shown, &mut text);
    }
    writeln!(text).ok();
    for note in &record.notes {
        writeln!(text, "{}", shown.paint.dim(&fold(note, wide, 2))).ok();
    }
    text.push_str(&foot(std::slice::from_ref(&kept.source), shown));
    text
}

fn suggested(suggestion: &Suggestion, shown: Shown, text: &mut String) {
    let wide = width(shown);
    text.push_str(&section("A threshold suggested", shown.paint));
    let chosen = match (&suggestion.threshold, &suggestion.why_none) {
        (Some(threshold), _) => format!(
            "{}: {}",
            percent(*threshold),
            suggestion.objective.trim_end_matches('.')
        ),
        (None, why) => format!("none: {}", why.as_deref().unwrap_or("no threshold fits the budget")),
    };
    let on = format!(
        "{chosen}. {} thresholds were tried on {} to {}.",
        suggestion.thresholds_tried, suggestion.chosen_on.0, suggestion.chosen_on.1
    );
    writeln!(text, "{}", fold(&on, wide, 2)).ok();
    if let Some(later) = &suggestion.record {
        let untouched = format!(
            "On later origins, which were not looked at ({} to {}):",
            later.origins.0, later.origins.1
        );
        writeln!(text, "{}", fold(&untouched, wide, 2)).ok();
        measured(later, shown, text);
    }
    text.push_str(&section("Trade-off at onset", shown.paint));
    let names = [
        "threshold",
        "activations a year",
        "hits",
        "late",
        "missed",
        "false alarms",
        "hit rate",
        "origins",
    ];
    let row = |point: &Point| {
        vec![
            percent(point.threshold),
            decimal(point.activations_per_year, 1),
            point.hits.to_string(),
            point.late.to_string(),
            point.missed.to_string(),
            point.false_alarms.to_string(),
            point.hit_rate.map_or_else(|| "-".to_string(), percent),
            if point.in_sample { "earlier, in sample" } else { "later" }.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = suggestion.curve.iter().map(row).collect();
    let right = [true, true, true, true, true, true, true, false];
    writeln!(text, "{}", ruled(&names, &right, &rows, shown.width, shown.paint)).ok();
    for budget in &suggestion.budgets {
        let told = match (budget.threshold, &budget.later) {
            (None, _) => "no threshold keeps within it".to_string(),
            (Some(threshold), None) => format!("{}, not measured later", percent(threshold)),
            (Some(threshold), Some(later)) => format!(
                "{}: later {} a year, {} of {} events foreseen in time",
                percent(threshold),
                decimal(later.activations_per_year, 1),
                later.hits,
                later.hits + later.late + later.missed
            ),
        };
        writeln!(
            text,
            "{}",
            fold(&format!("For {} activations a year: {told}.", budget.budget), wide, 2)
        )
        .ok();
    }
}

fn measured(at: &Measured, shown: Shown, text: &mut String) {
    let names = ["", "onset", "continuation"];
    let count =
        |name: &str, of: &dyn Fn(&Counts) -> String| vec![name.to_string(), of(&at.onset), of(&at.continuation)];
    let rate = |estimate: &Option<Estimate>| match estimate {
        None => "too few".to_string(),
        Some(estimate) => percent(estimate.value),
    };
    let rows = vec![
        count("windows at risk", &|c| c.windows.to_string()),
        count("base rate", &|c| rate(&c.base_rate)),
        count("events", &|c| c.events.to_string()),
        count("  foreseen in time", &|c| c.hits.to_string()),
        count("  too late", &|c| c.late.to_string()),
        count("  missed", &|c| c.missed.to_string()),
        count("  in cool-down", &|c| c.in_cool_down.to_string()),
        count("  never asked", &|c| c.not_assessable.to_string()),
        count("episodes", &|c| c.episodes.to_string()),
        count("  false alarms", &|c| c.false_alarms.to_string()),
        count("  followed by action", &|c| c.followed_by_action.to_string()),
        count("hit rate", &|c| rate(&c.hit_rate)),
        count("false alarms of episodes", &|c| rate(&c.false_alarm_ratio)),
        count("false alarms a place-year", &|c| match &c.false_alarms_per_place_year {
            None => "too few".to_string(),
            Some(estimate) => decimal(estimate.value, 3),
        }),
        count("median days ahead", &|c| {
            c.median_lead_days
                .map_or_else(|| "-".to_string(), |days| decimal(days, 0))
        }),
        count("place-years an episode", &|c| {
            c.return_period_years
                .map_or_else(|| "-".to_string(), |years| decimal(years, 1))
        }),
    ];
    let title = format!(
        "At {}, origins {} to {}{}",
        percent(at.own.threshold),
        at.origins.0,
        at.origins.1,
        if at.own.in_sample { ", IN SAMPLE" } else { "" }
    );
    text.push_str(&section(&title, shown.paint));
    writeln!(
        text,
        "{}",
        ruled(&names, &[false, true, true], &rows, shown.width, shown.paint)
    )
    .ok();
    for (kind, counts) in [("Onset", &at.onset), ("Continuation", &at.continuation)] {
        let rates = [
            ("hit rate", &counts.hit_rate),
            ("false alarms of episodes", &counts.false_alarm_ratio),
        ];
        let told = |(name, estimate): (&str, &Option<Estimate>)| {
            let estimate = estimate.as_ref()?;
            Some(format!("{name} {}{}", percent(estimate.value), interval(estimate)))
        };
        let told: Vec<String> = rates.into_iter().filter_map(told).collect();
        let line = match told.is_empty() {
            true => format!("{kind}: fewer than {FEWEST} events, so counts and no rates."),
            false => format!("{kind}, with 90 % intervals: {}.", told.join("; ")),
        };
        writeln!(text, "{}", fold(&line, width(shown), 2)).ok();
    }
    let onset = at.beside.iter().filter(|beside| beside.kind == EventKind::Onset);
    for beside in onset {
        let told = format!(
            "Beside it at onset, {} with {} episodes: hit rate {}, false alarms {} of episodes.",
            beside.name,
            decimal(beside.episodes, 1),
            beside.hit_rate.map_or_else(|| "not told".to_string(), percent),
            beside.false_alarm_ratio.map_or_else(|| "not told".to_string(), percent)
        );
        writeln!(text, "{}", fold(&told, width(shown), 2)).ok();
    }
}

/// The 90 % interval from resampling countries, and the one from resampling years.
fn interval(estimate: &Estimate) -> String {
    let of = |interval: &Option<lysoen_ladder::calibrate::Interval>| {
        interval
            .as_ref()
            .map(|interval| format!("{}–{}", percent(interval.low), percent(interval.high)))
    };
    match (of(&estimate.by_country), of(&estimate.by_year)) {
        (Some(countries), Some(years)) => format!(" ({countries} by country, {years} by year)"),
        (Some(one), None) | (None, Some(one)) => format!(" ({one})"),
        (None, None) => String::new(),
    }
}

const COLUMNS: [Column; 11] = [
    Column {
        name: "origins",
        kind: Kind::Text,
    },
    Column {
        name: "threshold",
        kind: Kind::Number,
    },
    Column {
        name: "activations_per_year",
        kind: Kind::Number,
    },
    Column {
        name: "all_activations_per_year",
        kind: Kind::Number,
    },
    Column {
        name: "hits",
        kind: Kind::Count,
    },
    Column {
        name: "late",
        kind: Kind::Count,
    },
    Column {
        name: "missed",
        kind: Kind::Count,
    },
    Column {
        name: "false_alarms",
        kind: Kind::Count,
    },
    Column {
        name: "hit_rate",
        kind: Kind::Number,
    },
    Column {
        name: "false_alarm_ratio",
        kind: Kind::Number,
    },
    Column {
        name: "in_sample",
        kind: Kind::Text,
    },
];

/// The trade-off at onset, a row a threshold and span of origins.
pub fn sheet(kept: &KeptRecord) -> Sheet {
    let record = &kept.record;
    let row = |point: &Point| -> Vec<Cell> {
        vec![
            if point.in_sample { "earlier" } else { "later" }.into(),
            point.threshold.into(),
            point.activations_per_year.into(),
            point.all_activations_per_year.into(),
            (point.hits as u64).into(),
            (point.late as u64).into(),
            (point.missed as u64).into(),
            (point.false_alarms as u64).into(),
            point.hit_rate.into(),
            point.false_alarm_ratio.into(),
            if point.in_sample { "yes" } else { "no" }.into(),
        ]
    };
    Sheet {
        title: format!("{}: trade-off at onset", kept.trigger),
        columns: COLUMNS.to_vec(),
        rows: record.suggestion.curve.iter().map(row).collect(),
        sources: vec![kept.source.clone()],
        notes: [record.shown().told, record.vintage.clone()]
            .into_iter()
            .chain(record.notes.clone())
            .collect(),
    }
}

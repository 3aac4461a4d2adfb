//! The report of a backtest: a folder with a page, its charts, and all scores. The page needs nothing from elsewhere, and runs
//! nothing.

use std::fmt::Write as _;
use std::path::Path;

use lysoen_answers::forecast::backtest::{BacktestAnswer, Figure, Tested, Told, YARDSTICK};
use lysoen_forecasts::bootstrap::Resampled;
use lysoen_forecasts::calibration::{Among, Coverage, pit_histogram, reliability};
use lysoen_forecasts::catalog::POOL;
use lysoen_forecasts::judged::{INTERVALS, THRESHOLDS};
use lysoen_forecasts::picture::{self, Words};

use super::OutputError;
use super::backtest::{NONE, SCORES, mean, ratio};
use super::folder::{self, Chart, Report};
use super::html::{self, escape, heads, show, table};
use super::number::{decimal, grouped};
use crate::console::Console;

/// The page's name.
pub const PAGE: &str = "backtest.html";
/// The name of the file with all scores.
const SHEET: &str = "scores.csv";
/// How many of [`THRESHOLDS`] have a reliability diagram: 1,000 deaths in a month are too rare for one.
const DIAGRAMS: usize = 3;

/// Refuses a folder that holds anything but an earlier report.
pub fn check(folder: &Path) -> Result<(), OutputError> {
    folder::check(folder, PAGE)
}

/// Writes the report. The folder gets its name only once all of it is there, and an earlier report goes only then.
pub fn write(answer: &BacktestAnswer, folder: &Path, console: &mut Console) -> Result<(), OutputError> {
    let charts = charts(answer);
    let report = Report {
        page: PAGE,
        html: page(answer, &charts),
        charts,
        figures: (SHEET, &answer.sheet()),
    };
    folder::write(&report, folder, console)
}

/// The models whose calibration is drawn: the pool, the yardstick, and those from elsewhere.
fn drawn(answer: &BacktestAnswer) -> impl Iterator<Item = (&Tested, Vec<&[lysoen_forecasts::judged::Judged]>)> {
    let wanted = |model: &&Tested| model.elsewhere || [POOL, YARDSTICK].contains(&model.name.as_str());
    let models = answer.models.iter().rev().filter(wanted);
    models.filter_map(|model| Some((model, model.everywhere()?)))
}

fn charts(answer: &BacktestAnswer) -> Vec<Chart> {
    let caption = caption(answer);
    let mut charts = Vec::new();
    let mut add = |file: String, title: &str, draw: &dyn Fn(Words<'_>) -> String| {
        let words = Words {
            title,
            caption: &caption,
        };
        let svg = draw(words);
        charts.push(Chart { file, svg });
    };
    let names: Vec<&str> = answer.windows.iter().map(|tried| tried.window.name.as_str()).collect();
    let all = format!("all {}", names.len());
    let mut windows: Vec<(Option<usize>, &str)> =
        names.iter().enumerate().map(|(at, name)| (Some(at), *name)).collect();
    if names.len() > 1 {
        windows.push((None, &all));
    }
    for (metric, name) in SCORES {
        let of = |model: usize| -> Vec<Option<Resampled>> {
            let figure = |(window, _): &(Option<usize>, &str)| answer.figure(model, *window, metric, Told::Ratio);
            windows
                .iter()
                .map(|window| figure(window).and_then(|figure| figure.estimate))
                .collect()
        };
        let row = |(at, model): (usize, &'_ Tested)| (model.name.clone(), model.is_benchmark(), of(at));
        let rows = answer.models.iter().enumerate().map(row);
        let rows: Vec<_> = rows
            .filter(|(name, _, row)| name != YARDSTICK && row.iter().any(Option::is_some))
            .collect();
        // The other benchmarks lie so far off that beside them no model can be told from another.
        let only_benchmarks = rows.iter().all(|(_, benchmark, _)| *benchmark);
        let shown = rows.iter().filter(|(_, benchmark, _)| only_benchmarks || !benchmark);
        let rows: Vec<(&str, &[Option<Resampled>])> =
            shown.map(|(name, _, row)| (name.as_str(), row.as_slice())).collect();
        if rows.is_empty() {
            continue;
        }
        let windows: Vec<&str> = windows.iter().map(|(_, name)| *name).collect();
        let title = format!("{name} in relation to that of {YARDSTICK}, window by window");
        add(format!("ratio_{}.svg", metric.name()), &title, &|words| {
            picture::ratios(name, YARDSTICK, &windows, &rows, words)
        });
    }
    for (among, file, whose) in [
        (Among::Every, "coverage", "all units"),
        (
            Among::Active,
            "coverage_active",
            "units in which somebody was killed in the year before",
        ),
    ] {
        let of = answer
            .coverage
            .iter()
            .filter(|covered| covered.among == among && !covered.coverage.is_empty());
        let rows: Vec<(&str, &[Coverage])> = of
            .map(|covered| (answer.models[covered.model].name.as_str(), covered.coverage.as_slice()))
            .collect();
        if !rows.is_empty() {
            let title = format!("Do intervals hold what they say? Of {whose}");
            add(format!("{file}.svg"), &title, &|words| picture::coverage(&rows, words));
        }
    }
    for (model, windows) in drawn(answer) {
        let name = &model.name;
        for (threshold, deaths) in THRESHOLDS.iter().enumerate().take(DIAGRAMS) {
            if let Some(diagram) = reliability(&windows, threshold, answer.seed) {
                let title = format!("How often it came where {name} said so: at least {deaths:.0} in a month");
                add(format!("reliability_{name}_{deaths:.0}.svg"), &title, &|words| {
                    picture::reliability(&diagram, words)
                });
            }
        }
        if let Some(histogram) = pit_histogram(&windows, answer.seed) {
            let title = format!("Where what came stood in the forecasts of {name}");
            add(format!("pit_{name}.svg"), &title, &|words| {
                picture::pit_histogram(&histogram, words)
            });
        }
    }
    charts
}

/// What stands below every chart.
fn caption(answer: &BacktestAnswer) -> String {
    let source = |source: &lysoen_answers::SourceNote| {
        let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
        format!("{} ({}){vintage}, {}", source.title, source.id, source.licence)
    };
    let sources: Vec<String> = answer.about.sources.iter().map(source).collect();
    let reconstructed = answer.windows.iter().any(|tried| tried.reconstructed);
    format!(
        "{}, forecast from October of the year before. Source: {}.{} Lysoen {}, seed {}.",
        answer.title(),
        sources.join("; "),
        if reconstructed {
            " Reconstructed where no vintage is as old as the origin."
        } else {
            ""
        },
        env!("CARGO_PKG_VERSION"),
        answer.seed
    )
}

fn page(answer: &BacktestAnswer, charts: &[Chart]) -> String {
    let mut page = html::begin(&answer.title(), "");
    page.push_str(
        "<p>What every model would have said, from what was known then, and how it stands to what came. Scores are means over \
         units and months, and less is better. All of them are in <a href=\"scores.csv\">scores.csv</a>.</p>\n",
    );
    page.push_str(&windows(answer));
    page.push_str("<h2 id=\"scores\">Scores</h2>\n");
    page.push_str(&scores(answer));
    page.push_str(&by_window(answer));
    show(&mut page, charts, "ratio_");
    page.push_str("<h2 id=\"intervals\">Do intervals hold what they say?</h2>\n");
    page.push_str(&coverage(answer));
    show(&mut page, charts, "coverage");
    page.push_str("<h2 id=\"probabilities\">Do probabilities mean what they say?</h2>\n");
    show(&mut page, charts, "reliability_");
    show(&mut page, charts, "pit_");
    page.push_str("<h2 id=\"few\">What hangs on a few</h2>\n");
    page.push_str(&fragile(answer));
    page.push_str("<h2 id=\"models\">The models</h2>\n<dl>\n");
    for model in &answer.models {
        writeln!(
            page,
            "<dt><strong>{}</strong></dt><dd>{}</dd>",
            escape(&model.name),
            escape(&model.about)
        )
        .ok();
    }
    page.push_str("</dl>\n");
    html::heading(&mut page, "notes", "Notes");
    html::list(&mut page, &answer.notes);
    html::heading(&mut page, "sources", "Sources");
    html::sources(&mut page, &answer.about.sources);
    let said = format!(
        "Made by Lysoen {} with seed {}. Forecasts are advice.",
        env!("CARGO_PKG_VERSION"),
        answer.seed
    );
    html::end(&mut page, &said);
    page
}

fn windows(answer: &BacktestAnswer) -> String {
    let rows = answer.windows.iter().map(|tried| {
        vec![
            tried.window.name.clone(),
            tried.window.origin.to_string(),
            format!("{} to {}", tried.window.first, tried.window.last),
            grouped(tried.units as f64),
            grouped(tried.unit_months as f64),
            if tried.reconstructed {
                "reconstructed"
            } else {
                "as it was"
            }
            .to_string(),
        ]
    });
    let heads = heads([
        "window",
        "known to",
        "months forecast",
        "units",
        "unit-months",
        "history",
    ]);
    table("The windows", &heads, rows)
}

fn scores(answer: &BacktestAnswer) -> String {
    let mut heads = heads(["model"]);
    for (_, name) in SCORES {
        heads.extend([name.to_string(), format!("÷ {YARDSTICK}")]);
    }
    let rows = answer.models.iter().enumerate().map(|(at, model)| {
        let mut row = vec![model.name.clone()];
        for (metric, _) in SCORES {
            row.push(mean(answer, at, None, metric));
            row.push(ratio(answer.figure(at, None, metric, Told::Ratio)));
        }
        row
    });
    let caption = format!("Means over windows, and their ratio to that of {YARDSTICK} with its 90 % interval");
    table(&caption, &heads, rows)
}

fn by_window(answer: &BacktestAnswer) -> String {
    let mut text = String::from("<div class=\"beside\">\n");
    for (metric, name) in SCORES {
        let windows = answer.windows.iter().map(|tried| tried.window.name.clone());
        let heads: Vec<String> = ["model".to_string()].into_iter().chain(windows).collect();
        let rows = answer.models.iter().enumerate().map(|(at, model)| {
            let windows = (0..answer.windows.len()).map(|window| mean(answer, at, Some(window), metric));
            [model.name.clone()].into_iter().chain(windows).collect()
        });
        text.push_str(&table(&format!("{name} by window"), &heads, rows));
    }
    text.push_str("</div>\n");
    text
}

fn coverage(answer: &BacktestAnswer) -> String {
    let mut text = String::new();
    for (kind, part) in [("in part", true), ("whole", false)] {
        let share = |one: &Coverage| {
            let share = if part { one.randomised } else { one.closed };
            let cent = |value: f64| decimal(value * 100.0, 1);
            match one.units > 1 {
                true => format!("{} ({}–{})", cent(share.value), cent(share.low), cent(share.high)),
                false => cent(share.value),
            }
        };
        let mut heads = heads(["model"]);
        for whose in ["all", "active"] {
            heads.extend(INTERVALS.map(|nominal| format!("{whose}, {:.0} %", nominal * 100.0)));
        }
        let of = |model: usize, among: Among| {
            let covered = answer
                .coverage
                .iter()
                .find(|covered| (covered.model, covered.among) == (model, among));
            INTERVALS.map(|nominal| {
                let one = covered.and_then(|covered| covered.coverage.iter().find(|one| one.nominal == nominal));
                one.map_or_else(|| NONE.to_string(), share)
            })
        };
        let rows = answer.models.iter().enumerate().map(|(at, model)| {
            let cells = [of(at, Among::Every), of(at, Among::Active)].concat();
            [model.name.clone()].into_iter().chain(cells).collect()
        });
        let caption = format!(
            "Per cent of what came inside the intervals, their ends counted {kind}, each with a 90 % interval; active are units \
             in which somebody was killed in the year before the forecast"
        );
        text.push_str(&table(&caption, &heads, rows));
    }
    text.push_str(
        "<p class=\"small\">Deaths are counts and most are zero. An interval whose ends are counted whole holds more than it \
         says even where every forecast is right; with its ends counted in part a right forecast holds what it says.</p>\n",
    );
    text
}

fn fragile(answer: &BacktestAnswer) -> String {
    let mut text = String::new();
    for (metric, name) in SCORES {
        let rows = answer.models.iter().enumerate().map(|(at, model)| {
            let figure = |told| answer.figure(at, None, metric, told);
            let without = |figure: Option<&Figure>| match figure.and_then(|f| Some((f.value()?, f.without?))) {
                Some((value, unit)) => format!("{} (without {})", decimal(value, 3), answer.unit(unit)),
                None => NONE.to_string(),
            };
            vec![
                model.name.clone(),
                ratio(figure(Told::Ratio)),
                ratio(figure(Told::GeometricRatio)),
                ratio(figure(Told::RatioWithoutLargest)),
                without(figure(Told::LowestRatio)),
                without(figure(Told::HighestRatio)),
            ]
        });
        let heads = heads([
            "model",
            "ratio of means",
            "geometric mean of windows",
            "without the largest",
            "lowest without a unit",
            "highest without a unit",
        ]);
        let caption = format!("{name} ÷ that of {YARDSTICK}, and where some are left out: shown, not judged");
        text.push_str(&table(&caption, &heads, rows));
    }
    text
}

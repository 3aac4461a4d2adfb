//! Why a forecast is what it is, in sentences: what of a unit's past, and of the units beside it, the models look at.

use lysoen_lexicon::panel::{Month, Panel};

use crate::summary::Summary;

/// What moves a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Driver {
    /// Deaths of the last months.
    RecentLevel,
    /// Whether they rise or fall.
    Trend,
    /// The units beside it.
    Neighbours,
    /// How often there were deaths in five years, and when last.
    History,
    /// What the forecast makes of it.
    Outlook,
}

impl Driver {
    /// Its name on screen and in files.
    pub fn name(self) -> &'static str {
        match self {
            Driver::RecentLevel => "recent level",
            Driver::Trend => "trend",
            Driver::Neighbours => "neighbours",
            Driver::History => "history",
            Driver::Outlook => "outlook",
        }
    }
}

/// The drivers of a unit's forecast at the panel's last month, each a sentence. Those about which nothing is known are left out.
/// `forecast` is that of the first month ahead.
pub fn why(known: &Panel, unit: usize, forecast: &Summary) -> Vec<(Driver, String)> {
    let series = known.series(unit);
    let last = |months: usize| &series[series.len().saturating_sub(months)..];
    let mut list = Vec::new();
    let (Some(quarter), Some(year)) = (mean(last(3)), mean(last(12))) else {
        return list;
    };
    list.push((
        Driver::RecentLevel,
        recent(total(last(3)), last(3).len(), total(last(12)), last(12).len()),
    ));
    if let Some(trend) = trend(
        quarter,
        mean(last(15).split_last_chunk::<3>().map_or(&[], |(before, _)| before)),
    ) {
        list.push((Driver::Trend, trend));
    }
    if let Some(beside) = beside(known, unit) {
        list.push((Driver::Neighbours, beside));
    }
    list.push((Driver::History, history(series, known.first())));
    list.push((Driver::Outlook, outlook(year, forecast)));
    list
}

fn total(months: &[f64]) -> f64 {
    months.iter().filter(|deaths| !deaths.is_nan()).sum()
}

fn mean(months: &[f64]) -> Option<f64> {
    let there = months.iter().filter(|deaths| !deaths.is_nan()).count();
    (there > 0).then(|| total(months) / there as f64)
}

fn people(deaths: f64) -> String {
    let whole = deaths.round();
    if whole == 0.0 && deaths > 0.0 {
        return "fewer than 1".to_string();
    }
    // Groups of three, as everywhere on screen.
    let digits = format!("{whole:.0}");
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn recent(quarter: f64, quarter_months: usize, year: f64, year_months: usize) -> String {
    if year == 0.0 {
        return format!("nobody killed in the last {year_months} months");
    }
    format!(
        "{} killed in the last {quarter_months} months, {} in the last {year_months}",
        people(quarter),
        people(year)
    )
}

/// Three months against the twelve before; nothing where both are next to nothing.
fn trend(quarter: f64, before: Option<f64>) -> Option<String> {
    let before = before?;
    if quarter.max(before) < 1.0 {
        return None;
    }
    let ratio = (quarter + 0.5) / (before + 0.5);
    let word = match ratio {
        r if r >= 1.5 => "rising",
        r if r <= 1.0 / 1.5 => "falling",
        _ => "about as before",
    };
    Some(format!(
        "{word}: {} a month in the last three, {} a month in the twelve before",
        people(quarter),
        people(before)
    ))
}

fn beside(known: &Panel, unit: usize) -> Option<String> {
    if !known.knows_neighbours() {
        return None;
    }
    let neighbours = known.neighbours(unit);
    if neighbours.is_empty() {
        return Some("none beside it".to_string());
    }
    let deaths = neighbours.iter().map(|beside| {
        let series = known.series(*beside as usize);
        total(&series[series.len().saturating_sub(3)..])
    });
    let (violent, all) = deaths.fold((0, 0.0), |(violent, all), deaths| {
        (violent + usize::from(deaths > 0.0), all + deaths)
    });
    Some(format!(
        "{violent} of {} neighbours had deaths in the last 3 months, {} together",
        neighbours.len(),
        people(all)
    ))
}

fn history(series: &[f64], first: Month) -> String {
    let recent = &series[series.len().saturating_sub(60)..];
    let there = recent.iter().filter(|deaths| !deaths.is_nan()).count();
    let violent = recent.iter().filter(|deaths| **deaths > 0.0).count();
    let Some(latest) = series.iter().rposition(|deaths| *deaths > 0.0) else {
        let known = series.iter().filter(|deaths| !deaths.is_nan()).count();
        return format!("nobody killed in the {known} months that are known");
    };
    if violent == 0 {
        return format!(
            "nobody killed in the last {there} months; the last deaths were in {}",
            first.plus(latest as i32)
        );
    }
    let (month, most) =
        recent
            .iter()
            .enumerate()
            .filter(|(_, deaths)| !deaths.is_nan())
            .fold(
                (0, 0.0),
                |best, (month, deaths)| if *deaths > best.1 { (month, *deaths) } else { best },
            );
    let start = series.len() - recent.len();
    format!(
        "deaths in {violent} of the last {there} months, most in {}: {}",
        first.plus((start + month) as i32),
        people(most)
    )
}

/// How the forecast stands to the mean of the last year.
fn outlook(year: f64, forecast: &Summary) -> String {
    let any = 100.0 * forecast.probabilities[0];
    if year == 0.0 {
        let any = if any < 0.5 {
            "less than 1".to_string()
        } else {
            format!("{any:.0}")
        };
        return format!("{any} % for at least 1 death after so quiet a time");
    }
    let place = match (forecast.median + 0.5) / (year + 0.5) {
        r if r >= 1.5 => "above",
        r if r <= 1.0 / 1.5 => "below",
        _ => "about at",
    };
    format!(
        "the median, {}, is {place} the last year's mean of {} a month; {any:.0} % for at least 1 death",
        people(forecast.median),
        people(year)
    )
}

//! A trial as two files of CSV: with the terms, all that it takes to count again by another hand.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::date;

use super::EventKind;
use super::ground::{Ground, available};
use super::trial::{Invalid, Terms, Trial};

/// A row a place and origin. Empty is unknown.
pub fn origins_csv(trial: &Trial, terms: &Terms) -> Result<String, Invalid> {
    let ground = Ground::new(trial, terms)?;
    let mut csv = "unit,country,origin,available,score,last12,known_onset_risk,followed\n".to_string();
    let origins = trial.origins.len();
    for (pair, kind) in ground.kinds.iter().enumerate() {
        let (unit, origin) = (pair / origins, pair % origins);
        let row = [
            quoted(&trial.actuals.units()[unit]),
            quoted(&trial.countries[unit]),
            trial.origins[origin].to_string(),
            day(available(trial.origins[origin], terms)),
            number(trial.scores[pair]),
            number(trial.last12[pair]),
            kind.map_or("", |kind| yes(kind == EventKind::Onset)).to_string(),
            yes(ground.followed.contains(&(unit, origin))).to_string(),
        ];
        csv.push_str(&row.join(","));
        csv.push('\n');
    }
    Ok(csv)
}

/// A row a place and month of which the value is known.
pub fn actuals_csv(trial: &Trial) -> String {
    let mut csv = "unit,month,value\n".to_string();
    for (unit, code) in trial.actuals.units().iter().enumerate() {
        for (column, value) in trial.actuals.series(unit).iter().enumerate() {
            if !value.is_nan() {
                let month = trial.actuals.first().plus(column as i32);
                // Writing to a string cannot fail.
                let _ = writeln!(csv, "{},{month},{value}", quoted(code));
            }
        }
    }
    csv
}

fn day(number: i64) -> String {
    let day = date(1970, 1, 1).checked_add(number.days());
    day.map_or_else(|_| String::new(), |day| day.to_string())
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

fn number(value: f64) -> String {
    if value.is_nan() {
        String::new()
    } else {
        value.to_string()
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}

//! From humanitarian help to development: what plans ask for and what comes in, by country and year, and how far receipts
//! fall after their peak.
//!
//! The figures are of OCHA's Financial Tracking Service. A plan's total and its clusters are the same money told twice and are
//! never added; money outside plans is no part of any plan's coverage.

mod drop;
mod read;

use std::collections::BTreeMap;

use jiff::civil::Date;
use lysoen_facts::View;
use serde::{Deserialize, Serialize};

pub use drop::{Decline, Later, declines};

use super::Told;
use crate::error::AnswerError;

/// The source's card.
pub const FTS: &str = "fts";

/// The unit of money.
pub const UNIT: &str = "US$";

/// The unit of coverage.
const COVERAGE: &str = "% of requirements";

/// Why money that was reported has no interval.
const REPORTED: &str = "as reported to the source, which gives no interval";

/// What the lake holds of a plan, of one of its clusters, or of money outside plans, in a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The vintage.
    pub as_of: Date,
    /// The country.
    pub country: String,
    /// First and last day for which it is told.
    pub span: (Date, Date),
    /// The plan's code; none for money outside plans.
    pub plan: Option<String>,
    /// The plan by name.
    pub name: String,
    /// The cluster; none for the plan's total.
    pub cluster: Option<String>,
    /// What is asked for.
    pub requirements: Option<f64>,
    /// What came in.
    pub funding: Option<f64>,
}

/// Money of several countries, plans and years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Funding {
    /// By country and year.
    pub years: Vec<FundingYear>,
    /// By country: the peak of receipts and what came after.
    pub declines: Vec<Decline>,
    /// Plans whose period is longer than a year, which are in no year's sums.
    pub longer: Vec<Plan>,
    /// Single flows, which are never added to the sums of plans.
    pub flows: Vec<FlowYear>,
}

/// What a country's plans asked for in a year, and what came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FundingYear {
    /// The source's card.
    pub source: String,
    /// The newest vintage of its lines.
    pub as_of: Date,
    /// The country.
    pub country: String,
    /// The year.
    pub year: i16,
    /// Whether the year had ended on the day of the vintage.
    pub ended: bool,
    /// Asked for by all plans that ask for something.
    pub requirements: Told,
    /// Came in for those plans.
    pub received_for_them: Told,
    /// The second in per cent of the first.
    pub coverage: Told,
    /// What lacks of the requirements, each plan's surplus making up for no other plan.
    pub unmet: Told,
    /// Came in for plans without requirements of their own.
    pub received_for_others: Told,
    /// Came in outside plans (`Not specified`); no part of any coverage.
    pub outside_plans: Told,
    /// Everything that came in: for all plans and outside them.
    pub receipts: Told,
    /// Plans that ask for something and tell no receipts: sums of receipts are without them, and tell a minimum.
    pub silent: Vec<String>,
    /// The plans.
    pub plans: Vec<Plan>,
}

impl FundingYear {
    /// What the year's receipts are made of, in words.
    pub fn complete_for(&self) -> String {
        let outside = match self.outside_plans.value {
            Some(_) => "money outside plans",
            None => "no money outside plans told",
        };
        let codes: Vec<&str> = self.plans.iter().filter_map(|plan| plan.code.as_deref()).collect();
        let ended = if self.ended { "" } else { "; the year had not ended" };
        format!("{} plans ({}) and {outside}{ended}", codes.len(), codes.join(", "))
    }
}

/// A plan in a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
    /// The country.
    pub country: String,
    /// First and last day.
    pub span: (Date, Date),
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// What it asks for.
    pub requirements: Told,
    /// What came in for it.
    pub funding: Told,
    /// The second in per cent of the first.
    pub coverage: Told,
    /// Its clusters: the same money, told by what it is for.
    pub clusters: Vec<Cluster>,
    /// Whether its clusters add up to it.
    pub clusters_add_up: Option<bool>,
}

/// A cluster of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its name; money that is told by no cluster has the source's words for that.
    pub name: String,
    /// What it asks for.
    pub requirements: Told,
    /// What came in for it.
    pub funding: Told,
    /// The second in per cent of the first.
    pub coverage: Told,
}

/// Single flows that came into a country in a year, by the day that the source gives them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowYear {
    /// The source's card.
    pub source: String,
    /// The newest vintage.
    pub as_of: Date,
    /// The country.
    pub country: String,
    /// The year.
    pub year: i16,
    /// Number of flows.
    pub count: usize,
    /// Came in or is committed.
    pub given: Told,
    /// Is pledged only.
    pub pledged: Told,
    /// Passed on inside the country: it has come in before, and is in no sum.
    pub passed_on: Told,
    /// What the years of such flows tell, and what not.
    pub complete_for: String,
}

/// What plans ask for and what comes in, out of a view.
///
/// # Errors
/// If the lake cannot be read.
pub fn funding(view: &View) -> Result<Funding, AnswerError> {
    let (years, longer) = by_year(&read::lines(view)?);
    Ok(Funding {
        declines: declines(&years),
        flows: read::flows(view)?,
        years,
        longer,
    })
}

/// Lines by country and year, and the plans that are longer than a year.
pub fn by_year(lines: &[Line]) -> (Vec<FundingYear>, Vec<Plan>) {
    let whole = |line: &&Line| line.span.0.year() == line.span.1.year();
    let mut years: BTreeMap<(&str, i16), Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(whole) {
        years.entry((&line.country, line.span.0.year())).or_default().push(line);
    }
    let longer: Vec<&Line> = lines.iter().filter(|line| !whole(line)).collect();
    let years = years
        .into_iter()
        .filter_map(|((country, year), lines)| funding_year(country, year, &lines));
    (years.collect(), plans(&longer))
}

fn funding_year(country: &str, year: i16, lines: &[&Line]) -> Option<FundingYear> {
    let as_of = lines.iter().map(|line| line.as_of).max()?;
    let plans = plans(lines);
    let (asking, others): (Vec<&Plan>, Vec<&Plan>) = plans.iter().partition(|plan| plan.requirements.value.is_some());
    let without: Vec<f64> = lines
        .iter()
        .filter(|line| outside(line))
        .filter_map(|line| line.funding)
        .collect();
    let silent: Vec<String> = asking
        .iter()
        .filter(|plan| plan.funding.value.is_none())
        .filter_map(|plan| plan.code.clone())
        .collect();
    let requirements = added(
        asking.iter().filter_map(|plan| plan.requirements.value),
        "no plan asks for anything",
    );
    let received_for_them = at_least(
        added(
            asking.iter().filter_map(|plan| plan.funding.value),
            "no receipts are told",
        ),
        &silent,
    );
    let received_for_others = added(
        others.iter().filter_map(|plan| plan.funding.value),
        "no plan without requirements has receipts",
    );
    let outside_plans = added(without.iter().copied(), "the source has no line for it");
    let parts = [&received_for_them, &received_for_others, &outside_plans];
    let receipts = added(parts.iter().filter_map(|part| part.value), "no receipts are told");
    Some(FundingYear {
        source: FTS.to_string(),
        as_of,
        country: country.to_string(),
        year,
        ended: as_of.year() > year || (as_of.year() == year && (as_of.month(), as_of.day()) == (12, 31)),
        coverage: match silent.is_empty() {
            true => coverage(&requirements, &received_for_them),
            false => Told::missing(COVERAGE, without_words(&silent)),
        },
        unmet: at_least(
            added(
                asking.iter().filter_map(|plan| unmet(plan)),
                "no plan tells both what it asks for and what came in",
            ),
            &silent,
        ),
        receipts: at_least(receipts, &silent),
        silent,
        requirements,
        received_for_them,
        received_for_others,
        outside_plans,
        plans,
    })
}

/// A sum that lacks those plans.
fn at_least(sum: Told, silent: &[String]) -> Told {
    match silent.is_empty() || sum.value.is_none() {
        true => sum,
        false => Told {
            why: format!("at least; {}", without_words(silent)),
            ..sum
        },
    }
}

fn without_words(silent: &[String]) -> String {
    format!("no receipts are told of {}", silent.join(", "))
}

/// Whether a line is of money outside plans, as a whole.
fn outside(line: &Line) -> bool {
    line.plan.is_none() && line.cluster.is_none()
}

fn unmet(plan: &Plan) -> Option<f64> {
    Some((plan.requirements.value? - plan.funding.value?).max(0.0))
}

/// The plans of lines, by country, code and period, each with its clusters. What is told outside plans is none of them.
fn plans(lines: &[&Line]) -> Vec<Plan> {
    type Key<'l> = (&'l str, &'l str, (Date, Date));
    let mut all: BTreeMap<Key<'_>, (Vec<&Line>, Vec<&Line>)> = BTreeMap::new();
    for line in lines {
        let Some(code) = &line.plan else { continue };
        let (totals, clusters) = all.entry((&line.country, code, line.span)).or_default();
        if line.cluster.is_none() { totals } else { clusters }.push(line);
    }
    all.into_values()
        .filter_map(|(totals, clusters)| plan(totals.into_iter().max_by_key(|line| line.as_of), &clusters))
        .collect()
}

fn plan(total: Option<&Line>, clusters: &[&Line]) -> Option<Plan> {
    let first = total.or(clusters.first().copied())?;
    let no_total = "only the plan's clusters are told";
    let (requirements, funding) = match total {
        Some(total) => (
            reported(total.requirements, "the plan asks for nothing of its own"),
            reported(total.funding, "no receipts are told"),
        ),
        None => (Told::missing(UNIT, no_total), Told::missing(UNIT, no_total)),
    };
    Some(Plan {
        source: FTS.to_string(),
        as_of: first.as_of,
        country: first.country.clone(),
        span: first.span,
        code: first.plan.clone(),
        name: first.name.clone(),
        coverage: coverage(&requirements, &funding),
        clusters_add_up: add_up(&requirements, &funding, clusters),
        clusters: clusters.iter().filter_map(|line| cluster(line)).collect(),
        requirements,
        funding,
    })
}

fn cluster(line: &Line) -> Option<Cluster> {
    let requirements = reported(line.requirements, "the cluster asks for nothing of its own");
    let funding = reported(line.funding, "no receipts are told");
    Some(Cluster {
        name: line.cluster.clone()?,
        coverage: coverage(&requirements, &funding),
        requirements,
        funding,
    })
}

/// Whether clusters add up to their plan, to the dollar; none where the one or the other is not there.
fn add_up(requirements: &Told, funding: &Told, clusters: &[&Line]) -> Option<bool> {
    if clusters.is_empty() || (requirements.value.is_none() && funding.value.is_none()) {
        return None;
    }
    let sum = |part: fn(&Line) -> Option<f64>| added(clusters.iter().filter_map(|line| part(line)), "").value;
    let same = |total: &Told, parts: Option<f64>| total.value.zip(parts).is_none_or(|(a, b)| (a - b).abs() < 0.5);
    Some(same(requirements, sum(|line| line.requirements)) && same(funding, sum(|line| line.funding)))
}

fn reported(value: Option<f64>, why: &str) -> Told {
    match value {
        Some(value) => Told::alone(value, UNIT, REPORTED),
        None => Told::missing(UNIT, why),
    }
}

/// The sum of those that are there, in their order; missing where none is.
fn added(values: impl Iterator<Item = f64>, why: &str) -> Told {
    let values: Vec<f64> = values.collect();
    reported((!values.is_empty()).then(|| values.iter().sum()), why)
}

/// What came in, in per cent of what was asked for.
fn coverage(requirements: &Told, funding: &Told) -> Told {
    match (requirements.value, funding.value) {
        (Some(asked), _) if asked <= 0.0 => Told::missing(COVERAGE, "nothing is asked for"),
        (Some(asked), Some(came)) => Told::alone(came / asked * 100.0, COVERAGE, REPORTED),
        (None, _) => Told::missing(COVERAGE, requirements.why.clone()),
        (_, None) => Told::missing(COVERAGE, funding.why.clone()),
    }
}

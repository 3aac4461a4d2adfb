//! People facing at least one threat: how the threats overlap is unknown, so there are bounds.
//!
//! With prevalences pₖ in one population the share that faces at least one lies in [max pₖ, min(1, Σ pₖ)] (Fréchet);
//! independence would give 1 − Π(1 − pₖ). A prevalence taken more than twelve months before is widened by the largest
//! yearly change on its record for every year of its age; one more than three years old is left out.

use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::catalog::{Bound, Measure, Per};
use crate::compute::{Computer, Found, join};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::store::Row;

/// The share of a population that faces one threat, in per cent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Prevalence {
    pub(crate) threat: String,
    pub(crate) low: f64,
    pub(crate) share: f64,
    pub(crate) high: f64,
    /// How the share was widened for its age, where it was.
    pub(crate) widened: Option<String>,
    /// Whether the share may be larger than `high`, part of the threat not being known.
    pub(crate) open: bool,
    /// The two values on record by whose difference it was widened.
    pub(crate) record: Vec<Term>,
}

/// Bounds of the share that faces at least one of several threats, in per cent; the upper one only where every
/// threat is known.
///
/// ```
/// use lysoen_measures::bounds::frechet;
/// assert_eq!(frechet(&[(30.0, 30.0), (20.0, 20.0)]), (30.0, 50.0));
/// assert_eq!(frechet(&[(70.0, 70.0), (60.0, 60.0)]), (70.0, 100.0));
/// assert_eq!(frechet(&[(10.0, 14.0), (12.0, 13.0)]), (12.0, 27.0));
/// ```
pub fn frechet(shares: &[(f64, f64)]) -> (f64, f64) {
    let lower = shares.iter().map(|(low, _)| *low).fold(0.0, f64::max);
    let upper = shares.iter().map(|(_, high)| *high).sum::<f64>().min(100.0);
    (lower, upper)
}

/// The share that would face at least one threat if they were independent, in per cent.
pub fn independent(shares: &[f64]) -> f64 {
    100.0 * (1.0 - shares.iter().map(|p| 1.0 - p / 100.0).product::<f64>())
}

impl Computer<'_> {
    pub(crate) fn bound(&self, measure: &Measure, bound: Bound, place: &PlaceId) -> Figure {
        let found = match place.kind() {
            PlaceKind::World => self.world_bound(measure),
            _ => self.bound_of(bound, place),
        };
        self.figure_of(measure, place, found)
    }

    fn bound_of(&self, bound: Bound, place: &PlaceId) -> Result<Found, (Coverage, String)> {
        let core = &self.measures.core;
        let threats: Vec<&str> = match bound {
            Bound::Fear => core.fear.iter().map(String::as_str).collect(),
            Bound::Want => core.want.iter().map(String::as_str).collect(),
            Bound::All | Bound::Independent => core.all().collect(),
        };
        let (known, missing) = self.prevalences(&threats, place);
        let population = self
            .population(place, Per::Yearend, self.period.calendar_year())
            .filter(|p| p.value > 0.0)
            .ok_or_else(|| (Coverage::NotCovered, "no population at the year's end".to_string()))?;
        if known.is_empty() {
            return Err((
                Coverage::NotCovered,
                join("no core threat is known", &missing.join("; ")),
            ));
        }
        let complete = missing.is_empty() && known.iter().all(|(p, _)| !p.open);
        if bound == Bound::Independent && !complete {
            return Err((
                Coverage::Incomplete,
                join("a core threat is missing", &missing.join("; ")),
            ));
        }
        let shares: Vec<(f64, f64)> = known.iter().map(|(p, _)| (p.low, p.high)).collect();
        let (lower, upper) = frechet(&shares);
        let count = |share: f64| share / 100.0 * population.value;
        let mut terms: Vec<Term> = known.iter().filter_map(|(p, f)| compared(p, f)).collect();
        let (mut value, mut formula) = (count(lower), Formula::LargestShare);
        if bound == Bound::Independent {
            let middles: Vec<f64> = known.iter().map(|(p, _)| p.share).collect();
            (value, formula) = (count(independent(&middles)), Formula::IndependentShares);
            known.iter().zip(&mut terms).for_each(|((p, _), t)| t.value = p.share);
        }
        terms.extend(population.as_population(Per::Yearend));
        terms.extend(beside(&known));
        let mut note = self.largest(&known);
        let interval_kind = if bound == Bound::Independent {
            note = "an assumption, not an estimate".to_string();
            "none: an assumption".to_string()
        } else if complete {
            "bounds".to_string()
        } else {
            note = join(&note, &missing.join("; "));
            "lower bound only".to_string()
        };
        let note = widened(&known, note);
        let independent = bound == Bound::Independent;
        Ok(Found {
            value,
            low: (!independent).then_some(value),
            high: (!independent && complete).then(|| count(upper)),
            interval_kind,
            terms,
            formula,
            dates: (self.period.end(), self.period.end()),
            coverage: if complete {
                Coverage::Covered
            } else {
                Coverage::Incomplete
            },
            population: Some(population.value),
            note,
            said_by: None,
        })
    }

    /// The prevalences that may enter the bounds, with their figures, and why others may not.
    pub(crate) fn prevalences(&self, threats: &[&str], place: &PlaceId) -> (Vec<(Prevalence, Figure)>, Vec<String>) {
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for id in threats {
            let Some(measure) = self.measures.get(id) else { continue };
            let figure = self.figure(measure, place);
            match self.prevalence(measure, &figure, place) {
                Ok(prevalence) => {
                    if prevalence.open {
                        missing.push(format!("{}: {}", measure.title.to_lowercase(), figure.note));
                    }
                    known.push((prevalence, figure));
                }
                Err(why) => missing.push(format!("{} left out: {why}", measure.title.to_lowercase())),
            }
        }
        (known, missing)
    }

    fn prevalence(&self, measure: &Measure, figure: &Figure, place: &PlaceId) -> Result<Prevalence, String> {
        let value = figure.value.ok_or_else(|| figure.note.clone())?;
        let population = figure
            .population
            .filter(|p| *p > 0.0)
            .ok_or("no population to divide it by")?;
        let per_cent = |count: f64| (count / population * 100.0).min(100.0);
        // The source's own interval, where it has one, enters the bounds.
        let ends = figure
            .low
            .zip(figure.high)
            .map(|(low, high)| (per_cent(low), per_cent(high)));
        let Some(row) = figure.terms.iter().find(|t| t.role == Role::Share) else {
            let share = per_cent(value);
            let (low, high) = ends.unwrap_or((share, share));
            return Ok(Prevalence {
                threat: measure.id.clone(),
                low,
                share,
                high,
                widened: None,
                open: figure.coverage == Coverage::Incomplete,
                record: Vec::new(),
            });
        };
        let year = row.dates.1.year();
        if figure.coverage == Coverage::Stale {
            return Err(format!("its newest value, of {year}, is more than three years old"));
        }
        let share = match figure.formula {
            Formula::ComplementOfPopulation => 100.0 - row.value,
            _ => row.value,
        };
        let age = self.period.calendar_year() - year;
        let (mut by, mut widened, mut record) = (0.0, None, Vec::new());
        if age > 1 {
            let (each, rows) = self.largest_yearly_change(measure, row, place).ok_or_else(|| {
                format!("its value of {year} is the only one, so how much it may have changed is unknown")
            })?;
            by = f64::from(age) * each;
            record = rows.map(|r| r.term(Role::Beside)).to_vec();
            let [before, after] = rows.map(|r| r.end.year());
            widened = (by > 0.0).then(|| {
                format!(
                    "{}: {share:.1} % in {year}, widened for its age by {age} × {each:.2} points, its largest yearly \
                     change ({before} to {after})",
                    measure.title.to_lowercase()
                )
            });
        }
        let (low, high) = ends.unwrap_or((share, share));
        Ok(Prevalence {
            threat: measure.id.clone(),
            low: (low - by).max(0.0),
            share,
            high: (high + by).min(100.0),
            widened,
            open: false,
            record,
        })
    }

    /// The largest change from one value on record to the next, in percentage points a year, and the two values.
    fn largest_yearly_change(&self, measure: &Measure, newest: &Term, place: &PlaceId) -> Option<(f64, [&Row; 2])> {
        let from = measure.from.iter().find(|f| f.source == newest.source)?;
        let rows = self
            .store
            .observed(&from.source, from.indicator.as_deref()?, place.as_str());
        let record: Vec<&Row> = rows
            .iter()
            .filter(|r| r.breakdown == from.breakdown && r.end <= newest.dates.1)
            .collect();
        let changes = record.windows(2).filter_map(|pair| {
            let years = f64::from(pair[1].end.year() - pair[0].end.year());
            (years > 0.0).then(|| ((pair[1].value - pair[0].value).abs() / years, [pair[0], pair[1]]))
        });
        changes.reduce(|a, b| if b.0 > a.0 { b } else { a })
    }

    /// Which threat is the largest, in words.
    pub(crate) fn largest(&self, known: &[(Prevalence, Figure)]) -> String {
        let largest = known
            .iter()
            .map(|(p, _)| p)
            .reduce(|a, b| if b.low > a.low { b } else { a });
        largest.map_or_else(String::new, |p| {
            format!("largest: {}", self.title(&p.threat).to_lowercase())
        })
    }

    fn title(&self, id: &str) -> String {
        self.measures
            .get(id)
            .map_or_else(|| id.to_string(), |m| m.title.clone())
    }

    /// The world's bounds are the sums of the places'; the upper one only over places that have one.
    fn world_bound(&self, measure: &Measure) -> Result<Found, (Coverage, String)> {
        let mut found = self.sum_of_places(measure)?;
        if measure.bound == Some(Bound::Independent) {
            found.interval_kind = "none: an assumption".to_string();
            return Ok(found);
        }
        found.low = Some(found.value);
        found.interval_kind = "lower bound only".to_string();
        found.note = join("the places' lower bounds, added", &found.note);
        Ok(found)
    }
}

/// The rows behind the prevalences, and those by which they were widened.
pub(crate) fn beside(known: &[(Prevalence, Figure)]) -> Vec<Term> {
    let rows = known.iter().flat_map(|(p, f)| f.terms.iter().chain(&p.record));
    rows.map(|t| Term {
        role: Role::Beside,
        ..t.clone()
    })
    .collect()
}

/// A note with how each of the prevalences was widened.
pub(crate) fn widened(known: &[(Prevalence, Figure)], note: String) -> String {
    let widened = known.iter().filter_map(|(p, _)| p.widened.as_deref());
    widened.fold(note, |note, widened| join(&note, widened))
}

pub(crate) fn compared(prevalence: &Prevalence, figure: &Figure) -> Option<Term> {
    let term = figure.as_term(Role::Compared)?;
    Some(Term {
        value: prevalence.low,
        unit: "per cent of the population".to_string(),
        ..term
    })
}

//! What is done on the ground, read once from a view, and its rows as every surface gives them.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::AsArray;
use arrow::datatypes::{Float64Type, Int64Type};
use jiff::civil::Date;
use lysoen_agenda::Catalog;
use lysoen_agenda::element::{From, Together};
use lysoen_agenda::rules::participation::Participations;
use lysoen_facts::{View, literal};
use lysoen_measures::Measures;
use serde::Serialize;
use utoipa::ToSchema;

use super::element::{Line, Point};
use super::practice::aid::{self, Aid, Method, ONE, Status};
use super::practice::aid_workers::{self, AidWorkers, AttackYear, Attacker, Tally};
use super::practice::beside::{ASSOCIATION, Bound, Group, OWN_GOVERNMENT, RATE, Series, around, beside, series};
use super::practice::funding::{self, Funding};
use super::state::place;
use crate::error::AnswerError;
use crate::standing::Columns;

/// What is set beside a standing.
const BESIDE: &str = "Civilians killed by the government of the country in which they were";

/// Lines of one chart, of countries with the most asked for.
const LINES: usize = 6;

/// A donor's aid in a year.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaAidYear)]
pub struct AidYear {
    /// The year.
    pub year: i16,
    /// `grant-equivalent` or `net`: two series, and no change is told from one to the other.
    pub method: &'static str,
    /// Aid in per cent of gross national income.
    pub ratio: Option<f64>,
    /// What lacks to 0.7, in percentage points.
    pub gap_points: Option<f64>,
    /// What lacks to 0.7, in money.
    pub gap_money: Option<f64>,
    /// The lower end of its interval, as far as the source rounds.
    pub gap_low: Option<f64>,
    /// The upper end.
    pub gap_high: Option<f64>,
    /// The unit of the money, with its prices.
    pub unit: String,
    /// Whether it will be revised.
    pub preliminary: bool,
    /// Why the gap is missing.
    pub missing: Option<String>,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
}

/// A ratio on which the two sources of aid differ by more than they round.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaAidDifference)]
pub struct AidDifference {
    /// The donor's code.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i16,
    /// The ONE Campaign's ratio.
    pub one: Option<f64>,
    /// DAC1's ratio.
    pub dac1: Option<f64>,
    /// What can be said of it.
    pub told: String,
}

/// Attacks on aid workers in a year. Killed, wounded, kidnapped and detained are never added to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgendaAidWorkersYear)]
pub struct AidWorkersYear {
    /// The year.
    pub year: i16,
    /// Attacks.
    pub attacks: i64,
    /// Aid workers killed.
    pub killed: i64,
    /// Seriously wounded.
    pub wounded: i64,
    /// Kidnapped for more than a day.
    pub kidnapped: i64,
    /// Detained.
    pub detained: i64,
    /// Attacks by who attacked.
    pub by: ByAttacker,
    /// Attacks that the source has not yet verified; they are counted.
    pub pending: i64,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
}

/// Attacks by who attacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgendaByAttacker)]
pub struct ByAttacker {
    /// Forces of a state.
    pub state: i64,
    /// Others.
    pub non_state: i64,
    /// Not known.
    pub unknown: i64,
}

/// Promise and practice side by side, in the last year of the series.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaBeside)]
pub struct Beside {
    /// What is counted.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The unit of the rates.
    pub rate_unit: String,
    /// What can be said of it, and what not.
    pub association: String,
    /// The years.
    pub years: String,
    /// Those who are bound and those who are not.
    pub groups: Vec<BesideGroup>,
    /// Each party five years before and after it was bound.
    pub before_after: Option<BeforeAfter>,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// Some places in a year.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaBesideGroup)]
pub struct BesideGroup {
    /// Who they are.
    pub name: String,
    /// How many have a figure.
    pub places: usize,
    /// How many of them have none recorded.
    pub none_recorded: usize,
    /// How many have no figure; they are not zero.
    pub missing: usize,
    /// Their figures together.
    pub total: Option<f64>,
    /// The lower end of its interval.
    pub total_low: Option<f64>,
    /// The upper end.
    pub total_high: Option<f64>,
    /// The lower quartile of their rates per 100,000 people.
    pub first_quartile: Option<f64>,
    /// The median of their rates.
    pub median: Option<f64>,
    /// The upper quartile of their rates.
    pub third_quartile: Option<f64>,
}

/// Parties five years before and after each was bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgendaBeforeAfter)]
pub struct BeforeAfter {
    /// Parties with a figure for all ten years.
    pub places: usize,
    /// Of them those with none recorded in all ten.
    pub none_recorded: usize,
    /// Those with fewer after.
    pub fewer: usize,
    /// Those with as many, and not none.
    pub as_many: usize,
    /// Those with more after.
    pub more: usize,
}

/// What is done on the ground.
#[derive(Debug)]
pub struct Ground {
    /// Aid by donor.
    pub aid: Aid,
    /// Humanitarian money.
    pub funding: Funding,
    /// Attacks on aid workers.
    pub aid_workers: AidWorkers,
    own_government: Option<Series>,
    observed: BTreeMap<String, Line>,
}

impl Ground {
    pub(super) fn read(view: &View, catalog: &Catalog, measures: &Measures) -> Result<Ground, AnswerError> {
        Ok(Ground {
            aid: aid::aid(view)?,
            funding: funding::funding(view)?,
            aid_workers: aid_workers::aid_workers(view)?,
            own_government: series(view, measures, OWN_GOVERNMENT)?,
            observed: observed(view, catalog)?,
        })
    }

    /// The aid that a donor gives, by the source that has both money and ratio in its newest form.
    pub fn aid_of(&self, donor: &str) -> Vec<AidYear> {
        let rows = self.aid.donors.iter().filter(|row| row.donor == donor);
        let of = |source: &str| rows.clone().filter(|row| row.source == source).collect::<Vec<_>>();
        let mut chosen = of(ONE);
        if chosen.is_empty() {
            chosen = of(aid::DAC1);
        }
        chosen.into_iter().map(aid_year).collect()
    }

    /// Donors of whom aid is known.
    pub fn donors(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.aid.donors.iter().map(|row| row.donor.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Attacks on aid workers in a territory, by year.
    pub fn aid_workers_of(&self, country: &str) -> Vec<AidWorkersYear> {
        let mut years: BTreeMap<i16, AidWorkersYear> = BTreeMap::new();
        for row in self
            .aid_workers
            .attacks
            .iter()
            .filter(|row| row.country.as_deref() == Some(country))
        {
            let year = years
                .entry(row.year)
                .or_insert_with(|| nothing(row.year, &row.source, row.as_of));
            year.count(&row.all);
            year.pending += row.pending.incidents;
            year.by.count(row.attacker, row.all.incidents);
        }
        years.into_values().collect()
    }

    /// Attacks on aid workers in the world, by who attacked, and the aid workers killed.
    pub(super) fn aid_workers_lines(&self) -> Vec<Line> {
        let Some(last) = self.aid_workers.years.last() else {
            return Vec::new();
        };
        let line = |id: &str, title: &str, unit: &str, value: &dyn Fn(&AttackYear) -> i64| {
            let point = |year: &AttackYear| Point {
                period: year.year.to_string(),
                value: value(year) as f64,
                low: None,
                high: None,
                preliminary: !year.ended,
            };
            let points = self.aid_workers.years.iter().map(point).collect();
            Line::of(id, title, unit, points, last.source.clone(), Some(last.as_of))
        };
        let by = |attacker: Attacker| {
            move |year: &AttackYear| {
                let share = year.by.iter().find(|share| share.attacker == attacker);
                share.map_or(0, |share| share.all.incidents)
            }
        };
        vec![
            line("state", "attacks by forces of a state", "attacks", &by(Attacker::State)),
            line("non-state", "attacks by others", "attacks", &by(Attacker::NonState)),
            line(
                "unknown",
                "attacks, not known by whom",
                "attacks",
                &by(Attacker::Unknown),
            ),
        ]
    }

    /// What lacks to 0.7 in money, of all donors together, a line a method.
    pub(super) fn aid_lines(&self) -> Vec<Line> {
        let source = match self.aid.together.iter().any(|row| row.source == ONE) {
            true => ONE,
            false => aid::DAC1,
        };
        let methods = [
            (Method::NetFlows, "net flows"),
            (Method::GrantEquivalent, "grant equivalents"),
        ];
        let line = |(method, title): (Method, &str)| {
            let rows = self
                .aid
                .together
                .iter()
                .filter(|row| row.source == source && row.method == method);
            let last = rows.clone().next_back()?;
            let points = rows.filter_map(|row| {
                Some(Point {
                    period: row.year.to_string(),
                    value: row.gap_money.value?,
                    low: row.gap_money.low,
                    high: row.gap_money.high,
                    preliminary: row.status != Status::Final,
                })
            });
            let title = format!("gap to 0.7 of all donors listed, by {title}");
            Some(Line::of(
                name(method),
                &title,
                &last.gap_money.unit,
                points.collect(),
                last.source.clone(),
                Some(last.as_of),
            ))
        };
        methods.into_iter().filter_map(line).collect()
    }

    /// Coverage of humanitarian requirements by year, of the countries for which the most was asked.
    pub(super) fn funding_lines(&self) -> Vec<Line> {
        let mut countries: BTreeMap<&str, Vec<&funding::FundingYear>> = BTreeMap::new();
        for year in &self.funding.years {
            countries.entry(&year.country).or_default().push(year);
        }
        let asked = |years: &[&funding::FundingYear]| years.iter().filter_map(|y| y.requirements.value).sum::<f64>();
        let mut all: Vec<(&str, Vec<&funding::FundingYear>)> = countries.into_iter().collect();
        all.sort_by(|a, b| asked(&b.1).total_cmp(&asked(&a.1)).then(a.0.cmp(b.0)));
        let line = |(country, years): (&str, Vec<&funding::FundingYear>)| {
            let last = *years.last()?;
            let points: Vec<Point> = years
                .iter()
                .filter_map(|year| {
                    Some(Point {
                        period: year.year.to_string(),
                        value: year.coverage.value?,
                        low: year.coverage.low,
                        high: year.coverage.high,
                        preliminary: !year.ended,
                    })
                })
                .collect();
            let title = format!("requirements that were met, {country}");
            (!points.is_empty()).then(|| {
                Line::of(
                    country,
                    &title,
                    &last.coverage.unit,
                    points,
                    last.source.clone(),
                    Some(last.as_of),
                )
            })
        };
        all.into_iter().filter_map(line).take(LINES).collect()
    }

    /// The line of an indicator of observations.
    pub(super) fn observed(&self, indicator: &str) -> Option<&Line> {
        self.observed.get(indicator)
    }

    /// Killings by the own government beside the standing in an instrument; none where the series or the standing is not there.
    pub(super) fn beside(&self, made: Option<&Participations>) -> Option<Beside> {
        let series = self.own_government.as_ref()?;
        let made = made.filter(|made| !made.histories.is_empty())?;
        let last = series
            .values
            .values()
            .filter_map(|years| years.keys().next_back())
            .max()
            .copied()?;
        let standing = standing(made, series, last);
        if standing.is_empty() {
            return None;
        }
        let year = beside(&standing, series, last);
        let around = around(&standing, series);
        let mut notes = vec![year.none_recorded.clone()];
        if let Some(known) = made.histories.values().filter_map(|history| history.known_to).max()
            && known.year() < last
        {
            notes.push(format!(
                "Who is bound is known up to {known}; who joined later stands among the others in {last}."
            ));
        }
        if !year.no_standing.is_empty() {
            notes.push(format!(
                "Places of which no list tells: {}.",
                year.no_standing.join(", ")
            ));
        }
        Some(Beside {
            title: BESIDE.to_string(),
            unit: series.unit.clone(),
            rate_unit: RATE.to_string(),
            association: ASSOCIATION.to_string(),
            years: last.to_string(),
            groups: vec![
                beside_group("bound by it", &year.parties),
                beside_group("not bound", &year.non_parties),
            ],
            before_after: (around.whole > 0).then_some(BeforeAfter {
                places: around.whole,
                none_recorded: around.none_recorded,
                fewer: around.fewer,
                as_many: around.as_many,
                more: around.more,
            }),
            source: series.source.clone(),
            as_of: series.as_of,
            notes,
        })
    }

    /// Ratios on which the two sources of aid differ.
    pub fn aid_differences(&self, called: &dyn Fn(&str) -> String) -> Vec<AidDifference> {
        let of = |one: &aid::Difference| AidDifference {
            place: one.donor.clone(),
            name: called(&one.donor),
            year: one.year,
            one: one.one.value,
            dac1: one.dac1.value,
            told: one.said.clone(),
        };
        self.aid.comparison.differences.iter().map(of).collect()
    }
}

fn aid_year(row: &aid::AidYear) -> AidYear {
    let gap = &row.gap_money;
    AidYear {
        year: row.year,
        method: name(row.method),
        ratio: row.ratio.value,
        gap_points: row.gap_points.value,
        gap_money: gap.value,
        gap_low: gap.low,
        gap_high: gap.high,
        unit: gap.unit.clone(),
        preliminary: row.status != Status::Final,
        missing: gap.value.is_none().then(|| gap.why.clone()),
        source: row.source.clone(),
        as_of: row.as_of,
    }
}

fn name(method: Method) -> &'static str {
    match method {
        Method::NetFlows => "net",
        Method::GrantEquivalent => "grant-equivalent",
    }
}

fn nothing(year: i16, source: &str, as_of: Date) -> AidWorkersYear {
    AidWorkersYear {
        year,
        attacks: 0,
        killed: 0,
        wounded: 0,
        kidnapped: 0,
        detained: 0,
        by: ByAttacker::default(),
        pending: 0,
        source: source.to_string(),
        as_of,
    }
}

impl AidWorkersYear {
    fn count(&mut self, tally: &Tally) {
        self.attacks += tally.incidents;
        self.killed += tally.killed;
        self.wounded += tally.wounded;
        self.kidnapped += tally.kidnapped;
        self.detained += tally.detained;
    }
}

impl ByAttacker {
    fn count(&mut self, attacker: Attacker, attacks: i64) {
        match attacker {
            Attacker::State => self.state += attacks,
            Attacker::NonState => self.non_state += attacks,
            Attacker::Unknown => self.unknown += attacks,
        }
    }
}

fn beside_group(name: &str, group: &Group) -> BesideGroup {
    let rates = group.rates.as_ref();
    BesideGroup {
        name: name.to_string(),
        places: group.n,
        none_recorded: group.with_none_recorded,
        missing: group.missing.len(),
        total: group.total.value,
        total_low: group.total.low,
        total_high: group.total.high,
        first_quartile: rates.map(|rates| rates.lower),
        median: rates.map(|rates| rates.median),
        third_quartile: rates.map(|rates| rates.upper),
    }
}

/// Since when each place is bound: those with a figure in a year, those of which none can be told, and who has joined. Former
/// states are no longer there to be bound.
pub fn standing(made: &Participations, series: &Series, year: i16) -> BTreeMap<String, Bound> {
    let there = series
        .values
        .iter()
        .filter(|(_, years)| years.contains_key(&year))
        .map(|(place, _)| place);
    let joined = made.histories.keys().filter(|one| place(one).is_some());
    let all: BTreeSet<&String> = there.chain(series.not_told.keys()).chain(joined).collect();
    all.into_iter()
        .filter_map(|place| Some((place.clone(), bound(made, place)?)))
        .collect()
}

/// Since when a place is bound; none where no list tells. Of who left and came back the last time counts.
fn bound(made: &Participations, place: &str) -> Option<Bound> {
    let history = made.of(place);
    history.known_to?;
    let Some(at) = history.changes.iter().rposition(|change| change.word.bound()) else {
        return Some(Bound::Never);
    };
    let (since, later) = (&history.changes[at], history.changes.get(at + 1));
    Some(match since.since {
        Some(from) if since.since_basis != Some(lysoen_agenda::standing::SinceBasis::NoLater) => Bound::Since {
            from,
            until: later
                .filter(|change| !change.word.bound())
                .and_then(|change| change.from),
        },
        _ => Bound::DayUnknown,
    })
}

/// The line of each indicator of observations that the elements name.
fn observed(view: &View, catalog: &Catalog) -> Result<BTreeMap<String, Line>, AnswerError> {
    let named = catalog.elements().flat_map(|element| &element.indicator);
    let mut all = BTreeMap::new();
    for one in named {
        if let From::Observations { indicator, places } = &one.from
            && let Some(line) = observed_line(view, indicator, *places)?
        {
            all.insert(indicator.clone(), line);
        }
    }
    Ok(all)
}

/// What a source has of an indicator: by year and place the value, and whether it is preliminary.
#[derive(Default)]
struct Observed {
    unit: String,
    as_of: Option<Date>,
    years: BTreeMap<i64, BTreeMap<String, (f64, bool)>>,
}

/// The values of countries by year, told together, of the source with the newest year.
fn observed_line(view: &View, indicator: &str, together: Together) -> Result<Option<Line>, AnswerError> {
    let sql = format!(
        "SELECT source, CAST(date_part('year', \"end\") AS BIGINT) AS year, value, unit, as_of, status, place FROM observations \
         WHERE indicator = {} AND breakdown = '' AND country = place ORDER BY source, year, place, as_of",
        literal(indicator)
    );
    let mut sources: BTreeMap<String, Observed> = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let source = sources.entry(batch.text(0, row)).or_default();
            source.unit = batch.text(3, row);
            source.as_of = batch.date(4, row).max(source.as_of);
            let year = source
                .years
                .entry(batch.0[1].as_primitive::<Int64Type>().value(row))
                .or_default();
            let value = batch.0[2].as_primitive::<Float64Type>().value(row);
            // Of two data sets of a source the newer one counts.
            year.insert(batch.text(6, row), (value, !batch.text(5, row).is_empty()));
        }
    }
    let newest = sources
        .into_iter()
        .max_by_key(|(_, source)| source.years.keys().next_back().copied());
    Ok(newest.map(|(source, Observed { unit, as_of, years })| {
        let point = |(year, places): (i64, BTreeMap<String, (f64, bool)>)| Point {
            period: year.to_string(),
            preliminary: places.values().any(|(_, preliminary)| *preliminary),
            value: told_together(places.into_values().map(|(value, _)| value).collect(), together),
            low: None,
            high: None,
        };
        let (title, unit) = match together {
            Together::Sum => ("all countries together", unit),
            Together::Median => ("median of countries", unit),
            Together::Count => ("countries with a value", "countries".to_string()),
        };
        Line::of(
            indicator,
            title,
            &unit,
            years.into_iter().map(point).collect(),
            source,
            as_of,
        )
    }))
}

fn told_together(mut values: Vec<f64>, together: Together) -> f64 {
    match together {
        Together::Sum => values.iter().sum(),
        Together::Count => values.len() as f64,
        Together::Median => {
            values.sort_by(f64::total_cmp);
            let middle = values.len() / 2;
            match values.len() % 2 {
                1 => values[middle],
                _ => (values[middle - 1] + values[middle]) / 2.0,
            }
        }
    }
}

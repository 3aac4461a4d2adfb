//! From facts to the table that a recipe is run on: one value for each unit, input and period, each with the way back to
//! its rows.
//!
//! *Which value.* An input by `indicator` takes the newest value that is at most `within` years older than the period, of
//! the group (`breakdown`) named. A count of what happened must be told for a whole period of the same length (or for
//! each of its months, which are added); a rate must not be of a shorter span; of everything else the last day decides.
//! A final value goes before a preliminary one, and both before a projection, also where these are newer. An input by
//! `measure` is the figure that `assess` shows, with the same rules of coverage: "none recorded" is a zero, "not
//! covered" is missing, and a value of an earlier year counts up to `within`.
//!
//! *Which source.* The one that the node names. Where it names none and asks for values of the period itself, one source
//! serves every place, so that differences between places are none between sources: the first by the precedence of
//! `catalog/series.toml`, where the indicator has one there, else the one that knows the most places, then the newest.
//! With `within` the values are of different years anyway, and each place has its newest; of the same day the source
//! that goes first.
//!
//! *Which other years.* Imputation along the years needs them: they are added to the table as periods of their own, in
//! which an input has the values of that very period only. [`Inputs::asked`] says which periods were asked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lysoen_facts::{LakeError, View};
use lysoen_indices::check::Input;
use lysoen_indices::data::{Data, Spread, Unit};
use lysoen_indices::recipe::{Impute, Recipe};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::estimate::IntervalKind;
use lysoen_lexicon::indicator::Indicators;
use lysoen_lexicon::period::{LAST_YEAR, Period};
use lysoen_lexicon::place::PlaceId;

use crate::catalog::{Measure, Measures};
use crate::communities::{CommunitiesError, Community, Level, Question, communities};
use crate::compute::{Computer, join};
use crate::figure::{Coverage, Figure, Formula, Role, Term};
use crate::picture::years_before;
use crate::store::{Store, list};

mod observed;
mod units;

use observed::Observed;
use units::Candidates;

/// The card of the events from which deaths are told by area.
const EVENTS: &str = "ucdp-ged";

/// The places for which an index is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// Every country and territory that existed at the end of one of the periods, and joint places such as `ISR+PSE`,
    /// as far as they have any value.
    Countries,
    /// These, by their codes in the facts: `UKR`, `CF11`, `CAF/Bangui`. Those without any value stay in the table.
    List(Vec<String>),
    /// The areas of an administrative level that are listed in `places`, and the regions that sources name within their
    /// country and that are none of those by their names.
    Areas {
        /// 1 to 4.
        level: i16,
        /// The countries by ISO 3166-1 alpha-3; every country where none is named.
        within: Vec<String>,
    },
}

/// The table for a recipe, and where each value in it comes from.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The table; its periods ascend.
    pub data: Data,
    /// The periods that were asked for, in the order asked, by their number in the table.
    pub asked: Vec<usize>,
    /// What a reader must know about whole columns: which source was chosen, and what is not there.
    pub notes: Vec<InputNote>,
    observed: Observed,
    /// Figures of measures by period, input and unit.
    figures: BTreeMap<(usize, usize, usize), Figure>,
    taken: Vec<Taken>,
}

/// What a reader must know about an input in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputNote {
    /// The input by its number in the table; none for the whole table.
    pub input: Option<usize>,
    /// The period; none for all.
    pub period: Option<Period>,
    /// The sentence.
    pub text: String,
}

/// The way back from a value of the table to the rows of the lake.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The rows, with source, data set, vintage, file, row, days and unit.
    pub terms: Vec<Term>,
    /// How the value follows from them, before it is taken per 100,000 people.
    pub formula: Formula,
    /// The population by which the value was divided, where it is taken per 100,000 people.
    pub population: Option<f64>,
    /// The unit of the value.
    pub unit: String,
    /// What the spread is, or why there is none.
    pub interval_kind: String,
    /// What its absence or presence in the source means.
    pub coverage: Coverage,
    /// The cards from which it comes, joined by ` + `.
    pub source: String,
    /// The newest vintage among its rows.
    pub as_of: Option<Date>,
    /// What a reader must know: the source's own note, its status, its age.
    pub note: String,
}

/// How the values of an input are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    /// As an indicator's rows have them.
    Observed,
    /// As a measure's figures have them.
    Figure,
    /// A measure's figures per 100,000 people.
    Per100k,
}

/// Why there is no table for a recipe.
#[derive(Debug, thiserror::Error)]
pub enum InputsError {
    /// The lake could not answer.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// A node names neither an indicator nor a measure.
    #[error(
        "`{node}` names no indicator and no measure; give it one, or give the recipe a file of its own with such a column"
    )]
    NoInput {
        /// The node.
        node: String,
    },
    /// A node names an indicator or a measure that does not exist.
    #[error("`{node}` takes the {what} `{name}`, which neither the catalog nor the facts have{}",
        nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    Unknown {
        /// The node.
        node: String,
        /// indicator or measure.
        what: &'static str,
        /// As the recipe names it.
        name: String,
        /// The nearest that exists.
        nearest: Option<String>,
    },
    /// No area of the level is listed.
    #[error("no area of level {level} is listed for {within}: import a list of P-codes or boundaries first")]
    NoAreas {
        /// The level.
        level: i16,
        /// The countries in words.
        within: String,
    },
    /// Nothing at all.
    #[error("no place has a value of any input of `{recipe}` for {periods}{}", why.iter().map(|w| format!("\n  {w}")).collect::<String>())]
    Nothing {
        /// The recipe.
        recipe: String,
        /// The periods in words.
        periods: String,
        /// What is known of each input.
        why: Vec<String>,
    },
}

/// An input and where its values come from.
struct Wanted<'a> {
    input: &'a Input,
    from: From<'a>,
    /// How far from the period other years are needed for imputation; none where they are not.
    around: Option<Around>,
}

enum From<'a> {
    Indicator(&'a str),
    Measure(&'a Measure),
}

/// How far other years are needed.
#[derive(Clone, Copy)]
enum Around {
    Years(i16),
    AllOnRecord,
}

/// Takes the inputs of a recipe from the facts of a view.
///
/// # Errors
/// Where a node names an indicator or a measure that does not exist, where no area of the level is listed, and where no
/// place has any value.
pub fn inputs(
    view: &View,
    measures: &Measures,
    crosswalk: &Crosswalk,
    recipe: &Recipe,
    periods: &[Period],
    places: &Places,
) -> Result<Inputs, InputsError> {
    let needed = recipe.inputs();
    let wanted = wanted(view, measures, recipe, &needed)?;
    let table = Periods::of(view, &wanted, periods)?;
    let indicators = BTreeSet::from_iter(wanted.iter().filter_map(Wanted::indicator));
    let mut candidates = Candidates::of(view, crosswalk, places, periods, &indicators)?;
    let mut observed = Observed::load(view, measures, &wanted, &table, &candidates)?;
    let figures = figures(view, measures, crosswalk, &wanted, &table, &mut candidates)?;
    let mut notes = candidates.notes.clone();
    notes.append(&mut observed.notes);
    let kept = kept(&candidates, places, &table, &observed, &figures);
    notes.extend(unknown(view, &wanted, &table, &observed, &figures)?);
    if kept.iter().all(Option::is_none) {
        return Err(InputsError::Nothing {
            recipe: recipe.id.clone(),
            periods: periods.iter().map(Period::to_string).collect::<Vec<_>>().join(", "),
            why: notes.into_iter().map(|n| n.text).collect(),
        });
    }
    observed.keep(&kept);
    let figures = figures
        .into_iter()
        .filter_map(|((p, i, u), figure)| Some(((p, i, kept[u]?), figure)))
        .collect();
    let units: Vec<Unit> = candidates
        .units
        .into_iter()
        .zip(&kept)
        .filter(|(_, k)| k.is_some())
        .map(|(u, _)| u)
        .collect();
    let keys = needed.iter().map(|i| i.key.clone()).collect();
    let mut inputs = Inputs {
        data: Data::new(units, table.all.iter().copied().map(Some).collect(), keys),
        asked: periods
            .iter()
            .filter_map(|p| table.all.iter().position(|q| p == q))
            .collect(),
        notes,
        observed,
        figures,
        taken: wanted.iter().map(Wanted::taken).collect(),
    };
    inputs.fill();
    Ok(inputs)
}

impl Inputs {
    /// Where a value of the table comes from; none where there is no value.
    pub fn evidence(&self, period: usize, input: usize, unit: usize) -> Option<Evidence> {
        let asked = self.data.periods()[period]?;
        if self.taken[input] == Taken::Observed {
            return self.observed.evidence(period, input, unit, self.data.units(), asked);
        }
        let figure = self.figures.get(&(period, input, unit))?;
        Some(of_figure(figure, self.taken[input] == Taken::Per100k))
    }

    /// The sources of all values in a period, with each vintage, in this order.
    pub fn sources(&self, period: usize) -> BTreeSet<(String, Date)> {
        let mut all = self.observed.sources(period);
        for (_, figure) in self.figures.range((period, 0, 0)..(period + 1, 0, 0)) {
            let used = figure.terms.iter().filter(|t| t.role != Role::Beside);
            all.extend(used.map(|t| (t.source.clone(), t.as_of)));
            if let (true, Some(as_of)) = (figure.terms.is_empty(), figure.as_of) {
                all.insert((figure.source.clone(), as_of));
            }
        }
        all
    }

    /// Writes what was found into the table.
    fn fill(&mut self) {
        for ((period, input), column) in self.observed.columns() {
            for (unit, found) in column.known() {
                self.data.set(period, input, unit, found.value);
                if let Some(spread) = found.spread() {
                    self.data.set_spread(period, input, unit, spread);
                }
            }
        }
        for ((period, input, unit), figure) in &self.figures {
            let Some((value, scale)) = value_of(figure, self.taken[*input] == Taken::Per100k) else {
                continue;
            };
            self.data.set(*period, *input, *unit, value);
            if let (Some(low), Some(high)) = (figure.low, figure.high)
                && let Some(level) = level(&figure.interval_kind)
            {
                let (low, high) = (low * scale, high * scale);
                self.data
                    .set_spread(*period, *input, *unit, Spread { low, high, level });
            }
        }
    }
}

/// The value of a figure as it is taken, and by what it was multiplied.
fn value_of(figure: &Figure, per_100k: bool) -> Option<(f64, f64)> {
    if !per_100k {
        return Some((figure.value?, 1.0));
    }
    let (value, rate, people) = (figure.value?, figure.per_100k?, figure.population?);
    Some((rate, if value > 0.0 { rate / value } else { 100_000.0 / people }))
}

fn of_figure(figure: &Figure, per_100k: bool) -> Evidence {
    Evidence {
        terms: figure.terms.clone(),
        formula: figure.formula,
        population: figure.population.filter(|_| per_100k),
        unit: if per_100k {
            format!("{} per 100,000 people", figure.unit)
        } else {
            figure.unit.clone()
        },
        interval_kind: figure.interval_kind.clone(),
        coverage: figure.coverage,
        source: figure.source.clone(),
        as_of: figure.as_of,
        note: match (&figure.data_period, figure.coverage) {
            (Some(days), Coverage::Earlier | Coverage::Stale) => join(&figure.note, &format!("of {days}")),
            _ => figure.note.clone(),
        },
    }
}

/// The level of an interval as an index takes it: `Some(None)` for a range that is no interval, none where there is none.
fn level(kind: &str) -> Option<Option<f64>> {
    match kind.parse::<IntervalKind>() {
        Ok(IntervalKind::Confidence { level } | IntervalKind::Credible { level }) => Some(Some(level)),
        Ok(IntervalKind::Projection80) => Some(Some(0.8)),
        Ok(IntervalKind::Projection95) => Some(Some(0.95)),
        Ok(IntervalKind::SourceRange | IntervalKind::Bounds) => Some(None),
        Ok(IntervalKind::None { .. }) | Err(_) => None,
    }
}

impl<'a> Wanted<'a> {
    fn indicator(&self) -> Option<&'a str> {
        match self.from {
            From::Indicator(id) => Some(id),
            From::Measure(_) => None,
        }
    }

    fn taken(&self) -> Taken {
        match self.from {
            From::Indicator(_) => Taken::Observed,
            From::Measure(_) if self.input.node.per_100k => Taken::Per100k,
            From::Measure(_) => Taken::Figure,
        }
    }

    /// The indicators of `observations` and `flows` that it reads.
    fn reads(&self) -> Vec<&'a String> {
        match self.from {
            From::Indicator(_) => self.input.node.indicator.iter().collect(),
            From::Measure(measure) => measure
                .from
                .iter()
                .flat_map(|f| f.indicator.iter().chain(&f.flow))
                .collect(),
        }
    }
}

fn wanted<'a>(
    view: &View,
    measures: &'a Measures,
    recipe: &Recipe,
    needed: &'a [Input],
) -> Result<Vec<Wanted<'a>>, InputsError> {
    let find = |input: &'a Input| {
        let node = &input.node;
        let unknown = |what, name: &str, nearest| InputsError::Unknown {
            node: node.id.clone(),
            what,
            name: name.to_string(),
            nearest,
        };
        let from = match (&node.indicator, &node.measure) {
            (Some(id), _) => {
                if Indicators::builtin().get(id).is_none() && !is_in_the_facts(view, id)? {
                    let known = Indicators::builtin().all().map(|i| i.id.as_str());
                    return Err(unknown("indicator", id, nearest(id, known)));
                }
                From::Indicator(id)
            }
            (None, Some(id)) => {
                let known = measures.list.iter().map(|m| m.id.as_str());
                From::Measure(
                    measures
                        .get(id)
                        .ok_or_else(|| unknown("measure", id, nearest(id, known)))?,
                )
            }
            (None, None) => return Err(InputsError::NoInput { node: node.id.clone() }),
        };
        Ok(Wanted {
            input,
            from,
            around: around(recipe, input),
        })
    };
    needed.iter().map(find).collect()
}

fn is_in_the_facts(view: &View, indicator: &str) -> Result<bool, LakeError> {
    let sql = format!(
        "SELECT 1 FROM observations WHERE indicator = {} LIMIT 1",
        lysoen_facts::literal(indicator)
    );
    Ok(view.collect(&sql)?.iter().any(|batch| batch.num_rows() > 0))
}

/// The known name nearest to an unknown one; none where none is near.
fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let limit = 2.max(unknown.chars().count() / 3);
    let near = known.map(|name| (strsim::damerau_levenshtein(unknown, name), name));
    let nearest = near.filter(|(far, _)| *far <= limit).min();
    nearest.map(|(_, name)| name.to_string())
}

/// How far other years are needed to impute an input, by the recipe or by one of the alternatives that it lists.
fn around(recipe: &Recipe, input: &Input) -> Option<Around> {
    let own = input.node.impute.as_ref();
    let default = [&recipe.defaults.impute].into_iter().chain(&recipe.uncertainty.impute);
    let choices: Vec<&Impute> = match own {
        Some(own) => vec![own],
        None => default.collect(),
    };
    let reach = |impute: &Impute| match impute {
        Impute::Nearest { within } | Impute::Interpolate { within: Some(within) } => {
            Some(Around::Years(years(*within)))
        }
        Impute::Interpolate { within: None } => Some(Around::AllOnRecord),
        Impute::None | Impute::Mean | Impute::Median | Impute::GroupMean(_) | Impute::GroupMedian(_) => None,
    };
    choices.into_iter().filter_map(reach).reduce(|a, b| match (a, b) {
        (Around::Years(a), Around::Years(b)) => Around::Years(a.max(b)),
        _ => Around::AllOnRecord,
    })
}

/// A number of years, as far as periods reach.
fn years(number: u16) -> i16 {
    i16::try_from(number).unwrap_or(LAST_YEAR).min(LAST_YEAR)
}

/// The periods of the table, ascending.
struct Periods {
    all: Vec<Period>,
    asked: Vec<bool>,
    /// For each input, whether it has values in periods that were not asked for.
    spreads_out: Vec<bool>,
}

impl Periods {
    fn of(view: &View, wanted: &[Wanted<'_>], asked: &[Period]) -> Result<Periods, LakeError> {
        let mut all: BTreeSet<Period> = asked.iter().copied().collect();
        let mut spreads_out = Vec::new();
        for one in wanted {
            spreads_out.push(one.around.is_some());
            let Some(around) = one.around else { continue };
            for period in asked {
                let year = period.calendar_year();
                let (first, last) = match around {
                    Around::Years(n) => (year.saturating_sub(n), year.saturating_add(n)),
                    Around::AllOnRecord => on_record(view, one)?.unwrap_or((year, year)),
                };
                all.extend((first..=last).filter_map(|y| years_before(*period, year - y)));
            }
        }
        let all: Vec<Period> = all.into_iter().collect();
        Ok(Periods {
            asked: all.iter().map(|p| asked.contains(p)).collect(),
            all,
            spreads_out,
        })
    }

    /// How old the value of an input may be in a period of the table, in years; none where it is not needed.
    fn within(&self, period: usize, input: usize, wanted: &Wanted<'_>) -> Option<i16> {
        if self.asked[period] {
            Some(years(wanted.input.within))
        } else {
            self.spreads_out[input].then_some(0)
        }
    }
}

/// The first and the last year in which the indicators of an input have a value.
fn on_record(view: &View, wanted: &Wanted<'_>) -> Result<Option<(i16, i16)>, LakeError> {
    use arrow::array::AsArray;
    use arrow::datatypes::Date32Type;
    let indicators = list(wanted.reads().into_iter());
    let mut days: Vec<Date> = Vec::new();
    for table in ["observations", "flows"] {
        let sql = format!("SELECT min(\"end\"), max(\"end\") FROM {table} WHERE indicator IN ({indicators})");
        for batch in view.collect(&sql)? {
            for column in batch.columns() {
                let known = column.as_primitive::<Date32Type>().iter().flatten();
                days.extend(known.map(lysoen_facts::tables::from_days));
            }
        }
    }
    let (first, last) = (days.iter().min(), days.iter().max());
    Ok(first.zip(last).map(|(first, last)| (first.year(), last.year())))
}

/// The figures of the measures, as `assess` has them, as far as they have a value that is not too old.
fn figures(
    view: &View,
    measures: &Measures,
    crosswalk: &Crosswalk,
    wanted: &[Wanted<'_>],
    table: &Periods,
    candidates: &mut Candidates,
) -> Result<BTreeMap<(usize, usize, usize), Figure>, LakeError> {
    let measured: Vec<(usize, &Wanted<'_>, &Measure)> = wanted
        .iter()
        .enumerate()
        .filter_map(|(i, w)| match w.from {
            From::Measure(measure) => Some((i, w, measure)),
            From::Indicator(_) => None,
        })
        .collect();
    let mut figures = BTreeMap::new();
    if measured.is_empty() {
        return Ok(figures);
    }
    let mut put = |at: usize, input: usize, one: &Wanted<'_>, unit: usize, figure: &Figure| {
        let fresh = |within| age(figure) <= within;
        if value_of(figure, one.input.node.per_100k).is_some() && table.within(at, input, one).is_some_and(fresh) {
            figures.insert((at, input, unit), figure.clone());
        }
    };
    if let Some(level) = candidates.level {
        for (at, period) in table.all.iter().enumerate() {
            for community in of_communities(view, measures, crosswalk, level, *period, candidates)? {
                let Some(unit) = candidates.by_place.get(community.place.as_str()) else {
                    continue;
                };
                for (input, one, measure) in &measured {
                    if let Some(figure) = by_area(&community, measures, measure) {
                        put(at, *input, one, *unit, figure);
                    }
                }
            }
        }
        return Ok(figures);
    }
    let years: BTreeSet<i16> = table.all.iter().map(|p| p.calendar_year()).collect();
    let store = Store::load(view, measures, &years.into_iter().collect::<Vec<_>>())?;
    let places: Vec<Option<PlaceId>> = candidates.units.iter().map(|u| u.code.parse().ok()).collect();
    for (at, period) in table.all.iter().enumerate() {
        let computer = Computer::new(&store, measures, crosswalk, *period);
        for (input, one, measure) in &measured {
            let units = places
                .iter()
                .enumerate()
                .filter(|_| table.within(at, *input, one).is_some());
            for (unit, place) in units.filter_map(|(unit, place)| Some((unit, place.as_ref()?))) {
                put(at, *input, one, unit, &computer.figure(measure, place));
            }
        }
    }
    Ok(figures)
}

/// The figure of a measure in an area; where its sources tell nothing of the area, that of an alternative of the catalog:
/// of the displaced IOM counts by area and IDMC does not.
fn by_area<'c>(community: &'c Community, measures: &Measures, measure: &Measure) -> Option<&'c Figure> {
    let known = |id: &str| community.figure(id).filter(|figure| figure.value.is_some());
    let alternatives = measures
        .list
        .iter()
        .filter(|m| m.alternative.as_deref() == Some(measure.id.as_str()));
    known(&measure.id).or_else(|| alternatives.into_iter().find_map(|other| known(&other.id)))
}

/// The areas of the units' countries in a period, with what is known of each; a country without events has none, which
/// is noted.
fn of_communities(
    view: &View,
    measures: &Measures,
    crosswalk: &Crosswalk,
    level: Level,
    period: Period,
    candidates: &mut Candidates,
) -> Result<Vec<Community>, LakeError> {
    let countries: BTreeSet<String> = candidates
        .units
        .iter()
        .filter_map(|u| u.groups.get("country").cloned())
        .collect();
    let mut all = Vec::new();
    for country in countries.iter().filter_map(|c| c.parse().ok()) {
        let question = Question {
            country,
            level,
            span: period.into(),
            source: EVENTS.to_string(),
        };
        match communities(view, measures, crosswalk, question) {
            Ok(seen) => all.extend(seen.areas),
            Err(CommunitiesError::Lake(error)) => return Err(error),
            Err(why) => candidates.notes.push(InputNote {
                input: None,
                period: Some(period),
                text: format!("the measures are not told by area: {why}"),
            }),
        }
    }
    Ok(all)
}

/// How many years before its period a figure's newest row is; 0 for one of the period.
fn age(figure: &Figure) -> i16 {
    if !matches!(figure.coverage, Coverage::Earlier | Coverage::Stale) {
        return 0;
    }
    let own = figure
        .terms
        .iter()
        .filter(|t| !matches!(t.role, Role::Population | Role::Beside));
    let newest = own.map(|t| t.dates.1).max();
    newest.map_or(0, |day| figure.period.calendar_year() - day.year())
}

/// The number in the table of each candidate; none for those that are left out, a country or area without any value in
/// the periods asked for.
fn kept(
    candidates: &Candidates,
    places: &Places,
    table: &Periods,
    observed: &Observed,
    figures: &BTreeMap<(usize, usize, usize), Figure>,
) -> Vec<Option<usize>> {
    let mut known = vec![matches!(places, Places::List(_)); candidates.units.len()];
    for ((period, _), column) in observed.columns() {
        if table.asked[period] {
            column.known().for_each(|(unit, _)| known[unit] = true);
        }
    }
    for (period, _, unit) in figures.keys() {
        known[*unit] |= table.asked[*period];
    }
    let mut next = 0;
    let number = |known: bool| {
        known.then(|| {
            next += 1;
            next - 1
        })
    };
    known.into_iter().map(number).collect()
}

/// Says of each input without any value in an asked period that it has none, and what there is instead.
fn unknown(
    view: &View,
    wanted: &[Wanted<'_>],
    table: &Periods,
    observed: &Observed,
    figures: &BTreeMap<(usize, usize, usize), Figure>,
) -> Result<Vec<InputNote>, LakeError> {
    let mut notes = Vec::new();
    for (at, period) in table.all.iter().enumerate().filter(|(at, _)| table.asked[*at]) {
        for (input, one) in wanted.iter().enumerate() {
            let text = match one.from {
                From::Indicator(_) if observed.column(at, input).is_none() => observed::instead(view, one, *period)?,
                From::Measure(measure) if figures.range((at, input, 0)..(at, input + 1, 0)).next().is_none() => {
                    format!(
                        "`{}`: no place has a value of the measure {}",
                        one.input.key, measure.id
                    )
                }
                _ => continue,
            };
            notes.push(InputNote {
                input: Some(input),
                period: Some(*period),
                text,
            });
        }
    }
    Ok(notes)
}

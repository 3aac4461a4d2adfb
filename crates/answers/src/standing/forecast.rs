//! The forecast by country as it stands: what is told of each place, without the models that made it.

use lysoen_facts::ViewAt;
use lysoen_forecasts::Target;
use lysoen_forecasts::summary::Summary;
use lysoen_lexicon::panel::Month;
use lysoen_measures::panels::LongSpans;

use crate::error::AnswerError;
use crate::forecast::live::{LiveRequest, ModelCard, live};
use crate::forecast::series::{FactsSeries, SeriesOf, Units};
use crate::forecast::stored::{StoredBacktest, stored};
use crate::observatory::Observatory;
use crate::policy::derived_may_leave;
use crate::sheet::{Cell, Sheet, SourceNote};

/// Months ahead, as `lysoen forecast` has them unasked.
const MONTHS: u32 = 36;

/// A forecast of every country.
#[derive(Clone, Debug)]
pub struct StandingForecast {
    /// What made it, from what, and how good such forecasts have been.
    pub card: ModelCard,
    /// The columns and notes of its sheet.
    pub head: Sheet,
    /// The countries, in the order of the series.
    pub units: Vec<UnitForecast>,
    /// The last backtest of countries, as the observatory keeps it.
    pub record: Option<StoredBacktest>,
}

/// A country's forecast.
#[derive(Clone, Debug)]
pub struct UnitForecast {
    /// Its code.
    pub code: String,
    /// Rows of the sheet: months, then totals.
    pub rows: Vec<Vec<Cell>>,
    /// The forecast of each target.
    pub ahead: Vec<(Target, Summary)>,
    /// What moves it: the driver and what is said of it.
    pub why: Vec<(&'static str, String)>,
    /// The first month of its history.
    pub from: Month,
    /// Deaths by month up to the origin; none where nothing is known.
    pub history: Vec<Option<f64>>,
}

impl StandingForecast {
    /// Forecasts the countries of an observatory from its facts in a view.
    pub(super) fn of(observatory: &Observatory, at: &ViewAt) -> Result<StandingForecast, AnswerError> {
        let series = SeriesOf::Facts(FactsSeries {
            observatory,
            at: at.clone(),
            units: Units::Countries,
            violence: None,
            source: None,
            places: None,
            long: LongSpans::default(),
        });
        let request = LiveRequest {
            series,
            months: MONTHS,
            models: Vec::new(),
            seed: 1,
            beside: Vec::new(),
            today: observatory.today,
            before: None,
        };
        let answer = live(&request, &|_| {})?;
        let open = |source: &SourceNote| derived_may_leave(&observatory.catalog, &source.id);
        let may_leave = |backtest: &StoredBacktest| backtest.sources.iter().all(open);
        let name = |code: &str| code.parse().ok().map(|place| observatory.name(&place));
        let told = answer.told();
        let mut units: Vec<UnitForecast> = told
            .into_iter()
            .filter_map(|(code, told)| {
                let unit = answer.unit(&code)?;
                let (from, history) = answer.history(unit);
                Some(UnitForecast {
                    code,
                    rows: Vec::new(),
                    ahead: told.iter().map(|told| (told.target, told.summary)).collect(),
                    why: answer
                        .why(unit)
                        .into_iter()
                        .map(|(driver, said)| (driver.name(), said))
                        .collect(),
                    from,
                    history,
                })
            })
            .collect();
        answer.each_row(name, |row| {
            if let Some(Cell::Text(code)) = row.first()
                && let Some(unit) = units.iter_mut().find(|unit| unit.code == *code)
            {
                unit.rows.push(row.to_vec());
            }
            Ok::<(), AnswerError>(())
        })?;
        Ok(StandingForecast {
            head: answer.head(),
            units,
            record: stored(observatory, Units::Countries.level()).filter(may_leave),
            card: answer.card,
        })
    }

    /// The forecast of a country.
    pub fn unit(&self, code: &str) -> Option<&UnitForecast> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The first and last month of a target.
    pub fn months(&self, target: Target) -> (Month, Month) {
        let origin = self.card.origin;
        (origin.plus(target.first as i32), origin.plus(target.last as i32))
    }

    /// The sheet of some countries; of all where none is named.
    pub fn sheet(&self, codes: &[String]) -> Sheet {
        let wanted = self
            .units
            .iter()
            .filter(|unit| codes.is_empty() || codes.contains(&unit.code));
        Sheet {
            rows: wanted.flat_map(|unit| unit.rows.iter().cloned()).collect(),
            ..self.head.clone()
        }
    }
}

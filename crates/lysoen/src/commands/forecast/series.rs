//! Which series is meant.

use lysoen_answers::Observatory;
use lysoen_answers::forecast::series::{FactsSeries, FileSeries, SeriesOf, Units};
use lysoen_measures::communities::Level;

use crate::cli::{Global, SeriesArgs, SeriesLevel};
use crate::commands::view_at;
use crate::failure::Failure;

/// The series of the arguments: of a table, with the column of `actuals`, or of an observatory's facts.
pub(super) fn series<'o>(
    args: &SeriesArgs,
    actuals: Option<&String>,
    global: &Global,
    observatory: Option<&'o Observatory>,
) -> Result<SeriesOf<'o>, Failure> {
    if let Some(path) = &args.series {
        return Ok(SeriesOf::File(FileSeries {
            path: path.clone(),
            unit: args.unit_column.clone(),
            month: args.month_column.clone(),
            value: args.value_column.clone(),
            actuals: actuals.cloned(),
            beside: Vec::new(),
        }));
    }
    let observatory =
        observatory.ok_or_else(|| Failure::Usage("a series needs a table or an observatory".to_string()))?;
    if let Some(card) = &args.source
        && observatory.catalog.card(card).is_none()
    {
        return Err(lysoen_answers::AnswerError::Source(card.clone()).into());
    }
    let mut places = Vec::new();
    for typed in &args.place {
        places.push(observatory.place(typed)?);
    }
    let level = match args.level {
        SeriesLevel::Country | SeriesLevel::Grid => None,
        SeriesLevel::Admin1 => Some(Level::Admin1),
        SeriesLevel::Admin2 => Some(Level::Admin2),
        SeriesLevel::Admin3 => Some(Level::Admin3),
    };
    let units = match (level, &places[..]) {
        (None, _) if args.level == SeriesLevel::Grid => Units::Cells,
        (None, _) => Units::Countries,
        (Some(level), [country]) => Units::Areas(country.clone(), level),
        (Some(_), _) => {
            let said = "areas are those of one country; name it with --place";
            return Err(Failure::Usage(said.to_string()));
        }
    };
    Ok(SeriesOf::Facts(FactsSeries {
        observatory,
        at: view_at(global, false),
        places: (level.is_none() && !places.is_empty()).then_some(places),
        units,
        violence: args.violence.map(Into::into),
        source: args.source.clone(),
        long: args.spans.into(),
    }))
}

//! Which series is forecast, and what stands beside, by the arguments.

use std::path::PathBuf;

use lysoen_answers::Observatory;
use lysoen_answers::forecast::elsewhere;
use lysoen_answers::forecast::series::{FactsSeries, FileSeries, SeriesOf, Units};
use lysoen_measures::communities::Level;
use lysoen_measures::panels::{LongSpans, Violence};

use crate::cli::{ForecastLevel, Global, SeriesArgs, Spans, ViolenceKind};
use crate::commands::view_at;
use crate::failure::Failure;

/// The series that is asked for; `actuals` is the column of a table by which forecasts are scored.
pub(super) fn series<'o>(
    args: &SeriesArgs,
    actuals: Option<&String>,
    observatory: Option<&'o Observatory>,
    global: &Global,
) -> Result<SeriesOf<'o>, Failure> {
    if let Some(path) = &args.series {
        return Ok(SeriesOf::File(FileSeries {
            path: path.clone(),
            unit: args.unit_column.clone(),
            month: args.month_column.clone(),
            value: args.value_column.clone(),
            actuals: actuals.cloned(),
            beside: args.beside_columns.clone(),
        }));
    }
    let Some(observatory) = observatory else {
        return Err(Failure::Usage("a series needs an observatory or a file".to_string()));
    };
    let within = args.within.iter().map(|place| Ok(observatory.place(place)?));
    let within = within.collect::<Result<Vec<_>, Failure>>()?;
    let areas = |level| match &within[..] {
        [country] => Ok(Units::Areas(country.clone(), level)),
        _ => Err(Failure::Usage(
            "areas are forecast within one country: name it with --within, such as --within CAF".to_string(),
        )),
    };
    let units = match args.level {
        ForecastLevel::Country => Units::Countries,
        ForecastLevel::Grid => Units::Cells,
        ForecastLevel::Admin1 => areas(Level::Admin1)?,
        ForecastLevel::Admin2 => areas(Level::Admin2)?,
        ForecastLevel::Admin3 => areas(Level::Admin3)?,
    };
    Ok(SeriesOf::Facts(FactsSeries {
        observatory,
        at: view_at(global, global.as_of.is_some()),
        units,
        violence: args.violence.map(|kind| match kind {
            ViolenceKind::StateBased => Violence::StateBased,
            ViolenceKind::NonState => Violence::NonState,
            ViolenceKind::OneSided => Violence::OneSided,
            ViolenceKind::All => Violence::All,
        }),
        source: args.source.clone(),
        places: (!within.is_empty()).then_some(within),
        long: match args.spans {
            Spans::EndMonth => LongSpans::EndMonth,
            Spans::Spread => LongSpans::Spread,
            Spans::Drop => LongSpans::Drop,
        },
    }))
}

/// The files of forecasts made elsewhere: those named, and those kept.
pub(super) fn beside(
    named: &[(String, Option<PathBuf>)],
    observatory: Option<&Observatory>,
) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut beside = Vec::new();
    for (name, file) in named {
        let file = match (file, observatory) {
            (Some(file), _) => file.clone(),
            (None, Some(observatory)) => elsewhere::file(observatory, name)?,
            (None, None) => return Err(Failure::Usage(format!("name the file of {name}: --beside {name}=FILE"))),
        };
        beside.push((name.clone(), file));
    }
    Ok(beside)
}

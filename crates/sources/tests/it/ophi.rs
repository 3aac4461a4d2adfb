//! The global Multidimensional Poverty Index.

use std::path::Path;

use jiff::civil::date;
use lysoen_sources::finding::Severity;
use lysoen_sources::reader::VintageBasis;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::taken::{Taken, file, shared, text};

/// A column of a sheet: its heading in the four rows of the header, and its cells.
type Column<'a> = ([&'a str; 4], Vec<&'a str>);

/// Lays a sheet out as OPHI does: three lines of title, a header of four rows whose cells are merged, an empty row, data,
/// notes.
fn sheet(book: &mut Workbook, name: &str, columns: &[Column<'_>], note: &str) {
    let sheet: &mut Worksheet = book.add_worksheet().set_name(name).expect("a name");
    sheet.write(0, 0, "Table of results").expect("a cell");
    sheet.write(2, 0, "Citation: Alkire and others").expect("a cell");
    let plain = Format::new();
    for (at, (heading, cells)) in columns.iter().enumerate() {
        let at = at as u16;
        let mut level = 0;
        while level < 4 {
            let last = (level + 1..4)
                .take_while(|next| heading[*next].is_empty())
                .last()
                .unwrap_or(level);
            let (top, bottom) = (4 + level as u32, 4 + last as u32);
            // A group is merged over the neighbours that bear its name.
            let of_group = |c: &Column<'_>| c.0[level] == heading[level] && level < 2 && c.0 != *heading;
            let right = columns[at as usize + 1..].iter().take_while(|c| of_group(c)).count() as u16;
            let covered = at > 0 && level < 2 && columns[at as usize - 1].0[level] == heading[level];
            if !covered && (right > 0 || bottom > top) {
                sheet
                    .merge_range(top, at, bottom, at + right, heading[level], &plain)
                    .expect("merged cells");
            } else if !covered {
                sheet.write(top, at, heading[level]).expect("a cell");
            }
            level = last + 1;
        }
        for (row, cell) in cells.iter().enumerate() {
            let row = 9 + row as u32;
            match cell.parse::<f64>() {
                Ok(number) if !heading[0].contains("source") => sheet.write(row, at, number).expect("a cell"),
                _ if cell.is_empty() => sheet,
                _ => sheet.write(row, at, *cell).expect("a cell"),
            };
        }
    }
    let last = 9 + columns[0].1.len() as u32;
    sheet.write(last + 1, 0, "Notes").expect("a cell");
    sheet.write(last + 2, 0, note).expect("a cell");
}

const UPDATED: &str = "Tables 1.1 - 1.7 updated on 04 July 2024 ";

fn who<'a>() -> Vec<Column<'a>> {
    vec![
        (["ISO\ncountry numeric code", "", "", ""], vec!["688", "51", "1"]),
        (["ISO\ncountry code", "", "", ""], vec!["SRB", "ARM", "QQQ"]),
        (["Country", "", "", ""], vec!["Serbia", "Armenia", "Nowhere"]),
        (["World region", "", "", ""], vec!["Europe", "Europe", "Europe"]),
        (["MPI data source", "", "Survey ", ""], vec!["MICS", "DHS", "DHS"]),
        (["MPI data source", "", "Year", ""], vec!["2019", "2015-2016", "2020"]),
    ]
}

fn national(path: &Path) -> Taken {
    let mut book = Workbook::new();
    let poverty = "Multidimensional poverty";
    let mut results = who();
    results.extend([
        (
            [
                poverty,
                "Multidimensional Poverty Index\n(MPI = H*A)",
                "",
                "Range 0 to 1",
            ],
            vec!["0.0004", "0.0007", "0.1"],
        ),
        (
            [
                poverty,
                "Headcount ratio: Population in multidimensional poverty\n(H)",
                "",
                "% Population",
            ],
            vec!["0.114", "101", "1"],
        ),
        (
            [
                poverty,
                "Intensity of deprivation among the poor\n(A) ",
                "",
                "Average %",
            ],
            vec!["38.1", "36.2", "1"],
        ),
        (
            [
                poverty,
                "Vulnerable to poverty (who experience 20-33.32%) ",
                "",
                "% Population",
            ],
            vec!["2.1", "2.8", "1"],
        ),
        (
            [
                poverty,
                "In severe poverty (severity 50% or higher) ",
                "",
                "% Population",
            ],
            vec!["0.008", "0", "1"],
        ),
        (
            ["Total population⁴", "Year of the survey⁶", "", "Thousands"],
            vec!["6966.1525", "2918.7925", "1"],
        ),
        (
            ["Total population⁴", "Population 2022", "", "Thousands"],
            vec!["6791.2", "2880.9", "1"],
        ),
        (
            ["Indicators included in the MPI", "Indicator (s) missing", "", ""],
            vec!["", "Nutrition", ""],
        ),
    ]);
    sheet(&mut book, "1.1 National MPI Results", &results, UPDATED);
    let deprived = "Percentage of people who are poor and deprived in….";
    let mut censored = who();
    censored.extend([
        ([deprived, "Health", "Nutrition", "% Population"], vec!["0.02", "", "1"]),
        (
            [deprived, "Health", "Child mortality", "% Population"],
            vec!["0.05", "0.09", "1"],
        ),
        (
            [deprived, "Living Standards", "Cooking \nfuel", "% Population"],
            vec!["0.1", "0.07", "1"],
        ),
    ]);
    sheet(&mut book, "1.2 Censored Headcounts", &censored, UPDATED);
    let index = "Multidimensional Poverty Index\n(MPI = H*A)";
    let mut ranges = who();
    ranges.extend([
        (
            [index, "Point estimate", "", "Range 0 to 1"],
            vec!["0.0004", "0.0007", "0"],
        ),
        (
            [index, "Lower \nbound \n(95%)", "", "Range 0 to 1"],
            vec!["0.0002", "0.0009", "0"],
        ),
        (
            [index, "Upper \nbound \n(95%)", "", "Range 0 to 1"],
            vec!["0.0009", "0.0003", "0"],
        ),
        (
            [
                "Headcount ratio: \nPopulation (H)",
                "Lower \nbound \n(95%)",
                "",
                "% Population",
            ],
            vec!["0.05", "0.09", "0"],
        ),
        (
            [
                "Headcount ratio: \nPopulation (H)",
                "Upper \nbound \n(95%)",
                "",
                "% Population",
            ],
            vec!["0.24", "0.38", "0"],
        ),
    ]);
    sheet(&mut book, "1.5 SEs & CIs", &ranges, UPDATED);
    book.save(path).expect("a workbook");
    file(path)
}

#[test]
fn a_workbook_with_headers_of_four_rows_becomes_observations_with_intervals() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = national(&folder.path().join("results.xlsx"));
    assert_eq!(taken.layout, "ophi-mpi/national");
    let mpi = taken.one("SRB", "mpi", "");
    assert_eq!((mpi.value, mpi.interval), (0.0004, Some((0.0002, 0.0009))));
    assert_eq!(mpi.interval_kind.as_deref(), Some("confidence-0.95"));
    assert_eq!((mpi.start, mpi.end), (date(2019, 1, 1), date(2019, 12, 31)));
    assert_eq!((mpi.population, mpi.row), (Some(6_966_152.5), 10));
    let armenia = taken.one("ARM", "mpi_severe", "");
    assert_eq!(
        (armenia.value, armenia.start, armenia.end),
        (0.0, date(2015, 1, 1), date(2016, 12, 31))
    );
    assert_eq!(
        armenia.note.as_deref(),
        Some("survey: DHS; without the indicator Nutrition")
    );
    assert_eq!(taken.one("SRB", "mpi_headcount", "indicator=cooking-fuel").value, 0.1);
    // Armenia's survey did not ask about nutrition: no value is no zero.
    assert!(
        !taken
            .observations
            .iter()
            .any(|o| o.country.as_deref() == Some("ARM") && o.breakdown == "indicator=nutrition")
    );
    let vintage = taken.vintage.expect("a vintage");
    // Updated in July, public by the end of October.
    assert_eq!((vintage.date, vintage.basis), (date(2024, 10, 31), VintageBasis::File));
}

#[test]
fn what_is_wrong_in_a_workbook_is_told_by_sheet_row_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = national(&folder.path().join("results.xlsx"));
    // Three sheets of three rows, of which one has no known country, and two lines of notes each.
    assert_eq!(taken.counts(), [15, 6, 3, 6]);
    assert_eq!(taken.texts(Severity::Rejected).len(), 3);
    let warnings = taken.texts(Severity::Warning);
    assert!(
        warnings
            .iter()
            .any(|w| w.contains("row 11") && w.contains("headcount ratio") && w.contains("found 101")),
        "{warnings:?}"
    );
    assert!(
        warnings
            .iter()
            .any(|w| w.contains("1.5 SEs & CIs") && w.contains("0.0009 above 0.0003")),
        "{warnings:?}"
    );
    assert!(
        !taken
            .observations
            .iter()
            .any(|o| o.place == "ARM" && o.indicator == "mpi_headcount" && o.breakdown.is_empty())
    );
    assert_eq!(taken.one("ARM", "mpi", "").interval, None);
}

const TABLE: &str = "Country ISO3,Admin 1 PCode,Admin 1 Name,MPI,Headcount Ratio,Intensity of Deprivation,Vulnerable to Poverty,In Severe Poverty,Survey,Start Date,End Date\n\
GHA,,,0.1,24.6,45.1,20.2,8.4,DHS,2022-01-01 00:00:00+00:00,2022-12-31 23:59:59+00:00\n\
GHA,GH08,Northern,0.2,40.1,50.1,20.2,18.4,DHS,2022-01-01 00:00:00+00:00,2022-12-31 23:59:59+00:00\n\
GHA,GH08,Savannah,0.3,50.1,55.1,20.2,28.4,DHS,2022-01-01 00:00:00+00:00,2022-12-31 23:59:59+00:00\n\
GHA,GH02,Ashanti,0.0,0.0,,3.2,0.0,DHS,2022-01-01 00:00:00+00:00,2022-12-31 23:59:59+00:00\n\
ARG,,AMBA,0.0011,0.3369,33.5482,1.2995,0.0000,MICS,2019-01-01 00:00:00+00:00,2020-12-31 00:00:00+00:00\n\
ARG,,NEA,0.0029,0.8079,33.5482,1.2995,1.0000,MICS,2020-01-01 00:00:00+00:00,2019-12-31 00:00:00+00:00\n";

#[test]
fn regions_have_their_p_code_where_it_is_theirs_alone() {
    let taken = text("global_mpi.csv", TABLE);
    assert_eq!(
        (taken.layout.as_str(), taken.dataset.as_str()),
        ("ophi-mpi-hdx/table", "mpi")
    );
    assert_eq!(taken.counts(), [6, 5, 1, 0]);
    let places: Vec<_> = taken
        .observations
        .iter()
        .filter(|o| o.indicator == "mpi")
        .map(|o| o.place.as_str())
        .collect();
    assert_eq!(places, ["GHA", "GHA/Northern", "GHA/Savannah", "GH02", "ARG/AMBA"]);
    assert!(
        !taken
            .observations
            .iter()
            .any(|o| o.place == "GH02" && o.indicator == "mpi_intensity")
    );
    assert!(taken.texts(Severity::Rejected)[0].contains("row 7, column End Date"));
    assert_eq!(taken.vintage.expect("a vintage").date, date(2024, 10, 31));
}

#[test]
fn trends_are_told_apart_by_their_repeated_surveys() {
    let again = TABLE
        .lines()
        .nth(1)
        .expect("a row")
        .replace("2022", "2017")
        .replace("0.1,24.6", "0.14,30.1");
    let taken = text("global_mpi.csv", &format!("{TABLE}{again}\n"));
    assert_eq!(taken.dataset, "mpi-trends");
    assert!(taken.observations.iter().all(|o| o.status == "harmonised over time"));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_national_workbook_holds_112_countries() {
    let taken = file(&shared("indices/ophi_national_results_mpi.xlsx"));
    assert_eq!(taken.layout, "ophi-mpi/national");
    assert_eq!(
        (taken.texts(Severity::Rejected), taken.texts(Severity::Warning)),
        (vec![], vec![])
    );
    assert_eq!(taken.findings.rows_kept, 3 * 112);
    taken.counts();
    let of = |indicator: &str, total: bool| {
        taken
            .observations
            .iter()
            .filter(|o| o.indicator == indicator && o.breakdown.is_empty() == total)
            .count()
    };
    for indicator in ["mpi", "mpi_headcount", "mpi_intensity", "mpi_vulnerable", "mpi_severe"] {
        assert_eq!(of(indicator, true), 112, "{indicator}");
    }
    // Ten indicators for each country, less the 26 that a survey lacks (one survey lacks two).
    assert_eq!(of("mpi_headcount", false), 10 * 112 - 26);
    let afghanistan = taken.one("AFG", "mpi", "");
    assert_eq!(afghanistan.value, 0.3603053189049837);
    assert_eq!(afghanistan.population, Some(41_454_761.0));
    let serbia = taken.one("SRB", "mpi_headcount", "");
    assert_eq!(serbia.interval, Some((0.052_678_662_423_070_004, 0.245_119_734_721_85)));
    assert_eq!(taken.vintage.expect("a vintage").date, date(2024, 10, 31));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_subnational_workbook_holds_1359_regions() {
    let taken = file(&shared("indices/ophi_subnational_results_mpi.xlsx"));
    assert_eq!(taken.layout, "ophi-mpi/subnational");
    assert_eq!(
        (taken.texts(Severity::Rejected), taken.texts(Severity::Warning)),
        (vec![], vec![])
    );
    taken.counts();
    let regions = taken.observations.iter().filter(|o| o.indicator == "mpi").count();
    assert_eq!(regions, 1359);
    let badakhshan = taken.one("AFG/Badakhshan", "mpi", "");
    assert_eq!(
        (badakhshan.value, badakhshan.country.as_deref()),
        (0.4281842976127924, Some("AFG"))
    );
    assert_eq!(badakhshan.interval, Some((0.3864769792074105, 0.470937648130183)));
    assert_eq!(
        taken.one("AFG/Badakhshan", "mpi_headcount", "indicator=housing").value,
        79.05665042493914
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_flat_tables_agree_with_the_workbooks() {
    let table = file(&shared("indices/ophi_global_mpi.csv"));
    assert_eq!(table.dataset, "mpi");
    assert_eq!(table.counts(), [1471, 1471, 0, 0]);
    let book = file(&shared("indices/ophi_national_results_mpi.xlsx"));
    let national = book.observations.iter().filter(|o| o.breakdown.is_empty());
    for exact in national {
        let rounded = table.one(&exact.place, &exact.indicator, "");
        assert!(
            (rounded.value - exact.value).abs() < 5.1e-5,
            "{} {}",
            exact.place,
            exact.indicator
        );
        assert_eq!(
            (rounded.start, rounded.end),
            (exact.start, exact.end),
            "{}",
            exact.place
        );
    }
    let trends = file(&shared("indices/ophi_global_mpi_trends.csv.gz"));
    assert_eq!(trends.dataset, "mpi-trends");
    assert_eq!(trends.counts(), [2576, 2576, 0, 0]);
}

//! A card per source: who publishes it, under which licence, what to beware of, and how its files are laid out.
//!
//! Cards are the TOML files of `catalog/sources/`; an observatory's own `catalog/sources/` overrides or adds to them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A source.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Short name, in lower case with hyphens, such as `ucdp-ged`. It is the name of the file.
    pub id: String,
    /// The data set by its full name.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Licence, as an SPDX identifier where there is one.
    pub licence: String,
    /// Where the licence or the terms of use stand.
    #[serde(default)]
    pub licence_url: Option<String>,
    /// Whether rows may leave the observatory in an export or on a public page.
    pub redistribute: bool,
    /// Whether figures derived from the rows may leave although the rows may not. Default: as `redistribute`.
    #[serde(default)]
    pub redistribute_derived: Option<bool>,
    /// How to cite it.
    pub citation: String,
    /// Where it lives.
    pub homepage: String,
    /// How often it is published, in words.
    pub cadence: String,
    /// Days from the end of a period to its publication; used to reconstruct what was known on a day.
    pub publication_lag_days: u32,
    /// What a reader of its figures must know.
    #[serde(default)]
    pub caveats: Vec<String>,
    /// What its files hold, column by column where that needs saying.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Where `lysoen fetch` downloads it.
    #[serde(default)]
    pub download: Vec<Download>,
    /// The day by which each release was public, by the publisher's name of the release.
    #[serde(default)]
    pub vintages: BTreeMap<String, jiff_date::Day>,
    /// How its files are laid out.
    #[serde(default, rename = "layout")]
    pub layouts: Vec<Layout>,
}

impl Card {
    /// Whether figures derived from this source may leave the observatory.
    pub fn derived_may_leave(&self) -> bool {
        self.redistribute_derived.unwrap_or(self.redistribute)
    }
}

/// A file that can be downloaded.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Download {
    /// Address; `{year}` and `{version}` are filled in from the command line.
    pub url: String,
    /// Name under which the file is kept.
    pub file: String,
    /// SHA-256 of the file, where the publisher gives one.
    #[serde(default)]
    pub sha256: Option<String>,
    /// What the file is, or what is needed to get it (an account, say).
    #[serde(default)]
    pub note: Option<String>,
}

/// One layout of a source's files.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Short name, unique within the card.
    pub name: String,
    /// What releases of this layout are releases of; layouts of one data set share it, so that two layouts of one
    /// release count once. Default: the layout's name.
    #[serde(default)]
    pub dataset: Option<String>,
    /// The reader: `table` (the mapping below) or one made for the source.
    #[serde(default = "table")]
    pub reader: String,
    /// How a file of this layout is known by its content.
    pub recognise: Recognise,
    /// What a file is complete for.
    pub scope: Scope,
    /// How many countries a file must name to count as the world's (scope `world`, reader `table`; origins and
    /// destinations count alike): below that it is an extract, complete for the countries in it at most. Default: 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world_from: Option<u32>,
    /// Which table its rows go to (reader `table`): `observations` or `flows`.
    #[serde(default)]
    pub table: Option<MappedTable>,
    /// The place of a row (observations).
    #[serde(default)]
    pub place: Option<PlaceColumns>,
    /// Where a flow comes from.
    #[serde(default)]
    pub origin: Option<PlaceColumns>,
    /// Where a flow goes to.
    #[serde(default)]
    pub destination: Option<PlaceColumns>,
    /// The period of a row.
    #[serde(default)]
    pub period: Option<PeriodColumns>,
    /// Rows are taken only where each named column holds one of the values; other rows are skipped, not rejected.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// Cell texts that mean "no value", besides the empty cell. (Zero is a value.)
    #[serde(default)]
    pub missing: Vec<String>,
    /// Groups that a row's value is for.
    #[serde(default)]
    pub breakdown: Vec<BreakdownColumn>,
    /// The status of a row's value.
    #[serde(default)]
    pub status: Option<StatusColumn>,
    /// Column whose text becomes the note of each row.
    #[serde(default)]
    pub note: Option<String>,
    /// What it means when two rows of the file are about the same thing.
    #[serde(default)]
    pub repeats: Repeats,
    /// How the file tells its vintage.
    #[serde(default)]
    pub vintage: Option<VintageFrom>,
    /// The values in a row.
    #[serde(default, rename = "value")]
    pub values: Vec<ValueColumn>,
    /// For wide files: columns named by year.
    #[serde(default)]
    pub wide: Option<Wide>,
    /// For long files: a column names the indicator and another holds the value.
    #[serde(default)]
    pub long: Option<Long>,
    /// For files with HXL tags (reader `hxl`): which tags hold values, and of what.
    #[serde(default)]
    pub hxl: Option<Hxl>,
    /// For boundaries (reader `boundaries`): which columns say what area a feature is. Its country is the layout's
    /// `place`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaColumns>,
}

fn table() -> String {
    "table".into()
}

impl Layout {
    /// Half of the world's some 200 countries: what a file names at least that is meant to be of all of them.
    pub const WORLD_FROM: u32 = 100;

    /// How many countries a file of the world's names at least.
    pub fn world_from(&self) -> usize {
        self.world_from.unwrap_or(Self::WORLD_FROM) as usize
    }

    /// The name of the data set within the card.
    pub fn dataset(&self) -> &str {
        self.dataset.as_deref().unwrap_or(&self.name)
    }
}

/// What it means when two rows of a file have the same key (place, period, indicator, breakdown, status).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Repeats {
    /// A mistake, unless they say the same: the first one stands, another value is rejected.
    #[default]
    Conflict,
    /// The publisher lists the newest word first: the first one stands, the others are skipped.
    First,
    /// They are different things that the file cannot tell apart: all are kept, from the second on with a breakdown
    /// `part=2`, `part=3`, ….
    Numbered,
}

/// How a file tells its vintage. The first of these that leads to a day counts.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct VintageFrom {
    /// Column whose first text is the release's name on the card, or a day.
    pub column: Option<String>,
    /// A pattern for the file's name: `*` stands for any text and `{version}` for the release's name on the card, or
    /// for a day.
    pub file_name: Option<String>,
    /// The release's name on the card, for layouts that only one release has. With `infer`, a file with figures of
    /// later days than that release is taken to be of another one.
    pub fixed: Option<String>,
    /// Whether the vintage may be concluded from the newest period in the file plus the card's publication lag.
    /// (Rows with a projection's status do not count.)
    pub infer: bool,
}

/// How a file is known by its content. All that is given must hold.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Recognise {
    /// Columns that must be present (case and surrounding space do not matter).
    pub columns: Vec<String>,
    /// Columns that must be absent.
    pub without: Vec<String>,
    /// Whether no other columns may be present.
    pub exactly: bool,
    /// HXL tags that must be present in the tag row.
    pub hxl: Vec<String>,
    /// Whether there must be a row of HXL tags, whichever they are.
    pub tagged: bool,
    /// The file's kind: csv, xlsx, parquet, geojson, flatgeobuf, geopackage, shapefile, json, xml. Default: any table.
    pub kind: Option<String>,
    /// Whether its rows must have geometries, whatever its kind.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub geometry: bool,
    /// Name of the worksheet that holds the table (xlsx), as a prefix.
    pub sheet: Option<String>,
    /// Text that must occur in the first 64 KiB.
    pub contains: Vec<String>,
    /// A pattern that the file's name must match, with `*` for any text, where the content alone cannot tell.
    pub file_name: Option<String>,
}

/// What a file of a layout is complete for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every place, between the file's first and last period.
    World,
    /// The countries that occur in it, between its first and last period.
    Countries,
    /// Nothing: it adds and amends by key.
    Partial,
}

/// The tables that the mapping can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MappedTable {
    /// Values of indicators.
    Observations,
    /// Quantities from place to place.
    Flows,
}

/// Where a row says which place it is about.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceColumns {
    /// Column of the country.
    #[serde(default)]
    pub column: Option<String>,
    /// A fixed country, for files about one.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The code system of the column: iso3, iso2, m49, gw, cow, unhcr, views, vdem, name, any.
    #[serde(default)]
    pub code: Option<String>,
    /// What the source means by texts that the crosswalk does not know or finds ambiguous: place ids by text. With an empty
    /// place id the row is about no place of the lake, and is skipped.
    #[serde(default)]
    pub means: BTreeMap<String, String>,
    /// Columns of P-codes, coarsest first; the finest one that is filled names the place.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Columns of area names, coarsest first, for files without P-codes: the place is `ISO3/name/name`.
    #[serde(default)]
    pub area_names: Vec<String>,
}

/// Which columns say what area a feature is, by P-code or, without one, by name.
///
/// `{level}` in the name of a column stands for the number of an administrative level, 0 (the country) to 4. The level of
/// a file is then the deepest of which it has the column, unless `level` or `level_column` says it; the columns of the
/// levels above say within which areas the feature lies. The layout's `dataset` may have `{level}` in it too, so that the
/// areas of one level do not replace those of another.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AreaColumns {
    /// Column of the P-code. Without it an area is known by its names, as `ISO3/name/name`.
    pub pcode: Option<String>,
    /// Columns of the name: the first that is filled is the name, the next that says something else the other name.
    pub name: Vec<String>,
    /// Column of the P-code of the area around it (without P-codes, of its name), where `{level}` does not lead there.
    pub parent: Option<String>,
    /// The level of every feature, 0 to 4.
    pub level: Option<i16>,
    /// Column of the level.
    pub level_column: Option<String>,
    /// Column of the first day on which the area exists.
    pub valid_from: Option<String>,
    /// Column of the last day on which it exists.
    pub valid_to: Option<String>,
}

/// Where a row says which period it is about.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodColumns {
    /// How the period is written.
    pub form: PeriodForm,
    /// Column of the year, month, date or month number.
    #[serde(default)]
    pub column: Option<String>,
    /// Column of the first day (form `range`); where both days are empty, the year in `column` counts, if that is given.
    #[serde(default)]
    pub start: Option<String>,
    /// Column of the last day (form `range`).
    #[serde(default)]
    pub end: Option<String>,
    /// A fixed period, for files about one.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The part of the period that the value is for.
    #[serde(default)]
    pub at: At,
}

/// How a period is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodForm {
    /// 2024, 2024.0, also "2019-2020" and "2019/2020" (survey years; the period runs over both).
    Year,
    /// 2024-03 or 2024M03.
    Month,
    /// VIEWS month number: 1 is January 1980.
    MonthId,
    /// One day, in any of the forms that `cell::date` reads.
    Date,
    /// Two columns of days.
    Range,
    /// A fixed period named in the layout.
    Fixed,
    /// The only year (1900 to 2099) in the file's name, for files that give none.
    FileName,
}

/// The part of the period that a value is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The whole period.
    #[default]
    Whole,
    /// Its last day (year-end stocks).
    End,
    /// Its middle (mid-year population: 1 July).
    Middle,
}

/// A column that says which group a value is for.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakdownColumn {
    /// The key in the row's breakdown, such as `gender`.
    pub key: String,
    /// The column.
    pub column: String,
    /// The texts that mean the whole population; they add nothing to the breakdown.
    #[serde(default)]
    pub total: Vec<String>,
}

/// Where a row says how final its value is.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusColumn {
    /// The column; its text becomes the status.
    #[serde(default)]
    pub column: Option<String>,
    /// A fixed status.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The texts that mean a final value.
    #[serde(default)]
    pub total: Vec<String>,
    /// Years from which on values are projections, if any.
    #[serde(default)]
    pub projection_from: Option<i16>,
    /// Years from which on values are preliminary, if any.
    #[serde(default)]
    pub preliminary_from: Option<i16>,
}

/// A column that holds a value.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueColumn {
    /// The column.
    pub column: String,
    /// The indicator.
    pub indicator: String,
    /// Unit, where it is not the indicator's own.
    #[serde(default)]
    pub unit: Option<String>,
    /// What the cell is multiplied by to be in that unit.
    #[serde(default)]
    pub scale: Option<f64>,
    /// Whether the value is 100 minus the cell or 1 minus it (an access rate told as a lack): the minuend.
    #[serde(default)]
    pub complement_of: Option<f64>,
    /// Column of the interval's lower end.
    #[serde(default)]
    pub low: Option<String>,
    /// Column of the interval's upper end.
    #[serde(default)]
    pub high: Option<String>,
    /// What the interval is: source-range, confidence-95, …
    #[serde(default)]
    pub interval: Option<String>,
    /// Column of the population to which the value applies.
    #[serde(default)]
    pub population: Option<String>,
    /// Smallest value that is possible; anything below is rejected.
    #[serde(default)]
    pub min: Option<f64>,
    /// Largest value that is possible; anything above is rejected.
    #[serde(default)]
    pub max: Option<f64>,
    /// Fixed entries of the breakdown for this column, such as `gender=f`.
    #[serde(default)]
    pub breakdown: Option<String>,
    /// First year of which the column is this indicator, where its meaning changed.
    #[serde(default)]
    pub from_year: Option<i16>,
    /// Last year of which the column is this indicator.
    #[serde(default)]
    pub to_year: Option<i16>,
    /// Fixed status for this column.
    #[serde(default)]
    pub status: Option<String>,
    /// The part of the period that this value is for, where it is not the layout's.
    #[serde(default)]
    pub at: Option<At>,
}

/// Wide files: the year, or the indicator and the year, stand in the column's name.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wide {
    /// `{year}` or `{name}_{year}`.
    pub pattern: String,
    /// What each name is; without `{name}` one entry with an empty `column`.
    #[serde(rename = "value")]
    pub values: Vec<ValueColumn>,
    /// Whether names that are not listed are taken too, as indicator `<source>:<name>`.
    #[serde(default)]
    pub others: bool,
    /// Unit of such others.
    #[serde(default)]
    pub unit: Option<String>,
}

/// Long files: one column names the series, another holds the value.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Long {
    /// Column that names the series, or several such columns joined by ` + ` (so are then the names).
    pub name: String,
    /// Column that holds the value.
    pub value: String,
    /// Series by name; `column` is the name as it stands in the file. Other names are skipped and counted.
    #[serde(rename = "series")]
    pub series: Vec<ValueColumn>,
    /// Whether series that are not listed are taken too, as indicator `<source>:<name>`.
    #[serde(default)]
    pub others: bool,
    /// Column of the unit for such others.
    #[serde(default)]
    pub unit: Option<String>,
}

/// What the HXL tags of a file stand for. Places and dates need no entry: `#country`, `#adm1` to `#adm4` and `#date` say
/// it themselves.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hxl {
    /// Hashtags whose columns hold numbers, such as `#affected`.
    pub numbers: Vec<String>,
    /// Attributes by which a column under such a hashtag describes instead of counting, such as `+sex`, without the `+`.
    pub describing: Vec<String>,
    /// Hashtags whose texts tell apart the groups that values are for, such as `#sector`.
    pub groups: Vec<String>,
    /// Attributes that say nothing about what is counted, such as a language.
    pub neutral: Vec<String>,
    /// The tags that are values of an indicator of the catalog. Other numbers become the indicator `hxl:<tag>`.
    #[serde(rename = "value")]
    pub values: Vec<HxlValue>,
}

/// A tag that holds values of an indicator.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HxlValue {
    /// The tag, such as `#affected+idps`. A column may have further attributes if they only name a group (`+f`,
    /// `+age_0_4`).
    pub tag: String,
    /// The indicator.
    pub indicator: String,
    /// Its unit.
    pub unit: String,
}

/// A day in a card, written YYYY-MM-DD.
pub mod jiff_date {
    use jiff::civil::Date;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use serde::{Deserialize, Serialize};

    /// A day.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
    #[serde(transparent)]
    pub struct Day(pub Date);

    impl JsonSchema for Day {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Day".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "string", "format": "date" })
        }
    }
}

//! The tables of the lake: their Arrow schemas, column by column, and the builders that fill them.
//!
//! A value that is missing is null, never zero. Counts of people are integers, so that plans may sum them exactly;
//! floats are only ever reduced outside a plan, in key order.

use std::sync::Arc;

use arrow::array::{
    ArrayBuilder, ArrayRef, BinaryBuilder, BooleanBuilder, Date32Array, Date32Builder, Float64Builder, Int16Builder,
    Int32Builder, Int64Builder, RecordBatch, StringBuilder, UInt64Builder,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One table of the lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Dated, located instances of harm.
    Events,
    /// The value of an indicator at a place and period.
    Observations,
    /// A quantity from one place to another.
    Flows,
    /// Something a state did to an instrument.
    TreatyActions,
    /// What is recorded of a place: consents, mandates, frameworks, who is present.
    Mandates,
    /// Countries, areas and cells.
    Places,
}

impl Table {
    /// Every table, in the order in which they are documented.
    pub const ALL: [Table; 6] = [
        Table::Events,
        Table::Observations,
        Table::Flows,
        Table::TreatyActions,
        Table::Mandates,
        Table::Places,
    ];

    /// The name used in SQL and in the lake's folders.
    pub fn name(self) -> &'static str {
        match self {
            Table::Events => "events",
            Table::Observations => "observations",
            Table::Flows => "flows",
            Table::TreatyActions => "treaty_actions",
            Table::Mandates => "mandates",
            Table::Places => "places",
        }
    }

    /// The columns that identify one fact within a dataset; a partial release amends by them.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Table::Events => &["event_id"],
            Table::Observations => &["place", "indicator", "start", "end", "breakdown", "status"],
            Table::Flows => &["origin", "destination", "indicator", "start", "end", "breakdown"],
            Table::TreatyActions => &["instrument", "participant", "action", "date"],
            Table::Mandates => &["statement_id"],
            Table::Places => &["place"],
        }
    }

    /// The column whose place decides whether a row lies within a release's scope.
    pub fn scope_place(self) -> &'static str {
        match self {
            Table::Events | Table::Observations => "country",
            Table::Flows => "destination",
            Table::TreatyActions => "participant",
            Table::Mandates | Table::Places => "country",
        }
    }

    /// The date column that decides whether a row lies within a release's scope; none where a table has no time.
    pub fn scope_date(self) -> Option<&'static str> {
        match self {
            Table::Events | Table::Observations | Table::Flows => Some("end"),
            Table::TreatyActions | Table::Mandates | Table::Places => None,
        }
    }

    /// The date column after which a row cannot have been said; none for places, which have no time.
    pub(crate) fn known_from(self) -> Option<&'static str> {
        match self {
            Table::TreatyActions => Some("date"),
            // One that was announced before it held is then known from the day on which it holds, and not too early.
            Table::Mandates => Some("valid_from"),
            table => table.scope_date(),
        }
    }

    /// The Arrow schema, with a description of every column in its metadata under `doc`.
    pub fn schema(self) -> SchemaRef {
        let columns = match self {
            Table::Events => EVENTS,
            Table::Observations => OBSERVATIONS,
            Table::Flows => FLOWS,
            Table::TreatyActions => TREATY_ACTIONS,
            Table::Mandates => MANDATES,
            Table::Places => PLACES,
        };
        let fields = columns.iter().chain(COMMON).map(|c| {
            Field::new(c.name, c.kind.clone(), c.nullable)
                .with_metadata([("doc".to_string(), c.doc.to_string())].into())
        });
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

struct Column {
    name: &'static str,
    kind: DataType,
    nullable: bool,
    doc: &'static str,
}

const fn col(name: &'static str, kind: DataType, doc: &'static str) -> Column {
    Column {
        name,
        kind,
        nullable: false,
        doc,
    }
}

const fn opt(name: &'static str, kind: DataType, doc: &'static str) -> Column {
    Column {
        name,
        kind,
        nullable: true,
        doc,
    }
}

use DataType::{Binary, Boolean, Date32, Float64, Int16, Int32, Int64, UInt64, Utf8};

/// Columns that close every table.
const COMMON: &[Column] = &[
    col("source", Utf8, "the source's card, such as ucdp-ged"),
    col("dataset", Utf8, "the data set within the source, such as ged"),
    col("as_of", Date32, "the vintage: when the source said so"),
    col("file", Utf8, "the source's file by name"),
    col(
        "row",
        UInt64,
        "the row in the source's file, the header being row 1; an ordinal where a file has no rows",
    ),
];

const EVENTS: &[Column] = &[
    col("event_id", Utf8, "the source's own number of the event"),
    opt(
        "country",
        Utf8,
        "ISO 3166-1 alpha-3 code, or ISR+PSE for the joint place of UCDP; null where not known",
    ),
    col("start", Date32, "first day of the event"),
    col("end", Date32, "last day of the event"),
    opt(
        "date_precision",
        Int16,
        "UCDP date_prec: 1 day, 2 2-6 days, 3 week, 4 month, 5 more than a month",
    ),
    opt("latitude", Float64, "degrees north, -90 to 90"),
    opt("longitude", Float64, "degrees east, -180 to 180"),
    opt(
        "where_precision",
        Int16,
        "UCDP where_prec: 1 exact, 2 within 25 km, 3 admin 2, 4 admin 1, 5 linear or fuzzy, 6 country, 7 international",
    ),
    opt("priogrid", Int32, "PRIO-GRID cell as the source gives it"),
    opt("adm1", Utf8, "first-order area as the source names it"),
    opt("adm2", Utf8, "second-order area as the source names it"),
    opt("where_coordinates", Utf8, "the place to which the coordinates belong"),
    opt("where_description", Utf8, "where it happened, in the source's words"),
    col(
        "violence",
        Utf8,
        "state-based, non-state or one-sided (UCDP); attack-on-aid-workers (AWSD); ACLED's event type",
    ),
    opt("deaths_best", Int64, "deaths, best estimate"),
    opt("deaths_low", Int64, "deaths, the source's low estimate"),
    opt("deaths_high", Int64, "deaths, the source's high estimate"),
    opt(
        "deaths_civilian",
        Int64,
        "civilians among the deaths in the best estimate (a minimum: see deaths_unknown)",
    ),
    opt("deaths_side_a", Int64, "deaths among side A"),
    opt("deaths_side_b", Int64, "deaths among side B"),
    opt("deaths_unknown", Int64, "deaths of people of unknown status"),
    opt("wounded", Int64, "people wounded"),
    opt("kidnapped", Int64, "people kidnapped"),
    opt("detained", Int64, "people detained"),
    opt("side_a", Utf8, "side A by name; the perpetrator of one-sided violence"),
    opt("side_b", Utf8, "side B by name"),
    opt("side_a_id", Int32, "side A's number in the source"),
    opt("side_b_id", Int32, "side B's number in the source"),
    opt(
        "side_a_states",
        Utf8,
        "Gleditsch-Ward numbers of the governments on side A",
    ),
    opt(
        "side_b_states",
        Utf8,
        "Gleditsch-Ward numbers of the governments on side B",
    ),
    opt("conflict_id", Int32, "the source's number of the conflict"),
    opt("conflict", Utf8, "the conflict by name"),
    opt("dyad_id", Int32, "the source's number of the dyad"),
    opt("dyad", Utf8, "the dyad by name"),
    opt(
        "clarity",
        Int16,
        "UCDP event_clarity: 1 clear, 2 an aggregate of events",
    ),
    opt(
        "code_status",
        Utf8,
        "how far the source has checked the event; Clear is final",
    ),
    opt(
        "sources_count",
        Int32,
        "number of reports behind the event; null where the source says -1",
    ),
    opt("report", Utf8, "the reports: publisher, date, headline"),
    opt("report_origin", Utf8, "who told the reports"),
    opt(
        "source_fields",
        Utf8,
        "the remaining columns of the source as a JSON object, so that nothing is lost",
    ),
];

const OBSERVATIONS: &[Column] = &[
    col("place", Utf8, "country, area or cell"),
    opt(
        "country",
        Utf8,
        "the country in which the place lies, or the place itself",
    ),
    col("indicator", Utf8, "an indicator of catalog/indicators.toml"),
    col(
        "start",
        Date32,
        "first day of the reference period; for a stock, its date",
    ),
    col("end", Date32, "last day of the reference period; for a stock, its date"),
    col("value", Float64, "the value in the unit named"),
    opt("low", Float64, "lower end of the interval, in the same unit"),
    opt("high", Float64, "upper end of the interval, in the same unit"),
    opt(
        "interval_kind",
        Utf8,
        "what low and high are; null where the source gives none",
    ),
    col("unit", Utf8, "the unit in words, such as people or per 100,000 people"),
    opt(
        "population",
        Float64,
        "the people to whom the value applies (IPC: population analysed), where the source says so",
    ),
    col(
        "breakdown",
        Utf8,
        "empty for the whole population; otherwise the group, such as gender=f;age=0-4 or phase=3+",
    ),
    col(
        "status",
        Utf8,
        "empty for a final value; otherwise preliminary, projection, first projection, current, unverified …",
    ),
    opt("note", Utf8, "what a reader must know about this value"),
];

const FLOWS: &[Column] = &[
    col(
        "origin",
        Utf8,
        "the place from which; for displacement the country of origin",
    ),
    col(
        "destination",
        Utf8,
        "the place to which; for displacement the country of asylum",
    ),
    col("indicator", Utf8, "an indicator of catalog/indicators.toml"),
    col(
        "start",
        Date32,
        "first day of the reference period; for a stock, its date",
    ),
    col("end", Date32, "last day of the reference period; for a stock, its date"),
    col("value", Float64, "the value in the unit named"),
    col("unit", Utf8, "the unit in words, such as people or US dollars"),
    col(
        "breakdown",
        Utf8,
        "empty, or the group, such as plan=HAFG20 or donor=Norway, Government of",
    ),
    opt("note", Utf8, "what a reader must know about this value"),
];

const TREATY_ACTIONS: &[Column] = &[
    col(
        "instrument",
        Utf8,
        "UN Treaty Collection chapter and number, such as 26-5; otherwise the catalog's id",
    ),
    opt(
        "instrument_title",
        Utf8,
        "the instrument by name, where the source gives it",
    ),
    col(
        "participant",
        Utf8,
        "ISO 3166-1 alpha-3 code; for an organisation its name",
    ),
    col("participant_name", Utf8, "the participant as the source names it"),
    col(
        "action",
        Utf8,
        "signature, ratification, acceptance, approval, accession, succession, provisional application, withdrawal, …",
    ),
    opt(
        "date",
        Date32,
        "the day of the action; for a year alone 1 January, see date_precision; null where the source gives none",
    ),
    col("date_precision", Utf8, "day, year or none"),
    opt(
        "effective",
        Date32,
        "the day on which it took effect, where the source says so",
    ),
    col(
        "verified",
        Boolean,
        "whether the row was read off the depositary's own list",
    ),
    opt("note", Utf8, "reservations and the like, in the source's words"),
];

const MANDATES: &[Column] = &[
    col("statement_id", Utf8, "the source's own number of the statement"),
    col(
        "place",
        Utf8,
        "the country or area for which it holds, and all that lies in it",
    ),
    opt(
        "country",
        Utf8,
        "the country in which the place lies, or the place itself",
    ),
    col(
        "kind",
        Utf8,
        "consent, mandate, framework, presence, agreement, phase, evidence, violation, harm-check, blocker or opt-in",
    ),
    col(
        "subject",
        Utf8,
        "the option (M02), the topic (monitors) or the violation (killing-and-maiming) that it is about, several with spaces between them; empty where it is about the place",
    ),
    col(
        "answer",
        Utf8,
        "what it says, in a word that fits the kind: given, refused, none, in-force, ended, verified, blocked, crisis, …",
    ),
    opt("by", Utf8, "who has given, refused, decided, or is present"),
    col("valid_from", Date32, "first day on which it holds"),
    opt(
        "valid_until",
        Date32,
        "last day on which it holds; null where it does not say",
    ),
    opt(
        "independent_sources",
        Int16,
        "how many sources independent of each other stand behind it",
    ),
    opt(
        "reviewed_by",
        Utf8,
        "the organisation that has reviewed it, other than the one that has made it",
    ),
    opt("document", Utf8, "the document, such as S/RES/2149 (2014)"),
    col("verified", Boolean, "whether the document was read"),
    opt("note", Utf8, "what a reader must know, such as the reason of a blocker"),
];

const PLACES: &[Column] = &[
    col("place", Utf8, "country, area (P-code) or cell"),
    opt(
        "country",
        Utf8,
        "the country in which the place lies, or the place itself",
    ),
    col("kind", Utf8, "country, area or cell"),
    col("level", Int16, "0 for a country, 1 to 4 for administrative levels"),
    opt("parent", Utf8, "the place of the next higher level"),
    col("name", Utf8, "the name in the source"),
    opt("other_name", Utf8, "another name or spelling"),
    opt(
        "valid_from",
        Date32,
        "first day on which the place exists, by the source",
    ),
    opt(
        "valid_to",
        Date32,
        "last day on which it exists; null where it still does",
    ),
    opt("latitude", Float64, "of a point within the place, degrees north"),
    opt("longitude", Float64, "of a point within the place, degrees east"),
    opt("area_km2", Float64, "area in square kilometres"),
    opt("geometry", Binary, "boundary as WKB, longitude and latitude on WGS 84"),
];

/// Days since 1970-01-01, the way Arrow's `Date32` counts.
pub fn days(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    (date - EPOCH).get_days()
}

/// The date that is `days` after 1970-01-01.
pub fn from_days(days: i32) -> Date {
    jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days)
}

macro_rules! rows {
    ($(#[$doc:meta])* $row:ident, $builder:ident, $table:expr, { $($(#[$fdoc:meta])* $field:ident : $how:ident),* $(,)? }) => {
        $(#[$doc])*
        /// Fields are the columns of the table's schema, where they are described.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $row<'a> { $($(#[$fdoc])* #[allow(missing_docs)] pub $field: rows!(@type $how 'a),)* #[allow(missing_docs)] pub row: u64 }

        #[derive(Debug, Default)]
        struct $builder { $($field: rows!(@builder $how),)* row: UInt64Builder }

        impl $builder {
            fn push(&mut self, r: &$row<'_>) {
                $(rows!(@push $how self.$field, r.$field);)*
                self.row.append_value(r.row);
            }
            fn finish(&mut self, origin: &Origin) -> RecordBatch {
                let n = self.row.len();
                let mut columns: Vec<ArrayRef> = vec![$(Arc::new(self.$field.finish()) as ArrayRef,)*];
                columns.push(repeated(&origin.source, n));
                columns.push(repeated(&origin.dataset, n));
                columns.push(Arc::new(Date32Array::from_value(days(origin.as_of), n)));
                columns.push(repeated(&origin.file, n));
                columns.push(Arc::new(self.row.finish()));
                RecordBatch::try_new($table.schema(), columns).expect("the builders follow the schema's order and types")
            }
        }
    };
    (@type text $l:lifetime) => { &$l str };
    (@type text_opt $l:lifetime) => { Option<&$l str> };
    (@type bytes_opt $l:lifetime) => { Option<&$l [u8]> };
    (@type day $l:lifetime) => { Day };
    (@type day_opt $l:lifetime) => { Option<Day> };
    (@type float $l:lifetime) => { f64 };
    (@type float_opt $l:lifetime) => { Option<f64> };
    (@type i16 $l:lifetime) => { i16 };
    (@type i16_opt $l:lifetime) => { Option<i16> };
    (@type i32_opt $l:lifetime) => { Option<i32> };
    (@type i64_opt $l:lifetime) => { Option<i64> };
    (@type flag $l:lifetime) => { bool };
    (@builder text) => { StringBuilder }; (@builder text_opt) => { StringBuilder };
    (@builder bytes_opt) => { BinaryBuilder };
    (@builder day) => { Date32Builder }; (@builder day_opt) => { Date32Builder };
    (@builder float) => { Float64Builder }; (@builder float_opt) => { Float64Builder };
    (@builder i16) => { Int16Builder }; (@builder i16_opt) => { Int16Builder };
    (@builder i32_opt) => { Int32Builder }; (@builder i64_opt) => { Int64Builder };
    (@builder flag) => { BooleanBuilder };
    (@push text $b:expr, $v:expr) => { $b.append_value($v) };
    (@push text_opt $b:expr, $v:expr) => { $b.append_option($v) };
    (@push bytes_opt $b:expr, $v:expr) => { $b.append_option($v) };
    (@push day $b:expr, $v:expr) => { $b.append_value($v.0) };
    (@push day_opt $b:expr, $v:expr) => { $b.append_option($v.map(|d| d.0)) };
    (@push float $b:expr, $v:expr) => { $b.append_value($v) };
    (@push float_opt $b:expr, $v:expr) => { $b.append_option($v) };
    (@push i16 $b:expr, $v:expr) => { $b.append_value($v) };
    (@push i16_opt $b:expr, $v:expr) => { $b.append_option($v) };
    (@push i32_opt $b:expr, $v:expr) => { $b.append_option($v) };
    (@push i64_opt $b:expr, $v:expr) => { $b.append_option($v) };
    (@push flag $b:expr, $v:expr) => { $b.append_value($v) };
}

/// Where the rows of a batch come from; the same for every row of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The source's card.
    pub source: String,
    /// The data set within the source.
    pub dataset: String,
    /// The vintage.
    pub as_of: Date,
    /// The source's file by name.
    pub file: String,
}

fn repeated(text: &str, n: usize) -> ArrayRef {
    let mut column = StringBuilder::with_capacity(n, n * text.len());
    (0..n).for_each(|_| column.append_value(text));
    Arc::new(column.finish())
}

/// A day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Day(days(date))
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        from_days(day.0)
    }
}

rows! {
    /// One row of `events`.
    EventRow, EventsBuilder, Table::Events, {
        event_id: text, country: text_opt, start: day, end: day, date_precision: i16_opt,
        latitude: float_opt, longitude: float_opt, where_precision: i16_opt, priogrid: i32_opt,
        adm1: text_opt, adm2: text_opt, where_coordinates: text_opt, where_description: text_opt, violence: text,
        deaths_best: i64_opt, deaths_low: i64_opt, deaths_high: i64_opt, deaths_civilian: i64_opt,
        deaths_side_a: i64_opt, deaths_side_b: i64_opt, deaths_unknown: i64_opt,
        wounded: i64_opt, kidnapped: i64_opt, detained: i64_opt,
        side_a: text_opt, side_b: text_opt, side_a_id: i32_opt, side_b_id: i32_opt,
        side_a_states: text_opt, side_b_states: text_opt,
        conflict_id: i32_opt, conflict: text_opt, dyad_id: i32_opt, dyad: text_opt,
        clarity: i16_opt, code_status: text_opt, sources_count: i32_opt,
        report: text_opt, report_origin: text_opt, source_fields: text_opt,
    }
}

rows! {
    /// One row of `observations`.
    ObservationRow, ObservationsBuilder, Table::Observations, {
        place: text, country: text_opt, indicator: text, start: day, end: day, value: float,
        low: float_opt, high: float_opt, interval_kind: text_opt, unit: text, population: float_opt,
        breakdown: text, status: text, note: text_opt,
    }
}

rows! {
    /// One row of `flows`.
    FlowRow, FlowsBuilder, Table::Flows, {
        origin: text, destination: text, indicator: text, start: day, end: day, value: float, unit: text,
        breakdown: text, note: text_opt,
    }
}

rows! {
    /// One row of `treaty_actions`.
    TreatyActionRow, TreatyActionsBuilder, Table::TreatyActions, {
        instrument: text, instrument_title: text_opt, participant: text, participant_name: text, action: text,
        date: day_opt, date_precision: text, effective: day_opt, verified: flag, note: text_opt,
    }
}

rows! {
    /// One row of `mandates`.
    MandateRow, MandatesBuilder, Table::Mandates, {
        statement_id: text, place: text, country: text_opt, kind: text, subject: text, answer: text, by: text_opt,
        valid_from: day, valid_until: day_opt, independent_sources: i16_opt, reviewed_by: text_opt, document: text_opt,
        verified: flag, note: text_opt,
    }
}

rows! {
    /// One row of `places`.
    PlaceRow, PlacesBuilder, Table::Places, {
        place: text, country: text_opt, kind: text, level: i16, parent: text_opt, name: text, other_name: text_opt,
        valid_from: day_opt, valid_to: day_opt, latitude: float_opt, longitude: float_opt, area_km2: float_opt,
        geometry: bytes_opt,
    }
}

/// A row of any table. It is borrowed and passed by reference, so that its size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum FactRow<'a> {
    /// A row of `events`.
    Event(EventRow<'a>),
    /// A row of `observations`.
    Observation(ObservationRow<'a>),
    /// A row of `flows`.
    Flow(FlowRow<'a>),
    /// A row of `treaty_actions`.
    TreatyAction(TreatyActionRow<'a>),
    /// A row of `mandates`.
    Mandate(MandateRow<'a>),
    /// A row of `places`.
    Place(PlaceRow<'a>),
}

/// Collects rows of one table into Arrow batches.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
    events: EventsBuilder,
    observations: ObservationsBuilder,
    flows: FlowsBuilder,
    treaty_actions: TreatyActionsBuilder,
    mandates: MandatesBuilder,
    places: PlacesBuilder,
    rows: usize,
    geometry_bytes: usize,
}

impl TableBuilder {
    /// An empty builder for `table`.
    pub fn new(table: Table) -> Self {
        TableBuilder {
            table,
            events: EventsBuilder::default(),
            observations: ObservationsBuilder::default(),
            flows: FlowsBuilder::default(),
            treaty_actions: TreatyActionsBuilder::default(),
            mandates: MandatesBuilder::default(),
            places: PlacesBuilder::default(),
            rows: 0,
            geometry_bytes: 0,
        }
    }

    /// Adds a row; the row must be of the builder's table.
    pub fn push(&mut self, row: &FactRow<'_>) {
        match (self.table, row) {
            (Table::Events, FactRow::Event(r)) => self.events.push(r),
            (Table::Observations, FactRow::Observation(r)) => self.observations.push(r),
            (Table::Flows, FactRow::Flow(r)) => self.flows.push(r),
            (Table::TreatyActions, FactRow::TreatyAction(r)) => self.treaty_actions.push(r),
            (Table::Mandates, FactRow::Mandate(r)) => self.mandates.push(r),
            (Table::Places, FactRow::Place(r)) => self.places.push(r),
            (table, row) => panic!("a row of another table was pushed to {table}: {row:?}"),
        }
        self.rows += 1;
        if let FactRow::Place(place) = row {
            self.geometry_bytes += place.geometry.map_or(0, <[u8]>::len);
        }
    }

    /// Rows waiting to be taken.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Bytes of the boundaries among the rows waiting to be taken; one can be megabytes.
    pub fn geometry_bytes(&self) -> usize {
        self.geometry_bytes
    }

    /// Whether no row waits.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Takes the waiting rows as one batch that names where they come from.
    pub fn finish(&mut self, origin: &Origin) -> RecordBatch {
        (self.rows, self.geometry_bytes) = (0, 0);
        match self.table {
            Table::Events => self.events.finish(origin),
            Table::Observations => self.observations.finish(origin),
            Table::Flows => self.flows.finish(origin),
            Table::TreatyActions => self.treaty_actions.finish(origin),
            Table::Mandates => self.mandates.finish(origin),
            Table::Places => self.places.finish(origin),
        }
    }
}

impl FactRow<'_> {
    /// The table to which the row belongs.
    pub fn table(&self) -> Table {
        match self {
            FactRow::Event(_) => Table::Events,
            FactRow::Observation(_) => Table::Observations,
            FactRow::Flow(_) => Table::Flows,
            FactRow::TreatyAction(_) => Table::TreatyActions,
            FactRow::Mandate(_) => Table::Mandates,
            FactRow::Place(_) => Table::Places,
        }
    }
}

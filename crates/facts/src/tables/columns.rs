//! The tables' columns, with what each means.

use arrow::datatypes::DataType::{self, Binary, Boolean, Date32, Float64, Int16, Int32, Int64, UInt64, Utf8};

/// A column of a table.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: DataType,
    pub(super) nullable: bool,
    pub(super) doc: &'static str,
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

/// Columns that close every table.
pub(super) const COMMON: &[Column] = &[
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

pub(super) const EVENTS: &[Column] = &[
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

pub(super) const OBSERVATIONS: &[Column] = &[
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

pub(super) const FLOWS: &[Column] = &[
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

pub(super) const TREATY_ACTIONS: &[Column] = &[
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

pub(super) const MANDATES: &[Column] = &[
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

pub(super) const COMMITMENTS: &[Column] = &[
    col("record_id", Utf8, "the list's own number of the row"),
    col(
        "kind",
        Utf8,
        "report, register, due-set, applies, not-applicable, extension, completion, armed-conflict, contested or programme",
    ),
    opt(
        "element",
        Int16,
        "the element of the agenda, where it is about one and not about an instrument",
    ),
    opt(
        "instrument",
        Utf8,
        "the instrument by its id in the agenda's catalog, such as apmbc",
    ),
    opt("duty", Utf8, "the duty or deadline by its id, such as apmbc.7.2"),
    opt(
        "participant",
        Utf8,
        "ISO 3166-1 alpha-3 code; for an organisation its name; null for a register",
    ),
    opt("participant_name", Utf8, "the participant as the list names it"),
    opt(
        "date",
        Date32,
        "the day: of receipt, of the decision, from which a register is kept, or on which it begins to hold",
    ),
    opt(
        "covers",
        Utf8,
        "what a report covers: a year (2024), years (2024-2025), or the due day that it answers (2025-04-30)",
    ),
    opt(
        "until",
        Date32,
        "the day up to which: the extended deadline, the day that was set, the last day for which a register is complete, or the last on which it holds",
    ),
    opt("document", Utf8, "the document, such as APLC/MSP.19/2021/14"),
    col(
        "verified",
        Boolean,
        "whether it was read off the secretariat's own list",
    ),
    opt("note", Utf8, "what a reader must know, such as why it is contested"),
];

pub(super) const PLACES: &[Column] = &[
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

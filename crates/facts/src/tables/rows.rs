//! The rows of each table, and the builders that make Arrow arrays of them.

use std::sync::Arc;

use arrow::array::{
    ArrayBuilder, ArrayRef, BinaryBuilder, BooleanBuilder, Date32Array, Date32Builder, Float64Builder, Int16Builder,
    Int32Builder, Int64Builder, RecordBatch, StringBuilder, UInt64Builder,
};
use jiff::civil::Date;

use super::{Day, Table, days};

macro_rules! rows {
    ($(#[$doc:meta])* $row:ident, $builder:ident, $table:expr, { $($(#[$fdoc:meta])* $field:ident : $how:ident),* $(,)? }) => {
        $(#[$doc])*
        /// Fields are the columns of the table's schema, where they are described.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $row<'a> { $($(#[$fdoc])* #[allow(missing_docs)] pub $field: rows!(@type $how 'a),)* #[allow(missing_docs)] pub row: u64 }

        #[derive(Debug, Default)]
        pub(super) struct $builder { $($field: rows!(@builder $how),)* row: UInt64Builder }

        impl $builder {
            pub(super) fn push(&mut self, r: &$row<'_>) {
                $(rows!(@push $how self.$field, r.$field);)*
                self.row.append_value(r.row);
            }
            pub(super) fn finish(&mut self, origin: &Origin) -> RecordBatch {
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
    /// One row of `commitments`.
    CommitmentRow, CommitmentsBuilder, Table::Commitments, {
        record_id: text, kind: text, element: i16_opt, instrument: text_opt, duty: text_opt, participant: text_opt,
        participant_name: text_opt, date: day_opt, covers: text_opt, until: day_opt, document: text_opt, verified: flag,
        note: text_opt,
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

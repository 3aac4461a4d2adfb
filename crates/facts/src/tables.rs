//! The tables of the lake: their Arrow schemas, column by column, and the builders that fill them.
//!
//! A value that is missing is null, never zero. Counts of people are integers, so that plans may sum them exactly;
//! floats are only ever reduced outside a plan, in key order.

use std::sync::Arc;

use arrow::datatypes::{Field, Schema, SchemaRef};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

mod builder;
mod columns;
mod rows;

pub use builder::{FactRow, TableBuilder};
pub use rows::{CommitmentRow, EventRow, FlowRow, MandateRow, ObservationRow, Origin, PlaceRow, TreatyActionRow};

use columns::{COMMITMENTS, COMMON, EVENTS, FLOWS, MANDATES, OBSERVATIONS, PLACES, TREATY_ACTIONS};

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
    /// What secretariats list beside the treaties: reports received, deadlines extended, duties done.
    Commitments,
    /// Countries, areas and cells.
    Places,
}

impl Table {
    /// Every table, in the order in which they are documented.
    pub const ALL: [Table; 7] = [
        Table::Events,
        Table::Observations,
        Table::Flows,
        Table::TreatyActions,
        Table::Mandates,
        Table::Commitments,
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
            Table::Commitments => "commitments",
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
            Table::Commitments => &["record_id"],
            Table::Places => &["place"],
        }
    }

    /// The column whose place decides whether a row lies within a release's scope.
    pub fn scope_place(self) -> &'static str {
        match self {
            Table::Events | Table::Observations => "country",
            Table::Flows => "destination",
            Table::TreatyActions | Table::Commitments => "participant",
            Table::Mandates | Table::Places => "country",
        }
    }

    /// The date column that decides whether a row lies within a release's scope; none where a table has no time.
    pub fn scope_date(self) -> Option<&'static str> {
        match self {
            Table::Events | Table::Observations | Table::Flows => Some("end"),
            Table::TreatyActions | Table::Mandates | Table::Commitments | Table::Places => None,
        }
    }

    /// The date column after which a row cannot have been said; none for places, which have no time.
    pub(crate) fn known_from(self) -> Option<&'static str> {
        match self {
            Table::TreatyActions | Table::Commitments => Some("date"),
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
            Table::Commitments => COMMITMENTS,
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

/// Days since 1970-01-01, the way Arrow's `Date32` counts.
pub fn days(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    (date - EPOCH).get_days()
}

/// The date that is `days` after 1970-01-01.
pub fn from_days(days: i32) -> Date {
    jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days)
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

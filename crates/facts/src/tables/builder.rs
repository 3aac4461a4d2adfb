//! A row of any table, and the builder that collects them into batches.

use arrow::array::RecordBatch;

use super::Table;
use super::rows::{
    CommitmentRow, CommitmentsBuilder, EventRow, EventsBuilder, FlowRow, FlowsBuilder, MandateRow, MandatesBuilder,
    ObservationRow, ObservationsBuilder, Origin, PlaceRow, PlacesBuilder, TreatyActionRow, TreatyActionsBuilder,
};

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
    /// A row of `commitments`.
    Commitment(CommitmentRow<'a>),
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
    commitments: CommitmentsBuilder,
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
            commitments: CommitmentsBuilder::default(),
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
            (Table::Commitments, FactRow::Commitment(r)) => self.commitments.push(r),
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
            Table::Commitments => self.commitments.finish(origin),
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
            FactRow::Commitment(_) => Table::Commitments,
            FactRow::Place(_) => Table::Places,
        }
    }
}

//! Humanitarian money as rows: what each plan and cluster asked for and received, and the drop after the peak.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::practice::funding::{Decline, FundingYear, Plan};
use super::state::AgendaState;

/// What a plan, or a cluster of it, asked for in a year and received. A plan's row and those of its clusters are the same money.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaFunding)]
pub struct FundingRow {
    /// The country.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i16,
    /// The plan by its code; none for all plans of the year together.
    pub plan: Option<String>,
    /// The plan by name.
    pub plan_name: Option<String>,
    /// The cluster; none for the whole plan.
    pub cluster: Option<String>,
    /// What was asked for, in US dollars.
    pub requirements: Option<f64>,
    /// What came in for it, in US dollars.
    pub received: Option<f64>,
    /// The second in per cent of the first.
    pub coverage: Option<f64>,
    /// Why the coverage is missing.
    pub missing: Option<String>,
    /// Whether the year had ended on the day of the vintage.
    pub ended: bool,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
}

/// Receipts of a country in a year after their peak.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaFundingDrop)]
pub struct DropRow {
    /// The country.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The year in which most came in, of those that are here.
    pub peak: Option<i16>,
    /// What came in then, in US dollars.
    pub receipts: Option<f64>,
    /// The later year.
    pub year: Option<i16>,
    /// How far its receipts are below the peak, in per cent.
    pub drop: Option<f64>,
    /// What is told of it, in a sentence.
    pub told: String,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
}

impl AgendaState {
    /// Requirements against receipts: for each country and year all plans together, then each plan, then its clusters.
    pub fn funding(&self) -> Vec<FundingRow> {
        let of = |year: &FundingYear| {
            let name = self.name(&year.country);
            let whole = FundingRow {
                place: year.country.clone(),
                name,
                year: year.year,
                plan: None,
                plan_name: None,
                cluster: None,
                requirements: year.requirements.value,
                received: year.received_for_them.value,
                coverage: year.coverage.value,
                missing: year.coverage.value.is_none().then(|| year.coverage.why.clone()),
                ended: year.ended,
                source: year.source.clone(),
                as_of: year.as_of,
            };
            let plans: Vec<FundingRow> = year.plans.iter().flat_map(|plan| of_plan(&whole, plan)).collect();
            std::iter::once(whole).chain(plans).collect::<Vec<_>>()
        };
        self.ground.funding.years.iter().flat_map(of).collect()
    }

    /// The drop of receipts after their peak, a row a country and later year.
    pub fn drops(&self) -> Vec<DropRow> {
        self.ground
            .funding
            .declines
            .iter()
            .flat_map(|decline| self.drop(decline))
            .collect()
    }

    fn drop(&self, decline: &Decline) -> Vec<DropRow> {
        let name = self.name(&decline.country);
        let row = |year: Option<i16>, drop: Option<f64>, told: String, as_of| DropRow {
            place: decline.country.clone(),
            name: name.clone(),
            peak: decline.peak,
            receipts: decline.receipts.value,
            year,
            drop,
            told,
            source: decline.source.clone(),
            as_of,
        };
        let peak = decline
            .peak
            .map_or_else(|| "no year".to_string(), |year| year.to_string());
        if decline.after.is_empty() {
            let why = decline.why.clone().unwrap_or_default();
            return vec![row(
                None,
                None,
                format!("{name}: no drop can be told after {peak}: {why}"),
                decline.as_of,
            )];
        }
        let later = decline.after.iter().map(|later| {
            let told = match later.drop.value {
                Some(drop) => format!(
                    "{name}: receipts of {} were {drop:.0} % below those of {peak}, the peak here",
                    later.year
                ),
                None => format!(
                    "{name}: the drop from {peak} to {} cannot be told: {}",
                    later.year, later.drop.why
                ),
            };
            let complete = format!(
                "{told} ({peak} is complete for {}; {} for {})",
                decline.complete_for, later.year, later.complete_for
            );
            row(Some(later.year), later.drop.value, complete, later.as_of)
        });
        later.collect()
    }
}

fn of_plan(year: &FundingRow, plan: &Plan) -> Vec<FundingRow> {
    let row = |cluster: Option<String>, [requirements, received, coverage]: [&super::practice::Told; 3]| FundingRow {
        plan: plan.code.clone(),
        plan_name: Some(plan.name.clone()),
        cluster,
        requirements: requirements.value,
        received: received.value,
        coverage: coverage.value,
        missing: coverage.value.is_none().then(|| coverage.why.clone()),
        as_of: plan.as_of,
        ..year.clone()
    };
    let clusters = plan.clusters.iter().map(|cluster| {
        row(
            Some(cluster.name.clone()),
            [&cluster.requirements, &cluster.funding, &cluster.coverage],
        )
    });
    std::iter::once(row(None, [&plan.requirements, &plan.funding, &plan.coverage]))
        .chain(clusters)
        .collect()
}

//! Triggers with what they would have done in the past.

use lysoen_answers::Observatory;
use lysoen_answers::ladder::record_of;
use lysoen_ladder::trigger::Trigger;
use serde::Serialize;
use utoipa::ToSchema;

/// A trigger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TriggerCard {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// What it is and when it stands.
    description: String,
    /// Its expression.
    when: String,
    /// `warning` where it reads a forecast, `observed-breach` where it reads figures alone.
    kind: &'static str,
    /// The event that is stated beforehand.
    event: Option<String>,
    /// Options up to which tier it can call for; never hard ones.
    evidence: &'static str,
    /// Readings in a row that must confirm it.
    confirmations: u16,
    /// Months that an episode lasts.
    cool_down_months: u16,
    /// Days for which a warning stands.
    window_days: u16,
    /// What it would have done in the past: counts, rates with intervals, and the trade-off curve.
    #[schema(value_type = Option<Object>)]
    record: Option<serde_json::Value>,
    /// Why that is not known.
    record_unknown: Option<String>,
}

impl TriggerCard {
    /// A trigger with its record in an observatory.
    pub(crate) fn of(observatory: &Observatory, trigger: &Trigger) -> TriggerCard {
        let spec = &trigger.spec;
        let told = |kept: lysoen_answers::ladder::KeptRecord| {
            serde_json::to_value(kept.told()).map_err(|why| format!("the record cannot be told: {why}"))
        };
        let (record, record_unknown) = match record_of(observatory, trigger).and_then(told) {
            Ok(record) => (Some(record), None),
            Err(why) => (None, Some(why)),
        };
        TriggerCard {
            id: spec.id.clone(),
            title: spec.title.clone(),
            description: spec.description.clone(),
            when: spec.when.clone(),
            kind: if trigger.expression.is_forecast() {
                "warning"
            } else {
                "observed-breach"
            },
            event: spec.event.as_ref().map(|event| {
                format!(
                    "{} or more {} in a month, within {} months",
                    event.at_least, event.measure, event.within_months
                )
            }),
            evidence: spec.supports.name(),
            confirmations: spec.confirmations,
            cool_down_months: spec.cool_down_months,
            window_days: spec.window_days,
            record,
            record_unknown,
        }
    }
}

//! temporary
use lysoen_answers::Observatory;
use lysoen_ladder::trigger::Trigger;
use serde::Serialize;
use utoipa::ToSchema;
/// temporary
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TriggerCard {
    id: String,
}
impl TriggerCard {
    pub(crate) fn of(_: &Observatory, t: &Trigger) -> TriggerCard {
        TriggerCard { id: t.spec.id.clone() }
    }
}

//! The rules for each kind of record: what it may answer, and when.

use jiff::civil::Date;

use super::append::Draft;
use super::chain::Chain;
use super::record::{Record, RecordAnswer, RecordKind};
use super::refused::Refused;
use super::roles::{Role, Roles};
use crate::option::Tier;

/// What the rules for each kind of record need.
pub(super) struct Asked<'a> {
    pub(super) chain: &'a Chain,
    pub(super) role: &'a Role,
    pub(super) roles: &'a Roles,
    pub(super) tier_of: &'a dyn Fn(&str) -> Option<Tier>,
    pub(super) today: Date,
}

impl Asked<'_> {
    fn tier(&self, option: Option<&str>) -> Result<Tier, Refused> {
        let option = option.ok_or(Refused::NoOption)?;
        (self.tier_of)(option).ok_or_else(|| Refused::UnknownOption(option.to_owned()))
    }

    /// A warning that stands: not cancelled, neither itself nor in a later record of it.
    fn stands(&self, warning: &Record) -> Result<(), Refused> {
        match self.chain.cancelled(warning.number, self.today) {
            Some(cancel) => Err(Refused::Cancelled(warning.number, cancel.number)),
            None => Ok(()),
        }
    }

    pub(super) fn warn(&self, draft: &mut Draft, answered: Option<&Record>) -> Result<(), Refused> {
        if draft.answer == Some(RecordAnswer::Alert) {
            return Ok(());
        }
        let warning = expect(answered, RecordKind::Warn, "the newest record of a warning")?;
        self.stands(warning)?;
        if let Some(update) = self.chain.replies(warning.number).find(|r| r.kind == RecordKind::Warn) {
            return Err(Refused::Updated(warning.number, update.number));
        }
        if draft.answer == Some(RecordAnswer::Cancel) {
            draft.replay = warning.replay;
        } else if draft.replay != warning.replay {
            return Err(Refused::ReplayMixed(warning.number));
        }
        Ok(())
    }

    pub(super) fn propose(&self, draft: &Draft, answered: Option<&Record>) -> Result<(), Refused> {
        if answered.is_some() {
            self.stands(expect(answered, RecordKind::Warn, "a warning, or nothing")?)?;
        }
        self.tier(draft.option.as_deref())?;
        let expires = draft.expires.ok_or(Refused::NoExpiry)?;
        if expires <= self.today {
            return Err(Refused::ExpiresTooSoon(expires, self.today));
        }
        Ok(())
    }

    pub(super) fn decide(&self, draft: &Draft, answered: Option<&Record>) -> Result<(), Refused> {
        if draft.answer == Some(RecordAnswer::Publish) {
            return self.publish(expect(answered, RecordKind::Warn, "the warning that is to be public")?);
        }
        let proposal = expect(answered, RecordKind::Propose, "the proposal that is decided on")?;
        let tier = self.tier(proposal.option.as_deref())?;
        if !self.role.tiers.contains(&tier) {
            let option = proposal.option.clone().unwrap_or_default();
            let who = self.roles.who(|r| r.tiers.contains(&tier) && r.covers(&draft.place));
            let by = draft.by.clone();
            return Err(Refused::NotThatTier { by, tier, option, who });
        }
        self.open(proposal)?;
        if let Some(act) = self.chain.replies(proposal.number).find(|r| r.kind == RecordKind::Act) {
            return Err(Refused::ActedOn(proposal.number, act.number));
        }
        self.in_time(proposal)?;
        let excepted = tier == Tier::Soft && self.role.standing_protocol.is_some();
        if proposal.by == draft.by && !excepted {
            return Err(Refused::OwnProposal(draft.by.clone(), proposal.number));
        }
        Ok(())
    }

    fn publish(&self, warning: &Record) -> Result<(), Refused> {
        if !self.role.publish {
            let who = self.roles.who(|r| r.publish && r.covers(&warning.place));
            let by = self.role.id.clone();
            return Err(Refused::MayNotPublish { by, who });
        }
        if warning.replay {
            return Err(Refused::Replay(warning.number));
        }
        self.stands(warning)?;
        match self.chain.publication(warning.number) {
            Some(decision) => Err(Refused::Published(warning.number, decision.number)),
            None => Ok(()),
        }
    }

    pub(super) fn act(&self, draft: &Draft, answered: Option<&Record>) -> Result<(), Refused> {
        use RecordAnswer::{Begun, Taken};
        if draft.answer != Some(Begun) {
            let begun = expect(answered, RecordKind::Act, "the act that had begun")?;
            if begun.answer != Some(Begun) {
                return Err(wrong_kind(begun, "the act that had begun"));
            }
            if let Some(end) = self.chain.replies(begun.number).next() {
                return Err(Refused::Closed(begun.number, end.number));
            }
            return draft.outcome.as_ref().map(|_| ()).ok_or(Refused::NoOutcome);
        }
        let expected = "the decision that took the proposal";
        let record = answered.ok_or(Refused::AnswersNothing(expected))?;
        match (record.kind, record.answer) {
            (RecordKind::Decide, Some(Taken)) => Ok(()),
            (RecordKind::Decide, Some(answer)) => Err(Refused::DecidedOtherwise(record.number, answer)),
            (RecordKind::Propose, _) => {
                self.open(record)?;
                let tier = self.tier(record.option.as_deref())?;
                if tier != Tier::Soft || self.role.standing_protocol.is_none() {
                    return Err(Refused::NotTaken(record.number));
                }
                self.in_time(record)
            }
            _ => Err(wrong_kind(record, expected)),
        }
    }

    /// A proposal that nobody has decided on.
    fn open(&self, proposal: &Record) -> Result<(), Refused> {
        let decided = self
            .chain
            .replies(proposal.number)
            .find(|r| r.kind == RecordKind::Decide);
        match decided.and_then(|decision| Some((decision.number, decision.answer?))) {
            Some((number, answer)) => Err(Refused::Decided(proposal.number, number, answer)),
            None => Ok(()),
        }
    }

    /// A proposal that has not expired.
    fn in_time(&self, proposal: &Record) -> Result<(), Refused> {
        match proposal.expires.filter(|expires| self.today > *expires) {
            Some(expires) => Err(Refused::Expired(proposal.number, expires)),
            None => Ok(()),
        }
    }
}

/// The record that is answered, where it is of that kind.
fn expect<'r>(answered: Option<&'r Record>, kind: RecordKind, expected: &'static str) -> Result<&'r Record, Refused> {
    let record = answered.ok_or(Refused::AnswersNothing(expected))?;
    if record.kind == kind {
        Ok(record)
    } else {
        Err(wrong_kind(record, expected))
    }
}

fn wrong_kind(record: &Record, expected: &'static str) -> Refused {
    let found = match (record.kind, record.answer) {
        (RecordKind::Propose, _) => "a proposal".to_owned(),
        (kind, Some(answer)) => format!("of the kind {kind} ({answer})"),
        (kind, None) => format!("of the kind {kind}"),
    };
    Refused::WrongKind {
        number: record.number,
        found,
        expected,
    }
}

//! The roles of an observatory: who may warn, propose, decide and act. Text in, roles out.

use std::collections::BTreeSet;

use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::mistake::{BrokenFile, Checks, read};
use lysoen_lexicon::place::{PlaceId, PlaceKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::record::RecordKind;
use crate::option::Tier;

/// The file of an observatory in which its roles stand.
pub const FILE: &str = "catalog/ladder/roles.toml";

/// What `catalog/ladder/roles.toml` of an observatory holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RolesFile {
    /// The roles.
    #[serde(default)]
    pub role: Vec<Role>,
}

/// A post that does one or more of the four things. A proposal is never decided by the role that made it, but for a soft option
/// under a standing protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its id, as records name it: small letters, digits and `-`.
    pub id: String,
    /// The post, such as `Head of the early-warning desk`; never a person's name.
    pub title: String,
    /// The organisation.
    pub organisation: String,
    /// What it may do.
    pub may: Vec<RecordKind>,
    /// The tiers of options on which it may decide.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// Whether it may decide that a warning is public.
    #[serde(default)]
    pub publish: bool,
    /// The countries for which, by ISO 3166-1 alpha-3 code; all places where none is named.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub places: Vec<PlaceId>,
    /// The document by which it may decide on its own proposals of soft options, and act on proposals of them without a decision.
    #[serde(default)]
    pub standing_protocol: Option<String>,
}

/// The roles of an observatory; none where it has defined none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    list: Vec<Role>,
}

impl Roles {
    /// The roles of a file; all mistakes are told together.
    pub fn parse(file: &str, text: &str) -> Result<Roles, BrokenFile> {
        let refused = |mistakes| BrokenFile::new(file, text, mistakes);
        let roles: RolesFile = read(text).map_err(refused)?;
        let mut checks = Checks::new(text);
        check(&mut checks, &roles.role);
        checks.outcome(Roles { list: roles.role }).map_err(refused)
    }

    /// The roles, in the order of the file.
    pub fn list(&self) -> &[Role] {
        &self.list
    }

    /// A role by its id.
    pub fn get(&self, id: &str) -> Option<&Role> {
        self.list.iter().find(|role| role.id == id)
    }

    /// The id nearest to one that no role has; none where none is near.
    pub(crate) fn nearest(&self, unknown: &str) -> Option<&str> {
        let far = |id: &str| strsim::damerau_levenshtein(&unknown.to_lowercase(), &id.to_lowercase());
        let limit = 2.max(unknown.chars().count() / 3);
        let near = self.list.iter().map(|role| (far(&role.id), role.id.as_str()));
        Some(near.filter(|(far, _)| *far <= limit).min()?.1)
    }

    /// The ids of the roles of which that is so, as a list in words: "`a`, `b`"; "no role" where there is none.
    pub(crate) fn who(&self, so: impl Fn(&Role) -> bool) -> String {
        let ids: Vec<String> = self
            .list
            .iter()
            .filter(|r| so(r))
            .map(|r| format!("`{}`", r.id))
            .collect();
        if ids.is_empty() {
            "no role".to_owned()
        } else {
            ids.join(", ")
        }
    }
}

impl Role {
    /// Whether it may do such a thing.
    pub fn may(&self, kind: RecordKind) -> bool {
        self.may.contains(&kind)
    }

    /// Whether a place is one of its own, or lies in one.
    pub fn covers(&self, place: &PlaceId) -> bool {
        let named = |place: &PlaceId| self.places.contains(place);
        self.places.is_empty()
            || named(place)
            || match place.kind() {
                PlaceKind::Joint => place.parts().iter().all(named),
                PlaceKind::Area => country_of(place).is_some_and(|country| named(&country)),
                _ => false,
            }
    }
}

/// The country of an area, by the two letters with which its P-code opens.
fn country_of(area: &PlaceId) -> Option<PlaceId> {
    let two = area.pcode()?.get(..2)?;
    match Crosswalk::builtin().resolve(CodeSystem::Iso2, two, None) {
        Ok(Resolved::Place(country)) => Some(country),
        _ => None,
    }
}

fn check(checks: &mut Checks<'_>, roles: &[Role]) {
    let mut ids = BTreeSet::new();
    for (at, role) in roles.iter().enumerate() {
        if !ids.insert(role.id.as_str()) {
            let message = format!("there are two roles `{}`", role.id);
            wrong(checks, at, "id", message, "give each role an id of its own");
        }
        check_role(checks, at, role);
    }
}

/// A mistake at a key of a role, or at the role where it has no such key.
fn wrong(checks: &mut Checks<'_>, role: usize, key: &str, message: String, advice: &str) {
    checks.add(&["role", &role.to_string(), key], message, advice);
}

fn check_role(checks: &mut Checks<'_>, at: usize, role: &Role) {
    let id = &role.id;
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if !id.bytes().all(allowed) || !id.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) {
        let message = format!("`{id}` is not the id of a role");
        wrong(
            checks,
            at,
            "id",
            message,
            "write small letters, digits and `-`, such as `early-warning-desk`",
        );
    }
    let texts = [
        ("title", Some(&role.title), "write the post, never a person's name"),
        ("organisation", Some(&role.organisation), "write whose post it is"),
        (
            "standing_protocol",
            role.standing_protocol.as_ref(),
            "name the document, or leave it out",
        ),
    ];
    for (key, text, advice) in texts {
        if text.is_some_and(|text| text.trim().is_empty() || text.chars().any(char::is_control)) {
            wrong(
                checks,
                at,
                key,
                format!("the {key} of the role `{id}` is no line of text"),
                advice,
            );
        }
    }
    if role.may.is_empty() {
        let message = format!("the role `{id}` may do nothing");
        wrong(
            checks,
            at,
            "may",
            message,
            "name at least one of \"warn\", \"propose\", \"decide\", \"act\"",
        );
    }
    let decides = role.may(RecordKind::Decide);
    if decides && role.tiers.is_empty() && !role.publish {
        let message = format!("the role `{id}` may decide, and on nothing");
        wrong(
            checks,
            at,
            "tiers",
            message,
            "name the tiers, or write `publish = true`",
        );
    }
    if !decides && (role.publish || !role.tiers.is_empty()) {
        let key = if role.publish { "publish" } else { "tiers" };
        let message = format!("the role `{id}` has `{key}` and may not decide");
        wrong(
            checks,
            at,
            key,
            message,
            "add \"decide\" to what it may do, or leave that out",
        );
    }
    if role.standing_protocol.is_some() && !role.may(RecordKind::Act) && !(decides && role.tiers.contains(&Tier::Soft))
    {
        let message = format!("the role `{id}` has a standing protocol, and neither acts nor decides on soft options");
        wrong(
            checks,
            at,
            "standing_protocol",
            message,
            "only soft options may be authorised beforehand",
        );
    }
    for place in role.places.iter().filter(|place| place.kind() != PlaceKind::Country) {
        let message = format!("the role `{id}` is for `{place}`, which is no country");
        wrong(
            checks,
            at,
            "places",
            message,
            "write ISO 3166-1 alpha-3 codes; leave the list out for all places",
        );
    }
}

//! Who attacks, by the words of the Aid Worker Security Database.
//!
//! What the words mean is read off the names that the database's coders put under them.

use serde::{Deserialize, Serialize};

/// Who attacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attacker {
    /// Those who act for a state, or for whoever governs in its place.
    State,
    /// Armed groups, criminals and other people who act for no state.
    NonState,
    /// Not known.
    Unknown,
}

impl Attacker {
    /// All of them, in the order in which they are told.
    pub const ALL: [Attacker; 3] = [Attacker::State, Attacker::NonState, Attacker::Unknown];
}

/// A type of attacker in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// In the database's words.
    pub actor_type: &'static str,
    /// What it counts as.
    pub attacker: Attacker,
    /// What it means.
    pub means: &'static str,
}

const fn says(actor_type: &'static str, attacker: Attacker, means: &'static str) -> Actor {
    Actor {
        actor_type,
        attacker,
        means,
    }
}

/// Every type of attacker in the database.
pub const ACTORS: &[Actor] = &[
    says(
        "Host state",
        Attacker::State,
        "the armed forces of whoever governs where it happened, as the coders see it: mostly the country's own army, but also \
         Israel's forces in the Palestinian territory, the Houthi forces in Yemen and the Kurdish administration's in Syria; \
         host is therefore not always the state whose territory it is",
    ),
    says(
        "Foreign or coalition forces",
        Attacker::State,
        "the armed forces of another state or of several together, such as Russia's in Ukraine and, with Syria's, in Syria, \
         the Saudi-led coalition in Yemen, or Israel's in Lebanon",
    ),
    says(
        "Police or paramilitary",
        Attacker::State,
        "police, security services and forces at a government's side; also, in a few incidents, forces that the coders saw as \
         such and others would not, among them Wagner in Mali and the Rapid Support Forces in Sudan",
    ),
    says(
        "State: unknown",
        Attacker::State,
        "forces of a state, which one is not known",
    ),
    says(
        "Non-state armed group: Global",
        Attacker::NonState,
        "an armed group that acts across the world, such as the Islamic State or Al-Qaeda",
    ),
    says(
        "Non-state armed group: Regional",
        Attacker::NonState,
        "an armed group that acts in several countries of a region, such as Boko Haram",
    ),
    says(
        "Non-state armed group: National",
        Attacker::NonState,
        "an armed group that acts in one country, such as Al Shabaab or the Rapid Support Forces in Sudan; the Taliban are \
         among them",
    ),
    says(
        "Non-state armed group: Subnational",
        Attacker::NonState,
        "an armed group of a part of a country, such as the Mai Mai",
    ),
    says(
        "Non-state armed group: Unknown",
        Attacker::NonState,
        "an armed group, which one is not known",
    ),
    says(
        "Criminal",
        Attacker::NonState,
        "people who attacked for gain, a gang among them",
    ),
    says(
        "Unaffiliated",
        Attacker::NonState,
        "people of no group: residents, youths, relatives",
    ),
    says(
        "Aid recipient",
        Attacker::NonState,
        "people who receive aid, or those around them",
    ),
    says(
        "Staff member",
        Attacker::NonState,
        "somebody who works or worked for an aid organisation",
    ),
    says("Unknown", Attacker::Unknown, "not known"),
];

/// The type of attacker of those words, however they are spaced and written large or small; none where it is not known.
pub fn actor(words: &str) -> Option<&'static Actor> {
    let words = words.trim();
    ACTORS.iter().find(|actor| actor.actor_type.eq_ignore_ascii_case(words))
}

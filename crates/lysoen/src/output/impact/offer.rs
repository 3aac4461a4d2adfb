//! What can be asked: the four answers, the classes, the policies, the outcomes.

use std::fmt::Write;

use lysoen_answers::impact::{ClassBrief, ImpactState, OutcomeBrief, PolicyBrief};
use lysoen_impact::{Method, Rules};
use serde::Serialize;
use utoipa::ToSchema;

use super::words::NONE;
use crate::console::fold;
use crate::output::phrase::{hints, section, width};
use crate::output::terminal::Shown;

/// The four answers, each with what it says.
const ANSWERS: [(&str, &str); 4] = [
    (
        "fewer",
        "Fewer people were harmed than would have been without the policy.",
    ),
    ("more", "More people were harmed than would have been."),
    (
        "none-larger",
        "The effect is no larger than d, a share of what would have been that was stated beforehand.",
    ),
    (
        "cannot-be-told",
        "It cannot be told, and why; that is decided from the time before the policy, before the effect is seen.",
    ),
];

/// Everything that can be asked, for machines.
#[derive(Debug, Serialize)]
pub struct Offer {
    /// The policies of the catalog.
    pub policies: Vec<PolicyBrief>,
    /// The classes of them.
    pub classes: Vec<ClassBrief>,
    /// The thresholds.
    pub rules: Rules,
    /// What an own question can be asked of.
    pub outcomes: Vec<OutcomeBrief>,
    /// How a counterfactual can be made.
    pub methods: Vec<MethodName>,
}

/// A method by its name on the command line and in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImpactMethodName)]
pub struct MethodName {
    /// Its name on the command line.
    pub id: Method,
    /// Its name in words.
    pub title: &'static str,
}

impl Offer {
    /// What can be asked of a state.
    pub fn of(state: &ImpactState) -> Offer {
        Offer {
            policies: state.policies(),
            classes: state.classes(),
            rules: state.rules().clone(),
            outcomes: state.outcomes(),
            methods: methods(),
        }
    }
}

/// Every method.
pub fn methods() -> Vec<MethodName> {
    let named = |id: Method| MethodName { id, title: id.title() };
    Method::ALL.into_iter().map(named).collect()
}

/// What can be asked.
pub fn list(state: &ImpactState, shown: Shown) -> String {
    let wide = width(shown);
    let mut text = format!("{}\n\n", shown.paint.heading("Impact: did it protect people?"));
    let said = "Name a policy, or a place, a day and an outcome: what happened after it is held against what would have \
                happened without it. There are four answers.";
    writeln!(text, "{}\n", fold(said, wide, 0)).ok();
    let rows = ANSWERS.map(|(word, told)| (word.to_string(), told.to_string()));
    listing(&rows, shown, &mut text);
    classes(&state.classes(), shown, &mut text);
    policies(&state.policies(), shown, &mut text);
    outcomes(&state.outcomes(), shown, &mut text);
    let next = [
        ("lysoen impact --policy ID".to_string(), "a policy of the catalog"),
        ("lysoen impact --class ID".to_string(), "a whole class of policies"),
        (
            "lysoen impact --outcome killed --place COL --from 2016".to_string(),
            "a question of your own",
        ),
    ];
    text.push_str(&hints(&next, shown));
    text
}

/// The widest that ids are made to stand beside what is said of them.
const BESIDE: usize = 32;

/// Ids with what is said of each beside it, or below it where the id is long: an id is never broken, so that it can be copied.
fn listing(rows: &[(String, String)], shown: Shown, text: &mut String) {
    let lengths = rows.iter().map(|(id, _)| id.chars().count());
    let column = lengths.filter(|length| *length <= BESIDE).max().unwrap_or(0) + 2;
    for (id, said) in rows {
        let lead = match id.chars().count() > BESIDE {
            true => format!("{id}\n  {:column$}", ""),
            false => format!("{id:column$}"),
        };
        let folded = fold(said, width(shown).saturating_sub(column + 2).max(20), 0);
        let indent = format!("\n{:1$}", "", column + 2);
        writeln!(text, "  {lead}{}", folded.replace('\n', &indent)).ok();
    }
}

fn classes(classes: &[ClassBrief], shown: Shown, text: &mut String) {
    if classes.is_empty() {
        return;
    }
    text.push_str(&section("Classes", shown.paint));
    let row = |class: &ClassBrief| (class.id.clone(), format!("{} ({} cases)", class.question, class.cases));
    let rows: Vec<_> = classes.iter().map(row).collect();
    listing(&rows, shown, text);
}

fn policies(policies: &[PolicyBrief], shown: Shown, text: &mut String) {
    let mut kinds: Vec<(&str, Vec<&PolicyBrief>)> = Vec::new();
    for policy in policies {
        match kinds.iter_mut().find(|(kind, _)| *kind == policy.kind_title) {
            Some((_, list)) => list.push(policy),
            None => kinds.push((&policy.kind_title, vec![policy])),
        }
    }
    for (kind, list) in kinds {
        text.push_str(&section(&format!("Policies: {kind}"), shown.paint));
        let row = |policy: &&PolicyBrief| {
            let unread = if policy.checked.is_none() { " *" } else { "" };
            let outcome = policy.outcome.as_deref().unwrap_or(NONE);
            let said = format!("{}  {}, {outcome}{unread}", policy.date, policy.place.name);
            (policy.id.clone(), said)
        };
        let rows: Vec<_> = list.iter().map(row).collect();
        listing(&rows, shown, text);
    }
    let mut notes = Vec::new();
    if policies.iter().any(|policy| policy.checked.is_none()) {
        notes.push("* from general knowledge: nobody has read the document.");
    }
    if policies.iter().any(|policy| policy.outcome.is_none()) {
        notes.push("– no series tells of what it was to protect from; it is told why.");
    }
    for note in notes {
        writeln!(text, "{}", shown.paint.dim(&fold(note, width(shown), 2))).ok();
    }
}

fn outcomes(outcomes: &[OutcomeBrief], shown: Shown, text: &mut String) {
    text.push_str(&section("Outcomes", shown.paint));
    let row = |outcome: &OutcomeBrief| {
        let by = if outcome.months { " (also by month)" } else { "" };
        (outcome.id.clone(), format!("{}{by}", outcome.title))
    };
    let rows: Vec<_> = outcomes.iter().map(row).collect();
    listing(&rows, shown, text);
}

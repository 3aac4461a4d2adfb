//! HXL tags: a hashtag and its attributes, and what the attributes say about groups of people.

use std::collections::BTreeSet;

/// A tag such as `#affected+f+age_0_4`, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The hashtag without `#`.
    pub(super) hashtag: String,
    /// The attributes; their order means nothing.
    pub(super) attributes: BTreeSet<String>,
}

impl Tag {
    /// A tag as it stands in a file or a card; none where the text is not one.
    pub(super) fn parse(text: &str) -> Option<Tag> {
        let text = text.trim().to_lowercase();
        let mut parts = text.strip_prefix('#')?.split('+').map(str::trim);
        let hashtag = parts.next().filter(|hashtag| !hashtag.is_empty())?.to_string();
        Some(Tag {
            hashtag,
            attributes: parts.filter(|part| !part.is_empty()).map(str::to_string).collect(),
        })
    }

    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attributes.contains(attribute)
    }

    pub(super) fn has_any(&self, attributes: &[&str]) -> bool {
        attributes.iter().any(|attribute| self.has(attribute))
    }

    /// The level of an administrative area's tag, `#adm1` to `#adm4`.
    pub(super) fn level(&self) -> Option<usize> {
        let level: usize = self.hashtag.strip_prefix("adm")?.parse().ok()?;
        (1..=4).contains(&level).then_some(level)
    }
}

/// The group of people that an attribute names, as an entry of a breakdown; none where it names none.
pub(super) fn group(attribute: &str) -> Option<String> {
    match attribute {
        "f" | "female" | "females" | "women" => return Some("gender=f".into()),
        "m" | "male" | "males" | "men" => return Some("gender=m".into()),
        "girls" => return Some("age=children;gender=f".into()),
        "boys" => return Some("age=children;gender=m".into()),
        "infants" | "children" | "adolescents" | "adults" | "elderly" => return Some(format!("age={attribute}")),
        _ => {}
    }
    // age_0_4, age_80_plus, age_80plus, age_0_4_plus is nothing.
    let ages = attribute.strip_prefix("age")?.trim_start_matches('_');
    let digits = |text: &str| (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_string());
    if let Some(from) = ages
        .strip_suffix("plus")
        .map(|from| from.trim_end_matches('_'))
        .and_then(digits)
    {
        return Some(format!("age={from}+"));
    }
    let (from, to) = ages.split_once('_')?;
    Some(format!("age={}-{}", digits(from)?, digits(to)?))
}

/// A text of a group column as an entry's value: women and men as everywhere, totals as nothing.
pub(super) fn member(key: &str, text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let small = text.to_lowercase();
    if text.is_empty() || matches!(small.as_str(), "all" | "total" | "all ages" | "t_tl") {
        return None;
    }
    if key == "gender" {
        match small.as_str() {
            "f" | "female" | "females" | "women" => return Some("f".into()),
            "m" | "male" | "males" | "men" => return Some("m".into()),
            _ => {}
        }
    }
    // A breakdown is written key=value;key=value.
    Some(text.replace([';', '='], ","))
}

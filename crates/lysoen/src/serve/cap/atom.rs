//! The index of messages, as an Atom feed (RFC 4287).

use std::collections::BTreeMap;
use std::io;

use jiff::{SignedDuration, Timestamp};

use super::{CapError, INDEX, MESSAGE, Warning, Xml, clean, document, text};

/// How long a message stays in the index once it has expired.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What the index says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// An IRI that never changes, such as `tag:warnings.example.org,2026:cap`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    /// Where it is read.
    pub address: String,
    /// Where messages are read: the address to which a message's identifier, percent-encoded, is added.
    pub messages: String,
}

/// The index of messages, newest first, from all of them in the order of the log. Updates and cancels are entries of their
/// own, so that whoever polls sees them. A message stays until it, and all that it updates or cancels, have been expired for
/// 30 days ([`KEPT`]): nobody finds a warning there whose withdrawal has gone.
pub fn index(feed: &Feed, warnings: &[Warning], now: Timestamp) -> Result<String, CapError> {
    let mut until: BTreeMap<&str, Timestamp> = BTreeMap::new();
    let mut kept = Vec::new();
    for warning in warnings {
        let earlier = warning
            .references
            .iter()
            .filter_map(|r| until.get(r.identifier.as_str()));
        let last = earlier.copied().fold(warning.expires, Timestamp::max);
        until.insert(&warning.identifier, last);
        if now.duration_since(last) <= KEPT {
            kept.push(warning);
        }
    }
    kept.reverse();
    // Stable, so that of one second the later in the log comes first.
    kept.sort_by_key(|warning| std::cmp::Reverse(warning.sent));
    let changed = warnings.iter().map(|warning| warning.sent).max();
    document("feed", "http://www.w3.org/2005/Atom", |xml| {
        text(xml, "id", &feed.id)?;
        text(xml, "title", &feed.title)?;
        text(xml, "updated", &time(changed.unwrap_or(Timestamp::UNIX_EPOCH)))?;
        xml.create_element("author")
            .write_inner_content(|xml| text(xml, "name", &feed.author))?;
        link(xml, "self", INDEX, &feed.address)?;
        kept.iter().try_for_each(|warning| {
            xml.create_element("entry")
                .write_inner_content(|xml| entry(xml, feed, warning))
                .map(|_| ())
        })
    })
}

fn entry(xml: &mut Xml, feed: &Feed, warning: &Warning) -> io::Result<()> {
    let name = encoded(&warning.identifier);
    let headline = [&warning.headline, &warning.event].map(|text| clean(text));
    let title = headline.iter().find(|text| !text.is_empty()).unwrap_or(&name);
    text(xml, "id", &format!("{}/{name}", feed.id))?;
    text(xml, "title", title)?;
    text(xml, "updated", &time(warning.sent))?;
    let kind = format!("{:?}", warning.kind);
    xml.create_element("category")
        .with_attribute(("term", kind.as_str()))
        .write_empty()?;
    link(xml, "alternate", MESSAGE, &format!("{}{name}", feed.messages))
}

fn link(xml: &mut Xml, rel: &str, media: &str, href: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", media), ("href", href)])
        .write_empty()?;
    Ok(())
}

/// An identifier as a part of an address.
fn encoded(identifier: &str) -> String {
    let mut address = String::new();
    for byte in identifier.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

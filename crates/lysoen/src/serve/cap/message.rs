//! One message.

use std::io;

use jiff::Timestamp;

use super::{CapError, Certainty, Code, Kind, LANGUAGE, Scope, Warning, Xml, clean, document, text};

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// A warning as a message of the Common Alerting Protocol 1.2, or why it cannot be one.
pub fn message(warning: &Warning) -> Result<String, CapError> {
    warning.check()?;
    document("alert", NAMESPACE, |xml| {
        text(xml, "identifier", &warning.identifier)?;
        text(xml, "sender", &warning.sender)?;
        text(xml, "sent", &time(warning.sent))?;
        text(xml, "status", if warning.exercise { "Exercise" } else { "Actual" })?;
        text(xml, "msgType", &format!("{:?}", warning.kind))?;
        match &warning.scope {
            Scope::Restricted(why) => {
                text(xml, "scope", "Restricted")?;
                text(xml, "restriction", why)?;
            }
            Scope::Public => text(xml, "scope", "Public")?,
        }
        if !warning.references.is_empty() {
            let triples = warning.references.iter();
            let triples = triples.map(|r| format!("{},{},{}", r.sender, r.identifier, time(r.sent)));
            text(xml, "references", &triples.collect::<Vec<_>>().join(" "))?;
        }
        xml.create_element("info")
            .write_inner_content(|xml| info(xml, warning))?;
        Ok(())
    })
}

/// What is warned of, in the order of the schema. A cancel says only what is withdrawn, and why.
fn info(xml: &mut Xml, warning: &Warning) -> io::Result<()> {
    let cancel = warning.kind == Kind::Cancel;
    text(xml, "language", LANGUAGE)?;
    text(xml, "category", "Security")?;
    text(xml, "category", "Safety")?;
    text(xml, "event", &warning.event)?;
    if !cancel {
        text(xml, "responseType", "Monitor")?;
        text(xml, "responseType", "Assess")?;
    }
    text(xml, "urgency", "Future")?;
    text(xml, "severity", &format!("{:?}", warning.severity))?;
    text(xml, "certainty", &format!("{:?}", Certainty::of(warning.chance)))?;
    if !cancel {
        text(xml, "effective", &time(warning.effective))?;
        if let Some(onset) = warning.onset {
            text(xml, "onset", &time(onset))?;
        }
        text(xml, "expires", &time(warning.expires))?;
    }
    where_any(xml, "headline", &warning.headline)?;
    where_any(xml, "description", &warning.description)?;
    if !cancel {
        where_any(xml, "instruction", warning.instruction.as_deref().unwrap_or_default())?;
        where_any(xml, "web", warning.web.as_deref().unwrap_or_default())?;
        if let Some(chance) = warning.chance {
            named(xml, "parameter", "chance", &chance.to_string())?;
        }
        for source in &warning.sources {
            named(xml, "parameter", "source", source)?;
        }
    }
    let area = xml.create_element("area");
    area.write_inner_content(|xml| {
        text(xml, "areaDesc", &warning.place.name)?;
        match &warning.place.code {
            Code::Iso3(code) => named(xml, "geocode", "ISO3166-1-alpha-3", code),
            Code::PCode(code) => named(xml, "geocode", "P-code", code),
        }
    })?;
    Ok(())
}

/// An element with text, if there is any.
fn where_any(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    if clean(value).is_empty() {
        return Ok(());
    }
    text(xml, name, value)
}

/// An element with a name and a value.
fn named(xml: &mut Xml, element: &str, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(element).write_inner_content(|xml| {
        text(xml, "valueName", name)?;
        text(xml, "value", value)
    })?;
    Ok(())
}

/// A time as the protocol wants it: in UTC, without `Z` and fractions.
fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S-00:00").to_string()
}

//! What is due, as iCalendar (RFC 5545): a day-long entry for each duty, deadline and meeting.

use icalendar::{Calendar, Component, Event, Property};
use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_answers::agenda::{DueRow, MeetingRow};

/// The calendar of what is due. `on` is the day as of which it is told; the same rows give the same bytes.
pub fn calendar(rows: &[DueRow], meetings: &[MeetingRow], on: Date) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Lysoen//Agenda//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.name(&format!("The human-security agenda, as of {on}"));
    for row in rows {
        let Some(due) = row.due else { continue };
        calendar.push(entry(row, due, on));
    }
    for meeting in meetings {
        let Some(first) = meeting.date else { continue };
        let id = format!("{}.meeting.{first}@lysoen", meeting.instrument);
        let mut event = days(&id, first, meeting.until.unwrap_or(first), on);
        event.summary(&format!("{}: {}", meeting.short, meeting.title));
        event.description(&format!("Source: {}", meeting.source));
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn entry(row: &DueRow, due: Date, on: Date) -> Event {
    let mut event = days(
        &format!("{}.{}.{due}@lysoen", row.duty, plain(&row.participant)),
        due,
        due,
        on,
    );
    let covers = row
        .covers
        .as_ref()
        .map_or_else(String::new, |covers| format!(" for {covers}"));
    event.summary(&format!(
        "{}: {}{covers} ({}, Art. {})",
        row.name, row.title, row.short, row.article
    ));
    let mut lines = vec![format!("As of {on}: {}.", row.told)];
    lines.extend(row.notes.iter().cloned());
    if let (Some(source), Some(as_of)) = (&row.source, row.source_as_of) {
        lines.push(format!("Source: {source}, as of {as_of}."));
    }
    event.description(&lines.join("\n"));
    event.append_property(Property::new(
        "CATEGORIES",
        if row.kind == "deadline" { "DEADLINE" } else { "DUTY" },
    ));
    event.done()
}

/// An entry that lasts whole days; it does not make anybody busy.
fn days(id: &str, first: Date, last: Date, on: Date) -> Event {
    let mut event = Event::new();
    event.uid(id);
    event.add_property("DTSTAMP", format!("{}T000000Z", basic(on)));
    let after = last.checked_add(1.day()).unwrap_or(last);
    for (key, day) in [("DTSTART", first), ("DTEND", after)] {
        let mut property = Property::new(key, basic(day));
        property.add_parameter("VALUE", "DATE");
        event.append_property(property.done());
    }
    event.add_property("TRANSP", "TRANSPARENT");
    event
}

fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A participant in an identifier: letters and digits, others as hyphens.
fn plain(participant: &str) -> String {
    participant
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}

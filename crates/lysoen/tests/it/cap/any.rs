//! Warnings of any words.

use jiff::{SignedDuration, Timestamp};
use lysoen::serve::cap::{Code, Kind, Place, Reference, Scope, Severity, Warning, check_id};
use proptest::prelude::*;

/// Texts that nobody hopes for.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,12}",
        Just("]]>".to_string()),
        Just("<![CDATA[ \"'&amp;&#0; <!-- -- -->".to_string()),
        Just("\u{0}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}".to_string()),
        Just("👩‍👩‍👧 \u{202e}אדם\u{10ffff}".to_string()),
        Just("a\r\nb\rc\n\td".to_string()),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Nasty text with something in it.
fn said() -> impl Strategy<Value = String> {
    nasty().prop_map(|text| format!("x{text}"))
}

fn id() -> impl Strategy<Value = String> {
    said().prop_map(|text| {
        text.chars()
            .filter(|c| check_id("it", &c.to_string()).is_ok())
            .collect()
    })
}

/// From 1970 to 2239, with fractions of seconds.
fn time() -> impl Strategy<Value = Timestamp> {
    (0..8_500_000_000_i64, 0..1_000_000_000).prop_map(|(s, ns)| Timestamp::new(s, ns).expect("a time"))
}

/// A warning that can be sent, of any words.
pub(super) fn any_warning() -> impl Strategy<Value = Warning> {
    let reference = (id(), id(), time()).prop_map(|(identifier, sender, sent)| Reference {
        identifier,
        sender,
        sent,
    });
    let kinds = prop::sample::select(vec![Kind::Alert, Kind::Update, Kind::Cancel]);
    let kind = (kinds, prop::collection::vec(reference, 1..4)).prop_map(|(kind, references)| match kind {
        Kind::Alert => (kind, Vec::new()),
        Kind::Update | Kind::Cancel => (kind, references),
    });
    let severity = prop::sample::select(vec![
        Severity::Extreme,
        Severity::Severe,
        Severity::Moderate,
        Severity::Minor,
        Severity::Unknown,
    ]);
    let scope = prop_oneof![
        Just(Scope::Public),
        said().prop_map(Scope::Restricted),
        Just(Scope::default())
    ];
    let code = prop_oneof![
        "[A-Z]{3}".prop_map(Code::Iso3),
        "[A-Z]{2}[0-9]{1,8}".prop_map(Code::PCode)
    ];
    let place = (said(), code).prop_map(|(name, code)| Place { name, code });
    let web = prop::option::of("https://[a-z]{1,9}\\.example/[a-zA-Z0-9/._~()'!*;:@,-]{0,20}(\\?a=1&b=%20)?(#[a-z]*)?");
    (
        (id(), id(), time(), kind, scope),
        (said(), nasty(), nasty(), prop::option::of(nasty())),
        (time(), prop::option::of(time()), 1..400_000_000_i64),
        (
            prop::option::of(0.0..=1.0),
            severity,
            place,
            web,
            prop::collection::vec(nasty(), 0..4),
            any::<bool>(),
        ),
    )
        .prop_map(|(head, words, times, rest)| {
            let (identifier, sender, sent, (kind, references), scope) = head;
            let (event, headline, description, instruction) = words;
            let (effective, onset, lasts) = times;
            let (chance, severity, place, web, sources, exercise) = rest;
            Warning {
                identifier,
                sender,
                sent,
                kind,
                references,
                scope,
                event,
                headline,
                description,
                instruction,
                effective,
                onset,
                expires: effective + SignedDuration::from_secs(lasts),
                chance,
                severity,
                place,
                web,
                sources,
                exercise,
            }
        })
}

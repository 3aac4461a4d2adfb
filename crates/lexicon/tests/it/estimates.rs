use lysoen_lexicon::estimate::{Estimate, IntervalKind};
use lysoen_lexicon::provenance::Provenance;

#[test]
fn a_kind_of_interval_keeps_its_text() {
    for text in [
        "source-range",
        "confidence-0.95",
        "credible-0.9",
        "bounds",
        "projection-80",
        "projection-95",
        "none: the source gives one number",
    ] {
        let kind: IntervalKind = text.parse().expect(text);
        assert_eq!(kind.to_string(), text);
    }
    for text in ["", "confidence-95", "credible-0", "range", "none"] {
        assert!(text.parse::<IntervalKind>().is_err(), "{text}");
    }
}

#[test]
fn an_estimate_knows_whether_its_ends_are_in_order() {
    let killed = Estimate::within(10.0, 8.0, 15.0, IntervalKind::SourceRange, "UCDP's best, low and high");
    assert!(killed.is_ordered());
    // Four events of January 2026 have a best above their high.
    let odd = Estimate::within(10.0, 8.0, 9.0, IntervalKind::SourceRange, "UCDP's best, low and high");
    assert!(!odd.is_ordered());
    assert!(Estimate::without_interval(1.0, "one survey", "as published").is_ordered());
}

#[test]
fn an_estimate_survives_json() {
    let made = Estimate::without_interval(1.5, "one survey", "as published");
    let text = serde_json::to_string(&made).expect("JSON");
    assert_eq!(
        text,
        r#"{"value":1.5,"low":null,"high":null,"interval":"none: one survey","how":"as published"}"#
    );
    assert_eq!(serde_json::from_str::<Estimate>(&text).expect("an estimate"), made);
}

#[test]
fn provenance_is_one_line_for_a_citation() {
    let mut from = Provenance::new("ucdp-ged", jiff::civil::date(2025, 6, 1));
    assert_eq!(from.to_string(), "ucdp-ged, as of 2025-06-01 (licence not known)");
    from.release = Some("25.1".to_owned());
    from.licence = Some("CC BY 4.0".to_owned());
    from.note = Some("reconstructed".to_owned());
    assert_eq!(
        from.to_string(),
        "ucdp-ged 25.1, as of 2025-06-01 (CC BY 4.0); reconstructed"
    );
}

//! In event time every counterfactual after is multiplied by what shams leave in the median.

use lysoen_impact::{Design, Donor, Method};

fn design(after: f64) -> Design {
    let donor = |unit: &str, lift: f64| Donor {
        unit: unit.to_string(),
        values: [4.0, 6.0, 5.0, 8.0, 3.0, 3.0].map(|value| value + lift).to_vec(),
    };
    let times = (0..6).map(|time| time.to_string()).collect();
    let at = (0..6).map(f64::from).collect();
    let observed = vec![4.0, 6.0, 5.0, 7.0, 2.0, 1.0];
    let donors = vec![donor("A@1", 0.0), donor("B@2", 0.0), donor("C@3", 0.3)];
    let design = Design::new("U", times, at, 4, observed, donors).unwrap();
    Design { after, ..design }
}

#[test]
fn what_is_foretold_after_is_multiplied_for_the_unit_and_its_placebos_and_what_lies_before_is_not() {
    for method in [Method::Did, Method::Synthetic, Method::Difp] {
        let (plain, scaled) = (design(1.0), design(0.4));
        let one = method.fit(&plain).unwrap();
        let other = method.fit(&scaled).unwrap();
        assert_eq!(one.counterfactual[..4], other.counterfactual[..4], "{method}");
        assert_eq!(one.pre_rmspe, other.pre_rmspe);
        for (a, b) in one.counterfactual[4..].iter().zip(&other.counterfactual[4..]) {
            assert!((0.4 * a - b).abs() < 1e-12, "{method}");
        }
        let mean = (other.counterfactual[4] + other.counterfactual[5]) / 2.0;
        assert!((other.effect - (1.5 - mean)).abs() < 1e-12);
        assert!(
            other.notes.iter().any(|note| note.contains("times 0.40")),
            "{:?}",
            other.notes
        );
    }
    let scaled = design(0.4);
    assert_eq!(scaled.as_if(1).after, 0.4);
    assert_eq!(scaled.without(1).after, 0.4);
    assert_eq!(scaled.without_periods(2..3).after, 0.4);
    assert_eq!(
        scaled.cut(2, 4).after,
        1.0,
        "held out before the policy there is nothing to correct"
    );
}

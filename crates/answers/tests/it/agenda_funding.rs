//! Humanitarian money: what is asked for, what comes in, and what comes after the peak.

use jiff::civil::date;
use lysoen_answers::agenda::practice::funding::{Funding, FundingYear, Line, by_year, declines, funding};

use crate::agenda_practice::{newest, of_files};

const PLANS: &str = "funding/fts_requirements_funding_global.csv";
const CLUSTERS: &str = "funding/fts_requirements_funding_cluster_global.csv";

fn of<'a>(found: &'a Funding, country: &str) -> &'a FundingYear {
    let mut years = found.years.iter().filter(|year| year.country == country);
    let year = years.next().unwrap();
    assert!(years.next().is_none(), "{country} has one year");
    year
}

fn real() -> (tempfile::TempDir, Funding) {
    let (folder, observatory) = of_files(&[PLANS, CLUSTERS]);
    let found = funding(&newest(&observatory)).unwrap();
    (folder, found)
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn receipts_stand_against_requirements_and_money_outside_plans_covers_none() {
    let (_folder, found) = real();
    let told = |country| {
        let year = of(&found, country);
        assert_eq!((year.year, year.requirements.unit.as_str()), (2020, "US$"));
        (
            year.requirements.value.unwrap(),
            year.received_for_them.value.unwrap(),
            year.received_for_others.value,
            year.outside_plans.value.unwrap(),
            year.receipts.value.unwrap(),
        )
    };
    assert_eq!(
        told("AFG"),
        (
            1_131_050_820.0,
            564_467_765.0,
            Some(15_000_000.0),
            146_123_534.0,
            725_591_299.0
        )
    );
    assert_eq!(
        told("JOR"),
        (1_528_267_727.0, 615_854_123.0, None, 98_392_138.0, 714_246_261.0)
    );
    assert_eq!(
        told("PSE"),
        (420_381_684.0, 295_077_912.0, None, 86_430_267.0, 381_508_179.0)
    );
    let percent = |country| (of(&found, country).coverage.value.unwrap() * 100.0).round() / 100.0;
    assert_eq!(["AFG", "JOR", "PSE"].map(percent), [49.91, 40.3, 70.19]);
    assert_eq!(of(&found, "AFG").unmet.value, Some(566_583_055.0));
    assert_eq!(found.years.len(), 3);
    assert!(found.longer.is_empty());
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_publishers_own_percentages_come_out() {
    let (_folder, found) = real();
    let plans = found.years.iter().flat_map(|year| &year.plans);
    let whole = |told: Option<f64>| told.map(f64::round);
    let published: Vec<(&str, Option<f64>)> = plans
        .map(|plan| (plan.code.as_deref().unwrap(), whole(plan.coverage.value)))
        .collect();
    let expected = [
        ("HAFG20", Some(50.0)),
        ("OGLBL20", None),
        ("OJOR20", Some(35.0)),
        ("RSYR20", Some(40.0)),
        ("HPSE20", Some(70.0)),
    ];
    assert_eq!(published, expected);
    let clusters: Vec<_> = found
        .years
        .iter()
        .flat_map(|year| &year.plans)
        .flat_map(|plan| &plan.clusters)
        .collect();
    assert_eq!(clusters.len(), 40);
    let cluster = |name: &str| clusters.iter().find(|cluster| cluster.name == name).unwrap();
    assert_eq!(whole(cluster("Food Security").coverage.value), Some(37.0));
    assert_eq!(whole(cluster("Multi-sector COVID-19").coverage.value), Some(1074.0));
    assert_eq!(
        whole(cluster("Emergency Shelter and NFIs COVID-19").coverage.value),
        Some(0.0),
        "a zero is told"
    );
    let education = cluster("Education COVID-19");
    assert_eq!(
        (education.funding.value, education.coverage.value),
        (None, None),
        "an empty cell is no zero"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn clusters_add_up_to_their_plan_and_are_not_added_to_it() {
    let (_folder, found) = real();
    let plans: Vec<_> = found.years.iter().flat_map(|year| &year.plans).collect();
    let add_up = |code: &str| {
        plans
            .iter()
            .find(|plan| plan.code.as_deref() == Some(code))
            .unwrap()
            .clusters_add_up
    };
    assert_eq!(["HAFG20", "OJOR20", "HPSE20"].map(add_up), [Some(true); 3]);
    assert_eq!(add_up("RSYR20"), None, "its clusters are not there");
    let (_folder, observatory) = of_files(&[PLANS]);
    let alone = funding(&newest(&observatory)).unwrap();
    for (with, without) in found.years.iter().zip(&alone.years) {
        assert_eq!(
            (&with.receipts, &with.requirements),
            (&without.receipts, &without.requirements)
        );
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn one_year_tells_no_decline() {
    let (_folder, found) = real();
    assert_eq!(found.declines.len(), 3);
    for decline in &found.declines {
        assert_eq!((decline.peak, decline.after.len()), (Some(2020), 0));
        assert_eq!(
            decline.why.as_deref(),
            Some("only 2020 is in the lake; whether receipts fell cannot be told")
        );
    }
    let jordan = &found.declines[1];
    assert_eq!(jordan.complete_for, "2 plans (OJOR20, RSYR20) and money outside plans");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn single_flows_are_told_apart_and_money_passed_on_has_come_in_before() {
    let (_folder, observatory) = of_files(&[
        PLANS,
        "funding/fts_incoming_funding_global.csv.gz",
        "funding/fts_internal_funding_global.csv",
        "funding/fts_outgoing_funding_global.csv",
    ]);
    let found = funding(&newest(&observatory)).unwrap();
    let of = |country: &str, year| {
        let mut flows = found
            .flows
            .iter()
            .filter(|flow| flow.country == country && flow.year == year);
        flows.next().unwrap()
    };
    // Flows for two countries at once are not in the lake.
    let afghanistan = of("AFG", 2020);
    let came = afghanistan.given.value.unwrap() + afghanistan.pledged.value.unwrap_or_default();
    assert_eq!(came, 675_283_548.0);
    assert!(afghanistan.passed_on.value.unwrap() > 0.0);
    assert!(afghanistan.complete_for.starts_with("for nothing"));
    assert_eq!(
        of("PSE", 2017).given.value,
        Some(6_608_818.0),
        "what leaves has not come in"
    );
    assert_eq!(
        found.years[0].receipts.value,
        Some(725_591_299.0),
        "flows are in no sum of plans"
    );
}

fn line(year: i16, plan: Option<&str>, requirements: Option<f64>, funding: Option<f64>) -> Line {
    Line {
        as_of: date(2024, 6, 30),
        country: "AAA".to_string(),
        span: (date(year, 1, 1), date(year, 12, 31)),
        plan: plan.map(str::to_string),
        name: plan.unwrap_or("Not specified").to_string(),
        cluster: None,
        requirements,
        funding,
    }
}

#[test]
fn receipts_fall_from_the_peak_by_so_many_per_cent() {
    let lines = [
        line(2018, Some("P18"), Some(100.0), Some(60.0)),
        line(2019, Some("P19"), Some(100.0), Some(80.0)),
        line(2021, Some("P21"), Some(90.0), Some(50.0)),
        line(2022, Some("P22"), Some(90.0), Some(20.0)),
        line(2023, Some("P23"), Some(90.0), Some(10.0)),
        line(2023, None, None, Some(30.0)),
        line(2024, Some("P24"), Some(90.0), Some(5.0)),
    ];
    let (years, _) = by_year(&lines);
    let found = declines(&years).remove(0);
    assert_eq!((found.peak, found.receipts.value), (Some(2019), Some(80.0)));
    assert_eq!((found.missing.as_slice(), found.why), ([2020].as_slice(), None));
    let drops: Vec<(i16, Option<f64>)> = found.after.iter().map(|year| (year.year, year.drop.value)).collect();
    assert_eq!(
        drops,
        [(2021, Some(37.5)), (2022, Some(75.0)), (2023, None), (2024, None)]
    );
    assert!(
        found.after[2].drop.why.contains("not complete for the same"),
        "{:?}",
        found.after[2]
    );
    assert!(
        found.after[3].drop.why.contains("had not ended"),
        "{:?}",
        found.after[3]
    );
    assert_eq!(found.after[2].complete_for, "1 plans (P23) and money outside plans");
}

#[test]
fn a_peak_in_the_last_year_tells_nothing_of_what_came_after() {
    let lines = [
        line(2018, Some("P18"), None, Some(60.0)),
        line(2019, Some("P19"), None, Some(80.0)),
    ];
    let found = declines(&by_year(&lines).0).remove(0);
    assert_eq!(
        found.why.as_deref(),
        Some("most came in in 2019, the last year in the lake; what came after cannot be told")
    );
}

#[test]
fn a_plan_of_several_years_is_in_no_years_sum_and_a_surplus_makes_up_for_no_other_plan() {
    let longer = Line {
        span: (date(2018, 1, 1), date(2019, 12, 31)),
        ..line(2018, Some("LONG"), Some(1000.0), Some(500.0))
    };
    let lines = [
        longer,
        line(2019, Some("A"), Some(100.0), Some(150.0)),
        line(2019, Some("B"), Some(100.0), Some(10.0)),
        line(2019, Some("C"), None, Some(7.0)),
    ];
    let (years, longer) = by_year(&lines);
    assert_eq!((years.len(), longer.len()), (1, 1));
    let year = &years[0];
    assert_eq!(
        (year.requirements.value, year.received_for_them.value),
        (Some(200.0), Some(160.0))
    );
    assert_eq!((year.unmet.value, year.receipts.value), (Some(90.0), Some(167.0)));
    assert_eq!(year.outside_plans.value, None, "no line is no zero");
}

#[test]
fn a_plan_that_tells_no_receipts_has_not_received_nothing() {
    let lines = [
        line(2019, Some("A"), Some(100.0), Some(50.0)),
        line(2019, Some("B"), Some(100.0), None),
        line(2020, Some("C"), Some(100.0), Some(40.0)),
    ];
    let (years, _) = by_year(&lines);
    assert_eq!(years[0].silent, ["B"]);
    assert_eq!((years[0].coverage.value, years[0].receipts.value), (None, Some(50.0)));
    assert_eq!(years[0].coverage.why, "no receipts are told of B");
    assert_eq!(years[0].receipts.why, "at least; no receipts are told of B");
    assert_eq!(years[1].coverage.value, Some(40.0));
    let after = &declines(&years)[0].after[0];
    assert_eq!(after.drop.value, None);
    assert!(after.drop.why.contains("tells no receipts"), "{}", after.drop.why);
}

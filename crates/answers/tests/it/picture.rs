//! The picture against the publishers' own totals.

use jiff::civil::date;
use lysoen_answers::{AssessRequest, Assessment, assess};
use lysoen_facts::ViewAt;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::{Coverage, Figure};

use crate::observatories::from_snapshot;

pub(crate) fn year(year: &str) -> AssessRequest {
    AssessRequest {
        period: Some(year.parse().unwrap()),
        ..AssessRequest::default()
    }
}

pub(crate) fn figure<'a>(assessment: &'a Assessment, place: &str, measure: &str) -> &'a Figure {
    let place: PlaceId = place.parse().unwrap();
    assessment
        .figure(&place, measure)
        .unwrap_or_else(|| panic!("no figure of {measure} for {place}"))
}

#[test]
fn world_deaths_equal_ucdps_own_totals() {
    let (_folder, observatory) = from_snapshot();
    for (asked, killed) in [
        ("1994", 824_156.0),
        ("2021", 234_846.0),
        ("2022", 309_636.0),
        ("2024", 160_900.0),
    ] {
        let assessment = assess(&observatory, &year(asked)).unwrap();
        let world = figure(&assessment, "WLD", "killed");
        assert_eq!(
            (world.value, world.source.as_str()),
            (Some(killed), "ucdp-country-year"),
            "{asked}"
        );
        let places: f64 = assessment.places[1..]
            .iter()
            .filter_map(|p| assessment.figure(p, "killed")?.value)
            .sum();
        assert_eq!(places, killed, "the places of {asked} add up to the world");
    }
}

#[test]
fn all_years_together_are_ucdps_total() {
    use arrow::array::AsArray;
    use arrow::datatypes::Float64Type;
    let (_folder, observatory) = from_snapshot();
    let sql =
        "SELECT value FROM observations WHERE source = 'ucdp-country-year' AND indicator = 'killed_total' ORDER BY row";
    let batches = observatory.query(&ViewAt::default(), sql).unwrap();
    let total: f64 = batches
        .flat_map(|b| b.unwrap().column(0).as_primitive::<Float64Type>().values().to_vec())
        .sum();
    assert_eq!(total, 3_957_143.0);
}

#[test]
fn the_latest_complete_year_is_that_of_the_deaths_and_is_told_as_a_replay() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &AssessRequest::default()).unwrap();
    assert_eq!(assessment.period.to_string(), "2024");
    assert_eq!(assessment.replay, Some(date(2024, 12, 31)));
}

#[test]
fn displacement_and_aid_workers_equal_the_publishers_totals() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let world = |measure| figure(&assessment, "WLD", measure).value;
    assert_eq!(world("refugees"), Some(30_958_200.0));
    assert_eq!(world("asylum_seekers"), Some(8_352_712.0));
    assert_eq!(world("idps"), Some(73_505_422.0));
    assert_eq!(world("idps_unhcr"), Some(68_131_711.0));
    assert_eq!(world("aid_workers_killed"), Some(385.0));
}

#[test]
fn the_joint_place_is_divided_by_the_joint_population_and_its_parts_have_no_deaths_of_their_own() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let joint = figure(&assessment, "ISR+PSE", "killed");
    let people = |place| figure(&assessment, place, "population_midyear").value.unwrap();
    assert!(joint.value.unwrap() > 10_000.0);
    assert_eq!(joint.population, Some(people("ISR") + people("PSE")));
    for part in ["ISR", "PSE"] {
        let killed = figure(&assessment, part, "killed");
        assert_eq!((killed.value, killed.coverage), (None, Coverage::NotCovered));
        assert!(killed.note.contains("ISR+PSE"), "{}", killed.note);
    }
}

#[test]
fn civilians_are_a_minimum_beside_which_the_unknown_stand_and_attribution_adds_up() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2022")).unwrap();
    let of = |measure| figure(&assessment, "ETH", measure).value.unwrap();
    assert_eq!(
        (of("killed"), of("killed_civilians"), of("killed_unknown")),
        (165_025.0, 2_442.0, 3_815.0)
    );
    let by = [
        "killed_by_own_government",
        "killed_by_other_government",
        "killed_by_non_state",
        "killed_by_unknown",
    ];
    assert_eq!(by.map(of), [378.0, 979.0, 437.0, 0.0]);
    assert_eq!(by.map(of).iter().sum::<f64>(), of("killed_one_sided"));
    assert_eq!(of("killed_civilians_not_attributed"), 648.0);
}

#[test]
fn a_ucdp_zero_is_told_as_none_recorded() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let norway = figure(&assessment, "NOR", "killed");
    assert_eq!((norway.value, norway.coverage), (Some(0.0), Coverage::NoneRecorded));
    assert!(norway.note.contains("inclusion rules"));
}

#[test]
fn a_value_older_than_three_years_is_shown_but_enters_no_bound() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let hungry = figure(&assessment, "AFG", "undernourished");
    assert_eq!(
        (hungry.coverage, hungry.data_period.as_deref()),
        (Coverage::Stale, Some("2015"))
    );
    let facing = figure(&assessment, "AFG", "facing_at_least_one_threat");
    assert_eq!((facing.coverage, facing.high), (Coverage::Incomplete, None));
    assert!(facing.note.contains("undernourished left out"), "{}", facing.note);
    assert!(!assessment.changes.iter().any(|c| c.measure == "undernourished"));
}

#[test]
fn bounds_hold_their_order_wherever_they_are_complete() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2017")).unwrap();
    let mut complete = 0;
    for place in &assessment.places[1..] {
        let all = figure(&assessment, place.as_str(), "facing_at_least_one_threat");
        let (Some(low), Some(high)) = (all.value, all.high) else {
            continue;
        };
        complete += 1;
        let independent = figure(&assessment, place.as_str(), "facing_if_independent")
            .value
            .unwrap();
        let population = all.population.unwrap();
        assert!(
            low <= independent + 1e-6 && independent <= high + 1e-6 && high <= population + 1e-6,
            "{place}"
        );
        for part in ["facing_fear", "facing_want"] {
            assert!(
                figure(&assessment, place.as_str(), part).value.unwrap() <= low + 1e-6,
                "{place} {part}"
            );
        }
    }
    assert!(complete > 5, "{complete} places have the whole core set in 2017");
}

#[test]
fn deaths_are_divided_by_the_mid_year_and_stocks_by_the_year_end_population() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let (killed, idps) = (figure(&assessment, "SDN", "killed"), figure(&assessment, "SDN", "idps"));
    let population = |measure| figure(&assessment, "SDN", measure).value;
    assert_eq!(killed.population, population("population_midyear"));
    assert_eq!(idps.population, population("population_yearend"));
    assert_ne!(killed.population, idps.population);
    assert_eq!(
        killed.per_100k,
        Some(killed.value.unwrap() / killed.population.unwrap() * 100_000.0)
    );
}

#[test]
fn a_name_and_a_code_ask_for_the_same_place_and_a_mistake_names_the_nearest() {
    let (_folder, observatory) = from_snapshot();
    let asked = |places: &[&str]| {
        let places = places.iter().map(|p| p.to_string()).collect();
        assess(&observatory, &AssessRequest { places, ..year("2024") })
    };
    assert_eq!(asked(&["Ukraine"]).unwrap().sheet(), asked(&["ukr"]).unwrap().sheet());
    let error = asked(&["Ukrane"]).unwrap_err().to_string();
    assert!(error.contains("Ukraine"), "{error}");
}

#[test]
fn a_month_has_the_deaths_of_the_panel() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2021-01")).unwrap();
    let ethiopia = figure(&assessment, "ETH", "killed");
    assert_eq!(
        (ethiopia.value, ethiopia.source.as_str()),
        (Some(115_738.0), "ucdp-panel")
    );
    assert_eq!(figure(&assessment, "ETH", "idps").value, None);
}

#[test]
fn an_observatory_may_have_measures_of_its_own_and_a_mistake_in_them_is_told() {
    let (folder, observatory) = from_snapshot();
    let catalog = folder.path().join("catalog");
    std::fs::create_dir_all(&catalog).unwrap();
    let own = r#"
        [[measure]]
        id = "population_midyear"
        title = "People"
        group = "population"
        unit = "people"
        at = "period"
        definition = "Everyone."
        [[measure.from]]
        source = "gapminder"
        indicator = "population_midyear"
        [core]
        population = "population_midyear"
        fear = []
        want = []
    "#;
    std::fs::write(catalog.join("series.toml"), own).unwrap();
    let again = || lysoen_answers::Observatory::open(folder.path().to_str().unwrap(), observatory.today);
    let assessment = assess(&again().unwrap(), &year("2024")).unwrap();
    assert!(assessment.figures.iter().all(|f| f.measure == "population_midyear"));
    std::fs::write(
        catalog.join("series.toml"),
        own.replace("want = []", "want = [\"poverty\"]"),
    )
    .unwrap();
    let error = again().unwrap_err().to_string();
    assert!(
        error.contains("core names the measure poverty, which does not exist"),
        "{error}"
    );
}

#[test]
fn the_built_in_measures_have_no_mistake() {
    assert_eq!(lysoen_measures::Measures::builtin().problems(), Vec::<String>::new());
}

#[test]
fn the_world_has_a_range_of_deaths_even_where_a_place_has_none() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let (world, russia) = (
        figure(&assessment, "WLD", "killed"),
        figure(&assessment, "RUS", "killed"),
    );
    assert_eq!(russia.low, None, "the source's low is above its best");
    let (low, high) = (world.low.unwrap(), world.high.unwrap());
    assert!(low < world.value.unwrap() && world.value.unwrap() < high && low > russia.value.unwrap());
}

#[test]
fn what_was_known_on_a_day_is_reconstructed_only_where_asked_and_every_such_figure_says_so() {
    let (_folder, observatory) = from_snapshot();
    let known = |reconstruct| {
        let at = ViewAt {
            as_of: Some(date(2018, 12, 31)),
            reconstruct,
            ..ViewAt::default()
        };
        assess(&observatory, &AssessRequest { at, ..year("2017") })
    };
    let asked = known(true).unwrap();
    assert!(asked.reconstructed);
    let ethiopia = figure(&asked, "ETH", "killed");
    assert!(
        ethiopia.value.is_some() && ethiopia.note.contains("reconstructed"),
        "{ethiopia:?}"
    );
    let untouched = |f: &&Figure| f.value.is_some() && !f.note.contains("reconstructed");
    let whole: Vec<&str> = asked
        .figures
        .iter()
        .filter(untouched)
        .map(|f| f.source.as_str())
        .collect();
    assert!(
        whole.iter().all(|s| !s.contains("ucdp") && !s.contains("unhcr")),
        "{whole:?}"
    );
    // Without it nothing of UCDP had been said: the snapshot's vintage is of 2025.
    let error = known(false).unwrap_err().to_string();
    assert!(error.contains("nothing is known"), "{error}");
}

#[test]
fn no_series_of_deaths_tells_israel_or_palestine_alone() {
    let (_folder, observatory) = from_snapshot();
    let sql = "SELECT DISTINCT source FROM observations WHERE place IN ('ISR', 'PSE') AND source LIKE 'ucdp%'";
    let rows: usize = observatory
        .query(&ViewAt::default(), sql)
        .unwrap()
        .map(|b| b.unwrap().num_rows())
        .sum();
    assert_eq!(rows, 0);
    let july = assess(&observatory, &year("2014-07")).unwrap();
    let joint = figure(&july, "ISR+PSE", "killed");
    assert_eq!(joint.value, Some(1_783.0));
    assert!(joint.note.contains("stand in one month"), "{}", joint.note);
    assert_eq!(figure(&july, "ISR", "killed").value, None);
}

#[test]
fn places_of_today_have_no_deaths_of_their_own_while_they_were_part_of_others() {
    let (_folder, observatory) = from_snapshot();
    let month = assess(&observatory, &year("1990-01")).unwrap();
    for (place, part_of) in [("ERI", "Ethiopia"), ("UKR", "the Soviet Union"), ("HRV", "Yugoslavia")] {
        let place: PlaceId = place.parse().unwrap();
        assert!(
            month.figure(&place, "killed").is_none(),
            "{place} was part of {part_of}"
        );
    }
}

#[test]
fn deaths_are_divided_by_the_people_of_the_territory_they_were_counted_in() {
    let (_folder, observatory) = from_snapshot();
    let of = |period: &str| assess(&observatory, &year(period)).unwrap();
    let (united, parted) = (of("2010"), of("2012"));
    let people = |a: &Assessment, place: &str| {
        a.figure(&place.parse().unwrap(), "population_midyear")
            .and_then(|f| f.value)
    };
    let (sudan, south) = (people(&parted, "SDN").unwrap(), people(&parted, "SSD").unwrap());
    assert!(people(&united, "SDN").unwrap() > sudan && people(&united, "SDN").unwrap() < sudan + south);
    assert!(people(&united, "SSD").is_none());
    assert!(
        !parted.changes.iter().any(|c| c.place.as_str() == "SDN"),
        "no change across a secession"
    );
}

#[test]
fn a_joint_place_has_no_government_of_its_own() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let of = |measure| figure(&assessment, "ISR+PSE", measure).value;
    assert_eq!(
        (of("killed_by_any_government"), of("killed_by_own_government")),
        (Some(41.0), None)
    );
}

#[test]
fn a_zero_names_the_source_and_vintage_that_says_so() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let silent = |f: &&Figure| f.value.is_some() && (f.source.is_empty() || f.as_of.is_none());
    let nameless: Vec<_> = assessment
        .figures
        .iter()
        .filter(silent)
        .map(|f| (&f.place, &f.measure))
        .collect();
    assert_eq!(nameless, []);
}

#[test]
fn no_change_is_told_across_a_break_in_a_series() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2022")).unwrap();
    let told = |measure: &str| assessment.changes.iter().any(|c| c.measure == measure);
    assert!(told("refugees") && !told("displaced_abroad") && !told("displaced_in_country"));
}

#[test]
fn a_year_that_has_not_begun_is_refused_and_one_that_has_not_ended_says_so() {
    let (_folder, observatory) = from_snapshot();
    let error = assess(&observatory, &year("2027")).unwrap_err().to_string();
    assert!(error.contains("has not begun"), "{error}");
    let unfinished = assess(&observatory, &year("2026"));
    assert!(unfinished.is_ok_and(|a| a.notes().iter().any(|n| n.contains("has not ended"))));
}

#[test]
fn homicides_are_told_by_the_year_only() {
    let (_folder, observatory) = from_snapshot();
    let month = assess(&observatory, &year("2022-12")).unwrap();
    assert!(
        month
            .figures
            .iter()
            .filter(|f| f.measure == "homicides")
            .all(|f| f.value.is_none())
    );
}

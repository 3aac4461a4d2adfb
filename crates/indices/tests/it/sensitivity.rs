//! Sobol' indices.

use std::f64::consts::PI;

use lysoen_indices::data::Data;
use lysoen_indices::index::Index;
use lysoen_indices::random::Key;
use lysoen_indices::recipe::Recipe;
use lysoen_indices::sensitivity::{Design, How, Indices, Options, Sensitivity, Target, exact};
use lysoen_indices::vary::{Factor, VaryError};

use crate::uncertainty::{recipe, table};

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found}, not {expected}");
}

/// The design of a function of random numbers between 0 and 1.
fn design(function: impl Fn(&[f64]) -> f64, factors: usize, rows: usize, seed: u64) -> Design {
    let numbers = |matrix: &str, factor: usize| {
        let mut numbers = vec![0.0; rows];
        Key::new(seed, matrix, &factor.to_string(), "").uniforms(0, &mut numbers);
        numbers
    };
    let matrix = |name: &str| (0..factors).map(|f| numbers(name, f)).collect::<Vec<_>>();
    let (a, b) = (matrix("A"), matrix("B"));
    let mut design = Design::new(factors);
    for row in 0..rows {
        let at = |m: &[Vec<f64>]| m.iter().map(|column| column[row]).collect::<Vec<f64>>();
        let mixed = (0..factors).map(|factor| {
            let mut mixed = at(&a);
            mixed[factor] = b[factor][row];
            function(&mixed)
        });
        design.push([function(&at(&a)), function(&at(&b))].into_iter().chain(mixed));
    }
    design
}

/// Ishigami & Homma (1990), with a = 7 and b = 0.1.
fn ishigami(x: &[f64]) -> f64 {
    let [x1, x2, x3] = [x[0], x[1], x[2]].map(|u| PI * (2.0 * u - 1.0));
    x1.sin() + 7.0 * x2.sin().powi(2) + 0.1 * x3.powi(4) * x1.sin()
}

/// V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 = 13.8446; V₁ = (1 + bπ⁴/5)²/2 = 4.3459; V₂ = a²/8 = 6.125; V₁₃ = 8b²π⁸/225 = 3.3737.
const ISHIGAMI: [(f64, f64); 3] = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];

fn holds(indices: &Indices, (first, total): (f64, f64)) -> [bool; 2] {
    [(indices.first, first), (indices.total, total)].map(|(estimate, value)| {
        let (low, high) = estimate.interval.unwrap();
        low - 1e-9 <= value && value <= high + 1e-9
    })
}

#[test]
fn the_function_of_ishigami_and_homma_has_its_known_indices() {
    let found = design(ishigami, 3, 16_384, 2).indices(0.99, 500, 1).unwrap();
    for (found, expected) in found.iter().zip(ISHIGAMI) {
        near(found.first.value, expected.0, 0.03);
        near(found.total.value, expected.1, 0.03);
        assert_eq!(holds(found, expected), [true, true], "{found:?}");
    }
}

#[test]
fn the_g_function_of_sobol_has_its_known_indices() {
    // Π (|4x − 2| + a)/(1 + a); Vᵢ = 1/(3 (1 + aᵢ)²), V = Π(1 + Vᵢ) − 1, STᵢ = Vᵢ Π_{j≠i}(1 + Vⱼ)/V.
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let g = |x: &[f64]| {
        x.iter()
            .zip(a)
            .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
            .product::<f64>()
    };
    let v = a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all: f64 = v.iter().map(|v| 1.0 + v).product();
    let found = design(g, 6, 16_384, 1).indices(0.99, 500, 1).unwrap();
    for (found, v) in found.iter().zip(v) {
        let expected = (v / (all - 1.0), v * (all / (1.0 + v)) / (all - 1.0));
        near(found.first.value, expected.0, 0.03);
        near(found.total.value, expected.1, 0.03);
        assert_eq!(holds(found, expected), [true, true], "{found:?}");
    }
}

#[test]
fn nine_in_ten_intervals_hold_the_known_value() {
    let runs = 200;
    let mut held = [[0.0; 2]; 3];
    for seed in 0..runs {
        let found = design(ishigami, 3, 500, seed).indices(0.9, 200, seed).unwrap();
        for (held, (found, expected)) in held.iter_mut().zip(found.iter().zip(ISHIGAMI)) {
            let holds = holds(found, expected);
            held.iter_mut()
                .zip(holds)
                .for_each(|(n, holds)| *n += f64::from(holds) / runs as f64);
        }
    }
    // The standard error of nine in ten of 200 is 0.021.
    for share in held.iter().flatten() {
        near(*share, 0.9, 0.065);
    }
}

#[test]
fn the_exact_indices_of_a_small_factorial_are_those_worked_by_hand() {
    // y = 2a + b + ab: 0, 1, 2, 4. Mean 7/4, variance 21/4 − 49/16 = 35/16. Means by a 1/2 and 3: variance 25/16; by b 1 and
    // 5/2: 9/16; what is left, 1/16, is their interaction.
    let found = exact(&[2, 2], &[0.0, 1.0, 2.0, 4.0]).unwrap();
    let expected = [(25.0 / 35.0, 26.0 / 35.0), (9.0 / 35.0, 10.0 / 35.0)];
    for (found, expected) in found.iter().zip(expected) {
        near(found.first.value, expected.0, 1e-12);
        near(found.total.value, expected.1, 1e-12);
        assert_eq!(found.first.interval, None);
    }
    // The last factor changes fastest: of y = a with three by two levels all is a's.
    let found = exact(&[3, 2], &[1.0, 1.0, 2.0, 2.0, 3.0, 3.0]).unwrap();
    near(found[0].first.value, 1.0, 1e-12);
    near(found[1].total.value, 0.0, 1e-12);
    assert_eq!(exact(&[2], &[5.0, 5.0]), None);
}

/// Three choices of method, and what else varies if asked.
fn example(more: &str) -> (Recipe, Data) {
    let text = format!(
        r#"
more_is = "better"
[defaults]
normalise = {{ min-max = {{ low = 1, high = 100 }} }}
[[node]]
id = "index"
parts = ["a", "b", "c"]
[[node]]
id = "a"
[[node]]
id = "b"
[[node]]
id = "c"
[uncertainty]
treat = [{{ winsorise = {{ at_most = 2, skew = 0.5, kurtosis = 0 }} }}]
normalise = [{{ z-score = {{ mean = 100, sd = 20 }} }}, {{ goalposts = {{ low = -10, high = 100 }} }}]
aggregate = ["geometric", "harmonic"]
{more}"#
    );
    let column = |name: &str| {
        let mut numbers = vec![0.0; 20];
        Key::new(3, name, "", "").uniforms(0, &mut numbers);
        numbers.iter().map(|u| 1.0 / (1.02 - u)).collect::<Vec<f64>>()
    };
    let [a, b, c] = ["a", "b", "c"].map(column);
    (recipe(&text), table(20, &[("a", &a), ("b", &b), ("c", &c)]))
}

fn options(rows: usize, seed: u64) -> Options {
    Options {
        rows,
        seed,
        resamples: 200,
        ..Options::default()
    }
}

#[test]
fn a_finite_design_is_computed_exactly_and_its_parts_sum_as_they_must() {
    let (recipe, data) = example("");
    let index = Index::new(&recipe, &data).unwrap();
    let found = Sensitivity::run(&index, &data, 0, &options(100, 1), &|_| {}).unwrap();
    assert_eq!(found.how, How::Exact { combinations: 18 });
    let factors: Vec<Factor> = found.factors.iter().map(|(f, _)| *f).collect();
    assert_eq!(factors, [Factor::Treat, Factor::Normalise, Factor::Aggregate]);
    let sum = |order: fn(&Indices) -> f64| found.factors.iter().map(|(_, i)| order(&i.unwrap())).sum::<f64>();
    assert!(
        sum(|i| i.first.value) <= 1.0 && sum(|i| i.total.value) >= 1.0,
        "{found:?}"
    );
}

#[test]
fn the_exact_value_lies_in_nine_of_ten_intervals_by_random_rows() {
    let (recipe, data) = example("");
    let index = Index::new(&recipe, &data).unwrap();
    let exact = Sensitivity::run(&index, &data, 0, &options(100, 1), &|_| {}).unwrap();
    let exact: Vec<(f64, f64)> = exact
        .factors
        .iter()
        .map(|(_, i)| (i.unwrap().first.value, i.unwrap().total.value))
        .collect();
    let runs = 100;
    let mut held = vec![[0.0; 2]; exact.len()];
    for seed in 0..runs {
        let found = Sensitivity::sampled(&index, &data, 0, &options(300, seed), &|_| {}).unwrap();
        for (held, ((_, found), exact)) in held.iter_mut().zip(found.factors.iter().zip(&exact)) {
            let holds = holds(&found.unwrap(), *exact);
            held.iter_mut()
                .zip(holds)
                .for_each(|(n, holds)| *n += f64::from(holds) / runs as f64);
        }
    }
    // The standard error of nine in ten of 100 is 0.03.
    for share in held.iter().flatten() {
        near(*share, 0.9, 0.09);
    }
}

#[test]
fn weights_and_errors_of_inputs_are_factors_of_their_own_and_the_same_on_any_number_of_threads() {
    let (mut recipe, data) = example("weights = 0.3\n");
    recipe.nodes[1].error = Some(lysoen_indices::recipe::InputError::Relative(0.3));
    let index = Index::new(&recipe, &data).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Sensitivity::run(&index, &data, 0, &options(300, 4), &|_| {}).unwrap())
    };
    let found = on(1);
    assert_eq!(format!("{found:?}"), format!("{:?}", on(2)));
    assert_eq!(
        found.how,
        How::Sampled {
            rows: 300,
            builds: 300 * 7
        }
    );
    let last: Vec<Factor> = found.factors.iter().map(|(f, _)| *f).skip(3).collect();
    assert_eq!(last, [Factor::Weights, Factor::Inputs]);
    for (factor, indices) in &found.factors {
        let indices = indices.unwrap();
        assert!(indices.total.value > -1e-9, "{factor}: {indices:?}");
        let (low, high) = indices.total.interval.unwrap();
        assert!(
            low <= indices.total.value && indices.total.value <= high,
            "{factor}: {indices:?}"
        );
    }
}

#[test]
fn of_the_value_of_a_unit_that_only_one_factor_changes_all_is_that_factor_s() {
    let text = r#"
more_is = "better"
[[node]]
id = "index"
parts = ["a", "b"]
[[node]]
id = "a"
error = { absolute = 1.0 }
[[node]]
id = "b"
[uncertainty]
weights = 0.2
"#;
    // U1 has the same value in both parts, so that weights alone do not move it, and its error does.
    let data = table(2, &[("a", &[1.0, 5.0]), ("b", &[1.0, 5.0])]);
    let recipe = recipe(text);
    let index = Index::new(&recipe, &data).unwrap();
    let of_unit = Options {
        target: Target::Value(1),
        ..options(2000, 1)
    };
    let found = Sensitivity::run(&index, &data, 0, &of_unit, &|_| {}).unwrap();
    let [(Factor::Weights, Some(weights)), (Factor::Inputs, Some(inputs))] = found.factors[..] else {
        panic!("{found:?}")
    };
    near(found.mean, 5.0, 0.05);
    // (a + b)/2 with a standard deviation of 1 in a: variance 1/4.
    near(found.variance, 0.25, 0.02);
    near(inputs.first.value, 1.0, 0.06);
    near(inputs.total.value, 1.0, 0.06);
    near(weights.first.value, 0.0, 0.03);
    near(weights.total.value, 0.0, 0.02);
}

#[test]
fn a_target_that_does_not_vary_has_no_indices_and_one_that_is_missing_is_an_error() {
    let text = r#"
more_is = "better"
[defaults]
needs = 1
[[node]]
id = "index"
parts = ["a", "b"]
[[node]]
id = "a"
[[node]]
id = "b"
[uncertainty]
impute = ["mean", "median"]
"#;
    let recipe = recipe(text);
    let data = table(3, &[("a", &[1.0, 2.0, 3.0]), ("b", &[1.0, 2.0, 3.0])]);
    let index = Index::new(&recipe, &data).unwrap();
    let found = Sensitivity::run(&index, &data, 0, &options(10, 1), &|_| {}).unwrap();
    assert_eq!(found.factors, [(Factor::Impute, None)]);
    assert!(
        found.notes[1].starts_with("nothing that is varied changes the target"),
        "{:?}",
        found.notes
    );

    let data = table(3, &[("a", &[1.0, 2.0, 3.0]), ("b", &[1.0, f64::NAN, 3.0])]);
    let index = Index::new(&recipe, &data).unwrap();
    let of_unit = Options {
        target: Target::Value(1),
        ..options(10, 1)
    };
    let error = Sensitivity::run(&index, &data, 0, &of_unit, &|_| {}).unwrap_err();
    let expected = VaryError::NoValue {
        unit: "U1".into(),
        number: 0,
    };
    assert_eq!(error, expected);
}

"""What benches of indices measure, in straightforward NumPy: to be run by hand on the same machine.

Builds ASEM from the raw inputs with the choices of catalog/measures/asem.toml, stops if the recipe's own choices do not give
the published scores, and then measures 1,000 builds with other methods and weights, a Sobol' analysis of four factors, and
Copeland's rule. See benches/README.md.
"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np


class Asem:
    """The inputs and the tree."""

    def __init__(self, folder):
        rows = list(csv.DictReader(open(folder / "raw_iData.csv", encoding="utf-8")))
        meta = list(csv.DictReader(open(folder / "raw_iMeta.csv", encoding="utf-8")))

        def column(name):
            return np.array([float(r[name]) if r[name] not in ("", "NA") else np.nan for r in rows])

        indicators = [m for m in meta if m["Type"] == "Indicator"]
        self.codes = [r["uCode"] for r in rows]
        self.groups = np.array([r["EurAsia_group"] for r in rows])
        self.inputs = np.column_stack([column(m["iCode"]) for m in indicators])
        self.divisors = np.column_stack(
            [column(m["Denominator"]) if m["Denominator"] not in ("", "NA") else np.ones(len(rows)) for m in indicators]
        )
        self.direction = np.array([float(m["Direction"]) for m in indicators])
        # The nodes level by level: (the columns of its parts in the level below, their numbers among all weights).
        below = [m["iCode"] for m in indicators]
        self.levels, self.weights, at = [], [], 0
        for level in ("2", "3", "4"):
            nodes = [m["iCode"] for m in meta if m["Level"] == level and m["Type"] == "Aggregate"]
            parents = {m["iCode"]: m["Parent"] for m in meta}
            self.levels.append([np.array([i for i, b in enumerate(below) if parents[b] == n]) for n in nodes])
            self.weights.append(np.array([float(next(m["Weight"] for m in meta if m["iCode"] == b)) for b in below]))
            below = nodes


def impute(x, groups, method):
    x = x.copy()
    for members in [np.full(len(groups), True)] if method == "mean" else [groups == g for g in np.unique(groups)]:
        centre = np.nanmedian if method == "group median" else np.nanmean
        fill = np.broadcast_to(centre(x[members], axis=0), x[members].shape)
        x[members] = np.where(np.isnan(x[members]), fill, x[members])
    return x


def shape(x):
    """Skewness and excess kurtosis, type 2."""
    n, d = len(x), x - x.mean()
    m2 = (d**2).sum()
    g1, r = np.sqrt(n) * (d**3).sum() / m2**1.5, n * (d**4).sum() / m2**2
    skew = g1 * np.sqrt(n * (n - 1)) / (n - 2)
    return skew, ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def treat(x, at_most):
    for column in range(x.shape[1] if at_most else 0):
        values, moved = x[:, column].copy(), {"low": 0, "high": 0}
        skew, kurtosis = shape(values)
        while abs(skew) >= 2 and kurtosis >= 3.5 and sum(moved.values()) < at_most:
            end, extreme = ("high", values.max()) if skew >= 0 else ("low", values.min())
            tied = values == extreme
            values[tied] = values[~tied].max() if skew >= 0 else values[~tied].min()
            moved[end] = tied.sum()  # those set before are tied with it
            skew, kurtosis = shape(values)
        if abs(skew) >= 2 and kurtosis >= 3.5:
            values = x[:, column]
            values = np.log(values - values.min() + 0.01 * (values.max() - values.min()))
        x[:, column] = values
    return x


def normalise(x, method):
    if method == "min-max":
        return (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0)) * 100
    if method == "z-score":
        return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1) * 20 + 50
    return np.column_stack([np.searchsorted(np.sort(c), c) for c in x.T]) / (len(x) - 1)


def copeland(x, weights):
    score = np.zeros(len(x))
    for i in range(len(x)):
        lead = (x[i] > x) @ weights - (x[i] < x) @ weights
        score[i] = (lead > 1e-12).sum() - (lead < -1e-12).sum()
    return score


def build(asem, method, factors=None):
    x = impute(asem.inputs / asem.divisors, asem.groups, method["impute"])
    x = x[(~np.isnan(x)).mean(axis=1) >= 0.9]
    x = normalise(treat(x, method["treat"]) * asem.direction, method["normalise"])
    for level, weights in enumerate(asem.weights):
        weights = weights if factors is None else weights * factors[level]
        nodes = []
        for parts in asem.levels[level]:
            if method["aggregate"] == "copeland":
                nodes.append(copeland(x[:, parts], weights[parts]))
            else:
                nodes.append(x[:, parts] @ weights[parts] / weights[parts].sum())
        x = np.column_stack(nodes)
    return x[:, 0]


def ranks(x):
    return np.searchsorted(np.sort(-x), -x) + 1


METHODS = {
    "impute": ["group mean", "group median", "mean"],
    "treat": [5, 1, 0],
    "normalise": ["min-max", "z-score", "percentile rank"],
    "aggregate": ["mean", "copeland"],
}
NOMINAL = {name: methods[0] for name, methods in METHODS.items()}


def draw(asem, random):
    method = {name: methods[random.integers(len(methods))] for name, methods in METHODS.items()}
    return method, [random.uniform(0.75, 1.25, len(w)) for w in asem.weights]


def check(asem, folder):
    expected = {r["uCode"]: float(r["Index"]) for r in csv.DictReader(open(folder / "expected/results_full_scores.csv"))}
    far = max(abs(v - expected[c]) for c, v in zip(asem.codes, build(asem, NOMINAL)))
    if far > 1e-9:
        raise SystemExit(f"the scores are not the published ones: {far}")


def rebuilds(asem, count):
    random = np.random.default_rng(1)
    index = np.array([build(asem, *draw(asem, random)) for _ in range(count)])
    all_ranks = np.array([ranks(x) for x in index])
    return np.quantile(index, [0.05, 0.5, 0.95], axis=0), np.quantile(all_ranks, [0.05, 0.5, 0.95], axis=0)


def sobol(asem, rows):
    random, nominal = np.random.default_rng(1), ranks(build(asem, NOMINAL))
    factors = ["treat", "normalise", "aggregate", "weights"]
    change = lambda method, weights: np.abs(ranks(build(asem, method, weights)) - nominal).mean()
    y = np.empty((rows, 2 + len(factors)))
    for row in range(rows):
        (a, weights_a), (b, weights_b) = draw(asem, random), draw(asem, random)
        a["impute"] = b["impute"] = NOMINAL["impute"]
        y[row, :2] = change(a, weights_a), change(b, weights_b)
        for i, factor in enumerate(factors):
            mixed = a if factor == "weights" else {**a, factor: b[factor]}
            y[row, 2 + i] = change(mixed, weights_b if factor == "weights" else weights_a)

    def indices(y):
        mean, variance = y[:, :2].mean(), y[:, :2].var()
        first = ((y[:, 1] - mean)[:, None] * (y[:, 2:] - y[:, :1])).mean(axis=0) / variance
        return first, ((y[:, :1] - y[:, 2:]) ** 2).mean(axis=0) / 2 / variance

    again = [indices(y[random.integers(rows, size=rows)]) for _ in range(1000)]
    return indices(y), np.quantile(again, [0.05, 0.95], axis=0)


def communities(draws, aggregate):
    """50,000 communities × 40 indicators in 5 groups, each value with a normal error."""
    random = np.random.default_rng(1)
    x, index = random.normal(1, 1, (50_000, 40)), np.empty((draws, 50_000))
    for i in range(draws):
        y = x + 0.2 * random.normal(size=x.shape)
        if aggregate == "geometric":
            y = np.log((np.clip(y, -10, 12) + 10) / 22 * 99)
        else:
            y = 1 + 99 * (y - y.min(axis=0)) / (y.max(axis=0) - y.min(axis=0))
        weights, above = random.uniform(0.75, 1.25, (5, 8)), random.uniform(0.75, 1.25, 5)
        groups = (y.reshape(-1, 5, 8) * (weights / weights.sum(axis=1, keepdims=True))).sum(axis=2)
        index[i] = groups @ above / above.sum()
        ranks(index[i])
    return np.quantile(index, [0.05, 0.5, 0.95], axis=0)


def timed(name, function, *arguments, times=1):
    wall, cpu = time.perf_counter(), time.process_time()
    function(*arguments)
    print(f"{name}: {(time.perf_counter() - wall) * times:.2f} s, {(time.process_time() - cpu) * times:.2f} CPU-seconds")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder of shared data, with asem/ in it")
    parser.add_argument("--communities", action="store_true", help="10 draws of 50,000 communities, times 100")
    arguments = parser.parse_args()
    asem = Asem(arguments.data / "asem")
    check(asem, arguments.data / "asem")
    if arguments.communities:
        for aggregate in ("geometric", "arithmetic"):
            timed(f"50,000 × 40 × 1,000, {aggregate} (100 times 10)", communities, 10, aggregate, times=100)
        return
    timed("ASEM, 1,000 builds", rebuilds, asem, 1000)
    timed("ASEM, Sobol' of 4 factors, N = 1,000", sobol, asem, 1000)
    timed("Copeland, 5,000 units, 8 parts", copeland, np.random.default_rng(1).normal(size=(5000, 8)), np.ones(8))


if __name__ == "__main__":
    main()

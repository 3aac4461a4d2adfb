"""Writes the reference values beside it: ensembles, and what NumPy, SciPy and xskillscore make of them.

CRPS by xskillscore, the interval score by NumPy's quantiles, ignorance by NumPy's digitize with one draw more in every bin, and
resampling by scipy.signal.resample clipped at 0: the functions that the challenge's evaluation calls.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 xskillscore==0.0.29
    venv/bin/python crates/forecasts/tests/it/reference/make.py
"""

import csv
from pathlib import Path

import numpy as np
import xarray as xr
import xskillscore as xs
from scipy.signal import resample

HERE = Path(__file__).parent
BINS = [0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5]


def crps(draws, outcome):
    forecast = xr.DataArray(draws[None, :], dims=["time", "member"])
    return float(xs.crps_ensemble(xr.DataArray([outcome], dims=["time"]), forecast, dim="time"))


def ign(draws, outcome):
    binned = np.concatenate((np.digitize(draws, BINS) - 1, np.arange(len(BINS))))
    share = np.mean(binned == np.digitize(outcome, BINS) - 1)
    return float(-np.log2(share))


def mis(draws, outcome, level=0.9):
    alpha = 1 - level
    low, high = np.quantile(draws, [alpha / 2, 1 - alpha / 2])
    score = high - low
    score += 2 / alpha * (low - outcome) * (outcome < low) + 2 / alpha * (outcome - high) * (outcome > high)
    return float(score)


def resampled(draws, size):
    return np.maximum(resample(draws, size), 0)


def ensembles(random):
    """Draws of one unit and month, and what came."""
    for size, count in [(1000, 9), (12, 6), (13, 2), (1, 1), (2, 1), (999, 1), (1001, 1), (1200, 1)]:
        for case in range(count):
            mean = 10.0 ** random.uniform(-2, 3.3)
            draws = random.negative_binomial(0.4, 0.4 / (0.4 + mean), size).astype(float)
            if case % 3 == 1:
                draws = np.round(random.lognormal(np.log(mean), 1.2, size), 2)
            outcome = float(random.choice([0, 1, round(mean), 3 * round(mean), 1001]))
            yield draws, outcome
    yield np.zeros(1000), 0.0
    yield np.zeros(12), 7.0
    yield np.repeat([0.0, 0.5, 2.5, 1000.5], 250), 2.5


def main():
    random = np.random.default_rng(20240701)
    with open(HERE / "scores.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["outcome", "crps", "mis", "ign", "ign_of_1000", "draws"])
        for draws, outcome in ensembles(random):
            told = " ".join(f"{x:g}" if x == round(x) else repr(float(x)) for x in draws)
            of_1000 = ign(draws if len(draws) == 1000 else resampled(draws, 1000), outcome)
            scores = [crps(draws, outcome), mis(draws, outcome), ign(draws, outcome), of_1000]
            rows.writerow([repr(outcome), *map(repr, scores), told])
    with open(HERE / "resampled.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["draws", "resampled"])
        for before, after in [(1, 5), (2, 7), (5, 12), (12, 25), (12, 30), (13, 30), (25, 12), (30, 13), (24, 8), (9, 9)]:
            draws = np.round(random.lognormal(2, 1.5, before), 1)
            tell = lambda values: " ".join(repr(float(x)) for x in values)
            rows.writerow([tell(draws), tell(resampled(draws, after))])


if __name__ == "__main__":
    main()

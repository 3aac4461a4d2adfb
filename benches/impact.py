"""Compares `lysoen impact` with pysyncon on California's Proposition 99: the same fits on the same file, a process each.

Jobs: the outcome-only synthetic control with all 38 placebos, and the one with predictors. lysoen's also makes everything else
that it tells (gates, hold-outs, conformal intervals, one donor left out, the other methods), so that it does more work.
Each job is a process of its own, from its start to its end, in turns: medians, with the largest resident memory of any. It stops
if both do not come to the same outcome-only effect. See benches/README.md.
"""

import argparse
import json
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from compare import measured

FILE = "california_prop99_with_predictors.csv"

# With V fixed to the identity over the nineteen outcomes before, pysyncon solves the convex problem.
PYSYNCON = """
import json, sys
import numpy as np, pandas as pd
from pysyncon import Dataprep, Synth
path, job = sys.argv[1:]
table = pd.read_csv(path)
states = [s for s in table["state"].unique() if s != "California"]
common = dict(foo=table, dependent="cigsale", unit_variable="state", time_variable="year", treatment_identifier="California",
              controls_identifier=states, time_optimize_ssr=range(1970, 1989))
if job == "outcome":
    wide = table.pivot(index="year", columns="state", values="cigsale")
    def weights(unit, donors):
        before = wide.loc[1970:1988]
        w, _ = Synth.w_optimize(V_mat=np.identity(19), X0=before[donors].to_numpy(), X1=before[unit].to_numpy())
        return w
    effects = {}
    for unit in ["California"] + states:
        donors = [s for s in states if s != unit]
        gap = wide[unit] - wide[donors].to_numpy() @ weights(unit, donors)
        effects[unit] = float(gap.loc[1989:].mean())
    print(json.dumps({"effect": effects["California"], "placebos": len(effects) - 1}))
else:
    data = Dataprep(predictors=["lnincome", "retprice", "age15to24"], predictors_op="mean",
                    time_predictors_prior=range(1980, 1989),
                    special_predictors=[("beer", range(1984, 1989), "mean")]
                    + [("cigsale", [year], "mean") for year in (1975, 1980, 1988)], **common)
    synth = Synth()
    synth.fit(dataprep=data, optim_method="Nelder-Mead", optim_initial="equal")
    Z0, Z1 = data.make_outcome_mats(time_period=range(1989, 2001))
    print(json.dumps({"effect": float((Z1 - Z0 @ synth.W).mean()), "placebos": 0}))
"""

PREDICTORS = (
    "lnincome@1980..1988,retprice@1980..1988,age15to24@1980..1988,beer@1984..1988,cigsale@1975,cigsale@1980,cigsale@1988"
)


def effect_of_csv(text):
    for line in text.splitlines():
        cells = line.split(",")
        if cells[0] == "effect":
            return float(cells[3])
    raise SystemExit("lysoen told no effect")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with " + FILE)
    parser.add_argument("--lysoen", required=True, help="the program, built with cargo build --release --workspace")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    path = str(args.data / FILE)
    ours = [args.lysoen, "-q", "impact", "--data", path, "--unit", "state", "--time", "year", "--outcome", "cigsale",
            "--treated", "California", "--from", "1989", "--format", "csv"]
    jobs = {
        ("outcome-only, with placebos", "lysoen"): [*ours, "--method", "sc"],
        ("outcome-only, with placebos", "pysyncon"): [sys.executable, "-c", PYSYNCON, path, "outcome"],
        ("with predictors", "lysoen"): [*ours, "--method", "sc-predictors", "--predictors", PREDICTORS],
        ("with predictors", "pysyncon"): [sys.executable, "-c", PYSYNCON, path, "predictors"],
    }
    found = {job: [] for job in jobs}
    effects = {}
    for job, command in jobs.items():
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        effects[job] = effect_of_csv(output) if job[1] == "lysoen" else json.loads(output)["effect"]
    for _ in range(args.runs):
        for job, command in jobs.items():
            found[job].append(measured(command))
    print(f"pysyncon {version('pysyncon')}, {args.runs} runs each")
    for job, runs in found.items():
        seconds = statistics.median(seconds for seconds, _ in runs)
        memory = max(memory for _, memory in runs)
        print(f"{job[0]:32} {job[1]:10} {seconds:8.2f} s {memory:8.0f} MB   effect {effects[job]:.4f}")
    one, other = (effects["outcome-only, with placebos", who] for who in ("lysoen", "pysyncon"))
    if abs(one - other) > 0.01:
        raise SystemExit(f"the outcome-only effects differ: {one} and {other}")


if __name__ == "__main__":
    main()

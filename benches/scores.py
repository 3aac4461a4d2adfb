"""Compares `lysoen forecast score` with DuckDB's bare scan of the same columns, on a grid's draws in the challenge's layout.

Makes, with DuckDB, draws for 13,110 cells x 12 months x 1,000 (157,320,000 rows, sorted) and their actuals; then each job is a
process of its own, from its start to its end, in turns: medians, with the largest resident memory of any. See benches/README.md.
"""

import argparse
import os
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from compare import measured

CELLS, MONTHS, DRAWS = 13_110, 12, 1_000

# Most cells see nothing; where something may happen the draws are skewed, and differ from draw to draw.
DRAWS_SQL = f"""
COPY (
  SELECT 457 + m AS month_id, 62356 + u AS priogrid_gid, d AS draw,
         CASE WHEN hash(u) % 10 < 7 THEN 0.0
              ELSE floor(exp((hash(u, m, d) % 100000) / 100000.0 * (hash(u, 1) % 7)) - 1) END::DOUBLE AS outcome
  FROM range({MONTHS}) AS months(m), range({CELLS}) AS units(u), range({DRAWS}) AS draws(d)
  ORDER BY month_id, priogrid_gid, draw
) TO '{{}}' (FORMAT parquet, COMPRESSION zstd)
"""

ACTUALS_SQL = f"""
COPY (
  SELECT 457 + m AS month_id, 62356 + u AS priogrid_gid,
         CASE WHEN hash(u) % 10 < 7 THEN 0 ELSE hash(u, m, 7) % 30 END AS outcome
  FROM range({MONTHS}) AS months(m), range({CELLS}) AS units(u) ORDER BY 1, 2
) TO '{{}}' (FORMAT parquet)
"""

BY_DRAW_SQL = "COPY (SELECT * FROM '{}' ORDER BY draw, month_id, priogrid_gid) TO '{}' (FORMAT parquet, COMPRESSION zstd)"

SCAN = """
import duckdb, sys
print(duckdb.sql(f"SELECT sum(month_id), sum(priogrid_gid), sum(draw), sum(outcome) FROM '{sys.argv[1]}'"))
"""


def in_duckdb(sql):
    """Runs SQL in a process of its own: the memory of this one would count as that of the jobs that it starts."""
    subprocess.run([sys.executable, "-c", "import duckdb, sys; duckdb.sql(sys.argv[1])", sql], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the draws are made, once; 1 GB")
    parser.add_argument("--lysoen", required=True, help="the program, built with cargo build --release --workspace")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--unsorted", action="store_true", help="measure the same rows sorted by draw, too")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    draws, actuals, by_draw = (args.folder / name for name in ["draws.parquet", "actuals.parquet", "by_draw.parquet"])
    if not draws.exists():
        in_duckdb(ACTUALS_SQL.format(actuals))
        in_duckdb(DRAWS_SQL.format(draws))
    if args.unsorted and not by_draw.exists():
        in_duckdb(BY_DRAW_SQL.format(draws, by_draw))
    score = lambda file, *more: [args.lysoen, "forecast", "score", "--draws", file, "--actuals", actuals, "--format", "csv", *more]
    jobs = {
        "DuckDB, a scan": [sys.executable, "-c", SCAN, draws],
        "lysoen": score(draws),
        "lysoen, every score": score(draws, "--all"),
    }
    if args.unsorted:
        jobs["lysoen, sorted by draw"] = score(by_draw)
    print(f"{os.cpu_count()} cores; {draws.stat().st_size / 1e6:,.0f} MB, {CELLS * MONTHS * DRAWS:,} rows; DuckDB {version('duckdb')};")
    print(f"medians of {args.runs} whole processes, largest memory of any.\n")
    taken = {name: [] for name in jobs}
    for turn in range(args.runs + 1):
        for name, command in jobs.items():
            result = measured([str(word) for word in command])
            # The first turn brings the file into the system's memory and is not counted.
            if turn > 0:
                taken[name].append(result)
    scan = statistics.median(seconds for seconds, _ in taken["DuckDB, a scan"])
    print("| | seconds | memory, MB | by DuckDB's scan |\n|---|---:|---:|---:|")
    for name, runs in taken.items():
        seconds, memory = statistics.median(s for s, _ in runs), max(m for _, m in runs)
        print(f"| {name} | {seconds:.2f} | {memory:,.0f} | {seconds / scan:.2f} |")


if __name__ == "__main__":
    main()

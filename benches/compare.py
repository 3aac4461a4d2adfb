"""Compares lysoen with DuckDB and Polars on the same files in the same run.

Every job is a process of its own, from its start to its end; medians of so many runs, which take turns, with the largest
resident memory of any. See benches/README.md.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DUCKDB_TALLY = """
import duckdb, sys
duckdb.sql(f'''COPY (
  SELECT country_id, strftime(CAST(date_end AS TIMESTAMP), '%Y-%m') AS month, type_of_violence,
         count(*) AS events, sum(best) AS best, sum(low) AS low, sum(high) AS high
  FROM read_csv('{sys.argv[1]}') GROUP BY ALL ORDER BY ALL) TO '{sys.argv[2]}' (HEADER)''')
"""

POLARS_TALLY = """
import polars as pl, sys
(pl.scan_csv(sys.argv[1], infer_schema_length=0)
   .select('country_id', pl.col('date_end').str.slice(0, 7).alias('month'), 'type_of_violence', 'best', 'low', 'high')
   .with_columns(pl.col('country_id', 'type_of_violence', 'best', 'low', 'high').cast(pl.Int64))
   .group_by('country_id', 'month', 'type_of_violence')
   .agg(pl.len().alias('events'), pl.col('best').sum(), pl.col('low').sum(), pl.col('high').sum())
   .sort('country_id', 'month', 'type_of_violence').collect(engine='streaming').write_csv(sys.argv[2]))
"""

DUCKDB_PARQUET = """
import duckdb, sys
duckdb.sql(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""

POLARS_PARQUET = """
import polars as pl, sys
pl.scan_csv(sys.argv[1], infer_schema_length=100000).sink_parquet(sys.argv[2], compression='zstd')
"""


def measured(command):
    """Runs a command; gives seconds and the largest resident memory in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} failed: {complaint.decode()}")
    return seconds, usage.ru_maxrss / 1024


def tally_of(path, names):
    """The figures in a file of tallies, for comparison."""
    import csv

    types = {"state-based": "1", "non-state": "2", "one-sided": "3"}
    with open(path, newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return sorted(
            tuple(types.get(row[name], row[name]) for name in names) for row in rows
        )


def jobs_of(args, folder):
    """The jobs of each comparison: name, command, and the one to compare with."""
    file, python = str(args.file), sys.executable
    out = lambda name: str(folder / name)
    tally = {
        "lysoen": [args.lysoen, "preview", file, "--output", out("lysoen.csv")],
        "DuckDB": [python, "-c", DUCKDB_TALLY, file, out("duckdb.csv")],
        "Polars": [python, "-c", POLARS_TALLY, file, out("polars.csv")],
    }
    observatory = out("observatory")
    importing = {
        "lysoen": [args.lysoen, "import", file, "--quiet", "--observatory", observatory],
        "DuckDB": [python, "-c", DUCKDB_PARQUET, file, out("duckdb.parquet")],
        "Polars": [python, "-c", POLARS_PARQUET, file, out("polars.parquet")],
    }
    comparisons = {"CSV to deaths by country, month and type": tally, "CSV to Parquet; lysoen: import with every check": importing}
    return {name: jobs for name, jobs in comparisons.items() if args.only in name}


def compare(jobs, args, folder):
    taken = {name: [] for name in jobs}
    for turn in range(args.runs + 1):
        for name, command in jobs.items():
            observatory = folder / "observatory"
            if "import" in command:
                shutil.rmtree(observatory, ignore_errors=True)
                subprocess.run([args.lysoen, "init", "--empty", "--quiet", "--observatory", observatory], check=True)
            result = measured(command)
            # The first turn brings the file into the system's memory and is not counted.
            if turn > 0:
                taken[name].append(result)
    return {
        name: (statistics.median(s for s, _ in runs), max(m for _, m in runs))
        for name, runs in taken.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="a file made by the generator")
    parser.add_argument("--lysoen", required=True, help="the program, built with cargo build --release --workspace")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="only comparisons whose name contains this")
    args = parser.parse_args()
    args.lysoen = str(Path(args.lysoen).resolve())
    import duckdb, polars

    print(f"{os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB;", end=" ")
    print(f"{args.file.name}, {args.file.stat().st_size / 1e6:,.0f} MB; DuckDB {duckdb.__version__}, Polars {polars.__version__};")
    print(f"medians of {args.runs} whole processes, largest memory of any.")
    with tempfile.TemporaryDirectory(dir=args.file.parent) as folder:
        folder = Path(folder)
        for title, jobs in jobs_of(args, folder).items():
            taken = compare(jobs, args, folder)
            fastest = min(seconds for name, (seconds, _) in taken.items() if name != "lysoen")
            print(f"\n| {title} | seconds | memory, MB | lysoen's time by this one's |\n|---|---:|---:|---:|")
            for name, (seconds, memory) in taken.items():
                print(f"| {name} | {seconds:.2f} | {memory:,.0f} | {taken['lysoen'][0] / seconds:.2f} |")
            print(f"\nlysoen by the faster of the others: {taken['lysoen'][0] / fastest:.2f}")
            if (folder / "lysoen.csv").exists():
                same_figures(folder)


def same_figures(folder):
    """Stops unless all three came to the same figures."""
    ours = tally_of(folder / "lysoen.csv", ["country_id", "month", "violence", "events", "deaths_best", "deaths_low", "deaths_high"])
    for other in ["duckdb.csv", "polars.csv"]:
        theirs = tally_of(folder / other, ["country_id", "month", "type_of_violence", "events", "best", "low", "high"])
        if ours != theirs:
            sys.exit(f"lysoen and {other} differ: {len(ours)} and {len(theirs)} rows; {sorted(set(ours) ^ set(theirs))[:4]}")
    print(f"All three give the same {len(ours)} rows.")


if __name__ == "__main__":
    main()

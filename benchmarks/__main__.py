"""The command: measure, keep the figures in results.json, and print them beside the goals."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import peers
from benchmarks.machine import machine
from benchmarks.measuring import CHECKOUT, WORK
from benchmarks.questions import Measured, Scale
from benchmarks.report import RESULTS, goals, read_results, tables, write_tables
from benchmarks.suites import SUITES

QUICK_RESULTS = WORK / "quick.json"


def main() -> int:
    """Run what was asked for; a figure that misses its goal is no failure of this program."""
    options = parser().parse_args()
    if options.table:
        write_tables(read_results())
        return 0
    names = options.only.split(",") if options.only else list(SUITES)
    if unknown := [name for name in names if name not in SUITES]:
        print(f"error: there is no suite '{unknown[0]}'; there are: {', '.join(SUITES)}", file=sys.stderr)
        return 2
    WORK.mkdir(exist_ok=True)
    prepare()
    target = QUICK_RESULTS if options.quick else RESULTS
    results = {"machine": {}, "tasks": {}} if options.quick else read_results(target)
    results["machine"] = machine()
    for name in names:
        print(f"{name}:", flush=True)
        for measured in SUITES[name](Scale(options.quick)):
            results["tasks"][measured.name] = as_json(measured)
            target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.quick:
        print(tables(results))
        print("\nquick: few lessons, one run each; these figures prove only that everything runs")
    else:
        write_tables(results)
        print(goals(results["tasks"]))
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure side by side with other tools.")
    top.add_argument("--only", default="", metavar="NAME[,NAME]", help=f"of: {', '.join(SUITES)}")
    top.add_argument("--quick", action="store_true", help="three lessons, one run; results.json stays as it is")
    top.add_argument("--table", action="store_true", help="only write README.md's tables anew from results.json")
    return top


def prepare() -> None:
    """Make the peers' environment and byte code for peers and project alike."""
    print("preparing environments", flush=True)
    if failed := peers.make_environment():
        print(f"  {failed}")
    site_packages = Path(sys.executable).parent.parent / "lib"
    peers.compile_all(Path(sys.executable), site_packages, CHECKOUT / "src", CHECKOUT / "benchmarks/drivers")


def as_json(measured: Measured) -> dict:
    """Return a measured question as results.json keeps it."""
    rows = [row.as_json() for row in measured.rows]
    return {
        "title": measured.title,
        "lessons": measured.lessons,
        "note": measured.note,
        "rows": rows,
        "table": measured.table,
    }


if __name__ == "__main__":
    sys.exit(main())

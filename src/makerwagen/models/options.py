"""The options of `makerwagen model list|params|export`; imports nothing, so that other commands start fast."""

import argparse
from pathlib import Path


def add_arguments(model: argparse.ArgumentParser) -> None:
    """Add the sub-commands to the parser of `model`."""
    tasks = model.add_subparsers(required=True, metavar="TASK", dest="task")
    listed = tasks.add_parser("list", help="list all models")
    listed.add_argument("--json", action="store_true", help="as JSON")
    params = tasks.add_parser("params", help="print the JSON Schema of a model's parameters")
    params.add_argument("slug", metavar="SLUG")
    export = tasks.add_parser("export", help="build a part and write it into a file")
    export.add_argument("slug", metavar="SLUG")
    export.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="values")
    export.add_argument("--preset", help="begin with these values instead of the model's own")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help=".stl, .3mf, .step, .glb or .png")

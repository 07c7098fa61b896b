"""The options of `makerwagen data list|check|simulate|refresh|serve`; imports nothing, so that others start fast."""

import argparse


def add_arguments(data: argparse.ArgumentParser) -> None:
    """Add the sub-commands to the parser of `data`."""
    tasks = data.add_subparsers(required=True, metavar="TASK", dest="task")
    tasks.add_parser("list", help="list all data packs")
    check = tasks.add_parser("check", help="read packs the way a lesson does, and make simulated ones once more")
    check.add_argument("packs", nargs="*", metavar="PACK", help="default: all")
    simulate = tasks.add_parser("simulate", help="write a simulated pack anew from its generator and seed")
    simulate.add_argument("packs", nargs="+", metavar="PACK")
    refresh = tasks.add_parser(
        "refresh",
        help="replace a pack by a real snapshot from its portal",
        epilog="anything that is not right leaves the pack as it was; exit code 2 then",
    )
    refresh.add_argument("pack", metavar="PACK", help="see: makerwagen data list")
    refresh.add_argument("--portal", metavar="URL", help="instead of the one in pack.yml")
    refresh.add_argument("--every", type=float, metavar="SECONDS", help="between readings (default: as in pack.yml)")
    refresh.add_argument(
        "--now", action="store_true", help="one reading is enough, of a pack that follows a data set through a day"
    )
    serve = tasks.add_parser("serve", help="serve the packs like an open-data portal (Explore API v2.1)")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8020)

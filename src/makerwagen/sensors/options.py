"""The command line's options for sensors; light, for every command loads them."""

import argparse
from pathlib import Path

USUAL_PORT = 1883


def add_state_options(parser: argparse.ArgumentParser) -> None:
    """Add where the wagon keeps its readings and where it listens to stations."""
    parser.add_argument(
        "--state", type=Path, default=None, metavar="DIR", help="readings and passwords (default: in your home folder)"
    )
    parser.add_argument(
        "--sensors-host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="where stations reach the wagon, e.g. its address in its own WLAN (default: this machine only)",
    )
    parser.add_argument("--sensors-port", type=int, default=USUAL_PORT, metavar="PORT")
    parser.add_argument("--no-sensors", action="store_true", help="do not listen to stations; old readings are shown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands of `makerwagen sensors`."""
    parser.add_argument("--state", type=Path, default=None, metavar="DIR", help="as for: makerwagen wagon")
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    commands.add_parser("list", help="every station with its last values")
    place = commands.add_parser("place", help="say what a station is called, where it stands, what its sensors are")
    place.add_argument("node", metavar="STATION", help="e.g. pico-07")
    place.add_argument("--name", help='e.g. "Hochbeet"')
    place.add_argument("--place", help='e.g. "Schulhof, Südseite"; never a person\'s name or address')
    place.add_argument("--at", metavar="LAT,LON", help="rounded to about 100 m")
    place.add_argument("--sensor", action="append", default=[], metavar="PROPERTY=TYPE", help="temperature=BME280")
    place.add_argument(
        "--sensemap", action="append", default=[], metavar="PROPERTY=ID", help="the sensor's id at openSenseMap"
    )
    export = commands.add_parser("export", help="write readings to a file")
    export.add_argument("out", type=Path, metavar="FILE", help=".csv (a table) or .json (openSenseMap's upload)")
    export.add_argument("--station", metavar="STATION", help="only this one")
    export.add_argument("--property", metavar="PROPERTY", help="only this one, e.g. temperature")
    export.add_argument("--since", metavar="TIME", help="a while (90 min, 2 h, 3 d) or a time (2026-11-24T08:00)")
    export.add_argument(
        "--sensemap", action="store_true", help="a .csv as openSenseMap takes it: no header, three columns"
    )

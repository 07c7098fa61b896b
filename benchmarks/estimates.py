"""The families' estimates of printing time and weight, fitted anew: parts of each model sliced for every printer.

`python -m benchmarks.estimates [SLUG…]` slices, fits the printers' mean, and writes `estimate:` into each model.yml,
with the largest error on parts that a fit has not seen.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import CHECKOUT
from makerwagen.content.model import Model
from makerwagen.content.repository import Repository
from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import load_repository
from makerwagen.models.estimate import features
from makerwagen.models.estimate_fit import Sample, fit, held_out
from makerwagen.models.sweep import Values, random_values
from makerwagen.models.workshop import Workshop
from makerwagen.slicing.slicer import slice_file

SAMPLES, FEWEST, SEED = 24, 12, 7


def refit(repository: Repository, slugs: Sequence[str], samples: int) -> None:
    """Slice samples of models for every printer, fit their estimates to the printers' mean and keep them."""
    with Workshop(CHECKOUT, timeout_s=30) as workshop, tempfile.TemporaryDirectory() as folder:
        for slug in slugs or sorted(repository.models):
            seconds, grams = sliced(workshop, repository.models[slug], repository, Path(folder), samples)
            told = keep(CHECKOUT / repository.models[slug].origin.path, seconds, grams)
            print(f"{slug}: {told}", flush=True)


def sliced(
    workshop: Workshop, model: Model, repository: Repository, folder: Path, samples: int
) -> tuple[list[Sample], list[Sample]]:
    """Return features and the printers' mean seconds and grams of parts of a model."""
    seconds: list[Sample] = []
    grams: list[Sample] = []
    chosen: list[Values] = [{}, *(dict(preset.values) for preset in model.presets.values())]
    for values in [*chosen, *random_values(model, 10 * samples, SEED)]:
        if len(seconds) >= samples:
            break
        try:
            found = features(workshop.build(model.slug, values).facts)
            workshop.export(model.slug, values, folder / "part.stl")
            each = [slice_file(folder / "part.stl", one, root=CHECKOUT) for one in repository.printers.values()]
        except MakerwagenError:
            continue
        seconds.append((found, sum(one.seconds for one in each) / len(each)))
        grams.append((found, sum(one.grams for one in each) / len(each)))
    return seconds, grams


def keep(path: Path, seconds: Sequence[Sample], grams: Sequence[Sample]) -> str:
    """Write fits into a model.yml, in place of those there, and say how good they are."""
    if len(seconds) < FEWEST:
        return f"only {len(seconds)} samples, left as it is"
    (most, mean), (heaviest, weight) = held_out(seconds), held_out(grams)
    line = f"estimate: {{seconds: {listed(fit(seconds))}, grams: {listed(fit(grams))}, within: {most:.3f}}}\n"
    text = re.sub(r"^estimate: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text.replace("\nlicense:", f"\n{line}license:", 1), encoding="utf-8")
    told = f"{len(seconds)} samples, unseen parts: seconds {mean:.1%} off, at most {most:.1%}"
    return f"{told}; grams {weight:.1%} off, at most {heaviest:.1%}"


def listed(numbers: Sequence[float]) -> str:
    """Return numbers for YAML, without exponents."""
    return "[" + ", ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers) + "]"


def main() -> int:
    """Fit estimates."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.estimates")
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("slugs", nargs="*", metavar="SLUG")
    options = parser.parse_args()
    refit(load_repository(CHECKOUT)[0], options.slugs, options.samples)
    return 0


if __name__ == "__main__":
    sys.exit(main())

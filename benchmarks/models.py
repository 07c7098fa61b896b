"""Every model built all over its parameters, previews and parts timed, and the families' estimates fitted anew.

`make bench ARGS="--only models"` prints the sweep; `python -m benchmarks.models --fit [SLUG…]` slices samples of
each model for every printer of the register and writes the fitted `estimate:` into its model.yml.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import CHECKOUT
from benchmarks.questions import Measured, Scale
from makerwagen.content.model import Model
from makerwagen.content.repository import Repository
from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import load_repository
from makerwagen.models.estimate import Sample, fit, worst_error
from makerwagen.models.sweep import Values, corners, hard_names, random_values
from makerwagen.models.workshop import RefusedError, Workshop, WorkshopError
from makerwagen.slicing.slicer import slice_file

RANDOM, SEED = 20, 7
SAMPLES = 8


def sweep(workshop: Workshop, model: Model, *, most: int | None = None) -> Counter[str]:
    """Build a model all over its parameters and count what came out; say what went wrong."""
    counted: Counter[str] = Counter()
    for kind, found in wanted(model, most):
        try:
            built = workshop.build(model.slug, found)
        except RefusedError as refused:
            outcome = "refused" if not refused.detail else "broken"
        except WorkshopError:
            outcome = "broken"
        else:
            low, high = model.expect.volume_mm3
            sound = built.facts.valid and built.facts.solids == model.expect.solids
            sound = sound and low <= built.facts.volume_mm3 <= high and built.printable
            outcome = "sound" if sound else "unsound"
        counted[outcome] += 1
        counted[kind] += 1
        if outcome in {"broken", "unsound"}:
            print(f"  {model.slug}: {outcome}: {found}", flush=True)
    return counted


def wanted(model: Model, most: int | None) -> Iterator[tuple[str, Values]]:
    """Yield what to build, by kind."""
    yield from (("preset", dict(preset.values)) for preset in model.presets.values())
    yield from (("corner", values) for values in corners(model, SEED)[:most])
    yield from (("random", values) for values in random_values(model, most or RANDOM, SEED))
    yield from (("name", values) for values in list(hard_names(model))[:most])


def latency(workshop: Workshop, model: Model, rounds: int) -> tuple[float, float, float]:
    """Return the median and the 95th percentile of previews and the median of parts, in milliseconds."""
    previews, parts = [], []
    moves = [values for values in random_values(model, 4 * rounds, SEED + 1)]
    workshop.preview(model.slug, {})
    for values in moves:
        for times, make in ((previews, workshop.preview), (parts, workshop.build)):
            started = time.perf_counter()
            try:
                make(model.slug, values)
            except (RefusedError, WorkshopError):
                continue
            times.append(1000 * (time.perf_counter() - started))
        if len(previews) >= rounds:
            break
    late = sorted(previews)[int(0.95 * (len(previews) - 1))] if previews else 0.0
    return statistics.median(previews or [0.0]), late, statistics.median(parts or [0.0])


def measure(*, quick: bool) -> None:
    """Sweep and time every model and print one line for each."""
    repository, _ = load_repository(CHECKOUT)
    with Workshop(CHECKOUT, timeout_s=30) as workshop:
        for slug, model in sorted(repository.models.items()):
            started = time.monotonic()
            counted = sweep(workshop, model, most=2 if quick else None)
            middle, late, part = latency(workshop, model, 5 if quick else 20)
            counts = ", ".join(f"{number} {word}" for word, number in sorted(counted.items()))
            times = f"preview {middle:.0f} ms, p95 {late:.0f} ms, part {part:.0f} ms"
            print(f"{slug}: {counts}; {times}; {time.monotonic() - started:.0f} s (seed {SEED})", flush=True)


def measure_models(scale: Scale) -> Iterator[Measured]:
    """Sweep and time every model; the figures are printed, none of them is compared with another program."""
    measure(quick=scale.quick)
    yield from ()


def refit(repository: Repository, slugs: Sequence[str], samples: int) -> None:
    """Slice samples of models for every printer, fit their estimates to the printers' mean and keep them."""
    with Workshop(CHECKOUT, timeout_s=30) as workshop, tempfile.TemporaryDirectory() as folder:
        for slug in slugs or sorted(repository.models):
            model = repository.models[slug]
            seconds, grams = sliced(workshop, model, repository, Path(folder), samples)
            if len(seconds) < 4:
                print(f"{slug}: only {len(seconds)} samples, left as it is", flush=True)
                continue
            times, weights = fit(seconds), fit(grams)
            within = worst_error(times, seconds)
            keep(CHECKOUT / model.origin.path, times, weights, within)
            error = worst_error(weights, grams)
            print(f"{slug}: {len(seconds)} samples, seconds within {within:.1%}, grams within {error:.1%}", flush=True)


def sliced(
    workshop: Workshop, model: Model, repository: Repository, folder: Path, samples: int
) -> tuple[list[Sample], list[Sample]]:
    """Return volume, surface and the printers' mean seconds and grams of parts of a model."""
    seconds: list[Sample] = []
    grams: list[Sample] = []
    chosen: list[Values] = [{}, *(dict(preset.values) for preset in list(model.presets.values())[:2])]
    for values in [*chosen, *random_values(model, 10 * samples, SEED)]:
        if len(seconds) >= samples:
            break
        try:
            facts = workshop.build(model.slug, values).facts
            workshop.export(model.slug, values, folder / "part.stl")
            found = [
                slice_file(folder / "part.stl", printer, root=CHECKOUT) for printer in repository.printers.values()
            ]
        except MakerwagenError:
            continue
        mean = [sum(each) / len(found) for each in zip(*((one.seconds, one.grams) for one in found), strict=True)]
        seconds.append((facts.volume_mm3, facts.area_mm2, mean[0]))
        grams.append((facts.volume_mm3, facts.area_mm2, mean[1]))
    return seconds, grams


def keep(path: Path, seconds: Sequence[float], grams: Sequence[float], within: float) -> None:
    """Write the fit into a model.yml, in place of the one there."""
    line = f"estimate: {{seconds: {listed(seconds)}, grams: {listed(grams)}, within: {within:.3f}}}\n"
    text = re.sub(r"^estimate: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text.replace("\nlicense:", f"\n{line}license:", 1), encoding="utf-8")


def listed(numbers: Sequence[float]) -> str:
    """Return numbers for YAML, without exponents."""
    return "[" + ", ".join(f"{number:.6f}" for number in numbers) + "]"


def main() -> int:
    """Fit estimates or sweep models."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.models")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("slugs", nargs="*", metavar="SLUG")
    options = parser.parse_args()
    if options.fit:
        refit(load_repository(CHECKOUT)[0], options.slugs, options.samples)
    else:
        measure(quick=options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every model built all over its parameters, with counts; and seats prepared for a class.

`make bench ARGS="--only models"` sweeps every model and moves its sliders in a real lab (in_lab.py).
"""

import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.in_lab import measure_in_lab
from benchmarks.measuring import CHECKOUT, WORK, Contender, in_turn
from benchmarks.questions import OURS, Measured, Scale, driver, empty
from makerwagen.content.model import Model
from makerwagen.load.repository_loader import load_repository
from makerwagen.models.refusal import RefusedError, WorkshopError
from makerwagen.models.sweep import Values, corners, hard_names, random_values
from makerwagen.models.workshop import Workshop

RANDOM, SEED = 20, 7
SEATS = 20


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


def measure_models(scale: Scale) -> Iterator[Measured]:
    """Build every model all over its parameters, then move its sliders in a real lab."""
    yield Measured(
        "models-sweep", "Every model, all over its parameters", 0, [], told(), table=list(swept(scale.quick))
    )
    yield from measure_in_lab(scale)


def told() -> str:
    """Say what was built."""
    return (
        f"Every preset, every corner of up to six numbers (pairwise beyond), {RANDOM} random choices (seed {SEED}) and "
        "the hardest names. „sound“: valid, watertight, printable, with as many solids, of the volume and inside the "
        "bed that the model declares. „refused“: in a sentence of the model's own. „unsound“ and „broken“ are failures."
    )


def swept(quick: bool) -> Iterator[dict[str, str | float]]:
    """Yield each model's counts."""
    with Workshop(CHECKOUT, timeout_s=30) as workshop:
        for slug, model in sorted(load_repository(CHECKOUT)[0].models.items()):
            started = time.monotonic()
            counted = sweep(workshop, model, most=2 if quick else None)
            kinds = {kind: counted[kind] for kind in ("preset", "corner", "random", "name")}
            outcomes = {kind: counted[kind] for kind in ("sound", "refused", "unsound", "broken")}
            row = {"model": slug, **kinds, **outcomes, "seconds": round(time.monotonic() - started)}
            print("  " + ", ".join(f"{key} {value}" for key, value in row.items()), flush=True)
            yield row


def measure_seats(scale: Scale) -> Iterator[Measured]:
    """Prepare a class's seats with today's lessons, each time from nothing."""
    state = WORK / "seats"
    contender = Contender(
        OURS, driver("prepare_seats", CHECKOUT, state, SEATS), prepare=lambda _: empty(state) and None
    )
    title = f"Prepare {SEATS} seats with today's lessons, starting the program and reading the content included"
    yield Measured("seats", title, 0, in_turn("seats", [contender], rounds=scale.rounds()))

"""Rules about scenarios: what they name is there, the hints lead somewhere, and wrong programs prove them."""

from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.readability import sentences
from makerwagen.content.exercise import Exercise, Wire
from makerwagen.content.part import Part, PartKind
from makerwagen.content.repository import Repository
from makerwagen.content.scenario import USUAL_HINTS, AtPin, NeverTogether, Scenario, SetControl, Step
from makerwagen.problems import Place, Problem

FEWEST_WRONG = 3
# What only some kinds of parts can be asked for.
KINDS = {
    "expect-display": {PartKind.SSD1306},
    "expect-pixels": {PartKind.NEOPIXEL},
    "expect-angle": {PartKind.SERVO},
}


def parts_of_steps_are_wired(repository: Repository) -> Iterator[Problem]:
    """MCU201: every part and pin that a step names is in the exercise's wiring.

    Why: The simulated board has only what is wired; the step could never be met.
    Bad:
        - expect-pin: {part: led, level: 1, hint: lit}        # exercise.yml: wiring: [{id: rot, …}]
    Good:
        - expect-pin: {part: rot, level: 1, hint: lit}
    """
    for exercise, scenario in _pairs(repository):
        ids = {wire.id for wire in exercise.wiring}
        board = repository.boards.get(exercise.board)
        pins = {pin.name for pin in board.pins} | {board.led or ""} if board else None
        for number, step in enumerate(scenario.steps):
            place = scenario.at("steps", number, step.kind)
            for part in _parts_of(step):
                if part not in ids:
                    remedy = did_you_mean(part, ids, f"see the ids in {exercise.origin.path}")
                    yield Problem(place, "MCU201", f"no part '{part}' is wired", remedy)
            for pin in _pins_of(step):
                if pins is not None and pin not in pins:
                    remedy = did_you_mean(pin, pins, f"see microcontroller/boards/{exercise.board}.yml")
                    yield Problem(place, "MCU201", f"board '{exercise.board}' has no pin '{pin}'", remedy)


def hints_of_steps_exist(repository: Repository) -> Iterator[Problem]:
    """MCU202: every hint that a step or a wrong program names is there, and every hint is named by a step.

    Why: Without it a child would read nothing; one that no step names is never read.
    Bad:
        - expect-pin: {part: rot, level: 1, hint: lit}
        hints: {litt: {de: Schalte die LED ein.}}
    Good:
        - expect-pin: {part: rot, level: 1, hint: lit}
        hints: {lit: {de: Schalte die LED ein.}}
    """
    for scenario in repository.scenarios.values():
        known = {*scenario.hints, *USUAL_HINTS}
        for number, step in enumerate(scenario.steps):
            if step.hint and step.hint not in known:
                remedy = did_you_mean(step.hint, known, "add it to 'hints'")
                yield Problem(scenario.at("steps", number), "MCU202", f"no hint is called '{step.hint}'", remedy)
        for name, hint in scenario.wrong.items():
            if hint not in known:
                remedy = did_you_mean(hint, known, "add it to 'hints'")
                yield Problem(scenario.at("wrong", name), "MCU202", f"no hint is called '{hint}'", remedy)
        used = {step.hint for step in scenario.steps} | USUAL_HINTS
        for hint in sorted(scenario.hints.keys() - used):
            yield Problem(
                scenario.at("hints", hint), "MCU202", f"no step gives the hint '{hint}'", "use it or remove it"
            )


def steps_fit_into_the_run(repository: Repository) -> Iterator[Problem]:
    """MCU203: the waits of a scenario, and the time each expectation has, end within its `seconds`.

    Why: What comes after the end of the run never happens, and a right program would fail.
    Bad:
        seconds: 5
        steps: [{wait: 4}, {expect-pin: {part: rot, level: 1, within: 3, hint: lit}}]
    Good:
        seconds: 10
        steps: [{wait: 4}, {expect-pin: {part: rot, level: 1, within: 3, hint: lit}}]
    """
    for scenario in repository.scenarios.values():
        now = 0.0
        for number, step in enumerate(scenario.steps):
            now += step.wait or 0.0
            end = now + getattr(step.action, "within", 0.0)
            if end > scenario.seconds:
                what = f"this step ends at {end:g} s, the run at {scenario.seconds:g} s"
                yield Problem(scenario.at("steps", number), "MCU203", what, "raise 'seconds', or wait less")
                break


def wrong_programs_are_there(repository: Repository) -> Iterator[Problem]:
    """MCU204: an exercise has at least three wrong programs, and `wrong` names the hint of each.

    Why: They prove that children who make these mistakes get the hint that helps.
    Bad:
        wrong: {}
    Good:
        wrong: {never-off: off-again, too-short: five-seconds, misspelt: error}     # and wrong/never-off.py, …
    """
    for _, scenario in _pairs(repository):
        folder = f"{scenario.origin.path.rpartition('/')[0]}/wrong/"
        files = {path for path in repository.files if path.startswith(folder) and path.endswith(".py")}
        stems = {path.removeprefix(folder).removesuffix(".py") for path in files}
        for name in sorted(scenario.wrong.keys() - stems):
            yield Problem(scenario.at("wrong", name), "MCU204", f"wrong/{name}.py is missing", "write it")
        for name in sorted(stems - scenario.wrong.keys()):
            what, remedy = f"'wrong' does not name the hint for {name}.py", "add it to 'wrong'"
            yield Problem(Place(f"{folder}{name}.py"), "MCU204", what, remedy)
        if len(stems) < FEWEST_WRONG:
            what = f"{len(stems)} wrong programs are there, {FEWEST_WRONG} are asked for"
            yield Problem(scenario.at("wrong"), "MCU204", what, "think of what children get wrong")


def steps_suit_their_parts(repository: Repository) -> Iterator[Problem]:
    """MCU205: a step asks a part for what it has: a control within its range, one pin, a display, lights, an angle.

    Why: A step that its part cannot meet makes every program wrong.
    Bad:
        - set-control: {part: taster, control: temperature, value: 30}
    Good:
        - set-control: {part: fuehler, control: temperature, value: 30}
    """
    for exercise, scenario in _pairs(repository):
        wires = {wire.id: wire for wire in exercise.wiring}
        for number, step in enumerate(scenario.steps):
            for id in _parts_of(step):
                wire = wires.get(id)
                part = repository.parts.get(wire.part) if wire and repository.parts else None
                if wire and part and (found := _unfit(step, wire, part)):
                    yield Problem(scenario.at("steps", number, step.kind), "MCU205", *found)


def hints_suit_the_grade(repository: Repository) -> Iterator[Problem]:
    """MCU206: what a child reads of an exercise has no sentence longer than its lowest grade can read.

    Why: A hint is read by a child who is stuck already. The limits stand in curriculum/grades.yml.
    Bad:
        hints: {lit: {de: Bevor du weitermachst, schalte die LED, die du vorhin an GP15 gesteckt hast, mit on() ein.}}
    Good:
        hints: {lit: {de: Die LED steckt an GP15. Schalte sie mit on() ein.}}
    """
    for exercise, scenario in _pairs(repository):
        band = repository.grades.band_of(min(exercise.grades)) if repository.grades and exercise.grades else None
        if band is None:
            continue
        most, remedy = band.reading.max_sentence_words, "make two sentences of it"
        texts = [(exercise.at("task"), exercise.task)]
        texts += [(exercise.at("calibration", number), step) for number, step in enumerate(exercise.calibration)]
        texts += [(exercise.at("cannot_tell", number), text) for number, text in enumerate(exercise.cannot_tell)]
        texts += [
            (scenario.at("hints", id, number), rung)
            for id, ladder in scenario.hints.items()
            for number, rung in enumerate(ladder)
        ]
        for place, text in texts:
            for sentence in sentences(text.get("de", "")):
                if len(sentence.words) > most:
                    what = f"a sentence has {len(sentence.words)} words, grade {min(exercise.grades)} reads {most}"
                    yield Problem(place, "MCU206", what, remedy)


def _unfit(step: Step, wire: Wire, part: Part) -> tuple[str, str] | None:
    """Return what a part lacks for a step, and what to do; None when it fits."""
    action = step.action
    if isinstance(action, SetControl):
        return _unfit_control(action, wire, part)
    if isinstance(action, AtPin | NeverTogether) and len(part.terminals) > 1:
        return f"'{wire.id}' has {len(part.terminals)} pins", "name the pin instead of the part"
    kinds = KINDS.get(step.kind)
    if kinds and part.kind not in kinds:
        return f"'{wire.id}' is a {part.kind.value}, no {min(kinds).value}", f"{step.kind} asks another part"
    lit = getattr(action, "lit", None)
    most = max(getattr(action, "pixel", None) or 0, lit[1] - 1 if lit else 0)
    if kinds and most >= wire.count:
        return f"'{wire.id}' has {wire.count} lights", "they are counted from 0"
    return None


def _unfit_control(action: SetControl, wire: Wire, part: Part) -> tuple[str, str] | None:
    controls = {control.name: control for control in part.controls}
    name = action.control or next(iter(controls), "")
    if not controls:
        return f"'{wire.id}' has nothing to set", "set a button or a sensor"
    if name not in controls:
        return f"'{wire.id}' has no control '{name}'", did_you_mean(name, controls, f"it has: {', '.join(controls)}")
    control = controls[name]
    if not control.min <= action.value <= control.max:
        return f"{name} is {action.value:g}", f"it goes from {control.min:g} to {control.max:g}"
    return None


def _pairs(repository: Repository) -> Iterator[tuple[Exercise, Scenario]]:
    for slug, scenario in repository.scenarios.items():
        if exercise := repository.exercises.get(slug):
            yield exercise, scenario


def _parts_of(step: Step) -> tuple[str, ...]:
    if isinstance(step.action, NeverTogether):
        return step.action.parts or ()
    part = getattr(step.action, "part", None)
    return (part,) if part else ()


def _pins_of(step: Step) -> tuple[str, ...]:
    if isinstance(step.action, NeverTogether):
        return step.action.pins or ()
    pin = getattr(step.action, "pin", None)
    return (pin,) if pin else ()

"""The gate of the finished website: no secret on a page that is not the teacher's, no request to third parties."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from makerwagen.exporters.exercise_secrets import ExerciseSecrets
from makerwagen.exporters.leaks import Secret, Secrets, is_for_teachers, leaks, public_texts, secrets_of
from makerwagen.exporters.outputs import Picture, shown
from makerwagen.exporters.third_parties import third_party_requests
from makerwagen.notebooks.executor import Executed
from makerwagen.notebooks.proof import Run
from makerwagen.problems import Place, Problem
from makerwagen.store import Store, digest_files, key_of

PASSED = ("downloads/", "assets/")
READ = {".html", ".css", ".json", ".js", ".xml", ".txt", ".md", ".py"}
PICTURES = {".svg", ".png"}
GATE = digest_files(
    Path(__file__).with_name(name) for name in ("site_gate.py", "leaks.py", "third_parties.py", "exercise_secrets.py")
)


def site_problems(
    site: Path,
    runs: Sequence[Run],
    passed: Store,
    *,
    exercises: ExerciseSecrets | None = None,
    more: Sequence[Path] = (),
) -> list[Problem]:
    """Return each secret and each third-party request found; `passed` remembers files that went through this gate.

    `exercises` are what exercises hide and show, `more` are files beside the website that everybody gets.
    """
    exercises = exercises or ExerciseSecrets()
    secrets = [*exercises.not_shown(_secrets(runs)), *exercises.kept_from(_shown(runs))]
    pictures = _teachers_pictures(runs)
    gate, known = (
        Secrets(secrets),
        key_of(
            GATE,
            sorted(secret.squashed for secret in secrets),
            sorted(sha256(picture).hexdigest() for picture in pictures),
        ),
    )
    problems = []
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    files |= {path.name: path for path in more}
    for name, path in sorted((name, path) for name, path in files.items() if path.suffix in READ | PICTURES):
        content = path.read_bytes()
        key = key_of(known, name, sha256(content).hexdigest())
        if passed.get(key) is not None:
            continue
        found = third_party_requests(name, content)
        # Downloads went through the gate when they were written; the theme's own files hold no lesson.
        if not name.startswith(PASSED) and not is_for_teachers(name):
            found += leaks(gate, name, content) if path.suffix in READ else _picture(name, content, pictures)
        if not found:
            passed.put(key, b"")
        problems += found
    return problems


def _picture(name: str, content: bytes, pictures: Mapping[bytes, Place]) -> list[Problem]:
    place = pictures.get(content)
    what = f"the picture of a solution is on the website as {name}"
    return [Problem(place, "LEA103", what, "report a defect of the exporter")] if place else []


def _secrets(runs: Sequence[Run]) -> list[Secret]:
    """Return the secrets of all lessons; what any lesson shows to children is no secret elsewhere."""
    found = [
        secret
        for run in runs
        for secret in secrets_of(run.lesson, run.notebook, student=run.student.outputs, teacher=run.teacher.outputs)
    ]
    public = {secret.squashed for secret in Secrets(found).found_in("\n".join(_shown(runs)))}
    return [secret for secret in found if secret.squashed not in public]


def _shown(runs: Sequence[Run]) -> list[str]:
    """Return what each lesson shows to children, one text for a lesson."""
    return ["\n".join(public_texts(run.lesson, run.notebook, run.student.outputs)) for run in runs]


def _teachers_pictures(runs: Sequence[Run]) -> dict[bytes, Place]:
    """Return the pictures that only a solution shows, and the cells they come from."""
    public = {picture.content for run in runs for _, picture in _pictures(run.student)}
    return {
        picture.content: next((run.notebook.at(cell) for cell in run.notebook.cells if cell.id == cell_id), Place(""))
        for run in runs
        for cell_id, picture in _pictures(run.teacher)
        if picture.content not in public
    }


def _pictures(executed: Executed) -> Iterator[tuple[str, Picture]]:
    for cell_id, outputs in executed.outputs.items():
        for output in shown(outputs):
            if isinstance(output, Picture):
                yield cell_id, output

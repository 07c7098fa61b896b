"""The leak gate over the finished website: every page, script and picture that is not the teacher's."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from makerwagen.exporters.leaks import Secret, Secrets, is_for_teachers, leaks, public_texts, secrets_of
from makerwagen.exporters.outputs import Picture, shown
from makerwagen.notebooks.executor import Executed
from makerwagen.notebooks.proof import Run
from makerwagen.notebooks.store import Store, digest_files, key_of
from makerwagen.problems import Place, Problem

# Downloads went through the gate when they were written; the theme's own files hold no lesson.
PASSED = ("downloads/", "assets/")
READ = {".html", ".json", ".js", ".xml", ".txt", ".md"}
PICTURES = {".svg", ".png"}
GATE = digest_files([Path(__file__), Path(__file__).with_name("leaks.py")])


def site_leaks(site: Path, runs: Sequence[Run], passed: Store) -> list[Problem]:
    """Return each secret found on the website; `passed` remembers pages that went through this very gate before."""
    secrets, pictures = _secrets(runs), _teachers_pictures(runs)
    gate, known = Secrets(secrets), key_of(GATE, sorted(secret.squashed for secret in secrets))
    problems = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if name.startswith(PASSED) or is_for_teachers(name) or not path.is_file():
            continue
        if path.suffix in READ:
            content = path.read_bytes()
            key = key_of(known, hashlib.sha256(content).hexdigest())
            if passed.get(key) is None:
                if found := leaks(gate, name, content):
                    problems += found
                else:
                    passed.put(key, b"")
        elif path.suffix in PICTURES and (place := pictures.get(path.read_bytes())):
            what = f"the picture of a solution is on the website as {name}"
            problems.append(Problem(place, "LEA103", what, "report a defect of the exporter"))
    return problems


def _secrets(runs: Sequence[Run]) -> list[Secret]:
    """Return the secrets of all lessons; what any lesson shows to children is no secret elsewhere."""
    found = [
        secret
        for run in runs
        for secret in secrets_of(run.lesson, run.notebook, student=run.student.outputs, teacher=run.teacher.outputs)
    ]
    texts = (text for run in runs for text in public_texts(run.lesson, run.notebook, run.student.outputs))
    public = {secret.squashed for secret in Secrets(found).found_in("\n".join(texts))}
    return [secret for secret in found if secret.squashed not in public]


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

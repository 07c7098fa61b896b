"""The leak gate over the finished website: every page, script and download that is not the teacher's."""

from collections.abc import Sequence
from pathlib import Path

from makerwagen.exporters.leaks import Secrets, is_for_teachers, leaks, public_texts, secrets_of, squash
from makerwagen.notebooks.proof import Run
from makerwagen.problems import Problem

# Downloads went through the gate when they were written; the theme's own files hold no lesson.
PASSED = ("downloads/", "assets/")
READ = {".html", ".json", ".js", ".xml", ".txt", ".md"}


def site_leaks(site: Path, runs: Sequence[Run]) -> list[Problem]:
    """Return each secret found on the website.

    A text that any lesson shows to children is no secret elsewhere: two lessons may share a line of code.
    """
    public = "\n".join(
        squash(text) for run in runs for text in public_texts(run.lesson, run.notebook, run.student.outputs)
    )
    found = [
        secret
        for run in runs
        for secret in secrets_of(run.lesson, run.notebook, student=run.student.outputs, teacher=run.teacher.outputs)
        if secret.squashed not in public
    ]
    gate = Secrets(found)
    problems = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix in READ and path.is_file() and not name.startswith(PASSED) and not is_for_teachers(name):
            problems += leaks(gate, name, path.read_bytes())
    return problems

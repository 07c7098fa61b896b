"""Run every notebook of a repository once, with Makerwagen's executor: REPOSITORY RESULT JOBS."""

import json
import sys
from pathlib import Path

from makerwagen.content.versions import Audience
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.executor import Job, execute
from makerwagen.notebooks.proof import code_cells


def main(root: Path, result: Path, parallel: int) -> None:
    """Execute the teacher's version of each lesson and write the text that its cells showed."""
    repository, _ = load_repository(root)
    jobs = []
    for slug, lesson in repository.lessons.items():
        notebook = lesson.notebooks["de"]
        jobs.append(Job(slug, notebook.path, code_cells(notebook, Audience.TEACHER), root / lesson.folder))
    done = execute(jobs, root=root, parallel=parallel)
    failed = [f"{slug}: {executed.failure}" for slug, executed in done.items() if executed.failure]
    if failed:
        sys.exit("\n".join(failed))
    shown = {slug: {cell: text_of(outputs) for cell, outputs in done[slug].outputs.items()} for slug in done}
    result.write_text(json.dumps(shown, ensure_ascii=False, sort_keys=True))


def text_of(outputs: object) -> str:
    """Return the plain text of a cell's outputs."""
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return "".join("".join(text) for text in texts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))

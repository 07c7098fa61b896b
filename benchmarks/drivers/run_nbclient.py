"""Run every notebook of a repository once, with nbclient and a kernel for each: REPOSITORY RESULT JOBS."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main(root: Path, result: Path, parallel: int) -> None:
    """Execute each lesson's notebook as it is and write the text that its cells showed."""
    paths = sorted(root.glob("lessons/*/lesson.de.ipynb"))
    if parallel == 1:
        shown = [run(path) for path in paths]
    else:
        with ProcessPoolExecutor(parallel) as pool:
            shown = list(pool.map(run, paths))
    texts = {path.parent.name: cells for path, cells in zip(paths, shown, strict=True)}
    result.write_text(json.dumps(texts, ensure_ascii=False, sort_keys=True))


def run(path: Path) -> dict[str, str]:
    """Return the plain text of each code cell that showed something."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    return {cell.id: text_of(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"}


def text_of(outputs: list) -> str:
    """Return the plain text of a cell's outputs."""
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return "".join("".join(text) for text in texts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))

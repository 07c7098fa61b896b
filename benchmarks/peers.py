"""The other tools: an environment of their own, and the same lessons as their kind of project."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from benchmarks.measuring import HERE, WORK, environment

PEERS = WORK / "peers"
PINS = HERE / "peers.txt"
MKDOCS = {
    "site_name": "Lektionen",
    "theme": {"name": "material", "language": "de", "font": False},
    "plugins": [{"search": {"lang": "de"}}, {"mkdocs-jupyter": {"execute": False}}],
}
JUPYTER_BOOK = {
    "title": "Lektionen",
    "only_build_toc_files": True,
    "execute": {"execute_notebooks": "off"},
    "sphinx": {"config": {"language": "de"}},
}


def python_of(folder: Path) -> Path:
    """Return an environment's own Python."""
    return folder / "bin/python"


def command_of(name: str) -> str:
    """Return a command of the peers' environment."""
    return str(PEERS / "bin" / name)


def make_environment() -> str:
    """Make the peers' environment if it is not there, with byte code; return why not, or nothing."""
    mark = PEERS / "installed.txt"
    if mark.exists() and mark.read_text() == PINS.read_text():
        return ""
    uv = str(Path(sys.executable).with_name("uv"))
    steps = [
        [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS)],
        [uv, "pip", "install", "--quiet", "--python", str(python_of(PEERS)), "-r", str(PINS)],
    ]
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, text=True, timeout=1200)
    except (OSError, subprocess.SubprocessError) as error:
        return f"the peers could not be installed: {error} {getattr(error, 'stderr', '') or ''}".strip()
    compile_all(python_of(PEERS), PEERS / "lib")
    mark.write_text(PINS.read_text())
    return ""


def compile_all(python: Path, *folders: Path) -> None:
    """Write byte code for all that lies in `folders`; what cannot be compiled is left alone."""
    command = [str(python), "-m", "compileall", "-q", "-j", "0", *map(str, folders)]
    subprocess.run(command, env=environment(), capture_output=True, check=False)


def write_mkdocs(lessons: Path, target: Path) -> None:
    """Write a project of mkdocs-material and mkdocs-jupyter with the notebooks of `lessons`."""
    names = _copy_notebooks(lessons, target / "docs")
    links = "\n".join(f"- [{name}]({name}.ipynb)" for name in names)
    (target / "docs/index.md").write_text(f"# Lektionen\n\n{links}\n", encoding="utf-8")
    (target / "mkdocs.yml").write_text(yaml.safe_dump(MKDOCS, allow_unicode=True), encoding="utf-8")


def write_jupyter_book(lessons: Path, target: Path) -> None:
    """Write a project of jupyter-book 1 with the notebooks of `lessons`."""
    names = _copy_notebooks(lessons, target)
    links = "\n".join(f"- [{name}]({name}.ipynb)" for name in names)
    contents = {"format": "jb-book", "root": "index", "chapters": [{"file": name} for name in names]}
    (target / "index.md").write_text(f"# Lektionen\n\n{links}\n", encoding="utf-8")
    (target / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")
    (target / "_config.yml").write_text(yaml.safe_dump(JUPYTER_BOOK, sort_keys=False), encoding="utf-8")


def _copy_notebooks(lessons: Path, target: Path) -> list[str]:
    """Copy each lesson's notebook, with the title in front that these tools expect, and return the names."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    names = []
    for folder in sorted(path for path in lessons.iterdir() if path.is_dir()):
        title = yaml.safe_load((folder / "lesson.yml").read_text(encoding="utf-8"))["title"]["de"]
        notebook = json.loads((folder / "lesson.de.ipynb").read_text(encoding="utf-8"))
        cell = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": [f"# {title}"]}
        notebook["cells"].insert(0, cell)
        (target / f"{folder.name}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
        names.append(folder.name)
    return names

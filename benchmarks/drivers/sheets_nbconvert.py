"""Print notebooks with nbconvert to HTML and a headless Chromium for each, as webpdf does: FOLDER CHROMIUM.

nbconvert's own webpdf downloads a browser of its own; this takes the installed one. Needs nothing but Python.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
# nbconvert's pages ask for scripts from elsewhere; without network the browser would wait for them.
OFFLINE = ("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND")


def main(folder: Path, chromium: str) -> None:
    """Write a PDF beside each notebook of `folder`."""
    notebooks = sorted(folder.glob("*.ipynb"))
    nbconvert = Path(sys.executable).with_name("jupyter-nbconvert")
    subprocess.run([str(nbconvert), "--to", "html", *map(str, notebooks)], check=True)
    for notebook in notebooks:
        page, pdf = notebook.with_suffix(".html").resolve(), notebook.with_suffix(".pdf").resolve()
        with tempfile.TemporaryDirectory() as profile:
            command = [chromium, *FLAGS, *OFFLINE, f"--user-data-dir={profile}", "--no-pdf-header-footer"]
            subprocess.run([*command, f"--print-to-pdf={pdf}", page.as_uri()], check=True, timeout=120)
        if not pdf.exists():
            sys.exit(f"no PDF of {notebook.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

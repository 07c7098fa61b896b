"""Puts the letters of our typeface into a drawing: a picture loads no font, and its labels shall fit everywhere."""

import base64
import io
from functools import lru_cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FACES = {"normal": "Andika-Regular.ttf", "bold": "Andika-Bold.ttf"}
LETTERS = "".join(chr(code) for code in range(32, 127)) + "ÄÖÜäöüßÉéèàçΩµ°–„“”‚‘’…×·²³€ "


def with_letters(svg: str, fonts: Path) -> str:
    """Return a drawing of ours with the letters it may need inside; as it is where the fonts are not there."""
    if not all((fonts / name).is_file() for name in FACES.values()):
        return svg
    end = "</desc>"
    return svg.replace(end, f"{end}\n<style>{_faces(fonts)}</style>", 1)


@lru_cache(maxsize=4)
def _faces(fonts: Path) -> str:
    return "".join(
        f"@font-face{{font-family:Andika;font-weight:{weight};src:url(data:font/woff;base64,{_letters(fonts / name)})}}"
        for weight, name in FACES.items()
    )


def _letters(path: Path) -> str:
    """Return the letters of one face as WOFF, in the same bytes for the same file."""
    options = Options()
    options.layout_features, options.name_IDs, options.hinting = [], [], False
    # What smart fonts need beyond drawing letters one after the other.
    options.drop_tables += ["Silt", "Silf", "Glat", "Gloc", "Feat", "Sill", "GPOS", "GSUB", "GDEF"]
    font = TTFont(path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return base64.b64encode(written.getvalue()).decode()

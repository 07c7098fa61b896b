"""Letters of a font as rings in millimetres, ready to become solid letters on a part."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from makerwagen.errors import MakerwagenError
from makerwagen.models.refusal import RefusedError
from makerwagen.models.winding import Point, Ring, area, contains, filled_rings

CURVE_STEPS = 3  # straight pieces for one quadratic curve: finer than a 0.4 mm nozzle can draw on a letter of 10 mm
GAP = 0.04  # of the font's size, at least so much air stays between two letters
PRINTABLE = {"L", "N", "P", "S"}


@dataclass(frozen=True)
class Patch:
    """One filled area: the ring around it and the holes in it."""

    outer: Ring
    holes: tuple[Ring, ...] = ()


@dataclass(frozen=True)
class Lettering:
    """A text as filled areas around the origin, with its size, and the height of a capital letter."""

    patches: tuple[Patch, ...]
    width_mm: float
    height_mm: float
    capital_mm: float


def letter(text: str, *, font: Path, capital_mm: float, fit_mm: tuple[float, float]) -> Lettering:
    """Return `text` with capitals of `capital_mm`, made smaller where it would not fit into `fit_mm`.

    Raise RefusedError with a child's message for a sign that the font does not have.
    """
    face = _face(font)
    text = unicodedata.normalize("NFC", text)
    for sign in text:
        if sign != " " and not face.knows(sign):
            message = f"Das Zeichen „{sign}“ kann ich nicht drucken. Nimm einen Buchstaben oder eine Zahl."
            raise RefusedError(message, ("text",))
    patches = face.line(text)
    if not patches:
        raise RefusedError("Schreib mindestens einen Buchstaben.", ("text",))
    xs = [x for patch in patches for x, _ in patch.outer]
    ys = [y for patch in patches for _, y in patch.outer]
    low, high = (min(xs), min(ys)), (max(xs), max(ys))
    width, height = high[0] - low[0], high[1] - low[1]
    scale = min(capital_mm / face.capital, fit_mm[0] / width, fit_mm[1] / height)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    placed = tuple(_placed(patch, middle, scale) for patch in patches)
    return Lettering(placed, width * scale, height * scale, face.capital * scale)


def _placed(patch: Patch, middle: Point, scale: float) -> Patch:
    def ring(points: Ring) -> Ring:
        return tuple(((x - middle[0]) * scale, (y - middle[1]) * scale) for x, y in points)

    return Patch(ring(patch.outer), tuple(ring(hole) for hole in patch.holes))


class _Contours(BasePen):  # type: ignore[misc]
    """Collect a glyph's lines, curves cut into straight pieces, in font units divided by the size of the em square."""

    def __init__(self, glyphs: Any, em: float) -> None:
        super().__init__(glyphs)
        self.em = em
        self.contours: list[Ring] = []
        self.points: list[Point] = []

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - the name that fontTools calls
        self.points = [self._unit(pt)]

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.points.append(self._unit(pt))

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2) = self.points[-1], self._unit(pt1), self._unit(pt2)
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
            self.points.append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        raise MakerwagenError("this font has cubic outlines; use a TrueType font as in site/theme/fonts")

    def _closePath(self) -> None:  # noqa: N802
        distinct = [point for number, point in enumerate(self.points) if point != self.points[number - 1]]
        self.contours.append(tuple(distinct))

    def _unit(self, point: Point) -> Point:
        return point[0] / self.em, point[1] / self.em


class _Face:
    """One font file: which signs it has, and their rings."""

    def __init__(self, path: Path) -> None:
        font = TTFont(path)
        self.glyphs = font.getGlyphSet()
        self.names: dict[int, str] = font.getBestCmap()
        self.em = float(font["head"].unitsPerEm)
        self.capital = font["OS/2"].sCapHeight / self.em
        self.done: dict[str, tuple[tuple[Patch, ...], float]] = {}

    def knows(self, sign: str) -> bool:
        """Say whether the font draws `sign` as a sign of its own."""
        return ord(sign) in self.names and unicodedata.category(sign)[0] in PRINTABLE

    def sign(self, sign: str) -> tuple[tuple[Patch, ...], float]:
        """Return the filled areas of one sign and how far it moves the pen."""
        if sign not in self.done:
            glyph = self.glyphs[self.names[ord(sign)]]
            pen = _Contours(self.glyphs, self.em)
            glyph.draw(pen)
            self.done[sign] = patches_of(filled_rings(pen.contours)), glyph.width / self.em
        return self.done[sign]

    def line(self, text: str) -> list[Patch]:
        """Return the areas of a whole text from left to right; letters never touch."""
        found: list[Patch] = []
        pen = ink = 0.0
        for sign in text:
            patches, width = self.sign(sign)
            xs = [x for patch in patches for x, _ in patch.outer]
            if xs and found:
                pen = max(pen, ink + GAP - min(xs))
            found += [_placed(patch, (-pen, 0.0), 1.0) for patch in patches]
            ink = pen + max(xs) if xs else ink
            pen += width
        return found


def patches_of(rings: list[Ring]) -> tuple[Patch, ...]:
    """Return rings (anticlockwise around ink, clockwise around holes) as areas, each with its own holes."""
    outers = sorted((ring for ring in rings if area(ring) > 0), key=area)
    holes: dict[Ring, list[Ring]] = {outer: [] for outer in outers}
    for hole in (ring for ring in rings if area(ring) < 0):
        owner = next((outer for outer in outers if area(outer) > -area(hole) and contains(outer, hole[0])), None)
        if owner is not None:
            holes[owner].append(hole)
    return tuple(Patch(outer, tuple(inside)) for outer, inside in holes.items())


@cache
def _face(path: Path) -> _Face:
    if not path.is_file():  # CadQuery would silently take another font of the machine
        raise FileNotFoundError(f"font {path} is missing; get it back with: git checkout site/theme/fonts")
    return _Face(path)

"""Writes SVG, always in the same bytes for the same picture."""

from html import escape

INK = "#1c1c1c"
FAINT = "#6b6f74"


def length(value: float) -> str:
    """Return a length with at most one digit behind the point."""
    return f"{round(value, 1):g}"


class Drawing:
    """A picture that grows from back to front."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.pieces: list[str] = []

    def add(self, tag: str, **attributes: object) -> None:
        """Add a shape; underscores in names stand for hyphens."""
        self.pieces.append(f"<{tag} {_written(attributes)}/>")

    def rect(self, x: float, y: float, width: float, height: float, **attributes: object) -> None:
        """Add a rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, **({"fill": "#ffffff", "stroke": INK} | attributes))

    def circle(self, x: float, y: float, r: float, **attributes: object) -> None:
        """Add a circle."""
        self.add("circle", cx=x, cy=y, r=r, **({"fill": "#ffffff", "stroke": INK} | attributes))

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: object) -> None:
        """Add a line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": INK, "stroke_width": 2} | attributes))

    def path(self, d: str, **attributes: object) -> None:
        """Add a path."""
        self.add("path", d=d, **({"fill": "none", "stroke": INK, "stroke_width": 2} | attributes))

    def text(self, x: float, y: float, words: str, size: float, **attributes: object) -> None:
        """Add words; centred unless told otherwise."""
        given = {"x": x, "y": y, "font_size": size, "text_anchor": "middle", "fill": INK} | attributes
        self.pieces.append(f"<text {_written(given)}>{escape(words, quote=False)}</text>")

    def upright(self, x: float, y: float, words: str, size: float, **attributes: object) -> None:
        """Add words that run upwards from (x, y)."""
        turned = f"rotate(-90 {length(x)} {length(y)})"
        self.text(x, y, words, size, **({"text_anchor": "start", "transform": turned} | attributes))

    def svg(self, width: float, height: float, *, title: str, description: str, lang: str) -> str:
        """Return the whole file."""
        box = f"0 0 {length(width)} {length(height)}"
        names = f"<title>{escape(title, quote=False)}</title>\n<desc>{escape(description, quote=False)}</desc>"
        # A width of its own, for programs that show a picture in its natural size.
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{length(width)}" height="{length(height)}"'
        )
        head += f' role="img" lang="{escape(lang)}" font-family="Andika, sans-serif">'
        return "\n".join([head, names, *self.pieces, "</svg>"]) + "\n"


def _written(attributes: dict[str, object]) -> str:
    pairs = []
    for name, value in attributes.items():
        text = length(value) if isinstance(value, int | float) else escape(str(value))
        pairs.append(f'{name.replace("_", "-")}="{text}"')
    return " ".join(pairs)

"""How wide words are in Andika, near enough to keep labels apart."""

NARROW, WIDE = set("iljtfrI.,:;|!()[]/' -"), set("mwMWÖÄÜOQG@%")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in the unit of `size`."""
    widths = (0.34 if char in NARROW else 0.86 if char in WIDE else 0.58 for char in text)
    return sum(widths) * size * (1.06 if bold else 1.0)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return `text` in lines no wider than `room`, broken between words only."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=True) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

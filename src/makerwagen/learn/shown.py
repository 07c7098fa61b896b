"""Parts that children write themselves, shown as a picture with their sizes; nothing is loaded from the network."""

from base64 import b64encode
from typing import Any

from makerwagen.models.building import facts_of, mesh_of, shape_of
from makerwagen.models.picture import picture
from makerwagen.models.refusal import RefusedError
from makerwagen.models.values import german

NO_PART = "„{}“ ist kein Teil. Gib show ein Teil, zum Beispiel einen Kasten."
EMPTY = "Hier ist nichts mehr übrig. Hast du alles weggeschnitten?"
NAMES = ("body", "letters")  # the first part in one filament, all others in another


class Shown:
    """A picture of parts, and a sentence with their sizes."""

    def __init__(self, pieces: list[tuple[str, Any]]) -> None:
        """Measure and draw the pieces; the sizes are those of the first."""
        first = pieces[0][1]
        self.size_mm = facts_of(first).size_mm
        self.solids = len(first.Solids())
        self.sentence = f"Das Teil ist {' × '.join(german(size) for size in self.size_mm)} mm groß."
        if self.solids != 1:
            self.sentence += f" Es besteht aus {self.solids} Stücken."
        self._png = picture(mesh_of(pieces))

    def __repr__(self) -> str:
        """Return the sizes in words."""
        return self.sentence

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the picture, and the sentence for everybody who does not see it."""
        return {"image/png": b64encode(self._png).decode("ascii"), "text/plain": self.sentence}


def show(part: Any, *others: Any) -> Shown:
    """Return a picture of a CadQuery part, with `others` in a second colour; print its sizes.

    Raise RefusedError with a child's message for something that is no part.
    """
    shown = Shown([(NAMES[min(number, 1)], _shape(one)) for number, one in enumerate((part, *others))])
    print(shown.sentence)
    return shown


def _shape(part: Any) -> Any:
    pieces = part.vals() if hasattr(part, "vals") else [part]
    shapes = [piece for piece in pieces if hasattr(piece, "Solids")]
    if not shapes:
        raise RefusedError(NO_PART.format(type(part).__name__))
    if not any(shape.Solids() for shape in shapes):
        raise RefusedError(EMPTY)
    return shape_of([("body", shape) for shape in shapes])

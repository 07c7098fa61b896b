"""Short German sentences for grade 5, different in every lesson and always the same for the same lesson."""

import random

PLACES = ("auf dem Markt", "am Hafen", "im Park", "vor der Schule", "am Bahnhof", "im Zoo", "am Fluss", "auf dem Hof")
THINGS = ("Lampen", "Bänke", "Bäume", "Busse", "Räder", "Tore", "Uhren", "Autos", "Karten", "Fahnen", "Boote", "Kisten")
COLOURS = ("rot", "gelb", "grün", "blau", "weiß", "grau", "bunt", "hell", "neu", "alt")
PEOPLE = ("Mia", "Tarik", "Lena", "Jonas", "Aylin", "Ben", "Ida", "Emre", "Nele", "Paul")
ACTS = ("zählt", "malt", "sucht", "misst", "ordnet", "prüft")
WORDS = ("Markt", "Hafen", "Park", "Schule", "Bahnhof", "Brunnen", "Turm", "Garten", "Halle", "Ampel", "Tunnel", "Ufer")
ORDERS = (
    "Schau genau hin.",
    "Lies die Zahl laut vor.",
    "Frag das Kind neben dir.",
    "Schreib die Zahl auf.",
    "Rate zuerst und zähl dann nach.",
    "Führe die Zelle noch einmal aus.",
    "Probiere auch eine kleine Zahl.",
    "Vergleicht eure Zahlen zu zweit.",
)


class Writer:
    """Writes sentences from a random number generator of its own."""

    def __init__(self, seed: int) -> None:
        """Start at `seed`."""
        self.random = random.Random(seed)

    def pick(self, words: tuple[str, ...]) -> str:
        """Return one of `words`."""
        return self.random.choice(words)

    def number(self, least: int = 2, most: int = 40) -> int:
        """Return a whole number."""
        return self.random.randint(least, most)

    def scene(self) -> str:
        """Return a sentence about what stands where."""
        place = self.pick(PLACES)
        return f"{place[0].upper()}{place[1:]} stehen {self.number()} {self.pick(THINGS)}."

    def deed(self) -> str:
        """Return a sentence about what somebody does."""
        return f"{self.pick(PEOPLE)} {self.pick(ACTS)} {self.number()} {self.pick(THINGS)} {self.pick(PLACES)}."

    def colour(self) -> str:
        """Return a sentence about a colour."""
        return f"Die {self.pick(THINGS)} sind {self.pick(COLOURS)}, die {self.pick(THINGS)} sind {self.pick(COLOURS)}."

    def paragraph(self, sentences: int = 4) -> str:
        """Return so many sentences, the last one an order."""
        kinds = (self.scene, self.deed, self.colour)
        text = [self.random.choice(kinds)() for _ in range(sentences - 1)]
        return " ".join([*text, self.pick(ORDERS)])

    def steps(self, count: int = 3) -> str:
        """Return a numbered list of orders."""
        return "\n".join(f"{number}. {self.pick(ORDERS)}" for number in range(1, count + 1))

    def table(self, rows: int = 3) -> str:
        """Return a table with an empty column."""
        lines = [f"| {self.pick(WORDS)} | {self.number()} {self.pick(THINGS)} | |" for _ in range(rows)]
        return "\n".join(["| Ort | Ich sehe | Ich schätze |", "| --- | --- | --- |", *lines])

    def numbers(self, count: int) -> list[int]:
        """Return a list of whole numbers."""
        return [self.number() for _ in range(count)]

    def words(self, count: int) -> list[str]:
        """Return a list of words."""
        return self.random.sample(WORDS, count)

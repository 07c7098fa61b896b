"""Counts sentences, words and syllables of German prose, and works out how hard it is to read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONG_LETTERS = 6
END = re.compile(r"[.!?…]+[“”\"'’»)\]]*(?=\s+(\S+))")
WORD = re.compile(r"[^\W_]+(?:[-'’.,:][^\W_]+)*")
# A full stop after these belongs to the word, never to the sentence.
ABBREVIATIONS = frozenset(
    {"bzw", "ca", "evtl", "ggf", "inkl", "vgl", "Nr", "Abb", "Tab", "Dr", "Prof", "Hr", "Fr", "St", "Tel", "Kl"}
    | {"z.B", "d.h", "u.a", "o.ä", "o.Ä", "s.o", "s.u", "v.a", "i.d.R"}
)
PAIRS = frozenset({"z. B", "d. h", "u. a", "o. ä", "o. Ä", "s. o", "s. u", "v. a", "d. R", "u. s"})
BEFORE_NUMBERS = frozenset({"max", "min", "S"})
OPENING = '(„"»['
NEXT_INITIAL = re.compile(r"[A-Za-zÄÖÜäöü]\.")
BEFORE_ORDINALS = frozenset(
    {
        "am",
        "im",
        "vom",
        "zum",
        "beim",
        "ab",
        "bis",
        "seit",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "und",
        "jede",
        "jeder",
        "jedes",
        "jeden",
        "deine",
        "deinen",
        "mein",
        "unsere",
        "euer",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
    }
)
MONTHS = frozenset(
    {
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    }
)
# No ordinal stands before these: they begin a sentence.
STARTERS = frozenset(
    {
        "Dann",
        "Danach",
        "Jetzt",
        "Nun",
        "Und",
        "Aber",
        "Oder",
        "Du",
        "Wenn",
        "Was",
        "Wie",
        "Wer",
        "Wo",
        "Welche",
        "Welcher",
        "Welches",
        "Es",
        "So",
        "Schau",
        "Drücke",
        "Nimm",
        "Miss",
        "Der",
        "Die",
        "Das",
        "Dein",
        "Deine",
        "Ein",
        "Eine",
        "Er",
        "Sie",
        "Ihr",
        "Wir",
        "Ich",
        "Man",
        "Mit",
        "In",
        "Im",
        "Am",
        "An",
        "Auf",
        "Bei",
        "Nach",
        "Für",
        "Zum",
        "Zur",
        "Hier",
        "Dort",
    }
)
# In German these pairs are one sound; "eu" in "Museum" and "ie" in "Ferien" are two, and "qu" has no vowel of its own.
SYLLABLE = re.compile(r"e(?=um\b)|(?<!sch)(?<!schr)i(?=en\b)|aa|ee|oo|ie|ei|ai|ay|ey|au|eu|äu|[aeiouyäöüéèêàáóô]")
DOUBLED = re.compile(r"^(be|ge)(?=e(?:nde|hr|rd|rb|ng|nt))")


@dataclass(frozen=True)
class Sentence:
    """A sentence's words, its text, and the line of the text at which it starts (from 0)."""

    words: tuple[str, ...]
    text: str
    line: int


@dataclass(frozen=True)
class Measure:
    """What the formulas need, counted over some sentences."""

    words: int
    sentences: int
    long_words: int
    one_syllable: int
    three_syllables: int

    @property
    def mean_sentence(self) -> float:
        """Return the words of a sentence on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        """Return LIX (Björnsson 1968): words per sentence plus the per cent of words with more than 6 letters."""
        return self.mean_sentence + self._per_cent(self.long_words)

    @property
    def wstf1(self) -> float:
        """Return the first Wiener Sachtextformel (Bamberger/Vanecek 1984): about the grade the text suits."""
        return (
            0.1935 * self._per_cent(self.three_syllables)
            + 0.1672 * self.mean_sentence
            + 0.1297 * self._per_cent(self.long_words)
            - 0.0327 * self._per_cent(self.one_syllable)
            - 0.875
        )

    def _per_cent(self, count: int) -> float:
        return 100 * count / self.words if self.words else 0.0


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph; what holds no word is none."""
    return tuple(sentence for sentence in _split(text) if sentence.words)


def measure(parts: Sequence[Sentence]) -> Measure:
    """Return the counts over some sentences."""
    long_words = one = three = 0
    total = 0
    for sentence in parts:
        total += len(sentence.words)
        for word in sentence.words:
            is_long, count = _weigh(word)
            long_words += is_long
            one += count == 1
            three += count > 2
    return Measure(total, len(parts), long_words, one, three)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Return the syllables of a word: its groups of vowels, with German diphthongs as one; at least 1."""
    plain = word.lower().replace("qu", "kw")
    if plain[:1] == "y" and plain[1:2] in "aeiou":
        plain = plain[1:]
    plain, doubled = DOUBLED.subn(r"\1-", plain)
    return max(1, len(SYLLABLE.findall(plain)))


@lru_cache(maxsize=50_000)
def _weigh(word: str) -> tuple[bool, int]:
    return sum(letter.isalpha() for letter in word) > LONG_LETTERS, syllables(word)


def _split(text: str) -> Iterator[Sentence]:
    start = 0
    for end in [*(found.end() for found in END.finditer(text) if _ends_sentence(text, start, found)), len(text)]:
        said = text[start:end]
        blank = len(said) - len(said.lstrip())
        yield Sentence(tuple(WORD.findall(said)), " ".join(said.split()), text.count("\n", 0, start + blank))
        start = end


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    following: str = found[1]
    first = next((letter for letter in following if letter.isalnum()), "")
    if first.islower():
        return False
    if found[0] != ".":
        return True
    before = text[start : found.start()].split()[-2:]
    last = before[-1].lstrip(OPENING) if before else ""
    if last.isdigit() and len(last) <= 2:
        return not _is_ordinal(before, following)
    if last in BEFORE_NUMBERS:
        return not first.isdigit()
    if len(last) == 1:
        return not (NEXT_INITIAL.match(following) or " ".join(before).lstrip(OPENING) in PAIRS)
    return last not in ABBREVIATIONS


def _is_ordinal(before: list[str], following: str) -> bool:
    word = next(iter(WORD.findall(following)), "")
    lead = before[-2].lower() if len(before) > 1 else None
    return word in MONTHS or (word not in STARTERS and (lead is None or lead in BEFORE_ORDINALS))

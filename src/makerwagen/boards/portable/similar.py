"""Finds the name that was probably meant."""

# Names every program may use without importing or giving them.
WORDS = (
    "True False None and or not in is if elif else while for def return import from as break continue pass global try "
    "except finally class lambda print range len int float str bool list tuple dict set abs min max sum round sorted "
    "enumerate zip map any all chr ord isinstance type open"
)
PYTHON = WORDS.split()


def similar(name: str, known: "list[str]") -> str:
    """Return the known name nearest to `name`, "" when none is near; of equally near ones the first in the alphabet."""
    best, least = "", 1 + max(1, len(name) // 3)
    for candidate in sorted(known):
        if candidate == name:
            continue
        far = 0 if candidate.lower() == name.lower() else distance(name.lower(), candidate.lower())
        if far < least and far < len(candidate):
            best, least = candidate, far
    return best


def distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added, left out or swapped with the next (Damerau-Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row, earlier = row, [number], before
        for place, wanted in enumerate(other, 1):
            cost = 0 if letter == wanted else 1
            least = min(row[place - 1] + 1, above[place] + 1, above[place - 1] + cost)
            swapped = number > 1 and place > 1 and letter == other[place - 2] and one[number - 2] == wanted
            row.append(min(least, earlier[place - 2] + 1) if swapped else least)
        before = above
    return row[-1]

"""Values of resistors as authors write them: 330 Ω, 4.7 kΩ, 4,7k, 4k7, 10 kOhm."""

import re

VALUE = re.compile(r"(\d+)(?:[.,](\d+))?\s*(k|M)?\s*(?:Ω|Ohm|ohms?|R)?$|(\d+)(k|M|R)(\d+)$")
FACTORS = {None: 1, "": 1, "R": 1, "k": 1000, "M": 1_000_000}


def ohms_of(text: str) -> float | None:
    """Return the value in ohms, or None where `text` is no resistor."""
    found = VALUE.match(text.strip().replace("\u2126", "Ω").replace("\u00a0", " "))
    if found is None:
        return None
    whole, part, factor, short_whole, short_factor, short_part = found.groups()
    if short_whole is not None:
        whole, part, factor = short_whole, short_part, short_factor
    ohms = float(f"{whole}.{part or 0}") * FACTORS[factor]
    return ohms or None


def written_ohms(ohms: float, lang: str = "de") -> str:
    """Return a value as people write it: 330 Ω, 4,7 kΩ."""
    factor, sign = (1000.0, "k") if ohms >= 1000 else (1.0, "")
    number = f"{ohms / factor:g}"
    return f"{number.replace('.', ',') if lang == 'de' else number} {sign}Ω"


def slug_of_ohms(ohms: float) -> str:
    """Return the id of such a resistor in the register: resistor-330, resistor-4k7, resistor-10k."""
    if ohms < 1000:
        return f"resistor-{ohms:g}"
    whole, _, part = f"{ohms / 1000:g}".partition(".")
    return f"resistor-{whole}k{part}"

"""What would be data about persons: names of columns, and values that give somebody away."""

import re
from collections.abc import Iterable
from typing import Any

# Whole words of a column's name; a word may be part of a longer one only where that cannot mean anything else.
WORDS = {
    "person": (
        "vorname",
        "nachname",
        "familienname",
        "surname",
        "firstname",
        "lastname",
        "username",
        "benutzer",
        "user",
    )
    + ("schueler", "schuler", "kind", "student", "pupil", "geburtsdatum", "birthday", "birthdate")
    + ("ansprechpartner", "eigentuemer", "owner", "bearbeiter", "kontakt", "contact", "person"),
    "e-mail address": ("mail", "email"),
    "phone number": ("telefon", "phone", "tel", "handy", "mobil", "mobilnummer", "fax"),
    "device address": ("mac", "bssid", "ssid", "imei", "imsi", "bluetooth", "ip", "ipaddress", "hostname"),
    "number plate": ("kennzeichen", "plate", "numberplate", "licenseplate"),
    "recording of voice or picture": ("audio", "aufnahme", "recording", "stimme", "voice", "foto", "photo", "gesicht")
    + ("face", "video", "wav", "mp3"),
}
ANYWHERE = {"vorname": "person", "nachname": "person", "email": "e-mail address", "telefon": "phone number"}
VALUES = {
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE),
    "device address": re.compile(r"\b[0-9a-f]{2}([:-][0-9a-f]{2}){5}\b", re.IGNORECASE),
    "phone number": re.compile(r"(?<![\d.])(\+49[ /-]?\d|0\d{2,4}[ /-]\d)[\d /-]{4,}\d(?![\d.])"),
}
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def personal_name(column: str) -> str:
    """Return what kind of data about persons a column's name announces, or nothing."""
    words = {word.lower() for part in re.split(r"[^0-9A-Za-zÄÖÜäöüß]+", column) for word in HUMP.split(part)}
    words |= {re.sub(r"\W|_", "", column.lower())}
    for kind, known in WORDS.items():
        if words & set(known):
            return kind
    return next((kind for part, kind in ANYWHERE.items() if part in column.lower()), "")


def personal_value(values: Iterable[Any]) -> tuple[str, str]:
    """Return the kind and the text of the first value that gives a person or a device away, or two empty texts."""
    for value in values:
        if isinstance(value, str):
            for kind, pattern in VALUES.items():
                if found := pattern.search(value):
                    return kind, found[0]
    return "", ""

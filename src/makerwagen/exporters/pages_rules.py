"""The page of all rules, for authors: each claim in sight, its reason and examples folded away."""

from itertools import groupby

from makerwagen.checks.explain import pages
from makerwagen.exporters.page_markdown import fence, front_matter, indented, plain

FAMILIES = {
    "YML": "Dateien",
    "SKL": "Fähigkeiten",
    "MOD": "Module",
    "LES": "Lektionen",
    "NBK": "Notebooks",
    "CAD": "Modelle für den 3D-Druck",
    "MCU": "Programme für Mikrocontroller",
    "SEN": "Sensoren",
    "DAT": "Datensätze",
    "SAF": "Sicherheit",
    "TRN": "Übersetzungen",
    "SIT": "Website",
    "LEA": "Lösungen, die niemand sehen soll",
}


def rules_page() -> str:
    """Return the page; rules are written in English, like the program that checks them."""
    blocks = [
        front_matter("Regeln der Prüfung", "Was makerwagen check prüft.", more=["search: {exclude: true}"]),
        "# Regeln der Prüfung",
        '<p class="lead">Das prüft <code>makerwagen check</code>. Eine Meldung nennt Datei, Zeile und Regel. '
        "Hier steht zu jeder Regel, was verlangt ist. Die Erklärungen sind auf Englisch.</p>",
    ]
    for family, codes in groupby(pages().items(), key=lambda entry: entry[0][:3]):
        blocks.append(f"## {FAMILIES.get(family, family)}")
        blocks.append(
            '<div lang="en" markdown>\n\n' + "\n\n".join(_rule(code, text) for code, text in codes) + "\n\n</div>"
        )
    return "\n\n".join(blocks) + "\n"


def _rule(code: str, text: str) -> str:
    claim, _, why = text.partition("\n")
    title = plain(f"{code}: {claim.removeprefix(f'{code}:').strip()}").replace('"', "&quot;")
    return f'??? rule "{title}"\n\n' + indented(fence(why.strip() or claim, "text"))

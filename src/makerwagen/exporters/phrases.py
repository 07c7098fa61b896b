"""The fixed words on sheets and pages, per language."""

from collections.abc import Mapping

from makerwagen.content.words import Per, PhaseKind, Sozialform, Strand, Supervision

DE = {
    "page": "Seite",
    "of": "von",
    "name": "Name",
    "date": "Datum",
    "student-sheet": "Arbeitsblatt",
    "teacher-sheet": "Für Lehrkräfte, mit Lösungen",
    "qr-label": "Zur Lektion",
    "qr-alt": "QR-Code: führt zu {url}",
    "i-can": "Ziel:",
    "solution": "Lösung",
    "teacher": "Für Sie",
    "hint": "Tipp",
    "extra": "Wenn du noch Zeit hast",
    "on-paper": "Auf dem Arbeitsblatt",
    "at-a-glance": "Auf einen Blick",
    "grades": "Klassen",
    "ages": "Alter",
    "minutes": "Zeit",
    "minutes-value": "{total} Minuten ({splits}), dazu {prepare} Minuten Vorbereitung",
    "group": "Gruppe",
    "group-value": "bis {children} Kinder, {size} an einem Platz",
    "subjects": "Fächer",
    "take-home": "Zum Mitnehmen",
    "competencies": "Das üben die Kinder",
    "materials": "Das legen Sie bereit",
    "thing": "Was",
    "amount": "Menge",
    "for-all": "für {groups} Plätze",
    "safety": "Sicherheit",
    "safety-rules": "Sicherheit im Einzelnen",
    "also": "Außerdem:",
    "supervision": "Aufsicht",
    "briefing": "Vorher gemeinsam besprechen",
    "plan": "Verlaufsplan",
    "plan-columns": "Zeit|Phase|Verlauf|Form|Medien|Kommentar",
    "misconceptions": "Was oft schiefgeht",
    "belief": "Kinder denken oft …",
    "response": "Das hilft dann",
    "differentiation": "Für jedes Tempo",
    "the-lesson": "Die Lektion mit Lösungen",
    "sources": "Quellen",
    "needs": "Das können die Kinder schon",
    "license": "CC BY 4.0 · {authors}",
    "version": "Version",
    "min": "min",
    "simulated": "Simulierte Daten",
    "drop-in": "Offenes Angebot",
    "teaches": "geübt",
    "assesses": "geprüft",
    "requires": "vorausgesetzt",
    "quotation": "Wortlaut",
    "paraphrase": "sinngemäß",
    "example-wagon": "Mengen nach dem Verzeichnis des Beispielwagens.",
}
PHRASES: Mapping[str, Mapping[str, str]] = {"de": DE}
STRANDS = {
    "de": {
        Strand.CAD: "3D-Druck",
        Strand.MICROCONTROLLER: "Mikrocontroller",
        Strand.SMART_CITY: "Smart City",
    }
}
PHASES = {
    "de": {
        PhaseKind.EINSTIEG: "Einstieg",
        PhaseKind.HINFUEHRUNG: "Hinführung",
        PhaseKind.SICHERHEIT: "Sicherheit",
        PhaseKind.ERARBEITUNG: "Erarbeitung",
        PhaseKind.ERPROBUNG: "Erprobung",
        PhaseKind.SICHERUNG: "Sicherung",
        PhaseKind.PRAESENTATION: "Präsentation",
        PhaseKind.REFLEXION: "Reflexion",
        PhaseKind.PAUSE: "Pause",
        PhaseKind.AUFRAEUMEN: "Aufräumen",
    }
}
SOCIAL = {
    "de": {
        Sozialform.EA: "Einzelarbeit",
        Sozialform.PA: "Partnerarbeit",
        Sozialform.GA: "Gruppenarbeit",
        Sozialform.PL: "Plenum",
        Sozialform.UG: "Unterrichtsgespräch",
        Sozialform.LV: "Lehrervortrag",
        Sozialform.SV: "Schülervortrag",
        Sozialform.ST: "Stationen",
    }
}
SHARERS = {"de": {Per.CHILD: "jedes Kind", Per.PAIR: "zwei Kinder", Per.GROUP: "einen Platz", Per.CLASS: "alle"}}
LEVELS = {
    "de": {
        Supervision.A: "A: eine erwachsene Person steht daneben",
        Supervision.TS: "TS: Kinder arbeiten allein, im Blick einer erwachsenen Person",
        Supervision.S: "S: Kinder arbeiten allein, übliche Aufsicht",
    }
}


def phrases(lang: str) -> Mapping[str, str]:
    """Return the fixed words in `lang`, German where it is not translated yet."""
    return PHRASES.get(lang, DE)


def grade_label(grades: tuple[int, ...]) -> str:
    """Return grades as people write them: 3–4, 5 or 5, 7."""
    ordered = sorted(grades)
    if len(ordered) > 1 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]}–{ordered[-1]}"
    return ", ".join(str(grade) for grade in ordered)


def number(value: float, lang: str = "de") -> str:
    """Return a number as it is written in `lang`, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "de" else text

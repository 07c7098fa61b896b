"""The fixed words on web pages, per language, and the small sentences made from them."""

from collections.abc import Mapping

from makerwagen.content.lesson import Lesson
from makerwagen.content.words import Confidence, Strand
from makerwagen.exporters.phrases import STRANDS, grade_label, phrases

DE = {
    "downloads": "Herunterladen",
    "for-children": "Für Kinder",
    "for-teachers": "Für Lehrkräfte",
    "with-solutions": "mit Lösungen",
    "worksheet": "Arbeitsblatt",
    "teacher-sheet": "Lehrerblatt",
    "notebook": "Notebook",
    "file": "Datei",
    "one-page": "1 Seite",
    "pages": "{count} Seiten",
    "from-wagon": "Bringt der Wagen mit",
    "from-school": "Stellt die Schule",
    "used-up": "Wird verbraucht für {sharer}",
    "preparation": "Vorbereitung",
    "print-wait": "davon Warten auf den 3D-Drucker",
    "supervision": "Aufsicht",
    "builds-on": "Baut auf",
    "the-lesson": "Die Lektion",
    "check-in-notebook": "Prüfe dein Ergebnis im Notebook.",
    "hint": "Tipp",
    "program": "Programm zeigen",
    "shown": "Das zeigt das Programm:",
    "extra": "Wenn du noch Zeit hast",
    "simulated-title": "Simulierte Daten",
    "simulated": "Diese Lektion rechnet mit erfundenen Zahlen: {packs}. Niemand hat sie gemessen.",
    "simulated-caption": "Simulierte Daten, keine Messung",
    "own-caption": "Eigene Messung",
    "teacher-intro": "Zum Vorbereiten. Lösungen stehen nur in den Dateien für Lehrkräfte.",
    "teacher-jump": "Für Lehrkräfte: Kompetenzen, Verlaufsplan, Sicherheit",
    "start-jump": "Gleich anfangen",
    "competencies": "Kompetenzen",
    "secondary": "Wortlaut nach zweiter Quelle, nicht amtlich geprüft",
    "verified": "Wortlaut",
    "own-words": "sinngemäß",
    "more-competencies": "Alle Rahmen und ihre Quellen: [Kompetenzen und Klassen](../coverage.md).",
    "misconceptions": "Was oft schiefgeht",
    "materials": "Material",
    "references": "Quellen",
    "record": "Stand und Lizenz",
    "stamp": "Stempel",
    "version-of": "Version {version} vom {date}",
    "changes": "Was neu ist",
    "license": "Lizenz",
    "authors": "Von",
    "license-text": "Verändern und weitergeben ist erlaubt, wenn die Namen dabeistehen",
    "based-on": "Aufgebaut auf",
    "picture-credits": "Bildnachweise",
    "own-drawings": "Alle Bilder",
    "none-yet": "Hier ist noch nichts.",
    "lessons": "Lektionen",
    "modules": "Module",
    "module-lessons": "{count} Lektionen",
    "module-lesson": "1 Lektion",
    "minutes": "{minutes} Minuten",
    "grades": "Klasse {grades}",
    "everyone": "für alle",
    "teaches-grades": "Klasse",
    "current": "Dieses Blatt ist aktuell.",
    "outdated": "Es gibt eine neuere Version dieses Blattes.",
    "to-lesson": "Zur Lektion",
    "exercise": "Übung",
    "exercises": "Übungen",
    "exercises-lead": "Schreib ein Programm für ein Board. Hier siehst du gleich, was es macht, auch ohne Board.",
    "exercise-link": "Übung dazu, auch ohne Board:",
    "exercise-links": "Übungen dazu, auch ohne Board:",
    "exercise-lessons": "Lektionen mit dieser Übung",
    "exercise-still": "Das ist der Anfang. Zum Ausprobieren braucht diese Seite JavaScript.",
    "all-exercises": "Alle Übungen",
    "wiring": "So ist es gesteckt",
    "wiring-intro": "Hast du ein Board? Dann steck es so und lade dein Programm darauf. Ohne Board geht es oben.",
    "wiring-alt": "Das Steckbrett mit allen Teilen und Kabeln. In Worten steht es unter dem Bild.",
    "wiring-words": "In Worten, Schritt für Schritt",
    "nothing-to-wire": "Hier musst du nichts stecken. Alles ist schon auf dem Board.",
    "parts": "Das brauchst du",
    "circuit": "Schaltplan",
    "circuit-alt": "Schaltplan derselben Schaltung",
    "calibration": "So eichst du ihn",
    "cannot-tell": "Was er dir nicht sagen kann",
}
WORDS: Mapping[str, Mapping[str, str]] = {"de": DE}
STRAND_INTROS = {
    "de": {
        Strand.CAD: "Eigene Dinge entwerfen und drucken",
        Strand.MICROCONTROLLER: "Lampen, Taster und Sensoren steuern",
        Strand.SMART_CITY: "Die Stadt messen und verstehen",
    }
}
QUOTED = {Confidence.VERIFIED: "verified", Confidence.SECONDARY: "secondary"}


def page_words(lang: str) -> Mapping[str, str]:
    """Return the fixed words in `lang`, German where it is not translated yet."""
    return WORDS.get(lang, DE)


def strand_label(strand: Strand, lang: str) -> str:
    """Return the strand's name."""
    return STRANDS.get(lang, STRANDS["de"])[strand]


def duration(lesson: Lesson, lang: str) -> str:
    """Return the time in class, e.g. `90 Minuten (2 × 45)`, empty where none is given."""
    if not lesson.splits:
        return ""
    total = page_words(lang)["minutes"].format(minutes=sum(lesson.splits))
    if len(lesson.splits) == 1:
        return total
    same = len(set(lesson.splits)) == 1
    splits = f"{len(lesson.splits)} × {lesson.splits[0]}" if same else " + ".join(map(str, lesson.splits))
    return f"{total} ({splits})".replace(" × ", "\u00a0×\u00a0")


def audience_label(lesson: Lesson, lang: str) -> str:
    """Return for whom the lesson is, e.g. `Klasse 3–4`."""
    words = page_words(lang)
    if lesson.grades:
        return words["grades"].format(grades=grade_label(lesson.grades))
    if lesson.ages:
        return f"{phrases(lang)['ages']} {lesson.ages[0]}–{lesson.ages[1]}"
    return words["everyone"]


def file_size(count: int) -> str:
    """Return a file's size as people say it, e.g. `84 kB` or `1,2 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")

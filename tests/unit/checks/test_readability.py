"""Counted by hand: words and their syllables, and what is a sentence."""

import pytest

from makerwagen.checks.readability import Measure, measure, sentences, syllables

SYLLABLES = {
    1: "rot LED Licht Haus Eis Bäum Knie See Zoo drei neun Strom mm schien",
    2: "Ampel Abend Idee aber oder Ofen Übung Reihe Mauer Feuer Taster messen Quadrat",
    3: "Ameise Radio Station Museum Computer beenden geehrte Steckbretter energisch Ferien",
    4: "Millimeter Mikrofone Fußgängerin Kilogramme Leuchtdioden Temperatur",
    5: "Fußgängerampel",
    6: "Materialien",
}
HAND = [(word, count) for count, words in SYLLABLES.items() for word in words.split()]


@pytest.mark.parametrize(("word", "count"), HAND)
def test_syllables_are_counted_as_by_hand(word, count):
    assert syllables(word) == count


def test_enough_words_were_counted_by_hand():
    assert len(HAND) >= 30


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Die LED leuchtet. Sie ist rot.", [3, 3]),
        ("Nimm z. B. Holz oder Papier.", [6]),
        ("Nimm z.B. Holz. Das ist leicht.", [3, 3]),
        ("Das kostet ca. 3.50 Euro am 3. Mai.", [8]),
        ("Warte 3 s. Dann leuchtet die LED.", [3, 4]),
        ("Verbinde GP15. Das ist der Pin.", [2, 4]),
        ("Drücke die Taste 3. Dann warte.", [4, 2]),
        ("Er sitzt in den Reihen 1 bis 20. Die Buchse zeigt nach außen.", [8, 5]),
        ("Im 2. Schritt misst du 2,5 mm.", [7]),
        ("„Halt!“, ruft Mia. Alle stehen.", [3, 2]),
        ("„Halt!“ ruft Mia.", [3]),
        ("Stopp! Los. Jetzt geht es weiter mit dem Bauen.", [1, 1, 7]),
        ("Ich denke, dass … richtig ist.", [5]),
        ("Wie lang ist es? Miss nach!", [4, 2]),
        ("Der 3D-Drucker druckt bzw. malt.", [5]),
        ("Siehe Nr. 5 und Abb. 2. Dort steht es.", [6, 3]),
        ("– – –", []),
        ("Schau auf\nden Pin.\nEr ist rund.", [4, 3]),
    ],
)
def test_sentences_are_split_as_by_hand(text, lengths):
    assert [len(sentence.words) for sentence in sentences(text)] == lengths


def test_a_sentence_knows_its_line():
    assert [sentence.line for sentence in sentences("Schau auf\nden Pin.\nEr ist rund. Gut.")] == [0, 2, 2]


def test_the_formulas_give_what_was_worked_out_by_hand():
    # 20 words in 4 sentences, 3 long words (15 %), 12 of one syllable (60 %), 2 of three or more (10 %)
    counted = Measure(words=20, sentences=4, long_words=3, one_syllable=12, three_syllables=2)
    assert counted.mean_sentence == 5
    assert counted.lix == pytest.approx(20)
    assert counted.wstf1 == pytest.approx(1.935 + 0.836 + 1.9455 - 1.962 - 0.875)


def test_a_text_is_counted_as_by_hand():
    text = "Die Ampel ist rot. Warte auf das Licht. Der Fußgänger wartet auf Grün."
    # Die1 Am-pel2 ist1 rot1 / War-te2 auf1 das1 Licht1 / Der1 Fuß-gän-ger3 war-tet2 auf1 Grün1; long: Fußgänger
    assert measure(sentences(text)) == Measure(words=13, sentences=3, long_words=1, one_syllable=9, three_syllables=1)


def test_no_words_are_no_error():
    assert measure(()).lix == 0

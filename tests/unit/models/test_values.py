"""A child's values meet the declaration: filled in, put right, or refused in words a child understands."""

import pytest

from makerwagen.content.model import Model
from makerwagen.models.refusal import RefusedError
from makerwagen.models.values import check_values, german

MODEL = Model.model_validate(
    {
        "id": "plate",
        "title": {"de": "Platte"},
        "parameters": [
            {"name": "text", "type": "text", "max_length": 4, "default": "Hi", "label": {"de": "Text"}},
            {
                "name": "length_mm",
                "type": "number",
                "unit": "mm",
                "min": 10,
                "max": 50,
                "default": 20,
                "label": {"de": "Länge"},
            },
            {
                "name": "hole_mm",
                "type": "number",
                "unit": "mm",
                "min": 1,
                "max": 9.5,
                "default": 3,
                "label": {"de": "Loch"},
            },
            {"name": "teeth", "type": "integer", "min": 3, "default": 8, "label": {"de": "Zähne"}},
            {
                "name": "shape",
                "type": "choice",
                "choices": ["Kreis", "Stern"],
                "default": "Kreis",
                "label": {"de": "Form"},
            },
            {"name": "smooth", "type": "boolean", "default": True, "label": {"de": "Glatt"}},
        ],
        "constraints": [
            {"when": "hole_mm + 4 <= length_mm", "message": {"de": "Das Loch ist zu groß."}},
            {"when": "text_letters * 5 <= length_mm", "message": {"de": "Der Text ist zu lang."}},
        ],
        "expect": {"size_mm": [50, 50, 5], "volume_mm3": [1, 1000]},
        "print": {"profile": "PLA", "orientation": "flach"},
    }
)


def test_defaults_fill_what_is_missing():
    assert check_values(MODEL, {"length_mm": 30}) == {**MODEL.defaults, "length_mm": 30}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"length_mm": 51}, "„Länge“ geht von 10 bis 50 mm. Du hast 51 gewählt."),
        ({"hole_mm": 0.5}, "„Loch“ geht von 1 bis 9,5 mm. Du hast 0,5 gewählt."),
        ({"teeth": 2}, "„Zähne“ geht von 3. Du hast 2 gewählt."),
        ({"length_mm": "20"}, "Bei „Länge“ brauche ich eine Zahl."),
        ({"length_mm": True}, "Bei „Länge“ brauche ich eine Zahl."),
        ({"length_mm": float("nan")}, "Bei „Länge“ brauche ich eine Zahl."),
        ({"length_mm": float("inf")}, "Bei „Länge“ brauche ich eine Zahl."),
        ({"teeth": 3.5}, "Bei „Zähne“ brauche ich eine ganze Zahl."),
        ({"text": ""}, "Schreib bei „Text“ mindestens einen Buchstaben."),
        ({"text": "   "}, "Schreib bei „Text“ mindestens einen Buchstaben."),
        ({"text": 5}, "Schreib bei „Text“ mindestens einen Buchstaben."),
        ({"text": "Hallo"}, "Bei „Text“ passen 4 Zeichen. Du hast 5."),
        ({"shape": "Herz"}, "Wähle bei „Form“: Kreis, Stern."),
        ({"smooth": "ja"}, "„Glatt“ ist an oder aus."),
        ({"colour": "rot"}, "„colour“ kenne ich nicht. Es gibt: hole_mm, length_mm, shape, smooth, teeth, text."),
        ({"length_mm": 12, "hole_mm": 9}, "Das Loch ist zu groß."),
        ({"length_mm": 12, "text": "Mia"}, "Der Text ist zu lang."),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_a_sentence(values, said):
    with pytest.raises(RefusedError) as refused:
        check_values(MODEL, values)
    assert refused.value.message == said


def test_a_refusal_names_the_parameters_to_change():
    with pytest.raises(RefusedError) as refused:
        check_values(MODEL, {"length_mm": 12, "hole_mm": 9})
    assert refused.value.names == ("hole_mm", "length_mm")


def test_letters_made_of_two_signs_become_one():
    assert check_values(MODEL, {"text": " Zoe\u0308 "})["text"] == "Zoë"


def test_a_refusal_is_a_value_error():
    assert issubclass(RefusedError, ValueError)


def test_numbers_are_written_as_in_german():
    assert [german(value) for value in (40.0, 2.5, 9.04, 0.4)] == ["40", "2,5", "9", "0,4"]

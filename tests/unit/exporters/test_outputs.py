"""What a cell showed comes to paper and pages: also the words of a message's card, and no bare objects."""

import pytest

from makerwagen.exporters.outputs import Table, Text, shown


def display(**data):
    return {"output_type": "display_data", "data": {name.replace("_", "/"): text for name, text in data.items()}}


def test_a_card_with_a_message_is_shown_as_its_text():
    card = display(text_html="<div>! Stehen geblieben</div>", text_plain="Stehen geblieben:\nZeile 4: …")
    assert list(shown([card])) == [Text("Stehen geblieben:\nZeile 4: …")]


@pytest.mark.parametrize("more", [{"text_plain": "<IPython.core.display.HTML object>"}, {}])
def test_html_that_says_nothing_in_words_is_left_out(more):
    assert list(shown([display(text_html="<b>!</b>", **more)])) == []


def test_tables_stay_tables_and_values_stay_values():
    table = display(text_html="<table></table>", text_plain="a 1")
    assert list(shown([table, display(text_plain="<3")])) == [Table("<table></table>", "a 1"), Text("<3")]


def test_the_card_of_a_check_is_left_out():
    check = display(text_html="<div>", text_plain="Geschafft")
    check["data"]["application/vnd.makerwagen.check+json"] = {}
    assert list(shown([check])) == []

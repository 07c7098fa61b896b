"""Values of resistors, as people write them."""

import pytest

from makerwagen.content.ohms import ohms_of, slug_of_ohms, written_ohms


@pytest.mark.parametrize(
    ("text", "ohms"),
    [
        ("330 Ω", 330),
        ("330Ω", 330),
        ("220 Ohm", 220),
        ("220", 220),
        ("4.7 kΩ", 4700),
        ("4,7 kΩ", 4700),
        ("4k7", 4700),
        ("10 kOhm", 10_000),
        ("1 MΩ", 1_000_000),
        ("330\u00a0\u2126", 330),
    ],
)
def test_a_value_is_read(text, ohms):
    assert ohms_of(text) == pytest.approx(ohms)


@pytest.mark.parametrize("text", ["", "rosa", "Ω", "0 Ω", "-330 Ω", "330 V", "3 3 0", "I2C", "1e9"])
def test_what_is_no_resistor_is_none(text):
    assert ohms_of(text) is None


@pytest.mark.parametrize(
    ("ohms", "de", "en", "slug"),
    [
        (330, "330 Ω", "330 Ω", "resistor-330"),
        (1000, "1 kΩ", "1 kΩ", "resistor-1k"),
        (4700, "4,7 kΩ", "4.7 kΩ", "resistor-4k7"),
        (10_000, "10 kΩ", "10 kΩ", "resistor-10k"),
    ],
)
def test_a_value_is_written_and_named(ohms, de, en, slug):
    assert (written_ohms(ohms, "de"), written_ohms(ohms, "en"), slug_of_ohms(ohms)) == (de, en, slug)

"""Messages of sensor nodes: what is a reading, what is not and why, and whose clock counts."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makerwagen.sensors.protocol import MessageError, Moment, Reading, moment_of, payload_of, read_message, topic_of

GOOD = {"b": 7, "n": 3, "v": 21.5, "u": "°C", "a": 2.0}


def message(**changes):
    return json.dumps({name: value for name, value in (GOOD | changes).items() if value is not None}).encode()


def test_what_a_node_writes_is_what_the_hub_reads():
    reading = Reading("pico-07", 7, 3, "temperature", 21.5, 2.0, 1_795_000_000.0, True)
    assert read_message(topic_of(reading), payload_of(reading)) == reading


@pytest.mark.parametrize(
    ("topic", "payload", "says"),
    [
        ("makerwagen/pico-07/temperature", message(u="F"), "statt in „°C“"),
        ("makerwagen/pico-07/temperature", message(v="warm"), "„v“ ist keine Zahl"),
        ("makerwagen/pico-07/temperature", message(v=True), "„v“ ist keine Zahl"),
        ("makerwagen/pico-07/temperature", b'{"b":1,"n":1,"v":NaN,"u":"\xc2\xb0C"}', "„v“ ist keine Zahl"),
        ("makerwagen/pico-07/temperature", message(n=-1), "„n“ ist keine Nummer"),
        ("makerwagen/pico-07/temperature", message(b=2**32), "„b“ ist keine Nummer"),
        ("makerwagen/pico-07/temperature", b"21.5", "kein JSON-Objekt"),
        ("makerwagen/pico-07/temperature", b"\xff\xfe", "kein JSON"),
        ("makerwagen/pico-07/temperature", b"[" * 200, "kein JSON"),
        ("makerwagen/pico-07/temperature", message(x="y" * 300), "erlaubt sind 256"),
        ("makerwagen/pico-07/voice", message(), "Messgröße „voice“ kenne ich nicht"),
        ("makerwagen/Pico 7/temperature", message(), "kein Name für einen Knoten"),
        ("makerwagen/temperature", message(), "hat nicht die Form"),
    ],
)
def test_what_is_no_reading_is_refused_with_a_reason(topic, payload, says):
    with pytest.raises(MessageError, match=says):
        read_message(topic, payload)


def test_a_reading_is_as_old_as_the_node_says():
    moment = moment_of(Reading("n", 1, 1, "temperature", 20.0, age_s=30.0), arrived=1000.0)
    assert (moment.at, moment.clock) == (970.0, "none")


def test_a_node_whose_clock_agrees_is_believed():
    moment = moment_of(Reading("n", 1, 1, "temperature", 20.0, age_s=30.0, own_time=972.0), arrived=1000.0)
    assert (moment.at, moment.clock) == (972.0, "node")


@pytest.mark.parametrize("own_time", [0.0, 5000.0])
def test_a_node_whose_clock_is_wrong_is_not_believed(own_time):
    moment = moment_of(Reading("n", 1, 1, "temperature", 20.0, own_time=own_time), arrived=1000.0)
    assert (moment.at, moment.clock) == (1000.0, "wrong")


def test_an_age_beyond_all_reason_is_cut():
    assert read_message("makerwagen/n/temperature", message(a=-5)).age_s == 0.0
    assert read_message("makerwagen/n/temperature", message(a=1e12)).age_s == 7 * 24 * 3600


def test_a_station_whose_name_says_simulated_is_simulated_whatever_it_says():
    assert read_message("makerwagen/sim-igel/temperature", message()).simulated
    assert not read_message("makerwagen/pico-07/temperature", message()).simulated
    assert read_message("makerwagen/pico-07/temperature", message(s=1)).simulated


def test_who_sent_what_is_refused_is_known_where_it_can_be_read():
    with pytest.raises(MessageError) as caught:
        read_message("makerwagen/pico-07/temperature", message(u="F"))
    assert caught.value.sender == ("pico-07", 7, 3)
    with pytest.raises(MessageError) as caught:
        read_message("makerwagen/pico-07/temperature", message(n=-1))
    assert caught.value.sender is None


def test_an_age_that_is_a_guess_is_called_one():
    reading = read_message("makerwagen/pico-07/temperature", message(g=1))
    assert moment_of(reading, arrived=1000.0) == Moment(998.0, "guessed")
    assert read_message(topic_of(reading), payload_of(reading)) == reading


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("bnvuatsgx"), inner, max_size=9),
    max_leaves=12,
)


@given(
    st.sampled_from(["makerwagen/pico-07/temperature", "makerwagen/x/y", "", "a/b/c"]),
    JSON | st.just(GOOD),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_whatever_comes_is_a_reading_or_refused_with_words_that_can_be_written_down(topic, data, ascii_only):
    payload = json.dumps(data, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        read_message(topic, payload)
    except MessageError as error:
        str(error).encode()


def test_half_a_character_in_a_unit_is_refused_like_any_other():
    with pytest.raises(MessageError, match="kommt in „[?]“"):
        read_message("makerwagen/pico-07/temperature", b'{"b": 1, "n": 1, "v": 1, "u": "\\ud800"}')

"""The simulated board's WLAN, MQTT broker and asyncio are played, on its clock, and reach nothing outside."""

import pytest

from makerwagen.boards.devices import Input

ONLINE = (
    "import network, time\nwlan = network.WLAN(network.STA_IF)\nwlan.active(True)\nwlan.connect('Wagen', 'geheim')\n"
    "while not wlan.isconnected():\n    time.sleep(0.2)\n"
)


def ran(board, source, **more):
    run = board.run(source, **more)
    assert run.error is None, run.error
    return run


def messages(run):
    return [(message.topic, message.payload) for message in run.trace.messages]


def test_the_wlan_connects_after_two_seconds_and_says_that_it_is_played(pico):
    run = ran(pico, ONLINE + "print(time.ticks_ms(), wlan.ifconfig()[0], wlan.status() == network.STAT_GOT_IP)\n")
    assert run.printed == "2000 192.168.4.20 True\n"
    assert run.trace.notes == (("WLAN", "wifi-simulated"),)


def test_the_clock_can_be_set_from_the_network(pico):
    assert (
        ran(pico, ONLINE + "import ntptime\nntptime.settime()\nprint(time.localtime()[:5])\n").printed
        == "(2026, 3, 3, 8, 0)\n"
    )


@pytest.mark.parametrize("qos", [0, 1])
def test_messages_go_to_the_broker(pico, qos):
    source = ONLINE + (
        "from umqtt.simple import MQTTClient\nc = MQTTClient('k1', 'wagen.local', user='u', password='p')\nprint(c.connect())\n"
        f"for t in (20.5, 21):\n    c.publish(b'klima/temperatur', str(t), qos={qos})\n    time.sleep(1)\nc.ping()\nc.check_msg()\nc.disconnect()\n"
    )
    run = ran(pico, source)
    assert messages(run) == [("klima/temperatur", "20.5"), ("klima/temperatur", "21")]
    assert run.printed == "0\n"


def test_inputs_arrive_as_messages_where_the_program_asked_for_them(pico):
    source = ONLINE + (
        "from umqtt.robust import MQTTClient\nc = MQTTClient('k1', 'wagen.local')\nc.set_callback(lambda t, m: print(t, m))\n"
        "c.connect()\nc.subscribe('licht/+')\nwhile True:\n    c.check_msg()\n    time.sleep(0.1)\n"
    )
    inputs = [Input(4, "mqtt", "licht/rot", 1), Input(5, "mqtt", "anderes", 1), Input(6, "mqtt", "licht/gelb", 0.5)]
    assert ran(pico, source, inputs=inputs).printed == "b'licht/rot' b'1'\nb'licht/gelb' b'0.5'\n"


def test_waiting_for_a_message_takes_the_boards_time_only(pico):
    source = ONLINE + (
        "from umqtt.simple import MQTTClient\nc = MQTTClient('k1', 'wagen.local')\nc.set_callback(lambda t, m: print(m, time.ticks_ms()))\n"
        "c.connect()\nc.subscribe('a/b')\nc.wait_msg()\n"
    )
    assert ran(pico, source, inputs=[Input(7, "mqtt", "a/b", 3)]).printed == "b'3' 7000\n"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("from umqtt.simple import MQTTClient\nMQTTClient('a', 'b').connect()\n", "nicht im WLAN"),
        (ONLINE + "import socket\nsocket.socket().connect(('example.org', 80))\n", "Ins Netz"),
        (ONLINE + "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n", "Ins Netz"),
        (ONLINE + "import socket\nsocket.socket().bind(('', 80))\n", "Ins Netz"),
        (ONLINE + "import urequests\nurequests.get('http://example.org')\n", "Ins Netz"),
        ("import network\nnetwork.WLAN().connect('a', 'b')\n", "noch aus"),
        ("import bluetooth\nbluetooth.BLE()\n", "Bluetooth"),
        ("import asyncio\nasyncio.open_connection('a', 80)\n", "Verbindungen"),
    ],
)
def test_there_is_no_other_way_into_a_network(pico, source, words):
    error = pico.run(source).error
    assert words in error.message
    assert error.line


TASKS = """
import asyncio
from machine import Pin
from time import ticks_ms

async def blink(pin, ms, times):
    led = Pin(pin, Pin.OUT)
    for i in range(times):
        led.toggle()
        await asyncio.sleep_ms(ms)
    return pin

async def main():
    other = asyncio.create_task(blink(10, 300, 5))
    await asyncio.sleep(1)
    print(await asyncio.gather(blink(11, 200, 3), other), ticks_ms())
    try:
        await asyncio.wait_for(blink(12, 100, 90), 0.5)
    except asyncio.TimeoutError:
        print('zu lang', ticks_ms())
    return 'fertig'

print(asyncio.run(main()))
"""


def test_tasks_take_turns_on_the_boards_clock(pico):
    run = ran(pico, TASKS)
    lines = run.printed.splitlines()
    assert lines[0] == "[11, 10] 1600"
    assert lines[1] in ("zu lang 2100", "zu lang 2101")
    assert lines[2] == "fertig"
    assert [round(c.at_s, 2) for c in run.trace.outputs if c.pin == "GP10"][1:4] == [0, 0.3, 0.6]
    assert [round(c.at_s, 2) for c in run.trace.outputs if c.pin == "GP11"][1:4] == [1, 1.2, 1.4]


def test_events_flags_and_locks_wake_tasks(pico):
    source = (
        "import uasyncio as asyncio\nfrom machine import Pin\nfrom time import ticks_ms\n"
        "flag, event, lock = asyncio.ThreadSafeFlag(), asyncio.Event(), asyncio.Lock()\n"
        "b = Pin(15, Pin.IN, Pin.PULL_UP)\nb.irq(lambda p: flag.set(), Pin.IRQ_FALLING)\n"
        "async def presses():\n    while True:\n        await flag.wait()\n        print('taste', ticks_ms())\n        event.set()\n"
        "async def later():\n    async with lock:\n        await event.wait()\n        print('ereignis', event.is_set())\n"
        "async def third():\n    async with lock:\n        print('dritte')\n"
        "loop = asyncio.get_event_loop()\nfor f in (presses, later, third):\n    loop.create_task(f())\nloop.run_forever()\n"
    )
    inputs = [Input(at, "GP15", "pressed", value) for at, value in ((2, 1), (2.2, 0), (4, 1))]
    assert ran(pico, source, inputs=inputs).printed == "taste 2000\nereignis True\ndritte\ntaste 4000\n"


def test_a_cancelled_task_tidies_up_and_an_error_names_its_line(pico):
    source = (
        "import asyncio\nasync def long():\n    try:\n        await asyncio.sleep(60)\n    finally:\n        print('aufgeräumt')\n"
        "async def main():\n    t = asyncio.create_task(long())\n    await asyncio.sleep(1)\n    t.cancel()\n    await asyncio.sleep(0)\n"
        "    print(t.done())\n    asyncio.create_task(broken())\n    await asyncio.sleep(1)\n"
        "async def broken():\n    lde.on()\nasyncio.run(main())\n"
    )
    run = pico.run(source)
    assert run.printed == "aufgeräumt\nTrue\n"
    assert (run.error.kind, run.error.line) == ("NameError", 16)


def test_a_task_that_never_waits_for_long_still_ends(pico):
    source = "import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())\n"
    assert ran(pico, source, seconds=5).trace.end_s == 5

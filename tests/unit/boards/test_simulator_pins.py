"""Pins, PWM, ADC, timers and interrupts of the simulated board do at each moment what the real ones would."""

import pytest

from makerwagen.boards.devices import Input

HEAD = "from machine import *\nimport time\n"


def events(run, kind):
    return [event[1:] for event in run.events if event[0] == kind]


def press(pin, from_s, to_s):
    return [Input(from_s, pin, "pressed", 1), Input(to_s, pin, "pressed", 0)]


def ran(board, source, **more):
    run = board.run(
        "from machine import Pin, PWM, ADC, Timer, Signal, SoftI2C, I2C, SPI, UART, WDT, RTC\nimport machine, time\n"
        + source,
        **more,
    )
    assert run.error is None, run.error
    return run


def error(board, source):
    found = board.run("from machine import Pin, PWM, ADC, Timer, I2C, SoftI2C, SPI, UART\n" + source).error
    assert found is not None
    assert found.line == 1 + source.count("\n") + 1
    return found.message


def test_a_pin_is_named_by_number_name_or_board(pico, esp32):
    for way in ("15", "'GP15'", "Pin.board.GP15", "Pin(15)"):
        assert events(ran(pico, f"Pin({way}, Pin.OUT, value=1)\n"), "out") == [[0, "GP15", 1]]
    assert events(ran(pico, "led = Pin('LED', Pin.OUT)\nled.toggle()\nled.low()\n"), "out")[-1] == [0, "LED", 0]
    assert events(ran(esp32, "Pin(23, Pin.OUT, value=1)\n"), "out") == [[0, "GPIO23", 1]]


def test_a_number_in_quotes_is_no_pin_as_on_the_board(pico, esp32):
    for board in (pico, esp32):
        assert error(board, "Pin('4', Pin.OUT)") == "Die Nummer eines Pins steht ohne Anführungszeichen: Pin(4)"


def test_an_open_drain_pin_lets_others_pull_it_down(pico):
    source = (
        "p = Pin(15, Pin.OPEN_DRAIN, value=1)\nprint(p.value())\ntime.sleep(2)\nprint(p.value())\np.off()\nprint(p())\n"
    )
    assert ran(pico, source, inputs=press("GP15", 1, 3)).printed == "1\n0\n0\n"


def test_an_interrupt_comes_at_its_moment_in_the_middle_of_a_sleep(pico):
    source = (
        "b = Pin(15, Pin.IN, Pin.PULL_UP)\nb.irq(lambda p: print(time.ticks_ms(), p.value()), Pin.IRQ_FALLING)\n"
        "time.sleep(5)\nprint('wach', time.ticks_ms())\n"
    )
    run = ran(pico, source, inputs=press("GP15", 1.25, 1.5))
    assert run.printed.splitlines()[0] == "1250 0"
    assert events(run, "print")[0][0] == pytest.approx(1_250_000, abs=20)


def test_after_the_last_line_interrupts_and_timers_go_on(pico):
    source = "led = Pin(10, Pin.OUT)\nTimer(period=500, callback=lambda t: led.toggle())\n"
    run = ran(pico, source, seconds=2)
    assert [(us, level) for us, _, level in events(run, "out")] == [
        (0, 0), (500_000, 1), (1_000_000, 0), (1_500_000, 1), (2_000_000, 0),
    ]  # fmt: skip
    assert run.trace.end_s == 2


def test_a_timer_once_again_and_stopped(pico):
    source = (
        "t = Timer(-1)\nt.init(mode=Timer.ONE_SHOT, period=300, callback=lambda t: print('einmal', time.ticks_ms()))\n"
        "u = Timer()\nu.init(freq=4, callback=lambda t: print('oft'))\ntime.sleep(1.1)\nu.deinit()\ntime.sleep(3)\n"
    )
    assert ran(pico, source).printed == "oft\neinmal 300\noft\noft\noft\n"


def test_interrupts_wait_while_they_are_switched_off(pico):
    source = (
        "b = Pin(15, Pin.IN, Pin.PULL_UP)\nb.irq(lambda p: print('taste', time.ticks_ms()), Pin.IRQ_FALLING)\n"
        "state = machine.disable_irq()\ntime.sleep(2)\nprint('jetzt')\nmachine.enable_irq(state)\n"
    )
    assert ran(pico, source, inputs=press("GP15", 1, 1.5), seconds=3).printed == "jetzt\ntaste 2000\n"


def test_a_handler_that_sleeps_is_noticed(pico):
    source = "Timer(period=100, callback=lambda t: time.sleep(0.05))\ntime.sleep(1)\n"
    assert ("sleep()", "sleep-in-handler") in ran(pico, source).trace.notes


def test_an_interrupt_that_is_too_slow_for_its_timer_is_noticed(pico):
    source = "Timer(period=10, callback=lambda t: time.sleep(1))\ntime.sleep(5)\n"
    assert ("Timer", "handler-too-slow") in ran(pico, source, seconds=5).trace.notes


def test_pulses_have_a_frequency_and_a_share(pico, esp32):
    source = "p = PWM(Pin(15))\np.freq(1000)\np.duty_u16(32768)\ntime.sleep(1)\np.duty_ns(250000)\nprint(p.freq(), p.duty_u16())\np.deinit()\n"
    run = ran(pico, source)
    assert events(run, "pwm") == [
        [0, "GP15", 1000, 0.50001], [1_000_000, "GP15", 1000, 0.25], [1_000_000, "GP15", 0, 0.0],
    ]  # fmt: skip
    assert run.printed == "1000 16384\n"
    assert events(ran(esp32, "p = PWM(Pin(23), freq=440, duty=256)\nprint(p.duty())\n"), "pwm")[-1] == [
        0,
        "GPIO23",
        440,
        0.25024,
    ]


def test_an_output_again_ends_the_pulses(pico):
    run = ran(pico, "p = PWM(Pin(15), freq=50, duty_u16=9000)\nPin(15, Pin.OUT)\n")
    assert [event[0] for event in run.events][-3:] == ["pwm", "out", "end"]


def test_a_light_that_becomes_pulses_is_no_longer_simply_on(pico):
    run = ran(pico, "led = Pin(10, Pin.OUT, value=1)\ntime.sleep(1)\nPWM(led, freq=50, duty_u16=9000)\ntime.sleep(1)\n")
    assert [(span.start_s, span.end_s) for span in run.trace.on_intervals("GP10")] == [(0, 1)]
    assert [(span.start_s, span.end_s) for span, _ in run.trace.tones_of("GP10")] == [(1, 2)]


def test_a_reset_forgets_what_the_program_loaded_but_not_its_files(pico):
    source = (
        "import os, network, asyncio\nw = network.WLAN()\nprint(w.active(), os.listdir())\nw.active(True)\n"
        "open('da', 'w').close()\nasync def f():\n    print('f')\nasyncio.create_task(f())\ntime.sleep(2)\nmachine.reset()\n"
    )
    assert ran(pico, source, seconds=3).printed == "False []\nFalse ['da']\n"


def test_a_watchdog_bites_after_the_last_line_too(pico):
    assert ran(pico, "WDT(timeout=1000)\nprint('start')\n", seconds=3).printed == "start\nstart\nstart\n"


def test_pins_of_one_slice_share_their_frequency_on_the_pico_only(pico, esp32):
    source = "a = PWM(Pin({}), freq=1000, duty_u16=100)\nb = PWM(Pin({}), freq=440, duty_u16=100)\nprint(a.freq())\n"
    run = ran(pico, source.format(14, 15))
    assert (run.printed, run.trace.notes) == ("440\n", (("GP15", "pwm-shares-frequency"),))
    assert ran(pico, source.format(13, 15)).printed == "1000\n"
    assert ran(esp32, source.format(18, 19)).printed == "1000\n"


def test_pulses_without_a_frequency_are_noticed(pico):
    assert ("GP15", "pwm-without-freq") in ran(pico, "PWM(Pin(15)).duty_u16(30000)\n").trace.notes


def test_a_knob_is_measured_in_the_boards_steps_with_a_little_noise(pico, wired):
    source = "a = ADC({})\nfor i in range(8):\n    print(a.read_u16())\n    time.sleep(1)\n"
    for way in ("26", "Pin(26)", "0", "'GP26'"):
        run = ran(
            pico,
            source.format(way),
            devices=[wired("potentiometer", "GP26", id="knopf")],
            inputs=[Input(6.5, "knopf", "position", 100)],
        )
        first, *_, last = map(int, run.printed.split())
        assert first == pytest.approx(32768, abs=100)
        assert last >= 65500
    still = {int(word) for word in run.printed.split()[:7]}
    assert 2 <= len(still) <= 5
    assert all(value & 15 == value >> 12 for value in still)  # the Pico's 12 bits, not 16
    assert ["control", 6_500_000, "knopf", "position", 100] in list(run.events)


def test_the_same_run_gives_the_same_noise(pico, wired):
    source = "import random\na = ADC(26)\nfor i in range(9):\n    print(a.read_u16(), random.randint(1, 1000))\n"
    first = ran(pico, source, devices=[wired("light-sensor", "GP26")])
    again = ran(pico, source, devices=[wired("light-sensor", "GP26")])
    other = ran(pico, source, devices=[wired("light-sensor", "GP26")], seed=7)
    assert first.events == again.events
    assert [line.split()[1] for line in first.printed.splitlines()] != [
        line.split()[1] for line in other.printed.splitlines()
    ]


def test_later_inputs_do_not_change_the_past(pico):
    source = "b = Pin(15, Pin.IN, Pin.PULL_UP)\nled = Pin(10, Pin.OUT)\nwhile True:\n    led.value(b.value())\n    x = time.ticks_us()\n"
    early = ran(pico, source, seconds=4, inputs=press("GP15", 1, 1.3)).events
    late = ran(pico, source, seconds=4, inputs=press("GP15", 1, 1.3) + press("GP15", 3, 3.4)).events
    assert [e for e in early if e[1] < 3_000_000] == [e for e in late if e[1] < 3_000_000]
    assert early != late


def test_the_chip_knows_its_own_temperature(pico):
    source = "v = ADC(ADC.CORE_TEMP).read_u16() * 3.3 / 65535\nprint(27 - (v - 0.706) / 0.001721)\n"
    assert float(ran(pico, source).printed) == pytest.approx(27, abs=2)


def test_the_esp32_measures_to_one_volt_until_it_is_told_otherwise(esp32, wired):
    knob = wired("potentiometer", "GPIO34", id="knopf")
    source = "a = ADC(Pin(34){})\nprint(a.read(), a.read_u16(), a.read_uv())\n"
    run = ran(esp32, source.format(""), devices=[knob])
    assert run.printed.startswith("409")
    assert run.trace.notes == (("GPIO34", "adc-range"),)
    run = ran(esp32, source.format(", atten=ADC.ATTN_11DB"), devices=[knob])
    raw, u16, uv = map(int, run.printed.split())
    assert raw == pytest.approx(2048, abs=5)
    assert u16 == pytest.approx(32768, abs=80)
    assert uv == pytest.approx(1_650_000, abs=4000)
    assert run.trace.notes == ()


def test_measuring_nothing_is_noticed(pico):
    run = ran(pico, "print(ADC(26).read_u16())\n")
    assert run.trace.notes == (("GP26", "nothing-to-measure"),)


def test_a_signal_may_be_upside_down(pico):
    source = "s = Signal(Pin(10, Pin.OUT), invert=True)\ns.on()\ns.off()\nprint(s.value())\n"
    run = ran(pico, source)
    assert (run.printed, [level for _, _, level in events(run, "out")]) == ("0\n", [0, 1])


def test_a_pulse_is_measured_to_the_microsecond(pico):
    source = "b = Pin(15, Pin.IN, Pin.PULL_UP)\nprint(machine.time_pulse_us(b, 0, 3000000), machine.time_pulse_us(b, 0, 1000))\n"
    assert ran(pico, source, inputs=press("GP15", 1, 1.25)).printed == "250000 -2\n"


def test_a_reset_starts_the_program_again(pico):
    source = "print('start', time.ticks_ms())\nPin(10, Pin.OUT, value=1)\ntime.sleep(1)\nmachine.reset()\n"
    run = ran(pico, source, seconds=3)
    assert run.printed == "start 0\nstart 1300\nstart 2600\n"
    assert [level for _, _, level in events(run, "out")][:3] == [1, 0, 1]


def test_a_watchdog_that_nobody_feeds_starts_the_board_again(pico):
    source = (
        "w = WDT(timeout=500)\nprint('start')\nfor i in range(4):\n    time.sleep(0.4)\n    w.feed()\ntime.sleep(9)\n"
    )
    run = ran(pico, source, seconds=4)
    assert run.printed == "start\nstart\n"
    assert ("WDT", "watchdog") in run.trace.notes


def test_the_date_starts_at_the_same_moment_on_every_start(pico, esp32):
    source = "print(time.localtime()[:6], time.mktime((2024, 2, 29, 12, 0, 0, 0, 0)))\nr = RTC()\nr.datetime((2026, 3, 3, 0, 8, 15, 0, 0))\ntime.sleep(61)\nprint(time.localtime())\n"
    assert ran(pico, source, seconds=70).printed.splitlines() == [
        "(2021, 1, 1, 0, 0, 0) 1709208000", "(2026, 3, 3, 8, 16, 1, 1, 62)",
    ]  # fmt: skip
    assert ran(esp32, source, seconds=70).printed.startswith("(2000, 1, 1, 0, 0, 0) 762523200")


def test_sleeping_boards_wake_up(pico):
    source = "machine.lightsleep(1500)\nprint(time.ticks_ms())\nmachine.idle()\nprint(machine.unique_id() != b'', machine.freq())\n"
    assert ran(pico, source).printed == "1500\nTrue 125000000\n"


def test_a_short_circuit_by_a_button_is_noticed(pico):
    run = ran(pico, "p = Pin(15, Pin.OUT, value=1)\ntime.sleep(3)\n", inputs=press("GP15", 1, 2))
    assert run.trace.notes == (("GP15", "short"),)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ADC(15)", ["GP15", "keine Spannung", "GP26, GP27, GP28"]),
        ("Pin(40)", ["keinen Pin GP40"]),
        ("Pin(24, Pin.OUT)", ["WLAN-Chip"]),
        ("Pin('ROT')", ["keinen Pin ROT"]),
        ("I2C(0, sda=Pin(2), scl=Pin(3))", ["GP2", "SDA von I2C(0)", "GP0, GP4"]),
        ("I2C(2)", ["I2C(0) und I2C(1)"]),
        ("SoftI2C(sda=Pin(2), scl=Pin(2))", ["zwei verschiedene"]),
        ("UART(0, tx=Pin(4), rx=Pin(5))", ["GP4", "TX von UART(0)", "GP0, GP12, GP16"]),
        ("SPI(0, sck=Pin(10), mosi=Pin(3))", ["GP10", "GP2, GP6, GP18, GP22"]),
        ("PWM(Pin(15), freq=2)", ["von 8 bis"]),
        ("PWM(Pin('LED'), freq=100)", ["LED", "nur an und aus"]),
        ("PWM(Pin(15), freq=50).duty_u16(70000)", ["65535"]),
        ("Timer(0)", ["Timer()"]),
        ("Timer().init(period=0, callback=print)", ["größer als 0"]),
        ("from machine import TouchPad", ["TouchPad", "nicht"]),
        ("import machine; machine.mem32[0]", ["mem32"]),
        ("import _thread; _thread.start_new_thread(print, ())", ["zweiten Kern"]),
        ("import rp2; rp2.StateMachine(0)", ["PIO"]),
    ],
)
def test_what_the_pico_cannot_do_is_told(pico, source, words):
    message = error(pico, source)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Pin(34, Pin.OUT)", ["GPIO34", "nur lesen"]),
        ("Pin(34, Pin.IN, Pin.PULL_UP)", ["GPIO34", "Pull"]),
        ("PWM(Pin(35))", ["GPIO35", "nur lesen"]),
        ("I2C(0, sda=Pin(34), scl=Pin(22))", ["GPIO34", "nur lesen"]),
        ("Pin(6, Pin.OUT)", ["Flash"]),
        ("Pin(24)", ["keinen Pin GPIO24"]),
        ("Pin('LED')", ["keinen Pin LED"]),
        ("ADC(23)", ["GPIO23", "GPIO32", "GPIO39"]),
        ("Timer()", ["Nummer von 0 bis 3"]),
        ("Pin(23, Pin.OUT).high()", ["high"]),
    ],
)
def test_what_the_esp32_cannot_do_is_told(esp32, source, words):
    message = error(esp32, source)
    assert all(word in message for word in words), message


def test_a_pin_that_decides_how_the_esp32_starts_is_noted(esp32):
    assert ran(esp32, "Pin(12, Pin.OUT)\n").trace.notes == (("GPIO12", "strapping"),)

"""Parts wired to the simulated board behave as their data sheets say, for programs that run on real boards unchanged."""

import pytest

from makerwagen.boards.devices import Input
from makerwagen.errors import MakerwagenError

HEAD = "from machine import Pin, PWM, ADC, I2C, SoftI2C, UART\nimport time\n"


def events(run, kind):
    return [event[1:] for event in run.events if event[0] == kind]


def ran(board, source, **more):
    run = board.run(HEAD + source, **more)
    assert run.error is None, run.error
    return run


def test_a_button_may_join_the_supply_instead_of_gnd(pico, wired):
    source = "b = Pin(15, Pin.IN, Pin.PULL_DOWN)\nprint(b.value())\ntime.sleep(2)\nprint(b.value())\ntime.sleep(2)\nprint(b.value())\n"
    device = wired("push-button", "GP15", id="taster", other_leg_level=1)
    inputs = [Input(1, "taster", "pressed", 1), Input(3, "taster", "pressed", 0)]
    run = ran(pico, source, devices=[device], inputs=inputs)
    assert run.printed == "0\n1\n0\n"
    assert [(held.start_s, held.end_s) for held in run.trace.held_intervals("GP15")] == [(1, 3)]
    assert [(c.at_s, c.device, c.value) for c in run.trace.controls] == [(1, "taster", 1), (3, "taster", 0)]


def test_a_motion_sensor_needs_no_pull_and_is_held_only_while_something_moves(pico, wired):
    source = "m = Pin(14, Pin.IN)\nm.irq(lambda p: print('da', p.value()), Pin.IRQ_RISING)\nprint(m.value())\ntime.sleep(5)\n"
    inputs = [Input(2, "motion-sensor", "motion", 1), Input(4, "motion-sensor", "motion", 0)]
    run = ran(pico, source, devices=[wired("motion-sensor", "GP14")], inputs=inputs)
    assert run.printed == "0\nda 1\n"
    assert run.trace.notes == ()
    assert [(held.start_s, held.end_s) for held in run.trace.held_intervals("GP14")] == [(2, 4)]


def test_soil_gets_wetter_and_the_volts_fall_along_the_curve(pico, wired):
    source = "a = ADC(27)\nprint(a.read_u16() * 3.3 / 65535)\ntime.sleep(2)\nprint(a.read_u16() * 3.3 / 65535)\n"
    run = ran(
        pico, source, devices=[wired("soil-moisture", "GP27")], inputs=[Input(1, "soil-moisture", "moisture", 100)]
    )
    assert [float(word) for word in run.printed.split()] == pytest.approx([2.4 - 0.4 * 1.3, 1.1], abs=0.01)


def test_a_servo_turns_with_the_length_of_the_pulses(pico, wired):
    source = "s = PWM(Pin(15))\ns.freq(50)\nfor us in (500, 1500, 2500, 1000):\n    s.duty_u16(us * 65535 // 20000)\n    time.sleep(1)\n"
    run = ran(pico, source, devices=[wired("servo", "GP15", id="arm")])
    angles = events(run, "angle")
    assert [(us, name) for us, name, _ in angles] == [
        (0, "arm"),
        (1_000_000, "arm"),
        (2_000_000, "arm"),
        (3_000_000, "arm"),
    ]
    assert [degrees for *_, degrees in angles] == pytest.approx([0, 90, 180, 45], abs=0.3)


def test_a_servo_with_the_wrong_frequency_is_noticed(pico, wired):
    run = ran(pico, "PWM(Pin(15), freq=1000, duty_u16=5000)\n", devices=[wired("servo", "GP15")])
    assert (events(run, "angle"), run.trace.notes) == ([], (("GP15", "servo-freq"),))


def test_colour_lights_change_with_write_only(pico, wired):
    source = (
        "from neopixel import NeoPixel\nring = NeoPixel(Pin(16), 3)\nring[0] = (255, 0, 0)\ntime.sleep(1)\nring.write()\n"
        "ring.fill((0, 0, 9))\nring[-1] = (1, 2, 3)\nprint(ring[2], len(ring))\nring.write()\n"
    )
    run = ran(pico, source, devices=[wired("neopixel-ring", "GP16", id="ring", count=4)])
    first, second = events(run, "pixels")
    assert first[0] == pytest.approx(1_000_000, abs=300)
    assert first[1:] == ["ring", [[255, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]]
    assert second[2] == [[0, 0, 9], [0, 0, 9], [1, 2, 3], [0, 0, 0]]
    assert run.printed == "(1, 2, 3) 3\n"
    assert [pixels.device for pixels in run.trace.pixels] == ["ring", "ring"]


def test_a_light_or_colour_that_is_not_there_is_told(pico):
    head = HEAD + "from neopixel import NeoPixel\nring = NeoPixel(Pin(16), 8)\n"
    assert "0 bis 7" in pico.run(head + "ring[8] = (1, 1, 1)\n").error.message
    assert "0 bis 255" in pico.run(head + "ring[0] = (300, 0, 0)\n").error.message


def test_the_dht22_says_what_was_set_and_rests_two_seconds(pico, wired):
    source = (
        "import dht\nd = dht.DHT22(Pin(2))\nd.measure()\nprint(d.temperature(), d.humidity())\ntime.sleep(1)\nd.measure()\n"
        "print(d.temperature())\ntime.sleep(2)\nd.measure()\nprint(d.temperature())\n"
    )
    run = ran(pico, source, devices=[wired("dht22", "GP2")], inputs=[Input(0.5, "dht22", "temperature", -3.5)])
    assert run.printed == "21.0 45.0\n21.0\n-3.5\n"
    assert run.trace.notes == (("GP2", "dht-too-soon"),)


def test_a_sensor_at_another_pin_is_an_oserror_that_says_where_it_is(pico, wired):
    source = "import dht\nd = dht.DHT22(Pin(3))\n"
    failed = pico.run(HEAD + source + "d.measure()\n", devices=[wired("dht22", "GP2")]).error
    assert (failed.line, failed.message) == (5, "An GP3 antwortet kein Temperaturfühler. Angeschlossen ist er an GP2.")
    caught = source + "try:\n    d.measure()\nexcept OSError as e:\n    print('kein Wert', e.errno)\n"
    assert ran(pico, caught, devices=[wired("dht22", "GP2")]).printed == "kein Wert 110\n"


def test_the_other_dht_is_noticed(pico, wired):
    run = ran(pico, "import dht\nd = dht.DHT11(Pin(2))\nd.measure()\n", devices=[wired("dht22", "GP2")])
    assert run.trace.notes == (("GP2", "other-dht"),)


def test_an_echo_sensor_that_listens_hears_no_second_trigger(pico, wired):
    source = (
        "t, e, n = Pin(3, Pin.OUT), Pin(2, Pin.IN), []\ne.irq(lambda p: n.append(1), Pin.IRQ_RISING)\n"
        "for i in range(5):\n    t.on()\n    time.sleep_us(10)\n    t.off()\n    time.sleep_ms(1)\ntime.sleep(1)\nprint(len(n))\n"
    )
    inputs = [Input(0, "hcsr04", "distance", 300)]
    assert ran(pico, source, devices=[wired("hcsr04", "GP3", "GP2")], inputs=inputs).printed == "1\n"


def test_an_input_for_a_part_that_is_not_there_is_refused(pico):
    with pytest.raises(MakerwagenError, match="„taste“ ist kein Teil und kein Pin: Raspberry Pi Pico W"):
        pico.run("", inputs=[Input(1, "taste", "pressed", 1)])


def test_the_ds18x20_measures_after_three_quarters_of_a_second(pico, wired):
    source = (
        "import onewire, ds18x20\nd = ds18x20.DS18X20(onewire.OneWire(Pin(22)))\nroms = d.scan()\nprint(len(roms), roms[0][0])\n"
        "d.convert_temp()\nprint(d.read_temp(roms[0]))\nd.convert_temp()\ntime.sleep_ms(750)\nprint(d.read_temp(roms[0]))\n"
    )
    devices = [wired("ds18x20", "GP22", id="wasser")]
    run = ran(pico, source, devices=devices, inputs=[Input(0, "wasser", "temperature", -4.5)])
    assert run.printed == "1 40\n85.0\n-4.5\n"
    assert run.trace.notes == (("GP22", "ds18x20-too-soon"),)
    assert ran(pico, "import onewire\nprint(onewire.OneWire(Pin(21)).scan())\n", devices=devices).printed == "[]\n"


DISTANCE = {
    "time_pulse_us": "from machine import time_pulse_us\nt.on()\ntime.sleep_us(10)\nt.off()\nus = time_pulse_us(e, 1, 30000)\n",
    "loops": (
        "t.on()\ntime.sleep_us(10)\nt.off()\nwhile e.value() == 0:\n    a = time.ticks_us()\nwhile e.value() == 1:\n"
        "    b = time.ticks_us()\nus = time.ticks_diff(b, a)\n"
    ),
    "interrupt": (
        "times = []\ne.irq(lambda p: times.append(time.ticks_us()), Pin.IRQ_RISING | Pin.IRQ_FALLING)\n"
        "t.on()\ntime.sleep_us(10)\nt.off()\ntime.sleep_ms(60)\nus = time.ticks_diff(times[1], times[0])\n"
    ),
    "driver": "from hcsr04 import HCSR04\nus = HCSR04(Pin(3), Pin(2)).distance_cm() / 0.01715\n",
}


@pytest.mark.parametrize("way", DISTANCE)
@pytest.mark.parametrize("cm", [5, 60, 250])
def test_an_echo_is_as_long_as_the_distance_however_it_is_measured(pico, wired, way, cm):
    source = "t = Pin(3, Pin.OUT, value=0)\ne = Pin(2, Pin.IN)\n" + DISTANCE[way] + "print(us * 0.01715)\n"
    devices = [wired("hcsr04", "GP3", "GP2", id="ohr")]
    run = ran(pico, source, devices=devices, inputs=[Input(0, "ohr", "distance", cm)])
    assert float(run.printed) == pytest.approx(cm, rel=0.004, abs=0.2)
    assert run.trace.notes == ()


def test_a_display_shows_texts_and_points(pico, wired):
    source = (
        "import ssd1306\ni2c = I2C(0, sda=Pin(4), scl=Pin(5))\nprint(i2c.scan())\noled = ssd1306.SSD1306_I2C(128, 64, i2c)\n"
        "oled.text('Hallo', 0, 3)\noled.text('21.5 C', 16, 20)\noled.show()\ntime.sleep(1)\n"
        "oled.fill_rect(0, 0, 128, 16, 0)\noled.pixel(127, 63, 1)\noled.text('xx', 16, 20)\noled.show()\noled.show()\n"
    )
    run = ran(pico, source, devices=[wired("oled-display", "GP4", "GP5", id="bild")])
    first, second = events(run, "display")
    assert run.printed == "[60]\n"
    assert first[1:2] == ["bild"]
    assert first[2]["texts"] == [[0, 3, "Hallo"], [16, 20, "21.5 C"]]
    # Rubbed out; written over without rubbing out: nobody can read that.
    assert second[2]["texts"] == []
    bits = bytes.fromhex(second[2]["bits"])
    assert (len(bits), bits[-1]) == (1024, 128)
    assert [display.texts for display in run.trace.displays][0] == ("Hallo", "21.5 C")


def test_a_text_beyond_the_edge_is_cut_and_umlauts_are_noticed(pico, wired):
    source = (
        "import ssd1306\noled = ssd1306.SSD1306_I2C(128, 64, I2C(0, sda=Pin(4), scl=Pin(5)))\n"
        "oled.text('Luftfeuchte: 45 %', 0, 0)\noled.text('grün', 0, 56)\noled.show()\n"
    )
    run = ran(pico, source, devices=[wired("oled-display", "GP4", "GP5")])
    assert events(run, "display")[0][2]["texts"] == [[0, 0, "Luftfeuchte: 45 "], [0, 56, "gr▯▯n"]]
    assert ("text()", "no-umlauts") in run.trace.notes


def test_other_drivers_for_the_display_work_too(pico, wired):
    """Page by page and command by command, as older drivers do."""
    source = (
        "import framebuf\ni2c = SoftI2C(sda=Pin(4), scl=Pin(5))\nbuf = bytearray(1024)\nfb = framebuf.FrameBuffer(buf, 128, 64, framebuf.MONO_VLSB)\n"
        "fb.text('Seite', 8, 8)\nfb.hline(0, 63, 128, 1)\n"
        "for c in (0xAE, 0x20, 0x02, 0x8D, 0x14, 0xAF):\n    i2c.writeto(60, bytes([0x80, c]))\n"
        "for page in range(8):\n    for c in (0xB0 + page, 0x00, 0x10):\n        i2c.writeto(60, bytes([0x00, c]))\n"
        "    i2c.writeto(60, b'\\x40' + buf[page * 128:page * 128 + 128])\n"
    )
    run = ran(pico, source, devices=[wired("oled-display", "GP4", "GP5")])
    assert [picture["texts"] for *_, picture in events(run, "display")] == [[[8, 8, "Seite"]]]


def test_a_swapped_or_misplaced_bus_is_told(pico, wired):
    devices = [wired("oled-display", "GP4", "GP5")]
    run = ran(pico, "print(SoftI2C(sda=Pin(5), scl=Pin(4)).scan())\n", devices=devices)
    assert (run.printed, run.trace.notes) == ("[]\n", (("GP5", "display-swapped"),))
    failed = pico.run(
        HEAD + "import ssd1306\nssd1306.SSD1306_I2C(128, 64, I2C(0, sda=Pin(0), scl=Pin(1)))\n", devices=devices
    ).error
    assert failed.line == 4
    assert "0x3c" in failed.message
    assert "Angeschlossen ist das Teil an SDA GP4 und SCL GP5" in failed.message


WEATHER = "from bme280 import BME280\nw = BME280(I2C(1, sda=Pin(2), scl=Pin(3)))\nw.measure()\nprint(w.temperature(), w.humidity(), w.pressure())\n"


@pytest.mark.parametrize("weather", [(21, 45, 1013), (-12.3, 90, 958.4), (38.6, 5, 1061.2)])
def test_the_weather_sensor_gives_the_set_weather_to_a_usual_driver(pico, wired, weather):
    inputs = [
        Input(0, "bme280", name, value)
        for name, value in zip(("temperature", "humidity", "pressure"), weather, strict=True)
    ]
    run = ran(pico, WEATHER, devices=[wired("bme280", "GP2", "GP3")], inputs=inputs)
    assert [float(word) for word in run.printed.split()] == pytest.approx(weather, abs=0.11)


def test_a_dust_sensor_sends_each_second_and_a_wrong_baudrate_is_noticed(pico, wired):
    source = "from sds011 import SDS011\ns = SDS011(UART(1, baudrate={}, tx=Pin(4), rx=Pin(5)))\nprint(s.read())\ntime.sleep(3)\nprint(s.read(), s.read())\n"
    devices = [wired("sds011", "GP5", id="staub")]
    run = ran(pico, source.format(9600), devices=devices, inputs=[Input(1.5, "staub", "pm10", 23.4)])
    assert run.printed == "None\n(8.0, 23.4) None\n"
    run = ran(pico, source.format(115200), devices=devices)
    assert (run.printed, run.trace.notes) == ("None\nNone None\n", (("GP5", "wrong-baudrate"),))


def test_a_serial_line_waits_as_long_as_it_was_told(pico, wired):
    source = "u = UART(1, baudrate=9600, rx=Pin(5), timeout=1500)\nprint(len(u.read(10)), time.ticks_ms())\nbuf = bytearray(4)\nprint(u.readinto(buf), u.any())\n"
    assert ran(pico, source, devices=[wired("sds011", "GP5")]).printed == "10 1000\n4 6\n"


def test_the_display_hangs_on_any_two_pins_of_an_esp32(esp32, wired):
    source = "import ssd1306\no = ssd1306.SSD1306_I2C(128, 64, I2C(0, sda=Pin(21), scl=Pin(22)))\no.text('da', 0, 0)\no.show()\n"
    run = ran(esp32, source, devices=[wired("oled-display", "GPIO21", "GPIO22")])
    assert events(run, "display")[-1][2]["texts"] == [[0, 0, "da"]]

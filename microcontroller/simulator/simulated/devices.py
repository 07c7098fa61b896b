"""Plays the parts wired to the board: what they do to pins, and what they notice of them."""

# Only what the exercise wires is made; what needs a bus of its own lies in simulated/chips.
from math import pi, sin

import simulated_board as board

SOUND_US_PER_CM = 58.3  # there and back at 343 m/s
ECHO_STARTS_US = 460
NOTHING_SEEN_US = 38000
FARTHEST_CM = 400
SOUND_HZ = 437
NO_CABLE = "Der Sensor antwortet nicht: Sein Kabel ist ab."

dht = {}  # pin -> device
onewire = {}
pixels = {}
i2c = []  # (sda, scl, address, chip, device)
uart = {}  # the board's rx pin -> device that sends
uart_tx = {}  # the board's tx pin -> device that listens


def attach_again():
    """Wire the devices anew after a reset; their controls stay as they are."""
    del i2c[:]
    attach_all()


def attach_all():
    """Wire every device of the exercise."""
    for device in board.devices:
        if device["kind"] in KINDS:
            KINDS[device["kind"]](device)


def value_of(device, control):
    """Return what a control of the device is set to."""
    return board.controls[device["id"]].get(control, 0)


def unplugged(device):
    """Say whether the device's cable is off, which nodes have to bear."""
    return bool(value_of(device, "unplugged"))


def first(device):
    """Return the device's first pin."""
    for pin in device["pins"].values():
        return pin


def button(device):
    """Join the pin with GND or the supply while it is pressed."""
    pin, level = first(device), device["other_leg_level"]

    def moved(control, value):
        board.drive(pin, level if value else None)

    board.on_control[device["id"]] = moved
    if value_of(device, "pressed"):
        board.driven[pin] = level


def digital(device):
    """Give the pin a high level while the sensor notices something."""
    pin = first(device)
    board.sensors.add(pin)

    def moved(control, value):
        board.drive(pin, 1 if value else 0)

    board.on_control[device["id"]] = moved
    board.driven[pin] = 1 if any(board.controls[device["id"]].values()) else 0


def analog(device):
    """Give the pin the volts of the part's curve."""
    from simulated.analog import volts_at, volts_of

    pin = first(device)
    names = list(device["controls"])

    def volts():
        value = volts_of(device["curve"], value_of(device, names[0]))
        if not device.get("swings"):
            return value
        return (board.volts + value * sin(2 * pi * SOUND_HZ * board.now_us / 1000000)) / 2

    def moved(control, value):
        board.drive(pin, 1 if volts() > board.volts / 2 else 0)

    volts_at[pin] = volts
    board.sensors.add(pin)
    board.on_control[device["id"]] = moved
    board.driven[pin] = 1 if volts() > board.volts / 2 else 0


def servo(device):
    """Turn to the angle of the pulses: 0.5 to 2.5 ms are 0 to 180 degrees, if there are 40 to 60 in a second."""
    last = [None]

    def pulsed(freq, duty):
        if not freq or not duty:
            return
        if not 40 <= freq <= 60:
            board.note(first(device), "servo-freq")
            return
        ms = duty / freq * 1000
        if ms > 2.7 or ms < 0.3:
            board.note(first(device), "servo-pulse")
        degrees = round(max(0.0, min(180.0, (ms - 0.5) * 90)), 1)
        if last[0] is None or abs(degrees - last[0]) >= 0.5:
            last[0] = degrees
            board.write("angle", board.now_us, device["id"], degrees)

    board.pulses[first(device)] = pulsed


def hcsr04(device):
    """Answer a pulse on the trigger with an echo as long as sound needs to the obstacle and back."""
    trigger, echo = device["pins"]["trigger"], device["pins"]["echo"]
    since, ready = [None], [0]
    board.driven[echo] = 0
    board.sensors.add(echo)

    def triggered(level):
        if level:
            since[0] = board.now_us
        elif since[0] is not None and board.now_us >= ready[0]:  # while it listens, it hears no trigger
            if board.now_us - since[0] < 10:
                board.note(trigger, "trigger-too-short")
            start = board.now_us + ECHO_STARTS_US
            if unplugged(device):
                return
            cm = value_of(device, "distance")
            long = NOTHING_SEEN_US if cm > FARTHEST_CM else round(cm * SOUND_US_PER_CM)
            ready[0] = start + long
            board.at(start, lambda: board.drive(echo, 1))
            board.at(start + long, lambda: board.drive(echo, 0))

    board.watchers[trigger] = triggered


def at_pin(table):
    """Return a function that puts a device into `table` under its pin."""

    def put(device):
        table[first(device)] = device

    return put


def ssd1306(device):
    """Put the display on its I2C bus."""
    from simulated.chips.ssd1306 import Chip

    on_i2c(device, 0x3C, Chip(device))


def bme280(device):
    """Put the weather sensor on its I2C bus."""
    from simulated.chips.bme280 import Chip

    on_i2c(device, 0x76, Chip(device))


def on_i2c(device, address, chip):
    """Put a chip on the bus that its pins are wired to."""
    i2c.append((device["pins"]["sda"], device["pins"]["scl"], address, chip, device))


def sds011(device):
    """Let the dust sensor send a line of bytes each second."""
    from simulated.chips.sds011 import frame

    uart[device["pins"]["tx"]] = lambda: b"" if unplugged(device) else frame(device)


KINDS = {
    "button": button,
    "digital": digital,
    "analog": analog,
    "servo": servo,
    "hcsr04": hcsr04,
    "neopixel": at_pin(pixels),
    "dht22": at_pin(dht),
    "dht11": at_pin(dht),
    "ds18x20": at_pin(onewire),
    "ssd1306": ssd1306,
    "bme280": bme280,
    "sds011": sds011,
}

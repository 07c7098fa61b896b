"""Measures distances with the ultrasonic sensor HC-SR04; for a real board and the simulated one alike."""

# Copy this file to the board. The echo pin of the sensor gives 5 volts: a voltage divider belongs in between.
from machine import Pin, time_pulse_us
from time import sleep_us

FARTHEST_US = 30000
CM_PER_US = 0.0343 / 2  # sound at 20 °C, there and back


class HCSR04:
    """A sensor at two pins."""

    def __init__(self, trigger, echo):
        self.trigger = trigger if isinstance(trigger, Pin) else Pin(trigger)
        self.echo = echo if isinstance(echo, Pin) else Pin(echo)
        self.trigger.init(Pin.OUT, value=0)
        self.echo.init(Pin.IN)

    def distance_cm(self):
        """Return centimetres, or None when nothing answers."""
        self.trigger.off()
        sleep_us(5)
        self.trigger.on()
        sleep_us(10)
        self.trigger.off()
        us = time_pulse_us(self.echo, 1, FARTHEST_US)
        return None if us < 0 else us * CM_PER_US

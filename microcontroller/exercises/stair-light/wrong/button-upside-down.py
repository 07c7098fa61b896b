"""Gedrückt ist 0, nicht 1."""

from machine import Pin
from time import sleep

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)

while True:
    if taster.value() == 1:
        licht.on()
        sleep(4)
        licht.off()
    sleep(0.1)

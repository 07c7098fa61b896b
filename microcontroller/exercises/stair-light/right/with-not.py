"""not taster.value() heißt: gedrückt."""

from machine import Pin
from time import sleep

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)

while True:
    if not taster.value():
        licht.on()
        sleep(3.8)
        licht.off()
    sleep(0.1)

"""Das Programm zählt Zehntelsekunden und verlängert beim Drücken."""

from machine import Pin
from time import sleep

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)

rest = 0
while True:
    if taster.value() == 0:
        rest = 40
    licht.value(1 if rest > 0 else 0)
    rest = rest - 1
    sleep(0.1)

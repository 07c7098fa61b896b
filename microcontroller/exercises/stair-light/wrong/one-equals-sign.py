"""Ein Vergleich braucht zwei Gleichheitszeichen."""

from machine import Pin
from time import sleep

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)

while True:
    if taster.value() = 0:
        licht.on()
        sleep(4)
        licht.off()
    sleep(0.1)

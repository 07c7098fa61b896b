"""Ohne Pull-up hängt der Taster in der Luft."""

from machine import Pin
from time import sleep

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN)

while True:
    if taster.value() == 0:
        licht.on()
        sleep(4)
        licht.off()
    sleep(0.1)

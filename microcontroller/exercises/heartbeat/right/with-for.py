"""Ein Doppelschlag mit for."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

while True:
    for schlag in range(2):
        herz.on()
        sleep(0.15)
        herz.off()
        sleep(0.25)
    sleep(0.8)

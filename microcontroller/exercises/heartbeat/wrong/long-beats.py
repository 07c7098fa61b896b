"""Die Schläge sind eine Sekunde lang."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

while True:
    herz.on()
    sleep(1)
    herz.off()
    sleep(0.2)
    herz.on()
    sleep(1)
    herz.off()
    sleep(1)

"""for zählt nur bis 2, ein Herz hört nie auf."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

for schlag in range(2):
    herz.on()
    sleep(0.2)
    herz.off()
    sleep(0.2)
    herz.on()
    sleep(0.2)
    herz.off()
    sleep(1)

"""Gerechnet in Prozent und mit value."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
GRENZE = 30

while True:
    helligkeit = sensor.read_u16() * 100 / 65535
    print("Helligkeit:", helligkeit)
    licht.value(helligkeit < GRENZE)
    sleep(0.5)

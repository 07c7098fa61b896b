"""Ein neuntes Licht gibt es nicht."""

from machine import ADC, Pin
from neopixel import NeoPixel
from time import sleep

ring = NeoPixel(Pin(2), 8)
knopf = ADC(Pin(26))

while True:
    wert = knopf.read_u16()
    rot = wert * 60 // 65535
    blau = 60 - rot
    for nummer in range(9):
        ring[nummer] = (rot, 0, blau)
    ring.write()
    sleep(0.1)

"""Rot oder Blau, dazwischen nichts."""

from machine import ADC, Pin
from neopixel import NeoPixel
from time import sleep

ring = NeoPixel(Pin(2), 8)
knopf = ADC(Pin(26))

while True:
    wert = knopf.read_u16()
    if wert > 40000:
        rot, blau = 60, 0
    else:
        rot, blau = 0, 60
    for nummer in range(8):
        ring[nummer] = (rot, 0, blau)
    ring.write()
    sleep(0.1)

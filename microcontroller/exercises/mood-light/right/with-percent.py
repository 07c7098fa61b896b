"""Gerechnet in Prozent und mit Kommazahlen."""

from machine import ADC, Pin
from neopixel import NeoPixel
from time import sleep

ring = NeoPixel(Pin(2), 8)
knopf = ADC(Pin(26))

while True:
    wert = knopf.read_u16()
    anteil = wert / 65535
    rot = int(40 * anteil)
    blau = int(40 * (1 - anteil))
    for nummer in range(8):
        ring[nummer] = (rot, 0, blau)
    ring.write()
    sleep(0.1)

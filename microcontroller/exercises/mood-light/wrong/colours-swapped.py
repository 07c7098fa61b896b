"""Links ist der Ring rot statt blau."""

from machine import ADC, Pin
from neopixel import NeoPixel
from time import sleep

ring = NeoPixel(Pin(2), 8)
knopf = ADC(Pin(26))

while True:
    wert = knopf.read_u16()
    rot = wert * 60 // 65535
    blau = 60 - rot
    for nummer in range(8):
        ring[nummer] = (blau, 0, rot)
    ring.write()
    sleep(0.1)

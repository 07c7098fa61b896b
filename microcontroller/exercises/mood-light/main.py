# Stimmungslicht: Bis jetzt leuchtet nur ein Licht, und der Knopf ändert nichts.

from machine import ADC, Pin
from neopixel import NeoPixel
from time import sleep

ring = NeoPixel(Pin(2), 8)  # 8 Lichter, gezählt von 0 bis 7
knopf = ADC(Pin(26))

while True:
    wert = knopf.read_u16()  # ganz links 0, ganz rechts 65535
    print("Knopf:", wert)
    # Hier bist du dran: Eine Farbe ist (rot, grün, blau).
    ring[0] = (0, 0, 60)
    ring.write()
    sleep(0.2)

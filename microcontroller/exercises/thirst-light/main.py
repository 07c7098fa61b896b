# Durstlicht: Der Fühler misst schon. Das Licht weiß noch nichts davon.

from machine import ADC, Pin
from time import sleep

fuehler = ADC(Pin(26))
licht = Pin("LED", Pin.OUT)
TROCKEN = 47700  # in trockener Erde gemessen
NASS = 21900  # in nasser Erde gemessen
GRENZE = 30  # Prozent

while True:
    wert = fuehler.read_u16()
    print("Rohwert:", wert)
    # Hier bist du dran: Wie viel Prozent sind das, und wann leuchtet es?
    sleep(1)

"""Mit einer Funktion und value."""

from machine import ADC, Pin
from time import sleep

fuehler = ADC(Pin(26))
licht = Pin("LED", Pin.OUT)
TROCKEN = 47700
NASS = 21900
GRENZE = 30


def feuchte(wert):
    return 100 * (wert - TROCKEN) / (NASS - TROCKEN)


while True:
    wert = fuehler.read_u16()
    prozent = feuchte(wert)
    print("Feuchte:", round(prozent), "Prozent")
    licht.value(prozent < GRENZE)
    sleep(1)

"""Ohne Klammern wird zuerst geteilt."""

from machine import ADC, Pin
from time import sleep

fuehler = ADC(Pin(26))
licht = Pin("LED", Pin.OUT)
TROCKEN = 47700
NASS = 21900
GRENZE = 30

while True:
    wert = fuehler.read_u16()
    prozent = TROCKEN - wert / TROCKEN - NASS * 100
    print("Feuchte:", round(prozent), "Prozent")
    if prozent < GRENZE:
        licht.on()
    else:
        licht.off()
    sleep(1)

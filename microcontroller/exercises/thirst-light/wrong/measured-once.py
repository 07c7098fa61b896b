"""Gemessen wird nur einmal, vor der Schleife."""

from machine import ADC, Pin
from time import sleep

fuehler = ADC(Pin(26))
licht = Pin("LED", Pin.OUT)
TROCKEN = 47700
NASS = 21900
GRENZE = 30

wert = fuehler.read_u16()
while True:
    prozent = (TROCKEN - wert) / (TROCKEN - NASS) * 100
    print("Feuchte:", round(prozent), "Prozent")
    if prozent < GRENZE:
        licht.on()
    else:
        licht.off()
    sleep(1)

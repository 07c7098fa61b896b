"""Nur laut oder leise, nichts dazwischen."""

import settings
from calibration import percent
from machine import ADC, Pin
from station import from_settings
from time import sleep_us

ABSTAND_S = 30
LEISE = 1000    # Eichen: Ausschlag, wenn niemand etwas sagt
LAUT = 59500    # Eichen: Ausschlag, wenn ihr direkt daneben klatscht

mikrofon = ADC(Pin(26))
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)
ausschlaege = []


def ausschlag():
    # Schall lässt die Zahl zittern. Größte minus kleinste Zahl in 50 ms: so stark
    # zittert sie.
    # Nur diese zwei Zahlen merkt sich das Programm. Daraus kann niemand ein Wort
    # zurückholen.
    kleinste, groesste = 65535, 0
    for _ in range(100):
        wert = mikrofon.read_u16()
        kleinste = min(kleinste, wert)
        groesste = max(groesste, wert)
        sleep_us(500)
    return groesste - kleinste


def senden():
    mittel = sum(ausschlaege) / len(ausschlaege)
    ausschlaege.clear()
    laut = 100 if mittel > 20000 else 0
    print("Ausschlag", round(mittel), "sind", laut, "%")
    station.send("loudness", laut, "%")


while True:
    for _ in range(ABSTAND_S):
        ausschlaege.append(ausschlag())
        # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem
        # Board.
        station.wait(0.95)
    senden()

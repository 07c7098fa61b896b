"""Aus None lässt sich nichts rechnen."""

import settings
from calibration import median
from hcsr04 import HCSR04
from machine import Pin
from station import from_settings
from time import sleep_ms

ABSTAND_S = 60
HOEHE_CM = 100.0   # Eichen: mit dem Zollstock vom Sensor bis zum Boden der Tonne
# So viel schwankt der Sensor. Ist die Tonne leer, heißt -0.4 also 0.
GENAU_CM = 1.0

sensor = HCSR04(trigger=2, echo=3)
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)


def abstand():
    echos = []
    for _ in range(5):
        cm = sensor.distance_cm()
        if cm is not None:
            echos.append(cm)
        sleep_ms(60)  # Das alte Echo muss erst verklingen.
    if len(echos) < 3:
        return None
    return median(echos)  # das mittlere: Ein falsches Echo vom Rand zählt nicht.


def messen():
    cm = abstand()
    wasser = HOEHE_CM - cm
    if -GENAU_CM <= wasser < 0:
        wasser = 0.0
    print("Abstand", round(cm, 1), "cm, Wasser", round(wasser, 1), "cm")
    # Der geht nie verloren, auch wenn die Höhe falsch war.
    station.send("distance", round(cm, 1), "cm")
    station.send("water-level", round(wasser, 1), "cm")


while True:
    messen()
    # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem Board.
    station.wait(ABSTAND_S)

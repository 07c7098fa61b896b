"""Unmögliche Zahlen werden mitgezählt."""

import settings
from machine import UART, Pin
from sds011 import SDS011
from station import from_settings

ABSTAND_S = 60
# So lange läuft der Lüfter ein. Was der Sensor vorher sagt, zählt nicht.
WARM_S = 30
# Eichen: Wert der amtlichen Messstation geteilt durch deinen, über einen ganzen Tag
# gemittelt
FAKTOR = 1.0

# Die Prüfsumme jeder Nachricht prüft sds011.py.
sensor = SDS011(UART(0, baudrate=9600, tx=Pin(0), rx=Pin(1)))
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)
fein, grob = [], []


def zuhoeren():
    werte = sensor.read()
    if werte is None:
        return
    pm25, pm10 = werte
    if pm25 > pm10:
        print("komisch")
    fein.append(pm25)
    grob.append(pm10)


def senden():
    if not fein:
        print("Der Sensor sagt nichts. Dreht sich sein Lüfter, und sitzt das Kabel an TX fest?")
        return  # Nichts senden: Eine Lücke ist ehrlicher als eine erfundene Zahl.
    pm25 = FAKTOR * sum(fein) / len(fein)
    pm10 = FAKTOR * sum(grob) / len(grob)
    print("PM2.5:", round(pm25, 1), "PM10:", round(pm10, 1), "Mittel aus", len(fein))
    fein.clear()
    grob.clear()
    station.send("pm25", round(pm25, 1), "µg/m³")
    station.send("pm10", round(pm10, 1), "µg/m³")


for _ in range(WARM_S):
    station.wait(1)
    sensor.read()  # zählt nicht
while True:
    for _ in range(ABSTAND_S):
        # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem
        # Board.
        station.wait(1)
        zuhoeren()
    senden()

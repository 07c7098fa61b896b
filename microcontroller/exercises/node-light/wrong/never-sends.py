"""Gemessen wird, aber gesendet nicht."""

import settings
from calibration import median, percent
from machine import ADC, Pin
from station import from_settings
from time import sleep_ms

ABSTAND_S = 30
DUNKEL = 2000   # Eichen: Rohwert, wenn du den Sensor mit der Hand zuhältst
HELL = 59500    # Eichen: Rohwert, wenn eine Lampe dicht über ihm leuchtet

sensor = ADC(Pin(26))
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)


def messen():
    rohwerte = []
    for _ in range(9):
        rohwerte.append(sensor.read_u16())
        sleep_ms(10)
    # der mittlere von neun: Ein einzelner Ausreißer zählt nicht.
    rohwert = median(rohwerte)
    hell = percent(rohwert, DUNKEL, HELL)
    print("Rohwert", rohwert, "sind", hell, "%")


while True:
    messen()
    # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem Board.
    station.wait(ABSTAND_S)

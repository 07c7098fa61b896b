"""Alle 5 Sekunden ist für Wetter zu oft."""

import settings
from bme280 import BME280
from machine import I2C, Pin
from station import from_settings

ABSTAND_S = 5        # Wetter ändert sich langsam. Eine Minute reicht.
KORREKTUR = 0.0       # Eichen: gutes Thermometer minus Fühler, in Grad
# Eichen: Wetterdienst (an deinem Ort, auf deiner Höhe) minus Fühler
KORREKTUR_HPA = 0.0

bus = I2C(0, sda=Pin(21), scl=Pin(22))
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)
fuehler = None


def messen():
    global fuehler
    try:
        if fuehler is None:
            fuehler = BME280(bus)
        fuehler.measure()
    except OSError:
        # Beim nächsten Mal fängt er neu an: So darf das Kabel auch wieder dran.
        fuehler = None
        print("Der Fühler antwortet nicht. Sitzen SDA und SCL fest?")
        return  # Nichts senden: Eine Lücke ist ehrlicher als eine erfundene Zahl.
    grad = fuehler.temperature() + KORREKTUR
    hpa = fuehler.pressure() + KORREKTUR_HPA
    feuchte = fuehler.humidity()
    print("gemessen:", grad, "°C", feuchte, "%", hpa, "hPa")
    station.send("temperature", round(grad, 1), "°C")
    station.send("humidity", feuchte, "%")
    station.send("pressure", round(hpa, 1), "hPa")


while True:
    messen()
    # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem Board.
    station.wait(ABSTAND_S)

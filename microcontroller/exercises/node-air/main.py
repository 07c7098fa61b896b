# Klima-Knoten: misst alle 30 Sekunden Temperatur und Luftfeuchte und sendet sie an
# den Wagen.

import settings
from dht import DHT22
from machine import Pin
from station import from_settings

# Luft ändert sich langsam. Öfter messen macht den Fühler nur warm.
ABSTAND_S = 30
KORREKTUR = 0.0   # Eichen: gutes Thermometer minus Fühler, in Grad

fuehler = DHT22(Pin(2))
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)


def messen():
    try:
        fuehler.measure()
    except OSError:
        print("Der Fühler antwortet nicht. Sitzt sein Kabel fest?")
        return  # Nichts senden: Eine Lücke ist ehrlicher als eine erfundene Zahl.
    if fuehler.humidity() == 0:
        print("Nur Nullen. So trocken ist keine Luft, das ist keine Messung.")
        return
    grad = fuehler.temperature() + KORREKTUR
    feuchte = fuehler.humidity()
    print("gemessen:", grad, "°C", feuchte, "%")
    station.send("temperature", round(grad, 1), "°C")
    station.send("humidity", feuchte, "%")


station.wait(2)  # Der Fühler braucht nach dem Einschalten 2 Sekunden.
while True:
    messen()
    # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem Board.
    station.wait(ABSTAND_S)

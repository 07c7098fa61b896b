"""Eine Anzahl hat keine Einheit."""

import settings
from machine import Pin
from station import from_settings
from time import ticks_add, ticks_diff, ticks_ms

# Nur die Summe einer Minute geht hinaus, nie der Moment, in dem jemand vorbeikam.
ABSTAND_S = 60
# Eichen: Zwei Beine sind ein Mensch. Was so kurz danach kommt, zählt nicht noch
# einmal.
RUHE_MS = 1000

schranke = Pin(27, Pin.IN)
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)
anzahl = 0
gemeldet = 0
gesehen = 0
gezaehlt = ticks_add(ticks_ms(), -RUHE_MS)
unterbrechungen = 0


def unterbrochen(pin):
    global anzahl, gezaehlt, unterbrechungen
    unterbrechungen = unterbrechungen + 1
    jetzt = ticks_ms()
    if ticks_diff(jetzt, gezaehlt) >= RUHE_MS:
        gezaehlt = jetzt
        anzahl = anzahl + 1


def melden():
    global gemeldet, gesehen, gezaehlt
    ruhig = unterbrechungen == gesehen
    gesehen = unterbrechungen
    if ruhig:
        # denn ticks_ms() fängt nach 12 Tagen von vorn an
        gezaehlt = ticks_add(ticks_ms(), -RUHE_MS)
    if ruhig and schranke.value() == 1:
        print("Die ganze Zeit steht etwas im Strahl. Eine 0 wäre gelogen, also wird nichts gesendet.")
        return
    neu = anzahl - gemeldet
    gemeldet = gemeldet + neu
    print("in dieser Minute:", neu)
    station.send("count", neu, "Personen")


schranke.irq(handler=unterbrochen, trigger=Pin.IRQ_RISING)
while True:
    # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem Board.
    station.wait(ABSTAND_S)
    melden()

"""Rohwert durch 65535: Prozent ohne Eichung."""
# Eichen mit dem Taster: einmal in trockener Erde drücken, dann einmal in nasser.
# Das Board merkt es sich.

import settings
from calibration import TwoPoints, median
from machine import ADC, Pin
from station import from_settings
from time import sleep_ms, ticks_add, ticks_diff, ticks_ms

ABSTAND_S = 300  # Erde trocknet langsam: Alle 5 Minuten ist oft genug.

# Der ESP32 misst so bis etwa 3 Volt, sonst nur bis 1 Volt.
fuehler = ADC(Pin(34), atten=ADC.ATTN_11DB)
taster = Pin(33, Pin.IN, Pin.PULL_UP)
geeicht = Pin(25, Pin.OUT)
eichung = TwoPoints("erde.json")  # 0 % ist trocken, 100 % ist nass
# Name, WLAN und Passwort stehen nur auf dem Board, in settings.py
station = from_settings(settings)


def rohwert():
    werte = []
    for _ in range(9):
        werte.append(fuehler.read_u16())
        sleep_ms(10)
    # der mittlere von neun: Ein einzelner Ausreißer zählt nicht.
    return median(werte)


def eichen():
    wert = rohwert()
    punkt = eichung.learn(wert)
    if punkt == 0:
        print("trocken:", wert, "- jetzt in nasse Erde stecken und noch einmal drücken")
    elif punkt == 100:
        print("nass:", wert, "- fertig geeicht")
    else:
        print("nass:", wert, "- das ist fast wie trocken. Ist die Erde wirklich nass? Noch einmal drücken.")
    geeicht.value(eichung.ready())


def messen():
    wert = rohwert()
    feuchte = wert * 100 / 65535
    print("Rohwert", wert, "sind", feuchte, "%")
    station.send("soil-moisture", feuchte, "%")


geeicht.value(eichung.ready())
gedrueckt = False
dran = ticks_ms()
while True:
    war, gedrueckt = gedrueckt, taster.value() == 0
    if gedrueckt and not war:
        eichen()
        dran = ticks_ms()  # gleich danach messen: So siehst du, ob es stimmt.
    if ticks_diff(ticks_ms(), dran) >= 0:
        dran = ticks_add(ticks_ms(), ABSTAND_S * 1000)
        messen()
    # Inzwischen wird gesendet, was noch wartet. Ohne WLAN bleibt es auf dem Board.
    station.wait(0.1)

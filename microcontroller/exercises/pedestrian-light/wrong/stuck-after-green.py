"""Nach gehen folgt kein neuer Zustand: Die Ampel bleibt stehen."""

from machine import Pin
from time import sleep

auto_rot = Pin(10, Pin.OUT)
auto_gelb = Pin(11, Pin.OUT)
auto_gruen = Pin(12, Pin.OUT)
fuss_rot = Pin(13, Pin.OUT)
fuss_gruen = Pin(14, Pin.OUT)
taster = Pin(15, Pin.IN, Pin.PULL_UP)


def zeige(a_rot, a_gelb, a_gruen, f_rot, f_gruen):
    auto_rot.value(a_rot)
    auto_gelb.value(a_gelb)
    auto_gruen.value(a_gruen)
    fuss_rot.value(f_rot)
    fuss_gruen.value(f_gruen)


zustand = "fahren"
while True:
    if zustand == "fahren":
        zeige(0, 0, 1, 1, 0)
        if taster.value() == 0:
            zustand = "bremsen"
    elif zustand == "bremsen":
        zeige(0, 1, 0, 1, 0)
        sleep(3)
        zustand = "gehen"
    elif zustand == "gehen":
        zeige(1, 0, 0, 0, 1)
        sleep(6)
    elif zustand == "raeumen":
        zeige(1, 0, 0, 1, 0)
        sleep(5)
        zustand = "bereit"
    elif zustand == "bereit":
        zeige(1, 1, 0, 1, 0)
        sleep(1)
        zustand = "fahren"
    sleep(0.1)

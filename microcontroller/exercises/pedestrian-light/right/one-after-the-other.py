"""Ohne Zustände: Die Ampel wartet auf den Druck und geht dann alle Schritte der Reihe nach durch."""

from machine import Pin
from time import sleep

lichter = [Pin(nummer, Pin.OUT) for nummer in (10, 11, 12, 13, 14)]
taster = Pin(15, Pin.IN, Pin.PULL_UP)

SCHRITTE = [
    ((0, 1, 0, 1, 0), 3),
    ((1, 0, 0, 0, 1), 8),
    ((1, 0, 0, 1, 0), 4),
    ((1, 1, 0, 1, 0), 1.5),
]


def zeige(muster):
    for licht, an in zip(lichter, muster):
        licht.value(an)


while True:
    zeige((0, 0, 1, 1, 0))
    while taster.value():
        sleep(0.02)
    for muster, sekunden in SCHRITTE:
        zeige(muster)
        sleep(sekunden)

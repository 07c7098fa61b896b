# Reaktionsspiel: Das Licht geht an, aber noch misst niemand die Zeit.

import random
from machine import Pin
from time import sleep, ticks_diff, ticks_ms

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)
gedrueckt_ms = None  # Wann jemand gedrückt hat; None heißt: noch niemand


def gedrueckt(pin):
    """Läuft in dem Moment, in dem jemand drückt, auch während sleep()."""
    global gedrueckt_ms
    if gedrueckt_ms is None:
        gedrueckt_ms = ticks_ms()


taster.irq(handler=gedrueckt, trigger=Pin.IRQ_FALLING)

while True:
    licht.off()
    sleep(random.uniform(2, 5))
    licht.on()
    # Hier bist du dran: Wann geht das Licht an? Wann drückt jemand? ticks_diff(später, früher) ist der Unterschied.
    sleep(2)

"""Die Uhr läuft schon, bevor das Licht angeht."""

import random
from machine import Pin
from time import sleep, ticks_diff, ticks_ms

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)
gedrueckt_ms = None


def gedrueckt(pin):
    global gedrueckt_ms
    if gedrueckt_ms is None:
        gedrueckt_ms = ticks_ms()


taster.irq(handler=gedrueckt, trigger=Pin.IRQ_FALLING)

while True:
    licht.off()
    start_ms = ticks_ms()
    sleep(random.uniform(2, 5))
    gedrueckt_ms = None
    licht.on()
    while gedrueckt_ms is None:
        sleep(0.01)
    licht.off()
    print("Deine Zeit:", ticks_diff(gedrueckt_ms, start_ms), "ms")

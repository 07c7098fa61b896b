"""Zufall in Millisekunden, gemessen im Interrupt."""

import random
from machine import Pin
from time import sleep, sleep_ms, ticks_diff, ticks_ms

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
    sleep_ms(random.randint(2000, 5000))
    gedrueckt_ms = None
    start_ms = ticks_ms()
    licht.on()
    while gedrueckt_ms is None:
        sleep(0.01)
    licht.off()
    print("Deine Zeit:", ticks_diff(gedrueckt_ms, start_ms), "ms")

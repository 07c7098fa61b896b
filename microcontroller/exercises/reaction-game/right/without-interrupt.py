"""Eine schnelle Schleife misst auch genau genug."""

import random
from machine import Pin
from time import sleep, ticks_diff, ticks_ms

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)

while True:
    licht.off()
    sleep(random.uniform(2, 5))
    start_ms = ticks_ms()
    licht.on()
    while taster.value() == 1:
        sleep(0.001)
    gedrueckt_ms = ticks_ms()
    licht.off()
    print("Deine Zeit:", ticks_diff(gedrueckt_ms, start_ms), "ms")

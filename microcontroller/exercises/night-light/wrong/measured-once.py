"""Gemessen wird nur einmal, vor der Schleife."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
GRENZE = 25000

helligkeit = sensor.read_u16()
while True:
    print("Helligkeit:", helligkeit)
    if helligkeit < GRENZE:
        licht.on()
    else:
        licht.off()
    sleep(0.5)

"""Auch am Tag ist die Zahl kleiner als diese Grenze."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
GRENZE = 60000

while True:
    helligkeit = sensor.read_u16()
    print("Helligkeit:", helligkeit)
    if helligkeit < GRENZE:
        licht.on()
    else:
        licht.off()
    sleep(0.5)

"""Kommazahlen haben im Programm einen Punkt."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

while True:
    herz.on()
    sleep(0,2)
    herz.off()
    sleep(0,2)
    herz.on()
    sleep(0,2)
    herz.off()
    sleep(1)

"""Fünfmal eine Sekunde warten ist auch richtig."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.on()
for sekunde in range(5):
    sleep(1)
rot.off()

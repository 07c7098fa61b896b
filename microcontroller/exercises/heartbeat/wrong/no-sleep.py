"""Ohne Warten wechselt das Licht viel zu schnell."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

while True:
    herz.on()
    herz.off()
    herz.on()
    herz.off()

"""Ohne Schleife schlägt das Herz nur ein Mal doppelt."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

herz.on()
sleep(0.2)
herz.off()
sleep(0.2)
herz.on()
sleep(0.2)
herz.off()
sleep(1)

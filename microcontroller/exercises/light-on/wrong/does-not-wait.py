"""Ohne Warten sieht niemand das Licht."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.on()
rot.off()

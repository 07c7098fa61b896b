"""Rot ist nicht rot."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

Rot.on()
sleep(5)
rot.off()

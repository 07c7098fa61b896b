"""Statt on und off geht auch value mit 1 und 0."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.value(1)
sleep(5)
rot.value(0)

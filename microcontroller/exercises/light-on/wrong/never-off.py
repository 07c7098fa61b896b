"""Die Lampe geht nie aus."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.on()
sleep(5)
rot.on()

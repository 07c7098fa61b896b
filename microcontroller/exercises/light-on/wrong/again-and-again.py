"""Die Schleife macht die Lampe immer wieder an."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

while True:
    rot.on()
    sleep(5)
    rot.off()
    sleep(2)

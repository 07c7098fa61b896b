"""Die Lampe ist 10 Sekunden an."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.on()
sleep(10)
rot.off()

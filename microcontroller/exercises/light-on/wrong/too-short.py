"""Die Lampe ist nur 2 Sekunden an."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.on()
sleep(2)
rot.off()

"""onn gibt es nicht."""

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)

rot.onn()
sleep(5)
rot.off()

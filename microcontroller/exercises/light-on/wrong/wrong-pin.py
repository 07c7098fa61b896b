"""Die Lampe steckt an GP15, das Programm meint GP5."""

from machine import Pin
from time import sleep

rot = Pin(5, Pin.OUT)

rot.on()
sleep(5)
rot.off()

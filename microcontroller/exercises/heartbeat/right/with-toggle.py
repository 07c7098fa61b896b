"""toggle dreht das Licht um."""

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

while True:
    for pause in (0.3, 0.3, 0.3, 1.2):
        herz.toggle()
        sleep(pause)

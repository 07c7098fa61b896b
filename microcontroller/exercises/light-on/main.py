# Bitte leise! Die rote Lampe ist noch zu kurz an.

from machine import Pin
from time import sleep

rot = Pin(15, Pin.OUT)  # Die Lampe steckt an GP15.

rot.on()    # Licht an
sleep(1)    # 1 Sekunde warten
rot.off()   # Licht aus

# Herzschlag: Bis jetzt schlägt das Herz nur einmal, dann kommt die Pause.

from machine import Pin
from time import sleep

herz = Pin(15, Pin.OUT)

while True:
    herz.on()
    sleep(0.2)  # Im Programm hat die Kommazahl einen Punkt: 0.2 heißt 0,2 Sekunden.
    herz.off()
    sleep(1)
    # Hier bist du dran: Wo fehlt der zweite Schlag?

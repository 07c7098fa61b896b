# Licht im Treppenhaus: Bis jetzt leuchtet es nur, solange du drückst.

from machine import Pin
from time import sleep

licht = Pin(15, Pin.OUT)
taster = Pin(14, Pin.IN, Pin.PULL_UP)  # Gedrückt ist 0, losgelassen ist 1.

while True:
    if taster.value() == 0:
        licht.on()
        # Hier bist du dran: Wie lange bleibt das Licht an?
    else:
        licht.off()
    sleep(0.1)

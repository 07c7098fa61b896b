"""Nach der ersten Nacht ist das Programm zu Ende."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
GRENZE = 25000

nacht = False
while True:
    helligkeit = sensor.read_u16()
    print("Helligkeit:", helligkeit)
    if helligkeit < GRENZE:
        licht.on()
        nacht = True
    else:
        licht.off()
        if nacht:
            break
    sleep(0.5)

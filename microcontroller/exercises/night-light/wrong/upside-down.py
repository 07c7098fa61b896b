"""Das Licht brennt am Tag statt in der Nacht."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
GRENZE = 25000

while True:
    helligkeit = sensor.read_u16()
    print("Helligkeit:", helligkeit)
    if helligkeit > GRENZE:
        licht.on()
    else:
        licht.off()
    sleep(0.5)

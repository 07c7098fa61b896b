"""Mit zwei Grenzen flackert das Licht in der Dämmerung nicht."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
DUNKEL, HELL = 20000, 30000

while True:
    helligkeit = sensor.read_u16()
    print("Helligkeit:", helligkeit)
    if helligkeit < DUNKEL:
        licht.on()
    elif helligkeit > HELL:
        licht.off()
    sleep(0.5)

"""toggle dreht das Licht bei jeder Messung um."""

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))
GRENZE = 25000

while True:
    helligkeit = sensor.read_u16()
    print("Helligkeit:", helligkeit)
    if helligkeit < GRENZE:
        licht.toggle()
    else:
        licht.off()
    sleep(0.4)

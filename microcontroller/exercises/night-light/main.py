# Nachtlicht: Bis jetzt misst das Programm nur, und das Licht brennt immer.

from machine import ADC, Pin
from time import sleep

licht = Pin(15, Pin.OUT)
sensor = ADC(Pin(26))

licht.on()
while True:
    helligkeit = sensor.read_u16()
    print("Helligkeit:", helligkeit)
    # Hier bist du dran: Bei welcher Zahl ist es dunkel? Dann licht.on(), sonst licht.off().
    sleep(0.5)

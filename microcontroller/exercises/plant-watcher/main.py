# Pflanzenwächter: Der Fühler misst schon, aber das Licht ist immer grün.

from machine import ADC, Pin
from time import sleep

fuehler = ADC(Pin(34), atten=ADC.ATTN_11DB)  # So misst der ESP32 bis etwa 3 Volt, ohne das nur bis 1 Volt.
rot = Pin(25, Pin.OUT)
gelb = Pin(26, Pin.OUT)
gruen = Pin(27, Pin.OUT)
TROCKEN = 48000  # in der Luft gemessen
NASS = 22000     # in nasser Erde gemessen

while True:
    wert = fuehler.read_u16()
    print("Rohwert:", wert)
    gruen.on()
    # Hier bist du dran: Bei TROCKEN sind es 0 Prozent, bei NASS 100. Was liegt dazwischen?
    sleep(1)

"""Rot fragt nach 3 statt nach 30 Prozent."""

from machine import ADC, Pin
from time import sleep

fuehler = ADC(Pin(34), atten=ADC.ATTN_11DB)
rot = Pin(25, Pin.OUT)
gelb = Pin(26, Pin.OUT)
gruen = Pin(27, Pin.OUT)
TROCKEN = 48000
NASS = 22000

while True:
    wert = fuehler.read_u16()
    prozent = (TROCKEN - wert) * 100 / (TROCKEN - NASS)
    print("Feuchte:", prozent)
    rot.value(prozent < 3)
    gelb.value(30 <= prozent <= 60)
    gruen.value(prozent > 60)
    sleep(1)

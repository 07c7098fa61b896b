"""Lichter gehen nur an, keins geht aus."""

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
    if prozent < 30:
        rot.on()
    elif prozent <= 60:
        gelb.on()
    else:
        gruen.on()
    sleep(1)

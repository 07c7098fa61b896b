# Fahrradalarm: Der Melder meldet schon, aber noch gibt es keinen Alarm.

from machine import PWM, Pin, Timer
from time import sleep

melder = Pin(17, Pin.IN)
licht = Pin(15, Pin.OUT)
summer = PWM(Pin(16), freq=880, duty_u16=0)
uhr = Timer(-1)
bewegt = False


def bewegung(pin):
    """Läuft in dem Moment, in dem sich etwas bewegt. Hier nur kurz merken, nicht warten!"""
    global bewegt
    bewegt = True


def blinke(timer):
    """Läuft, sooft der Timer es will."""
    licht.toggle()


melder.irq(handler=bewegung, trigger=Pin.IRQ_RISING)

while True:
    if bewegt:
        print("Bewegung!")
        bewegt = False
        # Hier bist du dran: Summer an, uhr.init(period=200, mode=Timer.PERIODIC, callback=blinke), 5 Sekunden, Ruhe.
    sleep(0.1)

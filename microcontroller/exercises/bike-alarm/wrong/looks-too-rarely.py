"""Wer nur alle 2 Sekunden nachsieht, verpasst kurze Bewegungen."""

from machine import PWM, Pin, Timer
from time import sleep

melder = Pin(17, Pin.IN)
licht = Pin(15, Pin.OUT)
summer = PWM(Pin(16), freq=880, duty_u16=0)
uhr = Timer(-1)
bewegt = False


def bewegung(pin):
    global bewegt
    bewegt = True


def blinke(timer):
    licht.toggle()



while True:
    if melder.value() == 1:
        summer.duty_u16(30000)
        uhr.init(period=200, mode=Timer.PERIODIC, callback=blinke)
        sleep(5)
        uhr.deinit()
        summer.duty_u16(0)
        licht.off()
    sleep(2)

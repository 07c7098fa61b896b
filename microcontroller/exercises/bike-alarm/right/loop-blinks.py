"""Eine schnelle Schleife und eine Zählschleife statt Interrupt und Timer."""

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
    if melder.value():
        summer.duty_u16(30000)
        for mal in range(20):
            licht.toggle()
            sleep(0.25)
        summer.duty_u16(0)
        licht.off()
    sleep(0.1)

"""Ein zweiter Timer beendet den Alarm."""

from machine import PWM, Pin, Timer
from time import sleep

melder = Pin(17, Pin.IN)
licht = Pin(15, Pin.OUT)
summer = PWM(Pin(16), freq=880, duty_u16=0)
uhr = Timer(-1)
ende = Timer(-1)
bewegt = False


def bewegung(pin):
    global bewegt
    bewegt = True


def blinke(timer):
    licht.toggle()


def ruhe(timer):
    uhr.deinit()
    summer.duty_u16(0)
    licht.off()


melder.irq(handler=bewegung, trigger=Pin.IRQ_RISING)

while True:
    if bewegt:
        bewegt = False
        summer.duty_u16(30000)
        uhr.init(period=200, mode=Timer.PERIODIC, callback=blinke)
        ende.init(period=5000, mode=Timer.ONE_SHOT, callback=ruhe)
    sleep(0.1)

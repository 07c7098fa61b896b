"""Der Alarm dauert nur zwei Sekunden."""

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


melder.irq(handler=bewegung, trigger=Pin.IRQ_RISING)

while True:
    if bewegt:
        bewegt = False
        summer.duty_u16(30000)
        uhr.init(period=200, mode=Timer.PERIODIC, callback=blinke)
        sleep(2)
        uhr.deinit()
        summer.duty_u16(0)
        licht.off()
    sleep(0.1)

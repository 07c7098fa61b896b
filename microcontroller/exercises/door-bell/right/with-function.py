"""Ein eigener Befehl spielt einen Ton und macht den Summer aus."""

from machine import PWM, Pin
from time import sleep

summer = PWM(Pin(16), freq=660, duty_u16=0)
taster = Pin(14, Pin.IN, Pin.PULL_UP)
AN = 20000
AUS = 0


def ton(hertz):
    summer.freq(hertz)
    summer.duty_u16(AN)
    sleep(0.5)
    summer.duty_u16(AUS)


while True:
    if taster.value() == 0:
        ton(659)
        sleep(0.05)
        ton(523)
    sleep(0.05)

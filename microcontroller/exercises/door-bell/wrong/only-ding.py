"""Nach dem Ding ist gleich Schluss."""

from machine import PWM, Pin
from time import sleep

summer = PWM(Pin(16), freq=660, duty_u16=0)
taster = Pin(14, Pin.IN, Pin.PULL_UP)
AN = 20000
AUS = 0

while True:
    if taster.value() == 0:
        summer.freq(660)
        summer.duty_u16(AN)
        sleep(0.5)
        summer.duty_u16(AUS)
    sleep(0.05)

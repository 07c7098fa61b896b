"""Der Summer wird jedes Mal neu angemacht."""

from machine import PWM, Pin
from time import sleep

taster = Pin(14, Pin.IN, Pin.PULL_UP)
AN = 20000
AUS = 0

while True:
    if taster.value() == 0:
        summer = PWM(Pin(16), freq=660, duty_u16=AN)
        sleep(0.5)
        summer.freq(520)
        sleep(0.5)
        summer.deinit()
    sleep(0.05)

"""Gemessen wird nur einmal."""

from machine import PWM, Pin, time_pulse_us
from time import sleep, sleep_us

trigger = Pin(2, Pin.OUT)
echo = Pin(3, Pin.IN)
gruen = Pin(10, Pin.OUT)
gelb = Pin(11, Pin.OUT)
rot = Pin(12, Pin.OUT)
summer = PWM(Pin(16), freq=880, duty_u16=0)


def echo_us():
    trigger.on()
    sleep_us(10)
    trigger.off()
    return time_pulse_us(echo, 1, 30000)


def zeige(g, y, r, laut):
    gruen.value(g)
    gelb.value(y)
    rot.value(r)
    summer.duty_u16(laut)


cm = echo_us() / 58
while True:
    print("Abstand:", cm)
    # Unter 0 heißt: kein Echo, also ist nichts in der Nähe.
    if 0 < cm < 30:
        zeige(0, 0, 1, 30000)
    elif 0 < cm < 100:
        zeige(0, 1, 0, 0)
    else:
        zeige(1, 0, 0, 0)
    sleep(0.2)

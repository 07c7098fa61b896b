# Einparkhilfe: Der Sensor misst schon, aber die Lichter wissen noch nichts davon.

from machine import PWM, Pin, time_pulse_us
from time import sleep, sleep_us

trigger = Pin(2, Pin.OUT)
echo = Pin(3, Pin.IN)
gruen = Pin(10, Pin.OUT)
gelb = Pin(11, Pin.OUT)
rot = Pin(12, Pin.OUT)
summer = PWM(Pin(16), freq=880, duty_u16=0)  # Bei 0 still, bei 30000 laut


def echo_us():
    """Schickt einen Ton los, den niemand hört, und sagt, wie lange er bis zur Wand und zurück braucht.

    -1 oder -2 heißt: Es kam kein Echo.
    """
    trigger.on()
    sleep_us(10)
    trigger.off()
    return time_pulse_us(echo, 1, 30000)


while True:
    print("Echo nach", echo_us(), "Mikrosekunden")
    gruen.on()
    # Hier bist du dran: Wie viele cm sind das? Und welches Licht gehört dazu?
    sleep(0.2)

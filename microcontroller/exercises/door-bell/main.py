# Türklingel: Bis jetzt macht sie nur Ding.

from machine import PWM, Pin
from time import sleep

summer = PWM(Pin(16), freq=660, duty_u16=0)  # Hertz sagen, wie hoch der Ton ist. Bei 0 ist er aus.
taster = Pin(14, Pin.IN, Pin.PULL_UP)  # Gedrückt ist 0.
AN = 20000   # So viel von 65535: Der Summer klingt.
AUS = 0

while True:
    if taster.value() == 0:
        summer.freq(660)      # Wie hoch der Ton ist, in Hertz
        summer.duty_u16(AN)
        sleep(0.5)
        summer.duty_u16(AUS)
        # Hier bist du dran: Es fehlt das Dong.
    sleep(0.05)

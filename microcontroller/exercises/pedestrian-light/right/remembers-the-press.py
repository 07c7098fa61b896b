"""Mit Unterbrechung: Der Druck wird gemerkt, auch wenn das Programm gerade wartet. Die Zeit misst ticks_ms."""

from machine import Pin
from time import sleep_ms, ticks_diff, ticks_ms

rot, gelb, gruen = Pin(10, Pin.OUT), Pin(11, Pin.OUT), Pin(12, Pin.OUT)
halt, geh = Pin(13, Pin.OUT), Pin(14, Pin.OUT)
taster = Pin(15, Pin.IN, Pin.PULL_UP)

# Zustand: (die Lichter, wie lange in Millisekunden, was danach kommt)
ZUSTAENDE = {
    "fahren": ((gruen, halt), 2000, "bremsen"),
    "bremsen": ((gelb, halt), 3000, "gehen"),
    "gehen": ((rot, geh), 6000, "raeumen"),
    "raeumen": ((rot, halt), 4000, "bereit"),
    "bereit": ((rot, gelb, halt), 1000, "fahren"),
}
wunsch = False


def gedrueckt(pin):
    global wunsch
    wunsch = True


taster.irq(handler=gedrueckt, trigger=Pin.IRQ_FALLING)
zustand, seit = "fahren", ticks_ms()
while True:
    an, dauer, danach = ZUSTAENDE[zustand]
    for licht in (rot, gelb, gruen, halt, geh):
        if licht in an:
            licht.on()
        else:
            licht.off()
    if ticks_diff(ticks_ms(), seit) >= dauer and (zustand != "fahren" or wunsch):
        if zustand == "fahren":
            wunsch = False
        zustand, seit = danach, ticks_ms()
    sleep_ms(20)

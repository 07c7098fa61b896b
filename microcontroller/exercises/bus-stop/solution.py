"""Haltestelle auf Wunsch: drei Zustände, und ein Interrupt, der sich den Wunsch merkt."""

from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep

display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(4), scl=Pin(5)))
taster = Pin(14, Pin.IN, Pin.PULL_UP)
licht = Pin(15, Pin.OUT)
SCHRITTE = 17  # Eine Minute: 17-mal zeichnen und warten, zusammen etwa 2 Sekunden.
wunsch = False


def gedrueckt(pin):
    global wunsch
    wunsch = True


def zeige(zeile1, zeile2):
    display.fill(0)
    display.text(zeile1, 0, 0)
    display.text(zeile2, 0, 16)
    display.show()


taster.irq(handler=gedrueckt, trigger=Pin.IRQ_FALLING)

zustand = "warten"
minuten = 3
while True:
    if zustand == "warten":
        for schritt in range(SCHRITTE):
            licht.value(wunsch)
            zeige("447 in " + str(minuten) + " min", "Halt!" if wunsch else "")
            sleep(0.1)
        minuten = minuten - 1
        if minuten == 0:
            zustand = "halten" if wunsch else "durchfahren"
    elif zustand == "halten":
        zeige("447 haelt", "")
        sleep(4)
        zustand = "weiter"
    elif zustand == "durchfahren":
        zeige("447", "faehrt durch")
        sleep(2)
        zustand = "weiter"
    elif zustand == "weiter":
        wunsch = False
        licht.off()
        minuten = 3
        zustand = "warten"

# Haltestelle auf Wunsch: Der Zustand "warten" ist da, alle anderen fehlen.

from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep

display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(4), scl=Pin(5)))
taster = Pin(14, Pin.IN, Pin.PULL_UP)
licht = Pin(15, Pin.OUT)
MINUTE_S = 2      # Eine Minute dauert im Modell 2 Sekunden.


def zeige(zeile1, zeile2):
    display.fill(0)
    display.text(zeile1, 0, 0)
    display.text(zeile2, 0, 16)
    display.show()


zustand = "warten"
minuten = 3
while True:
    if zustand == "warten":
        zeige("447 in " + str(minuten) + " min", "")
        sleep(MINUTE_S)
        minuten = minuten - 1
        if minuten == 0:
            minuten = 3
    # Hier bist du dran: Welche Zustände fehlen? Wie merkt sich das Programm einen Wunsch, während es wartet?

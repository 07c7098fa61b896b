"""Wer nur zweimal in der Sekunde hinsieht, verpasst schnelle Menschen."""

from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep, ticks_add, ticks_diff, ticks_ms

schranke = Pin(27, Pin.IN)
display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(21), scl=Pin(22)))
PAUSE_MS = 1000
anzahl = 0
zuletzt_ms = ticks_add(ticks_ms(), -PAUSE_MS)


def unterbrochen(pin):
    global anzahl, zuletzt_ms
    jetzt_ms = ticks_ms()
    if ticks_diff(jetzt_ms, zuletzt_ms) >= PAUSE_MS:
        anzahl = anzahl + 1
        zuletzt_ms = jetzt_ms


def zeige():
    display.fill(0)
    display.text("Heute: " + str(anzahl), 0, 0)
    display.show()



while True:
    if schranke.value() == 1:
        anzahl = anzahl + 1
    zeige()
    sleep(0.5)

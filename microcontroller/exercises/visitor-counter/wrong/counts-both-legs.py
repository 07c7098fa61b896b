"""Jedes Bein zählt als Mensch."""

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
    anzahl = anzahl + 1


def zeige():
    display.fill(0)
    display.text("Heute: " + str(anzahl), 0, 0)
    display.show()


schranke.irq(handler=unterbrochen, trigger=Pin.IRQ_RISING)

while True:
    zeige()
    sleep(0.5)

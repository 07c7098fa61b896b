# Besucherzähler: Das Display zeigt immer 0, denn noch zählt niemand.

from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep, ticks_diff, ticks_ms

schranke = Pin(27, Pin.IN)  # 1 heißt: Der Strahl ist unterbrochen.
display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(21), scl=Pin(22)))
PAUSE_MS = 1000             # So lange gehört alles zum selben Menschen.
anzahl = 0


def zeige():
    display.fill(0)
    display.text("Heute: " + str(anzahl), 0, 0)
    display.show()


# Hier bist du dran: Was soll passieren, wenn der Strahl unterbrochen wird (Pin.IRQ_RISING)?

while True:
    zeige()
    sleep(0.5)

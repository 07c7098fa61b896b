"""Gemessen wird nur einmal, vor der Schleife."""

from dht import DHT22
from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep

fuehler = DHT22(Pin(2))
display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(4), scl=Pin(5)))
licht = Pin(15, Pin.OUT)

fuehler.measure()
while True:
    grad = fuehler.temperature()
    display.fill(0)
    display.text(str(grad), 0, 0)
    display.show()
    if grad >= 28:
        licht.on()
    else:
        licht.off()
    sleep(2)

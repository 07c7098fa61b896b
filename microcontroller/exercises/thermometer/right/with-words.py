"""Mit Worten und Feuchte, Zahl mit einer Stelle."""

from dht import DHT22
from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep

fuehler = DHT22(Pin(2))
display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(4), scl=Pin(5)))
licht = Pin(15, Pin.OUT)

while True:
    fuehler.measure()
    grad = fuehler.temperature()
    display.fill(0)
    display.text("Temperatur", 0, 0)
    display.text(f"{grad:.1f} C", 0, 16)
    display.text(f"{fuehler.humidity():.0f} %", 0, 32)
    display.show()
    if grad >= 28:
        licht.on()
    else:
        licht.off()
    sleep(2)

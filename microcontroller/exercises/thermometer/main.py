# Hitze-Anzeige: Bis jetzt steht auf dem Display nur ein Gruß.

from dht import DHT22
from machine import I2C, Pin
from ssd1306 import SSD1306_I2C
from time import sleep

fuehler = DHT22(Pin(2))
display = SSD1306_I2C(128, 64, I2C(0, sda=Pin(4), scl=Pin(5)))
licht = Pin(15, Pin.OUT)

while True:
    fuehler.measure()                 # Der Fühler misst.
    grad = fuehler.temperature()      # So warm war es bei der letzten Messung.
    print("Gemessen:", grad)
    display.fill(0)                   # alles dunkel
    display.text("Hallo!", 0, 0)      # Text bei x = 0, y = 0
    display.show()                    # Erst jetzt ist es zu sehen.
    # Hier bist du dran: Text ist etwas anderes als eine Zahl. str(grad) macht aus der Zahl einen Text.
    sleep(2)

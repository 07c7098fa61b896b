import bluetooth
import network
from machine import I2S, SoftI2C, Pin

bus = SoftI2C(scl=Pin(5), sda=Pin(4))
print(bus.scan())
wlan = network.WLAN(network.STA_IF)
print(len(wlan.scan()))

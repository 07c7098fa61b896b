from machine import ADC, Pin, SoftI2C
from station import Station
import settings

bus = SoftI2C(scl=Pin(5), sda=Pin(4))
print(bus.scan())
mikrofon = ADC(26)
station = Station(settings.STATION, password=settings.PASSWORD)
station.send("loudness", mikrofon.read_u16() / 655, "%")

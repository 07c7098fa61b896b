"""Plays the settings.py that lies on a real board: a WLAN and a broker that are only played too."""

STATION = "simuliert"
WIFI, WIFI_PASSWORD = "gespielt", ""
HOST, PORT = "192.168.4.1", 1883
USER, PASSWORD = "node", ""

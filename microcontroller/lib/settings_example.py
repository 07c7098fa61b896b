"""Shows what stands in a board's settings.py: copy this file there under that name and fill it in; never into the repository."""

# Vorlage. Auf dem Board heißt die Datei settings.py. Sie gehört nie ins Repository, denn was dort einmal stand, bleibt lesbar.
STATION = "schulhof-1"  # wie diese Station heißt: kleine Buchstaben, Ziffern, Bindestriche; ein Ort, kein Name von Menschen
WIFI = ""  # Name des WLANs vom Wagen; leer = die Station misst ohne Netz und hebt alles auf
WIFI_PASSWORD = ""
HOST = ""  # diese vier Angaben zeigt `makerwagen wagon` beim Start
PORT = 1883
USER = "node"
PASSWORD = ""

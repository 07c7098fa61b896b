from station import Station

PASSWORT = "sonnenblume"
station = Station("hof-1", user="", password="sonnenblume")

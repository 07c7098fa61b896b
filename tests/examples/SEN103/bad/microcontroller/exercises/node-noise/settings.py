WIFI = "schule"
PASSWORD = "sonnenblume"

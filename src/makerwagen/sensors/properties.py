"""What sensors observe: each property with its unit and what is physically possible."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Property:
    """An observed property: German title, its one unit, and the range outside which no sensor of ours can be right."""

    title: str
    unit: str
    low: float
    high: float
    definition: str = ""

    def is_possible(self, value: float) -> bool:
        """Say whether a value lies within the range."""
        return self.low <= value <= self.high


# Ranges: what the sensors of microcontroller/parts.yml can say, not what Dortmund's weather does.
PROPERTIES: Mapping[str, Property] = {
    "temperature": Property("Temperatur", "°C", -40, 100, "http://qudt.org/vocab/quantitykind/CelsiusTemperature"),
    "humidity": Property("Luftfeuchte", "%", 0, 100, "http://qudt.org/vocab/quantitykind/RelativeHumidity"),
    "pressure": Property("Luftdruck", "hPa", 850, 1100, "http://qudt.org/vocab/quantitykind/AtmosphericPressure"),
    "light": Property("Helligkeit", "%", 0, 100),
    "loudness": Property("Lautstärke", "%", 0, 100),
    "soil-moisture": Property("Bodenfeuchte", "%", 0, 100),
    "distance": Property("Abstand", "cm", 0, 500, "http://qudt.org/vocab/quantitykind/Distance"),
    "water-level": Property("Wasserstand", "cm", 0, 500, "http://qudt.org/vocab/quantitykind/Height"),
    "count": Property("Anzahl", "", 0, 1e9),
    "pm25": Property("Feinstaub PM2,5", "µg/m³", 0, 1000),
    "pm10": Property("Feinstaub PM10", "µg/m³", 0, 2000),
}

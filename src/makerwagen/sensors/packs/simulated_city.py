"""Generators of the city's packs: trees, drinking fountains, construction sites; places and figures are invented."""

from datetime import date, timedelta
from random import Random

from makerwagen.sensors.packs.simulated_form import Record, as_answer

# German name, botanical name, growth of the girth in cm a year, crown in m for each cm of girth.
SPECIES = (
    ("Winter-Linde", "Tilia cordata", 1.9, 0.050),
    ("Spitz-Ahorn", "Acer platanoides", 2.1, 0.052),
    ("Ahornblättrige Platane", "Platanus x hispanica", 2.9, 0.048),
    ("Stiel-Eiche", "Quercus robur", 1.7, 0.055),
    ("Hainbuche", "Carpinus betulus", 1.6, 0.056),
    ("Feld-Ahorn", "Acer campestre", 1.5, 0.054),
    ("Gewöhnliche Robinie", "Robinia pseudoacacia", 2.3, 0.046),
    ("Rosskastanie", "Aesculus hippocastanum", 2.2, 0.053),
)
# Street, lon and lat of its beginning, direction of a step, years in which most of it was planted.
AVENUES = (
    ("Zwergenallee", 7.4520, 51.5060, 0.00016, 0.00003, (1958, 1975)),
    ("Drachenweg", 7.4580, 51.5075, 0.00004, 0.00011, (1982, 1999)),
    ("Feenstraße", 7.4630, 51.5050, -0.00015, 0.00006, (2003, 2015)),
    ("Koboldplatz", 7.4550, 51.5095, 0.00010, -0.00008, (1930, 1955)),
    ("Einhornring", 7.4600, 51.5100, 0.00013, 0.00009, (2021, 2025)),
    ("Riesenweg", 7.4500, 51.5085, 0.00012, 0.00010, (2021, 2025)),
)
TREES = 180
COUNTED_IN = 2026

BOROUGHS = (
    ("Innenstadt-West", 7.448, 51.511),
    ("Innenstadt-Nord", 7.465, 51.525),
    ("Innenstadt-Ost", 7.487, 51.510),
    ("Aplerbeck", 7.553, 51.492),
    ("Brackel", 7.547, 51.517),
    ("Eving", 7.471, 51.551),
    ("Hombruch", 7.443, 51.473),
    ("Hörde", 7.500, 51.488),
    ("Huckarde", 7.408, 51.540),
    ("Lütgendortmund", 7.348, 51.500),
    ("Mengede", 7.383, 51.571),
    ("Scharnhorst", 7.537, 51.547),
)
STREETS = (
    "Nixenweg",
    "Trollstraße",
    "Elfenallee",
    "Gnomgasse",
    "Hexenplatz",
    "Wichtelweg",
    "Zaubererstraße",
    "Fabelweg",
)
WORKS = ("Kanalbau", "Deckensanierung", "Gasleitung", "Fernwärme", "Glasfaser", "Gehweg", "Wasserleitung")
CLOSED = ("Vollsperrung", "halbseitige Sperrung", "Gehweg gesperrt", "Ampelregelung")
BUILDERS = ("Stadtentwässerung Beispiel", "Netz Beispiel", "Tiefbauamt Beispiel", "Wasserwerk Beispiel")
FOUNTAIN_PLACES = ("am Spielplatz", "vor der Schule", "am Marktplatz", "im Park", "an der Haltestelle")
SITES, FOUNTAINS = 60, 24
TREE_NOTE = "SIMULIERT: erfundene Straßen und Bäume im Aufbau des Datensatzes baumkataster, keine Zählung"
FOUNTAIN_NOTE = "SIMULIERT: erfundene Brunnen; der Datensatz trinkwasserbrunnen gibt das Thema, keine Angabe stimmt"
SITES_NOTE = "SIMULIERT: erfundene Baustellen im Aufbau des Datensatzes fb66-baustellen-tagesaktuell"
SITES_ON = date(2026, 7, 14)


def trees(random: Random) -> str:
    """Return street trees of six invented streets: species, year planted, girth, crown."""
    records: list[Record] = []
    for number in range(TREES):
        street, lon, lat, east, north, (first, last) = AVENUES[number % len(AVENUES)]
        step = number // len(AVENUES)
        # Most trees of a street are of one kind and age; some were replaced later.
        usual = SPECIES[number % len(AVENUES) + (2 if random.random() < 0.15 else 0)]
        planted = random.randint(first, last)
        if first < 2021 and random.random() < 0.12:
            planted = random.randint(2021, 2025)
        records.append(
            {"id": 40_000 + number}
            | _tree(random, usual, planted)
            | {
                "standort": street,
                "geo_point_2d": {
                    "lon": round(lon + east * step + random.uniform(-2e-5, 2e-5), 6),
                    "lat": round(lat + north * step + random.uniform(-2e-5, 2e-5), 6),
                },
            }
        )
    return as_answer(_with_faults_of_a_register(records), TREE_NOTE)


def _tree(random: Random, kind: tuple[str, str, float, float], planted: int) -> Record:
    name, botanical, growth, spread = kind
    # A tree leaves the nursery with 18 to 20 cm; in its first three years it grows roots, not girth.
    years = max(0, COUNTED_IN - planted - 3)
    girth = random.uniform(18, 20) + years * growth * random.uniform(0.75, 1.2) * (1 - years / 400)
    crown = min(15.0, 1.2 + girth * spread * random.uniform(0.85, 1.15))
    return {
        "art_deutsc": name,
        "art_botani": botanical,
        "pflanzjahr": planted,
        "stammumfang": round(girth),
        "kronendurchmesser": round(crown, 1),
    }


def _with_faults_of_a_register(records: list[Record]) -> list[Record]:
    for number in (3, 21, 45, 63, 87, 99, 123, 165):
        records[number]["pflanzjahr"] = 0  # nobody knew the year, and the form wanted a number
    records[31]["pflanzjahr"] = 2091  # a slip for 1991
    records[54]["stammumfang"] *= 10  # measured in millimetres
    records[76]["stammumfang"] = records[130]["stammumfang"] = 0
    for number in (24, 66, 108):
        records[number]["art_deutsc"] = "Winterlinde"  # the same tree in another spelling
    records[111]["geo_point_2d"] = None
    point = records[150]["geo_point_2d"]
    records[150]["geo_point_2d"] = {"lon": point["lat"], "lat": point["lon"]}
    records[140] = dict(records[134])  # one tree is in the list twice
    return records


def drinking_fountains(random: Random) -> str:
    """Return drinking fountains with what a thirsty child wants to know."""
    records: list[Record] = []
    for number in range(FOUNTAINS):
        borough, lon, lat = BOROUGHS[number % len(BOROUGHS)]
        place = FOUNTAIN_PLACES[number % len(FOUNTAIN_PLACES)]
        records.append(
            {
                "geo_point_2d": {
                    "lon": round(lon + random.uniform(-0.012, 0.012), 5),
                    "lat": round(lat + random.uniform(-0.008, 0.008), 5),
                },
                "name": f"Trinkbrunnen {STREETS[number // 3]}",
                "standort": place,
                "stadtbezirk": borough,
                "in_betrieb": random.choice(("ja", "ja", "ja", "ja", "nein")),
                "betriebszeit": random.choice(("April bis Oktober", "Mai bis September")),
            }
        )
    records[4]["geo_point_2d"] = None
    records[9]["in_betrieb"] = None
    point = records[15]["geo_point_2d"]
    records[15]["geo_point_2d"] = {"lon": point["lat"], "lat": point["lon"]}
    records[20] = dict(records[19])
    return as_answer(records, FOUNTAIN_NOTE)


def construction_sites(random: Random) -> str:
    """Return the construction sites of one day, in the form the portal has had since February 2026."""
    records: list[Record] = []
    for number in range(SITES):
        borough, lon, lat = BOROUGHS[random.randrange(len(BOROUGHS))]
        begins = SITES_ON - timedelta(days=random.randint(3, 240))
        ends = SITES_ON + timedelta(days=random.randint(2, 200))
        street, work, closed = STREETS[number % len(STREETS)], random.choice(WORKS), random.choice(CLOSED)
        between = random.choice((" // ", " // ", " // ", " / "))
        records.append(
            {
                "geografische_koordinate": {
                    "lon": round(lon + random.uniform(-0.015, 0.015), 6),
                    "lat": round(lat + random.uniform(-0.01, 0.01), 6),
                },
                "art_der_baumassnahme": f"{street} {random.randint(1, 90)} - {work}{between}{closed}",
                "auftraggeber": random.choice(BUILDERS),
                "einschrankung": None,
                "zeitraum": f"{begins:%d.%m.%Y} - {ends:%d.%m.%Y}",
                "von": begins.isoformat(),
                "bis": ends.isoformat(),
                "stadtbezirk": borough,
                "status": "tagesaktuell",
                "kommune": "Dortmund",
            }
        )
    records[7]["bis"] = (SITES_ON - timedelta(days=40)).isoformat()  # over long ago, and zeitraum says otherwise
    records[18]["von"], records[18]["bis"] = records[18]["bis"], records[18]["von"]
    records[26]["geografische_koordinate"] = None
    records[33]["stadtbezirk"] = None
    records[41] = dict(records[40])
    return as_answer(records, SITES_NOTE)

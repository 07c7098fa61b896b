"""A sensor station: keeps its readings until the wagon's hub has them; for a real board and the simulated one alike."""

# Numbers that may grow large are whole numbers here: a board's floats have 32 bits and lose seconds after a few days.
import json
import os
import time

from umqtt.simple import MQTTClient, MQTTException

# What can be measured, and its one unit; the same table as src/makerwagen/sensors/properties.py.
UNITS = {
    "temperature": "°C",
    "humidity": "%",
    "pressure": "hPa",
    "light": "%",
    "loudness": "%",
    "soil-moisture": "%",
    "distance": "cm",
    "water-level": "cm",
    "count": "",
    "pm25": "µg/m³",
    "pm10": "µg/m³",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
ANSWER_MS, RESEND_MS, AT_ONCE = 300, 5000, 20
FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 1000, 60000
WIFI_MS, PING_MS, TIMEOUT_S, KEEPALIVE_S = 15000, 20000, 5, 60
OLDEST_S = 7 * 24 * 3600
CLOCK_IS_SET = 1735689600  # 2025: no board believes that by itself
WRONG_LOGIN = (4, 5)


class StationError(ValueError):
    """Tells a child, in German, what is wrong with a name, a property or a unit."""


class Reading:
    """A value that the hub has not acknowledged yet."""

    def __init__(self, boot, number, observed, value, clock, ticks):
        self.boot, self.number, self.observed, self.value = boot, number, observed, value
        self.clock, self.ticks = clock, ticks  # seconds since 1970 and ms since the start; None = not known
        self.sent = None  # ms since the start
        self.on_flash = False


class Station:
    """Sends readings to the hub, and keeps what it could not send in a file that outlives a reset."""

    def __init__(self, name, host="", user="node", password="", **more):
        """Take up what an earlier start left; more: port, wifi, wifi_password, file, most (readings kept)."""
        if not name or len(name) > 40 or [letter for letter in name if letter not in LETTERS]:
            raise StationError("Eine Station heißt zum Beispiel schulhof-1: kleine Buchstaben, Ziffern, Bindestriche.")
        self.name, self.host, self.user, self.password = name, host, user, password
        self.port, self.wifi = more.get("port", 1883), more.get("wifi", "")
        self.wifi_password = more.get("wifi_password", "")
        self.file, self.most = more.get("file", "outbox.txt"), more.get("most", 300)
        self.dropped = self.refused = self.missed = 0
        self.trouble = ""
        self.boot = int.from_bytes(os.urandom(4), "big")
        self._number = 0
        self._waiting = []
        self._lines = 0
        self._client = self._wlan = None
        self._ticks, self._up_ms = time.ticks_ms(), 0
        self._pause_ms, self._next_try = FIRST_PAUSE_MS, 0
        self._wifi_since = self._heard = 0
        self._load()

    def send(self, observed, value, unit=""):
        """Send a reading; True = the hub has it, False = it is kept and sent later (or the sensor said nothing)."""
        if observed not in UNITS:
            raise StationError("Die Messgröße „%s“ gibt es nicht. Es gibt: %s." % (observed, ", ".join(sorted(UNITS))))
        if unit != UNITS[observed]:
            should = "in „%s“" % UNITS[observed] if UNITS[observed] else "ohne Einheit"
            raise StationError("„%s“ wird %s gesendet, nicht in „%s“." % (observed, should, unit))
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise StationError("„%s“ braucht eine Zahl, nicht %s." % (observed, repr(value)[:30]))
        if value is None or value - value != 0:  # nan and inf are no values either
            self.missed += 1
            self._say("Der Sensor für „%s“ hat keinen Wert geliefert." % observed)
            return False
        reading = Reading(self.boot, self._number, observed, value, self._clock(), self._now())
        self._number += 1
        self._waiting.append(reading)
        self._drop()
        self.work(ANSWER_MS)
        if reading not in self._waiting:
            return True
        self._keep()
        return False

    def wait(self, seconds):
        """Let seconds pass, and send meanwhile what waits."""
        end = self._now() + int(seconds * 1000)
        while True:
            self.work()
            left = end - self._now()
            if left <= 0:
                return
            time.sleep_ms(min(left, 200 if self._waiting else 1000))

    def work(self, patience_ms=0):
        """Send what waits and hear what the hub has; return how many readings still wait."""
        if not self.host or not self._connected():
            return len(self._waiting)
        try:
            self._send_due()
            end = self._now() + patience_ms
            while self._hear():
                if not self._waiting or self._now() >= end:
                    break
                time.sleep_ms(10)
            if self._now() - self._heard > PING_MS:
                self._heard = self._now()
                self._client.ping()
        except (OSError, MQTTException) as error:
            self._lost(error)
        return len(self._waiting)

    @property
    def waiting(self):
        """Return how many readings the hub has not acknowledged."""
        return len(self._waiting)

    def _now(self):
        """Return milliseconds since the start; the board's own counter wraps around after some days."""
        ticks = time.ticks_ms()
        self._up_ms += time.ticks_diff(ticks, self._ticks)
        self._ticks = ticks
        return self._up_ms

    def _clock(self):
        """Return seconds since 1970 if somebody has set the board's clock, else 0."""
        seconds = int(time.time())
        if time.gmtime(0)[0] == 2000:  # some ports count from there
            seconds += 946684800
        return seconds if seconds >= CLOCK_IS_SET else 0

    def _connected(self):
        if self._client:
            return True
        if self._now() < self._next_try or not self._online():
            return False
        client = MQTTClient(self.name, self.host, self.port, self.user, self.password, KEEPALIVE_S)
        client.set_callback(self._answered)
        try:
            client.connect(True, TIMEOUT_S)
            client.subscribe("makerwagen-ack/" + self.name, 1)
        except (OSError, MQTTException) as error:
            self._client = client
            self._lost(error)
            return False
        self._client, self._pause_ms, self._heard = client, FIRST_PAUSE_MS, self._now()
        self._say("")
        for reading in self._waiting:
            reading.sent = None
        return True

    def _online(self):
        if not self.wifi:
            return True
        if self._wlan is None:
            import network

            self._wlan = network.WLAN(network.STA_IF)
            self._wlan.active(True)
            if not self._wlan.isconnected():
                self._join()
        if self._wlan.isconnected():
            return True
        if self._now() - self._wifi_since > WIFI_MS:
            self._say("Das WLAN „%s“ ist nicht zu erreichen. Ich hebe alles auf." % self.wifi)
            self._wlan.disconnect()
            self._join()
        return False

    def _join(self):
        self._wifi_since = self._now()
        if self.wifi_password:
            self._wlan.connect(self.wifi, self.wifi_password)
        else:
            self._wlan.connect(self.wifi)

    def _lost(self, error):
        """Forget the connection; try again later, and later still."""
        client, self._client = self._client, None
        try:
            client.sock.close()
        except (OSError, AttributeError):
            pass
        number = error.args[0] if error.args else 0
        if isinstance(error, MQTTException) and number in WRONG_LOGIN:
            self._say("Der Hub lässt mich nicht herein: Benutzer oder Passwort sind falsch.")
        else:
            self._say("Der Hub ist nicht zu erreichen (%s). Ich hebe alles auf." % (error.args or ("?",))[-1])
        # Not all stations of a room at the same moment.
        self._next_try = self._now() + self._pause_ms + os.urandom(1)[0] * self._pause_ms // 1000
        self._pause_ms = min(2 * self._pause_ms, LONGEST_PAUSE_MS)

    def _send_due(self):
        now, sent = self._now(), 0
        for reading in self._waiting[:]:
            if reading.sent is None or now - reading.sent > RESEND_MS:
                reading.sent = now
                self._client.publish("makerwagen/%s/%s" % (self.name, reading.observed), self._payload(reading), qos=1)
                sent += 1
                if sent == AT_ONCE:
                    return

    def _payload(self, reading):
        data = {"b": reading.boot, "n": reading.number, "v": reading.value, "u": UNITS[reading.observed]}
        if reading.ticks is not None:
            data["a"] = (self._now() - reading.ticks) / 1000
            return json.dumps(data)
        # Of an earlier start: two set clocks tell how long ago; else it was at least before this start.
        passed = self._clock() - reading.clock
        if reading.clock and 0 <= passed <= OLDEST_S:
            data["a"] = passed
        else:
            data["a"], data["g"] = self._now() // 1000, 1
        return json.dumps(data)

    def _hear(self):
        """Take all answers that are there."""
        while self._client.check_msg() is not None:
            self._heard = self._now()
        return True

    def _answered(self, topic, message):
        try:
            answer = json.loads(message)
            boot, stored, refused = answer["b"], answer.get("n", []), answer.get("x", [])
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        kept = [r for r in self._waiting if r.boot != boot or (r.number not in stored and r.number not in refused)]
        if len(kept) == len(self._waiting):
            return
        if refused:
            self.refused += len(refused)
            self._say("Der Hub nimmt einen Messwert nicht an: %s" % answer.get("w", ""))
        self._waiting = kept
        if not kept and self._lines:
            self._rewrite()

    def _drop(self):
        while len(self._waiting) > self.most:
            self._waiting.pop(0)
            self.dropped += 1
            self._say("Der Platz ist voll. Die ältesten Messwerte gehen verloren.")

    def _keep(self):
        """Write to flash what is not there yet; a flash memory bears writing only so often, so not before."""
        if self._lines > 2 * self.most:
            self._rewrite()
            return
        try:
            with open(self.file, "a") as out:
                for reading in self._waiting:
                    if not reading.on_flash:
                        out.write(_line(reading))
                        reading.on_flash = True
                        self._lines += 1
        except OSError as error:
            self._say("Der Speicher des Boards nimmt nichts mehr an (%s)." % error)

    def _rewrite(self):
        # Beside the old one and then in its place: a cut cable in between costs nothing.
        try:
            with open(self.file + ".new", "w") as out:
                for reading in self._waiting:
                    out.write(_line(reading))
                    reading.on_flash = True
            os.rename(self.file + ".new", self.file)
            self._lines = len(self._waiting)
        except OSError as error:
            self._say("Der Speicher des Boards nimmt nichts mehr an (%s)." % error)

    def _load(self):
        try:
            with open(self.file) as kept:
                for line in kept:
                    self._lines += 1
                    try:
                        boot, number, observed, value, clock = json.loads(line)
                        if line.endswith("\n") and observed in UNITS:
                            self._waiting.append(Reading(boot, number, observed, value, clock, None))
                    except (ValueError, TypeError):
                        pass  # half a line: the power went while it was written
        except OSError:
            return
        self._waiting = self._waiting[-self.most :]  # what is older was dropped, and counted, in its time
        if self._lines:
            self._rewrite()

    def _say(self, trouble):
        if trouble and trouble != self.trouble:
            print("Station:", trouble)
        self.trouble = trouble


def from_settings(settings):
    """Return the station that settings.py of this board describes."""
    more = {"port": settings.PORT, "wifi": settings.WIFI, "wifi_password": settings.WIFI_PASSWORD}
    return Station(settings.STATION, settings.HOST, settings.USER, settings.PASSWORD, **more)


def _line(reading):
    return json.dumps([reading.boot, reading.number, reading.observed, reading.value, reading.clock]) + "\n"

"""The same client, which connects again by itself when the connection was lost."""

import time

from umqtt import simple

DELAY_S = 2


class MQTTClient(simple.MQTTClient):
    """A connection to a broker that comes back."""

    DEBUG = False

    def reconnect(self):
        """Try until the broker answers."""
        while True:
            try:
                return self.connect(False)
            except OSError as error:
                if self.DEBUG:
                    print("mqtt", error)
                time.sleep(DELAY_S)

    def publish(self, topic, msg, retain=False, qos=0):
        """Send a message, whatever it takes."""
        while True:
            try:
                return super().publish(topic, msg, retain, qos)
            except OSError:
                self.reconnect()

    def wait_msg(self):
        """Wait for one packet of the broker, and hand a message on."""
        while True:
            try:
                return super().wait_msg()
            except OSError:
                self.reconnect()

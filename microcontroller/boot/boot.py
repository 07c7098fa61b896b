# Makerwagen: the boot window. Before main.py starts, the board's light blinks for 2.5 s; Ctrl+C, the laptop, or the board's
# own button (BOOTSEL on a Pico, BOOT on an ESP32, pressed while it blinks) keeps main.py from starting this once.


def _boot_window(window_ms=2500):
    import os
    import sys
    import time

    if "main.py" not in os.listdir():
        return
    # The firmware looks for main.py in the folder it is in. So: step into an empty folder first, and back only when nobody
    # wanted in. Whatever interrupts this, main.py waits.
    try:
        os.mkdir("/.held")
    except OSError:
        pass
    os.chdir("/.held")

    def light_of():
        from machine import Pin

        for name in ("LED", 25 if sys.platform == "rp2" else 2):
            try:
                return Pin(name, Pin.OUT)
            except (ValueError, TypeError):
                pass

    def button_of():
        if sys.platform == "rp2":
            import rp2

            return rp2.bootsel_button
        if sys.platform == "esp32":
            from machine import Pin

            button = Pin(0, Pin.IN, Pin.PULL_UP)
            return lambda: not button.value()

    light = button = None
    try:
        light = light_of()
    except Exception:  # a board without a light still has its window
        pass
    try:
        button = button_of()
    except Exception:  # and one without a button
        pass
    held = False
    start = time.ticks_ms()
    try:
        while not held and time.ticks_diff(time.ticks_ms(), start) < window_ms:
            if light:
                light.value(not light.value())
            held = bool(button and button())
            time.sleep_ms(100)
    except KeyboardInterrupt:
        held = True
    if light:
        light.value(0)
    if held:
        print("main.py wartet. Neu starten: Board aus- und wieder einstecken.")
    else:
        os.chdir("/")


_boot_window()
del _boot_window

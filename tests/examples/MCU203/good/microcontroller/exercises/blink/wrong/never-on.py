led = 0

led = 1

from machine import ADC, I2C

print(I2C(0).scan(), ADC(26).read_u16() * 100 / 65535)

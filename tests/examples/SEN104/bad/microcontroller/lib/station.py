import bluetooth

ble = bluetooth.BLE()

"""The parts of the simulated board; programs reach them through machine, time, dht and so on."""

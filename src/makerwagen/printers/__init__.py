"""The wagon's printers behind one port: simulated, OctoPrint, Moonraker and PrusaLink; and paper over IPP."""

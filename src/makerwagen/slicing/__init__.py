"""From a mesh to G-code that may go to a printer: profiles, the slicer, and a gate before and after it."""

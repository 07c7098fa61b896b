"""The server's own process: JupyterLab, which ends when `makerwagen lab` ends, however that ends."""

import sys

from jupyterlab.labapp import LabApp

from makerwagen.lab.parent import die_with_parent

if __name__ == "__main__":
    die_with_parent()
    LabApp.launch_instance(sys.argv[1:])

"""Boots the pretend board: its flash is a littlefs in one file, then boot.py and main.py run as on a real board."""

import os
import sys

BLOCK, BLOCKS = 4096, 64  # 256 KiB


class Flash:
    """A block device in a file, as littlefs wants it."""

    def __init__(self, path):
        try:
            self.file = open(path, "r+b")
        except OSError:
            with open(path, "wb") as file:
                for _ in range(BLOCKS):
                    file.write(b"\xff" * BLOCK)
            self.file = open(path, "r+b")

    def readblocks(self, block, buffer, offset=0):
        self.file.seek(block * BLOCK + offset)
        self.file.readinto(buffer)

    def writeblocks(self, block, buffer, offset=None):
        if offset is None:
            offset = 0
        self.file.seek(block * BLOCK + offset)
        self.file.write(buffer)
        self.file.flush()

    def ioctl(self, operation, argument):
        if operation == 4:
            return BLOCKS
        if operation == 5:
            return BLOCK
        return 0


def run_file(name):
    """Run a file of the flash as the firmware would, if it is there; an error in it ends only the file."""
    try:
        with open(name) as file:
            source = file.read()
    except OSError:
        return
    try:
        exec(compile(source, name, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        sys.print_exception(error)


def start(flash_path, raw):
    """Mount the flash in place of the host's files, and boot."""
    import machine

    machine.unique = flash_path.split("/")[-1].split(".")[0]
    flash = Flash(flash_path)
    try:
        system = os.VfsLfs2(flash)
    except OSError:
        os.VfsLfs2.mkfs(flash)
        system = os.VfsLfs2(flash)
    os.umount("/")
    os.mount(system, "/")
    os.chdir("/")
    sys.path[:] = ["", ".frozen", "/lib"]
    run_file("boot.py")
    if not raw:
        run_file("main.py")


"""Reads a learner's program from a file, or says what is wrong with the file."""

from pathlib import Path

from makerwagen.errors import MakerwagenError

MOST_BYTES = 100_000


def read_program(path: Path, *, most: int = MOST_BYTES) -> str:
    """Return a program's text; raise MakerwagenError saying what is wrong with the file."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise MakerwagenError(f"'{path}' does not exist; look at its name and folder") from None
    except IsADirectoryError:
        raise MakerwagenError(f"'{path}' is a folder; name the program in it, e.g. '{path}/main.py'") from None
    except UnicodeDecodeError:
        raise MakerwagenError(f"'{path}' is no UTF-8 text; save the program as UTF-8") from None
    except OSError as error:
        raise MakerwagenError(f"'{path}' cannot be read: {error.strerror or error}") from None
    if not text.strip():
        raise MakerwagenError(f"'{path}' is empty; write the program, then save it")
    if len(data) > most:
        raise MakerwagenError(f"'{path}' has {len(data)} bytes; programs for a board have at most {most}")
    return text

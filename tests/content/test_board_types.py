"""Every program for a board, in lessons, exercises and our own modules, calls only what its firmware has."""

from makerwagen.boards.programs import check_types, programs_of
from makerwagen.content.notebook import BOARD_MAGIC
from makerwagen.load.repository_loader import load_repository


def test_all_board_programs_fit_their_boards_firmware(root):
    repository, _ = load_repository(root)
    programs = list(programs_of(repository))
    cells = [program for program in programs if program.source.startswith(BOARD_MAGIC)]
    assert len(cells) >= 5 and len(programs) >= len(cells) + 2 * len(repository.exercises)
    assert [str(problem) for problem in check_types(repository)] == []

"""What a group needs in its box for a lesson's exercises, taken together: parts are used again from one to the next."""

from makerwagen.boards.wiring.words import parts_list
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository


def kit_of(lesson: Lesson, repository: Repository) -> dict[str, int]:
    """Return how many of each piece of equipment a group needs, by its id; empty when no real board is used.

    Raises WiringError where an exercise cannot be wired.
    """
    real = {need.ref for need in lesson.equipment}
    kit: dict[str, int] = {}
    for slug in lesson.exercises:
        exercise = repository.exercises.get(slug)
        board = repository.boards.get(exercise.board) if exercise else None
        if exercise and board and repository.parts and board.id in real:
            for ref, count in parts_list(board, exercise, repository.parts).items():
                kit[ref] = max(kit.get(ref, 0), count)
    return kit

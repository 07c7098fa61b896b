"""Seats and pieces: who may hand in, once, and what an educator can do with it."""

import threading

import pytest

from makerwagen.desk import outings, pieces, plates
from makerwagen.desk.refusals import RefusalError
from makerwagen.desk.states import Piece
from tests.faults.desk_scene import NOON, OUTING, outing


def refused(reason):
    return pytest.raises(RefusalError, check=lambda error: error.reason == reason)


def test_a_seat_is_an_animal_and_its_token_is_not_in_the_store(desk):
    made = desk.seats[0]
    assert (made.seat.number, made.seat.animal) == (1, "Adler")
    assert outings.seat_of(desk.store, made.token) == made.seat
    assert made.token.encode() not in desk.place.read_bytes()


def test_every_seat_of_a_large_group_has_another_animal(desk):
    made = outings.make_seats(desk.store, OUTING, 60)
    assert len({one.seat.animal for one in (*desk.seats, *made)}) == 64
    assert [one.seat.number for one in made][:2] == [5, 6]


def test_a_new_group_ends_all_tokens(desk):
    assert outings.new_group(desk.store, OUTING, now=NOON) == 2
    with refused("no-seat"):
        outings.seat_of(desk.store, desk.seats[0].token)
    with refused("no-seat"):
        desk.piece()
    assert outings.make_seats(desk.store, OUTING, 1)[0].seat.group == 2


def test_a_piece_sent_twice_is_stored_once(desk):
    seat, order = desk.seats[0].seat, pieces.Order("k", "name-tag", {"text": "Mia"})
    first = pieces.receive(desk.store, seat, order, now=NOON)
    assert pieces.receive(desk.store, seat, order, now=NOON + 9) == first
    assert len(pieces.pieces_of_seat(desk.store, seat)) == 1


def test_a_piece_sent_by_eight_threads_at_once_is_stored_once(desk):
    seat, order, found = desk.seats[0].seat, pieces.Order("k", "name-tag", {}), []
    threads = [
        threading.Thread(target=lambda: found.append(pieces.receive(desk.store, seat, order, now=NOON)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1


def test_one_key_does_not_stand_for_two_pieces(desk):
    seat = desk.seats[0].seat
    pieces.receive(desk.store, seat, pieces.Order("k", "name-tag", {"text": "Mia"}), now=NOON)
    with refused("other-piece"):
        pieces.receive(desk.store, seat, pieces.Order("k", "name-tag", {"text": "Ole"}), now=NOON)


def test_the_same_key_of_two_seats_is_two_pieces(desk):
    assert desk.piece("k", seat=0) != desk.piece("k", seat=1)
    assert [one.animal for one in pieces.pieces_of_seat(desk.store, desk.seats[1].seat)] == ["Biber"]


def test_what_is_not_green_needs_a_reason(desk):
    piece = desk.piece(green=False)
    with refused("no-reason"):
        pieces.approve(desk.store, piece, by="educator")
    pieces.approve(desk.store, piece, by="educator", reason="hält so auch")
    found = pieces.pieces_of_seat(desk.store, desk.seats[0].seat)[0]
    assert (found.state, found.reason, found.findings) == (Piece.APPROVED, "hält so auch", ("zu dünn",))


def test_a_piece_goes_back_only_with_a_reason(desk):
    piece = desk.piece()
    with refused("no-reason"):
        pieces.give_back(desk.store, piece, by="educator", reason="  ")
    pieces.give_back(desk.store, piece, by="educator", reason="Der Name ist zu lang.")
    with refused("wrong-state"):
        pieces.approve(desk.store, piece, by="educator")


def test_the_fair_share_is_computed_from_the_outing_and_what_is_on_the_spools(desk):
    share = outings.share_of(desk.store, OUTING, now=NOON)
    assert (share.minutes, share.grams) == ((6 * 60 - 10) * 2 / 4, 1800 / 4)


def test_an_outing_opened_again_gives_no_filament_back(desk):
    release = desk.release(desk.plate())
    desk.clear()
    attempt = desk.printing.start(release, by="educator")
    desk.world.tick(300)
    desk.printing.look("prusa-1")
    desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.DONE}, by="educator")
    outings.open_outing(desk.store, OUTING, outing(), now=NOON)
    assert outings.share_of(desk.store, OUTING, now=NOON).grams == (1800 - 6) / 4


def test_the_end_of_an_outing_expires_what_waits_but_not_what_prints(desk):
    release, waiting = desk.release(desk.plate()), desk.piece("late")
    desk.clear()
    attempt = desk.printing.start(release, by="educator")
    assert outings.close_outing(desk.store, OUTING, now=NOON) == 1
    states = {one.id: one.state for one in pieces.pieces_of_outing(desk.store, OUTING)}
    assert states == {1: "plated", 2: "plated", waiting: "expired"}
    desk.world.tick(300)
    desk.printing.look("prusa-1")
    desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.FAILED}, by="educator")
    with refused("no-outing"):
        outings.make_seats(desk.store, OUTING, 1)


def test_one_part_goes_without_the_others_and_voids_the_release(desk):
    plate = desk.plate()
    release = desk.release(plate)
    desk.clear()
    plates.take_off(desk.store, plate, 1, now=NOON)
    with refused("release-void"):
        desk.printing.start(release, by="educator")
    assert plates.plate_of(desk.store, plate).pieces == (2,)
    assert pieces.pieces_of_outing(desk.store, OUTING, Piece.APPROVED)[0].id == 1


def test_slices_of_an_earlier_content_are_not_taken(desk):
    plate = desk.plate()
    plates.take_off(desk.store, plate, 1, now=NOON)
    with refused("file-changed"):
        plates.record_slices(desk.store, plate, plates.Sliced(1, "0" * 64, 60, 1))


def test_a_plate_is_released_only_as_it_was_seen_and_for_its_kind_of_printer(desk):
    plate = desk.plate()
    desk.release(plate)
    plates.withdraw(desk.store, plate, now=NOON)
    with refused("file-changed"):
        plates.release(desk.store, plates.Wish(plate, "prusa-1", "0" * 64), by="educator", now=NOON)
    seen = plates.plate_of(desk.store, plate).sha256
    with refused("not-found"):
        plates.release(desk.store, plates.Wish(plate, "ender-9", seen), by="educator", now=NOON)


def test_a_piece_lies_on_one_plate_only(desk):
    desk.plate("a")
    with refused("wrong-state"):
        plates.pack(desk.store, OUTING, [1], profile="printer-mk3s", now=NOON)

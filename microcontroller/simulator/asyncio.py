"""Gives programs asyncio on the simulated board's clock: tasks take turns, and waiting takes no real time."""

# The port's own asyncio keeps real time in C. This one has what lessons use, and says so where it has not.
from heapq import heappop, heappush

import simulated_board as board

_queue = []
_number = 0
_current = None


class CancelledError(BaseException):
    """A task was told to stop."""


class TimeoutError(Exception):
    """Something took too long."""


class Task:
    """A coroutine that takes its turn with others."""

    def __init__(self, coroutine):
        self.coro = coroutine
        self.state = None  # None = goes on, True = done
        self.value = self.error = None
        self.seen = False
        self.waiting = []
        self.on = None  # what it waits for: has `waiting`
        self.turn = 0
        self.cancelled = False

    def done(self):
        """Say whether it has ended."""
        return self.state is True

    def cancel(self):
        """Stop it at the place where it waits; return whether there was something to stop."""
        if self.state is True:
            return False
        if self is _current:
            raise RuntimeError("can't cancel self")
        self.cancelled = True
        if self.on is not None and self in self.on.waiting:
            self.on.waiting.remove(self)
        self.on = None
        _wake(self)
        return True

    def __iter__(self):
        return _wait_for_task(self)

    __await__ = __iter__

    def _step(self):
        global _current
        _current = self
        try:
            if self.cancelled:
                self.cancelled = False
                self.coro.throw(CancelledError())
            else:
                self.coro.send(None)
        except StopIteration as end:
            self._ends(end.value, None)
        except CancelledError as error:
            self._ends(None, error)
        except Exception as error:
            self._ends(None, error)
        finally:
            _current = None

    def _ends(self, value, error):
        self.state, self.value, self.error = True, value, error
        for task in self.waiting:
            self.seen = True
            _wake(task)
        self.waiting = []
        if error is not None and not self.seen and not isinstance(error, CancelledError):
            _unheard.append(self)


_unheard = []


class _Pause:
    """Gives the turn to others once."""

    def __iter__(self):
        return self

    __await__ = __iter__

    def __init__(self):
        self.given = False

    def __next__(self):
        if self.given:
            raise StopIteration
        self.given = True


def _wake(task, us=None):
    global _number
    _number += 1
    task.turn = _number
    heappush(_queue, (board.now_us if us is None else us, _number, task))


def _wait_for_task(task):
    task.seen = True
    if not task.done():
        task.waiting.append(_current)
        _current.on = task
        yield from _Pause()
    if task.error is not None:
        raise task.error
    return task.value


def _wait_on(thing):
    """Wait until somebody wakes this task."""
    thing.waiting.append(_current)
    _current.on = thing
    yield from _Pause()


def sleep_ms(ms):
    """Wait for milliseconds while others have their turn."""
    _wake(_current, board.now_us + max(0, int(ms * 1000)))
    return _Pause()


def sleep(seconds):
    """Wait for seconds while others have their turn."""
    return sleep_ms(seconds * 1000)


def create_task(coroutine):
    """Start a coroutine beside the others."""
    if not hasattr(coroutine, "send"):
        raise TypeError("coroutine expected")
    task = Task(coroutine)
    _wake(task)
    return task


def current_task():
    """Return the task whose turn it is."""
    if _current is None:
        raise RuntimeError("no running event loop")
    return _current


def run(coroutine):
    """Run a coroutine to its end, and all tasks it started meanwhile; return what it returns."""
    main = create_task(coroutine)
    _go_on(main)
    if main.error is not None:
        raise main.error
    return main.value


def _go_on(main):
    if main is not None:
        main.seen = True
    idle = 0
    while main is None or not main.done():
        if not _queue:
            board.advance(max(1, board.coming[0][0] - board.now_us) if board.coming else board.end_us)
            _look_at_flags()
            continue
        us, number, task = heappop(_queue)
        if task.turn != number or task.done():
            continue
        if us > board.now_us:
            _wait_until(us, number, task)
            idle = 0
            continue
        idle += 1
        if idle > 50:  # tasks that only ever say sleep(0) let time pass too
            board.look()
        task._step()
        if _unheard:
            raise _unheard.pop().error


def _wait_until(us, number, task):
    """Let time pass up to the next thing that happens on the board, which may wake somebody earlier."""
    heappush(_queue, (us, number, task))
    next_us = min(us, board.coming[0][0]) if board.coming else us
    board.advance(max(0, next_us - board.now_us))
    _look_at_flags()


def gather(*things, return_exceptions=False):
    """Wait for several at once; return what each returns."""
    tasks = [thing if isinstance(thing, Task) else create_task(thing) for thing in things]
    values = []
    for task in tasks:
        task.seen = True
    for task in tasks:
        try:
            values.append((yield from _wait_for_task(task)))
        except Exception as error:
            if not return_exceptions:
                raise
            values.append(error)
    return values


def wait_for_ms(thing, ms):
    """Wait for something, but not longer than this; then TimeoutError."""
    if ms is None:
        return (yield from (thing if isinstance(thing, Task) else create_task(thing)))
    task = thing if isinstance(thing, Task) else create_task(thing)
    late = [False]

    def stop():
        if not task.done():
            late[0] = True
            task.cancel()

    number = board.at(board.now_us + int(ms * 1000), stop)
    try:
        return (yield from _wait_for_task(task))
    except CancelledError:
        if late[0]:
            raise TimeoutError()
        task.cancel()
        raise
    finally:
        board.cancel(number)


def wait_for(thing, timeout):
    """Wait for something, but not longer than so many seconds; then TimeoutError."""
    return wait_for_ms(thing, None if timeout is None else timeout * 1000)


class Event:
    """Something that tasks wait for until it is set."""

    def __init__(self):
        self.waiting = []
        self._set = False

    def is_set(self):
        """Say whether it is set."""
        return self._set

    def set(self):
        """Set it: all who wait go on."""
        self._set = True
        for task in self.waiting:
            _wake(task)
        self.waiting = []

    def clear(self):
        """Take it back."""
        self._set = False

    def wait(self):
        """Wait until it is set."""
        if not self._set:
            yield from _wait_on(self)
        return True


class ThreadSafeFlag:
    """An event that an interrupt may set; one task waits for it, and waiting takes it back."""

    def __init__(self):
        self.waiting = []
        self._set = False
        _flags.append(self)

    def set(self):
        """Set it; the task goes on when its turn comes."""
        self._set = True

    def clear(self):
        """Take it back."""
        self._set = False

    def wait(self):
        """Wait until it is set, and take it back."""
        if not self._set:
            yield from _wait_on(self)
        self._set = False


_flags = []


def _look_at_flags():
    for flag in _flags:
        if flag._set and flag.waiting:
            _wake(flag.waiting.pop())


class Lock:
    """What one task at a time may hold."""

    def __init__(self):
        self.waiting = []
        self._locked = False

    def locked(self):
        """Say whether somebody holds it."""
        return self._locked

    def acquire(self):
        """Wait until it is free, and take it."""
        while self._locked:
            yield from _wait_on(self)
        self._locked = True
        return True

    def release(self):
        """Give it back."""
        if not self._locked:
            raise RuntimeError("Lock not acquired")
        self._locked = False
        if self.waiting:
            _wake(self.waiting.pop(0))

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        return self.release()


class Loop:
    """The loop that all tasks share."""

    def create_task(self, coroutine):
        """Start a coroutine beside the others."""
        return create_task(coroutine)

    def run_until_complete(self, coroutine):
        """Run a coroutine to its end."""
        return run(coroutine)

    def run_forever(self):
        """Run all tasks until the board's time is up."""
        _go_on(None)

    def stop(self):
        """Not needed: the board's time ends."""

    def close(self):
        """Nothing to put away."""


def get_event_loop():
    """Return the loop."""
    return Loop()


def new_event_loop():
    """Forget all tasks and return the loop."""
    del _queue[:]
    return Loop()


def __getattr__(name):
    if name in ("open_connection", "start_server", "StreamReader", "StreamWriter"):
        raise board.BoardError("Verbindungen ins Netz hat asyncio auf dem simulierten Board nicht.")
    raise AttributeError("'module' object has no attribute '%s'" % name)

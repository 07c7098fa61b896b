"""What other parts of the engine report under a code: explained here, so that `explain` knows every code."""

REPORTED_ELSEWHERE: dict[str, str] = {
    "YML101": """YML101: every file is readable: UTF-8 text and valid YAML.

    Why: A file that cannot be read hides everything it says; the other files are still checked.
    Bad:
        title: {de: "Namensschild}
    Good:
        title: {de: "Namensschild"}
    """,
    "YML102": """YML102: no key stands twice in the same place.

    Why: YAML would silently keep the second one.
    Bad:
        grades: [3, 4]
        grades: [5, 6]
    Good:
        grades: [3, 4, 5, 6]
    """,
    "YML103": """YML103: no anchors and aliases.

    Why: Nine nested aliases can stand for a billion values, and authors who do not know them cannot read them.
    Bad:
        title: &name {de: Namensschild}
        summary: *name
    Good:
        title: {de: Namensschild}
        summary: {de: Namensschild}
    """,
    "YML104": """YML104: a file has at most 1 MB and 20 levels.

    Why: Content is written by people; larger files are data, and data lives in packs.
    Bad:
        note: [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]
    Good:
        note: []
    """,
    "YML105": """YML105: every field is known, is there when it must be, and holds what it should.

    Why: A misspelt field would be ignored, and its text would reach no page.
    Bad:
        titel: {de: Namensschild}
    Good:
        title: {de: Namensschild}
    """,
    "NBK101": """NBK101: a notebook is readable: JSON in notebook format 4.

    Why: A conflict of two branches, resolved by hand, often leaves a broken notebook behind.
    Bad:
        <<<<<<< HEAD
    Good:
        {"cells": […], "metadata": {…}, "nbformat": 4, "nbformat_minor": 5}
    """,
    "NBK201": """NBK201: every cell of a lesson runs without an error.

    Why: An error that is not the child's own stops the lesson for the whole group.
    Bad:
        led.on()                 # and no cell above makes led
    Good:
        led = board().led("GP15")
        led.on()
    """,
    "NBK202": """NBK202: a notebook runs in the time it is given.

    Why: An endless loop in a lesson would stop the building of all others.
    Bad:
        while True:
            led.toggle()
    Good:
        for blink in range(10):
            led.toggle()
    """,
    "NBK203": """NBK203: a notebook runs in the memory it is given.

    Why: A wagon laptop has 8 GB for everything; a cell that takes it all freezes the child's screen.
    Bad:
        numbers = list(range(10**9))
    Good:
        numbers = range(10**9)
    """,
    "NBK204": """NBK204: in the student's version, run untouched, every check says "not yet".

    Why: A check that passes before the child has done anything proves nothing.
    Bad:
        return len(name) >= 0, f"Dein Text ist „{name}“."
    Good:
        return 2 <= len(name) <= 8, f"Dein Text ist „{name}“."
    """,
    "NBK205": """NBK205: in the teacher's version every check passes.

    Why: A check that our own solution fails sends every child in circles.
    Bad:
        return loch_mm > 4, …          # and the solution says loch_mm = 4
    Good:
        return loch_mm >= 4, …
    """,
    "NBK206": """NBK206: every cell can be printed.

    Why: A broken picture, a link to nowhere or a character that our font does not have would leave a hole on the sheet.
    Bad:
        Super gemacht 🎉
    Good:
        Super gemacht!
    """,
    "CAD109": """CAD109: the model as it comes, and every preset, gives a part.

    Why: A child who taps a ready-made part must see it, and its page on the website offers it for printing.
    Bad:
        presets: {small: {title: {de: Klein}, values: {wall_mm: 0}}}     # and build() divides by wall_mm
    Good:
        presets: {small: {title: {de: Klein}, values: {wall_mm: 1.2}}}
    """,
    "MCU301": """MCU301: every program for a board calls only what the board's firmware has, with values it takes.

    Why: A run shows only what it reaches. `check --types` reads the whole program, also the branch that no scenario
    enters. A cell with a mistake on purpose carries the tag "raises-exception"; wrong/ of an exercise is left alone.
    Bad:
        led = Pin(15, Pin.OUT)
        led.onn()                       # also: sleep("3"), led.value = 1, import rp2 on an ESP32
    Good:
        led = Pin(15, Pin.OUT)
        led.on()
    """,
    "DAT101": """DAT101: every data pack has a name of its own.

    Why: Lessons refer to a pack by its folder's name, wherever it lies.
    Bad:
        lessons/a/data/parking/pack.yml  lessons/b/data/parking/pack.yml
    Good:
        curriculum/data/parking/pack.yml
    """,
    "LEA101": """LEA101: no student's file holds a solution.

    Why: A child who finds the answer in the file has nothing left to do.
    Bad:
        loch_mm = 4                     # in student.ipynb, from between BEGIN SOLUTION and END SOLUTION
    Good:
        # Hier bist du dran.
    """,
    "LEA102": """LEA102: no student's file holds a note for teachers.

    Why: Notes speak about children, not to them.
    Bad:
        "Viele vertauschen hier die Beine."      # on the student's sheet, from a cell with the tag teacher
    Good:
        # the note stands on the teacher's sheet only
    """,
    "LEA103": """LEA103: no student's file holds the output of a solution.

    Why: The picture of the finished part, or the number that comes out, gives the answer away.
    Bad:
        4.0                             # the output of a cell that was run with its solution
    Good:
        # the output of the student's version, or none
    """,
    "SIT102": """SIT102: no page asks a third party for anything.

    Why: A font or a map from somewhere else tells that company who reads our pages.
    Bad:
        <link href="https://fonts.example.org/andika.css" rel="stylesheet">
    Good:
        <link href="assets/fonts/andika.css" rel="stylesheet">
    """,
}

import importlib.util

import pytest

MODEL = """id: {slug}
title: {{de: Klotz}}
parameters:
  - {{name: size_mm, type: number, min: 1, max: 300, default: 20, label: {{de: Größe}}}}
expect: {{size_mm: [300, 300, 300], volume_mm3: [1, 100000000]}}
print: {{profile: "0.2 mm PLA", orientation: flach}}
"""
HEAD = "import time\nimport cadquery as cq\n\n\ndef build(params):\n    size = params['size_mm']\n"
TEXT = "  - {name: text, type: text, default: Ei, label: {de: Text}}\nexpect:"
BODIES = {
    "tiny": "return preview(params).toCompound().fuse(cq.Workplane().box(4, 4, 2).val())\n\n\ndef preview(params):\n"
    "    line = cq.Workplane().box(3, 0.2, 1).translate((0, 0, 1.5))\n"
    "    return cq.Assembly(cq.Workplane().box(4, 4, 2), name='body').add(line, name='letters')",
    "block": "return cq.Workplane().box(size, size, size, centered=(True, True, False))",
    "quick": "return cq.Workplane().box(size, size, size)\n\n\ndef preview(params):\n"
    "    body = cq.Workplane().box(10, 10, 2)\n"
    "    return cq.Assembly(body, name='body').add(cq.Workplane().box(2, 2, 2), name='letters')",
    "hangs": "while size > 50:\n        pass\n    return cq.Workplane().box(size, size, size)",
    "sleeps": "time.sleep(size / 100)\n    return cq.Workplane().box(size, size, size)",
    "raises": "return cq.Workplane().box(size, size, 1 / (size - 20))",
    "grows": "return bytearray(5_000_000_000)",
    "crashes": "import os\n    os.abort()",
    "exits": "raise SystemExit",
    "nothing": "return None",
    "empty": "return cq.Workplane()",
    "two": "return cq.Workplane().box(size, size, size).union(cq.Workplane().center(2 * size, 0).box(size, size, size))",
    "prints": "print('half an answer {' * 1000)\n    return cq.Workplane().box(size, size, size)",
}


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """A checkout that holds only small models, most of them hostile."""
    root = tmp_path_factory.mktemp("checkout")
    for slug, body in BODIES.items():
        folder = root / "cad_models" / slug
        folder.mkdir(parents=True)
        declared = MODEL.format(slug=slug)
        (folder / "model.yml").write_text(
            declared.replace("expect:", TEXT) if slug == "tiny" else declared, encoding="utf-8"
        )
        (folder / "model.py").write_text(HEAD + "    " + body + "\n", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def workshop(checkout):
    if importlib.util.find_spec("cadquery") is None:
        pytest.skip("needs cadquery")
    from makerwagen.models.workshop import Workshop

    with Workshop(checkout, timeout_s=2) as opened:
        yield opened

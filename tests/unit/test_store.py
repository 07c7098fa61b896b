from pathlib import Path

from makerwagen.store import Store, digest_folder


def test_a_renamed_folder_is_another_content(tmp_path: Path):
    (tmp_path / "lessons/count-wheels").mkdir(parents=True)
    (tmp_path / "lessons/count-wheels/lesson.yml").write_text("title: Räder")
    before = digest_folder(tmp_path)
    (tmp_path / "lessons/count-wheels").rename(tmp_path / "lessons/count-wheelz")
    assert digest_folder(tmp_path) != before


def test_a_folder_elsewhere_with_the_same_files_is_the_same_content(tmp_path: Path):
    for name in ("one", "other"):
        (tmp_path / name / "images").mkdir(parents=True)
        (tmp_path / name / "images/led.svg").write_text("<svg/>")
    assert digest_folder(tmp_path / "one") == digest_folder(tmp_path / "other")


def test_what_was_not_asked_for_is_dropped(tmp_path: Path):
    first = Store(tmp_path)
    first.put("used", b"1")
    first.put("unused", b"2")
    second = Store(tmp_path)
    assert second.get("used") == b"1"
    second.drop_unused()
    assert [path.name for path in tmp_path.iterdir()] == ["used"]

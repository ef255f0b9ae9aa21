"""What `deck serve` does beside the browser: which files it watches, where it serves, and when it gives up."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deck.build.place import Place
from deck.build.store import Store
from deck.errors import OutputError
from deck.serve.server import address, listening
from deck.serve.watching import Watcher, looked_at, nearby


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.md"
    path.write_text("# A talk\n")
    return path


class Waiting(threading.Thread):
    """Waits for a change of files, beside the test."""

    def __init__(self, files: set[str], watcher: Watcher | None = None) -> None:
        super().__init__(daemon=True)
        self.known, self.watcher, self.changed = looked_at(files), watcher or Watcher(), set[str]()
        self.start()

    def run(self) -> None:
        self.changed = self.watcher.wait(self.known)

    def hears(self) -> set[str]:
        self.join()
        return self.changed


def test_a_change_is_heard_of_even_if_it_came_before_anybody_waited(talk: Path) -> None:
    known, watcher = looked_at({str(talk)}), Watcher()
    talk.write_text("# Another talk\n")

    assert watcher.wait(known) == {str(talk)}


def test_files_that_are_replaced_added_and_removed_are_heard_of(talk: Path) -> None:
    image = talk.with_name("cup.png")
    waiting = Waiting(nearby(talk))
    beside = talk.with_name(".talk.md.swp")
    beside.write_text("# Another talk\n")
    beside.replace(talk)
    assert str(talk) in waiting.hears()

    waiting = Waiting({str(talk), str(image)})
    image.write_bytes(b"a cup")
    assert waiting.hears() == {str(image)}

    waiting = Waiting({str(talk), str(image)})
    image.unlink()
    assert waiting.hears() == {str(image)}


def test_what_a_build_writes_again_as_it_was_is_no_change(talk: Path) -> None:
    made, watcher = talk.with_name("made.txt"), Watcher()
    files = {str(talk), str(made)}
    made.write_text("the same")
    first = looked_at(files)
    made.unlink()
    made.write_text("the same")
    assert watcher.wait(first) == {str(made)}  # nobody knows yet what was in it

    waiting = Waiting(files, watcher)
    made.unlink()
    made.write_text("the same")
    talk.write_text("# Another talk\n")
    assert waiting.hears() == {str(talk)}


def test_what_tools_make_in_the_folder_is_passed_over(talk: Path) -> None:
    for name in ("build/talk.html", ".git/HEAD", "env/pyvenv.cfg", "env/lib/x.py", "media/x.svg", "pics/cup.png"):
        path = talk.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (talk.parent / "talk.md~").touch()

    found = {Path(file).relative_to(talk.parent).as_posix() for file in nearby(talk)}

    assert found == {".", "talk.md", "pics", "pics/cup.png"}


def test_what_recordings_were_made_from_is_read_from_the_store(tmp_path: Path) -> None:
    one, old, damaged = (str(digit) * 64 for digit in range(3))
    store = Store(tmp_path / "store", Place("/talk", "/"))
    store.put(one, b"before", {"/talk/b.png": ""})
    store.put(one, b"x", {"/a.py": "1"})
    store.put(old, b"y", {"/old.py": "1"})
    keys = tmp_path / "store" / "keys"
    (keys / f"{damaged}.json").write_text("[{")
    os.utime(keys / f"{old}.json", (1e9, 1e9))

    assert store.inputs() == {"/a.py", "/talk/b.png", "/old.py"}
    assert store.inputs(since=2e9 - 1e9 + 100) == {"/a.py", "/talk/b.png"}
    assert Store(tmp_path / "none").inputs() == set()


def test_the_first_free_port_is_taken() -> None:
    with listening("127.0.0.1", None) as one, listening("127.0.0.1", None) as other:
        ports = [bound.getsockname()[1] for bound in (one, other)]

        assert 8000 <= ports[0] < ports[1]
        assert address("127.0.0.1", one) == f"http://127.0.0.1:{ports[0]}/"
        assert address("0.0.0.0", one) == f"http://127.0.0.1:{ports[0]}/"  # noqa: S104 - what it looks like on this machine
        assert address("::1", one) == f"http://[::1]:{ports[0]}/"


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("203.0.113.9", "cannot serve on 203.0.113.9, port 0: this machine has no such address"),
        ("no such host", "cannot serve on no such host, port 0: this machine has no such address"),
    ],
)
def test_an_address_that_is_not_ours_is_said_so(host: str, sentence: str) -> None:
    with pytest.raises(OutputError, match=sentence) as caught, listening(host, 0):
        pass

    assert "leave --host out" in caught.value.hint


def test_a_port_in_use_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=f"port {port}: it is in use"), listening("127.0.0.1", port):
            pass


SCENE = """\
## Mine

```python
from manim import *
class Mine(Scene):
    def construct(self):
        self.play(FadeIn(Dot()))
```
"""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.md"], "missing.md: no such document"),
        (["scene.md"], "--trust"),
    ],
)
def test_what_no_edit_of_the_document_mends_ends_it(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    (tmp_path / "scene.md").write_text(f"# Scenes\n\n{SCENE}")
    env = {name: value for name, value in os.environ.items() if name != "DECK_TRUST"}
    command = [sys.executable, "-m", "deck", "serve", "--port", "0", *arguments]

    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr

"""What a process may do once it is guarded, which is tried in another one: there is no way back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import ctypes, importlib.util, json, os, shutil, socket, sqlite3, subprocess, sys, tempfile
from pathlib import Path
from urllib.request import urlopen

from deck.process.guard import DeniedError, guard

readable, writable, elsewhere = map(Path, sys.argv[1:4])
os.chdir(writable)
guard(readable=[str(readable)], writable=str(writable))
for what in json.loads(sys.argv[4]):
    try:
        exec(what)
    except Exception as error:
        while error is not None and not isinstance(error, DeniedError):
            error = error.__cause__ or error.__context__
        print("refused" if error else "failed", flush=True)
    else:
        print("done", flush=True)
"""

REFUSED = {
    "a program": "subprocess.run(['true'])",
    "a command of the shell": "os.system('true')",
    "a program in its place": "os.execv('/bin/true', ['true'])",
    "a program beside it": "os.posix_spawn('/bin/true', ['true'], {})",
    "a process": "os.fork()",
    "the end of another process": "os.kill(os.getppid(), 0)",
    "an address": "urlopen('http://127.0.0.1:9/')",
    "a socket": "socket.socket()",
    "a name": "socket.getaddrinfo('localhost', 80)",
    "reading elsewhere": "(elsewhere / 'secret').read_text()",
    "reading through a link": "(readable / 'link').read_text()",
    "reading by a way around": "open(readable / '..' / elsewhere.name / 'secret')",
    "reading passwords": "open('/etc/passwd')",
    "listing elsewhere": "os.listdir(elsewhere)",
    "walking elsewhere": "list(os.scandir(elsewhere))",
    "writing to what may be read": "(readable / 'talk.md').write_text('x')",
    "writing elsewhere": "(elsewhere / 'new').touch()",
    "appending": "open(elsewhere / 'secret', 'a')",
    "opening to write": "os.open(elsewhere / 'secret', os.O_RDWR)",
    "removing": "(elsewhere / 'secret').unlink()",
    "removing from an open folder": "os.remove('secret', dir_fd=os.open(readable, os.O_RDONLY))",
    "removing a tree": "shutil.rmtree(elsewhere)",
    "moving out": "shutil.move(writable / 'own', elsewhere / 'own')",
    "moving in": "os.rename(elsewhere / 'secret', writable / 'secret')",
    "a link to elsewhere": "os.link(elsewhere / 'secret', writable / 'secret')",
    "a link made elsewhere": "os.symlink('/etc', elsewhere / 'link')",
    "a folder elsewhere": "(elsewhere / 'folder').mkdir()",
    "other rights": "(elsewhere / 'secret').chmod(0o777)",
    "another time": "os.utime(elsewhere / 'secret')",
    "cutting off": "os.truncate(elsewhere / 'secret', 0)",
    "a database": "sqlite3.connect(elsewhere / 'data')",
    "another folder": "os.chdir('/')",
    "a library": "ctypes.CDLL(str(readable / 'lib.so'))",
    "a module of C": "importlib.util.module_from_spec(importlib.util.spec_from_file_location('c', readable / 'c.so'))",
}
ALLOWED = {
    "reading the document": "(readable / 'talk.md').read_text()",
    "looking into its folder": "os.listdir(readable)",
    "asking whether a file is there": "assert not (readable / 'nothing').exists()",
    "importing what is installed": "import manim_slides.slide",
    "typefaces": "list(os.scandir('/usr/share'))",
    "chance": "open('/dev/urandom', 'rb').read(1)",
    "a temporary folder": "with tempfile.TemporaryDirectory(dir=writable) as new: (Path(new) / 'deeper').mkdir()",
    "a temporary file": "with tempfile.NamedTemporaryFile(dir=writable) as new: new.write(b'x')",
    "moving its own": "os.rename(writable / 'own', writable / 'renamed')",
    "its own open folder": "os.remove('other', dir_fd=os.open(writable, os.O_RDONLY))",
}


@pytest.fixture
def places(tmp_path: Path) -> list[Path]:
    """What may be read, what may be written to as well, and neither."""
    readable, writable, elsewhere = (tmp_path / name for name in ("talk", "scratch", "elsewhere"))
    for place in (readable, writable, elsewhere):
        place.mkdir()
    for file in ("talk.md", "secret", "lib.so", "c.so"):
        (readable / file).write_text("x")
    (readable / "link").symlink_to(elsewhere / "secret")
    (elsewhere / "secret").write_text("secret")
    for name in ("own", "other"):
        (writable / name).touch()
    return [readable, writable, elsewhere]


def attempts(attempts: dict[str, str], places: list[Path]) -> dict[str, str]:
    """Return what has become of each attempt, which are made one after the other."""
    command = [sys.executable, "-c", PROGRAM, *map(str, places), json.dumps(list(attempts.values()))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return dict(zip(attempts, done.stdout.split(), strict=True))


def test_what_is_not_needed_is_refused(places: list[Path]) -> None:
    assert attempts(REFUSED, places) == dict.fromkeys(REFUSED, "refused")

    secret = places[2] / "secret"
    assert [path.name for path in places[2].iterdir()] == ["secret"]
    assert (secret.read_text(), secret.stat().st_nlink) == ("secret", 1)
    assert (places[0] / "talk.md").read_text() == "x"


def test_what_is_needed_is_allowed(places: list[Path]) -> None:
    assert attempts(ALLOWED, places) == dict.fromkeys(ALLOWED, "done")

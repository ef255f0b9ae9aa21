"""Scenes of a trusted document that misbehave: what `construct` does, each in a section between two honest ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["ENDLESS", "SCENES", "Misdeed", "document"]


class Misdeed(NamedTuple):
    """What ``construct`` does, and whether that can be no recording, must be one, or may be either (None)."""

    body: str
    fails: bool | None = True


HEAD = """\
import ctypes, gc, multiprocessing, os, pickle, resource, shutil, signal, subprocess, sys, tempfile, threading, time
from manim import *

FDS = [int(name) for name in os.listdir("/proc/self/fd") if int(name) > 2]

class Mute(Exception):
    def __str__(self): raise ValueError("no")
    __repr__ = __str__

class Sticky(Exception):
    def __reduce__(self): raise ValueError("no")

class Picky(Exception):
    def __init__(self, one, two, *, three): super().__init__()

class Sly(Exception):
    def __reduce__(self): return os.system, ("touch RAN",)

class Blank(Exception):
    args = property(lambda self: 1 / 0)
    __cause__ = property(lambda self: 1 / 0)

class Low(BaseException):
    pass

class Text(str):
    def __str__(self): return 7

def forever(*args):
    while True:
        pass

def deeper():
    deeper()

def write_everywhere(data):
    for fd in FDS:
        try:
            os.set_blocking(fd, False)
            os.write(fd, data)
        except OSError:
            pass
"""

ENDLESS: Mapping[str, Misdeed] = {
    "loop": Misdeed("forever()"),
    "loop-deaf": Misdeed("signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\nforever()"),
    "loop-ignoring": Misdeed(
        "for s in range(1, 32):\n  try: signal.signal(s, signal.SIG_IGN)\n  except OSError: pass\nforever()"
    ),
    "loop-excepting": Misdeed("while True:\n  try: forever()\n  except BaseException: pass"),
    "sleep": Misdeed("time.sleep(10**6)"),
    "stop": Misdeed("os.kill(os.getpid(), signal.SIGSTOP)"),
    "stop-again": Misdeed("if not os.fork(): forever()\nos.kill(os.getpid(), signal.SIGSTOP)"),
    "native": Misdeed("ctypes.CDLL(None).pause()"),
}
"""What never comes to an end by itself."""

SCENES: Mapping[str, Misdeed] = {
    "thread": Misdeed("threading.Thread(target=time.sleep, args=[10**6]).start()", fails=False),
    "thread-busy": Misdeed("threading.Thread(target=forever, daemon=True).start()", fails=False),
    "exit": Misdeed("sys.exit()"),
    "exit-text": Misdeed("sys.exit('gone' * 1000)"),
    "exit-hard": Misdeed("os._exit(0)"),
    "exit-hard-3": Misdeed("os._exit(3)"),
    "abort": Misdeed("os.abort()"),
    "keyboard": Misdeed("raise KeyboardInterrupt"),
    "generator": Misdeed("raise GeneratorExit"),
    "base": Misdeed("raise Low('low')"),
    "mute": Misdeed("raise Mute"),
    "sticky": Misdeed("raise Sticky('text')"),
    "picky": Misdeed("raise Picky(1, 2, three=3)"),
    "sly": Misdeed("raise Sly('text')"),
    "blank": Misdeed("raise Blank('text')"),
    "long": Misdeed("raise ValueError('x' * 10_000_000)"),
    "long-lines": Misdeed("raise ValueError('x\\n' * 5_000_000)"),
    "control": Misdeed("raise ValueError('a\\x1b[2J\\x07b\\u202ec\\x00d\\udcffe')"),
    "no-text": Misdeed("raise ValueError(Text('x'))"),
    "empty": Misdeed("raise ValueError"),
    "chain": Misdeed(
        "e = ValueError('x')\nfor i in range(20_000):\n  n = ValueError(str(i)); n.__cause__ = e; e = n\nraise e"
    ),
    "circle": Misdeed("a, b = ValueError('a'), ValueError('b')\na.__cause__ = b; b.__context__ = a\nraise a"),
    "group": Misdeed("raise ExceptionGroup('g', [ValueError(str(i)) for i in range(1000)])"),
    "syntax": Misdeed("raise SyntaxError('x', ('/etc/passwd', 1, 1, 'y'))"),
    "stop-iteration": Misdeed("next(iter(()))"),
    "memory": Misdeed("bytearray(10**17)"),
    "recursion": Misdeed("down = lambda: down()\ndown()"),
    "recursion-limit": Misdeed(
        "sys.setrecursionlimit(max(len(__import__('inspect').stack()) + 3, 30))\ndown = lambda: down()\ndown()"
    ),
    "write-everywhere": Misdeed("write_everywhere(b'garbage ' * 10_000)", fails=None),
    "write-pickle": Misdeed("write_everywhere(pickle.dumps(Sly()) * 100)", fails=None),
    "write-json": Misdeed("write_everywhere(b'[' * 60_000)", fails=None),
    "write-numbers": Misdeed("write_everywhere(b'\\xff' * 60_000)", fails=None),
    "write-zeros": Misdeed("write_everywhere(bytes(60_000))", fails=None),
    "close-all": Misdeed("os.closerange(0, 4096)", fails=None),
    "close-others": Misdeed("os.closerange(3, 4096)", fails=None),
    "null-all": Misdeed(
        "n = os.open(os.devnull, os.O_RDWR)\nfor fd in FDS:\n  try: os.dup2(n, fd)\n  except OSError: pass", fails=None
    ),
    "segfault": Misdeed("ctypes.string_at(0)"),
    **{
        f"signal-{number}": Misdeed(f"os.kill(os.getpid(), {number})\ntime.sleep(0.1)", fails=None)
        for number in (1, 2, 3, 10, 13, 14, 17, 18, 27)
    },
    **{
        f"signal-{number}": Misdeed(f"signal.signal({number}, signal.SIG_DFL)\nos.kill(os.getpid(), {number})")
        for number in (4, 6, 7, 8, 11, 15, 24)
    },
    "signal-9": Misdeed("os.kill(os.getpid(), 9)"),
    "alarm": Misdeed("signal.alarm(1)\nforever()"),
    "cpu": Misdeed("resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nforever()"),
    "no-files": Misdeed("resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))", fails=None),
    "no-sizes": Misdeed("resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))", fails=None),
    "fork": Misdeed("if not os.fork(): forever()", fails=None),
    "fork-returning": Misdeed("os.fork()", fails=None),
    "program": Misdeed("subprocess.Popen(['sleep', '100000'])", fails=None),
    "stdout": Misdeed("sys.stdout = sys.stderr = None", fails=None),
    "stdout-closed": Misdeed("sys.stdout.close(); sys.stderr.close()", fails=None),
    "print": Misdeed("print('plain'); os.write(1, b'plain'); os.write(2, b'plain')", fails=False),
    "temporary": Misdeed("shutil.rmtree(tempfile.gettempdir())", fails=None),
    "folder": Misdeed("os.chdir('/')", fails=None),
    "folder-gone": Misdeed("f = tempfile.mkdtemp(); os.chdir(f); os.rmdir(f)", fails=None),
    "modules": Misdeed("sys.modules.clear()", fails=None),
    "modules-none": Misdeed("sys.modules.update(numpy=None, json=None, zlib=None)", fails=None),
    "path": Misdeed("sys.path[:] = []; sys.meta_path[:] = []", fails=None),
    "builtins": Misdeed("import builtins\nbuiltins.len = builtins.open = builtins.isinstance = None", fails=None),
    "hooks": Misdeed("sys.excepthook = sys.displayhook = forever\nsys.settrace(forever)", fails=None),
    "audit": Misdeed("sys.addaudithook(lambda *a: sys.exit())", fails=None),
    "environment": Misdeed("os.environ.clear()", fails=None),
    "json": Misdeed("import json, zlib\njson.dumps = zlib.compress = lambda *a, **k: 1 / 0", fails=None),
    "many": Misdeed("self.add(*[Dot() for _ in range(3)])\nself.mobjects.append('no mobject')"),
    "not-a-number": Misdeed("self.add(Dot([float('nan'), float('inf'), 1e300]))", fails=None),
    "camera": Misdeed("self.camera = None"),
    "renderer": Misdeed("self.renderer = object()"),
    "settings": Misdeed(
        "config.pixel_width = -1; config.frame_rate = 0; config.frame_height = float('nan')", fails=None
    ),
    "play-nothing": Misdeed("self.play()"),
    "play-backwards": Misdeed("self.play(Wait(run_time=-1))", fails=None),
    "play-for-ever": Misdeed("self.play(Create(Dot()), run_time=float('inf'))"),
    "play-no-time": Misdeed("self.play(Create(Dot()), run_time=float('nan'))"),
}
"""What comes to an end, one way or another."""


def document(misdeeds: Mapping[str, Misdeed], ran: str) -> str:
    """Return a document with a section for each misdeed, and one of text before each and at the end."""
    sections = ["# T\n"]
    for number, (name, misdeed) in enumerate(misdeeds.items()):
        body = "\n".join(f"        {line}" for line in misdeed.body.split("\n"))
        head = HEAD.replace("RAN", ran) if number == 0 else ""
        scene = f"class Bad{number}(Scene):\n    def construct(self):\n{body}\n        self.add(Dot())\n        self.wait()\n"
        sections.append(f"## Good {number}\n\n- x\n\n## {name}\n\n```python\n{head}\n{scene}```\n")
    return "\n".join([*sections, "## The end\n\n- x\n"])

"""Attacks set up, the commands run against them, and what was found to be wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from PIL import Image

from tests.hostile.attack import PLAIN, SECRET, Attack, Place, program, text
from tests.hostile.policy import Policy
from tests.hostile.tracing import Event, events

__all__ = ["UNSPEAKABLE", "Run", "run", "short_folder", "supervised"]

HERE = Path(__file__).parent
COMMANDS = ("list", "check", "build")
PROGRAMS = (
    "bash chromium convert dot dvipdfm dvisvgm ffmpeg ffprobe gcc git gs gswin64c inkscape kpsewhich latex ldconfig "
    "lualatex luatex mutool node open pandoc pdflatex pdftocairo ps2pdf rsvg-convert sh typst uname wmf2svg xelatex"
).split()
"""Stand at the front of PATH for the length of a run, and tell of their being started."""

MOST_SECONDS, MOST_BYTES = 20.0, 1_000_000_000
ENDS_WITHIN, PATIENCE = 90, 20
"""Seconds of a clock, for a busy machine: for a command, and for what it leaves behind."""

LONGEST_LINE = 1000
"""Characters of what is told of failures."""

MINE = b"mine"
"""What is in files that have to stay, wherever they are."""

LARGEST = 10_000_000
"""Bytes of a file that is compared; of larger ones their size has to do."""

UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys instead of showing it."""


@dataclass(slots=True)
class Run:
    """
    What has become of an attack.

    Attributes
    ----------
    codes, said, told
        Of each command: its exit code, and what it wrote to stdout and to stderr.
    cost
        The seconds of processor time of the dearest command.
    peak
        The most memory that a process has had, in bytes.
    faults
        What must not be.
    page
        The bytes of what was built, if anything was.
    """

    codes: list[object] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    cost: float = 0
    peak: int = 0
    faults: list[str] = field(default_factory=list)
    page: bytes = b""


def run(attacks: Mapping[str, Attack], root: Path) -> dict[str, Run]:
    """Run the commands against each attack, those that need processes of their own last."""
    together = {name: attack for name, attack in attacks.items() if not attack.alone}
    runs = _Stage(together, root / "together").run_together() if together else {}
    for name, attack in attacks.items():
        if attack.alone:
            runs[name] = _Stage({name: attack}, root / name).run_alone()
    if any(attack.harmless for attack in attacks.values()):
        usual = _Stage({"usual": text(PLAIN)}, root / "usual").run_alone()
        for name, attack in attacks.items():
            if attack.harmless and (runs[name].said[0], runs[name].page) != (usual.said[0], usual.page):
                runs[name].faults.append("what is listed or built is other than usual")
    return runs


class _Stage:
    """A home, a temporary folder, a path with programs, files that are nobody's business, and the attacks' folders."""

    def __init__(self, attacks: Mapping[str, Attack], root: Path) -> None:
        self.attacks, self.root = attacks, root
        self.home, self.outside = root / "home", root / "outside"
        self.temporary = short_folder()
        for folder in (self.home, self.outside / "folder", root / "bin", root / "empty"):
            folder.mkdir(parents=True)
        for suffix in ("txt", "md", "svg", "bin", "yaml", "tex"):
            (self.outside / f"secret.{suffix}").write_text(f"# {SECRET}\n")
        (self.outside / "folder" / "secret.txt").write_text(SECRET)
        Image.new("RGB", (640, 480), "red").save(self.outside / "secret.png")
        self.places = {name: self._place(name) for name in attacks}
        for name in PROGRAMS:
            path = root / "bin" / name
            path.write_text(program(next(iter(self.places.values()))))
            path.chmod(0o755)
        for name, attack in attacks.items():
            attack.write(self.places[name])
        self.before = {name: tree(place.folder) for name, place in self.places.items()}
        self.outside_before = tree(self.outside)
        self.mine = {path for place in self.places.values() for path in _mine(place.folder)}

    def _place(self, name: str) -> Place:
        folder = self.root / "documents" / name
        folder.mkdir(parents=True)
        return Place(folder=folder, outside=self.outside, ran=self.root / f"ran-{name}")

    def run_together(self) -> dict[str, Run]:
        tasks = [
            {"folder": str(self.places[name].folder), "commands": [[each, attack.document] for each in COMMANDS]}
            for name, attack in self.attacks.items()
        ]
        plan = self.root / "plan.json"
        plan.write_text(json.dumps(tasks))
        command = [sys.executable, "-I", "-B", str(HERE / "batch.py"), str(plan)]
        end = self._supervise("batch", command, self.root / "empty", self._environment({}))
        results = [json.loads(line) for line in (self.root / "batch.stdout").read_text().splitlines()]
        runs = {name: Run(peak=end["peak"]) for name in self.attacks}
        everything = events(self.root / "batch.trace", self.root / "empty")
        policy = self._policy(tuple(place.folder for place in self.places.values()), asked=plan)
        for number, name in enumerate(self.attacks):
            for result in results[number * len(COMMANDS) :][: len(COMMANDS)]:
                self._note(runs[name], result, policy, _between(everything, result["began"], result["ended"]))
        began, ended = (results[0]["began"], results[-1]["ended"]) if results else (0.0, 0.0)
        edges = [*_between(everything, 0, began), *_between(everything, ended, float("inf"))]
        common = [
            *self._common(end, policy, edges),
            *([] if end["code"] == 0 else [f"the batch ended with {end['code']}"]),
        ]
        self._look(runs)
        for one in runs.values():
            one.faults += common if len(one.codes) == len(COMMANDS) else [*common, "was not run to its end"]
            one.faults = list(dict.fromkeys(one.faults))
        return runs

    def run_alone(self) -> Run:
        [(name, attack)] = self.attacks.items()
        place, one = self.places[name], Run()
        folder = self.root / "empty" if attack.elsewhere else place.folder
        document = str(place.folder / attack.document) if attack.elsewhere else attack.document
        variables = {key: value.format(folder=place.folder) for key, value in attack.environment.items()}
        deck = [sys.executable, "-m", "deck"] if attack.module else [str(Path(sys.executable).with_name("deck"))]
        for each in COMMANDS:
            end = self._supervise(each, [*deck, each, document], folder, self._environment(variables))
            streams = {to: (self.root / f"{each}.std{at}").read_text("utf-8", "replace") for to, at in STREAMS.items()}
            policy = self._policy((place.folder, folder))
            one.peak = max(one.peak, end["peak"])
            self._note(one, {**end, **streams, "cost": end["cpu"]}, policy, events(self.root / f"{each}.trace", folder))
            one.faults += self._common(end, policy, [])
        if attack.harmless and one.codes != [0] * len(COMMANDS):
            one.faults.append(f"an innocent document failed: {one.told[-1][:200]!r}")
        self._look({name: one})
        return one

    def _environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("LANG", "LC_ALL") if key in os.environ}
        path = f"{self.root / 'bin'}:/usr/bin:/bin"
        kept["PYTHONDONTWRITEBYTECODE"] = "1"  # or the checkout is written to
        return {**kept, "PATH": path, "HOME": str(self.home), "TMPDIR": str(self.temporary), **variables}

    def _policy(self, folders: tuple[Path, ...], asked: Path | None = None) -> Policy:
        return Policy(folders=folders, temporary=self.temporary, home=self.home, asked=asked)

    def _supervise(
        self, name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> dict[str, Any]:
        seconds = ENDS_WITHIN * len(self.attacks)
        return supervised(command, folder, environment, self.root / name, traced=True, seconds=seconds)

    @staticmethod
    def _note(one: Run, result: Mapping[str, Any], policy: Policy, heard: Sequence[Event]) -> None:
        """Note what one command did."""
        one.codes.append(result["code"])
        one.said.append(result["said"])
        one.told.append(result["told"])
        one.cost = max(one.cost, result["cost"])
        one.faults += dict.fromkeys(policy.faults(heard))
        one.faults += _spoken(result)

    def _common(self, end: Mapping[str, Any], policy: Policy, heard: Sequence[Event]) -> list[str]:
        """Return what is wrong when all commands have ended."""
        found = list(dict.fromkeys(policy.faults(heard)))
        found += [f"did not end: {command}" for command in end["left"]]
        found += [f"left behind: {path.name}" for path in self.temporary.iterdir()]
        found += [f"written at home: {path}" for path in tree(self.home) if not path.startswith(".cache")]
        return found

    def _look(self, runs: Mapping[str, Run]) -> None:
        """Look at what is there afterwards."""
        rmtree(self.temporary)
        for name, one in runs.items():
            place = self.places[name]
            if place.ran.exists():
                one.faults.append("code of the attacker's was run")
            one.faults += _changes(self.before[name], tree(place.folder))
            kept = {str(path).partition(MOVED_ASIDE)[0] for path in _mine(place.folder)}
            lost = [path for path in self.mine if path.is_relative_to(place.folder) and _names(path).isdisjoint(kept)]
            one.faults += [f"lost: {path.relative_to(place.folder)}" for path in lost]
            one.faults += [f"outside: {change}" for change in _changes(self.outside_before, tree(self.outside))]
            one.faults += [] if one.cost <= MOST_SECONDS else [f"took {one.cost:.0f} s"]
            one.faults += [] if one.peak <= MOST_BYTES else [f"had {one.peak >> 20} MiB"]
            folder = self.root / "empty" if self.attacks[name].elsewhere else place.folder
            pages = [path for path in folder.glob("build/*.html") if path.is_file() and not path.is_symlink()]
            one.page = pages[0].read_bytes() if pages else b""
            one.faults += ["a secret is on the page"] if SECRET.encode() in one.page else []


def short_folder() -> Path:
    """Return a new folder for temporary files: names of sockets must not be long, and those of pytest's folders are."""
    return Path(mkdtemp(prefix="hostile-", dir="/tmp"))


def supervised(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    notes: Path,
    *,
    traced: bool = False,
    seconds: float = 1000,
    patience: float = PATIENCE,
) -> dict[str, Any]:
    """
    Run a command and wait for every process that comes of it.

    Its streams are in files beside ``notes``, with ``.stdout`` and ``.stderr`` at the end, and so is what it did to the
    world if it is traced. What is returned is told in ``supervise.py``.
    """
    task = {
        "command": command,
        "folder": str(folder),
        "environment": environment,
        "stdout": f"{notes}.stdout",
        "stderr": f"{notes}.stderr",
        "trace": f"{notes}.trace" if traced else "",
        "seconds": seconds,
        "patience": patience,
    }
    supervise = [sys.executable, "-I", str(HERE / "supervise.py")]
    done = subprocess.run(supervise, input=json.dumps(task), capture_output=True, text=True, check=True)
    end = json.loads(done.stdout)
    assert isinstance(end, dict)
    return end


STREAMS = {"said": "out", "told": "err"}


def _between(heard: Sequence[Event], began: float, ended: float) -> Sequence[Event]:
    """Return what was done in a stretch of time."""
    first, last = (bisect_left(heard, moment, key=lambda event: event.when) for moment in (began, ended))
    return heard[first:last]


def _spoken(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with what a command wrote, and how it ended."""
    if result["code"] not in (0, 1, 2):
        yield f"ended with {result['code']}"
    if "Traceback (most recent call last)" in result["told"] + result["said"]:
        yield f"a traceback: {result['told'].strip().splitlines()[-1]:.200}"
    if result["code"] == 1 and not result["told"].strip():
        yield "failed without a word"
    for stream in STREAMS:
        if SECRET in result[stream]:
            yield "a secret was told"
        if found := UNSPEAKABLE.search(result[stream]):
            yield f"{found[0]!r} reaches the terminal"
    longest = max(map(len, result["told"].splitlines()), default=0)
    if longest > LONGEST_LINE:
        yield f"a line of {longest} characters is told"


def tree(folder: Path) -> dict[str, str]:
    """Return all that is in a folder, but for what is built there: by name what it is and what is in it."""
    found = {}
    for top, folders, files in os.walk(folder):
        if Path(top) == folder and "build" in folders and not (folder / "build").is_symlink():
            folders.remove("build")
        for name in (*folders, *files):
            path = Path(top, name)
            facts = path.lstat()
            is_file = path.is_file() and facts.st_size < LARGEST
            content = path.readlink() if path.is_symlink() else path.read_bytes() if is_file else facts.st_size
            found[str(path.relative_to(folder))] = f"{facts.st_mode:o} {content!r:.200} {hash(content)}"
    return found


MOVED_ASIDE = ".foreign"
"""How the name ends of what stood in the way of a store, and is somebody's."""


def _names(path: Path) -> set[str]:
    """Return what a file may be called afterwards: as before, or with some letters and digits after it."""
    moved = {str(each).removesuffix(MOVED_ASIDE) for each in path.parent.glob(f"{path.name}.*{MOVED_ASIDE}")}
    return {str(path), *moved}


def _mine(folder: Path) -> set[Path]:
    """Return the files that say so of themselves, also where things are built."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path for path in files if path.stat().st_size == len(MINE) and path.read_bytes() == MINE}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    lost = [f"deleted: {name}" for name in before if name not in after]
    new = [f"written: {name}" for name in after if name not in before]
    return [*lost, *new, *(f"changed: {name}" for name in before if after.get(name, before[name]) != before[name])]

"""Settings of other programs, and of manim's, that lie beside a document."""

from __future__ import annotations

from collections.abc import Mapping

from tests.hostile.attack import DOCUMENT, PLAIN, Attack, Place, beside

__all__ = ["ATTACKS"]

MANIM: Mapping[str, str] = {
    "garbage": "no section at all\n[CLI\n%%%\n",
    "plugins": "[CLI]\nplugins = evil\nrenderer = opengl\nmedia_dir = ../outside\nbackground_color = RED\nlog_to_file = True\n",
}
"""What ``manim.cfg`` may hold."""

PYPROJECT = """\
[tool.deck]
trust = true
plugins = ["evil"]
[tool.manim]
plugins = ["evil"]
[tool.setuptools]
py-modules = ["evil"]
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "../outside/secret.txt">
<fontconfig><dir>../outside</dir><include>../outside/secret.txt</include><cachedir>../outside</cachedir></fontconfig>
"""


def manim(content: str) -> Attack:
    """Return a ``manim.cfg`` in the working folder, with a module that it may name."""

    def write(place: Place) -> None:
        place.write(DOCUMENT, PLAIN)
        place.write("evil.py", place.code)
        place.write("manim.cfg", content)

    return Attack(write=write, alone=True, harmless=True)


def everything(place: Place) -> None:
    """Put there what any program or library in a process might look for."""
    place.write(DOCUMENT, PLAIN)
    place.write("evil.py", place.code)
    place.write("pyproject.toml", PYPROJECT)
    place.write("fonts.conf", FONTS)
    place.write(".pdbrc", "import evil\n")
    place.write(".env", "DECK_TRUST=1\nPYTHONPATH=.\n")
    place.write("deck.toml", "trust = true\n")
    place.write(".deck.yaml", "trust: true\n")
    place.write("matplotlibrc", "backend: module://evil\n")
    place.write("custom_config.yml", "directories:\n  mirror_output: True\n  output: ../outside\n")
    for name in ("setup.cfg", "tox.ini", ".manimrc", ".manim-slides.toml", "pip.conf", ".condarc", "pydistutils.cfg"):
        place.write(name, "[options]\nplugins = evil\n")
    for name in ("setup.py", "conftest.py", "manimlib.py", "tasks.py"):
        place.write(name, place.code)
    for name in (".latexmkrc", "texmf.cnf", "Makefile", ".gitattributes", "package.json", ".typst.toml", "openssl.cnf"):
        place.write(name, "evil\n")


def home(place: Place) -> None:
    """Put there what is looked for at home."""
    place.write(DOCUMENT, PLAIN)
    place.write("evil.py", place.code)
    for folder in (".config/manim", "manim", ".manim"):
        place.write(f"{folder}/manim.cfg", MANIM["plugins"])
    place.write(".config/matplotlib/matplotlibrc", "backend: module://evil\n")
    place.write(".config/skimage/plugins/evil.ini", "[evil]\n")
    place.write(".local/lib/python3.11/site-packages/usercustomize.py", place.code)
    place.write(".local/lib/python3.11/site-packages/evil.pth", "import evil\n")


ATTACKS: dict[str, Attack] = {
    **{f"manim-{name}": manim(content) for name, content in MANIM.items()},
    "manim-elsewhere": beside("manim.cfg", MANIM["garbage"], elsewhere=True),
    "manim-link": Attack(
        write=lambda place: [place.write(DOCUMENT, PLAIN), place.link("manim.cfg", place.outside / "secret.txt")],
        alone=True,
        harmless=True,
    ),
    "manim-pipe": Attack(
        write=lambda place: [place.write(DOCUMENT, PLAIN), place.pipe("manim.cfg")], alone=True, harmless=True
    ),
    "everything": Attack(write=everything, alone=True, harmless=True),
    "settings-of-home": Attack(write=home, environment={"XDG_CONFIG_HOME": "{folder}"}, alone=True, harmless=True),
}

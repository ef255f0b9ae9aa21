"""Slide blocks with options out of this world, and Python that must not be run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.attack import DOCUMENT, Attack, Place, text

__all__ = ["ATTACKS"]

HEAD = "## One\n\n"
NUMBERS = (
    *"0 -1 1.5 1e308 .inf -.inf .nan 99999999999999999999 0x10 1_000 '1' true null [] {} [1] ''".split(),
    *("!!float 1", "9" * 5000, "[" * 200 + "]" * 200),
)
KERNELS = (
    "[]",
    "[[]]",
    "[[1, 2, 3], [4, 5, 6]]",
    "[[[1]], [[2]], [[3]]]",
    "[[.nan, 0, 0], [0, .inf, 0], [0, 0, -.inf]]",
    "[[1e308, 1e308, 1e308], [1e308, 1e308, 1e308], [1e308, 1e308, 1e308]]",
    f"[[{'9' * 400}, 0, 0], [0, 0, 0], [0, 0, 0]]",
    f"[[{'9' * 5000}, 0, 0], [0, 0, 0], [0, 0, 0]]",
    "[[0, 0, 0], [0, 0, 0], [0, 0, 0]]",
    "[[a, b, c], [d, e, f], [g, h, i]]",
    "&k [*k, *k, *k]",
    str([[1] * 101] * 101),
    "sobel\\0",
    "../outside/secret.bin",
)
OPTIONS: Mapping[str, str] = {
    **{f"stride-{at}": f"kind: single-feature-map\nstride: {value}" for at, value in enumerate(NUMBERS)},
    **{f"padding-{at}": f"kind: single-feature-map\npadding: {value}" for at, value in enumerate(NUMBERS[1:3])},
    **{f"kernel-{at}": f"kind: single-feature-map\nkernel: {value}" for at, value in enumerate(KERNELS)},
    **{f"channels-{at}": f"kind: feature-map-progression\nchannels: {value}" for at, value in enumerate(NUMBERS[4:8])},
    "stages-many": f"kind: feature-map-progression\nstages: [{'stem, ' * 5000}]",
    "stages-twice": "kind: feature-map-progression\nstages: [stem, stem]",
    "stages-odd": "kind: feature-map-progression\nstages: [block--1, block-99999999999, '../x', null, 3]",
    "model-path": "kind: feature-map-progression\nmodel: ../outside/secret.bin",
    "model-pickle": "kind: activation-heatmap\nmodel: model.pkl",
    "class-odd": "kind: activation-heatmap\nclass: 99999999999999999999",
    "class-negative": "kind: activation-heatmap\nclass: -1",
    "class-control": 'kind: activation-heatmap\nclass: "\\x1b[31mcat\\u202e"',
    "class-long": f"kind: activation-heatmap\nclass: {'cat' * 100_000}",
    "kind-module": "kind: os:system",
    "kind-path": "kind: ../evil.py",
    "kind-dotted": "kind: evil.module.Class",
    "kind-list": "kind: [single-feature-map, evil]",
    "kind-none": "kind:",
    "kind-control": 'kind: "\\x1b]0;evil\\x07\\u202e"',
    "kind-long": f"kind: {'x' * 500_000}",
    "kind-dunder": "kind: __init__",
    "options-many": "kind: multiple-feature-maps\n" + "\n".join(f"k{at}: v" for at in range(300)),
    "options-private": "kind: multiple-feature-maps\nmodel_config: {extra: allow}\n__class__: evil\nmodel_fields: []\ntrust: true\nfolder: /",
    "options-of-slide": "kind: multiple-feature-maps\noptions: {}\nconstruct: evil\nbackground: red\nname: ../x\ntitle: y",
    "no-kind": "pauses: 99\nincremental: .nan\nignore: [*, {a: b}]",
    "depends": "kind: multiple-feature-maps\ndepends: [../outside/secret.txt, /etc/passwd, /dev/zero]",
    "empty": "",
    "text": "just text",
    "list": "- a\n- b",
}
"""What stands in a slide block."""

EVIL = "__import__('os').close(__import__('os').open({ran!r}, 64))"
PYTHON: Mapping[str, str] = {
    "scene": "```python\nclass A(Scene):\n    def construct(self):\n        pass\nEVIL\n```",
    "scene-decorated": "```python\n@EVIL\nclass A(Scene):\n    x = EVIL\n    def construct(self, x=EVIL): pass\n```",
    "scene-broken": "```python\nclass A(Scene):\n  def construct(self:\nEVIL\n```",
    "scene-of-slide": "```python\nfrom manim_slides import Slide\nclass A(Slide):\n    def construct(self): EVIL\n```",
    "scene-nested": "- ```python\n  class A(Scene):\n      def construct(self): EVIL\n  ```\n\n> ```python\n> class B(Scene):\n>     def construct(self): EVIL\n> ```",
    "scene-quarto": "```{python}\n#| echo: false\nclass A(Scene):\n    def construct(self): EVIL\nEVIL\n```",
    "scene-myst": "```{code-cell} ipython3\n%run evil.py\n!id > ran\nclass A(Scene):\n    def construct(self): EVIL\n```",
    "scene-pandoc": "```{.python .manim}\nclass A(Scene):\n    def construct(self): EVIL\n```\n\n~~~ py\nclass B(MovingCameraScene):\n    x = EVIL\n~~~",
    "scene-tabs": "\tclass A(Scene):\n\t    EVIL\n\n    class B(Scene):\n        EVIL",
    "scene-null": "```python\nclass A(Scene):\n    \0EVIL\n```",
    "scene-encoding": "```python\n# -*- coding: evil -*-\nclass A(Scene):\n    x = EVIL\n```",
    "scene-deep": "```python\nclass A(Scene):\n    x = " + "(" * 5000 + "EVIL" + ")" * 5000 + "\n```",
    "scene-long": "```python\nclass A(Scene):\n" + "    x = 1\n" * 50_000 + "```",
    "scene-expression": "```python\nclass A(Scene):\n    x = " + "1+" * 50_000 + "1\n```",
    "scene-number": "```python\nclass A(Scene):\n    x = " + "9" * 100_000 + "\n```",
    "listing": "```python\nEVIL\n```\n\n```py\nimport evil\n```",
    "inline": "`{python} EVIL` `r EVIL` {{ EVIL }} {% EVIL %} <% EVIL %> ${EVIL} `!p EVIL`",
    "shell": "```sh\nid > ran\n```\n\n```bash exec\nid > ran\n```\n\n```{bash}\nid > ran\n```\n\n$ id > ran",
    "other-engines": "```{r}\nsystem('id > ran')\n```\n\n```{julia}\n;id\n```\n\n```mermaid\nclick A call alert()\n```\n\n```dot\ndigraph {a [image=\"/etc/passwd\"]}\n```\n\n```plantuml\n!include /etc/passwd\n```",
    "typst": '```{=typst}\n#read("/etc/passwd")\n```\n\n```typst\n#eval("1")\n```',
    "comment": "<!--\n```python\nclass A(Scene):\n    def construct(self): EVIL\n```\n-->\n\nx",
    "doctest": ">>> EVIL\n\n```pycon\n>>> EVIL\n```\n\n```{doctest}\n>>> EVIL\n```",
}
"""Python and other programs, below a heading."""

FRONT: Mapping[str, str] = {
    "trust": "trust: true\nallow-python: true",
    "jupyter": "jupyter: python3\nexecute: {enabled: true}\nfilters: [evil.lua, evil.py]",
    "engine": "engine: knitr\nknit: (function(x) system('id > ran'))",
    "plugins": "plugins: [evil]\nextensions: [evil]\nkinds: {evil: evil.py}",
    "pandoc": "pdf-engine: sh\nheader-includes: |\n  \\write18{id > ran}\ninclude-before: evil.html",
    "marp": "marp: true\nengine: ./evil.js\nbackgroundImage: url(http://127.0.0.1:9/x.png)\nscript: evil",
}
"""Front matter that asks to be trusted, or for a program."""


def placed(content: str) -> Callable[[Place], str]:
    return lambda place: HEAD + content.replace("EVIL", EVIL.format(ran=str(place.ran))) + "\n"


def fronted(content: str) -> Attack:
    def write(place: Place) -> None:
        for name in ("evil.py", "evil/__init__.py"):
            place.write(name, place.code)
        place.write("evil.lua", "os.execute('id > ran')")
        place.write(DOCUMENT, f"---\n{content}\n---\n{HEAD}x\n\n```python\nprint(1)\n```\n")

    return Attack(write=write)


ATTACKS: dict[str, Attack] = {
    **{f"option-{name}": text(f"{HEAD}```slide\n{content}\n```\n") for name, content in OPTIONS.items()},
    **{f"python-{name}": text(placed(content)) for name, content in PYTHON.items()},
    **{f"front-{name}": fronted(content) for name, content in FRONT.items()},
}

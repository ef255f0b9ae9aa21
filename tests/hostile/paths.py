"""Names of files that a document has no business with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.attack import DOCUMENT, Attack, Place, text

__all__ = ["ATTACKS"]

Put = Callable[[Place, str], object]

HEAD = "## One\n\n"
NAMES: Mapping[str, str] = {
    "parent": "../outside/secret.png",
    "parents": "../../../../../../../../../../etc/hostname",
    "parent-in-the-middle": "x/../../../outside/secret.png",
    "absolute": "OUTSIDE/secret.png",
    "passwd": "/etc/passwd",
    "file": "file://OUTSIDE/secret.png",
    "file-localhost": "file://localhost/OUTSIDE/secret.png",
    "file-capitals": "FILE:///OUTSIDE/secret.png",
    "home": "~/secret.png",
    "home-of-root": "~root/.ssh/id_rsa",
    "variable": "$HOME/secret.png",
    "percent": "%2e%2e/%2e%2e/outside/secret.png",
    "percent-slash": "..%2f..%2foutside%2fsecret.png",
    "percent-absolute": "%2Fetc%2Fhostname",
    "percent-nothing": "secret%00.png",
    "percent-odd": "%",
    "backslashes": "..\\..\\outside\\secret.png",
    "share": "//127.0.0.1/share/x.png",
    "share-of-windows": "\\\\127.0.0.1\\share\\x.png",
    "drive": "C:\\secret.png",
    "web": "http://127.0.0.1:9/x.png",
    "web-odd": "http://[::1/x.png",
    "ftp": "ftp://127.0.0.1/x.png",
    "data": "data:image/png;base64,iVBORw0KGgo=",
    "data-svg": "data:image/svg+xml,%3Csvg onload=alert(1)%3E",
    "script": "javascript:alert(1)",
    "device": "/dev/zero",
    "process": "/proc/self/environ",
    "descriptor": "/dev/fd/0",
    "this-folder": ".",
    "the-document": "talk.md",
    "long": "x" * 5000 + ".png",
    "long-way": "x/" * 3000 + "y.png",
    "many-parents": "../" * 3000 + "etc/hostname",
    "newline": "a&#10;b.png",
    "control": "a&#27;[31mb.png",
    "surrogate": "a&#xD800;b.png",
    "directions": "a\u202egnp.b\u2066.png",
    "blank": "<   >",
    "dash": "-rf",
    "wildcard": "*.png",
    "pipe-sign": "|id",
    "fragment": "x.png#/../../outside/secret.png?../y",
}
"""What may stand where a picture's name does."""
PHOTOS = "parent absolute passwd file home percent share web data device long newline control dash".split()
"""Of these, what is tried as a slide kind's option, too."""

INCLUDES: Mapping[str, str] = {
    "myst": "```{include} OUTSIDE/secret.md\n```\n\n```{literalinclude} ../outside/secret.txt\n```\n\n:::{include} /etc/hostname\n:::",
    "quarto": "{{< include ../outside/secret.md >}}\n\n{{< embed ../outside/secret.md >}}",
    "rst": ".. include:: ../outside/secret.txt\n\n.. literalinclude:: OUTSIDE/secret.txt",
    "snippets": '--8<-- "../outside/secret.md"\n\n!include ../outside/secret.md\n\n@import "OUTSIDE/secret.md"\n\n<<[ ../outside/secret.md ]',
    "markers": "{!../outside/secret.md!}\n\n![[../outside/secret.md]]\n\n[[include:OUTSIDE/secret.md]]\n\n<<< @/../outside/secret.txt",
    "jinja": "{% include '../outside/secret.md' %}{{ ''.__class__.__mro__ }}{{ self._TemplateReference__context }}",
    "html": '<object data="../outside/secret.svg"></object><embed src="OUTSIDE/secret.svg"><iframe src="file://OUTSIDE/secret.txt"></iframe>',
    "html-picture": '<img src="../outside/secret.png"><picture><source srcset="OUTSIDE/secret.png"></picture><video src="OUTSIDE/secret.bin"></video>',
    "listing": "```python file=../outside/secret.txt\n```\n\n```{.python include=OUTSIDE/secret.txt}\n```\n\n```py:../outside/secret.txt\n```",
    "listing-options": '```python src="OUTSIDE/secret.txt" {1-3|lines}\nx\n```',
    "references": "![x][r]\n\n[r]: ../outside/secret.png 'OUTSIDE'",
    "typst": '#read("../outside/secret.txt")\n\n#image("OUTSIDE/secret.png")\n\n`#include "OUTSIDE/secret.md"`',
    "bibliography": "[@x]\n\n\\bibliography{../outside/secret}",
}
"""What other programs would put another file's text in the place of."""

FRONT: Mapping[str, str] = {
    "image": "image: ../outside/secret.png",
    "image-absolute": "image: OUTSIDE/secret.png",
    "model": "model: ../outside/secret.bin",
    "theme": "theme: ../outside/secret.txt",
    "css": "css: OUTSIDE/secret.txt\nbibliography: ../outside/secret.txt\nheader-includes: '\\input{/etc/passwd}'",
    "extends": "extends: ../outside/secret.yaml\n_quarto: OUTSIDE/secret.yaml\nmetadata-files: [../outside/secret.yaml]",
}
"""Keys of the front matter."""

KIND = "```slide\nkind: single-feature-map\nimage: {}\n```\n"


def shown(name: str) -> Attack:
    return text(lambda place: f"{HEAD}![x]({name.replace('OUTSIDE', str(place.outside))})\n")


def asked(name: str) -> Attack:
    return text(lambda place: HEAD + KIND.format("'" + name.replace("OUTSIDE", str(place.outside)) + "'"))


def said(content: str) -> Attack:
    return text(lambda place: HEAD + content.replace("OUTSIDE", str(place.outside)) + "\n")


def fronted(content: str) -> Attack:
    block = "kind: single-feature-map" if content.startswith("image") else "kind: single-feature-map\nimage: lost.png"
    return text(
        lambda place: f"---\n{content.replace('OUTSIDE', str(place.outside))}\n---\n{HEAD}```slide\n{block}\n```\n"
    )


def chain(place: Place, name: str) -> None:
    for at in range(60):
        place.link(f"l{at}.png", f"l{at + 1}.png")
    place.link(name, "l0.png")
    place.link("l60.png", place.outside / "secret.png")


def linked(target: str) -> Put:
    return lambda place, name: place.link(name, target.replace("OUTSIDE", str(place.outside)))


def link_of_folder(place: Place, name: str) -> None:
    place.link("out", place.outside)
    place.link(name, f"out/secret.{name.rpartition('.')[2]}")


def link_to_pipe(place: Place, name: str) -> None:
    place.pipe("pipe")
    place.link(name, "pipe")


PUTS: Mapping[str, Put] = {
    "link": linked("OUTSIDE/secret.png"),
    "link-relative": linked("../../outside/secret.svg"),
    "link-of-folder": link_of_folder,
    "link-to-passwd": linked("/etc/passwd"),
    "link-to-itself": linked("picture.svg"),
    "link-to-nothing": linked("nothing"),
    "link-to-zeros": linked("/dev/zero"),
    "link-to-memory": linked("/proc/self/mem"),
    "link-to-pipe": link_to_pipe,
    "links-in-a-chain": chain,
    "pipe": lambda place, name: place.pipe(name),
    "folder": lambda place, name: place.write(f"{name}/x"),
    "locked": lambda place, name: place.write(name, "x").chmod(0),
}
"""What may stand where a file of some name is looked for."""


def behind(put: Put, name: str, *, kind: bool = False) -> Attack:
    """Return a document with a picture that is no plain file of its folder's."""

    def write(place: Place) -> None:
        put(place, name)
        place.write(DOCUMENT, HEAD + (KIND.format(name) if kind else f"![x]({name})\n"))

    return Attack(write=write)


ATTACKS: dict[str, Attack] = {
    **{f"picture-{name}": shown(path) for name, path in NAMES.items()},
    **{f"photo-{name}": asked(NAMES[name]) for name in PHOTOS},
    **{f"include-{name}": said(content) for name, content in INCLUDES.items()},
    **{f"front-{name}": fronted(content) for name, content in FRONT.items()},
    **{f"picture-is-{name}": behind(put, "picture.png") for name, put in PUTS.items()},
    **{f"svg-is-{name}": behind(put, "picture.svg") for name, put in PUTS.items()},
    **{f"photo-is-{name}": behind(put, "picture.png", kind=True) for name, put in PUTS.items()},
}

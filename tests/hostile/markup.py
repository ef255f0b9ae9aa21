"""Markdown that costs a careless reader its stack, its memory or its day."""

from __future__ import annotations

from collections.abc import Mapping

from tests.hostile.attack import Attack, text

__all__ = ["ATTACKS"]

HEAD = "## One\n\n"


def below(content: str, *, alone: bool = False) -> Attack:
    """Return a section of text."""
    return text(f"{HEAD}{content}\n", alone=alone)


def nested(mark: str, depth: int, *, end: str | None = None) -> str:
    return f"{mark * depth}x{(mark if end is None else end) * depth}"


def fences(depth: int) -> str:
    return "\n".join(":" * (depth + 3 - at) + " box" for at in range(depth)) + "\nx\n"


def items(depth: int) -> str:
    return "\n".join(f"{'  ' * at}- item" for at in range(depth))


def quotes(depth: int) -> str:
    return "> " * depth + "x"


def mixed(depth: int) -> str:
    return "".join("> " if at % 2 else "- " for at in range(depth)) + "x"


def table(columns: int, rows: int) -> str:
    row = "|" + " x |" * columns
    return "\n".join([row, "|" + "---|" * columns, *[row] * rows])


def references(count: int) -> str:
    return "\n".join(f"[r{at}]: /x 'y'" for at in range(count)) + "\n\n" + "[r0][r1] " * count


MUCH: Mapping[str, str] = {
    "brackets": "[" * 1_000_000,
    "pictures": "![" * 500_000,
    "strong": nested("**", 100_000),
    "strong-open": "**a" * 300_000,
    "signs": "<!--" * 300_000,
    "dollars": "$" * 1_000_000,
    "backticks": " ".join("`" * at for at in range(1, 1500)),
    "quotes": quotes(100_000),
    "list": items(2000),
    "boxes": fences(2000),
    "references": references(50_000),
}
"""More than anybody can want of it, in documents of a megabyte or so."""

ATTACKS: dict[str, Attack] = {
    **{f"much-{name}": below(content, alone=True) for name, content in MUCH.items()},
    "strong-nested": below(nested("**", 400)),
    "emphasis-nested": below(nested("*", 1000)),
    "emphasis-mixed": below("*a _b " * 1000),
    "emphasis-open": below("**a" * 2000),
    "emphasis-alternating": below("a**b" + "c* " * 2000),
    "strikes-nested": below(nested("~~", 1000)),
    "brackets-open": below("[" * 2000),
    "brackets-closed": below("]" * 5000),
    "brackets-nested": below(nested("[", 2000, end="](x)")),
    "pictures-open": below("![" * 1000),
    "pictures-nested": below(nested("![", 500, end="](x.png)")),
    "links-unfinished": below("[a](<b" * 500),
    "links-of-brackets": below("[](" * 1000),
    "link-of-a-megabyte": below(f"[x](http://e/{'a' * 1_000_000})"),
    "references": below(references(500)),
    "reference-nested": below("[" * 500 + "x" + "][x]" * 500 + "\n\n[x]: /y"),
    "footnotes": below(
        "".join(f"[^{at}] " for at in range(300)) + "\n\n" + "\n".join(f"[^{at}]: [^{at}]" for at in range(300))
    ),
    "backticks": below(" ".join("`" * at for at in range(1, 150))),
    "backticks-open": below("`a ``b ```c " * 500),
    "signs-less": below("<" * 3000),
    "comments-open": below("<!-- " * 3000),
    "instructions-open": below("<?" * 3000),
    "declarations-open": below("<!A" * 3000),
    "cdata-open": below("<![CDATA[" * 2000),
    "tags-open": below("<a " * 2000),
    "tags-nested": below(nested("<b>", 300, end="</b>")),
    "attributes": below("<a " + "b=c " * 2000 + ">"),
    "entities": below("&amp;&#x41;&#99999999;&nosuch;" * 300),
    "dollars": below("$" * 2000),
    "dollars-open": below("$a $$b " * 500),
    "backslashes": below("\\" * 3001),
    "quotes-nested": below(quotes(5000), alone=True),
    "quotes-deep-and-long": below("\n".join([quotes(300)] * 100), alone=True),
    "lists-nested": below(items(400), alone=True),
    "lists-and-quotes": below(mixed(2000), alone=True),
    "boxes-nested": below(fences(400)),
    "boxes-open": below("::: a\n" * 300),
    "fences-open": below("```\nx\n~~~\n" * 100),
    "items-100000": below("- x\n" * 100_000, alone=True),
    "numbers-huge": below("999999999. x\n1000000000. y\n" + "1. z\n" * 10),
    "pauses": below("x\n\n. . .\n\n" * 5000, alone=True),
    "rules": below("---\n\n" * 20_000, alone=True),
    "line-of-10-megabytes": below("word " * 2_000_000, alone=True),
    "word-of-a-megabyte": below("w" * 1_000_000, alone=True),
    "title-of-a-megabyte": text("# " + "t" * 1_000_000 + "\n\n## One\n\nx\n", alone=True),
    "heading-of-a-megabyte": text("# T\n\n## " + "word " * 200_000 + "\n\nx\n", alone=True),
    "headings-20000": text("# T\n\n" + "## x\n\ny\n\n" * 20_000, alone=True),
    "headings-one-name": text("# T\n\n" + f"## {'x' * 300}\n\ny\n\n" * 20),
    "headings-underlined": below("x\n===\n" * 30),
    "sub-headings": below("### x\n" * 30),
    "notes-of-a-megabyte": below("x\n\n::: notes\n" + "word " * 20_000 + "\n:::\n"),
    "notes-nested": below("x\n\n::: notes\n" + quotes(200) + nested("**", 500) + "\n:::\n"),
    "table-wide": below(table(1000, 2), alone=True),
    "table-long": below(table(3, 20_000), alone=True),
    "table-of-signs": below("|" * 2000 + "\n" + "|-" * 2000),
    "listing-long": below("```python\n" + "x = 1\n" * 50_000 + "```\n", alone=True),
    "listing-wide": below("```python\n" + "x" * 1_000_000 + "\n```\n", alone=True),
    "listing-regex": below("```javascript\n" + "/" * 500 + "(" * 500 + "`${" * 500 + "\n```\n"),
    "lines-empty": below("\n" * 200_000 + "x"),
    "lines-of-returns": text(b"# T\r\r## One\r\r" + b"\r" * 100_000 + b"x"),
    "spaces": below(" " * 1_000_000 + "x\n" + "x" + "\t" * 100_000 + "y"),
    "empty": text(""),
    "nothing-but-a-mark": text("\ufeff"),
    "attributes-of-headings": text("# T\n\n## One {" + "#a .b c=d " * 500 + "}\n\nx\n"),
    "braces": below("{" * 1000 + "}" * 1000 + "{{ 7 * 7 }} {% for x in range(10**9) %}{% endfor %}"),
}

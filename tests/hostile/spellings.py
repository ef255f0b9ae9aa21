"""YAML, formulas, HTML, Unicode and names that try to be more than text."""

from __future__ import annotations

from collections.abc import Mapping

from tests.hostile.attack import Attack, text

__all__ = ["ATTACKS", "NASTY"]

HEAD = "## One\n\n"
REST = "\n## One\n\nx\n"

YAML: Mapping[str, str] = {
    "apply": 'title: !!python/object/apply:os.system ["id > ran"]',
    "new": 'title: !!python/object/new:os.system ["id > ran"]',
    "module": "title: !!python/module:evil",
    "name": "title: !!python/name:evil.run",
    "tuple": "title: !!python/tuple [1, 2]",
    "set": "title: !!set {a, b}",
    "omap": "title: !!omap [a: 1]",
    "binary": "title: !!binary '!!!!'",
    "own-tag": "title: !evil {a: b}",
    "tag-directive": "%TAG ! tag:yaml.org,2002:python/\n---\ntitle: !object/apply:os.system [id]",
    "aliases": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "\n".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12))
    + "\ntitle: *a11",
    "merges": "m0: &m0 {a: 1}\n"
    + "\n".join(f"m{at}: &m{at} {{<<: [*m{at - 1}, *m{at - 1}, *m{at - 1}, *m{at - 1}]}}" for at in range(1, 14)),
    "alias-of-itself": "title: &t [*t]",
    "alias-of-nothing": "title: *nothing",
    "lists-nested": "title: " + "[" * 5000,
    "maps-nested": "title: " + "{a: " * 5000,
    "blocks-nested": "\n".join(" " * at + "a:" for at in range(1500)),
    "dashes-nested": "title: " + "- " * 5000 + "x",
    "number": "title: " + "9" * 100_000,
    "number-of-base-60": "title: " + "1:" * 5000 + "1",
    "not-a-number": "title: .nan\nauthor: .inf\ndate: -.inf",
    "date-that-is-none": "date: 2024-02-31\ntitle: 9999-12-31T99:99:99Z",
    "date-too-late": "date: 99999-01-01T00:00:00+99:99",
    "keys": "? [a, b]\n: c\n1: 2\n~: x\ntrue: y\n2024-01-01: z",
    "keys-equal": "title: a\ntitle: b\n" * 100,
    "keys-many": "\n".join(f"k{at}: v" for at in range(3000)),
    "key-long": "k" * 500_000 + ": v",
    "key-prefix": "__class__: x\n__init__: y\nlines: z\nself: a",
    "value-long": "title: " + "v" * 1_000_000,
    "documents": "title: a\n...\n---\ntitle: b\n...",
    "directive": "%YAML 9.9\n---\ntitle: x",
    "controls": "title: 'a\x00b\x1b[31m'",
    "escapes": 'title: "\\x00\\x1b[2J\\u202e\\ud800\\U0010ffff"',
    "tabs": "\ttitle:\tx",
    "quote-open": "title: '" + "x\n" * 1000,
    "author-nested": "author:\n" + "".join(f"{' ' * at}- name:\n" for at in range(1, 900)),
    "author-mapping": "author: {name: {name: {name: [{name: x}]}}}",
    "language": "lang: 'en\" onload=\"alert(1)'",
    "template": "title: '{{ config }}'\nauthor: '{% raw %}'\ndescription: '{{ cycler.__init__.__globals__.os.system(1) }}'",
}
"""Front matter."""
BLOCKS = "apply new tuple aliases merges alias-of-itself lists-nested maps-nested blocks-nested keys escapes key-prefix".split()
"""Of these, what is tried in a slide block, too."""


def macros(count: int, times: int) -> str:
    r"""Return macros ``\\b``, ``\\c`` … of which each is so many times the one before."""
    names = "abcdefghijklmnopqrstuvwxyz"
    return "".join(rf"\def\{names[at + 1]}{{" + f"\\{names[at]}" * times + "}" for at in range(count))


FORMULAS: Mapping[str, str] = {
    "input": r"\input{/etc/passwd} \include{../outside/secret} \openin1=/etc/passwd \read1 to\x \x",
    "write": r"\immediate\write18{id > ran} \write18{id} \openout1=ran",
    "input-bare": r"\input|id \input /etc/passwd \@@input /etc/passwd \lstinputlisting{/etc/passwd}",
    "picture": r"\includegraphics{../outside/secret.png} \includesvg{x} \href{javascript:alert(1)}{x} \url{file:///etc/passwd}",
    "lua": r"\directlua{os.execute('id > ran')} \special{html:<script>alert(1)</script>} \ShellEscape{id}",
    "csname": r"\csname input\endcsname{/etc/passwd} \expandafter\input\expandafter{x} \catcode`\@=11 \makeatletter",
    "def-itself": r"\def\a{\a}\a",
    "def-doubling": r"\def\a{x}" + macros(24, 2) + r"\y",
    "def-billion": r"\def\a{xxxxxxxxxx}" + macros(9, 10) + r"\j",
    "def-mutual": r"\newcommand{\a}{\b}\newcommand{\b}{\a}\a",
    "def-arguments": r"\newcommand{\a}[9]{#1#2#3#4#5#6#7#8#9\a#9#8#7#6#5#4#3#2#1}\a123456789",
    "def-of-def": r"\def\a{\def\b{\a}\b}\a \let\x\x \let\frac\sqrt \renewcommand{\frac}[2]{\frac{#1}{#2}}\frac12",
    "loop": r"\loop x\repeat \whiledo{1}{x} \foreach \x in {1,...,999999999}{\x} \@whilenum1<2\do{}",
    "fractions": r"\frac{1}{" * 500 + "x" + "}" * 500,
    "roots": r"\sqrt{" * 500 + "x" + "}" * 500,
    "scripts": "x" + "^{x" * 500 + "}" * 500,
    "scripts-double": "x^a^b_c_d''''^{''}" * 200,
    "braces": "{" * 3000 + "x" + "}" * 3000,
    "braces-open": "{" * 3000,
    "lefts": r"\left(" * 400 + "x" + r"\right)" * 400,
    "lefts-open": r"\left( " * 2000,
    "terms": " + ".join(f"x_{{{at}}}" for at in range(3000)),
    "matrix": r"\begin{pmatrix}" + (" & ".join("x" * 60) + r" \\ ") * 60 + r"\end{pmatrix}",
    "matrices": r"\begin{pmatrix}" * 100 + "x" + r"\end{pmatrix}" * 100,
    "columns": r"\begin{array}{*{999999999}{c}} x \end{array} \begin{array}{*{99}{*{99}{*{99}{c}}}} x\end{array}",
    "environments-open": r"\begin{aligned}\begin{cases}\begin{nosuch}" * 100,
    "lengths": r"\hspace{99999999999999cm}\kern-1e99pt\raisebox{1e308pt}{x}\rule{1e9cm}{1e9cm}\vspace{nanpt}\\[1e300em]",
    "sizes": r"\Huge " * 500 + r"\scalebox{1e300}{x}\fontsize{1e9}{0}\selectfont x\resizebox{1e9cm}{!}{x}",
    "colors": r"\color{" + "x" * 10_000 + r"}x\textcolor[rgb]{nan,inf,-1}{y}\definecolor{a}{HTML}{GGGGGG}\color{a}",
    "text": r"\text{" * 400 + "x" + "}" * 400,
    "text-and-maths": r"\text{$" * 100 + "x" + "$}" * 100,
    "unknown": r"\nosuch\thing\above\all" * 500,
    "characters": r"\char99999999 \symbol{1e9} \unicode{xD800} ^^00 ^^^^d800",
    "accents": r"\hat{" * 300 + "x" + "}" * 300,
    "over": r"\overbrace{" * 200 + "x" + "}" * 200,
    "limits": r"\sum_{\sum_{\sum_{\sum_{\sum_{x}}}}}" * 100,
    "ends": "\\",
    "comment": "x % } \\end{",
    "html": r"</script><script>alert(1)</script><img src=x onerror=alert(1)>\class{x}{y}\cssId{a}{b}\style{color:url(x)}{c}",
    "markup": r"\htmlData{a=b}{x}\mmlToken{mi}{x}\require{action}\toggle{a}{b}\endtoggle",
    "emoji": "\u202e𝔵👩‍👩‍👧‍👦\u0301\u0301\u0301" * 50,
}
"""Formulas, on lines of their own and in a line of text."""

HTML: Mapping[str, str] = {
    "script": "<script>window.broken = 1; alert(1)</script>",
    "script-inline": "text <script>alert(1)</script> text",
    "script-web": '<script src="http://127.0.0.1:9/x.js"></script><script type="module">import "http://127.0.0.1:9/x.js"</script>',
    "style": "<style>@import url(http://127.0.0.1:9/x.css); body { background: url(http://127.0.0.1:9/x.png) }</style>",
    "style-attribute": '<p style="background: url(http://127.0.0.1:9/x.png); position: fixed">x</p>',
    "handlers": '<img src=x onerror="alert(1)"><svg onload=alert(1)><details open ontoggle=alert(1)><body onpageshow=alert(1)>',
    "frame": '<iframe src="http://127.0.0.1:9/"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "refresh": '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><base href="http://127.0.0.1:9/">',
    "links": "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java&#10;script:alert(1)) [d](data:text/html,<script>alert(1)</script>) [e](vbscript:x)",
    "links-auto": "<javascript:alert(1)> <data:text/html;base64,PHNjcmlwdD4=> http://e/<script>alert(1)</script> <file:///etc/passwd>",
    "form": '<form action="http://127.0.0.1:9/"><input autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">x</button></form>',
    "embedded": '<object data="javascript:alert(1)"></object><embed src="http://127.0.0.1:9/x.swf"><applet code=x></applet>',
    "media": '<video autoplay src="http://127.0.0.1:9/x.mp4"></video><audio src=//127.0.0.1:9/x.mp3 autoplay></audio><link rel=prefetch href=http://127.0.0.1:9/>',
    "comment-end": "<!-- --!><script>alert(1)</script> --> <!--> <script>alert(1)</script> <!---><script>alert(1)</script>",
    "mathml": '<math href="javascript:alert(1)">x</math><svg><style><img src=x onerror=alert(1)></style></svg>',
    "mutated": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript><svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "template": "<template><script>alert(1)</script></template><x-deck onclick=alert(1)><slot name=x>",
    "attributes-of-markdown": "![x](x.png){onerror=alert(1) style='x' src=http://127.0.0.1:9/}\n\n[a](#b){onclick=alert(1)}\n\n{: onclick=alert(1)}\nx",
    "raw-block": "```{=html}\n<script>alert(1)</script>\n```\n\n`<script>alert(1)</script>`{=html}\n\n:::{raw} html\n<script>alert(1)</script>\n:::",
    "footnotes": "x[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: <img src=x onerror=alert(1)>",
}
"""Below a heading."""

NASTY: Mapping[str, str] = {
    "script": "</script><script>window.broken = 1</script>",
    "title": "</title><script>window.broken = 1</script>",
    "style": "</style><script>window.broken = 1</script>",
    "comment": "<!--<script>window.broken = 1//-->",
    "double-quote": '" onload="window.broken = 1" autofocus onfocus="window.broken = 1" x="',
    "single-quote": "' onload='window.broken = 1' x='",
    "brackets": "]]> <![CDATA[ ?> <? %> <%",
    "json": '"}]);window.broken = 1;//\\u0022\\\\',
    "template": "{{ 7 * 7 }}{% raw %}${window.broken = 1}{{ self }}#{7 * 7}",
    "picture": "<img src=x onerror='window.broken = 1'>",
    "entity": "&lt;script&gt;window.broken = 1&lt;/script&gt;&#60;script>&#0;",
    "backslash": "\\\\\\' \\\" \\n \\u2028",
    "separators": "a\u2028b\u2029c\x85d",
    "terminal": "a\x1b[2J\x1b]0;evil\x07\x1b[31m\x9b31m\x08\x7f",
    "terminal-link": "\x1b]8;;http://127.0.0.1:9/\x1b\\x\x1b]8;;\x1b\\ \x1bP+q544e\x1b\\ \x1b[6n",
    "directions": "a\u202eb\u2066c\u200fd\u061ce\u2069",
    "zero-width": "a\u200bb\u200c\u200dc\ufeff\u2060\u00ad",
    "null": "a\x00b\ufffdc",
    "private": "\ue000\uf8ff\U000f0000\U0010ffff\ufdd0\uffff",
    "combining": "a" + "\u0301" * 3000,
    "families": "👩‍👩‍👧‍👦🏳️‍🌈" * 300,
    "joined": "سلام" * 900,
    "tags": "\U0001f3f4" + "".join(chr(0xE0000 + at) for at in range(32, 127)),
    "scripts": "ﷺ ꧁ஹ௵꧂ ﷽𒐫 𝕏 ℵ ١٢٣ ᠎ \u3164",
    "markup-of-rich": "[bold red]x[/bold red] [link=http://127.0.0.1:9/]y[/link] [/] :smile:",
    "pango": "<span font='99999'>x</span> &amp; <b>",
    "typst": '#read("/etc/passwd") $x$ #sys.inputs @ref <label> \\u{41} #panic("x") //',
    "format": "%s %n %d {0} {x!r} {0.__class__} ${HOME} $(id) `id`",
    "path": "../../../../outside/evil",
    "absolute": "/etc/evil",
    "device": "CON.html",
    "dashes": "--trust",
    "dots": "..",
    "tilde": "~/evil",
    "long": "é" * 5000,
}
"""Texts for every place where the page, the terminal or a file's name may take one."""

PLACES = """\
---
title: {quoted}
author: {quoted}
date: {quoted}
subtitle: {quoted}
description: {quoted}
---
# {plain}

## {plain}

- {plain}

```js
{plain}
```

| {plain} | a |
|---|---|
| b | {plain} |

::: notes
{plain}

[{plain}](http://e/) <b>{plain}</b>
:::

## Another {{#{plain}}}

x $a$ {plain}

### {plain}

y

::: {plain}
z
:::
"""


def quoted(content: str) -> str:
    return "'" + content.replace("'", "''") + "'"


def everywhere(content: str) -> Attack:
    return text(PLACES.format(plain=content, quoted=quoted(content)))


def block(content: str) -> str:
    return f"{HEAD}```slide\n{content}\n```\n"


ATTACKS: dict[str, Attack] = {
    **{f"yaml-{name}": text(f"---\n{content}\n---\n{REST}") for name, content in YAML.items()},
    **{f"yaml-block-{name}": text(block(YAML[name])) for name in BLOCKS},
    **{f"formula-{name}": text(f"{HEAD}$$\n{content}\n$$\n\nx ${content}$ y\n") for name, content in FORMULAS.items()},
    **{f"html-{name}": text(f"{HEAD}{content}\n\nx\n\n::: notes\n{content}\n:::\n") for name, content in HTML.items()},
    **{f"everywhere-{name}": everywhere(content) for name, content in NASTY.items()},
}

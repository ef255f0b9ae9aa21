"""The rule on pictures that are on the web, from where a deck never fetches them."""

from __future__ import annotations

from collections.abc import Iterator

from deck.check.phrases import quoted
from deck.check.talk import Finding, Shown, Talk
from deck.document import Prose
from deck.typesetting.addresses import name_of, short
from deck.typesetting.blocks import Picture
from deck.typesetting.remote import framed

__all__ = ["remote_picture"]


def remote_picture(talk: Talk) -> Iterator[Finding]:
    """Report pictures on the web, in whose place frames stand."""
    pages: dict[str, list[Shown]] = {}
    for slide in talk.slides:
        pages.setdefault(slide.section.id, []).append(slide)
    for own in pages.values():
        body = own[0].section.body
        for picture in framed(body.text, body.line) if isinstance(body, Prose) else ():
            slide, reveal = _place(picture, own)
            yield Finding(
                rule="remote-picture",
                slide=slide.id,
                reveal=reveal,
                line=picture.line,
                sentence=f"a frame stands in the place of {quoted(name_of(picture))}, which is at "
                f"{short(picture.source)}",
                hint="save the picture beside the document and name the file: a deck never needs a network",
            )


def _place(picture: Picture, pages: list[Shown]) -> tuple[Shown, str]:
    """Return the page and the reveal that a picture appears at, as the reveals' descriptions tell."""
    name = name_of(picture)
    found = ((page, reveal.id) for page in pages for reveal in page.slide.reveals if name in reveal.description)
    return next(found, (pages[0], ""))

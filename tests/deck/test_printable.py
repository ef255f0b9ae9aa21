import json
import sys
import unicodedata
from typing import NoReturn

import pytest

from deck.errors import words_of
from deck.printable import LONGEST, UNSEEN, escaped, json_of, line, printable

JOINERS = "\u200c\u200d"
SEEN = {*JOINERS, *map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))}
"""Of the characters that Unicode calls formats, those that are kept: see `deck.printable`."""
HIEROGLYPHS = range(0x13430, 0x13460)
"""Formats that only put hieroglyphs beside and above each other."""


def test_whatever_unicode_calls_a_control_a_format_or_a_surrogate_is_written_out() -> None:
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    expected = {
        each
        for each in every
        if unicodedata.category(each) in hidden and each not in SEEN and ord(each) not in HIEROGLYPHS
    }
    found = set(UNSEEN.findall("".join(every)))

    assert expected <= found
    assert {unicodedata.category(each) for each in found - expected} <= {"Cn"}  # beside tags, what may become one


@pytest.mark.parametrize(
    "text",
    [
        "Grüße, \u00abcaf\u00e9\u00bb",
        "نامه\u200cم",
        "क्\u200dष",
        "\U0001f469\u200d\U0001f4bb \u2764\ufe0f",
        "日本語",
        "\u06dd",
    ],
)
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    assert line(text) == printable(text) == escaped(text) == text
    assert json.dumps(text, ensure_ascii=False) == json_of(text)


def test_a_name_made_to_deceive_is_seen_for_what_it_is() -> None:
    assert escaped("a\u202egnp.exe\n\x9b2J\x1b[0m\udcff") == r"a\u202egnp.exe\n\x9b2J\x1b[0m\udcff"


def test_a_text_keeps_its_lines_and_a_message_has_one() -> None:
    assert printable("one\r\n\ttwo\rthree\x0b") == "one\n    two\\rthree\\x0b"
    assert line(" one \r\n\ttwo\u2028three  four\x85\x00") == r"one two three  four \x00"


def test_what_is_too_long_to_read_keeps_both_its_ends() -> None:
    told = line(f"no slide kind '{'x' * 10_000_000}', did you mean 'y'?")

    assert len(told) == LONGEST
    assert told.startswith("no slide kind 'xxx")
    assert told.endswith("xxx', did you mean 'y'?")
    assert len(line("\x1b" * 10_000_000)) == LONGEST


@pytest.mark.parametrize("text", ["\x1b[31m\x7f\x9b\u202e\U000e0041\udc80\u2028", 'a "quoted"\\ \n line'])
def test_json_says_exactly_what_it_was_given_and_shows_nothing_unseen(text: str) -> None:
    told = json_of({text: [text]})

    assert json.loads(told) == {text: [text]}
    assert not UNSEEN.search(told.replace("\n", ""))


class Text(str):
    """A text of somebody else's making."""

    __slots__ = ()

    def __getitem__(self, _key: object) -> NoReturn:
        sys.exit("what a text is made of was asked for")


class WeirdError(Exception):
    """An error whose text is whatever it was made with, or an error of its own."""

    def __str__(self) -> str:
        if isinstance(self.args[0], str):
            return self.args[0]
        raise self.args[0]


@pytest.mark.parametrize("behind", [ValueError("no"), SystemExit(3), KeyboardInterrupt(), RecursionError()])
def test_an_error_that_cannot_be_told_has_words(behind: BaseException) -> None:
    assert words_of(WeirdError(behind)) == "it cannot say what is wrong"


def test_what_an_error_says_is_one_line_to_read() -> None:
    assert words_of(WeirdError("one\n\x1b[2Jtwo")) == r"one \x1b[2Jtwo"
    assert len(words_of(WeirdError("x" * 10_000_000))) == LONGEST
    assert words_of(WeirdError(Text("x" * 1000))) == line("x" * 1000)
    assert not words_of(ValueError())

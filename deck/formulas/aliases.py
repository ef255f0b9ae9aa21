"""Other names of symbols and letters, as KaTeX and the older packages have them."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

__all__ = ["NAMES"]

NAMED = """
alef ℵ alefsym ℵ bull • clubs ♣ darr ↓ dArr ⇓ diamonds ♢ empty ∅ exist ∃ hArr ⇔ harr ↔ hearts ♡ image ℑ infin ∞
isin ∈ lArr ⇐ lang ⟨ larr ← lrArr ⇔ lrarr ↔ natural ♮ plusmn ± rArr ⇒ rang ⟩ rarr → real ℜ sdot ⋅ spades ♠
sub ⊂ sube ⊆ supe ⊇ thetasym ϑ uArr ⇑ uarr ↑ weierp ℘
colonequals ≔ coloneqq ≔ coloneq ≔ equalscolon ≕ eqqcolon ≕ Coloneqq ⩴ dblcolon ∷ vcentcolon : ratio :
Alpha Α Beta Β Chi Χ Epsilon Ε Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Omicron Ο Rho Ρ Tau Τ Zeta Ζ daleph ℸ
registered ® textregistered ® textcopyright © texttrademark ™ textdollar $ textunderscore _ textbar | texteuro €
textdegree ° textdagger † textdaggerdbl ‡ Dagger ‡ textellipsis … mathellipsis … textmu µ micro µ ohm Ω celsius ℃
permil ‰ textperthousand ‰ guillemotleft « guillemotright » textasciicircum ^ textperiodcentered · glqq „ grqq “
quotedblbase „ textquoteleft ‘ textquoteright ’ textsection § textparagraph ¶ textonehalf ½ textonequarter ¼
textnumero № textpm ± texttimes × textexclamdown ¡ textquestiondown ¿ minuso ⊖ shortparallel ∥
""".split()
NAMES = {f"\\{name}": character for name, character in zip(NAMED[::2], NAMED[1::2], strict=True)}

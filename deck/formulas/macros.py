r"""
Macros that are known from the start, as TeX: what amsmath, mathtools, physics and KaTeX define.

They are known without any ``\usepackage``, for texts have no preamble; an author's own go over them.
"""

__all__ = ["BUILTIN", "PACKAGES"]

BUILTIN = r"""
\newcommand{\implies}{\;\Longrightarrow\;}
\newcommand{\impliedby}{\;\Longleftarrow\;}
\newcommand{\iff}{\;\Longleftrightarrow\;}
\newcommand{\pmod}[1]{\quad(\mathrm{mod}\,\,#1)}
\newcommand{\pod}[1]{\quad(#1)}
\newcommand{\bmod}{\mathbin{\mathrm{mod}}}
\newcommand{\mod}[1]{\quad\mathrm{mod}\,\,#1}
\newcommand{\idotsint}{\int\!\cdots\!\int}
\newcommand{\varinjlim}{\mathop{\underrightarrow{\mathrm{lim}}}}
\newcommand{\varprojlim}{\mathop{\underleftarrow{\mathrm{lim}}}}
\newcommand{\varliminf}{\mathop{\underline{\mathrm{lim}}}}
\newcommand{\varlimsup}{\mathop{\overline{\mathrm{lim}}}}
\newcommand{\operatornamewithlimits}{\operatorname*}
\newcommand{\lefteqn}[1]{\mathrlap{#1}}
\newcommand{\ensuremath}[1]{#1}
\newcommand{\shoveleft}[1]{#1}
\newcommand{\shoveright}[1]{#1}
\newcommand{\intop}{\int\limits}
\newcommand{\ointop}{\oint\limits}
\newcommand{\dashint}{\fint}
\newcommand{\href}[2]{#2}
\newcommand{\qed}{\square}
\newcommand{\doublecap}{\Cap}
\newcommand{\doublecup}{\Cup}

\DeclareMathOperator*{\argmax}{arg\,max}
\DeclareMathOperator*{\argmin}{arg\,min}
\DeclareMathOperator*{\plim}{plim}
\DeclareMathOperator{\sgn}{sgn}
\DeclareMathOperator{\arcctg}{arcctg}
\DeclareMathOperator{\arctg}{arctg}
\DeclareMathOperator{\cotg}{cotg}
\DeclareMathOperator{\ctg}{ctg}
\DeclareMathOperator{\tg}{tg}
\DeclareMathOperator{\ch}{ch}
\DeclareMathOperator{\sh}{sh}

\DeclarePairedDelimiter*{\abs}{|}{|}
\DeclarePairedDelimiter*{\norm}{\|}{\|}
\DeclarePairedDelimiter*{\ceil}{\lceil}{\rceil}
\DeclarePairedDelimiter*{\floor}{\lfloor}{\rfloor}
\DeclarePairedDelimiter*{\bra}{\langle}{|}
\DeclarePairedDelimiter*{\ket}{|}{\rangle}
\DeclarePairedDelimiter*{\Bra}{\langle}{|}
\DeclarePairedDelimiter*{\Ket}{|}{\rangle}
\newcommand{\set}[1]{\left\{\,#1\,\right\}}
\newcommand{\Set}[1]{\left\{\,#1\,\right\}}
\newcommand{\Braket}{\braket}

\newcommand{\R}{\mathbb{R}}
\newcommand{\N}{\mathbb{N}}
\newcommand{\Z}{\mathbb{Z}}
\newcommand{\Q}{\mathbb{Q}}
\newcommand{\reals}{\mathbb{R}}
\newcommand{\Reals}{\mathbb{R}}
\newcommand{\natnums}{\mathbb{N}}
\newcommand{\cnums}{\mathbb{C}}
\newcommand{\Complex}{\mathbb{C}}

\newcommand{\grad}{\nabla}
\newcommand{\divergence}{\nabla\cdot}
\newcommand{\curl}{\nabla\times}
\newcommand{\laplacian}{\nabla^2}
\newcommand{\pmqty}[1]{\begin{pmatrix}#1\end{pmatrix}}
\newcommand{\bmqty}[1]{\begin{bmatrix}#1\end{bmatrix}}
\newcommand{\vmqty}[1]{\begin{vmatrix}#1\end{vmatrix}}
\newcommand{\order}[1]{\mathcal{O}\!\left(#1\right)}
\newcommand{\comm}[2]{\left[#1,#2\right]}
\newcommand{\acomm}[2]{\left\{#1,#2\right\}}
\newcommand{\ketbra}[2]{\left|#1\right\rangle\!\left\langle#2\right|}
\newcommand{\mel}[3]{\left\langle#1\middle|#2\middle|#3\right\rangle}
\DeclareMathOperator{\tr}{tr}
\DeclareMathOperator{\Tr}{Tr}
\DeclareMathOperator{\rank}{rank}
\DeclareMathOperator{\erf}{erf}
\DeclareMathOperator{\Res}{Res}
"""

PACKAGES = {
    "physics": r"\newcommand{\div}{\nabla\cdot} \newcommand{\cross}{\times} \newcommand{\principalvalue}{\mathcal{P}}",
}
"""What packages define that would be something else without them."""

"""What each statistic tells, in one line, with its formula and source one click away."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import streamlit as st

from geoanalysis.domain.errors import InsufficientDataError, SchemaError


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statistic: what it tells, its formula, where it is from."""

    words: str
    formula: str
    source: str


EXPLAINED: Final[Mapping[str, Explanation]] = MappingProxyType(
    {
        "Hits given checks": Explanation(
            "More hits than the checks made here explain: the default, and the only one called a hot spot.",
            r"p = P\left(\sum_s \mathrm{Bin}(C_s, E_{is}/E_s) \ge c_i\right), \quad q = \text{BH}(p)",
            "C hits and E checks of the action, c and E_i of the place, s the selections (random, targeted). "
            "Przyborowski and Wilenski 1940; Benjamini and Hochberg 1995.",
        ),
        "Funnel": Explanation(
            "By chance 1 place in 20 is outside the dashes, 1 in 500 outside the lines. Red: hot spots; "
            "pale: few checks; ringed: the place chosen.",
            r"\text{limits} = \mathrm{Poisson}^{-1}(\alpha/2,\ 1-\alpha/2;\ e)/e",
            "e expected hits at the rate of each selection. Spiegelhalter 2005.",
        ),
        "Timeline": Explanation(
            "Hits beside the hits that the checks of the same hours would give at the overall rate.",
            r"e_t = \sum_s E_{ts} C_s / E_s",
            "A shift counts in the period that holds its middle.",
        ),
        "Smoothed rate": Explanation(
            "The hit rate, leaning on the mean the more, the fewer checks it rests on.",
            r"b + (r_i - b)\,a/(a + b/n_i)",
            "b mean and a variance of the rates beyond chance. Marshall 1991.",
        ),
        "Gi*": Explanation(
            "High values lie together around this place; on counts it shows activity, not risk.",
            r"z_i = \frac{\sum_j w_{ij}x_j - \bar x W_i}{s\sqrt{(n\sum_j w_{ij}^2 - W_i^2)/(n-1)}}",
            "Ord and Getis 1995.",
        ),
        "Local Moran": Explanation(
            "The neighbours are like this place (high among high) or unlike it (high among low).",
            r"I_i = z_i \sum_j w_{ij} z_j / m_2",
            "Anselin 1995; variance after Sokal, Oden and Thomson 1998.",
        ),
        "Scan": Explanation(
            "The group of places (and hours) that stands out most; p is corrected for looking everywhere.",
            r"\mathrm{LLR} = c\ln\frac{c}{e} + (C-c)\ln\frac{C-c}{C-e},\quad p = \frac{1+\#\{\max \ge"
            r" \mathrm{LLR}\}}{1+R}",
            "Checks are the exposure. Kulldorff 1997.",
        ),
        "Emerging": Explanation(
            "What a place and its surroundings have been over the periods: new, persistent, on and off ...",
            r"S = \sum_{i<j} \mathrm{sign}(z_j - z_i)",
            "Trend of the scores: Mann 1945; categories after Esri's Emerging Hot Spot Analysis.",
        ),
        "Change points": Explanation(
            "When the hit rate changed, with the periods that it may as well have been.",
            r"\mathrm{LLR}(t) = a\ln\frac{a}{A} + b\ln\frac{b}{B}",
            "a and b hits before and after t, A and B expected. Worsley 1983.",
        ),
        "Near repeats": Explanation(
            "Seizures close in space are also close in time, more often than by chance.",
            r"\text{ratio} = n_{sd} \Big/ \frac{n_{s\cdot}\,n_{\cdot d}}{n}",
            "Knox 1964; p from exchanging the times.",
        ),
        "Colocation": Explanation(
            "Seizures of the second kind lie around the first more often than among all seizures.",
            r"Q = \overline{\left(\frac{B \text{ around } A}{\text{all around } A}\right)}"
            r" \Big/ \frac{N_B}{N-1}",
            "Leslie and Kronenfeld 2011; labels dealt out anew among all seizures.",
        ),
        "Concentration": Explanation(
            "How far few places have most of the hits: 0 all alike, 1 one place has all.",
            r"G' = \max(1, n/N)(G - 1) + 1",
            "n places, N events. Bernasco and Steenbeek 2017.",
        ),
        "Displacement": Explanation(
            "Whether hits moved to the surroundings of a place that was checked more.",
            r"\mathrm{WDQ} = \frac{D_a/C_a - D_b/C_b}{R_a/C_a - R_b/C_b}",
            "R the place, D around it, C elsewhere; b before, a after; on hit rates. Bowers, Johnson 2003.",
        ),
        "Difference in differences": Explanation(
            "How the hit rate changed where checks were intensified, beyond how it changed elsewhere.",
            r"\ln\frac{C_{11}}{E_{11}} - \ln\frac{C_{10}}{E_{10}} - \ln\frac{C_{01}}{E_{01}}"
            r" + \ln\frac{C_{00}}{E_{00}}",
            "Poisson regression with checks as offset; standard errors by place (Liang and Zeger 1986).",
        ),
        "Rate ratio": Explanation(
            "The hit rate after over that before, with an exact interval.",
            r"c_1 \mid c_1 + c_0 \sim \mathrm{Bin}\left(c_1 + c_0,\ E_1/(E_1+E_0)\right)",
            "Przyborowski and Wilenski 1940.",
        ),
        "Yield": Explanation(
            "Hits per hundred officer-hours; the surest high yields first.",
            r"100\,c/h,\quad \text{interval of Garwood}",
            "Garwood 1936.",
        ),
        "Density along roads": Explanation(
            "Seizures spread along roads and divided at crossroads: activity, not risk.",
            r"\lambda(x) = \sum_i \frac{15}{16h}\left(1-(d_i/h)^2\right)^2 \prod \frac{1}{m-1}",
            "d way along roads, h 25 km, m roads at each crossroads. Okabe, Satoh and Sugihara 2009.",
        ),
    }
)


@contextmanager
def saying_why(words: str = "Nothing can be said") -> Iterator[None]:
    """Say in a sentence what could not be computed, and go on; around a part of a page, or a function."""
    try:
        yield
    except (InsufficientDataError, SchemaError) as reason:
        st.info(f"{words}: {reason}")


def explain(name: str) -> None:
    """Say in one line what a statistic tells; formula and source are one click away."""
    said = EXPLAINED[name]
    line, more = st.columns([0.8, 0.2], vertical_alignment="center")
    line.caption(f"**{name.replace('*', chr(92) + '*')}.** {said.words}")
    with more.popover("Formula", type="tertiary"):
        st.latex(said.formula)
        st.caption(said.source)

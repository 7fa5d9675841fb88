"""
Personal data in free text, found by its shape and masked.

The tool keeps counts, places and opaque references (Directive (EU) 2016/680, Art. 4: no more than is needed).
What looks like a personal number, a telephone number, an address, a plate or the machine-readable line of a
document is replaced. Names of persons have no shape and cannot be found.

Check digits: JMBG and CNP have 13 digits and are masked without a check, as is any number so long. EGN:
weights 2, 4, 8, 5, 10, 9, 7, 3, 6, modulo 11, modulo 10. OIB: ISO 7064, MOD 11,10. TCKN: the tenth digit is
7 x (digits 1, 3, 5, 7, 9) - (digits 2, 4, 6, 8) modulo 10, the eleventh the sum of the first ten modulo 10.
"""

# ruff: noqa: RUF001 - letters of the region that look like others

import re
from typing import Final

import pandas as pd

from geoanalysis.intake.distinct import by_distinct

REMOVED: Final = "[removed]"

_E_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MACHINE_READABLE: Final = re.compile(
    r"(?<![A-Z0-9<])(?=[A-Z0-9<]*<[A-Z0-9<]*<)[A-Z0-9<]{28,44}(?![A-Z0-9<])"
)
_LONG_NUMBER: Final = re.compile(r"(?<![\d.,])\d{13}(?![\d.,]\d|\d)")
_CHECKED_NUMBER: Final = re.compile(r"(?<![\d.,])\d{10,11}(?![\d.,]\d|\d)")
_PHONE: Final = re.compile(
    r"(?<![\w+])(?:\+|00)[1-9](?:[ ()/.-]{0,2}\d){7,13}(?!\d)"
    r"|(?<![\w/.-])0\d{1,3}[/ -]\d{3}[ -]?\d{3,4}(?![\w/.-])"
)
_PHONE_NAMED: Final = re.compile(
    r"(\b(?:tel|phone|mob|gsm|тел|моб|τηλ|κιν)\w*[ .:№]*)\d(?:[ ()/.-]{0,2}\d){5,13}(?!\d)", re.IGNORECASE
)
_NUMBER_NAMED: Final = re.compile(
    r"(\b(?:jmbg|јмбг|embg|ембг|egn|егн|oib|tckn|cnp|amka|αμκα|passport|pasoš|пасош|паспорт|pașaport|"
    r"pasaport|pasaportë|διαβατήριο|útlevél)\b[ .:#№]*(?:(?:no|nr|br|бр|αρ)\b[ .:#№]*)?)"
    r"[A-ZА-Я]{0,3}\d{5,13}",
    re.IGNORECASE,
)
_PLATE_NAMED: Final = re.compile(
    r"(?i:(\b(?:plates?|reg|tablic[ea]|таблиц[аеи]|рег|plak[aë]|targ[aë]|πινακίδα|rendszám)\b[ .:#№]*"
    r"(?:(?:no|nr|br|бр|αρ)\b[ .:#№]*)?))(?=[\w -]*\d)[A-ZА-Я0-9][A-ZА-Я0-9-]+(?: [A-ZА-Я0-9-]+)*"
)
_PLATE: Final = re.compile(
    r"(?<![\w-])(?!(?:AND|AT|BY|IN|OF|ON|OR|TO)\b)(?:"
    r"[A-ZČĆŠĐŽА-Я]{1,2}[ -]?\d{3,5}[ -]?[A-ZА-Я]{2}"  # BG CA 1234 AB, RS BG 123-AB, HR, MK, UA
    r"|[A-Z]{2}[ -]?[A-Z]{2}\d{3}"  # ME PG AB123
    r"|[A-Z]\d{2}-[A-Z]-\d{3}"  # BA A12-B-345
    r"|[A-Z]{1,2}[ -]\d{2,3}[ -][A-Z]{2,3}"  # RO B 123 ABC, AL AA 123 BB
    r"|[A-Z]{2}[ -][A-Z]{2}-\d{3}|[A-Z]{3}-\d{3}"  # HU AA BB-123, ABC-123
    r"|\d{2}[ -]?(?:[A-Z][ -]?\d{4,5}|[A-Z]{2}[ -]?\d{3,4}|[A-Z]{3}[ -]?\d{2,3})"  # TR 34 ABC 123
    r"|\d{2}-\d{3}-[A-Z]{2}"  # XK 01-123-AB
    r"|[ABEZHIKMNOPTYX]{3}-\d{4}"  # GR ABE-1234
    r"|[A-Z]{2} [A-Z0-9]{2}-[A-Z0-9]{3}"  # SI LJ 12-3AB
    r")(?![\w-])(?<!KG)(?<!GR)(?<!ML)(?<!EUR)"
)
_MAY_BE: Final = "[@<]|(?:[0-9][ ()/.-]{0,2}){5}|[A-ZČĆŠĐŽА-Я][ -]?[0-9]|[0-9][ -]?[A-ZА-Я]"
"""Every pattern above needs one of these: few texts have to be looked at closely."""
_MAY_BE_AN_ID: Final = "[@<]|(?:[0-9][ ()/.-]{0,2}){8}"
"""The same without plates, which look like many an opaque reference."""


def mask(text: str) -> str:
    """
    Put `REMOVED` in the place of whatever looks personal.

    Examples
    --------
    >>> mask("driver, tel. 063 123 4567, plate BG 123-AB, 2 pistols")
    'driver, tel. [removed], plate [removed], 2 pistols'
    """
    for pattern in (_PHONE_NAMED, _NUMBER_NAMED, _PLATE_NAMED):
        text = pattern.sub(rf"\1{REMOVED}", text)
    text = _CHECKED_NUMBER.sub(_masked_if_checked, text)
    for pattern in (_E_MAIL, _MACHINE_READABLE, _LONG_NUMBER, _PHONE, _PLATE):
        text = pattern.sub(REMOVED, text)
    return text


def masked(texts: pd.Series, *, ids: bool = False) -> pd.Series:
    """Mask every text of a column; in `ids` plates and other short references stay."""
    suspects = texts.str.contains(_MAY_BE_AN_ID if ids else _MAY_BE, na=False)
    if not suspects.any():
        return texts
    return texts.mask(suspects, by_distinct(texts[suspects], mask).reindex(texts.index))


def _masked_if_checked(match: re.Match[str]) -> str:
    number = match.group()
    digits = [int(digit) for digit in number]
    personal = _is_egn(digits) if len(digits) == 10 else _is_oib(digits) or _is_tckn(digits)  # noqa: PLR2004
    return REMOVED if personal else number


def _is_egn(digits: list[int]) -> bool:
    """Bulgarian: YYMMDD with 20 or 40 added to the month for other centuries, three digits, a check digit."""
    month, day = (digits[2] * 10 + digits[3]) % 20, digits[4] * 10 + digits[5]
    weights = (2, 4, 8, 5, 10, 9, 7, 3, 6)
    check = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 % 10
    return 1 <= month <= 12 and 1 <= day <= 31 and check == digits[9]  # noqa: PLR2004 - a calendar


def _is_oib(digits: list[int]) -> bool:
    """Croatian: ten digits and a check digit."""
    rest = 10
    for digit in digits[:10]:
        rest = ((digit + rest) % 10 or 10) * 2 % 11
    return (11 - rest) % 10 == digits[10]


def _is_tckn(digits: list[int]) -> bool:
    """Turkish: nine digits, the first no zero, and two check digits."""
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[0] != 0 and tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]

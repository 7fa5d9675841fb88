"""Names of one place in the region's alphabets come near to each other, and different places do not."""

# ruff: noqa: RUF001 - letters of the region that look like others

import pytest
from rapidfuzz import fuzz

from geoanalysis.intake.crossings import ALIKE
from geoanalysis.intake.folding import folded, squeezed

SAME_PLACE = [
    ("Капитан Андреево", "Kapitan Andreevo"),
    ("Kapıkule", "KAPIKULE"),
    ("İpsala", "ipsala"),
    ("Ђенерал Јанковић", "Đeneral Janković"),
    ("Εύζωνοι", "Evzoni"),
    ("Προμαχώνας", "Promachonas"),
    ("Κρυσταλλοπηγή", "Krystallopigi"),
    ("Κακαβιά", "Kakavia"),
    ("Κήποι", "Kipoi"),
    ("Καστανιές", "Kastanies"),
    ("Богородица", "Bogorodica"),
    ("Гюешево", "Gyueshevo"),
    ("Деве Баир", "Deve Bair"),
    ("Меџитлија", "Medžitlija"),
    ("Ќафасан", "Kjafasan"),
    ("Калотина", "Kalotina"),
    ("Кулата", "Kulata"),
    ("Батровци", "Batrovci"),
    ("Хоргош", "Horgoš"),
    ("Прешево", "Preševo"),
    ("Мердаре", "Merdare"),
    ("Merdarë", "Merdare"),
    ("Чоп", "Chop"),
    ("Ужгород", "Uzhhorod"),
    ("Рава-Руська", "Rava-Ruska"),
    ("Порубне", "Porubne"),
    ("Свети Наум", "Sveti Naum"),
    ("Мамалига", "Mamalyha"),
    ("Могилів-Подільський", "Mohyliv-Podilskyi"),
    ("Лесово", "Lesovo"),
    ("Малко Търново", "Malko Tarnovo"),
    ("Връшка чука", "Vrška Čuka"),
    ("Делчево", "Delčevo"),
    ("Угринів", "Uhryniv"),
    ("Краківець", "Krakivets"),
    ("Σαγιάδα", "Sagiada"),
    ("Ειδομένη", "Idomeni"),
    ("Δοϊράνη", "Doirani"),
    ("Νίκη", "Niki"),
    ("Νυμφαία", "Nymfaia"),
    ("Ορμένιο", "Ormenio"),
    ("Röszke", "Roszke"),
    ("Șerbănești", "Serbanesti"),
    ("Байково", "Baykovo"),
]
OTHER_PLACE = [
    ("Kalotina", "Kulata"),
    ("Batrovci", "Bratunac"),
    ("Merdare", "Medveđa"),
    ("Gradina", "Gradiška"),
    ("Kapıkule", "Kapitan Andreevo"),
    ("Hani i Elezit", "Đeneral Janković"),
    ("Чоп", "Чукур"),
    ("Lesovo", "Delčevo"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PLACE)
def test_spellings_of_one_place_are_alike(one: str, other: str) -> None:
    assert fuzz.ratio(folded(one), folded(other)) >= ALIKE


@pytest.mark.parametrize(("one", "other"), OTHER_PLACE)
def test_other_places_are_not(one: str, other: str) -> None:
    assert fuzz.ratio(folded(one), folded(other)) < ALIKE


def test_roman_numbers_stay_apart() -> None:
    assert folded("Nădlac II") != folded("Nădlac I")


def test_column_names_do_not_depend_on_case_spaces_and_lines() -> None:
    assert {squeezed(name) for name in ("Seizure ID", "seizure_id", "SEIZURE-ID ")} == {"seizureid"}

"""Each system writes a name as its standard says, and any of its spellings is read back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.agents.transliteration import letters
from app.agents.transliteration.spelling import alike

SOUNDS = {
    "ru": ("бвгджзклмнпрстфхцчшщ", "аеёиоуыэюя"),
    "uk": ("бвгґджзклмнпрстфхцчшщ", "аеєиіїоуюя"),
}


@pytest.mark.parametrize(
    ("system", "cyrillic", "latin"),
    [
        ("ukrainian_2010", "Згурський", "Zghurskyi"),
        ("ukrainian_2010", "Єнакієве", "Yenakiieve"),
        ("ukrainian_2010", "Їжакевич", "Yizhakevych"),
        ("ukrainian_2010", "Знам'янка", "Znamianka"),
        ("ukrainian_2010", "Щербухи", "Shcherbukhy"),
        ("ukrainian_2010", "Юрій", "Yurii"),
        ("ukrainian_2010", "Гадяч", "Hadiach"),
        ("bgn_pcgn_ru", "Ельцин", "Yel’tsin"),
        ("bgn_pcgn_ru", "Алексеев", "Alekseyev"),
        ("bgn_pcgn_ru_plain", "Чайковский", "Chaykovsky"),
        ("iso_9_ru", "Юрий Хрущёв", "Ûrij Hruŝëv"),
        ("icao_ru", "Юрий Подъячев", "Iurii Podieiachev"),
        ("icao_uk", "Гайдай", "Haidai"),
        ("scholarly_uk", "Тихий", "Tychyj"),
        ("bgn_pcgn_uk", "ТИХИЙ", "TYKHYY"),
    ],
)
def test_a_system_spells_as_its_standard_says(system: str, cyrillic: str, latin: str) -> None:
    known = {item.id: item for item in letters.systems()}

    assert known[system].spell(cyrillic) == latin


def test_a_latin_name_is_read_back_as_every_cyrillic_spelling_it_may_stand_for() -> None:
    assert {"гайдай", "хайдай"} <= set(letters.cyrillic("Haidai", most=10_000))
    assert {"билоусов", "бєлоусов", "белоусов"} & set(letters.cyrillic("Bielousov", most=10_000))
    assert len(letters.cyrillic("Shchshchshchshch", most=50)) == 50


@pytest.mark.parametrize("language", ["ru", "uk"])
@settings(max_examples=30)
@given(data=st.data())
def test_whatever_a_system_spells_is_the_same_name_again(
    language: str, data: st.DataObject
) -> None:
    consonants, vowels = (st.sampled_from(sounds) for sounds in SOUNDS[language])
    syllables = st.tuples(consonants, vowels).map("".join)
    word = "".join(data.draw(st.lists(syllables, min_size=3, max_size=6)))

    for latin in letters.transliterated(word, language=language).values():
        found = alike(word, latin)
        assert found is not None, latin
        assert found.cost <= 4, latin


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_has_no_direction_and_survives_any_text(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)

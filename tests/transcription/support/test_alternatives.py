"""What else may have been said: named by somebody, listed, or nothing."""

from transcription.support.alternatives import Alternative as Other
from transcription.support.alternatives import Change, Others, Source, against
from transcription.support.wording import words

QUOTE = words("Оставь старшего у моста, остальных отправь в тыл")


def asked(others: Others, language: str = "ru") -> list[Other]:
    return list(against(QUOTE, others, language=language))


def test_where_a_transcript_differs_its_word_is_an_alternative() -> None:
    (found,) = [
        one
        for one in asked(Others(transcript="оставь водителя у моста остальных отправь в тыл"))
        if one.source is Source.TRANSCRIPT
    ]
    assert (found.first, found.last, found.text) == (1, 2, "водителя")
    assert found.instead_of == "старшего"
    assert found.change is Change.EXCHANGE


def test_what_a_transcript_has_besides_is_an_insertion_and_what_it_lacks_a_deletion() -> None:
    found = asked(Others(transcript="Оставь старшего у моста, всех остальных отправь тыл"))
    named = {(one.change, one.text, one.first) for one in found if one.source is Source.TRANSCRIPT}
    assert named == {(Change.INSERTION, "всех", 4), (Change.DELETION, "", 6)}


def test_every_word_may_not_have_been_said_at_all() -> None:
    deleted = [one for one in asked(Others()) if one.change is Change.DELETION]
    assert [one.instead_of for one in deleted] == [word.core for word in QUOTE]


def test_a_wording_of_one_word_has_no_deletion() -> None:
    assert not against(words("Оставь"), Others(), language="fr")


def test_the_engines_own_hearing_counts_only_within_the_quote() -> None:
    others = Others(
        engine="Сокол, оставь старшего у школы, остальных отправь в тыл до утра",
        before="Сокол",
        after="до вечера",
    )
    (found,) = [one for one in asked(others) if one.source is Source.ENGINE]
    assert (found.instead_of, found.text) == ("моста", "школы")


def test_a_text_that_is_another_is_no_alternative_to_single_words() -> None:
    other = "ждём здесь весь день и никого больше нет совсем нигде"
    found = asked(Others(transcript=other))
    assert all(one.source is not Source.TRANSCRIPT for one in found)


def test_a_number_may_have_been_another_one_and_an_order_its_opposite() -> None:
    numbers = against(words("нужно п'ять машин"), Others(), language="uk")
    listed = {one.text for one in numbers if one.source is Source.LISTED}
    assert {"дев'ять", "шість"} <= listed
    assert "п'ять" not in listed
    orders = against(words("kill the rest"), Others(), language="en")
    texts = {(one.text, one.first, one.last) for one in orders if one.source is Source.LISTED}
    assert ("spare", 0, 1) in texts
    assert ("do not", 0, 0) in texts


def test_another_spelling_of_the_same_words_is_no_alternative() -> None:
    quote = words("don't send 6 trucks")
    others = Others(transcript="do not send six trucks")
    found = against(quote, others, language="en")
    assert not [one for one in found if one.source is Source.TRANSCRIPT]
    other = against(quote, Others(transcript="do not send five trucks"), language="en")
    (named,) = [one for one in other if one.source is Source.TRANSCRIPT]
    assert (named.instead_of, named.text) == ("6", "five")


def test_no_listed_word_is_a_form_of_a_form() -> None:
    found = against(words("they took five trucks"), Others(), language="en")
    listed = {one.text for one in found if one.source is Source.LISTED}
    assert "lorries" in listed
    assert not {"lorrieses", "lorrys", "tooked", "takens"} & listed


def test_each_wording_is_asked_about_once_under_the_first_who_named_it() -> None:
    same = "оставь водителя у моста, остальных отправь в тыл"
    found = asked(Others(transcript=same, rivals=(same,), engine=same))
    assert [one.source for one in found if one.text == "водителя"] == [Source.TRANSCRIPT]

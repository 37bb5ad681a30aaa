"""Speech that begins with a hyphen is no list; a list is no speech."""

import pytest

from press.site.markdown.speech import mark_speech

SPEECH = {
    "questions": ("- Qui a signé ?\n\n- Nous tous, dit le vieux.", "fr"),
    "words of the author": ("- Nous tous - dit le vieux.\n\n- Et moi.", "fr"),
    "one between paragraphs": ("Elle entra.\n\n- Me voici.\n\nOn se tut.", "fr"),
    "Spanish signs": ("- ¿Quién firmó?\n\n- «Todos».", "es"),
    "over two lines": ("- Кто подписал? -\nспросила она.\n\n- Мы все.", "ru"),
    "typed twice": ("-- Kto to?\n\n-- My.", "pl"),
}
LISTS = {
    "words": ("- pain\n\n- terre", "fr"),
    "demands": ("- Huit heures de travail.\n- La terre !\n- La paix !", "fr"),
    "English": ("- Who signed?\n\n- All of us.", "en-GB"),
    "figures": ("- 5 francs.\n\n- 6 francs ?", "fr"),
    "one word": ("Il faut :\n\n- du pain\n\nEt la paix.", "fr"),
    "not at the head": ("La\n- Qui ?\nfin", "fr"),
    "code": ("```\n- Qui ?\n\n- Moi.\n```", "fr"),
    "a list with a question inside": ("- Qui ?\n- du pain", "fr"),
}


@pytest.mark.parametrize(("body", "lang"), SPEECH.values(), ids=SPEECH)
def test_every_speech_is_escaped(body: str, lang: str) -> None:
    made = mark_speech(body, lang)
    assert made.replace("\\", "") == body
    assert not any(line.startswith("-") for line in made.split("\n"))


@pytest.mark.parametrize(("body", "lang"), LISTS.values(), ids=LISTS)
def test_a_list_stays(body: str, lang: str) -> None:
    assert mark_speech(body, lang) == body


def test_speeches_on_lines_of_one_paragraph_keep_their_lines() -> None:
    assert mark_speech("- Qui ?\n- Moi.", "fr") == "\\- Qui ?  \n\\- Moi."

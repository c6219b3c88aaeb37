"""Every form of the house is sent what nobody should send: it answers in a sentence, and does nothing by half."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from alongside.kernel.clock import today
from alongside.kernel.db import is_postgresql
from tests.support.cast import Cast
from tests.support.towns import Towns
from tests.trouble.forms import Box, Form, Reader
from tests.trouble.nasty import EXTREME, HOPELESS, HOPELESS_FOR_A_DATABASE, TEXTS
from tests.trouble.sending import ADDRESSES, ROWS, Answer, Sender, forms_of_the_house, senders

CHANGES = sorted(name for name in ADDRESSES if "POST" in ROWS[name].methods)
SENTENCE = re.compile(r"[A-ZÀ-Ý“¿0-9].*[.?!”]", re.S)
# Fields that name a member, and so can be filled in for a try.
NAMING = {"giver", "receiver", "other", "who", "one", "mediator", "payee", "helper", "leader", "member"}
# What cannot be shown again just as it was typed, because no page can hold it.
UNSHOWABLE = {"nul", "lone surrogate", "a megabyte", "line breaks"}


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cast(towns: Towns, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock(), towns.copy() as cast, rolled_back():
        yield cast


@pytest.fixture(scope="module")
def people(cast: Cast) -> dict[str, Sender]:
    return senders(cast)


@pytest.fixture(scope="module")
def forms(towns: Towns, cast: Cast, people: dict[str, Sender]) -> dict[str, tuple[str, Form]]:
    return towns.found_once("forms", lambda: forms_of_the_house(cast, people))


def kind_of(box: Box) -> str:
    """Which list of nasty things is about this box."""
    if box.choices:
        return "choice"
    if box.kind == "text" and box.longest == 20 and box.name != "typed":
        return "hours"
    if box.kind in {"hidden", "button"}:
        return "hidden"
    return box.kind if box.kind in {"date", "number", "email"} else "text" if box.is_typed else box.kind


def filled(form: Form, cast: Cast) -> dict[str, str]:
    """The form as somebody might send it who means well."""
    numbers = iter(str(cast.home.members[word].number) for word in ("participant", "peer leader", "professional"))
    values = form.values()
    for name, box in form.boxes.items():
        if values.get(name) or box.kind in {"hidden", "file", "button"}:
            continue
        if box.choices:
            values[name] = next((choice for choice in box.choices if choice), "")
        elif name.rsplit("-")[-1] in NAMING:
            values[name] = next(numbers, "1")
        else:
            kinds = {"hours": "1:00", "date": today().isoformat(), "number": "1", "email": "nina@example.org"}
            values[name] = kinds.get(kind_of(box), "Something")
    return values


def rounds(form: Form) -> Iterator[tuple[str, dict[str, str]]]:
    """(label, what goes into which boxes): words alone, all that is hopeless together, each extreme by itself."""
    kinds: dict[str, list[str]] = {}
    for box in form.boxes.values():
        kinds.setdefault(kind_of(box), []).append(box.name)
    typed = kinds.get("text", [])
    texts = HOPELESS_FOR_A_DATABASE if is_postgresql() else TEXTS
    for label, text in texts.items() if typed else ():
        share = text if len(text) < 1000 else text[: len(text) // len(typed)]
        yield label, dict.fromkeys(typed, share)
    boxes = [(name, values) for kind, values in HOPELESS.items() for name in kinds.get(kind, [])]
    for turn in range(max((len(values) for _name, values in boxes), default=0)):
        yield f"hopeless {turn}", {name: values[turn % len(values)] for name, values in boxes}
    for kind, values in EXTREME.items():
        for value in values if kind in kinds else ():
            yield repr(value), dict.fromkeys(kinds[kind], value)


@pytest.mark.parametrize("address", CHANGES)
def test_a_form_takes_all_or_refuses_in_a_sentence(
    address: str, cast: Cast, people: dict[str, Sender], forms: dict[str, tuple[str, Form]]
) -> None:
    who, form = forms.get(address, ("", None))
    if form is None:
        return
    good = filled(form, cast)

    faults: dict[str, str] = {}
    for label, nasty in rounds(form):
        try:
            answer = people[who].post(form.path, {**good, **nasty}, follow=label == "markup")
        except Exception as error:
            faults.setdefault(f"{type(error).__name__}: {str(error)[:200]}", label)
            continue
        for fault in faults_in(answer, form, {**good, **nasty}, label):
            faults.setdefault(fault, label)

    assert not faults, "\n".join(f"{label}: {fault}" for fault, label in faults.items())


def faults_in(answer: Answer, form: Form, sent: dict[str, str], label: str) -> Iterator[str]:
    status = answer.response.status_code
    if status >= 500:
        yield f"answered {status}"
    if "<img src=x" in answer.body + answer.after or "<script>alert" in answer.body + answer.after:
        yield "markup comes alive"
    page = Reader(form.page, answer.body)
    boxes = {name: box for each in page.forms if each.path == form.path for name, box in each.boxes.items()}
    wrong = [box for box in boxes.values() if box.wrong]
    if answer.written and (status >= 400 or wrong or "error-summary" in answer.body):
        yield f"refused, yet written: {answer.written}"
    for box in wrong:
        words = " ".join(page.texts.get(key, "") for key in box.described_by.split() if key.endswith("_error"))
        told = words.replace("Error:", "").strip()
        if not SENTENCE.fullmatch(told):
            yield f"beside {box.name} stands no sentence: {told[:80]!r}"
    if wrong and not any("\x00" in text for text in sent.values()) and label not in UNSHOWABLE:
        for name, box in boxes.items():
            typed = box.kind in {"text", "textarea", "email", "search", "tel", "date", "number"}
            if typed and name in sent and box.value.strip() != sent[name].strip():
                yield f"what was typed in {name} is lost: {box.value[:60]!r}"

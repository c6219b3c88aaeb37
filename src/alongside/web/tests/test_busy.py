"""A database that is busy writing says so."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.web.middleware import BusyMiddleware


def answer_to(fault: Exception) -> HttpResponse | None:
    middleware = BusyMiddleware(lambda request: HttpResponse())
    return middleware.process_exception(RequestFactory().post("/"), fault)


def test_somebody_who_waited_in_vain_is_asked_to_send_it_again():
    answer = answer_to(OperationalError("database is locked"))

    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Sending it twice does no harm" in answer.content.decode()


@pytest.mark.parametrize("fault", [OperationalError("disk I/O error"), ValueError("database is locked")])
def test_any_other_fault_stays_loud(fault):
    assert answer_to(fault) is None

"""What is asked of other people's servers, and why it is refused."""

import pytest

from scheduler.channels.fetch import Asked, Fetcher, NotFetched, Why

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
PUBLIC, SECRET = "203.0.114.7", "private-9f8e7d"
OK = b"HTTP/1.1 200 OK\r\n"


def why(fetcher: Fetcher, asked: Asked) -> Why:
    with pytest.raises(NotFetched) as refused:
        fetcher.ask(asked)
    return refused.value.why

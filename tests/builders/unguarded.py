"""The service with its eyes shut, for power tests: whatever is taken is not seen, neither before nor under the lock."""

from typing import Any

from scheduler.casework import rows


def nobody_looks(_asking: Any, people: Any, **_options: Any) -> list[Any]:
    return list(people)


rows.with_their_time = nobody_looks  # type: ignore[assignment] # it takes anything

from wsgi import app  # noqa: E402 - the service begins with its eyes shut

__all__ = ["app"]

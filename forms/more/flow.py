"""The pages of Part B in their order."""

from forms.more.call import CallPage
from forms.more.common import MorePage
from forms.more.entry import EntryPage
from forms.more.papers import PapersPage
from forms.more.past import PastPage
from forms.more.people import PeoplePage
from forms.more.place import PlacePage
from forms.more.reasons import ReasonsPage

PAGES: tuple[type[MorePage], ...] = (
    PeoplePage,
    EntryPage,
    ReasonsPage,
    PlacePage,
    PastPage,
    PapersPage,
    CallPage,
)

BY_SLUG: dict[str, type[MorePage]] = {page.slug: page for page in PAGES}
"""Page by the last part of its address, `/c/<token>/more/<slug>`."""

"""Reading what is the leading group's alone is an act that is recorded: the one place that all doors ask."""

from intranet.access.rule import are_leaders_alone, readers_of
from intranet.access.tokens import AnyUser
from intranet.audit.recording import record
from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterPage

ACT = "matter.read"


def record_reading(thing: object, *, by: AnyUser, readers: frozenset[str] | None = None) -> None:
    """Record that somebody got a matter, or a file as a part of the matters that show it.

    The readers are those of the thing, where they are known already; to anything but the leading group's it costs
    nothing more then.
    """
    if not are_leaders_alone(readers_of(thing) if readers is None else readers):
        return
    if isinstance(thing, MatterPage):
        record(ACT, thing=thing, person=by)
    elif isinstance(thing, AttachedDocument | DisclosedImage):
        for matter in thing.pages_using():
            if are_leaders_alone(readers_of(matter)):
                record(ACT, thing=matter.specific, person=by, facts={"file": thing.title})

"""The hall's panels on the desk."""

from typing import ClassVar

from intranet.publication.desk.panels import DeskPanel


class HallPanel(DeskPanel):
    """A panel of the desk with the hall's lights."""

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["hall/desk.css"]}

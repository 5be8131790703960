"""The blocks of a stream that people paste into; what is kept of it is said by `pasted`."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.rich_text import RichText

from intranet.disclosure.pasted import clean_cell, clean_line, clean_rich_text, clean_text
from intranet.disclosure.texts import rewritten


def cleaned(block: blocks.Block, value: Any) -> Any:
    """The block's value with its texts cleaned; blocks within it are changed in place."""
    match block:
        case blocks.RichTextBlock():
            return RichText(clean_rich_text(value.source)) if value else value
        case blocks.TextBlock():
            return clean_text(value) if value else value
        case blocks.CharBlock():
            return clean_line(value) if value else value
        case TableBlock():
            return _cleaned_table(value) if value else value
        case blocks.StructBlock():
            for name, child in block.child_blocks.items():
                value[name] = cleaned(child, value.get(name))
        case blocks.ListBlock() | blocks.StreamBlock():
            for child in value.bound_blocks if isinstance(block, blocks.ListBlock) else value:
                child.value = cleaned(child.block, child.value)
    return value


def _cleaned_table(value: dict[str, Any]) -> dict[str, Any]:
    caption = value.get("table_caption") or ""
    return {**rewritten(value, clean_cell), "table_caption": clean_line(caption)}


class PastedInto(blocks.StreamBlock):
    """A stream of blocks that people paste into: its texts are cleaned before they are judged."""

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return super().clean(cleaned(self, value), *args, **kwargs)

"""Zip containers (office documents), opened only when what they hold is bearable."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import join, normpath, split
from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from search.extraction.outcome import Limits, Reason
from search.extraction.transcript import UnreadableError

# A small document may be very repetitive, an empty spreadsheet for one.
_RATIO_MATTERS_FROM_BYTES = 10 * 2**20
_ENCRYPTED = 0x1
_CHUNK_BYTES = 64 * 2**10


def open_container(stream: BinaryIO, *, limits: Limits) -> zipfile.ZipFile:
    """The container, after its directory was checked against the limits.

    The directory may lie about sizes; `zipfile` never unpacks more of a file than the directory says.
    Raises `UnreadableError` where it is damaged, protected or unpacks too far.
    """
    try:
        container = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise UnreadableError(Reason.DAMAGED) from error
    members = container.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if (
        len(members) > limits.members
        or unpacked > limits.unpacked_bytes
        or (unpacked > _RATIO_MATTERS_FROM_BYTES and unpacked > limits.ratio * packed)
    ):
        raise UnreadableError(Reason.UNPACKS_TOO_FAR)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableError(Reason.PROTECTED)
    return container


@dataclass(frozen=True, slots=True)
class Relation:
    """That one part of an office document belongs to another."""

    id: str
    kind: str
    """The last word of the relation's address: `header`, `slide`, `officeDocument`."""
    target: str
    """Name of the related member of the container."""


def relations_of(container: zipfile.ZipFile, part: str) -> list[Relation]:
    """The parts that belong to `part` of an Office Open XML container, those outside the container left out.

    `part` is empty for the container itself. Source: ECMA-376 part 2, section 6.5 (relationships).
    """
    folder, own_name = split(part)
    name = join(folder, "_rels", f"{own_name}.rels")
    if name not in container.NameToInfo:
        return []
    found = []
    for element in xml_root(container, name).iterchildren("{*}Relationship"):
        if element.get("TargetMode") == "External":
            continue
        target = normpath(join("/", folder, element.get("Target", ""))).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        found.append(Relation(id=element.get("Id", ""), kind=kind, target=target))
    return [relation for relation in found if relation.target in container.NameToInfo]


def xml_root(container: zipfile.ZipFile, name: str) -> etree._Element:
    """The parsed root of a small XML member; large ones are streamed with `chunks_of`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(container.read(name), parser)


def chunks_of(container: zipfile.ZipFile, name: str) -> Iterable[bytes]:
    """The unpacked bytes of a member, piece by piece."""
    with container.open(name) as member:
        while chunk := member.read(_CHUNK_BYTES):
            yield chunk

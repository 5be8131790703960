"""The receipt as a PDF: number, check code, what was brought, by when what is due."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from intranet.hall.clocks import Clocks
from intranet.hall.models import Case, ToldDay
from intranet.hall.printing.pdf import pdf_of
from intranet.hall.progress_address import progress_address
from intranet.hall.sealing import unseal
from intranet.hall.told import days_of
from intranet.organisation.working_days import is_provisional


def receipt_of(case: Case, request: HttpRequest | None = None) -> bytes:
    """The receipt as of now, in the portal's own language, with its fonts in it. Load the case `with_clocks`.

    The bureau's name comes from the request's context.

    Raises `Unreadable` where the key of the check code is missing.
    """
    with translation.override(settings.LANGUAGE_CODE):
        html = render_to_string("hall/receipt/receipt.html", _facts(case), request)
    return pdf_of(html)


def _facts(case: Case) -> dict[str, Any]:
    materials = list(case.materials.select_related("material"))
    days = days_of(case, Clocks())
    return {
        "case": case,
        "check_code": unseal(case.check_code_sealed),
        "brought": [each.material for each in materials if each.received_on],
        "to_come": [each.material for each in materials if not each.received_on and each.material.is_required],
        "days": [(ToldDay.Limit(limit).label, day, is_provisional(day)) for limit, day in days.items()],
        "address": progress_address(case),
        "qr": qr_code(progress_address(case)),
        "printed_at": timezone.localtime(),
        "language": settings.LANGUAGE_CODE,
    }


def qr_code(text: str) -> str:
    """The QR code of the text, as the address of an SVG image in itself."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    code = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=2).save(code)
    return f"data:image/svg+xml;base64,{b64encode(code.getvalue()).decode()}"

"""The fees in public: a table, the board of the hall's screen, the history of one fee."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from intranet.hall.fees.reading import Standard, charged_on, complaint_phone, standards
from intranet.hall.fees.tibetan import FRAME, standing_of, translated


@require_safe
def fee_table(request: HttpRequest) -> HttpResponse:
    """`GET /fees/`: what is charged today, by charging unit."""
    return render(request, "hall/fees/table.html", _today())


@require_safe
def fee_board(request: HttpRequest) -> HttpResponse:
    """`GET /fees/board/`: the same in large type, for a screen in the hall and for a sheet of A3; in Tibetan too where
    the fees are translated."""
    today = _today()
    said = translated([fee for *_unit, fees in today["units"] for fee in fees])
    units = [(unit, phone, [(fee, said.get(standing_of(fee))) for fee in fees]) for unit, phone, fees in today["units"]]
    return render(request, "hall/fees/board.html", {**today, "units": units, "tibetan": FRAME if said else None})


@require_safe
def fee_history(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /fees/<code>/`: every standard of one fee, the newest first."""
    found = standards(codes=[code])
    if not found:
        raise Http404
    return render(request, "hall/fees/history.html", {"fee": found[0], "standards": found})


def _today() -> dict[str, Any]:
    found = sorted(charged_on(), key=_unit)
    return {
        "units": [(*unit, list(fees)) for unit, fees in groupby(found, key=_unit)],
        "complaint_phone": complaint_phone(),
        "now": timezone.localtime(),
    }


def _unit(fee: Standard) -> tuple[str, str]:
    return fee.charging_unit, fee.supervision_phone

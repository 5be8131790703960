"""The demo's finder: kinds of enterprise, what each wants to do, the service items by their family and act."""

from typing import Any

from intranet.hall.models import Activity, ActivityItem, EnterpriseKind, ServiceItem


def load_finder(content: list[dict[str, Any]]) -> None:
    """Make the kinds and activities that are not there yet, once there are the service items."""
    items = list(ServiceItem.objects.order_by("code"))
    for position, written in enumerate(content):
        kind, _is_new = EnterpriseKind.objects.get_or_create(
            name_zh=written["name_zh"], defaults=_names(written) | {"position": position}
        )
        for place, act in enumerate(written["activities"]):
            activity, is_new = Activity.objects.get_or_create(
                kind=kind, name_zh=act["name_zh"], defaults=_names(act) | {"position": place}
            )
            if is_new:
                ActivityItem.objects.bulk_create(
                    ActivityItem(activity=activity, item=item, sort_order=order)
                    for order, item in enumerate(_asked(items, act))
                )


def _names(written: dict[str, Any]) -> dict[str, str]:
    return {name: written.get(name, "") for name in ("name_bo", "name_en")}


def _asked(items: list[ServiceItem], act: dict[str, Any]) -> list[ServiceItem]:
    """Those of the families, of a name that has one of the words; all of them where no words are written."""
    words = act.get("words", [""])
    return [
        item
        for item in items
        if item.code.partition("-")[0] in act["families"] and any(word in item.name_zh for word in words)
    ]

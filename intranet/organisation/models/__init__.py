from intranet.organisation.models.calendar import CalendarDay
from intranet.organisation.models.delegation import Delegation
from intranet.organisation.models.department import Department, DepartmentGroup
from intranet.organisation.models.post import Post
from intranet.organisation.models.user import User

__all__ = ["CalendarDay", "Delegation", "Department", "DepartmentGroup", "Post", "User"]

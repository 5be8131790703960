from intranet.organisation.models.calendar import CalendarDay
from intranet.organisation.models.department import Department, DepartmentGroup
from intranet.organisation.models.post import Post
from intranet.organisation.models.user import User

__all__ = ["CalendarDay", "Department", "DepartmentGroup", "Post", "User"]

"""What stands in the way of a visit, in sentences for whoever books it."""

from candour.core.errors import Conflict, Invalid


class Taken(Conflict):
    """Somebody else has that time. Nothing was booked: choose another one."""

    code = "taken"


class NoRoom(Conflict):
    """No room or device that this needs is free then. Choose another time."""

    code = "no_room"


class OutsideHours(Invalid):
    """Whoever should see them does not work then. Choose another time or person."""

    code = "outside_hours"


class Moved(Conflict):
    """Somebody else changed this visit first. Look again before you go on."""

    code = "moved"

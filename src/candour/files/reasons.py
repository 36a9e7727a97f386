"""Why a file was not taken, or is no longer there, in a sentence for the desk."""

from candour.core.errors import Invalid

TAKEN = "We take JPEG, HEIC and PNG pictures, PDF, DICOM, and MP4 or MOV clips."

SAID = {
    "empty": "There is nothing in this file. Send it again.",
    "unknown": f"This is not a kind of file we can keep. {TAKEN}",
    "zip": f"This is an archive or an office document, whatever its name. {TAKEN}",
    "svg": f"This is a drawing made of code (SVG or HTML). {TAKEN}",
    "not-here": "A file of this kind cannot be filed under that heading.",
    "too-large-picture": "This picture is larger than 50 MB. Send a smaller one.",
    "too-large-film": "This clip is larger than 500 MB. Send a shorter one.",
    "too-large-paper": "This document is larger than 50 MB. Split it, or scan it at a "
    "lower resolution.",
    "too-many": "More than 20 files were sent at once. Send the rest again.",
    "two-in-one": "Something else is hidden in this file, so it was not kept. Take a "
    "new picture, or ask whoever sent it for a clean one.",
    "cut-off": "The end of this file is missing. It may not have been sent whole: "
    "send it again.",
    "too-many-pixels": "This picture has more than 64 million pixels. Save it smaller, "
    "then send it again.",
    "cannot-be-read": "This file is damaged and cannot be read. Send it again, or ask "
    "for a new one.",
    "active": "This PDF contains a script, a form that acts or an attached file. "
    "Print it to a new PDF, then send that.",
    "locked": "This PDF is locked with a password. Save it without one, then send it.",
    "no-image": "There is no image in this DICOM file. Export the image itself.",
    "damaged-here": "This file was changed on our disk and does not open. Send it "
    "again, and tell whoever looks after the system.",
    "verified": "Deleted once it had proved what it had to.",
    "not-theirs": "Deleted: it belongs to somebody else.",
    "not-needed": "Deleted: it was not needed.",
}


class NotTaken(Invalid):
    """This file cannot be kept."""

    code = "file_not_taken"

    def __init__(self, reason: str) -> None:
        super().__init__(SAID[reason])
        self.reason = reason

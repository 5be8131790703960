"""What a file tells besides what it says, taken out of the copy that readers get.

`clean` makes the copy in a child process that may be killed. It answers with a `Cleaning` that says what was found,
what was removed, and why a file was left as it is. Nothing of the child's part may import Django.
"""

from intranet.disclosure.cleaning.cleaner import VERSION, CleaningLimits, CleaningUnavailable, clean
from intranet.disclosure.cleaning.outcome import Cleaning, Trace, Verdict

__all__ = ["VERSION", "Cleaning", "CleaningLimits", "CleaningUnavailable", "Trace", "Verdict", "clean"]

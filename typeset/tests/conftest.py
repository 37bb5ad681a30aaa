"""No example of hypothesis has a deadline: machines that are busy are slow."""

from hypothesis import settings

settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")

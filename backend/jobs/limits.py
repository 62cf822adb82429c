"""How much an account may ask to be worked through."""

from models.job import JobState

# Bytes of a file.
LARGEST = 256 * 1024 * 1024
# Files that arrive at once, and jobs that wait or run.
MOST_AT_ONCE = 5
MOST_WAITING = 20
# Tries of a piece before the job has failed.
MOST_TRIES = 5
WAITING = (JobState.QUEUED, JobState.RUNNING)
SERVICE = "jobs"

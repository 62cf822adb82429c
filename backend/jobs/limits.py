"""How much an account may ask to be worked through."""

from datetime import timedelta

from models.job import JobState

# Bytes of a file.
LARGEST = 256 * 1024 * 1024
# Files that arrive at once, and jobs that wait or run.
MOST_AT_ONCE = 5
MOST_WAITING = 20
# A file of which nothing has come for so long comes no more: the process that took it was ended.
# Longer than any door waits for the next piece (backend/web/api/body.py), and is told of one.
SILENT = timedelta(seconds=60)
NOTED = timedelta(seconds=10)
# Tries of a piece before the job has failed.
MOST_TRIES = 5
WAITING = (JobState.QUEUED, JobState.RUNNING)
SERVICE = "jobs"

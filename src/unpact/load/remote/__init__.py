"""Load the dataset into a SPARQL 1.1 service over HTTP: Graph Store HTTP Protocol and SPARQL Update."""

from unpact.load.remote.plan import Change, Plan, plan_of
from unpact.load.remote.profiles import PROFILES, Profile
from unpact.load.remote.progress import Progress
from unpact.load.remote.push import Outcome, push
from unpact.load.remote.target import TIMEOUT, Target

__all__ = [
    "PROFILES",
    "TIMEOUT",
    "Change",
    "Outcome",
    "Plan",
    "Profile",
    "Progress",
    "Target",
    "plan_of",
    "push",
]

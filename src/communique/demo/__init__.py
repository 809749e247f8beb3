"""The built-in fictional world: organisations that don't exist, in places that don't exist, saying plausible things.

Room: demo
In: a moment (`now`, aware) and a port; days in the world are counted back from the moment, so that it looks current
Out: World: sites for `testing.web`, sources, a registry, mails, and the answer key of all of it
Entry: world(), serving(), write_mail(); Outcome and findings() to compare a newsroom's work with the key
"""

from communique.demo._answers import (
    AnswerKey,
    Coded,
    Expected,
    Failed,
    Group,
    Modal,
    Named,
    Outcome,
    Revised,
    Told,
    findings,
)
from communique.demo._world import MAIL_SOURCE, Served, World, serving, world, write_mail

__all__ = [
    "MAIL_SOURCE",
    "AnswerKey",
    "Coded",
    "Expected",
    "Failed",
    "Group",
    "Modal",
    "Named",
    "Outcome",
    "Revised",
    "Served",
    "Told",
    "World",
    "findings",
    "serving",
    "world",
    "write_mail",
]

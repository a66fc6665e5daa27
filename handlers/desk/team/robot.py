"""The address of a WeCom group robot as it is pasted. Only its key is kept: no address that people give is called."""

import re

from domain.errors import Reason, Refused

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
"""What every robot's address begins with; its key follows and nothing else."""

_KEY = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def key_of(address: str) -> str:
    """The robot's key. Raises `Refused(BAD_INPUT)`, `robot-address`, for anything but a robot's whole address."""
    beginning, key = address.strip()[: len(ADDRESS)], address.strip()[len(ADDRESS) :]
    if beginning != ADDRESS or not _KEY.fullmatch(key):
        raise Refused(Reason.BAD_INPUT, "robot-address")
    return key

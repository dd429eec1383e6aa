"""Make our methods known to peft, whose list of methods is closed.

peft's `register_peft_method` refuses a name that is not a member of the enumeration `PeftType`, and a new member cannot
be declared from outside. `peft_type` adds one: members stay real members (identity, pickling, look-up by value), since
transformers reads `peft_type.value`.
"""

from __future__ import annotations

from typing import Any

from peft.mapping import PEFT_TYPE_TO_CONFIG_MAPPING
from peft.utils import register_peft_method
from peft.utils.peft_types import PeftType


def peft_type(name: str) -> Any:
    """The member of `PeftType` called `name` (capital letters); it is added where peft has none."""
    if name in PeftType.__members__:
        return PeftType[name]
    member = str.__new__(PeftType, name)
    member._name_ = name
    member._value_ = name
    PeftType._member_names_.append(name)
    PeftType._member_map_[name] = member
    PeftType._value2member_map_[name] = member
    if not hasattr(PeftType, name):  # from Python 3.12 on, members are attributes of the class
        type.__setattr__(PeftType, name, member)
    return member


def register(name: str, config: type[Any], model: type[Any]) -> None:
    """Register a method with peft; again changes nothing. name: in small letters, as in `prefix` without '_'."""
    if peft_type(name.upper()) not in PEFT_TYPE_TO_CONFIG_MAPPING:
        register_peft_method(name=name, config_cls=config, model_cls=model, prefix=model.prefix)

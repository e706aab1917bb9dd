"""What is kept from one run to the next: answers and figures, the longest unused dropped."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from hashlib import blake2b
from typing import Generic, ParamSpec, TypeVar

import plotly.graph_objects as go

Value = TypeVar("Value")
Arguments = ParamSpec("Arguments")

KEPT_FIGURES = 400


class Kept(Generic[Value]):
    """At most ``most`` values by key, shared by all sessions; safe from several threads."""

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, key: Hashable, make: Callable[[], Value], worth: Callable[[Value], bool] | None = None
    ) -> Value:
        """The value kept for ``key``, else a new one of ``make``, kept where it is ``worth`` it.

        Two threads that miss the same key at once both make the value.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        if worth is None or worth(value):
            with self._lock:
                self._values[key] = value
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return value


_FIGURES: Kept[go.Figure] = Kept(KEPT_FIGURES)


def kept_figure(draw: Callable[Arguments, go.Figure]) -> Callable[Arguments, go.Figure]:
    """``draw`` with its figures kept by the content of its arguments, which must pickle.

    Making a figure costs ten times what comparing its data costs. The content is the key, so a
    figure can't outlive its data; callers must not change a figure that they get.
    """

    @wraps(draw)
    def kept(*args: Arguments.args, **kwargs: Arguments.kwargs) -> go.Figure:
        content = blake2b(pickle.dumps((args, kwargs), protocol=5)).digest()
        key = (draw.__module__, draw.__qualname__, content)
        return _FIGURES.get(key, lambda: draw(*args, **kwargs))

    return kept

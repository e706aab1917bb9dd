"""Choices that belong to one page, kept in the address beside the filters.

A hidden input bound to the address holds the code; the widget on screen is set from it on every
run (see ``sidebar``), so a copied link restores the choice in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st


def choose_one(
    address: Mapping[str, str],
    name: str,
    labels: Mapping[str, str],
    title: str,
    *,
    segments: bool = True,
    titled: bool = False,
) -> str:
    """Give the code chosen of ``labels`` (code → label), the first where the address names none.

    ``segments`` shows all options side by side, for a few, and needs a title on screen only where
    no heading says it; otherwise a list drops down.
    """
    chosen = address[name] if address[name] in labels else next(iter(labels))
    key = f"{name}_choice"
    st.session_state[key] = chosen
    take = partial(_take_one, name, key, next(iter(labels)))
    if segments:
        st.segmented_control(
            title,
            list(labels),
            format_func=labels.__getitem__,
            key=key,
            required=True,
            label_visibility="visible" if titled else "collapsed",
            on_change=take,
        )
    else:
        st.selectbox(title, list(labels), format_func=labels.__getitem__, key=key, on_change=take)
    return chosen


def choose_several(
    address: Mapping[str, str],
    name: str,
    labels: Mapping[str, str],
    title: str,
    default: Sequence[str] = (),
    *,
    pills: bool = False,
) -> tuple[str, ...]:
    """Give the codes chosen of ``labels`` in their order, ``default`` where the address is empty.

    A choice of nothing is kept too, as ``none``.
    """
    written = [code for code in address[name].split(",") if code in labels]
    chosen = written or ([] if address[name] == "none" else list(default))
    key = f"{name}_choice"
    st.session_state[key] = chosen
    take = partial(_take_several, name, key, tuple(default))
    options, show = list(labels), labels.__getitem__
    if pills:
        st.pills(title, options, selection_mode="multi", format_func=show, key=key, on_change=take)
    else:
        st.multiselect(title, options, format_func=show, key=key, on_change=take)
    return tuple(chosen)


def choose_year(address: Mapping[str, str], name: str, years: Sequence[int], title: str) -> int:
    """Give the year chosen, the latest where the address names none."""
    labels = {str(year): str(year) for year in sorted(years, reverse=True)}
    return int(choose_one(address, name, labels, title, segments=False))


def open_selected(key: str, ids: Sequence[int], leave: Callable[[int], None]) -> None:
    """Call ``leave`` with the id of the row selected in the table of this key, if one is."""
    state = st.session_state.get(key)
    rows = state["selection"]["rows"] if state else []
    if rows and rows[0] < len(ids):
        leave(ids[rows[0]])


def _take_one(name: str, key: str, default: str) -> None:
    chosen = st.session_state[key]
    st.session_state[name] = "" if chosen == default else chosen


def _take_several(name: str, key: str, default: tuple[str, ...]) -> None:
    chosen = tuple(st.session_state[key])
    written = ",".join(chosen) or "none"
    st.session_state[name] = "" if chosen == default else written
